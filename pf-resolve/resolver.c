#include "resolver.h"

#include <errno.h>

#include "base/error.h"
#include "cli/diag.h"

struct resolver {
	bool is_file; /* a capture without names */
	bool has_root;
	struct os_directory root;
	struct process_names processes;
	struct user_names users;
	bool has_error;
};

static int open_directory(struct os_directory *ret_root, const char *replay)
{
	if (!replay)
		return os_directory_open(ret_root, NULL, "/");
	return strcmp(replay, "-") == 0 ? -ENOTDIR : os_capture_open(ret_root, replay);
}

static int open_root(struct resolver *resolver, const char *replay)
{
	int error = open_directory(&resolver->root, replay);

	resolver->has_root = !error;
	resolver->is_file = replay && error == -ENOTDIR;
	if (replay)
		return resolver->is_file ? 0 : error;
	/* On Windows this is the root of the current drive, which may be gone or inaccessible. */
	if (error && !error_is_gone(error) && !error_is_denied(error)) {
		diag("/: %s", diag_error(error));
		resolver->has_error = true;
	}
	return 0;
}

static int read_root(struct resolver *resolver, const char *replay)
{
	int error = os_read_file(&resolver->root, "etc/passwd", &resolver->users.local.text);

	/* No such file means no local users, which is no error. */
	if (error && !error_is_gone(error) && !error_is_denied(error)) {
		diag("%s/etc/passwd: %s", replay ? replay : "", diag_error(error));
		resolver->has_error = true;
	}
	error = user_index_read(&resolver->users.local);
	if (error)
		return error;
	resolver->processes.root = &resolver->root;
	return replay ? task_names_read(&resolver->processes.tasks, &resolver->root, replay) : 0;
}

int resolver_new(const char *replay, const struct resolver_questions *questions,
	struct resolver **ret_resolver)
{
	struct resolver *resolver = calloc(1, sizeof(*resolver));
	int error;

	if (!resolver)
		return -ENOMEM;
	if (!replay) {
		resolver->processes.questions = &questions->processes;
		resolver->users.ask = questions->users;
	}
	error = open_root(resolver, replay);
	if (!error && resolver->has_root)
		error = read_root(resolver, replay);
	if (error) {
		resolver_free(resolver);
		return error;
	}
	*ret_resolver = resolver;
	return 0;
}

/*
 * Returns true if the user must be asked for, by uid; on systems without uids, users are found by
 * pid.
 */
static bool look_up_user(
	struct resolver *resolver, const struct listener *listener, struct bytes *ret_user)
{
	if (listener->uid != LISTENER_NONE)
		return !user_names_find(&resolver->users, (uint32_t)listener->uid, ret_user);
	if (listener->pid != LISTENER_NONE)
		process_names_find_user(&resolver->processes, listener, ret_user);
	return false;
}

bool resolver_look_up(struct resolver *resolver, const struct listener *listener,
	struct bytes *ret_command, struct bytes *ret_user)
{
	*ret_command = (struct bytes){0};
	*ret_user = (struct bytes){0};
	if (resolver->is_file)
		return false;
	if (!listener->command.data && listener->pid != LISTENER_NONE)
		process_names_find_command(&resolver->processes, listener, ret_command);
	return !listener->user.data && look_up_user(resolver, listener, ret_user);
}

int resolver_ask_users(struct resolver *resolver, uint32_t *uids, size_t count)
{
	return user_names_ask(&resolver->users, uids, count);
}

struct bytes resolver_user(const struct resolver *resolver, uint32_t uid)
{
	struct bytes name = {0};

	(void)user_names_find(&resolver->users, uid, &name);
	return name;
}

const struct os_directory *resolver_root(const struct resolver *resolver)
{
	return resolver->has_root ? &resolver->root : NULL;
}

void resolver_say_ended(const struct resolver *resolver)
{
	const struct process_names *names = &resolver->processes;

	if (names->ended.is_several)
		diag("process %lld and others are not in tasklist.csv: they have ended; a child "
		     "may "
		     "have inherited the socket",
			(long long)names->ended.pid);
	else if (names->ended.is_any)
		diag("process %lld is not in tasklist.csv: it has ended; a child may have "
		     "inherited the socket",
			(long long)names->ended.pid);
}

size_t resolver_hidden_count(const struct resolver *resolver)
{
	return resolver->processes.hidden.count;
}

const struct process_failure *resolver_failure(const struct resolver *resolver)
{
	return &resolver->processes.failure;
}

bool resolver_has_error(const struct resolver *resolver)
{
	return resolver->has_error || resolver->processes.tasks.has_error;
}

void resolver_free(struct resolver *resolver)
{
	process_names_release(&resolver->processes);
	user_names_release(&resolver->users);
	if (resolver->has_root)
		os_directory_close(&resolver->root);
	free(resolver);
}
