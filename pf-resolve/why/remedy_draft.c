#include "remedy_draft.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/shell_word.h"

void draft_text(struct draft *draft, struct buffer *buffer, const char *text)
{
	if (!draft->error)
		draft->error = buffer_append_text(buffer, text);
}

void draft_word(struct draft *draft, struct buffer *buffer, struct bytes word)
{
	if (!draft->error)
		draft->error = shell_word_append(buffer, word);
}

void draft_bytes(struct draft *draft, struct buffer *buffer, struct bytes bytes)
{
	if (!draft->error)
		draft->error = buffer_append(buffer, bytes.data, bytes.length);
}

__attribute__((format(PF_PRINTF, 3, 4))) void draft_format(
	struct draft *draft, struct buffer *buffer, const char *format, ...)
{
	char text[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	draft_text(draft, buffer, text);
}

/* "tmux (900)" */
void draft_process(struct draft *draft, struct buffer *buffer, const struct process_facts *process)
{
	const struct program program = process_program(process);
	const struct bytes label = program_label(&program);

	if (label.length)
		draft_bytes(draft, buffer, label);
	else
		draft_text(draft, buffer, "a process");
	draft_format(draft, buffer, " (%" PRId64 ")", process->pid);
}

void draft_verdict(struct draft *draft, enum verdict verdict, const char *why)
{
	draft->text->verdict = verdict;
	draft_text(draft, &draft->text->why, why);
}

void draft_kill(struct draft *draft, const struct process_facts *process)
{
	struct buffer *command = &draft->text->command;

	draft_format(draft, command, "%s%" PRId64, command->length ? " " : "kill ", process->pid);
}

void draft_kill_top(struct draft *draft, const struct remedy_case *holder)
{
	draft_kill(draft, holder->ancestors[holder->restarter.top]);
	/* Its parent need not take it along. */
	if (holder->restarter.top && !holder->top_holds)
		draft_kill(draft, holder->ancestors[0]);
}
