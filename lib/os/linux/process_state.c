/*
 * What a process holds and whether it runs, from /proc and its cgroup.
 */
#include "os/os.h"

#include <errno.h>

#include "base/error.h"
#include "formats/proc_pid.h"
#include "os/linux/process.h"

/* What an unreadable ring has may be the socket. */
static bool ring_has_socket(
	const struct os_directory *descriptors, const char *name, uint64_t inode)
{
	struct buffer text = {0};
	char path[64];
	struct bytes rest;
	uint64_t found;
	bool has_socket;
	int error;

	snprintf(path, sizeof(path), "../fdinfo/%s", name);
	error = os_read_file_head(descriptors, path, PROC_RING_MAX, &text);
	has_socket = error && !error_is_gone(error);
	for (rest = buffer_bytes(&text); !has_socket && proc_next_ring_socket(&rest, &found);)
		has_socket = found == inode;
	buffer_release(&text);
	return has_socket;
}

/* 1, 0, or a negative errno. `directory` is a process or a thread. */
static int descriptors_have_socket(const char *directory, uint64_t inode)
{
	struct os_directory descriptors;
	char path[128];
	const char *name;
	int more;
	int error;

	snprintf(path, sizeof(path), "%s/fd", directory);
	error = os_directory_open(&descriptors, NULL, path);
	if (error)
		return error;
	while ((more = os_directory_next(&descriptors, &name)) > 0) {
		char target[64];
		struct bytes link;
		int length = os_read_link(&descriptors, name, target, sizeof(target));
		uint64_t found;

		/* What can't be read may be the socket; what was closed since, or is too long, not.
		 */
		if (length < 0 && !error_is_gone(length) && length != -ENAMETOOLONG) {
			more = length;
			break;
		}
		if (length <= 0)
			continue;
		link = (struct bytes){target, (size_t)length};
		if (proc_parse_socket_link(link, &found) == 0 && found == inode)
			break;
		if (proc_is_ring_link(link) && ring_has_socket(&descriptors, name, inode))
			break;
	}
	os_directory_close(&descriptors);
	return more > 0 ? 1 : more;
}

/* A thread may have descriptors of its own, and a main thread that has ended has none. */
int os_process_has_socket(int64_t pid, uint64_t inode)
{
	struct os_directory threads;
	char path[64];
	const char *name;
	int has_socket;
	int more = 0;

	snprintf(path, sizeof(path), "/proc/%lld/task", (long long)pid);
	has_socket = os_directory_open(&threads, NULL, path);
	if (has_socket)
		return has_socket;
	while (!has_socket && (more = os_directory_next(&threads, &name)) > 0) {
		char thread[96];

		snprintf(thread, sizeof(thread), "%s/%.20s", path, name);
		has_socket = descriptors_have_socket(thread, inode);
		if (error_is_gone(has_socket))
			has_socket = 0;
	}
	os_directory_close(&threads);
	return has_socket ? has_socket : more;
}

/* The kernel's Documentation/admin-guide/cgroup-v2.rst: "frozen 1" in cgroup.events. */
static bool is_frozen(int64_t pid)
{
	struct buffer text = {0};
	struct bytes rest;
	char path[OS_PATH_MAX] = "";
	bool is_frozen = false;

	snprintf(path, sizeof(path), "/proc/%lld/cgroup", (long long)pid);
	if (os_read_file_head(NULL, path, PROC_FILE_MAX, &text))
		text.length = 0;
	path[0] = '\0';
	for (rest = buffer_bytes(&text); rest.length;) {
		struct bytes line = bytes_cut(&rest, '\n');

		if (bytes_begin_with(line, bytes_of("0::/")))
			snprintf(path, sizeof(path), "/sys/fs/cgroup%.*s/cgroup.events",
				(int)(line.length - strlen("0::")), line.data + strlen("0::"));
	}
	text.length = 0;
	if (path[0] && os_read_file_head(NULL, path, PROC_FILE_MAX, &text) == 0)
		for (rest = buffer_bytes(&text); rest.length && !is_frozen;)
			is_frozen = bytes_is(bytes_cut(&rest, '\n'), "frozen 1");
	buffer_release(&text);
	return is_frozen;
}

enum os_process_state os_process_state(int64_t pid)
{
	struct proc_stat stat;

	if (linux_read_stat(pid, &stat) == 0 && (stat.state == 'T' || stat.state == 't'))
		return OS_PROCESS_STOPPED;
	return is_frozen(pid) ? OS_PROCESS_FROZEN : OS_PROCESS_RUNS;
}
