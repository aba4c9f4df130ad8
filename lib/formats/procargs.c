#include "formats/procargs.h"

#include <errno.h>

/*
 * Leaves the arguments and what follows them. The padding ends where it has to, and not with
 * the last NUL: an empty argument may be the first, and its place be taken by the last, the
 * last's by a variable of the environment.
 */
static int skip_path(struct bytes *text)
{
	enum { ALIGNMENT = 8 };
	struct bytes rest = *text;
	size_t length = bytes_cut(&rest, '\0').length + 1;

	if (!rest.data)
		return -EINVAL;
	for (; length % ALIGNMENT && rest.length && rest.data[0] == '\0'; length++)
		rest = bytes_skip(rest, 1);
	*text = rest;
	return 0;
}

int procargs_parse(struct bytes text, struct bytes *ret_arguments)
{
	struct bytes arguments;
	struct bytes rest;
	int count;
	int error;

	if (text.length < sizeof(count))
		return -EINVAL;
	memcpy(&count, text.data, sizeof(count));
	arguments = bytes_skip(text, sizeof(count));
	error = count < 0 ? -EINVAL : skip_path(&arguments);
	if (error)
		return error;
	rest = arguments;
	while (count-- > 0) {
		bytes_cut(&rest, '\0');
		if (!rest.data)
			return -EINVAL;
	}
	arguments.length = (size_t)(rest.data - arguments.data);
	*ret_arguments = arguments;
	return 0;
}
