#include "cells.h"

#include "duration.h"
#include "phrases.h"

const char *cell_heading(enum column column)
{
	static const char *const headings[COLUMN_COUNT] = {
		[PORT] = "PORT",
		[PROTO] = "PROTO",
		[PID] = "PID",
		[COMMAND] = "COMMAND",
		[USER] = "USER",
		[ADDRESS] = "ADDRESS",
		[UPTIME] = "UPTIME",
		[UNIT] = "UNIT",
		[CONTAINER] = "CONTAINER",
		[DIRECTORY] = "DIRECTORY",
		[COMMAND_LINE] = "COMMAND LINE",
	};

	return headings[column];
}

/* "/" is where a service is that has been given no directory. */
static bool has_directory(const struct details *details)
{
	return details->directory.data && !bytes_is(details->directory, "/");
}

bool cell_has_reason(const struct cells *cells, enum column column)
{
	switch (column) {
	case PROTO:
		return cells->listener->proto != PROTO_TCP;
	case USER:
		return cells->listener->user.data;
	case UNIT:
		return cells->details->unit.name.data;
	case CONTAINER:
		return cells->details->container.runtime.data;
	case DIRECTORY:
		return has_directory(cells->details);
	case PORT:
	case PID:
	case COMMAND:
	case ADDRESS:
	case UPTIME:
	case COMMAND_LINE:
	case COLUMN_COUNT:
		break;
	}
	return true;
}

static int append_in_parentheses(struct buffer *text, struct bytes name)
{
	int error = buffer_append_text(text, " (");

	if (!error)
		error = phrase_append_name(text, name);
	return error ? error : buffer_append_byte(text, ')');
}

static int append_unit(struct buffer *text, const struct unit *unit)
{
	int error = phrase_append_name(text, unit->name);

	return error || unit->manager == MANAGER_SYSTEM
		? error
		: append_in_parentheses(text, bytes_of(unit_manager_name(unit->manager)));
}

static int append_container(struct buffer *text, const struct container *container)
{
	bool is_runtime_only = !container->name.data && !container->id.data &&
		!container->address.data;
	int error = phrase_append_container(text, container);

	return error || is_runtime_only ? error : append_in_parentheses(text, container->runtime);
}

static int append_detail(struct buffer *text, const struct details *details, enum column column)
{
	if (column == UPTIME && details->uptime != LISTENER_NONE)
		return duration_append(text, details->uptime);
	if (column == UNIT && details->unit.name.data)
		return append_unit(text, &details->unit);
	if (column == CONTAINER && details->container.runtime.data)
		return append_container(text, &details->container);
	if (column == DIRECTORY && has_directory(details))
		return phrase_append_name(text, details->directory);
	if (column == COMMAND_LINE && phrase_has_command_line(details))
		return phrase_append_command_line(text, details);
	return buffer_append_byte(text, '-');
}

int cell_append(struct buffer *text, const struct cells *cells, enum column column)
{
	const struct listener *listener = cells->listener;

	switch (column) {
	case PORT:
		return phrase_append_number(text, listener->port);
	case PROTO:
		return buffer_append_text(text, listener_proto_name(listener->proto));
	case PID:
		return phrase_append_number(text, listener->pid);
	case COMMAND:
		return phrase_append_name(text, listener->command);
	case USER:
		return phrase_append_name(text, listener->user);
	case ADDRESS:
		return phrase_append_address(text, &listener->address);
	case UPTIME:
	case UNIT:
	case CONTAINER:
	case DIRECTORY:
	case COMMAND_LINE:
		return append_detail(text, cells->details, column);
	case COLUMN_COUNT:
		break;
	}
	return 0;
}
