#include "wait_messages.h"

#include <stdio.h>

#include "cli/diag.h"
#include "port_holders.h"

/* "ports 1-65535" */
enum { PLACE_MAX = 32 };

static void format_place(unsigned low, unsigned high, char ret_place[PLACE_MAX])
{
	if (low == high)
		snprintf(ret_place, PLACE_MAX, "port %u", low);
	else
		snprintf(ret_place, PLACE_MAX, "ports %u-%u", low, high);
}

/* Iterates over the ports and ranges on which nothing listens. */
struct free_places {
	const struct port_holders *holders;
	char **next; /* argument */
	struct bytes rest; /* of the previous argument */
};

static bool next_free(struct free_places *places, char ret_place[PLACE_MAX])
{
	unsigned low;
	unsigned high;

	for (;;) {
		while (port_set_cut(&places->rest, &low, &high)) {
			if (port_holders_are_on(places->holders, low, high))
				continue;
			format_place(low, high, ret_place);
			return true;
		}
		if (!*places->next)
			return false;
		places->rest = bytes_of(*places->next++);
	}
}

/* ", and for 2 more" */
static void format_more(size_t count, const char *what, char *ret_text, size_t size)
{
	ret_text[0] = '\0';
	if (count)
		snprintf(ret_text, size, ", and %s%zu more", what, count);
}

static void begin_until_free(const struct port_holders *holders)
{
	char name[HOLDER_NAME_MAX];
	char more[64];

	if (!holders->count)
		return;
	format_more(holders->count - 1, "for ", more, sizeof(more));
	diag_to_terminal("waiting for %s to release port %u%s",
		port_holder_name(&holders->items[0], name), holders->items[0].port, more);
}

static void begin_until_listening(struct free_places *places)
{
	char first[PLACE_MAX];
	char other[PLACE_MAX];
	char more[64];
	size_t count = 0;

	if (!next_free(places, first))
		return;
	while (next_free(places, other))
		count++;
	format_more(count, "on ", more, sizeof(more));
	diag_to_terminal("waiting for something to listen on %s%s", first, more);
}

void wait_messages_begin(const struct options *options, enum wanted wanted, struct bytes lines)
{
	struct port_holders holders;
	struct free_places places = {.holders = &holders, .next = options->ports};

	/* Out of memory: the message is dispensable. */
	if (port_holders_read(lines, &holders) == 0) {
		if (wanted == WANTED_FREE)
			begin_until_free(&holders);
		else
			begin_until_listening(&places);
	}
	port_holders_release(&holders);
}

void wait_messages_end(
	const struct options *options, enum wanted wanted, struct bytes lines, int64_t milliseconds)
{
	struct port_holders holders;
	struct free_places places = {.holders = &holders, .next = options->ports};
	char name[HOLDER_NAME_MAX];
	char place[PLACE_MAX];
	char after[32] = "";
	int error = port_holders_read(lines, &holders);

	if (error)
		diag("finding out who holds the ports now: %s", diag_error(error));
	if (milliseconds)
		snprintf(after, sizeof(after), " after %g s", (double)milliseconds / 1000);
	for (size_t i = 0; wanted == WANTED_FREE && i < holders.count; i++)
		diag("port %u: still held by %s%s", holders.items[i].port,
			port_holder_name(&holders.items[i], name), after);
	while (!error && wanted == WANTED_LISTENING && next_free(&places, place))
		diag("%s: nothing listens there%s", place, after);
	port_holders_release(&holders);
}
