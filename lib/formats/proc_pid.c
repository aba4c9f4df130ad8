#include "formats/proc_pid.h"

#include <errno.h>

#include "base/number.h"

int proc_parse_stat(struct bytes text, struct proc_stat *ret_stat)
{
	enum { STATE = 3, PARENT = 4, GROUP = 5, SESSION = 6, THREADS = 20, START = 22 };
	size_t end = text.length;
	struct bytes rest;
	uint64_t parent = 0;
	uint64_t group = 0;
	uint64_t session = 0;
	char state = '\0';
	uint64_t threads = 0;
	uint64_t start = 0;

	while (end && text.data[end - 1] != ')')
		end--;
	if (end == 0 || end + 1 >= text.length)
		return -EINVAL;
	rest = bytes_skip(text, end + 1);
	for (int field = STATE; field <= START; field++) {
		struct bytes word = bytes_cut(&rest, ' ');

		if (field == STATE && word.length != 1)
			return -EINVAL;
		if (field == STATE)
			state = word.data[0];
		if (field == PARENT && number_parse(word, UINT32_MAX, &parent))
			return -EINVAL;
		/* Both are -1 once the process has ended (do_task_stat() in fs/proc/array.c). */
		if (field == GROUP)
			(void)number_parse(word, UINT32_MAX, &group);
		if (field == SESSION)
			(void)number_parse(word, UINT32_MAX, &session);
		if (field == THREADS && number_parse(word, UINT32_MAX, &threads))
			return -EINVAL;
		if (field == START && number_parse(word, INT64_MAX, &start))
			return -EINVAL;
	}
	*ret_stat = (struct proc_stat){
		.state = state,
		.parent = (uint32_t)parent,
		.group = (uint32_t)group,
		.session = (uint32_t)session,
		.threads = (uint32_t)threads,
		.start = start,
	};
	return 0;
}

int proc_parse_status_uid(struct bytes text, uint32_t *ret_uid)
{
	const struct bytes heading = bytes_of("Uid:\t");

	while (text.data) {
		struct bytes line = bytes_cut(&text, '\n');
		struct bytes ids;
		uint64_t uid;

		/* "Name:" comes first and may contain anything, but its newlines are escaped. */
		if (!bytes_begin_with(line, heading))
			continue;
		ids = bytes_skip(line, heading.length);
		bytes_cut(&ids, '\t'); /* the real uid */
		if (number_parse(bytes_cut(&ids, '\t'), UINT32_MAX, &uid))
			return -EINVAL;
		*ret_uid = (uint32_t)uid;
		return 0;
	}
	return -EINVAL;
}

int proc_parse_pid(const char *name, int64_t *ret_pid)
{
	uint64_t pid;

	/* The kernel writes no leading zeros, and no process has pid 0. */
	if (name[0] == '0' || number_parse(bytes_of(name), UINT32_MAX, &pid))
		return -EINVAL;
	*ret_pid = (int64_t)pid;
	return 0;
}

bool proc_is_ring_link(struct bytes target)
{
	return bytes_is(target, "anon_inode:[io_uring]");
}

int proc_parse_socket_link(struct bytes target, uint64_t *ret_inode)
{
	const struct bytes prefix = bytes_of("socket:[");
	struct bytes number;

	if (!bytes_begin_with(target, prefix) || target.data[target.length - 1] != ']')
		return -EINVAL;
	number = bytes_skip(target, prefix.length);
	number.length--; /* the bracket */
	return number_parse(number, INT64_MAX, ret_inode) ? -EINVAL : 0;
}

bool proc_next_ring_socket(struct bytes *rest, uint64_t *ret_inode)
{
	while (rest->length) {
		struct bytes target = bytes_cut(rest, '\n');
		struct bytes slot = bytes_cut(&target, ':');

		/* "    0: socket:[4026]" */
		if (slot.length && target.length && bytes_cut_prefix(&target, " ") &&
			proc_parse_socket_link(target, ret_inode) == 0)
			return true;
	}
	return false;
}
