#include "intake.h"

#include <errno.h>

#include "listener.h"
#include "os.h"

static bool is_wanted(const struct options *options, struct bytes line)
{
	struct listener listener;
	struct listener_problem problem;
	bool wants_tcp = options->tcp || !options->udp;
	bool wanted;

	/* A line that is none is kept: pf-render says what is wrong with it. */
	if (listener_decode(line, &listener, &problem))
		return true;
	wanted = port_set_wants(&options->port_set, listener.port) &&
		(listener.proto == PROTO_TCP ? wants_tcp : options->udp);
	listener_release(&listener);
	return wanted;
}

/*
 * Keeps what was asked for of the whole lines that have arrived, and hands it on. A
 * collector that ignores its arguments is somebody else's mistake, but what is
 * shown is also what --kill ends.
 */
static void settle_lines(struct intake *intake, bool at_end)
{
	struct buffer *lines = intake->lines;
	size_t before = intake->kept;
	size_t at = intake->kept;

	while (at < lines->length) {
		struct bytes rest = bytes_skip(buffer_bytes(lines), at);
		const char *newline = memchr(rest.data, '\n', rest.length);
		size_t length = newline ? (size_t)(newline - rest.data) + 1 : rest.length;
		struct bytes line = {rest.data, newline ? length - 1 : length};

		if (!newline && !at_end)
			break;
		if (intake->options->port_set.count == 0 || is_wanted(intake->options, line)) {
			memmove(lines->data + intake->kept, rest.data, length);
			intake->kept += length;
		}
		at += length;
	}
	if (intake->feed >= 0 && intake->kept > before && !intake->feed_error)
		intake->feed_error = os_write_all(
			intake->feed, lines->data + before, intake->kept - before);
	if (at < lines->length)
		memmove(lines->data + intake->kept, lines->data + at, lines->length - at);
	lines->length = intake->kept + (lines->length - at);
}

int intake_read(struct intake *intake, int fd)
{
	enum { READ_SIZE = 64 * 1024 };
	long count;

	do {
		if (buffer_reserve(intake->lines, READ_SIZE))
			return -ENOMEM;
		count = os_read(fd, intake->lines->data + intake->lines->length, READ_SIZE);
		if (count > 0)
			intake->lines->length += (size_t)count;
		settle_lines(intake, count <= 0);
	} while (count > 0);
	return (int)count;
}
