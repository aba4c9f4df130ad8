#include "details.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "json_member.h"
#include "json_pool.h"
#include "json_text.h"
#include "number.h"

const struct details details_none = {
	.uptime = LISTENER_NONE,
	.parent = LISTENER_NONE,
	.container.port = LISTENER_NONE,
};

static const char *const manager_names[] = {[MANAGER_SYSTEM] = "system", [MANAGER_USER] = "user"};

static const char *const verdict_names[] = {
	[VERDICT_NONE] = "",
	[VERDICT_KILL] = "kill",
	[VERDICT_STOP] = "stop",
	[VERDICT_UNKNOWN] = "unknown",
};

/* ---- details to JSON ---- */

/*
 * An object in the making. Members are appended only while nothing has failed, so
 * that one look at `error` at the end will do.
 */
struct object {
	struct buffer *text;
	struct bytes taken; /* an object whose keys are not to come again; data NULL: none */
	bool is_empty;
	int error;
};

static bool has_member(struct bytes object, const char *key)
{
	struct json_member member = {.rest = object};

	while (object.data && json_member_next(&member))
		if (json_member_is(&member, bytes_of(key)))
			return true;
	return false;
}

/* Begins a member. Returns false where it is not to be written. */
static bool begin_member(struct object *object, const char *key)
{
	if (object->error || has_member(object->taken, key))
		return false;
	if (!object->is_empty)
		object->error = buffer_append_byte(object->text, ',');
	object->is_empty = false;
	if (!object->error)
		object->error = json_text_append(object->text, bytes_of(key));
	if (!object->error)
		object->error = buffer_append_byte(object->text, ':');
	return !object->error;
}

static void put_literal(struct object *object, const char *literal)
{
	if (!object->error)
		object->error = buffer_append_text(object->text, literal);
}

static void put_text(struct object *object, const char *key, struct bytes text)
{
	if (text.data && begin_member(object, key))
		object->error = json_text_append(object->text, text);
}

static void put_number(struct object *object, const char *key, int64_t number)
{
	char digits[NUMBER_TEXT_MAX];

	if (number == LISTENER_NONE || !begin_member(object, key))
		return;
	number_format((uint64_t)number, digits);
	put_literal(object, digits);
}

static void put_arguments(struct object *object, const struct details *details)
{
	if (!details->arguments || !begin_member(object, "cmdline"))
		return;
	put_literal(object, "[");
	for (size_t i = 0; i < details->argument_count && !object->error; i++) {
		if (i)
			put_literal(object, ",");
		if (!object->error)
			object->error = json_text_append(object->text, details->arguments[i]);
	}
	put_literal(object, "]");
}

static struct object begin_object(struct object *parent)
{
	put_literal(parent, "{");
	return (struct object){.text = parent->text, .is_empty = true, .error = parent->error};
}

static void end_object(struct object *parent, const struct object *object)
{
	parent->error = object->error;
	put_literal(parent, "}");
}

static void put_ancestor(struct object *list, const struct ancestor *ancestor)
{
	struct object object = begin_object(list);

	put_number(&object, "pid", ancestor->pid);
	if (ancestor->command.data)
		put_text(&object, "command", ancestor->command);
	else if (begin_member(&object, "command"))
		put_literal(&object, "null");
	end_object(list, &object);
}

static void put_ancestors(struct object *object, const struct details *details)
{
	if (!details->ancestors || !begin_member(object, "ancestors"))
		return;
	put_literal(object, "[");
	for (size_t i = 0; i < details->ancestor_count && !object->error; i++) {
		if (i)
			put_literal(object, ",");
		put_ancestor(object, &details->ancestors[i]);
	}
	put_literal(object, "]");
}

static void put_unit(struct object *parent, const struct unit *unit)
{
	struct object object;

	if (!unit->name.data || !begin_member(parent, "unit"))
		return;
	object = begin_object(parent);
	put_text(&object, "name", unit->name);
	put_text(&object, "manager", bytes_of(manager_names[unit->manager]));
	put_text(&object, "restart", unit->restart);
	end_object(parent, &object);
}

static void put_container(struct object *parent, const struct container *container)
{
	struct object object;

	if (!container->runtime.data || !begin_member(parent, "container"))
		return;
	object = begin_object(parent);
	put_text(&object, "id", container->id);
	put_text(&object, "name", container->name);
	put_text(&object, "runtime", container->runtime);
	put_text(&object, "address", container->address);
	put_number(&object, "port", container->port);
	end_object(parent, &object);
}

static void put_remedy(struct object *parent, const struct remedy *remedy)
{
	struct object object;

	if (remedy->verdict == VERDICT_NONE || !begin_member(parent, "remedy"))
		return;
	object = begin_object(parent);
	put_text(&object, "verdict", bytes_of(verdict_names[remedy->verdict]));
	put_text(&object, "command", remedy->command);
	put_text(&object, "why", remedy->why);
	end_object(parent, &object);
}

static void put_details(struct object *object, const struct details *details)
{
	put_arguments(object, details);
	put_text(object, "exe", details->executable);
	put_text(object, "cwd", details->directory);
	put_text(object, "started", details->started);
	put_number(object, "uptime", details->uptime);
	put_number(object, "ppid", details->parent);
	put_ancestors(object, details);
	put_unit(object, &details->unit);
	put_container(object, &details->container);
	put_remedy(object, &details->remedy);
}

/* The line without what follows its last value: blanks and the closing brace. */
static struct bytes without_end(struct bytes line)
{
	while (line.data[line.length - 1] != '}')
		line.length--;
	line.length--;
	return line;
}

int details_append(struct bytes line, const struct details *details, struct buffer *ret_line)
{
	struct object object = {.text = ret_line, .taken = line};
	struct bytes members = without_end(line);
	size_t before = ret_line->length;

	object.error = buffer_append(ret_line, members.data, members.length);
	put_details(&object, details);
	put_literal(&object, "}");
	if (!object.error && ret_line->length - before > LISTENER_LINE_MAX) {
		ret_line->length = before;
		object.error = buffer_append(ret_line, line.data, line.length);
	}
	put_literal(&object, "\n");
	if (object.error)
		ret_line->length = before;
	return object.error;
}

/* ---- JSON to details ---- */

__attribute__((format(PF_PRINTF, 2, 3))) static int refuse(
	struct listener_problem *problem, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(problem->text, sizeof(problem->text), format, arguments);
	va_end(arguments);
	return -EINVAL;
}

static struct bytes string_bytes(const json_t *string)
{
	return (struct bytes){json_string_value(string), json_string_length(string)};
}

static int take_text(const json_t *object, const char *key, struct bytes *ret_text,
	struct listener_problem *problem)
{
	const json_t *value = json_object_get(object, key);

	if (!value)
		return 0;
	if (!json_is_string(value))
		return refuse(problem, "\"%s\" must be a string, or absent", key);
	*ret_text = string_bytes(value);
	return 0;
}

static int take_number(const json_t *object, const char *key, int64_t *ret_number,
	struct listener_problem *problem)
{
	const json_t *value = json_object_get(object, key);

	if (!value)
		return 0;
	if (!json_is_integer(value) || json_integer_value(value) < 0)
		return refuse(problem,
			"\"%s\" must be an integer from 0 to 9223372036854775807, or absent", key);
	*ret_number = json_integer_value(value);
	return 0;
}

static int take_arguments(
	const json_t *object, struct details *details, struct listener_problem *problem)
{
	const json_t *list = json_object_get(object, "cmdline");
	size_t count = json_array_size(list);

	if (!list)
		return 0;
	if (!json_is_array(list))
		return refuse(problem, "\"cmdline\" must be an array of strings, or absent");
	details->arguments = calloc(count + 1, sizeof(*details->arguments));
	if (!details->arguments)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		const json_t *argument = json_array_get(list, i);

		if (!json_is_string(argument))
			return refuse(
				problem, "\"cmdline\" must be an array of strings, or absent");
		details->arguments[i] = string_bytes(argument);
	}
	details->argument_count = count;
	return 0;
}

static int take_ancestor(
	const json_t *object, struct ancestor *ret_ancestor, struct listener_problem *problem)
{
	const json_t *pid = json_object_get(object, "pid");
	const json_t *command = json_object_get(object, "command");

	if (!json_is_integer(pid) || json_integer_value(pid) < 0 ||
		!(json_is_string(command) || json_is_null(command)))
		return refuse(problem,
			"\"ancestors\" must be an array of objects with a \"pid\" and a "
			"\"command\", or absent");
	ret_ancestor->pid = json_integer_value(pid);
	if (json_is_string(command))
		ret_ancestor->command = string_bytes(command);
	return 0;
}

static int take_ancestors(
	const json_t *object, struct details *details, struct listener_problem *problem)
{
	const json_t *list = json_object_get(object, "ancestors");
	size_t count = json_array_size(list);
	int error = 0;

	if (!list)
		return 0;
	if (!json_is_array(list))
		return refuse(problem, "\"ancestors\" must be an array, or absent");
	details->ancestors = calloc(count + 1, sizeof(*details->ancestors));
	if (!details->ancestors)
		return -ENOMEM;
	for (size_t i = 0; i < count && !error; i++)
		error = take_ancestor(json_array_get(list, i), &details->ancestors[i], problem);
	details->ancestor_count = count;
	return error;
}

/* The object under a key; NULL where there is none, or it is none, which *ret_error tells apart. */
static const json_t *object_of(
	const json_t *parent, const char *key, int *ret_error, struct listener_problem *problem)
{
	const json_t *object = json_object_get(parent, key);

	*ret_error = 0;
	if (object && !json_is_object(object)) {
		*ret_error = refuse(problem, "\"%s\" must be an object, or absent", key);
		return NULL;
	}
	return object;
}

/* The index of the text among `count` names, or -1. */
static int index_of(struct bytes text, const char *const names[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text.data && bytes_equal(text, bytes_of(names[i])))
			return (int)i;
	return -1;
}

static int take_unit(const json_t *parent, struct unit *unit, struct listener_problem *problem)
{
	int error;
	const json_t *object = object_of(parent, "unit", &error, problem);
	struct bytes manager = {0};
	int index;

	if (!object)
		return error;
	error = take_text(object, "name", &unit->name, problem);
	if (!error)
		error = take_text(object, "manager", &manager, problem);
	if (!error)
		error = take_text(object, "restart", &unit->restart, problem);
	if (error)
		return error;
	index = index_of(manager, manager_names, 2);
	if (!unit->name.data || index < 0)
		return refuse(problem,
			"\"unit\" must have a \"name\", and \"system\" or \"user\" as its "
			"\"manager\"");
	unit->manager = (enum unit_manager)index;
	return 0;
}

static int take_container(
	const json_t *parent, struct container *container, struct listener_problem *problem)
{
	int error;
	const json_t *object = object_of(parent, "container", &error, problem);

	if (!object)
		return error;
	error = take_text(object, "id", &container->id, problem);
	if (!error)
		error = take_text(object, "name", &container->name, problem);
	if (!error)
		error = take_text(object, "runtime", &container->runtime, problem);
	if (!error)
		error = take_text(object, "address", &container->address, problem);
	if (!error)
		error = take_number(object, "port", &container->port, problem);
	if (!error && !container->runtime.data)
		error = refuse(problem, "\"container\" must have a \"runtime\"");
	return error;
}

static int take_remedy(
	const json_t *parent, struct remedy *remedy, struct listener_problem *problem)
{
	int error;
	const json_t *object = object_of(parent, "remedy", &error, problem);
	struct bytes verdict = {0};
	int index;

	if (!object)
		return error;
	error = take_text(object, "verdict", &verdict, problem);
	if (!error)
		error = take_text(object, "command", &remedy->command, problem);
	if (!error)
		error = take_text(object, "why", &remedy->why, problem);
	if (error)
		return error;
	index = index_of(verdict, verdict_names, sizeof(verdict_names) / sizeof(*verdict_names));
	if (index <= VERDICT_NONE)
		return refuse(problem,
			"\"remedy\" must have \"kill\", \"stop\" or \"unknown\" as its "
			"\"verdict\"");
	remedy->verdict = (enum verdict)index;
	return 0;
}

static int take_details(
	const json_t *object, struct details *details, struct listener_problem *problem)
{
	int error = take_arguments(object, details, problem);

	if (!error)
		error = take_text(object, "exe", &details->executable, problem);
	if (!error)
		error = take_text(object, "cwd", &details->directory, problem);
	if (!error)
		error = take_text(object, "started", &details->started, problem);
	if (!error)
		error = take_number(object, "uptime", &details->uptime, problem);
	if (!error)
		error = take_number(object, "ppid", &details->parent, problem);
	if (!error)
		error = take_ancestors(object, details, problem);
	if (!error)
		error = take_unit(object, &details->unit, problem);
	if (!error)
		error = take_container(object, &details->container, problem);
	return error ? error : take_remedy(object, &details->remedy, problem);
}

int details_decode(
	struct bytes line, struct details *ret_details, struct listener_problem *ret_problem)
{
	struct details details = details_none;
	json_error_t why;
	int error;

	json_pool_use();
	details.document = json_loadb(
		line.data, line.length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
	if (!details.document)
		return json_error_code(&why) == json_error_out_of_memory
			? -ENOMEM
			: refuse(ret_problem, "not JSON: %s", why.text);
	error = take_details(details.document, &details, ret_problem);
	if (error)
		details_release(&details);
	else
		*ret_details = details;
	return error;
}

void details_release(struct details *details)
{
	free(details->arguments);
	free(details->ancestors);
	json_decref(details->document);
	*details = details_none;
}
