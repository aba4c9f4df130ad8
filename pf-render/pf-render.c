/*
 * pf-render: shows a stream of listeners as a table, as explanations, or as JSON.
 */
#include <stdio.h>

#include "base/text.h"
#include "cli/program.h"
#include "explanation.h"
#include "os/os.h"
#include "table.h"

const char program_name[] = "pf-render";

static const char usage[] =
	"Usage: pf-render [--json | --ndjson | --why] [--wide] [--no-header]\n"
	"                 [--color WHEN]\n"
	"Reads pf-listener(5) lines, and shows them as a table, sorted by port.\n"
	"\n"
	"Options:\n"
	"      --json        one object {\"listeners\":[...]} instead of the table\n"
	"      --ndjson      the sorted lines instead of the table\n"
	"      --wide        also uptime, unit, container, directory and command line\n"
	"      --why         explain why each process runs, and how to free its ports\n"
	"      --no-header   omit the headings\n"
	"      --color WHEN  auto (the default: on a terminal), always or never\n"
	"  -h, --help        show this help\n"
	"  -V, --version     show the version\n"
	"\n"
	"pf-resolve --details adds what --wide and --why show.\n"
	"Exit status: 0 done, 1 no listener was read, 2 error.\n";

enum {
	OPTION_JSON = 256,
	OPTION_NDJSON,
	OPTION_WIDE,
	OPTION_WHY,
	OPTION_NO_HEADER,
	OPTION_COLOR,
};

static const char letters[] = ":hV";

static const struct option long_options[] = {
	{"json", no_argument, NULL, OPTION_JSON},
	{"ndjson", no_argument, NULL, OPTION_NDJSON},
	{"wide", no_argument, NULL, OPTION_WIDE},
	{"why", no_argument, NULL, OPTION_WHY},
	{"no-header", no_argument, NULL, OPTION_NO_HEADER},
	{"color", required_argument, NULL, OPTION_COLOR},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

struct options {
	bool json;
	bool ndjson;
	bool why;
	const char *color;
	struct table_style style;
};

/* https://no-color.org; and a terminal that calls itself dumb gets no colors. */
static bool wants_color_by_default(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	return os_is_terminal(OS_STDOUT) && !(no_color && *no_color) &&
		!(terminal && strcmp(terminal, "dumb") == 0);
}

static bool parse_color(const char *when, bool *ret_has_color)
{
	if (strcmp(when, "auto") == 0)
		*ret_has_color = wants_color_by_default();
	else if (strcmp(when, "always") == 0 || strcmp(when, "never") == 0)
		*ret_has_color = when[0] == 'a';
	else
		return false;
	return true;
}

/* Writes the lines with `separator` between them. */
static int put_lines(struct writer *output, const struct rows *rows, const char *separator)
{
	struct buffer line = {0};
	int error = 0;

	for (size_t i = 0; i < rows->count && !error; i++) {
		line.length = 0;
		error = text_append_safe_json(&line, rows->items[i].line);
		if (!error && i + 1 < rows->count)
			error = buffer_append_text(&line, separator);
		if (!error)
			error = writer_put(output, buffer_bytes(&line));
	}
	buffer_release(&line);
	return error;
}

static int put_json(struct writer *output, const struct rows *rows)
{
	int error = writer_put(output, bytes_of("{\"listeners\":["));

	if (!error)
		error = put_lines(output, rows, ",");
	return error ? error : writer_put(output, bytes_of("]}\n"));
}

static int put_ndjson(struct writer *output, const struct rows *rows)
{
	int error = put_lines(output, rows, "\n");

	return error || rows->count == 0 ? error : writer_put(output, bytes_of("\n"));
}

/* Writes line by line, so that the text of all rows is never in memory. */
static int put_table(
	struct writer *output, const struct rows *rows, const struct table_style *style)
{
	struct buffer line = {0};
	struct table table;
	int error = table_lay_out(rows, style, &table);
	int status = 1;

	while (!error && status > 0) {
		line.length = 0;
		status = table_append_line(&table, &line);
		error = status < 0 ? status : writer_put(output, buffer_bytes(&line));
	}
	buffer_release(&line);
	return error;
}

/* What would let this user see hidden holders, or else what hides them. */
static void describe_unhiding(char ret_text[256])
{
	if (os_is_privileged())
		snprintf(ret_text, 256, "%s", os_what_hides_from_root());
	else
		snprintf(ret_text, 256, "%s to see it", os_how_to_get_rights());
}

static int put_explanations(
	struct writer *output, const struct rows *rows, const struct table_style *table_style)
{
	const char *home = getenv("HOME");
	char unhiding[256];
	struct explanation_style style = {.has_color = table_style->has_color,
		.columns = table_style->columns,
		.unhiding = unhiding};
	struct buffer text = {0};
	int error;

	if (home)
		style.home = bytes_of(home);
	describe_unhiding(unhiding);
	error = explanations_append(&text, rows, &style);
	if (!error)
		error = writer_put(output, buffer_bytes(&text));
	buffer_release(&text);
	return error;
}

static enum keep what_to_keep(const struct options *options)
{
	if (options->json || options->ndjson)
		return KEEP_LINES;
	if (options->why)
		return KEEP_DETAILS;
	return options->style.is_wide ? KEEP_CELLS : KEEP_NAMES;
}

static int render(const struct options *options)
{
	struct listener_input input = {.reader.fd = OS_STDIN};
	struct writer output = {.fd = OS_STDOUT};
	struct rows rows = {.keep = what_to_keep(options)};
	int error = rows_read(&rows, &input);
	int status;

	if (!error) {
		rows_sort(&rows);
		if (rows.keep != KEEP_LINES)
			rows_merge(&rows);
		error = options->json     ? put_json(&output, &rows)
			: options->ndjson ? put_ndjson(&output, &rows)
			: options->why    ? put_explanations(&output, &rows, &options->style)
					  : put_table(&output, &rows, &options->style);
	}
	if (error && error != output.error) {
		diag("%s", diag_error(error));
		input.has_error = true;
	}
	status = listener_input_status(&input);
	rows_release(&rows);
	listener_input_release(&input);
	return program_finish(&output, status);
}

static int check_conflicts(const struct options *options)
{
	const char *other = options->json    ? "--json"
		: options->ndjson            ? "--ndjson"
		: options->style.is_wide     ? "--wide"
		: !options->style.has_header ? "--no-header"
					     : NULL;
	char why[64];

	if (options->json && options->ndjson)
		return program_wrong_usage("--json", "does not go with --ndjson");
	if (!options->why || !other)
		return 0;
	snprintf(why, sizeof(why), "does not go with %s", other);
	return program_wrong_usage("--why", why);
}

/* Returns false for an unknown option. */
static bool set_option(struct options *options, int option)
{
	switch (option) {
	case OPTION_JSON:
		options->json = true;
		break;
	case OPTION_NDJSON:
		options->ndjson = true;
		break;
	case OPTION_WIDE:
		options->style.is_wide = true;
		break;
	case OPTION_WHY:
		options->why = true;
		break;
	case OPTION_NO_HEADER:
		options->style.has_header = false;
		break;
	case OPTION_COLOR:
		options->color = optarg;
		break;
	default:
		return false;
	}
	return true;
}

int main(int argc, char *argv[])
{
	struct options options = {.color = "auto", .style.has_header = true};
	int option;

	os_prepare_process(&argc, &argv);
	opterr = 0;
	while ((option = program_next_option(argc, argv, letters, long_options)) != -1) {
		if (option == 'h')
			return program_print(usage);
		if (option == 'V')
			return program_version();
		if (!set_option(&options, option))
			return program_wrong_option(option, letters, argv);
	}
	if (argv[optind])
		return program_wrong_usage(argv[optind], "pf-render takes no arguments");
	if (check_conflicts(&options))
		return EXIT_ERROR;
	if (!parse_color(options.color, &options.style.has_color))
		return program_wrong_usage(options.color, "--color takes auto, always or never");
	if (options.style.is_wide || options.why)
		options.style.columns = os_terminal_columns(OS_STDOUT);
	return render(&options);
}
