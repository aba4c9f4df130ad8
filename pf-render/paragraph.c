#include "paragraph.h"

#include "base/text.h"
#include "cell_text.h"

void paragraph_put(struct paragraph *paragraph, const char *text)
{
	if (!paragraph->error)
		paragraph->error = buffer_append_text(paragraph->text, text);
}

void paragraph_put_visible(struct paragraph *paragraph, struct bytes text)
{
	if (!paragraph->error)
		paragraph->error = text_append_visible(paragraph->text, text);
}

void paragraph_put_number(struct paragraph *paragraph, int64_t number)
{
	if (!paragraph->error)
		paragraph->error = cell_append_number(paragraph->text, number);
}

void paragraph_put_process(struct paragraph *paragraph, struct bytes command, int64_t pid)
{
	if (!command.data) {
		paragraph_put(paragraph, "process ");
		paragraph_put_number(paragraph, pid);
		return;
	}
	if (!paragraph->error)
		paragraph->error = cell_append_name(paragraph->text, command);
	paragraph_put(paragraph, " (");
	paragraph_put_number(paragraph, pid);
	paragraph_put(paragraph, ")");
}

void paragraph_put_socket(struct paragraph *paragraph, const struct listener *listener)
{
	if (!paragraph->error)
		paragraph->error = cell_append_address(paragraph->text, &listener->address);
	paragraph_put(paragraph, ":");
	paragraph_put_number(paragraph, listener->port);
	if (listener->proto != PROTO_TCP) {
		paragraph_put(paragraph, "/");
		paragraph_put(paragraph, listener_proto_name(listener->proto));
	}
}

enum { LABEL_WIDTH = 12, INDENT = 2 + LABEL_WIDTH };

void paragraph_begin_line(struct paragraph *paragraph, const char *label)
{
	paragraph_put(paragraph, "  ");
	paragraph_put(paragraph, label);
	if (!paragraph->error)
		paragraph->error = buffer_append_blanks(
			paragraph->text, LABEL_WIDTH - strlen(label));
}

/* Returns the last space from `from` on that fits, else the first space, else the length. */
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

void paragraph_fold_line(struct paragraph *paragraph, size_t start, size_t columns)
{
	struct buffer line = {0};
	struct bytes rest;

	if (paragraph->error ||
		text_width(bytes_skip(buffer_bytes(paragraph->text), start)) <= columns)
		return;
	paragraph->error = buffer_append(
		&line, paragraph->text->data + start, paragraph->text->length - start - 1);
	paragraph->text->length = start;
	rest = buffer_bytes(&line);
	for (size_t from = INDENT; rest.length && !paragraph->error; from = 0) {
		size_t length = find_break(rest, from, from ? columns : columns - INDENT);

		paragraph->error = buffer_append(paragraph->text, rest.data, length);
		paragraph_put(paragraph, "\n");
		rest = bytes_skip(rest, length < rest.length ? length + 1 : length);
		if (rest.length && !paragraph->error)
			paragraph->error = buffer_append_blanks(paragraph->text, INDENT);
	}
	buffer_release(&line);
}
