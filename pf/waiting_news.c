#include "waiting_news.h"

#include <stdio.h>

#include "diag.h"
#include "holders.h"

/* "ports 1-65535" */
enum { PLACE_MAX = 32 };

static void format_place(unsigned low, unsigned high, char ret_place[PLACE_MAX])
{
	if (low == high)
		snprintf(ret_place, PLACE_MAX, "port %u", low);
	else
		snprintf(ret_place, PLACE_MAX, "ports %u-%u", low, high);
}

/* The ports and ranges that nothing listens on, one after another. */
struct silent_places {
	struct bytes lines;
	char **next; /* argument */
	struct bytes rest; /* of the one before */
};

static bool next_silent(struct silent_places *places, char ret_place[PLACE_MAX])
{
	unsigned low;
	unsigned high;

	for (;;) {
		while (port_set_cut(&places->rest, &low, &high)) {
			if (holders_are_on(places->lines, low, high))
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

static void begin_until_free(struct bytes lines)
{
	struct bytes rest = lines;
	struct listener first;
	struct listener other;
	char name[HOLDER_NAME_MAX];
	char more[64];
	size_t count = 0;

	if (!holders_next(lines, &rest, &first, NULL))
		return;
	for (; holders_next(lines, &rest, &other, NULL); count++)
		listener_release(&other);
	format_more(count, "for ", more, sizeof(more));
	diag_person("waiting for %s to let go of port %u%s", holder_name(&first, name), first.port,
		more);
	listener_release(&first);
}

static void begin_until_listening(struct silent_places *places)
{
	char first[PLACE_MAX];
	char other[PLACE_MAX];
	char more[64];
	size_t count = 0;

	if (!next_silent(places, first))
		return;
	while (next_silent(places, other))
		count++;
	format_more(count, "on ", more, sizeof(more));
	diag_person("waiting for something to listen on %s%s", first, more);
}

void waiting_news_begin(const struct options *options, enum wanted wanted, struct bytes lines)
{
	struct silent_places places = {.lines = lines, .next = options->ports};

	if (wanted == WANTED_FREE)
		begin_until_free(lines);
	else
		begin_until_listening(&places);
}

void waiting_news_end(
	const struct options *options, enum wanted wanted, struct bytes lines, int64_t milliseconds)
{
	struct silent_places places = {.lines = lines, .next = options->ports};
	struct bytes rest = lines;
	struct listener holder;
	char name[HOLDER_NAME_MAX];
	char place[PLACE_MAX];
	char after[32] = "";

	if (milliseconds)
		snprintf(after, sizeof(after), " after %g s", (double)milliseconds / 1000);
	while (wanted == WANTED_FREE && holders_next(lines, &rest, &holder, NULL)) {
		diag("port %u: still held by %s%s", holder.port, holder_name(&holder, name), after);
		listener_release(&holder);
	}
	while (wanted == WANTED_LISTENING && next_silent(&places, place))
		diag("%s: nothing listens there%s", place, after);
}
