#include "held_lines.h"

#include <errno.h>

#include "cli/diag.h"
#include "cli/line_reader.h"
#include "os/os.h"
#include "stream/listener.h"

static bool is_wanted(const struct options *options, struct bytes line)
{
	struct listener listener;
	struct listener_problem problem;
	bool wants_tcp = options->tcp || !options->udp;
	bool wanted;

	/* A malformed line is kept: pf-render reports it. */
	if (listener_decode(line, &listener, &problem))
		return true;
	wanted = options->asked ? asked_ports_want(options->asked, &listener)
				: port_set_wants(options->port_set, listener.port) &&
			(listener.proto == PROTO_TCP ? wants_tcp : options->udp);
	listener_release(&listener);
	return wanted;
}

static int append_line(struct buffer *lines, struct bytes line)
{
	int error = lines->length + line.length < HELD_LINES_MAX
		? buffer_reserve(lines, line.length + 1)
		: -EFBIG;

	if (!error)
		error = buffer_append(lines, line.data, line.length);
	return error ? error : buffer_append_byte(lines, '\n');
}

static bool feed_new_lines(void *context)
{
	struct held_lines *held = context;
	struct bytes news = bytes_skip(buffer_bytes(held->lines), held->fed_length);

	if (held->feed >= 0 && news.length && !held->feed_error)
		held->feed_error = os_write_all(held->feed, news.data, news.length);
	held->fed_length = held->lines->length;
	return true;
}

/*
 * Keeps what was asked for, even if a collector ignores its arguments: --kill ends what is shown.
 */
int held_lines_read(struct held_lines *held, int fd)
{
	enum { FEED_SIZE = 64 * 1024 };
	struct line_reader reader = {.fd = fd, .before_wait = feed_new_lines, .context = held};
	struct bytes line;
	int error = 0;
	int status = 1;

	while (!error && status != 0) {
		status = line_reader_next(&reader, &line);
		if (status == -EMSGSIZE) {
			diag("pf-resolve: line %zu: longer than 1 MiB", reader.line_number);
			held->has_error = true;
		} else if (status < 0) {
			error = status;
		} else if (status > 0 &&
			(held->options->port_set->count == 0 || is_wanted(held->options, line))) {
			error = append_line(held->lines, line);
		}
		if (held->lines->length - held->fed_length >= FEED_SIZE)
			feed_new_lines(held);
	}
	feed_new_lines(held);
	line_reader_release(&reader);
	if (error == -EFBIG) {
		diag("pf-resolve: more than 256 MiB of lines: the rest is ignored");
		held->has_error = true;
		return 0;
	}
	return error;
}
