#include "holder_service.h"

#include <errno.h>
#include <jansson.h>

/* In cluster mode, pm2's workers have its data about them in one variable, as JSON. */
static int read_json_name(
	struct holder *holder, struct process_source *source, const char *variable)
{
	struct buffer text = {0};
	int error = process_variable_read(source, holder->pid, variable, &text);
	json_t *object = error ? NULL : json_loadb(text.data, text.length, 0, NULL);
	const json_t *name = json_object_get(object, "name");

	if (name)
		error = buffer_append(
			&holder->service, json_string_value(name), json_string_length(name));
	json_decref(object);
	buffer_release(&text);
	return error;
}

static int read_variables(struct holder *holder, struct process_source *source)
{
	const struct supervisor *supervisor = holder->restarter.role.supervisor;
	struct buffer *service = &holder->service;
	int error = 0;

	if (supervisor->json_variable)
		error = read_json_name(holder, source, supervisor->json_variable);
	if (service->length || error == -ENOMEM)
		return error;
	error = 0;
	if (supervisor->group_variable)
		error = process_variable_read(
			source, holder->pid, supervisor->group_variable, service);
	if (!error && service->length)
		error = buffer_append_byte(service, ':');
	if (!error)
		error = process_variable_read(
			source, holder->pid, supervisor->name_variable, service);
	if (error && error != -ENOMEM)
		service->length = 0;
	return error;
}

/* The name is in the supervisor's arguments, or in the environment it gave its child. */
static int read_service(struct holder *holder, struct process_source *source)
{
	const struct supervisor *supervisor = holder->restarter.role.supervisor;
	const struct process_facts *process = holder->ancestors[holder->restarter.decisive];
	struct buffer *service = &holder->service;
	struct bytes rest = buffer_bytes(&process->arguments);
	struct bytes argument = {0};

	switch (supervisor->service) {
	case SERVICE_NONE:
		break;
	case SERVICE_DIRECTORY:
		if (process->directory.length)
			return buffer_append(
				service, process->directory.data, process->directory.length);
		__attribute__((fallthrough));
	case SERVICE_ARGUMENT:
		bytes_cut(&rest, '\0'); /* its own name */
		if (process_next_argument(&rest, &argument))
			return buffer_append(service, argument.data, argument.length);
		break;
	case SERVICE_VARIABLES:
		return read_variables(holder, source);
	}
	return 0;
}

/*
 * Commands are pasted by the caller, often root: a third user's process must not put words into
 * them by calling itself a supervisor. A replay has no current user, so the holder's counts
 * instead.
 */
static bool is_believed(
	const struct holder *holder, const struct process_source *source, int64_t uid)
{
	if (uid == 0)
		return true;
	return source->is_live ? uid >= 0 && uid == os_own_user()
			       : uid < 0 || uid == holder->facts.uid;
}

static bool is_service_believed(const struct holder *holder, const struct process_source *source)
{
	const struct restarter *restarter = &holder->restarter;

	/* A process may overwrite its initial environment. */
	return is_believed(holder, source, holder->ancestors[restarter->decisive]->uid) &&
		(restarter->role.supervisor->service != SERVICE_VARIABLES ||
			is_believed(holder, source, holder->facts.uid));
}

int holder_read_service(struct holder *holder, struct process_source *source)
{
	const struct supervisor *supervisor = holder->restarter.role.supervisor;
	int error;

	if (!supervisor)
		return 0;
	holder->is_doubtful = supervisor->service != SERVICE_NONE &&
		!is_service_believed(holder, source);
	error = holder->is_doubtful ? 0 : read_service(holder, source);
	/* Don't keep an unusable name, which may be large, for each process. */
	if (!supervisor_takes(supervisor, buffer_bytes(&holder->service)))
		buffer_release(&holder->service);
	return error == -ENOMEM ? error : 0;
}
