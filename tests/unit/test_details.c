#include "stream/details.h"

#include <errno.h>
#include <stdio.h>

#include "unit.h"

const char program_name[] = "test";

#define LISTENER                                                                                   \
	"\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":3000,"             \
	"\"pid\":5,\"uid\":0,\"command\":\"node\",\"user\":\"root\""

static struct bytes arguments[] = {TEXT("node"), TEXT(""), TEXT("a \"b\"\n")};
static struct ancestor ancestors[] = {{900, TEXT("tmux")}, {1, {0}}};

static const struct details all = {
	.arguments = arguments,
	.argument_count = COUNT(arguments),
	.executable = TEXT("/usr/bin/node"),
	.directory = TEXT("/srv/shop"),
	.started = TEXT("2026-11-23T21:16:00Z"),
	.uptime = 11,
	.parent = 900,
	.ancestors = ancestors,
	.ancestor_count = COUNT(ancestors),
	.unit = {TEXT("shop.service"), MANAGER_USER, TEXT("always")},
	.container = {TEXT("docker"), TEXT("4f1c"), TEXT("web"), TEXT("172.17.0.2"), 80},
	.remedy = {VERDICT_STOP, TEXT("systemctl --user stop shop.service"), TEXT("it restarts")},
};

#define ALL                                                                                        \
	"\"cmdline\":[\"node\",\"\",\"a \\\"b\\\"\\n\"],\"exe\":\"/usr/bin/node\","                \
	"\"cwd\":\"/srv/shop\",\"started\":\"2026-11-23T21:16:00Z\",\"uptime\":11,"                \
	"\"ppid\":900,\"ancestors\":[{\"pid\":900,\"command\":\"tmux\"},"                          \
	"{\"pid\":1,\"command\":null}],\"unit\":{\"name\":\"shop.service\","                       \
	"\"manager\":\"user\",\"restart\":\"always\"},\"container\":{\"id\":\"4f1c\","             \
	"\"name\":\"web\",\"runtime\":\"docker\",\"address\":\"172.17.0.2\",\"port\":80},"         \
	"\"remedy\":{\"verdict\":\"stop\",\"command\":\"systemctl --user stop shop.service\","     \
	"\"why\":\"it restarts\"}"

static void check_append(struct bytes line, const struct details *details, struct bytes expected)
{
	char *alone = unit_alone(line);
	struct buffer text = {0};

	assert_int_equal(buffer_append_byte(&text, '>'), 0);
	assert_int_equal(details_append((struct bytes){alone, line.length}, details, &text), 0);
	assert_int_equal(text.data[0], '>');
	assert_bytes(bytes_skip(buffer_bytes(&text), 1), expected);
	buffer_release(&text);
	free(alone);
}
#define check_append(...) UNIT_AT(check_append(__VA_ARGS__))

/* To be released; its texts must not need the line. */
static struct details decode(struct bytes line)
{
	char *alone = unit_alone(line);
	struct details details;
	struct listener_problem problem = {.text = ""};
	int error = details_decode((struct bytes){alone, line.length}, NULL, &details, &problem);

	memset(alone, 'x', line.length);
	free(alone);
	assert_text(problem.text, "");
	assert_int_equal(error, 0);
	return details;
}

static void check_equal(const struct details *found, const struct details *expected)
{
	assert_int_equal(!found->arguments, !expected->arguments);
	assert_int_equal(found->argument_count, expected->argument_count);
	for (size_t i = 0; i < found->argument_count; i++)
		assert_bytes(found->arguments[i], expected->arguments[i]);
	assert_bytes(found->executable, expected->executable);
	assert_bytes(found->directory, expected->directory);
	assert_bytes(found->started, expected->started);
	assert_int_equal(found->uptime, expected->uptime);
	assert_int_equal(found->parent, expected->parent);
	assert_int_equal(!found->ancestors, !expected->ancestors);
	assert_int_equal(found->ancestor_count, expected->ancestor_count);
	for (size_t i = 0; i < found->ancestor_count; i++) {
		assert_int_equal(found->ancestors[i].pid, expected->ancestors[i].pid);
		assert_bytes(found->ancestors[i].command, expected->ancestors[i].command);
	}
	assert_bytes(found->unit.name, expected->unit.name);
	assert_int_equal(found->unit.manager, expected->unit.manager);
	assert_bytes(found->unit.restart, expected->unit.restart);
	assert_bytes(found->container.runtime, expected->container.runtime);
	assert_bytes(found->container.id, expected->container.id);
	assert_bytes(found->container.name, expected->container.name);
	assert_bytes(found->container.address, expected->container.address);
	assert_int_equal(found->container.port, expected->container.port);
	assert_int_equal(found->remedy.verdict, expected->remedy.verdict);
	assert_bytes(found->remedy.command, expected->remedy.command);
	assert_bytes(found->remedy.why, expected->remedy.why);
}
#define check_equal(...) UNIT_AT(check_equal(__VA_ARGS__))

static void check_decode(struct bytes line, const struct details *expected)
{
	struct details details = decode(line);

	check_equal(&details, expected);
	details_release(&details);
}
#define check_decode(...) UNIT_AT(check_decode(__VA_ARGS__))

TEST(each_detail_becomes_a_key_in_the_order_of_the_manual)
{
	check_append(BYTES("{" LISTENER "}"), &all, BYTES("{" LISTENER "," ALL "}\n"));
}

TEST(each_detail_is_read_as_it_was_written)
{
	check_decode(BYTES("{" LISTENER "," ALL "}"), &all);
	check_decode(BYTES(" { " ALL ", \"x\" : 1 , " LISTENER " } "), &all);
}

TEST(what_is_unknown_is_no_key_and_no_key_is_unknown)
{
	struct bytes line = BYTES("{" LISTENER ",\"fd\":3}");

	check_append(line, &details_none, BYTES("{" LISTENER ",\"fd\":3}\n"));
	check_decode(line, &details_none);
}

TEST(an_empty_list_and_an_empty_text_are_known)
{
	static struct bytes no_arguments[1];
	static struct ancestor no_ancestors[1];
	struct details details = details_none;
	struct bytes line = BYTES("{" LISTENER
				  ",\"cmdline\":[],\"exe\":\"\",\"uptime\":0,"
				  "\"ancestors\":[]}");

	details.arguments = no_arguments;
	details.ancestors = no_ancestors;
	details.executable = BYTES("");
	details.uptime = 0;
	check_append(BYTES("{" LISTENER "}"), &details,
		BYTES("{" LISTENER
		      ",\"cmdline\":[],\"exe\":\"\",\"uptime\":0,\"ancestors\":[]}\n"));
	check_decode(line, &details);
}

TEST(the_least_of_each_object_is_enough)
{
	struct details details = details_none;

	details.unit = (struct unit){.name = BYTES("a.service"), .manager = MANAGER_SYSTEM};
	details.container.runtime = BYTES("kubernetes");
	details.remedy.verdict = VERDICT_UNKNOWN;
	check_append(BYTES("{" LISTENER "}"), &details,
		BYTES("{" LISTENER ",\"unit\":{\"name\":\"a.service\",\"manager\":\"system\"},"
		      "\"container\":{\"runtime\":\"kubernetes\"},"
		      "\"remedy\":{\"verdict\":\"unknown\"}}\n"));
	check_decode(BYTES("{" LISTENER ",\"unit\":{\"manager\":\"system\",\"name\":\"a.service\"},"
			   "\"container\":{\"runtime\":\"kubernetes\",\"more\":null},"
			   "\"remedy\":{\"verdict\":\"unknown\"}}"),
		&details);
}

TEST(a_key_that_a_collector_has_written_stays_and_is_written_once)
{
	struct details details = details_none;

	details.directory = BYTES("/ours");
	details.uptime = 11;
	details.remedy.verdict = VERDICT_KILL;
	check_append(
		BYTES("{\"cwd\":\"/theirs\",\"remedy\" : {\"verdict\":\"stop\"}," LISTENER "}"),
		&details,
		BYTES("{\"cwd\":\"/theirs\",\"remedy\" : {\"verdict\":\"stop\"}," LISTENER
		      ",\"uptime\":11}\n"));
	/* However it is spelled; a key of an object within is another one. */
	check_append(BYTES("{\"c\\u0077d\":1,\"x\":{\"uptime\":2}," LISTENER "}"), &details,
		BYTES("{\"c\\u0077d\":1,\"x\":{\"uptime\":2}," LISTENER
		      ",\"uptime\":11,\"remedy\":{\"verdict\":\"kill\"}}\n"));
}

TEST(the_bytes_of_a_line_stay_as_they_are)
{
	struct details details = details_none;

	details.uptime = 1;
	check_append(BYTES(" {\t\"x\":0.10," LISTENER " } \t"), &details,
		BYTES(" {\t\"x\":0.10," LISTENER " ,\"uptime\":1}\n"));
	check_append(BYTES(" {\t\"x\":0.10," LISTENER " }"), &details_none,
		BYTES(" {\t\"x\":0.10," LISTENER " }\n"));
}

TEST(no_text_of_a_process_ends_a_string_or_a_line_or_controls_a_terminal)
{
	static struct bytes hostile[] = {
		TEXT("\"],\"pid\":1"),
		TEXT("a\nb\r\t\0c"),
		TEXT("\x1b[2J\x7f\xc2\x9b"),
		TEXT("\xff\xc3"),
		TEXT("\xe2\x80\xae"),
		TEXT("\\\\x"),
	};
	static struct ancestor parents[] = {{1, TEXT("\x1b\"")}};
	struct details details = details_none;
	struct details found;
	struct buffer text = {0};

	details.arguments = hostile;
	details.argument_count = COUNT(hostile);
	details.directory = BYTES("/\n");
	details.ancestors = parents;
	details.ancestor_count = COUNT(parents);
	details.unit.name = BYTES("\"}.service");
	assert_int_equal(details_append(BYTES("{" LISTENER "}"), &details, &text), 0);
	assert_bytes(buffer_bytes(&text),
		BYTES("{" LISTENER ",\"cmdline\":[\"\\\"],\\\"pid\\\":1\",\"a\\nb\\r\\t\\u0000c\","
		      "\"\\u001B[2J\\u007f\\u009b\",\"\\\\xff\\\\xc3\",\"\\u202e\",\"\\\\\\\\x\"],"
		      "\"cwd\":\"/\\n\",\"ancestors\":[{\"pid\":1,\"command\":\"\\u001B\\\"\"}],"
		      "\"unit\":{\"name\":\"\\\"}.service\",\"manager\":\"system\"}}\n"));
	found = decode(buffer_bytes(&text));
	assert_bytes(found.arguments[0], hostile[0]);
	assert_bytes(found.arguments[1], hostile[1]);
	assert_bytes(found.arguments[2], hostile[2]);
	assert_bytes(found.arguments[3], BYTES("\\xff\\xc3"));
	assert_bytes(found.arguments[4], hostile[4]);
	assert_bytes(found.arguments[5], hostile[5]);
	assert_bytes(found.unit.name, details.unit.name);
	details_release(&found);
	buffer_release(&text);
}

/* "{…,"x":"…"}" of a length. To be freed. */
static struct bytes line_of_length(size_t length)
{
	static const char start[] = "{" LISTENER ",\"x\":\"";
	char *line = malloc(length);

	assert_non_null(line);
	memset(line, 'x', length);
	memcpy(line, start, sizeof(start) - 1);
	memcpy(line + length - 2, "\"}", 2);
	return (struct bytes){line, length};
}

/* A line that the next stage would refuse would take the holder with it. */
TEST(details_for_which_a_line_has_no_room_are_omitted_and_the_line_stays)
{
	static const char more[] = ",\"uptime\":1";
	struct bytes fits = line_of_length(LISTENER_LINE_MAX - strlen(more));
	struct bytes too_long = line_of_length(LISTENER_LINE_MAX - strlen(more) + 1);
	struct details details = details_none;
	struct buffer text = {0};

	details.uptime = 1;
	assert_int_equal(details_append(fits, &details, &text), 0);
	assert_int_equal(text.length, LISTENER_LINE_MAX + 1);
	assert_bytes(
		bytes_skip(buffer_bytes(&text), text.length - 14), BYTES("\",\"uptime\":1}\n"));
	text.length = 0;
	assert_int_equal(details_append(too_long, &details, &text), 0);
	assert_int_equal(text.length, too_long.length + 1);
	assert_memory_equal(text.data, too_long.data, too_long.length);
	assert_int_equal(text.data[too_long.length], '\n');
	buffer_release(&text);
	free((void *)(uintptr_t)fits.data);
	free((void *)(uintptr_t)too_long.data);
}

static const char *const letters[] = {"a", "\x1b", "\xff", "\"", "\xc3\xb6", "\xf3\xa0\x80\x81"};

/* What takes most room, of each kind of letter. */
TEST(the_texts_of_a_process_take_a_limited_part_of_a_line)
{
	enum { LENGTH = 32 * 1024, ANCESTORS = 63, MOST = 24 * 1024 };
	static char text[LENGTH];
	static struct ancestor many[ANCESTORS];
	struct bytes argument = {text, LENGTH};

	for (size_t i = 0; i < COUNT(letters); i++) {
		struct details details = all;
		struct details found;
		struct buffer line = {0};

		for (size_t at = 0; at < LENGTH; at++)
			text[at] = letters[i][at % strlen(letters[i])];
		for (size_t at = 0; at < ANCESTORS; at++)
			many[at] = (struct ancestor){4194304, argument};
		details.arguments = &argument;
		details.argument_count = 1;
		details.executable = details.directory = argument;
		details.ancestors = many;
		details.ancestor_count = ANCESTORS;
		details.unit.name = details.unit.restart = argument;
		details.container = (struct container){argument, argument, argument, argument, 80};
		details.remedy.why = argument;
		assert_int_equal(details_append(BYTES("{" LISTENER "}"), &details, &line), 0);
		assert_true(line.length < MOST);
		found = decode((struct bytes){line.data, line.length - 1});
		assert_true(bytes_end_with(found.arguments[0], BYTES("…")));
		assert_true(bytes_end_with(found.executable, BYTES("…")));
		assert_true(bytes_end_with(found.ancestors[ANCESTORS - 1].command, BYTES("…")));
		assert_true(bytes_end_with(found.remedy.why, BYTES("…")));
		assert_bytes(found.remedy.command, all.remedy.command);
		details_release(&found);
		buffer_release(&line);
	}
}

TEST(of_too_many_arguments_the_first_are_there_and_that_there_are_more)
{
	enum { MANY = 2000 };
	static struct bytes many[MANY];
	struct details details = details_none;
	struct details found;
	struct buffer line = {0};

	for (size_t i = 0; i < MANY; i++)
		many[i] = BYTES("abc");
	details.arguments = many;
	details.argument_count = MANY;
	assert_int_equal(details_append(BYTES("{" LISTENER "}"), &details, &line), 0);
	found = decode((struct bytes){line.data, line.length - 1});
	/* Each takes six bytes of 4096. */
	assert_int_equal(found.argument_count, 683);
	for (size_t i = 0; i + 1 < found.argument_count; i++)
		assert_bytes(found.arguments[i], BYTES("abc"));
	assert_bytes(found.arguments[found.argument_count - 1], BYTES("…"));
	details_release(&found);
	buffer_release(&line);
}

TEST(a_text_that_fits_is_whole)
{
	static char text[1025];
	struct details details = details_none;
	struct details found;
	struct buffer line = {0};

	memset(text, 'a', sizeof(text));
	details.directory = (struct bytes){text, 1024};
	details.executable = (struct bytes){text, 1025};
	assert_int_equal(details_append(BYTES("{" LISTENER "}"), &details, &line), 0);
	found = decode((struct bytes){line.data, line.length - 1});
	assert_bytes(found.directory, details.directory);
	assert_int_equal(found.executable.length, 1024);
	assert_memory_equal(found.executable.data, text, 1021);
	assert_true(bytes_end_with(found.executable, BYTES("a…")));
	details_release(&found);
	buffer_release(&line);
}

TEST(a_command_that_is_too_long_to_be_pasted_is_omitted_and_never_cut)
{
	static char text[REMEDY_COMMAND_MAX + 1];
	struct details details = details_none;
	struct details found;

	memset(text, 'a', sizeof(text));
	details.remedy = (struct remedy){
		VERDICT_STOP, {text, sizeof(text) - 1}, TEXT("it restarts")};
	for (size_t more = 0; more < 2; more++) {
		struct buffer line = {0};

		details.remedy.command.length += more;
		assert_int_equal(details_append(BYTES("{" LISTENER "}"), &details, &line), 0);
		found = decode((struct bytes){line.data, line.length - 1});
		assert_bytes(
			found.remedy.command, more ? (struct bytes){0} : details.remedy.command);
		assert_bytes(found.remedy.why, BYTES("it restarts"));
		details_release(&found);
		buffer_release(&line);
	}
}

TEST(a_line_that_has_no_room_for_all_gets_the_remedy)
{
	static const char remedy[] = ",\"remedy\":{\"verdict\":\"stop\"}";
	struct bytes line = line_of_length(LISTENER_LINE_MAX - strlen(remedy));
	struct details details = details_none;
	struct buffer text = {0};

	details.uptime = 1;
	details.remedy.verdict = VERDICT_STOP;
	assert_int_equal(details_append(line, &details, &text), 0);
	assert_int_equal(text.length, LISTENER_LINE_MAX + 1);
	assert_bytes(bytes_skip(buffer_bytes(&text), line.length - 1),
		BYTES(",\"remedy\":{\"verdict\":\"stop\"}}\n"));
	buffer_release(&text);
	free((void *)(uintptr_t)line.data);
}

TEST(a_wrong_value_is_refused_by_its_key)
{
#define NUMBER ": it must be an integer from 0 to 9223372036854775807"
#define LIST "\"cmdline\" is "
	static const struct {
		const char *member;
		const char *why;
	} wrong[] = {
		{"\"cmdline\":null", LIST "null: it must be an array of strings, or absent"},
		{"\"cmdline\":\"a\"", LIST "\"a\": it must be an array of strings, or absent"},
		{"\"cmdline\":[\"a\",1]",
			LIST "[\"a\",1]: it must be an array of strings, or absent"},
		{"\"exe\":1", "\"exe\" is 1: it must be a string, or absent"},
		{"\"cwd\":null", "\"cwd\" is null: it must be a string, or absent"},
		{"\"started\":1.5", "\"started\" is 1.5: it must be a string, or absent"},
		{"\"uptime\":-1", "\"uptime\" is -1" NUMBER ", or absent"},
		{"\"uptime\":1.0", "\"uptime\" is 1.0" NUMBER ", or absent"},
		{"\"uptime\":\"1\"", "\"uptime\" is \"1\"" NUMBER ", or absent"},
		{"\"ppid\":null", "\"ppid\" is null" NUMBER ", or absent"},
		{"\"ancestors\":{}",
			"\"ancestors\" is {}: it must be an array of objects, or absent"},
		{"\"ancestors\":[1]", "\"ancestors[]\" is 1: it must be an object"},
		{"\"ancestors\":[{\"command\":null}]", "\"ancestors[].pid\" is missing" NUMBER},
		{"\"ancestors\":[{\"pid\":-1,\"command\":null}]",
			"\"ancestors[].pid\" is -1" NUMBER},
		{"\"ancestors\":[{\"pid\":1}]",
			"\"ancestors[].command\" is missing: it must be a string or null"},
		{"\"ancestors\":[{\"pid\":1,\"command\":2}]",
			"\"ancestors[].command\" is 2: it must be a string or null"},
		{"\"unit\":\"a\"", "\"unit\" is \"a\": it must be an object, or absent"},
		{"\"unit\":{\"manager\":\"user\"}",
			"\"unit.name\" is missing: it must be a string"},
		{"\"unit\":{\"name\":\"a\"}",
			"\"unit.manager\" is missing: it must be \"system\" or \"user\""},
		{"\"unit\":{\"name\":\"a\",\"manager\":\"users\"}",
			"\"unit.manager\" is \"users\": it must be \"system\" or \"user\""},
		{"\"unit\":{\"name\":\"a\",\"manager\":\"user\",\"restart\":null}",
			"\"unit.restart\" is null: it must be a string, or absent"},
		{"\"container\":[]", "\"container\" is []: it must be an object, or absent"},
		{"\"container\":{}", "\"container.runtime\" is missing: it must be a string"},
		{"\"container\":{\"runtime\":\"a\",\"id\":1}",
			"\"container.id\" is 1: it must be a string, or absent"},
		{"\"container\":{\"runtime\":\"a\",\"name\":1}",
			"\"container.name\" is 1: it must be a string, or absent"},
		{"\"container\":{\"runtime\":\"a\",\"address\":1}",
			"\"container.address\" is 1: it must be a string, or absent"},
		{"\"container\":{\"runtime\":\"a\",\"port\":\"80\"}",
			"\"container.port\" is \"80\"" NUMBER ", or absent"},
		{"\"remedy\":true", "\"remedy\" is true: it must be an object, or absent"},
		{"\"remedy\":{}",
			"\"remedy.verdict\" is missing: it must be \"kill\", \"stop\" or "
			"\"unknown\""},
		{"\"remedy\":{\"verdict\":\"\"}",
			"\"remedy.verdict\" is \"\": it must be \"kill\", \"stop\" or \"unknown\""},
		{"\"remedy\":{\"verdict\":\"kill\",\"command\":[]}",
			"\"remedy.command\" is []: it must be a string, or absent"},
		{"\"remedy\":{\"verdict\":\"kill\",\"why\":0}",
			"\"remedy.why\" is 0: it must be a string, or absent"},
		/* The first that is wrong is said. */
		{"\"remedy\":1,\"uptime\":-1,\"exe\":2",
			"\"exe\" is 2: it must be a string, or absent"},
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct details untouched = {.uptime = 7};
		struct listener_problem problem;
		char line[1024];
		int length = snprintf(line, sizeof(line), "{" LISTENER ",%s}", wrong[i].member);

		assert_case(bytes_of(wrong[i].member),
			details_decode(
				(struct bytes){line, (size_t)length}, NULL, &untouched, &problem),
			-EINVAL);
		assert_text(problem.text, wrong[i].why);
		assert_int_equal(untouched.uptime, 7);
	}
}

/* Kept for a while beside each other, as pf-render keeps rows. */
TEST(what_was_released_says_nothing_and_leaves_others_alone)
{
	struct details first = decode(BYTES("{" LISTENER ",\"cwd\":\"/one\"}"));
	struct details second = decode(BYTES("{" LISTENER ",\"cwd\":\"/two\"}"));

	details_release(&first);
	check_equal(&first, &details_none);
	assert_bytes(second.directory, BYTES("/two"));
	details_release(&second);
	details_release(&second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_detail_becomes_a_key_in_the_order_of_the_manual),
		cmocka_unit_test(each_detail_is_read_as_it_was_written),
		cmocka_unit_test(what_is_unknown_is_no_key_and_no_key_is_unknown),
		cmocka_unit_test(an_empty_list_and_an_empty_text_are_known),
		cmocka_unit_test(the_least_of_each_object_is_enough),
		cmocka_unit_test(a_key_that_a_collector_has_written_stays_and_is_written_once),
		cmocka_unit_test(the_bytes_of_a_line_stay_as_they_are),
		cmocka_unit_test(
			no_text_of_a_process_ends_a_string_or_a_line_or_controls_a_terminal),
		cmocka_unit_test(
			details_for_which_a_line_has_no_room_are_omitted_and_the_line_stays),
		cmocka_unit_test(the_texts_of_a_process_take_a_limited_part_of_a_line),
		cmocka_unit_test(of_too_many_arguments_the_first_are_there_and_that_there_are_more),
		cmocka_unit_test(a_text_that_fits_is_whole),
		cmocka_unit_test(a_command_that_is_too_long_to_be_pasted_is_omitted_and_never_cut),
		cmocka_unit_test(a_line_that_has_no_room_for_all_gets_the_remedy),
		cmocka_unit_test(a_wrong_value_is_refused_by_its_key),
		cmocka_unit_test(what_was_released_says_nothing_and_leaves_others_alone),
	};

	return cmocka_run_group_tests_name("details", tests, NULL, NULL);
}
