#include "fuzz.h"
#include "stream/details.h"

const char program_name[] = "fuzz";

static const char bare[] =
	"{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"127.0.0.1\",\"port\":3000,"
	"\"pid\":1,\"uid\":0,\"command\":\"node\",\"user\":\"root\"}";

/* Appends the details to the line, which must stay valid. */
static struct bytes append(struct bytes line, const struct details *details, struct buffer *out)
{
	struct listener_problem problem;
	struct listener listener;
	struct bytes appended;

	MUST(details_append(line, details, out) == 0);
	appended = buffer_bytes(out);
	MUST(bytes_cut_suffix(&appended, "\n"));
	MUST(listener_decode(appended, &listener, &problem) == 0);
	listener_release(&listener);
	return appended;
}

/* Details appended to another line are decoded the same. */
static void check_decoded(struct bytes line, const struct details *details)
{
	struct listener_problem problem;
	struct details again = details_none;
	struct buffer first = {0};
	struct buffer second = {0};
	struct buffer same = {0};
	struct bytes appended = append(bytes_of(bare), details, &first);

	MUST(!fuzz_has(appended, '\n') && fuzz_is_clean(appended));
	MUST(details_decode(appended, NULL, &again, &problem) == 0);
	MUST(again.uptime == details->uptime && again.parent == details->parent);
	MUST(again.argument_count <= details->argument_count);
	MUST(again.ancestor_count == details->ancestor_count);
	MUST(again.remedy.verdict == details->remedy.verdict);
	append(bytes_of(bare), &again, &second);
	MUST(bytes_equal(buffer_bytes(&first), buffer_bytes(&second)));
	/* A line that has them all must not get any twice. */
	append(line, details, &same);
	details_release(&again);
	buffer_release(&same);
	buffer_release(&second);
	buffer_release(&first);
}

/* All details, appended to a line that may have some. */
static void check_full(struct bytes line)
{
	struct bytes text = bytes_of("\"\n\x1b\xff");
	struct ancestor ancestor = {.pid = 1, .command = text};
	const struct details full = {
		.arguments = &text,
		.argument_count = 1,
		.executable = text,
		.directory = text,
		.started = bytes_of("2026-11-23T21:16:00Z"),
		.uptime = 1,
		.parent = 1,
		.ancestors = &ancestor,
		.ancestor_count = 1,
		.unit = {.name = text, .restart = text},
		.container = {.runtime = text, .id = text, .name = text, .port = 1},
		.remedy = {.verdict = VERDICT_STOP, .command = text, .why = text},
	};
	struct buffer out = {0};

	append(line, &full, &out);
	buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes line = fuzz_text(data, size);
	struct listener_problem problem = {.text = ""};
	struct details details = details_none;
	struct listener listener;

	if (listener_decode(line, &listener, &problem))
		return 0;
	listener_release(&listener);
	check_full(line);
	if (details_decode(line, NULL, &details, &problem) == 0) {
		check_decoded(line, &details);
		details_release(&details);
	} else {
		MUST(memchr(problem.text, '\0', sizeof(problem.text)) && problem.text[0]);
	}
	return 0;
}
