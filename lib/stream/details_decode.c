#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "stream/details.h"
#include "stream/json_pool.h"
#include "stream/listener_problem.h"

/*
 * An object being read. Nothing is read after an error, so it is enough to check `error` at the
 * end.
 */
struct object {
	const json_t *json;
	const char *inside; /* prefix of its keys in messages: "unit." */
	struct listener_problem *problem;
	int error;
};

enum presence { OPTIONAL, NULLABLE, REQUIRED };

static void reject(struct object *object, const char *key, const json_t *value, const char *wanted)
{
	char path[48];

	snprintf(path, sizeof(path), "%s%s", object->inside, key);
	object->error = listener_problem_set_value(object->problem, path, value, wanted);
}

/* Returns the member's value; NULL if it is absent or after an error. */
static const json_t *member_of(const struct object *object, const char *key)
{
	return object->error ? NULL : json_object_get(object->json, key);
}

static struct bytes string_bytes(const json_t *string)
{
	return (struct bytes){json_string_value(string), json_string_length(string)};
}

static bool is_omitted(const json_t *value, enum presence presence)
{
	return presence == OPTIONAL ? !value : presence == NULLABLE && json_is_null(value);
}

static void read_text(
	struct object *object, const char *key, enum presence presence, struct bytes *ret_text)
{
	static const char *const wanted[] = {
		[OPTIONAL] = "a string, or absent",
		[NULLABLE] = "a string or null",
		[REQUIRED] = "a string",
	};
	const json_t *value = member_of(object, key);

	if (object->error || is_omitted(value, presence))
		return;
	if (json_is_string(value))
		*ret_text = string_bytes(value);
	else
		reject(object, key, value, wanted[presence]);
}

static void read_number(
	struct object *object, const char *key, enum presence presence, int64_t *ret_number)
{
	const json_t *value = member_of(object, key);

	if (object->error || is_omitted(value, presence))
		return;
	if (json_is_integer(value) && json_integer_value(value) >= 0)
		*ret_number = json_integer_value(value);
	else
		reject(object, key, value,
			presence == OPTIONAL ? "an integer from 0 to 9223372036854775807, or absent"
					     : "an integer from 0 to 9223372036854775807");
}

/* Returns the number from `first` to `last` whose name_of() is the member's value. */
static unsigned read_name(struct object *object, const char *key, unsigned first, unsigned last,
	const char *(*name_of)(unsigned number), const char *wanted)
{
	const json_t *value = member_of(object, key);

	for (unsigned i = first; json_is_string(value) && i <= last; i++)
		if (bytes_equal(string_bytes(value), bytes_of(name_of(i))))
			return i;
	if (!object->error)
		reject(object, key, value, wanted);
	return first;
}

/* Returns false if the member is absent or not an object, or after an error. */
static bool open_object(
	struct object *parent, const char *key, const char *inside, struct object *ret_object)
{
	const json_t *value = member_of(parent, key);

	if (!value)
		return false;
	if (!json_is_object(value)) {
		reject(parent, key, value, "an object, or absent");
		return false;
	}
	*ret_object = (struct object){.json = value, .inside = inside, .problem = parent->problem};
	return true;
}

/* The extra item keeps the array of an empty list from being NULL, which means unknown. */
static void *new_array(struct object *object, const json_t *list, size_t item_size)
{
	void *array = calloc(json_array_size(list) + 1, item_size);

	if (!array)
		object->error = -ENOMEM;
	return array;
}

static void read_arguments(struct object *object, struct details *details)
{
	static const char wanted[] = "an array of strings, or absent";
	const json_t *list = member_of(object, "cmdline");

	if (!list)
		return;
	if (!json_is_array(list)) {
		reject(object, "cmdline", list, wanted);
		return;
	}
	details->arguments = new_array(object, list, sizeof(*details->arguments));
	for (size_t i = 0; !object->error && i < json_array_size(list); i++) {
		const json_t *argument = json_array_get(list, i);

		if (json_is_string(argument))
			details->arguments[details->argument_count++] = string_bytes(argument);
		else
			reject(object, "cmdline", list, wanted);
	}
}

static int read_ancestor(
	const json_t *json, struct ancestor *ancestor, struct listener_problem *problem)
{
	struct object object = {.json = json, .inside = "ancestors[].", .problem = problem};

	if (!json_is_object(json))
		return listener_problem_set_value(problem, "ancestors[]", json, "an object");
	read_number(&object, "pid", REQUIRED, &ancestor->pid);
	read_text(&object, "command", NULLABLE, &ancestor->command);
	return object.error;
}

static void read_ancestors(struct object *object, struct details *details)
{
	const json_t *list = member_of(object, "ancestors");

	if (!list)
		return;
	if (!json_is_array(list)) {
		reject(object, "ancestors", list, "an array of objects, or absent");
		return;
	}
	details->ancestors = new_array(object, list, sizeof(*details->ancestors));
	for (size_t i = 0; !object->error && i < json_array_size(list); i++)
		object->error = read_ancestor(json_array_get(list, i),
			&details->ancestors[details->ancestor_count++], object->problem);
}

static const char *manager_of(unsigned number)
{
	return unit_manager_name((enum unit_manager)number);
}

static void read_unit(struct object *parent, struct unit *unit)
{
	struct object object;

	if (!open_object(parent, "unit", "unit.", &object))
		return;
	read_text(&object, "name", REQUIRED, &unit->name);
	unit->manager = read_name(&object, "manager", MANAGER_SYSTEM, MANAGER_USER, manager_of,
		"\"system\" or \"user\"");
	read_text(&object, "restart", OPTIONAL, &unit->restart);
	parent->error = object.error;
}

static void read_container(struct object *parent, struct container *container)
{
	struct object object;

	if (!open_object(parent, "container", "container.", &object))
		return;
	read_text(&object, "runtime", REQUIRED, &container->runtime);
	read_text(&object, "id", OPTIONAL, &container->id);
	read_text(&object, "name", OPTIONAL, &container->name);
	read_text(&object, "address", OPTIONAL, &container->address);
	read_number(&object, "port", OPTIONAL, &container->port);
	parent->error = object.error;
}

static const char *verdict_of(unsigned number)
{
	return verdict_name((enum verdict)number);
}

static void read_remedy(struct object *parent, struct remedy *remedy)
{
	struct object object;

	if (!open_object(parent, "remedy", "remedy.", &object))
		return;
	remedy->verdict = read_name(&object, "verdict", VERDICT_KILL, VERDICT_UNKNOWN, verdict_of,
		"\"kill\", \"stop\" or \"unknown\"");
	read_text(&object, "command", OPTIONAL, &remedy->command);
	read_text(&object, "why", OPTIONAL, &remedy->why);
	parent->error = object.error;
}

static int read_details(struct object *object, struct details *details)
{
	read_arguments(object, details);
	read_text(object, "exe", OPTIONAL, &details->executable);
	read_text(object, "cwd", OPTIONAL, &details->directory);
	read_text(object, "started", OPTIONAL, &details->started);
	read_number(object, "uptime", OPTIONAL, &details->uptime);
	read_number(object, "ppid", OPTIONAL, &details->parent);
	read_ancestors(object, details);
	read_unit(object, &details->unit);
	read_container(object, &details->container);
	read_remedy(object, &details->remedy);
	return object->error;
}

int details_decode(struct bytes line, const struct listener *listener, struct details *ret_details,
	struct listener_problem *ret_problem)
{
	struct details details = details_none;
	struct object object = {.inside = "", .problem = ret_problem};
	json_error_t why;
	int error;

	json_pool_use();
	/* listener_fast_decode() accepts no line with details. */
	if (listener && !listener->document) {
		*ret_details = details_none;
		return 0;
	}
	details.document = listener
		? json_incref(listener->document)
		: json_loadb(line.data, line.length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
	if (!details.document)
		return json_error_code(&why) == json_error_out_of_memory
			? -ENOMEM
			: listener_problem_set(ret_problem, "not JSON: %s", why.text);
	object.json = details.document;
	error = read_details(&object, &details);
	if (error)
		details_release(&details);
	else
		*ret_details = details;
	return error;
}
