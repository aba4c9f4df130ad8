#include "passwd.h"

#include "base/number.h"

static struct bytes without_leading_blanks(struct bytes line)
{
	while (line.length && (line.data[0] == ' ' || line.data[0] == '\t'))
		line = bytes_skip(line, 1);
	return line;
}

/* A comment, or a line that includes users from NIS. */
static bool is_no_user(struct bytes name)
{
	return name.length == 0 || name.data[0] == '#' || name.data[0] == '+' ||
		name.data[0] == '-';
}

static bool read_user(struct bytes line, struct passwd_user *ret_user)
{
	struct bytes rest = without_leading_blanks(line);
	struct bytes name = bytes_cut(&rest, ':');
	uint64_t uid;
	uint64_t gid;

	bytes_cut(&rest, ':'); /* the password, or "x" */
	if (is_no_user(name) || number_parse(bytes_cut(&rest, ':'), UINT32_MAX, &uid) ||
		number_parse(bytes_cut(&rest, ':'), UINT32_MAX, &gid))
		return false;
	*ret_user = (struct passwd_user){(uint32_t)uid, name};
	return true;
}

bool passwd_next(struct bytes *text, struct passwd_user *ret_user)
{
	while (text->data)
		if (read_user(bytes_cut(text, '\n'), ret_user))
			return true;
	return false;
}
