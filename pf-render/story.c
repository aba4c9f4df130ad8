#include "story.h"

#include "duration.h"
#include "page.h"
#include "phrases.h"
#include "processes.h"
#include "sgr.h"

/* ---- the heading ---- */

/* Two sockets may have one address, by SO_REUSEPORT; they stand beside each other. */
static bool looks_alike(const struct listener *a, const struct listener *b)
{
	return a->port == b->port && a->proto == b->proto &&
		address_compare(&a->address, &b->address) == 0;
}

static void put_sockets(struct page *page, const struct process *process)
{
	for (size_t i = 0; i < process->count; i++) {
		const struct listener *listener = &process->rows[i]->listener;

		if (i && looks_alike(&process->rows[i - 1]->listener, listener))
			continue;
		page_put(page, i ? ", " : "");
		page_put_socket(page, listener);
	}
}

static void put_holder(
	struct page *page, const struct listener *listener, const struct details *details)
{
	bool is_hidden = listener->pid == LISTENER_NONE;

	if (is_hidden)
		page_put(page, "hidden holder");
	else
		page_put_process(page, listener->command, listener->pid);
	if (listener->user.data) {
		page_put(page, is_hidden ? ", user " : ", ");
		if (!page->error)
			page->error = phrase_append_name(page->text, listener->user);
	}
	if (details->uptime != LISTENER_NONE) {
		page_put(page, ", up ");
		if (!page->error)
			page->error = duration_append(page->text, details->uptime);
	}
}

static void put_heading(struct page *page, const struct process *process,
	const struct details *details, bool is_bold)
{
	if (is_bold)
		page_put(page, SGR_BOLD);
	put_sockets(page, process);
	page_put(page, " · ");
	put_holder(page, &process->rows[0]->listener, details);
	if (is_bold)
		page_put(page, SGR_PLAIN);
	page_put(page, "\n");
}

/* ---- what it is ---- */

static void put_program(struct page *page, const struct details *details)
{
	if (!phrase_has_command_line(details) && !details->executable.length)
		return;
	page_begin_line(page, "runs");
	if (!phrase_has_command_line(details))
		page_put_visible(page, details->executable);
	else if (!page->error)
		page->error = phrase_append_command_line(page->text, details);
	page_put(page, "\n");
}

/* Whether the directory is within the person's own, of which the final / is no part. */
static bool is_at_home(struct bytes directory, struct bytes home)
{
	return home.length && bytes_begin_with(directory, home) &&
		(directory.length == home.length || directory.data[home.length] == '/');
}

static void put_directory(struct page *page, struct bytes directory, struct bytes home)
{
	while (home.length && home.data[home.length - 1] == '/')
		home.length--;
	if (!directory.length)
		return;
	page_begin_line(page, "in");
	if (is_at_home(directory, home)) {
		page_put(page, "~");
		directory = bytes_skip(directory, home.length);
	}
	page_put_visible(page, directory);
	page_put(page, "\n");
}

static void put_unit(struct page *page, const struct unit *unit)
{
	if (!unit->name.length)
		return;
	page_begin_line(page, "unit");
	page_put_visible(page, unit->name);
	if (unit->manager == MANAGER_USER)
		page_put(page, " (the user's)");
	page_put(page, "\n");
}

static void put_container(struct page *page, const struct container *container)
{
	if (!container->runtime.data)
		return;
	page_begin_line(page, "container");
	if (!page->error)
		page->error = phrase_append_container(page->text, container);
	if (container->name.data || container->id.data || container->address.data) {
		page_put(page, " (");
		page_put_visible(page, container->runtime);
		if (container->name.data && container->id.data) {
			page_put(page, " ");
			page_put_visible(page, container_short_id(container));
		}
		page_put(page, ")");
	}
	if (container->address.data && (container->name.data || container->id.data)) {
		page_put(page, ", to which it forwards at ");
		if (!page->error)
			page->error = phrase_append_container_address(page->text, container);
	}
	page_put(page, "\n");
}

static void put_ancestors(
	struct page *page, const struct listener *listener, const struct details *details)
{
	if (!details->ancestor_count)
		return;
	page_begin_line(page, "started by");
	for (size_t i = details->ancestor_count; i > 0; i--) {
		const struct ancestor *ancestor = &details->ancestors[i - 1];

		page_put_process(page, ancestor->command, ancestor->pid);
		page_put(page, " › ");
	}
	page_put_process(page, listener->command, listener->pid);
	page_put(page, "\n");
}

/* ---- the remedy ---- */

static void put_missing(struct page *page, const struct row *row, const char *unhiding)
{
	page_put(page, "can't tell: ");
	if (row->listener.pid == LISTENER_NONE) {
		page_put(page, "the holder is hidden: ");
		page_put(page, unhiding);
	} else if (row->has_wrong_details) {
		page_put(page, "a key of its line has a wrong value");
	} else {
		page_put(page,
			"its line has no remedy, which pf-resolve --details adds "
			"while the process runs");
	}
}

/* The last line, which began at `start`, for a terminal. */
static void fold(struct page *page, size_t start, const struct story_style *style)
{
	enum { LEAST = 40 };

	if (style->columns >= LEAST && !page->error && page->text->length > start)
		page_fold_line(page, start, style->columns);
}

static void put_reason(struct page *page, const struct remedy *remedy)
{
	if (remedy->verdict == VERDICT_UNKNOWN)
		page_put(page,
			!remedy->why.length              ? "can't tell whether it stays free"
				: remedy->command.length ? "for now: "
							 : "can't tell: ");
	page_put_visible(page, remedy->why);
	page_put(page, "\n");
}

/* The command stands alone on its line, so that it can be pasted whole. */
static void put_remedy(struct page *page, const struct row *row, const struct remedy *remedy,
	const struct story_style *style)
{
	size_t start = page->text->length;

	bool has_command = remedy->command.length > 0;
	bool has_reason = remedy->why.length > 0 || remedy->verdict == VERDICT_UNKNOWN;

	page_begin_line(page, "to free it");
	if (remedy->verdict == VERDICT_NONE || (!has_command && !has_reason)) {
		put_missing(page, row, style->unhiding);
		page_put(page, "\n");
		return;
	}
	if (has_command) {
		page_put_visible(page, remedy->command);
		page_put(page, "\n");
	}
	if (has_command && has_reason) {
		start = page->text->length;
		page_begin_line(page, "");
	}
	if (has_reason)
		put_reason(page, remedy);
	fold(page, start, style);
}

/* The row that tells of the process. */
static const struct row *teller_of(const struct process *process)
{
	for (size_t i = 0; i < process->count; i++)
		if (!process->rows[i]->has_wrong_details)
			return process->rows[i];
	return process->rows[0];
}

static void put_story(
	struct page *page, const struct process *process, const struct story_style *style)
{
	const struct row *row = teller_of(process);
	struct details details = details_none;
	size_t start;

	if (!page->error)
		page->error = row_details(row, &details);
	put_heading(page, process, &details, style->has_color);
	start = page->text->length;
	put_program(page, &details);
	fold(page, start, style);
	put_directory(page, details.directory, style->home);
	put_unit(page, &details.unit);
	put_container(page, &details.container);
	start = page->text->length;
	put_ancestors(page, &row->listener, &details);
	fold(page, start, style);
	put_remedy(page, row, &details.remedy, style);
	details_release(&details);
}

int stories_append(struct buffer *text, const struct rows *rows, const struct story_style *style)
{
	struct page page = {.text = text};
	struct processes processes = {0};
	size_t before = text->length;

	page.error = processes_find(&processes, rows);
	for (size_t i = 0; i < processes.count && !page.error; i++) {
		if (i)
			page_put(&page, "\n");
		put_story(&page, &processes.items[i], style);
	}
	processes_release(&processes);
	if (page.error)
		text->length = before;
	return page.error;
}
