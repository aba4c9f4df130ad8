#include "stream/remedy_words.h"

#include <stdio.h>

/* What a line of the stream tells may be of any length, and have a NUL in it. */
static bool can_be_pasted(struct bytes command)
{
	return command.length > 0 && command.length <= REMEDY_COMMAND_MAX &&
		!memchr(command.data, '\0', command.length);
}

/* Leaves at most `room` bytes, and no character halved. Returns whether anything was cut. */
static bool cut(struct bytes *text, size_t room)
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
	bool has_command = !is_unknown && can_be_pasted(remedy->command);
	struct bytes command = has_command ? remedy->command : bytes_of("");
	struct bytes why = remedy->why.length ? remedy->why
		: has_command                 ? bytes_of("")
					      : bytes_of("it may be restarted");
	const char *end = is_unknown ? ": stop it there" : "";
	const size_t around = strlen("run ") + strlen(": ") + strlen("…") + strlen(end) + 1;
	bool is_cut = cut(&why, REMEDY_WORDS_MAX - around - command.length);

	snprintf(ret_words, REMEDY_WORDS_MAX, "%s%.*s%s%.*s%s%s", has_command ? "run " : "",
		(int)command.length, command.data, has_command && why.length ? ": " : "",
		(int)why.length, why.data, is_cut ? "…" : "", end);
}
