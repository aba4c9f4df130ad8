#include "page.h"

#include "base/text.h"
#include "phrases.h"

void page_put(struct page *page, const char *text)
{
	if (!page->error)
		page->error = buffer_append_text(page->text, text);
}

void page_put_visible(struct page *page, struct bytes text)
{
	if (!page->error)
		page->error = text_append_visible(page->text, text);
}

void page_put_number(struct page *page, int64_t number)
{
	if (!page->error)
		page->error = phrase_append_number(page->text, number);
}

void page_put_process(struct page *page, struct bytes command, int64_t pid)
{
	if (!command.data) {
		page_put(page, "process ");
		page_put_number(page, pid);
		return;
	}
	if (!page->error)
		page->error = phrase_append_name(page->text, command);
	page_put(page, " (");
	page_put_number(page, pid);
	page_put(page, ")");
}

void page_put_socket(struct page *page, const struct listener *listener)
{
	if (!page->error)
		page->error = phrase_append_address(page->text, &listener->address);
	page_put(page, ":");
	page_put_number(page, listener->port);
	if (listener->proto != PROTO_TCP) {
		page_put(page, "/");
		page_put(page, listener_proto_name(listener->proto));
	}
}

enum { LABEL_WIDTH = 12, INDENT = 2 + LABEL_WIDTH };

void page_begin_line(struct page *page, const char *label)
{
	page_put(page, "  ");
	page_put(page, label);
	if (!page->error)
		page->error = buffer_append_blanks(page->text, LABEL_WIDTH - strlen(label));
}

/* The last space behind `from` that fits, or else the first one of all; the length: none. */
static size_t find_break(struct bytes line, size_t from, size_t columns)
{
	struct bytes rest = line;
	size_t width = 0;
	size_t last = line.length;

	while (rest.length) {
		uint32_t character;
		size_t at = line.length - rest.length;
		size_t length = text_next(rest, &character);

		if (width > columns && last < line.length)
			break;
		if (character == ' ' && at >= from)
			last = at;
		width += text_character_width(character);
		rest = bytes_skip(rest, length);
	}
	return width > columns ? last : line.length;
}

void page_fold_line(struct page *page, size_t start, size_t columns)
{
	struct buffer line = {0};
	struct bytes rest;

	if (page->error || text_width(bytes_skip(buffer_bytes(page->text), start)) <= columns)
		return;
	page->error = buffer_append(
		&line, page->text->data + start, page->text->length - start - 1);
	page->text->length = start;
	rest = buffer_bytes(&line);
	for (size_t from = INDENT; rest.length && !page->error; from = 0) {
		size_t length = find_break(rest, from, from ? columns : columns - INDENT);

		page->error = buffer_append(page->text, rest.data, length);
		page_put(page, "\n");
		rest = bytes_skip(rest, length < rest.length ? length + 1 : length);
		if (rest.length && !page->error)
			page->error = buffer_append_blanks(page->text, INDENT);
	}
	buffer_release(&line);
}
