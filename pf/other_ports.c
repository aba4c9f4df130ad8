#include "other_ports.h"

#include <stdio.h>

#include "base/number.h"
#include "cli/diag.h"
#include "port_holders.h"

static bool has_process(const struct port_holders *holders, const struct port_holder *wanted)
{
	for (size_t i = 0; i < holders->count; i++)
		if (holders->items[i].pid == wanted->pid &&
			holders->items[i].pid_start == wanted->pid_start)
			return true;
	return false;
}

static void list_silently(
	const struct options *options, const char *directory, struct listing *ret_listing)
{
	struct listing_run run;

	listing_begin(options, directory, LOOK_OPTIONAL, &run);
	listing_finish(&run, SPAWN_NULL, ret_listing);
}

static int append_others(const struct options *options, const struct port_holders *shown,
	const struct port_holders *all, struct buffer *lines)
{
	int error = 0;

	for (size_t i = 0; i < all->count && !error; i++) {
		const struct port_holder *holder = &all->items[i];

		if (holder->pid == LISTENER_NONE ||
			port_set_has(options->port_set, (uint16_t)holder->port) ||
			!has_process(shown, holder))
			continue;
		error = buffer_append(lines, holder->line.data, holder->line.length);
		if (!error)
			error = buffer_append_byte(lines, '\n');
	}
	return error;
}

void other_ports_list(const struct options *options, const char *directory,
	const struct listing *shown, struct buffer *ret_lines)
{
	static char *no_ports[] = {NULL};
	struct options everywhere = *options;
	struct port_holders shown_holders = {0};
	struct port_holders all_holders = {0};
	struct listing all = {0};

	*ret_lines = (struct buffer){0};
	if (!options->ports[0] || (options->replay && strcmp(options->replay, "-") == 0))
		return;
	everywhere.ports = no_ports;
	everywhere.port_set = &port_set_all;
	everywhere.asked = NULL;
	everywhere.details = false;
	if (port_holders_read(buffer_bytes(&shown->lines), &shown_holders) == 0 &&
		shown_holders.count) {
		list_silently(&everywhere, directory, &all);
		if (port_holders_read(buffer_bytes(&all.lines), &all_holders) ||
			append_others(options, &shown_holders, &all_holders, ret_lines))
			ret_lines->length = 0;
	}
	port_holders_release(&all_holders);
	port_holders_release(&shown_holders);
	listing_release(&all);
}

/* "port 9229", "ports 3100 and 9229", "ports 1, 2 and 3" */
static void append_ports(const struct port_holder *holders, size_t count, char *text, size_t size)
{
	size_t length = (size_t)snprintf(text, size, "port%s", count > 1 ? "s" : "");

	for (size_t i = 0; i < count && length < size; i++)
		length += (size_t)snprintf(text + length, size - length, "%s%u",
			i == 0                   ? " "
				: i == count - 1 ? " and "
						 : ", ",
			holders[i].port);
}

static int compare_processes(const void *a, const void *b)
{
	const struct port_holder *left = a;
	const struct port_holder *right = b;
	int order = number_compare(left->pid, right->pid);

	if (!order)
		order = number_compare(left->pid_start, right->pid_start);
	return order ? order : number_compare(left->port, right->port);
}

void other_ports_report(struct bytes lines)
{
	struct port_holders others;
	size_t first = 0;

	if (port_holders_read(lines, &others))
		others.count = 0;
	if (others.count)
		qsort(others.items, others.count, sizeof(*others.items), compare_processes);
	for (size_t i = 1; i <= others.count; i++) {
		char name[HOLDER_NAME_MAX];
		char ports[512];

		if (i < others.count && others.items[i].pid == others.items[first].pid &&
			others.items[i].pid_start == others.items[first].pid_start)
			continue;
		append_ports(&others.items[first], i - first, ports, sizeof(ports));
		diag("%s: also listens on %s", port_holder_name(&others.items[first], name), ports);
		first = i;
	}
	port_holders_release(&others);
}

void other_ports_report_udp(const struct options *options, const char *directory)
{
	struct options udp = *options;
	struct port_holders holders;
	struct listing listing;

	if (!options->ports[0] || options->udp ||
		(options->replay && strcmp(options->replay, "-") == 0))
		return;
	udp.tcp = false;
	udp.udp = true;
	udp.asked = NULL;
	udp.details = false;
	list_silently(&udp, directory, &listing);
	if (port_holders_read(buffer_bytes(&listing.lines), &holders))
		holders.count = 0;
	for (size_t i = 0; i < holders.count; i++) {
		char name[HOLDER_NAME_MAX];

		diag("port %u: nothing listens on TCP, but %s holds it on UDP: use -u",
			holders.items[i].port, port_holder_name(&holders.items[i], name));
	}
	port_holders_release(&holders);
	listing_release(&listing);
}
