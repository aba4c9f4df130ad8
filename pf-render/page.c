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

void page_begin_line(struct page *page, const char *label)
{
	enum { LABEL_WIDTH = 12 };

	page_put(page, "  ");
	page_put(page, label);
	if (!page->error)
		page->error = buffer_append_blanks(page->text, LABEL_WIDTH - strlen(label));
}
