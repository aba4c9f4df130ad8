#include "task_names.h"

#include <ctype.h>
#include <errno.h>

#include "base/array.h"
#include "base/encoding.h"
#include "base/number.h"
#include "cli/diag.h"
#include "cli/malformed_lines.h"

static const char tasklist_csv[] = "/tasklist.csv";

static bool is_blank(struct bytes line)
{
	for (size_t i = 0; i < line.length; i++)
		if (!isspace((unsigned char)line.data[i]))
			return false;
	return true;
}

/* In some languages the sentence that no process was found takes two lines. */
static bool is_longer_than_a_sentence(struct bytes text)
{
	enum { SENTENCE_LINES = 2 };
	size_t lines = 0;

	while (text.data)
		lines += !is_blank(bytes_cut(&text, '\n'));
	return lines > SENTENCE_LINES;
}

static int compare_rows(const void *a, const void *b)
{
	const struct tasklist_row *left = a;
	const struct tasklist_row *right = b;

	return number_compare(left->pid, right->pid);
}

/* Keeps one row per pid, without a name if the pid has several names. */
static void make_unique(struct task_names *names)
{
	size_t kept = 0;

	if (names->count == 0)
		return;
	qsort(names->rows, names->count, sizeof(*names->rows), compare_rows);
	for (size_t i = 0; i < names->count; i++) {
		struct tasklist_row *last = kept ? &names->rows[kept - 1] : NULL;

		if (!last || last->pid != names->rows[i].pid)
			names->rows[kept++] = names->rows[i];
		else if (!bytes_equal(last->name, names->rows[i].name))
			last->name = (struct bytes){0};
	}
	names->count = kept;
}

static int add_row(struct task_names *names, struct tasklist_row row)
{
	struct tasklist_row *rows = array_reserve(
		names->rows, names->count, &names->capacity, sizeof(*rows));

	if (!rows)
		return -ENOMEM;
	names->rows = rows;
	rows[names->count++] = row;
	return 0;
}

static int read_rows(struct task_names *names, const char *root)
{
	struct malformed_lines malformed = {.root = root, .name = tasklist_csv};
	struct tasklist_reader reader = {.rest = buffer_bytes(&names->text)};
	int error = 0;

	while (reader.rest.data && !error) {
		struct tasklist_row row;
		const char *why;
		enum parse_result result = tasklist_next(&reader, &row, &why);

		if (result == PARSE_RECORD)
			error = add_row(names, row);
		else if (result == PARSE_MALFORMED)
			malformed_lines_report(&malformed, reader.line_number, why);
	}
	names->has_error = malformed.count;
	return error;
}

int task_names_read(
	struct task_names *names, const struct os_directory *directory, const char *root)
{
	int error = os_read_file(directory, tasklist_csv + 1, &names->text);

	if (error == -ENOENT)
		return 0;
	if (error && error != -ENOMEM) {
		diag("%s%s: %s", root, tasklist_csv, diag_error(error));
		names->has_error = true;
		return 0;
	}
	if (!error)
		error = encoding_make_utf8(&names->text);
	if (!error)
		error = read_rows(names, root);
	if (error)
		return error;
	if (!names->count && !names->has_error &&
		is_longer_than_a_sentence(buffer_bytes(&names->text))) {
		diag("%s%s: no row of tasklist /FO CSV in its text", root, tasklist_csv);
		names->has_error = true;
	}
	make_unique(names);
	return 0;
}

static const struct tasklist_row *find_row(const struct task_names *names, int64_t pid)
{
	const struct tasklist_row wanted = {.pid = pid};

	return names->count
		? bsearch(&wanted, names->rows, names->count, sizeof(wanted), compare_rows)
		: NULL;
}

int task_names_find(const struct task_names *names, int64_t pid, struct buffer *name)
{
	const struct tasklist_row *found = find_row(names, pid);

	return found && found->name.data ? tasklist_append_name(name, found->name) : -ENOENT;
}

bool task_names_has_ended(const struct task_names *names, int64_t pid)
{
	/* Pid 4 exists on every Windows; a filtered list rarely has it. */
	enum { KERNEL_PID = 4 };

	return !names->has_error && find_row(names, KERNEL_PID) && !find_row(names, pid);
}

void task_names_release(struct task_names *names)
{
	free(names->rows);
	buffer_release(&names->text);
}
