#include "stream/remedy_words.h"

#include <stdio.h>

/* A command from the stream may be of any length and contain NULs. */
static bool is_pasteable(struct bytes command)
{
	return command.length > 0 && command.length <= REMEDY_COMMAND_MAX &&
		!memchr(command.data, '\0', command.length);
}

/* Truncates to at most `room` bytes, between UTF-8 characters. Returns true if it did. */
static bool truncate_text(struct bytes *text, size_t room)
{
	if (text->length <= room)
		return false;
	while (room && ((unsigned char)text->data[room] & 0xc0) == 0x80)
		room--;
	text->length = room;
	return true;
}

void remedy_words(const struct remedy *remedy, char ret_words[REMEDY_WORDS_MAX])
{
	bool is_unknown = remedy->verdict == VERDICT_UNKNOWN;
	/* If restarts are unknown, a signal is what has just been tried. */
	bool is_signal = is_unknown && bytes_begin_with(remedy->command, bytes_of("kill "));
	bool has_command = !is_signal && is_pasteable(remedy->command);
	struct bytes command = has_command ? remedy->command : bytes_of("");
	struct bytes why = remedy->why.length ? remedy->why
		: has_command                 ? bytes_of("")
					      : bytes_of("it may be restarted");
	const char *end = is_unknown && !has_command ? ": stop it there" : "";
	const size_t around = strlen("…") + strlen(end) + strlen("; run ") + 1;
	bool is_truncated = truncate_text(&why, REMEDY_WORDS_MAX - around - command.length);

	snprintf(ret_words, REMEDY_WORDS_MAX, "%.*s%s%s%s%s%.*s", (int)why.length, why.data,
		is_truncated ? "…" : "", end, has_command && why.length ? "; " : "",
		has_command ? "run " : "", (int)command.length, command.data);
}
