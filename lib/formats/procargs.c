#include "formats/procargs.h"

#include <errno.h>

/*
 * Skips the path and its padding. Don't skip all NULs: if the first argument is empty, its NUL
 * isn't padding, and skipping it would shift the arguments by one, up to the first variable of the
 * environment.
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
