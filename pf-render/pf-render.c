/*
 * pf-render: shows a stream of listeners as a table, or as JSON.
 */
#include <getopt.h>

#include "os.h"
#include "program.h"
#include "table.h"
#include "text.h"

const char program_name[] = "pf-render";

static const char usage[] =
	"Usage: pf-render [--json | --ndjson] [--no-header] [--color WHEN]\n"
	"Reads pf-listener(5) lines, and shows them sorted by port, as a table.\n"
	"\n"
	"Options:\n"
	"      --json        one object {\"listeners\":[...]} in place of the table\n"
	"      --ndjson      the sorted lines in place of the table\n"
	"      --no-header   leave the headings out\n"
	"      --color WHEN  auto (the default: on a terminal), always or never\n"
	"  -h, --help        show this help\n"
	"  -V, --version     show the version\n"
	"\n"
	"Exit status: 0 done, 1 no listener was read, 2 trouble.\n";

enum { OPTION_JSON = 256, OPTION_NDJSON, OPTION_NO_HEADER, OPTION_COLOR };

static const char letters[] = ":hV";

static const struct option long_options[] = {
	{"json", no_argument, NULL, OPTION_JSON},
	{"ndjson", no_argument, NULL, OPTION_NDJSON},
	{"no-header", no_argument, NULL, OPTION_NO_HEADER},
	{"color", required_argument, NULL, OPTION_COLOR},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

struct options {
	bool json;
	bool ndjson;
	struct table_style style;
};

/* As https://no-color.org has it, and no colors for a terminal that calls itself dumb. */
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

/* The lines, each followed by `separator`, but for the last. */
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

static int put_table(
	struct writer *output, const struct rows *rows, const struct table_style *style)
{
	struct buffer text = {0};
	int error = table_append(&text, rows, style);

	if (!error)
		error = writer_put(output, buffer_bytes(&text));
	buffer_release(&text);
	return error;
}

static int render(const struct options *options)
{
	struct stage_input input = {.reader.fd = OS_STDIN};
	struct writer output = {.fd = OS_STDOUT};
	struct rows rows = {.keep = options->json || options->ndjson ? KEEP_LINES : KEEP_NAMES};
	int error = rows_read(&rows, &input);
	int status;

	if (!error) {
		rows_sort(&rows);
		error = options->json     ? put_json(&output, &rows)
			: options->ndjson ? put_ndjson(&output, &rows)
					  : put_table(&output, &rows, &options->style);
	}
	if (error && error != output.error) {
		diag("%s", diag_error(error));
		input.has_trouble = true;
	}
	status = stage_status(&input);
	rows_release(&rows);
	stage_input_release(&input);
	return program_finish(&output, status);
}

int main(int argc, char *argv[])
{
	struct options options = {.style.has_header = true};
	const char *color = "auto";
	int option;

	os_prepare_process(&argc, &argv);
	opterr = 0;
	while ((option = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
		if (option == OPTION_JSON)
			options.json = true;
		else if (option == OPTION_NDJSON)
			options.ndjson = true;
		else if (option == OPTION_NO_HEADER)
			options.style.has_header = false;
		else if (option == OPTION_COLOR)
			color = optarg;
		else if (option == 'h')
			return program_print(usage);
		else if (option == 'V')
			return program_version();
		else
			return program_wrong_option(option, letters, argv);
	}
	if (argv[optind])
		return program_wrong_usage(argv[optind], "pf-render takes no arguments");
	if (options.json && options.ndjson)
		return program_wrong_usage("--json", "does not go with --ndjson");
	if (!parse_color(color, &options.style.has_color))
		return program_wrong_usage(color, "--color takes auto, always or never");
	return render(&options);
}
