#include "options.h"

#include <stdio.h>

#include "base/number.h"
#include "cli/program.h"
#include "os/os.h"

static const char usage[] =
	"Usage: pf [options] [PORT | LOW-HIGH]...\n"
	"       pf NAME [arguments]\n"
	"Shows who is holding a port, and on request ends the holder.\n"
	"\n"
	"Options:\n"
	"  -t, --tcp             TCP sockets that listen (the default)\n"
	"  -u, --udp             UDP sockets that are bound and not connected; -tu: both\n"
	"  -j, --json            one object {\"listeners\":[...]} instead of the table\n"
	"      --ndjson          one JSON object per line instead of the table\n"
	"  -w, --wide            also uptime, unit, container, directory, command line\n"
	"      --why             explain why each process runs, and how to free its ports\n"
	"      --no-header       omit the headings\n"
	"      --color WHEN      auto (the default: on a terminal), always or never\n"
	"  -k, --kill            after showing them, end the holders with SIGTERM\n"
	"      --force           end them with SIGKILL; with --kill: what SIGTERM left\n"
	"      --signal NAME     with --kill: this signal instead of SIGTERM\n"
	"      --timeout SECS    with --kill or --force: the wait after each signal\n"
	"                        (default: 5); with --wait or --until-listening: the\n"
	"                        limit (default: none)\n"
	"      --dry-run         with --kill or --force: print what would be signalled\n"
	"      --interactive     with --kill or --force: ask before each process\n"
	"      --wait            show nothing; wait until nothing listens on the ports\n"
	"      --until-listening show nothing; wait until something listens on each\n"
	"      --collector NAME  use pf-collect-NAME\n"
	"      --replay PATH     show a capture instead of this machine\n"
	"  -h, --help            show this help\n"
	"  -V, --version         show the version\n"
	"\n"
	"Ports: 3000, :3000, 3000-3100, or several with commas; none means all. Also as\n"
	"pasted: localhost:3000, [::]:80, 53/udp, http://127.0.0.1:3000/x.\n"
	"pf NAME runs pf-NAME: collect-proc, resolve, render, kill, or one of your own;\n"
	"pf kill PORT is pf --kill PORT.\n"
	"Exit status: 0 found (with --kill: ports are free), 1 nothing found, 2 error;\n"
	"of a wait: 0 condition met, 1 timed out, 2 error.\n";

enum {
	OPTION_NDJSON = 256,
	OPTION_WHY,
	OPTION_NO_HEADER,
	OPTION_COLOR,
	OPTION_FORCE,
	OPTION_SIGNAL,
	OPTION_TIMEOUT,
	OPTION_DRY_RUN,
	OPTION_INTERACTIVE,
	OPTION_WAIT,
	OPTION_UNTIL_LISTENING,
	OPTION_COLLECTOR,
	OPTION_REPLAY,
};

static const char letters[] = ":tujwkhV";

static const struct option long_options[] = {
	{"tcp", no_argument, NULL, 't'},
	{"udp", no_argument, NULL, 'u'},
	{"json", no_argument, NULL, 'j'},
	{"ndjson", no_argument, NULL, OPTION_NDJSON},
	{"wide", no_argument, NULL, 'w'},
	{"why", no_argument, NULL, OPTION_WHY},
	{"no-header", no_argument, NULL, OPTION_NO_HEADER},
	{"color", required_argument, NULL, OPTION_COLOR},
	{"kill", no_argument, NULL, 'k'},
	{"force", no_argument, NULL, OPTION_FORCE},
	{"signal", required_argument, NULL, OPTION_SIGNAL},
	{"timeout", required_argument, NULL, OPTION_TIMEOUT},
	{"dry-run", no_argument, NULL, OPTION_DRY_RUN},
	{"interactive", no_argument, NULL, OPTION_INTERACTIVE},
	{"wait", no_argument, NULL, OPTION_WAIT},
	{"until-listening", no_argument, NULL, OPTION_UNTIL_LISTENING},
	{"collector", required_argument, NULL, OPTION_COLLECTOR},
	{"replay", required_argument, NULL, OPTION_REPLAY},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

/* Returns false for an unknown option. */
static bool set_option(struct options *options, int option)
{
	switch (option) {
	case 't':
		options->tcp = true;
		break;
	case 'u':
		options->udp = true;
		break;
	case 'j':
		options->json = true;
		break;
	case OPTION_NDJSON:
		options->ndjson = true;
		break;
	case 'w':
		options->wide = true;
		break;
	case OPTION_WHY:
		options->why = true;
		break;
	case OPTION_NO_HEADER:
		options->no_header = true;
		break;
	case OPTION_COLOR:
		options->color = optarg;
		break;
	case 'k':
		options->kill = true;
		break;
	case OPTION_FORCE:
		options->force = true;
		break;
	case OPTION_SIGNAL:
		options->signal = optarg;
		break;
	case OPTION_TIMEOUT:
		options->timeout = optarg;
		break;
	case OPTION_DRY_RUN:
		options->dry_run = true;
		break;
	case OPTION_INTERACTIVE:
		options->interactive = true;
		break;
	case OPTION_WAIT:
		options->wait = true;
		break;
	case OPTION_UNTIL_LISTENING:
		options->until_listening = true;
		break;
	case OPTION_COLLECTOR:
		options->collector = optarg;
		break;
	case OPTION_REPLAY:
		options->replay = optarg;
		break;
	default:
		return false;
	}
	return true;
}

static bool is_color(const char *when)
{
	return strcmp(when, "auto") == 0 || strcmp(when, "always") == 0 ||
		strcmp(when, "never") == 0;
}

/* No slash, no leading dash: part of a program's name, never a path. */
static bool is_collector_name(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";

	return *name && *name != '-' && strspn(name, allowed) == strlen(name);
}

static int check_wait(const struct options *options)
{
	const char *wait = options->wait ? "--wait" : "--until-listening";
	const struct {
		bool is_given;
		const char *name;
		const char *why;
	} others[] = {
		{options->wait && options->until_listening, "--until-listening",
			": wait for one, then for the other"},
		{options->kill, "--kill", ": end the holder first, then wait"},
		{options->force, "--force", ": end the holder first, then wait"},
		{options->replay, "--replay", ": a capture never changes"},
		{options->json, "--json", ", which prints nothing"},
		{options->ndjson, "--ndjson", ", which prints nothing"},
		{options->wide, "--wide", ", which prints nothing"},
		{options->why, "--why", ", which prints nothing"},
		{options->no_header, "--no-header", ", which prints nothing"},
		{options->color, "--color", ", which prints nothing"},
	};
	char why[96];

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (!others[i].is_given)
			continue;
		snprintf(why, sizeof(why), "does not go with %s%s", wait, others[i].why);
		return program_wrong_usage(others[i].name, why);
	}
	if (!options->ports[0])
		return program_wrong_usage(wait, "needs a port: say which to wait for");
	return 0;
}

static int check_why(const struct options *options)
{
	const char *other = options->json ? "--json"
		: options->ndjson         ? "--ndjson"
		: options->wide           ? "--wide"
		: options->no_header      ? "--no-header"
					  : NULL;
	char why[64];

	if (!other)
		return 0;
	snprintf(why, sizeof(why), "does not go with %s", other);
	return program_wrong_usage("--why", why);
}

static bool is_read_once(const char *replay)
{
	return strcmp(replay, "-") == 0 || os_is_stream(replay);
}

static int check_combinations(const struct options *options)
{
	const struct {
		bool is_given;
		const char *name;
	} kill_options[] = {
		{options->signal != NULL, "--signal"},
		{options->dry_run, "--dry-run"},
		{options->interactive, "--interactive"},
	};
	const char *kill = options->kill ? "--kill" : "--force";

	if (options_want_wait(options) && check_wait(options))
		return EXIT_ERROR;
	if (options->replay && !options->collector && is_read_once(options->replay)) {
		char replay[128];

		snprintf(replay, sizeof(replay), "--replay %s", options->replay);
		return program_wrong_usage(
			replay, "needs --collector: what reads it can't be tried first");
	}
	if (options->json && options->ndjson)
		return program_wrong_usage("--json", "does not go with --ndjson");
	if (options->why && check_why(options))
		return EXIT_ERROR;
	if (!options_want_kill(options)) {
		for (size_t i = 0; i < sizeof(kill_options) / sizeof(kill_options[0]); i++)
			if (kill_options[i].is_given)
				return program_wrong_usage(
					kill_options[i].name, "goes with --kill or --force only");
		if (options->timeout && !options_want_wait(options))
			return program_wrong_usage("--timeout",
				"goes with --kill, --force, --wait or --until-listening only");
		return 0;
	}
	if (options->replay)
		return program_wrong_usage(
			kill, "does not go with --replay: the processes of a capture may be gone");
	if (!options->ports[0])
		return program_wrong_usage(kill, "needs a port: say which to free");
	return 0;
}

/* Reads an argument with an address, a protocol or a scheme. The collectors get the plain port. */
static bool add_asked_port(struct asked_ports *asked, char **argument, const char **ret_why)
{
	static char plain[ASKED_PORTS_MAX][sizeof("65535")];
	struct asked_port item;
	const char *why;

	if (asked_port_read(bytes_of(*argument), &item, &why)) {
		*ret_why = why ? why : *ret_why;
		return false;
	}
	if (asked->count == ASKED_PORTS_MAX) {
		*ret_why = "too many ports with an address: give the ports alone";
		return false;
	}
	snprintf(plain[asked->count], sizeof(plain[0]), "%u", item.port);
	*argument = plain[asked->count];
	asked->items[asked->count++] = item;
	return true;
}

static int read_ports(struct options *options)
{
	static struct port_set all;
	static struct asked_ports asked;
	const char *why;

	asked.wants_tcp = options->tcp || !options->udp;
	asked.wants_udp = options->udp;
	for (char **port = options->ports; *port; port++) {
		if (port_set_add(&asked.plain, bytes_of(*port), &why) == 0)
			asked.has_plain = true;
		else if (!add_asked_port(&asked, port, &why))
			return program_wrong_usage(*port, why);
		(void)port_set_add(&all, bytes_of(*port), &why);
	}
	options->port_set = &all;
	if (!asked.count)
		return 0;
	options->asked = &asked;
	options->tcp = asked.has_plain && asked.wants_tcp;
	options->udp = asked.has_plain && asked.wants_udp;
	for (size_t i = 0; i < asked.count; i++) {
		const struct asked_port *item = &asked.items[i];

		options->tcp |= item->has_proto ? item->proto == PROTO_TCP : asked.wants_tcp;
		options->udp |= item->has_proto ? item->proto == PROTO_UDP : asked.wants_udp;
	}
	return 0;
}

static int check_values(struct options *options)
{
	int64_t milliseconds;
	int signal;

	if (read_ports(options))
		return EXIT_ERROR;
	if (options->color && !is_color(options->color))
		return program_wrong_usage(options->color, "--color takes auto, always or never");
	if (options->signal && os_signal_number(options->signal, &signal))
		return program_wrong_usage(
			options->signal, "no such signal: give a name such as TERM, or a number");
	if (options->timeout && number_parse_seconds(bytes_of(options->timeout), &milliseconds))
		return program_wrong_usage(
			options->timeout, "--timeout takes seconds, 0 to 86400, such as 5 or 0.5");
	if (options->collector && !is_collector_name(options->collector))
		return program_wrong_usage(
			options->collector, "not the name of a collector, such as proc");
	return 0;
}

bool options_parse(int argc, char *argv[], struct options *ret_options, int *ret_status)
{
	struct options options = {0};
	int option;

	opterr = 0;
	while ((option = program_next_option(argc, argv, letters, long_options)) != -1) {
		if (option == 'h')
			*ret_status = program_print(usage);
		else if (option == 'V')
			*ret_status = program_version();
		else if (option == '?' && optopt >= '0' && optopt <= '9')
			*ret_status = program_wrong_usage(argv[optind - 1],
				"not an option: --force sends SIGKILL, --signal NAME another "
				"signal");
		else if (!set_option(&options, option))
			*ret_status = program_wrong_option(option, letters, argv);
		else
			continue;
		return false;
	}
	options.ports = argv + optind;
	options.details = options.wide || options.why;
	*ret_status = check_values(&options);
	if (!*ret_status)
		*ret_status = check_combinations(&options);
	*ret_options = options;
	return *ret_status == 0;
}
