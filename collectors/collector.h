/*
 * What all collectors do alike: their command line, and the lines they write.
 */
#ifndef PF_COLLECTOR_H
#define PF_COLLECTOR_H

#include "base/port_set.h"
#include "cli/malformed_lines.h"
#include "cli/process_failure.h"
#include "cli/program.h"
#include "stream/listener.h"

/* The part of each collector's --help that is the same for all. */
#define COLLECTOR_USAGE                                                                            \
	"Options:\n"                                                                               \
	"  -t, --tcp          TCP sockets that listen (the default)\n"                             \
	"  -u, --udp          UDP sockets that are bound and not connected; -tu for both\n"        \
	"      --replay PATH  read a capture instead of this machine\n"                            \
	"      --probe        exit 0 if this collector can work here, else 1\n"                    \
	"  -h, --help         show this help\n"                                                    \
	"  -V, --version      show the version\n"                                                  \
	"\n"                                                                                       \
	"Ports: 3000, :3000, 3000-3100, or several with commas; none means all.\n"                 \
	"Exit status: 0 a listener was found, 1 none was found, 2 error.\n"

struct collector_options {
	bool tcp;
	bool udp;
	bool probe;
	const char *replay; /* NULL: this machine */
	struct port_set ports;
};

static inline bool collector_wants_proto(
	const struct collector_options *options, enum listener_proto proto)
{
	return proto == PROTO_TCP ? options->tcp : options->udp;
}

/* Starts from {.writer.fd = OS_STDOUT}. */
struct collector_output {
	struct writer writer;
	size_t count; /* of the lines written */
	struct process_failure failure; /* said in the end, and trouble */
};

/* Writes one line. Returns 0 or a negative errno; -EPIPE: stop quietly. */
int collector_write(struct collector_output *output, const struct listener *listener);

/*
 * Says once that the holders of `count` sockets, unless it is 0, are hidden for
 * want of rights, and what would help.
 */
void collector_say_hidden(size_t count);

/*
 * The pid_start of a process that a tool knew by its pid alone. One that started
 * after the tool did, at `tool_start_ticks` as os_process_start_ticks() tells, may have
 * got the pid of the one that the tool saw: it stays without a start, and so can't
 * be signalled. LISTENER_NONE, too, where `pid` is none or `tool_start_ticks` is 0. What can't be
 * told now, for which `tool_start_ticks` is a negative errno, is noted as a failure.
 */
int64_t collector_find_identity(
	struct collector_output *output, int64_t pid, int64_t tool_start_ticks);

/*
 * Flushes and releases the output. Where `error`, how collecting ended, is not
 * one of the output's own, it is said to be that of `what`. Returns the exit
 * status: EXIT_ERROR where `failed`, for an error other than -EPIPE, where a process
 * could not be looked into, or where the output could not be written, else by the count.
 */
int collector_finish(struct collector_output *output, const char *what, int error, bool failed);

/* What one collector does in its own way. */
struct collector {
	const char *usage;
	/* For --probe: whether it can work here, or read the capture. Says nothing. */
	bool (*is_usable)(const struct collector_options *options);
	/* Lists all that was asked for. Returns the exit status. */
	int (*collect)(const struct collector_options *options);
};

/* The whole of a collector's main. Returns the exit status. */
int collector_run(int argc, char *argv[], const struct collector *collector);

#endif
