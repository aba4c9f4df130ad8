#include "process_source.h"

#include <errno.h>
#include <inttypes.h>

#include "formats/proc_pid.h"
#include "proc_clock.h"
#include "proc_comm.h"

/* The kernel's limit for a new process with the default stack. */
enum { ENVIRONMENT_MAX = 128 * 1024 };

/* Appends the first bytes of a file, which a process can make endless. */
static int read_file(const struct os_directory *root, int64_t pid, const char *name, size_t max,
	struct buffer *content)
{
	char path[64];
	int error;

	snprintf(path, sizeof(path), "proc/%" PRId64 "/%s", pid, name);
	error = os_read_file_head(root, path, max, content);
	/* A known empty text must not have data NULL. */
	return error ? error : buffer_reserve(content, 1);
}

/* Leaves the text unknown if it can't be read. */
static void read_text(struct process_source *source, int64_t pid, const char *name, size_t max,
	struct buffer *content)
{
	int error = read_file(source->root, pid, name, max, content);

	/* The kernel shows no path longer than a page: such a cgroup is not known. */
	if (error != -ENAMETOOLONG)
		process_failure_note(&source->failure, pid, error);
}

static void read_link(
	struct process_source *source, int64_t pid, const char *name, struct buffer *content)
{
	char target[OS_PATH_MAX];
	char path[64];
	int length;

	snprintf(path, sizeof(path), "proc/%" PRId64 "/%s", pid, name);
	length = os_read_link(source->root, path, target, sizeof(target));
	if (length > 0)
		length = buffer_append(content, target, (size_t)length);
	/* The kernel returns no path longer than a page. */
	if (length != -ENAMETOOLONG)
		process_failure_note(&source->failure, pid, length);
}

static void read_command(struct process_source *source, int64_t pid, struct buffer *command)
{
	int error = proc_comm_read(source->root, pid, command);

	if (error)
		buffer_release(command);
	process_failure_note(&source->failure, pid, error);
}

/* If it can't be read, no times are known. */
static void read_clock(struct process_source *source, int64_t pid)
{
	struct buffer text = {0};
	int stat_error = os_read_file(source->root, "proc/stat", &text);
	int uptime_error;

	source->has_clock = true;
	source->boot_time = -1;
	source->now = -1;
	if (!stat_error)
		(void)proc_parse_boot_time(buffer_bytes(&text), &source->boot_time);
	text.length = 0;
	uptime_error = os_read_file(source->root, "proc/uptime", &text);
	if (!uptime_error)
		(void)proc_parse_uptime(buffer_bytes(&text), &source->now);
	process_failure_note(&source->failure, pid, stat_error);
	process_failure_note(&source->failure, pid, uptime_error);
	buffer_release(&text);
}

static int read_stat(struct process_source *source, int64_t pid, struct process_facts *facts)
{
	struct buffer text = {0};
	struct proc_stat stat;
	int error = read_file(source->root, pid, "stat", PROC_FILE_MAX, &text);

	if (!error)
		error = proc_parse_stat(buffer_bytes(&text), &stat);
	buffer_release(&text);
	if (error)
		return error;
	if (!source->has_clock)
		read_clock(source, pid);
	facts->pid = pid;
	facts->parent = stat.parent ? (int64_t)stat.parent : -1;
	facts->group = (int64_t)stat.group;
	facts->session = (int64_t)stat.session;
	facts->is_stopped = stat.state == 'T' || stat.state == 't';
	facts->start_ticks = (int64_t)stat.start;
	facts->start_time = source->boot_time < 0
		? -1
		: source->boot_time + facts->start_ticks / PROC_TICKS;
	facts->uptime = source->now < facts->start_ticks
		? -1
		: (source->now - facts->start_ticks) / PROC_TICKS;
	return 0;
}

int64_t process_parent_read(struct process_source *source, int64_t pid)
{
	struct process_facts facts = {.parent = -1};

	return source->root && read_stat(source, pid, &facts) == 0 ? facts.parent : -1;
}

/* The owner of /proc/PID is root if the process changed its user, so `status` is read. */
static void read_user(struct process_source *source, int64_t pid, struct process_facts *facts)
{
	struct buffer text = {0};
	uint32_t uid;
	int error = read_file(source->root, pid, "status", PROC_FILE_MAX, &text);

	if (!error && proc_parse_status_uid(buffer_bytes(&text), &uid) == 0)
		facts->uid = (int64_t)uid;
	process_failure_note(&source->failure, pid, error);
	buffer_release(&text);
}

static int read_files(struct process_source *source, int64_t pid, struct process_facts *facts)
{
	int error = source->root ? read_stat(source, pid, facts) : -ENOENT;

	if (error)
		return error;
	read_user(source, pid, facts);
	read_command(source, pid, &facts->command);
	read_text(source, pid, "cmdline", PROCESS_ARGUMENTS_MAX, &facts->arguments);
	read_link(source, pid, "exe", &facts->executable);
	read_link(source, pid, "cwd", &facts->directory);
	read_text(source, pid, "cgroup", PROC_FILE_MAX, &facts->cgroup);
	return 0;
}

/*
 * A program that overwrites its arguments with a title leaves NULs after it, which are not
 * arguments; a single empty one at the end may be.
 */
static void trim_arguments(struct buffer *arguments)
{
	enum { LAST_AND_EMPTY = 2 };
	size_t length = arguments->length;
	size_t nuls = 0;

	while (nuls < length && arguments->data[length - nuls - 1] == '\0')
		nuls++;
	if (nuls > LAST_AND_EMPTY || nuls == length)
		arguments->length = length - nuls;
	if (arguments->length > PROCESS_ARGUMENTS_MAX)
		arguments->length = PROCESS_ARGUMENTS_MAX;
}

/* They are kept for each process and its ancestors. */
static void fit(struct process_facts *facts)
{
	buffer_fit(&facts->command);
	buffer_fit(&facts->arguments);
	buffer_fit(&facts->executable);
	buffer_fit(&facts->directory);
	buffer_fit(&facts->cgroup);
}

int process_facts_read(struct process_source *source, int64_t pid, struct process_facts *ret_facts)
{
	struct process_facts facts = {
		.pid = pid, .parent = -1, .uid = -1, .start_time = -1, .uptime = -1};
	int error = source->is_live ? os_process_facts(pid, &facts) : -ENOSYS;

	if (error == -ENOSYS) {
		error = read_files(source, pid, &facts);
		/* A malformed file counts as missing. */
		if (error != -EINVAL)
			process_failure_note(&source->failure, pid, error);
	}
	if (error) {
		process_facts_release(&facts);
		return error;
	}
	trim_arguments(&facts.arguments);
	fit(&facts);
	*ret_facts = facts;
	return 0;
}

static void drop_cut_variable(struct buffer *environment)
{
	if (environment->length < ENVIRONMENT_MAX)
		return;
	while (environment->length && environment->data[environment->length - 1] != '\0')
		environment->length--;
}

int process_cgroup_read(struct process_source *source, int64_t pid, struct buffer *cgroup)
{
	return source->root ? read_file(source->root, pid, "cgroup", PROC_FILE_MAX, cgroup)
			    : -ENOENT;
}

int process_variable_read(
	struct process_source *source, int64_t pid, const char *name, struct buffer *value)
{
	struct buffer text = {0};
	struct bytes rest = {0};
	int error = source->root ? read_file(source->root, pid, "environ", ENVIRONMENT_MAX, &text)
				 : -ENOENT;

	process_failure_note(&source->failure, pid, error);
	if (!error) {
		drop_cut_variable(&text);
		rest = buffer_bytes(&text);
	}
	error = -ENOENT;
	while (rest.data && error == -ENOENT) {
		struct bytes variable = bytes_cut(&rest, '\0');

		if (bytes_is(bytes_cut(&variable, '='), name) && variable.data)
			error = buffer_append(value, variable.data, variable.length);
	}
	buffer_release(&text);
	return error;
}

bool process_next_argument(struct bytes *rest, struct bytes *ret_argument)
{
	if (rest->length == 0)
		return false;
	*ret_argument = bytes_cut(rest, '\0');
	return true;
}
