#include "columns.h"

#include "cell_text.h"

static int append_dash(struct buffer *text)
{
	return buffer_append_byte(text, '-');
}

static int append_in_parentheses(struct buffer *text, struct bytes name)
{
	int error = buffer_append_text(text, " (");

	if (!error)
		error = cell_append_name(text, name);
	return error ? error : buffer_append_byte(text, ')');
}

static bool has_host(const struct cells *cells)
{
	return cells->listener->host.data;
}

static int append_host(struct buffer *text, const struct cells *cells)
{
	return cell_append_name(text, cells->listener->host);
}

static int append_port(struct buffer *text, const struct cells *cells)
{
	return cell_append_number(text, cells->listener->port);
}

static bool is_not_tcp(const struct cells *cells)
{
	return cells->listener->proto != PROTO_TCP;
}

static int append_proto(struct buffer *text, const struct cells *cells)
{
	return buffer_append_text(text, listener_proto_name(cells->listener->proto));
}

static int append_pid(struct buffer *text, const struct cells *cells)
{
	return cell_append_number(text, cells->listener->pid);
}

static int append_command(struct buffer *text, const struct cells *cells)
{
	return cell_append_name(text, cells->listener->command);
}

static bool has_user(const struct cells *cells)
{
	return cells->listener->user.data;
}

static int append_user(struct buffer *text, const struct cells *cells)
{
	return cell_append_name(text, cells->listener->user);
}

static int append_address(struct buffer *text, const struct cells *cells)
{
	int error = cell_append_address(text, &cells->listener->address);

	if (!error)
		error = cell_append_more_sockets(text, cells->more_sockets);
	return error;
}

static int append_uptime(struct buffer *text, const struct cells *cells)
{
	int64_t uptime = cells->details->uptime;

	return uptime == LISTENER_NONE ? append_dash(text) : cell_append_duration(text, uptime);
}

static bool has_unit(const struct cells *cells)
{
	return cells->details->unit.name.data;
}

static int append_unit(struct buffer *text, const struct cells *cells)
{
	const struct unit *unit = &cells->details->unit;
	int error = cell_append_name(text, unit->name);

	return error || !unit->name.data || unit->manager == MANAGER_SYSTEM
		? error
		: append_in_parentheses(text, bytes_of(unit_manager_name(unit->manager)));
}

static bool has_container(const struct cells *cells)
{
	return cells->details->container.runtime.data;
}

static int append_container(struct buffer *text, const struct cells *cells)
{
	const struct container *container = &cells->details->container;
	bool is_runtime_only = !container->name.data && !container->id.data &&
		!container->address.data;
	int error;

	if (!container->runtime.data)
		return append_dash(text);
	error = cell_append_container(text, container);
	return error || is_runtime_only ? error : append_in_parentheses(text, container->runtime);
}

/* A service without a directory of its own runs in "/". */
static bool has_directory(const struct cells *cells)
{
	return cells->details->directory.data && !bytes_is(cells->details->directory, "/");
}

static int append_directory(struct buffer *text, const struct cells *cells)
{
	return has_directory(cells) ? cell_append_name(text, cells->details->directory)
				    : append_dash(text);
}

static int append_command_line(struct buffer *text, const struct cells *cells)
{
	return cell_has_command_line(cells->details)
		? cell_append_command_line(text, cells->details)
		: append_dash(text);
}

const struct column columns[] = {
	{.heading = "HOST", .has_reason = has_host, .append = append_host},
	{.heading = "PORT", .append = append_port},
	{.heading = "PROTO", .has_reason = is_not_tcp, .append = append_proto},
	{.heading = "PID", .append = append_pid},
	{.heading = "COMMAND", .append = append_command},
	{.heading = "USER", .has_reason = has_user, .append = append_user},
	{.heading = "ADDRESS", .append = append_address},
	{.heading = "UPTIME", .needs_details = true, .append = append_uptime},
	{.heading = "UNIT", .needs_details = true, .has_reason = has_unit, .append = append_unit},
	{.heading = "CONTAINER",
		.needs_details = true,
		.has_reason = has_container,
		.append = append_container},
	{.heading = "DIRECTORY",
		.needs_details = true,
		.has_reason = has_directory,
		.append = append_directory,
		.shrinks_first = true},
	{.heading = "COMMAND LINE", .needs_details = true, .append = append_command_line},
};

const size_t column_count = sizeof(columns) / sizeof(columns[0]);

_Static_assert(sizeof(columns) / sizeof(columns[0]) <= COLUMNS_MAX, "COLUMNS_MAX is too small");

void columns_find_reasons(const struct cells *cells, unsigned *reasons)
{
	for (size_t i = 0; i < column_count; i++)
		if ((cells->details || !columns[i].needs_details) &&
			(!columns[i].has_reason || columns[i].has_reason(cells)))
			*reasons |= 1U << i;
}

int columns_append_details(struct buffer *text, const struct cells *cells)
{
	int error = 0;

	for (size_t i = 0; i < column_count && !error; i++) {
		if (!columns[i].needs_details)
			continue;
		error = columns[i].append(text, cells);
		if (!error)
			error = buffer_append_byte(text, '\0');
	}
	return error;
}
