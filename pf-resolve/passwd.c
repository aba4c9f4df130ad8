#include "passwd.h"

#include <errno.h>

#include "number.h"

int passwd_find(struct bytes text, uint32_t uid, struct bytes *ret_name)
{
	while (text.data) {
		struct bytes line = bytes_cut(&text, '\n');
		struct bytes name = bytes_cut(&line, ':');
		uint64_t entry_uid;

		bytes_cut(&line, ':'); /* the password, or "x" */
		if (name.length && line.data &&
			number_parse(bytes_cut(&line, ':'), UINT32_MAX, &entry_uid) == 0 &&
			entry_uid == uid) {
			*ret_name = name;
			return 0;
		}
	}
	return -ENOENT;
}
