/*
 * macOS: how a process was started. For other users' processes, sysctl(3)'s KERN_PROCARGS2 and
 * proc_pidinfo() work only for root; KERN_PROC_PID and proc_pidpath() work for everybody. libproc's
 * functions return a number of bytes, or 0 on failure.
 */
#include "os/os.h"

#include <errno.h>
#include <libproc.h>
#include <limits.h>
#include <sys/sysctl.h>
#include <sys/time.h>

#include "formats/procargs.h"
#include "os/darwin/process.h"
#include "os/process_facts.h"

static void set_times(const struct kinfo_proc *process, struct process_facts *facts)
{
	struct timeval time;
	int64_t now;

	facts->start_ticks = darwin_identity_of(process);
	facts->start_time = facts->start_ticks / DARWIN_MICROSECONDS;
	facts->uptime = -1;
	if (gettimeofday(&time, NULL))
		return;
	now = (int64_t)time.tv_sec * DARWIN_MICROSECONDS + time.tv_usec;
	/* The clock may have been set back. */
	if (now >= facts->start_ticks)
		facts->uptime = (now - facts->start_ticks) / DARWIN_MICROSECONDS;
}

/*
 * The most that the kernel copies. If the text is longer, it copies the end, but the arguments are
 * at the beginning.
 */
enum { ARGUMENTS_MAX = sizeof(int) + ARG_MAX };

/* If the arguments can't be read, they stay unknown. Returns 0 or -ENOMEM. */
static int read_arguments(int64_t pid, struct buffer *arguments)
{
	int name[] = {CTL_KERN, KERN_PROCARGS2, (int)pid};
	size_t size = ARGUMENTS_MAX;
	char *text = malloc(size);
	struct bytes found;
	int error = 0;

	if (!text)
		return -ENOMEM;
	if (sysctl(name, sizeof(name) / sizeof(name[0]), text, &size, NULL, 0) == 0 &&
		size < ARGUMENTS_MAX && procargs_parse((struct bytes){text, size}, &found) == 0) {
		/* An empty list of arguments is known: its data must not be NULL. */
		error = buffer_reserve(arguments, 1);
		if (!error)
			error = buffer_append(arguments, found.data, found.length);
	}
	free(text);
	return error;
}

static int read_executable(int64_t pid, struct buffer *executable)
{
	char path[PROC_PIDPATHINFO_MAXSIZE];
	int length = proc_pidpath((int)pid, path, sizeof(path));

	return length > 0 ? buffer_append(executable, path, (size_t)length) : 0;
}

static int read_directory(int64_t pid, struct buffer *directory)
{
	struct proc_vnodepathinfo places;
	const char *path = places.pvi_cdir.vip_path;
	int size = proc_pidinfo((int)pid, PROC_PIDVNODEPATHINFO, 0, &places, sizeof(places));

	/* A removed directory has no path. */
	if (size != (int)sizeof(places) || path[0] == '\0')
		return 0;
	return buffer_append(directory, path, strnlen(path, sizeof(places.pvi_cdir.vip_path)));
}

/* The kernel keeps 16 bytes of the name; the path has all of it, unless the file was renamed. */
static int set_command(
	const struct kinfo_proc *process, struct bytes executable, struct buffer *command)
{
	const char *comm = process->kp_proc.p_comm;
	struct bytes name = {comm, strnlen(comm, MAXCOMLEN)};
	struct bytes file = {0};

	while (executable.data)
		file = bytes_cut(&executable, '/');
	if (bytes_begin_with(file, name))
		name = file;
	return name.length ? buffer_append(command, name.data, name.length) : 0;
}

int os_process_facts(int64_t pid, struct process_facts *facts)
{
	struct kinfo_proc process;
	int error = darwin_read_process(pid, &process);

	if (error)
		return error;
	facts->pid = pid;
	/* launchd's parent is the kernel, which can't be examined. */
	facts->parent = process.kp_eproc.e_ppid > 0 ? process.kp_eproc.e_ppid : -1;
	facts->uid = (int64_t)process.kp_eproc.e_ucred.cr_uid;
	facts->group = process.kp_eproc.e_pgid;
	facts->is_stopped = process.kp_proc.p_stat == SSTOP;
	set_times(&process, facts);
	error = read_arguments(pid, &facts->arguments);
	if (!error)
		error = read_executable(pid, &facts->executable);
	if (!error)
		error = read_directory(pid, &facts->directory);
	if (!error)
		error = set_command(&process, buffer_bytes(&facts->executable), &facts->command);
	return error;
}
