#include "stream/details.h"

#include <errno.h>
#include <stdlib.h>

#include "base/number.h"
#include "stream/json_member.h"
#include "stream/json_text.h"

const struct details details_none = {
	.uptime = LISTENER_NONE,
	.parent = LISTENER_NONE,
	.container.port = LISTENER_NONE,
};

struct bytes container_short_id(const struct container *container)
{
	enum { SHORT_ID = 12 };
	struct bytes id = container->id;

	if (id.length > SHORT_ID)
		id.length = SHORT_ID;
	return id;
}

bool container_is_machine(struct bytes runtime)
{
	static const char *const runtimes[] = {"lxc", "lxd", "incus", "systemd-nspawn"};

	for (size_t i = 0; i < sizeof(runtimes) / sizeof(runtimes[0]); i++)
		if (bytes_is(runtime, runtimes[i]))
			return true;
	return false;
}

const char *unit_manager_name(enum unit_manager manager)
{
	return manager == MANAGER_USER ? "user" : "system";
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {
		[VERDICT_NONE] = "",
		[VERDICT_KILL] = "kill",
		[VERDICT_STOP] = "stop",
		[VERDICT_UNKNOWN] = "unknown",
	};

	return names[verdict];
}

/*
 * Limits in bytes of JSON. Every line of a process repeats all texts, and a process may have
 * thousands of sockets. An ancestor's command is the 15 bytes that the kernel keeps; as escapes
 * they fit.
 */
enum {
	CMDLINE_MAX = 4096,
	PATH_MAX_BYTES = 1024,
	REASON_MAX = 1024,
	NAME_MAX_BYTES = 256,
	ANCESTOR_NAME_MAX = 96,
};

/*
 * An object being written. Nothing is appended after an error, so it is enough to check `error`
 * at the end.
 */
struct object {
	struct buffer *text;
	struct bytes existing; /* an object whose keys are not repeated; data NULL: none */
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

/* Returns false if the member must not be written. */
static bool begin_member(struct object *object, const char *key)
{
	if (object->error || has_member(object->existing, key))
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

/* Truncates a text of more than `max` bytes. */
static void put_text(struct object *object, const char *key, struct bytes text, size_t max)
{
	if (text.data && begin_member(object, key))
		object->error = json_text_append_truncated(object->text, text, max);
}

static void put_name(struct object *object, const char *key, struct bytes name)
{
	put_text(object, key, name, NAME_MAX_BYTES);
}

static void put_number(struct object *object, const char *key, int64_t number)
{
	char digits[NUMBER_TEXT_MAX];

	if (number == LISTENER_NONE || !begin_member(object, key))
		return;
	number_format((uint64_t)number, digits);
	put_literal(object, digits);
}

/*
 * Appends an argument, truncated to the bytes left, or "…" for it and all following ones. Sets
 * *left to 0 after the latter.
 */
static void put_argument(struct object *object, struct bytes argument, size_t *left)
{
	const size_t around = strlen("\"\",");
	const size_t least = around + strlen("…");
	size_t before = object->text->length;

	if (object->error)
		return;
	if (*left < least) {
		*left = 0;
		put_literal(object, "\"…\"");
		return;
	}
	object->error = json_text_append_truncated(object->text, argument, *left - around);
	*left -= object->text->length - before + strlen(",");
}

static void put_arguments(struct object *object, const struct details *details)
{
	size_t left = CMDLINE_MAX;

	if (!details->arguments || !begin_member(object, "cmdline"))
		return;
	put_literal(object, "[");
	for (size_t i = 0; i < details->argument_count && left; i++) {
		if (i)
			put_literal(object, ",");
		put_argument(object, details->arguments[i], &left);
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
		put_text(&object, "command", ancestor->command, ANCESTOR_NAME_MAX);
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
	put_name(&object, "name", unit->name);
	put_name(&object, "manager", bytes_of(unit_manager_name(unit->manager)));
	put_name(&object, "restart", unit->restart);
	end_object(parent, &object);
}

static void put_container(struct object *parent, const struct container *container)
{
	struct object object;

	if (!container->runtime.data || !begin_member(parent, "container"))
		return;
	object = begin_object(parent);
	put_name(&object, "id", container->id);
	put_name(&object, "name", container->name);
	put_name(&object, "runtime", container->runtime);
	put_name(&object, "address", container->address);
	put_number(&object, "port", container->port);
	end_object(parent, &object);
}

static void put_remedy(struct object *parent, const struct remedy *remedy)
{
	struct object object;

	if (remedy->verdict == VERDICT_NONE || !begin_member(parent, "remedy"))
		return;
	object = begin_object(parent);
	put_name(&object, "verdict", bytes_of(verdict_name(remedy->verdict)));
	/* Users paste the command: never truncate it. */
	if (remedy->command.length <= REMEDY_COMMAND_MAX)
		put_text(&object, "command", remedy->command, SIZE_MAX);
	put_text(&object, "why", remedy->why, REASON_MAX);
	end_object(parent, &object);
}

static void put_details(struct object *object, const struct details *details)
{
	put_arguments(object, details);
	put_text(object, "exe", details->executable, PATH_MAX_BYTES);
	put_text(object, "cwd", details->directory, PATH_MAX_BYTES);
	put_name(object, "started", details->started);
	put_number(object, "uptime", details->uptime);
	put_number(object, "ppid", details->parent);
	put_ancestors(object, details);
	put_unit(object, &details->unit);
	put_container(object, &details->container);
	put_remedy(object, &details->remedy);
}

/* The line up to its closing brace. */
static struct bytes without_closing_brace(struct bytes line)
{
	while (line.data[line.length - 1] != '}')
		line.length--;
	line.length--;
	return line;
}

/* Returns 0; -EMSGSIZE if the line would exceed LISTENER_LINE_MAX; -ENOMEM. */
static int append_with_details(
	struct bytes line, const struct details *details, struct buffer *ret_line)
{
	struct object object = {.text = ret_line, .existing = line};
	struct bytes members = without_closing_brace(line);
	size_t before = ret_line->length;

	object.error = buffer_append(ret_line, members.data, members.length);
	put_details(&object, details);
	put_literal(&object, "}");
	if (!object.error && ret_line->length - before > LISTENER_LINE_MAX)
		object.error = -EMSGSIZE;
	put_literal(&object, "\n");
	if (object.error)
		ret_line->length = before;
	return object.error;
}

int details_append(struct bytes line, const struct details *details, struct buffer *ret_line)
{
	struct details remedy = details_none;
	int error = append_with_details(line, details, ret_line);

	remedy.remedy = details->remedy;
	if (error == -EMSGSIZE)
		error = append_with_details(line, &remedy, ret_line);
	if (error != -EMSGSIZE)
		return error;
	error = buffer_append(ret_line, line.data, line.length);
	if (error)
		return error;
	error = buffer_append_byte(ret_line, '\n');
	if (error)
		ret_line->length -= line.length;
	return error;
}

void details_release(struct details *details)
{
	free(details->arguments);
	free(details->ancestors);
	json_decref(details->document);
	*details = details_none;
}
