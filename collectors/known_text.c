#include "known_text.h"

#include "words.h"

/* Each kind is recognized by its heading, in which these words are adjacent. */
struct kind {
	const char *words[6];
	bool may_begin_later; /* other columns may precede them */
	const char *description;
};

#define LSOF "lsof +c 0 -nP -iTCP -sTCP:LISTEN -F pcuLftPn"

static const struct kind kinds[] = {
	{{"COMMAND", "PID"}, false, "this is lsof's table; pf needs its fields: " LSOF},
	{{"CONTAINER", "ID", "IMAGE", "COMMAND"}, false,
		"this is a list of containers; pf needs the sockets: sudo ss -ltnup"},
	{{"Port", "Exclusion", "Ranges"}, true,
		"this is a list of ports that Windows reserves; pf needs the sockets: netstat "
		"-ano"},
	{{"LocalAddress", "LocalPort"}, false,
		"this is a table without processes; pf needs netstat -ano"},
	{{"Local", "Address", "Foreign", "Address", "(state)"}, true,
		"this is BSD's netstat, which shows no processes; pf needs lsof's fields: " LSOF},
	{{"USER", "COMMAND", "PID", "FD", "PROTO"}, false,
		"this is sockstat's table; pf needs lsof's fields: " LSOF},
	{{"sl", "local_address"}, false,
		"this is a table of /proc/net; pf needs a directory with proc/net and the "
		"processes: see pf-collect-proc(1)"},
	{{"PID", "TTY"}, false,
		"this is a list of processes; pf needs the sockets: sudo ss -ltnup"},
	{{"USER", "PID", "%CPU"}, false,
		"this is a list of processes; pf needs the sockets: sudo ss -ltnup"},
};

static const char tasklist[] =
	"this is a list of processes; pf needs the sockets: netstat -ano (tasklist.csv beside "
	"netstat.txt gives the names)";

static const char stream[] = "these are lines of a collector; pf-render shows them";

static bool begins_with_words(struct bytes line, const struct kind *kind)
{
	for (size_t i = 0; kind->words[i]; i++)
		if (!bytes_is(words_cut(&line), kind->words[i]))
			return false;
	return true;
}

static bool is_of_kind(struct bytes line, const struct kind *kind)
{
	do {
		if (begins_with_words(line, kind))
			return true;
	} while (kind->may_begin_later && words_cut(&line).length);
	return false;
}

static bool is_made_of(struct bytes word, char byte)
{
	for (size_t i = 0; i < word.length; i++)
		if (word.data[i] != byte)
			return false;
	return word.length > 1;
}

/* "=== === ===": at least three columns. */
static bool is_ruled(struct bytes line)
{
	enum { COLUMNS = 3 };
	int count = 0;

	while (count < COLUMNS && is_made_of(words_cut(&line), '='))
		count++;
	return count == COLUMNS;
}

/*
 * tasklist's headings are in the system's language, so it is recognized by the line below them, or
 * with /FO CSV by a row: a name, a pid and more, each in quotes.
 */
static bool is_of_tasklist(struct bytes line)
{
	struct bytes rest = words_trim(line);
	struct bytes pid;

	if (is_ruled(line))
		return true;
	if (!bytes_cut_prefix(&rest, "\""))
		return false;
	bytes_cut(&rest, '"');
	if (!bytes_cut_prefix(&rest, ",\""))
		return false;
	pid = bytes_cut(&rest, '"');
	return word_is_number(pid) && bytes_begin_with(rest, bytes_of(",\""));
}

static const char *describe_line(struct bytes line)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (is_of_kind(line, &kinds[i]))
			return kinds[i].description;
	if (is_of_tasklist(line))
		return tasklist;
	return bytes_begin_with(line, bytes_of("{\"proto\":")) ? stream : NULL;
}

const char *known_text_describe(struct bytes text)
{
	const char *description = NULL;

	while (text.data && !description)
		description = describe_line(bytes_cut(&text, '\n'));
	return description;
}
