#include "unit_members.h"

#include "base/number.h"
#include "formats/proc_pid.h"

/* The unit's directory below /sys/fs/cgroup; data NULL: not in cgroup version 2. */
static struct bytes unit_directory(const struct holder *holder)
{
	const struct bytes unit = holder->unit.name;
	struct bytes rest = buffer_bytes(&holder->facts.cgroup);

	while (rest.length) {
		struct bytes line = bytes_cut(&rest, '\n');

		if (!bytes_begin_with(line, bytes_of("0::/")) || unit.data < line.data ||
			unit.data > line.data + line.length)
			continue;
		line = bytes_skip(line, strlen("0::"));
		line.length = (size_t)(unit.data + unit.length - line.data);
		return line;
	}
	return (struct bytes){0};
}

static int read_cgroup_file(const struct process_source *source, struct bytes directory,
	const char *name, struct buffer *text)
{
	char path[OS_PATH_MAX];
	int length = snprintf(path, sizeof(path), "sys/fs/cgroup%.*s/%s", (int)directory.length,
		directory.data, name);

	if (length < 0 || (size_t)length >= sizeof(path))
		return -1;
	return os_read_file_head(source->root, path, PROC_FILE_MAX, text);
}

/* Processes in delegated cgroups below are not in cgroup.procs. */
static bool has_cgroups_below(const struct process_source *source, struct bytes directory)
{
	struct buffer text = {0};
	struct bytes rest;
	bool has_none = false;

	if (read_cgroup_file(source, directory, "cgroup.stat", &text) == 0)
		for (rest = buffer_bytes(&text); rest.length && !has_none;)
			has_none = bytes_is(bytes_cut(&rest, '\n'), "nr_descendants 0");
	buffer_release(&text);
	return !has_none;
}

/* Whether the process is among the holder's ancestors `first` to `last`. */
static bool is_ancestor(const struct holder *holder, int64_t pid, size_t first, size_t last)
{
	for (size_t i = first; i <= last && i < holder->count; i++)
		if (holder->ancestors[i]->pid == pid)
			return true;
	return false;
}

/* Whether it descends from the holder, or from the master of the holder's program. */
static bool is_descendant(const struct holder *holder, struct process_source *source, int64_t pid)
{
	enum { GENERATIONS_MAX = 64 };

	for (int i = 0; i < GENERATIONS_MAX && pid > 1; i++) {
		if (is_ancestor(holder, pid, 0, holder->restarter.top))
			return true;
		pid = process_parent_read(source, pid);
	}
	return false;
}

static bool are_members(const struct holder *holder, struct process_source *source,
	struct bytes pids, size_t main_index)
{
	bool is_any = false;

	while (pids.length) {
		struct bytes word = bytes_cut(&pids, '\n');
		uint64_t pid;

		if (word.length && number_parse(word, INT32_MAX, &pid))
			return false;
		if (!word.length)
			continue;
		if (!is_ancestor(holder, (int64_t)pid, 0, main_index) &&
			!is_descendant(holder, source, (int64_t)pid))
			return false;
		is_any = true;
	}
	return is_any;
}

bool unit_runs_only(const struct holder *holder, struct process_source *source, int64_t main_pid)
{
	const struct bytes directory = unit_directory(holder);
	struct buffer pids = {0};
	size_t main_index = 0;
	bool is_alone = false;

	while (main_index < holder->count && holder->ancestors[main_index]->pid != main_pid)
		main_index++;
	if (main_index == holder->count || !directory.data || !source->root ||
		has_cgroups_below(source, directory))
		return false;
	if (read_cgroup_file(source, directory, "cgroup.procs", &pids) == 0 &&
		pids.length < PROC_FILE_MAX)
		is_alone = are_members(holder, source, buffer_bytes(&pids), main_index);
	buffer_release(&pids);
	return is_alone;
}
