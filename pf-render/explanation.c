#include "explanation.h"

#include "cell_text.h"
#include "paragraph.h"
#include "processes.h"
#include "sgr.h"

/* ---- the heading ---- */

/* The same line may occur twice, as in two concatenated lists. */
static bool looks_alike(const struct listener *a, const struct listener *b)
{
	return a->port == b->port && a->proto == b->proto &&
		address_compare(&a->address, &b->address) == 0;
}

static void put_sockets(struct paragraph *paragraph, const struct process *process)
{
	for (size_t i = 0; i < process->count; i++) {
		const struct row *row = process->rows[i];

		if (i && looks_alike(&process->rows[i - 1]->listener, &row->listener))
			continue;
		paragraph_put(paragraph, i ? ", " : "");
		paragraph_put_socket(paragraph, &row->listener);
		if (!paragraph->error)
			paragraph->error = cell_append_more_sockets(
				paragraph->text, row->more_sockets);
	}
}

static void put_holder(
	struct paragraph *paragraph, const struct listener *listener, const struct details *details)
{
	bool is_hidden = listener->pid == LISTENER_NONE;

	if (is_hidden)
		paragraph_put(paragraph, "hidden holder");
	else
		paragraph_put_process(paragraph, listener->command, listener->pid);
	if (listener->host.data) {
		paragraph_put(paragraph, " on ");
		if (!paragraph->error)
			paragraph->error = cell_append_name(paragraph->text, listener->host);
	}
	if (listener->user.data) {
		paragraph_put(paragraph, is_hidden ? ", user " : ", ");
		if (!paragraph->error)
			paragraph->error = cell_append_name(paragraph->text, listener->user);
	}
	if (details->uptime != LISTENER_NONE) {
		paragraph_put(paragraph, ", up ");
		if (!paragraph->error)
			paragraph->error = cell_append_duration(paragraph->text, details->uptime);
	}
}

static void put_heading(struct paragraph *paragraph, const struct process *process,
	const struct details *details, bool is_bold)
{
	if (is_bold)
		paragraph_put(paragraph, SGR_BOLD);
	put_sockets(paragraph, process);
	paragraph_put(paragraph, " · ");
	put_holder(paragraph, &process->rows[0]->listener, details);
	if (is_bold)
		paragraph_put(paragraph, SGR_PLAIN);
	paragraph_put(paragraph, "\n");
}

/* ---- what it is ---- */

static void put_program(struct paragraph *paragraph, const struct details *details)
{
	if (!cell_has_command_line(details) && !details->executable.length)
		return;
	paragraph_begin_line(paragraph, "runs");
	if (!cell_has_command_line(details))
		paragraph_put_visible(paragraph, details->executable);
	else if (!paragraph->error)
		paragraph->error = cell_append_command_line(paragraph->text, details);
	paragraph_put(paragraph, "\n");
}

/* Whether the directory is the home directory, given without a final '/', or below it. */
static bool is_at_home(struct bytes directory, struct bytes home)
{
	return home.length && bytes_begin_with(directory, home) &&
		(directory.length == home.length || directory.data[home.length] == '/');
}

static void put_directory(struct paragraph *paragraph, struct bytes directory, struct bytes home)
{
	while (home.length && home.data[home.length - 1] == '/')
		home.length--;
	if (!directory.length)
		return;
	paragraph_begin_line(paragraph, "in");
	if (is_at_home(directory, home)) {
		paragraph_put(paragraph, "~");
		directory = bytes_skip(directory, home.length);
	}
	paragraph_put_visible(paragraph, directory);
	paragraph_put(paragraph, "\n");
}

static void put_unit(struct paragraph *paragraph, const struct unit *unit)
{
	if (!unit->name.length)
		return;
	paragraph_begin_line(paragraph, "unit");
	paragraph_put_visible(paragraph, unit->name);
	if (unit->manager == MANAGER_USER)
		paragraph_put(paragraph, " (the user's)");
	paragraph_put(paragraph, "\n");
}

static void put_container(struct paragraph *paragraph, const struct container *container)
{
	if (!container->runtime.data)
		return;
	paragraph_begin_line(paragraph, "container");
	if (!paragraph->error)
		paragraph->error = cell_append_container(paragraph->text, container);
	if (container->name.data || container->id.data || container->address.data) {
		paragraph_put(paragraph, " (");
		paragraph_put_visible(paragraph, container->runtime);
		if (container->name.data && container->id.data) {
			paragraph_put(paragraph, " ");
			paragraph_put_visible(paragraph, container_short_id(container));
		}
		paragraph_put(paragraph, ")");
	}
	if (container->address.data && (container->name.data || container->id.data)) {
		paragraph_put(paragraph, ", to which it forwards at ");
		if (!paragraph->error)
			paragraph->error = cell_append_container_address(
				paragraph->text, container);
	}
	paragraph_put(paragraph, "\n");
}

static void put_ancestors(
	struct paragraph *paragraph, const struct listener *listener, const struct details *details)
{
	if (!details->ancestor_count)
		return;
	paragraph_begin_line(paragraph, "started by");
	for (size_t i = details->ancestor_count; i > 0; i--) {
		const struct ancestor *ancestor = &details->ancestors[i - 1];

		paragraph_put_process(paragraph, ancestor->command, ancestor->pid);
		paragraph_put(paragraph, " › ");
	}
	paragraph_put_process(paragraph, listener->command, listener->pid);
	paragraph_put(paragraph, "\n");
}

/* ---- the remedy ---- */

static void put_missing(struct paragraph *paragraph, const struct row *row, const char *unhiding)
{
	paragraph_put(paragraph, "can't tell: ");
	if (row->listener.host.data) {
		paragraph_put(paragraph, "run pf --why on ");
		paragraph_put_visible(paragraph, row->listener.host);
	} else if (row->listener.pid == LISTENER_NONE) {
		paragraph_put(paragraph, "the holder is hidden: ");
		paragraph_put(paragraph, unhiding);
	} else if (row->has_wrong_details) {
		paragraph_put(paragraph, "a key of its line has a wrong value");
	} else {
		paragraph_put(paragraph,
			"its line has no remedy, which pf-resolve --details adds "
			"while the process runs");
	}
}

/* Folds the last line, which began at `start`, for a terminal. */
static void fold(struct paragraph *paragraph, size_t start, const struct explanation_style *style)
{
	enum { WIDTH_MIN = 40 };

	if (style->columns >= WIDTH_MIN && !paragraph->error && paragraph->text->length > start)
		paragraph_fold_line(paragraph, start, style->columns);
}

static void put_reason(struct paragraph *paragraph, const struct remedy *remedy)
{
	if (remedy->verdict == VERDICT_UNKNOWN)
		paragraph_put(paragraph,
			!remedy->why.length              ? "can't tell whether it stays free"
				: remedy->command.length ? "for now: "
							 : "can't tell: ");
	paragraph_put_visible(paragraph, remedy->why);
	paragraph_put(paragraph, "\n");
}

/* The command has a line of its own, so that it can be copied whole. */
static void put_remedy(struct paragraph *paragraph, const struct row *row,
	const struct remedy *remedy, const struct explanation_style *style)
{
	size_t start = paragraph->text->length;
	bool has_command = remedy->command.length > 0;
	bool has_reason = remedy->why.length > 0 || remedy->verdict == VERDICT_UNKNOWN;

	paragraph_begin_line(paragraph, "to free it");
	if (remedy->verdict == VERDICT_NONE || (!has_command && !has_reason)) {
		put_missing(paragraph, row, style->unhiding);
		paragraph_put(paragraph, "\n");
		return;
	}
	if (has_command) {
		paragraph_put_visible(paragraph, remedy->command);
		paragraph_put(paragraph, "\n");
	}
	if (has_command && has_reason) {
		start = paragraph->text->length;
		paragraph_begin_line(paragraph, "");
	}
	if (has_reason)
		put_reason(paragraph, remedy);
	fold(paragraph, start, style);
}

/* The row whose details explain the process. */
static const struct row *row_with_details(const struct process *process)
{
	for (size_t i = 0; i < process->count; i++)
		if (!process->rows[i]->has_wrong_details)
			return process->rows[i];
	return process->rows[0];
}

static void put_explanation(struct paragraph *paragraph, const struct process *process,
	const struct explanation_style *style)
{
	const struct row *row = row_with_details(process);
	struct details details = details_none;
	size_t start;

	if (!paragraph->error)
		paragraph->error = row_details(row, &details);
	put_heading(paragraph, process, &details, style->has_color);
	start = paragraph->text->length;
	put_program(paragraph, &details);
	fold(paragraph, start, style);
	put_directory(paragraph, details.directory, style->home);
	put_unit(paragraph, &details.unit);
	put_container(paragraph, &details.container);
	start = paragraph->text->length;
	put_ancestors(paragraph, &row->listener, &details);
	fold(paragraph, start, style);
	put_remedy(paragraph, row, &details.remedy, style);
	details_release(&details);
}

int explanations_append(
	struct buffer *text, const struct rows *rows, const struct explanation_style *style)
{
	struct paragraph paragraph = {.text = text};
	struct processes processes = {0};
	size_t before = text->length;

	paragraph.error = processes_find(&processes, rows);
	for (size_t i = 0; i < processes.count && !paragraph.error; i++) {
		if (i)
			paragraph_put(&paragraph, "\n");
		put_explanation(&paragraph, &processes.items[i], style);
	}
	processes_release(&processes);
	if (paragraph.error)
		text->length = before;
	return paragraph.error;
}
