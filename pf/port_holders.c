#include "port_holders.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/array.h"
#include "base/number.h"

static int compare_holders(const void *a, const void *b)
{
	const struct port_holder *left = a;
	const struct port_holder *right = b;
	int order = number_compare(left->port, right->port);

	if (!order)
		order = number_compare(left->proto, right->proto);
	if (!order)
		order = number_compare(left->pid, right->pid);
	return order ? order : number_compare(left->pid_start, right->pid_start);
}

/* qsort() is not stable: keep the first line of each holder first. */
static int compare_lines(const void *a, const void *b)
{
	int order = compare_holders(a, b);

	return order ? order
		     : number_compare((intptr_t)((const struct port_holder *)a)->line.data,
			       (intptr_t)((const struct port_holder *)b)->line.data);
}

static int append(struct port_holders *holders, struct bytes line)
{
	struct listener_problem problem;
	struct listener listener;
	struct port_holder *items;

	if (listener_decode(line, &listener, &problem))
		return 0;
	items = array_reserve(holders->items, holders->count, &holders->capacity, sizeof(*items));
	if (items) {
		holders->items = items;
		items[holders->count++] = (struct port_holder){.port = listener.port,
			.proto = listener.proto,
			.pid = listener.pid,
			.pid_start = listener.pid_start,
			.inode = listener.inode,
			.line = line};
	}
	listener_release(&listener);
	return items ? 0 : -ENOMEM;
}

static void drop_repeated(struct port_holders *holders)
{
	struct port_holder *items = holders->items;
	size_t kept = 0;

	for (size_t i = 0; i < holders->count; i++)
		if (!kept || compare_holders(&items[kept - 1], &items[i]))
			items[kept++] = items[i];
	holders->count = kept;
}

int port_holders_read(struct bytes lines, struct port_holders *ret_holders)
{
	int error = 0;

	*ret_holders = (struct port_holders){0};
	while (!error && lines.length)
		error = append(ret_holders, bytes_cut(&lines, '\n'));
	if (ret_holders->count)
		qsort(ret_holders->items, ret_holders->count, sizeof(*ret_holders->items),
			compare_lines);
	drop_repeated(ret_holders);
	return error;
}

static bool find(const struct port_holders *holders, const void *wanted,
	int (*compare)(const void *wanted, const void *holder))
{
	return holders->count &&
		bsearch(wanted, holders->items, holders->count, sizeof(*holders->items), compare);
}

bool port_holders_have(const struct port_holders *holders, const struct port_holder *holder)
{
	return find(holders, holder, compare_holders);
}

bool port_holders_have_socket(const struct port_holders *holders, const struct port_holder *holder)
{
	for (size_t i = 0; i < holders->count && holder->inode != LISTENER_NONE; i++)
		if (holders->items[i].inode == holder->inode)
			return true;
	return false;
}

struct range {
	unsigned low;
	unsigned high;
};

static int compare_range(const void *wanted, const void *holder)
{
	const struct range *range = wanted;
	unsigned port = ((const struct port_holder *)holder)->port;

	return port < range->low ? 1 : port > range->high ? -1 : 0;
}

bool port_holders_are_on(const struct port_holders *holders, unsigned low, unsigned high)
{
	return find(holders, &(const struct range){low, high}, compare_range);
}

static bool has_short_name(const struct listener *listener)
{
	/* The longest file name. */
	enum { COMMAND_MAX = 255 };

	return listener->command.data && listener->command.length <= COMMAND_MAX;
}

const char *port_holder_name(const struct port_holder *holder, char ret_name[HOLDER_NAME_MAX])
{
	struct listener_problem problem;
	struct listener listener;

	snprintf(ret_name, HOLDER_NAME_MAX, "process %" PRId64, holder->pid);
	if (holder->pid == LISTENER_NONE)
		snprintf(ret_name, HOLDER_NAME_MAX, "a hidden process");
	else if (listener_decode(holder->line, &listener, &problem) == 0) {
		if (has_short_name(&listener))
			snprintf(ret_name, HOLDER_NAME_MAX, "%.*s (%" PRId64 ")",
				(int)listener.command.length, listener.command.data, holder->pid);
		listener_release(&listener);
	}
	return ret_name;
}

void port_holders_release(struct port_holders *holders)
{
	free(holders->items);
	*holders = (struct port_holders){0};
}
