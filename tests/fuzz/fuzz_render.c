#include "explanation.h"
#include "fuzz.h"
#include "table.h"

const char program_name[] = "fuzz";

/* The stream, already read to its end. */
static void read_rows(struct rows *rows, const uint8_t *data, size_t size)
{
	struct listener_input input = {.reader = {.fd = -1, .at_end = true}};

	MUST(buffer_append(&input.reader.buffer, data, size) == 0);
	MUST(rows_read(rows, &input) == 0);
	MUST(rows->count == input.count);
	rows_sort(rows);
	listener_input_release(&input);
}

static size_t count_lines(struct bytes text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.length; i++)
		count += text.data[i] == '\n';
	return count;
}

static void append_table(
	struct buffer *text, const struct rows *rows, const struct table_style *style)
{
	struct table table;
	int status;

	MUST(table_lay_out(rows, style, &table) == 0);
	do
		status = table_append_line(&table, text);
	while (status > 0);
	MUST(status == 0);
}

static void check_table(const struct rows *rows, const struct table_style *style)
{
	struct buffer text = {0};

	append_table(&text, rows, style);
	MUST(fuzz_is_clean(buffer_bytes(&text)));
	MUST(count_lines(buffer_bytes(&text)) == rows->count + (rows->count > 0));
	buffer_release(&text);
}

/* No line is wider than the terminal. */
static void check_clipped(const struct rows *rows, size_t width)
{
	const struct table_style style = {.is_wide = true, .columns = width};
	struct buffer text = {0};
	struct bytes rest;

	append_table(&text, rows, &style);
	MUST(fuzz_is_clean(buffer_bytes(&text)));
	rest = buffer_bytes(&text);
	while (rest.data)
		MUST(text_width(bytes_cut(&rest, '\n')) <= width);
	buffer_release(&text);
}

static void check_explanations(const struct rows *rows)
{
	const struct explanation_style style = {
		.home = bytes_of("/home/a"), .unhiding = "use root"};
	struct buffer text = {0};

	MUST(explanations_append(&text, rows, &style) == 0);
	MUST(fuzz_is_clean(buffer_bytes(&text)));
	buffer_release(&text);
}

/* A line that is safe for a terminal and means the same. */
static void check_json(struct bytes line)
{
	size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;
	struct buffer text = {0};
	json_error_t error;
	json_t *before = json_loadb(line.data, line.length, flags, &error);
	json_t *after;

	MUST(before && text_append_safe_json(&text, line) == 0);
	MUST(!fuzz_has(buffer_bytes(&text), '\n') && fuzz_is_clean(buffer_bytes(&text)));
	after = json_loadb(text.data, text.length, flags, &error);
	MUST(after && json_equal(before, after));
	json_decref(after);
	json_decref(before);
	buffer_release(&text);
}

static struct rows rows_kept(enum keep keep, const uint8_t *data, size_t size)
{
	struct rows rows = {.keep = keep};

	read_rows(&rows, data, size);
	return rows;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct table_style plain = {.has_header = true};
	const struct table_style wide = {.has_header = true, .is_wide = true};
	struct rows rows = rows_kept(KEEP_CELLS, data, size);

	check_table(&rows, &plain);
	check_table(&rows, &wide);
	check_clipped(&rows, 1 + size % 100);
	rows_release(&rows);
	rows = rows_kept(KEEP_DETAILS, data, size);
	check_explanations(&rows);
	for (size_t i = 0; i < rows.count; i++)
		check_json(rows.items[i].line);
	rows_release(&rows);
	return 0;
}
