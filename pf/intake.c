#include "intake.h"

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

	/* A line that is none is kept: pf-render says what is wrong with it. */
	if (listener_decode(line, &listener, &problem))
		return true;
	wanted = port_set_wants(&options->port_set, listener.port) &&
		(listener.proto == PROTO_TCP ? wants_tcp : options->udp);
	listener_release(&listener);
	return wanted;
}

static int keep(struct buffer *lines, struct bytes line)
{
	int error = lines->length + line.length < INTAKE_MAX
		? buffer_reserve(lines, line.length + 1)
		: -EFBIG;

	if (!error)
		error = buffer_append(lines, line.data, line.length);
	return error ? error : buffer_append_byte(lines, '\n');
}

static bool hand_on(void *context)
{
	struct intake *intake = context;
	struct bytes news = bytes_skip(buffer_bytes(intake->lines), intake->handed_on);

	if (intake->feed >= 0 && news.length && !intake->feed_error)
		intake->feed_error = os_write_all(intake->feed, news.data, news.length);
	intake->handed_on = intake->lines->length;
	return true;
}

/*
 * Keeps what was asked for. A collector that ignores its arguments is somebody else's
 * mistake, but what is shown is also what --kill ends.
 */
int intake_read(struct intake *intake, int fd)
{
	enum { HANDED_ON_SIZE = 64 * 1024 };
	struct line_reader reader = {.fd = fd, .before_wait = hand_on, .context = intake};
	struct bytes line;
	int error = 0;
	int status = 1;

	while (!error && status != 0) {
		status = line_reader_next(&reader, &line);
		if (status == -EMSGSIZE) {
			diag("pf-resolve: line %zu: longer than 1 MiB", reader.line_number);
			intake->has_error = true;
		} else if (status < 0) {
			error = status;
		} else if (status > 0 &&
			(intake->options->port_set.count == 0 ||
				is_wanted(intake->options, line))) {
			error = keep(intake->lines, line);
		}
		if (intake->lines->length - intake->handed_on >= HANDED_ON_SIZE)
			hand_on(intake);
	}
	hand_on(intake);
	line_reader_release(&reader);
	if (error == -EFBIG) {
		diag("pf-resolve: more than 256 MiB of lines: the rest is ignored");
		intake->has_error = true;
		return 0;
	}
	return error;
}
