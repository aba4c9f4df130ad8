#include "passwd.h"

#include <errno.h>

#include "number.h"

static struct bytes without_leading_blanks(struct bytes line)
{
	while (line.length && (line.data[0] == ' ' || line.data[0] == '\t'))
		line = bytes_skip(line, 1);
	return line;
}

/* A comment, or a line with which NIS was asked for other users. */
static bool is_no_user(struct bytes name)
{
	return name.length == 0 || name.data[0] == '#' || name.data[0] == '+' ||
		name.data[0] == '-';
}

int passwd_find(struct bytes text, uint32_t uid, struct bytes *ret_name)
{
	while (text.data) {
		struct bytes rest = without_leading_blanks(bytes_cut(&text, '\n'));
		struct bytes name = bytes_cut(&rest, ':');
		uint64_t entry_uid;
		uint64_t gid;

		bytes_cut(&rest, ':'); /* the password, or "x" */
		if (is_no_user(name) ||
			number_parse(bytes_cut(&rest, ':'), UINT32_MAX, &entry_uid) ||
			number_parse(bytes_cut(&rest, ':'), UINT32_MAX, &gid))
			continue;
		if (entry_uid == uid) {
			*ret_name = name;
			return 0;
		}
	}
	return -ENOENT;
}
