#include "tasklist.h"

#include "unit.h"

const char program_name[] = "test";

/* What a text gives, one line a row that isn't skipped. To be freed. */
static char *told(struct bytes text)
{
	char *alone = unit_alone(text);
	struct tasklist_reader reader = {.rest = {alone, text.length}};
	struct buffer all = {0};

	while (reader.rest.data) {
		struct tasklist_row row = {BYTES("untouched"), -7};
		const char *why = NULL;
		enum parse_result result = tasklist_next(&reader, &row, &why);
		char number[64];

		assert_case(text, !why, result != PARSE_MALFORMED);
		assert_case(text, row.pid == -7, result != PARSE_RECORD);
		if (result == PARSE_SKIP)
			continue;
		snprintf(number, sizeof(number), "%zu: ", reader.line_number);
		buffer_append_text(&all, number);
		if (result == PARSE_RECORD) {
			snprintf(number, sizeof(number), "%lld ", (long long)row.pid);
			buffer_append_text(&all, number);
			assert_int_equal(tasklist_append_name(&all, row.name), 0);
		} else {
			buffer_append_text(&all, why);
		}
		buffer_append_byte(&all, '\n');
	}
	free(alone);
	buffer_append_byte(&all, '\0');
	return all.data;
}

static void check(struct bytes text, const char *expected)
{
	char *found = told(text);

	if (strcmp(found, expected) != 0)
		unit_print("of the text", text);
	assert_text(found, expected);
	free(found);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

#define CHECK(text, expected) check(BYTES(text), expected)

TEST(each_process_is_named)
{
	CHECK("\"System Idle Process\",\"0\",\"Services\",\"0\",\"8 K\"\r\n"
	      "\"System\",\"4\",\"Services\",\"0\",\"144 K\"\r\n"
	      "\"svchost.exe\",\"1712\",\"Services\",\"0\",\"10,024 K\"\r\n"
	      "\"node.exe\",\"4294967295\",\"Console\",\"1\",\"1,100,032 K\"\r\n",
		"1: 0 System Idle Process\n2: 4 System\n3: 1712 svchost.exe\n"
		"4: 4294967295 node.exe\n");
}

TEST(the_last_row_needs_no_line_end_and_lines_may_end_in_lf)
{
	CHECK("\"a.exe\",\"1\",\"C\",\"1\",\"4 K\"\n\"b.exe\",\"2\",\"C\",\"1\",\"4 K\"",
		"1: 1 a.exe\n2: 2 b.exe\n");
	CHECK("\"a.exe\",\"1\",\"C\",\"1\",\"4 K\"\r", "1: 1 a.exe\n");
	CHECK("", "");
}

TEST(the_memory_may_be_written_in_any_language)
{
	static const struct bytes memories[] = {TEXT("100,032 K"), TEXT("26.628 K"),
		TEXT("84 496 Ko"),
		TEXT("84\xff"
		     "496 Ko"),
		TEXT("84\xc2\xa0"
		     "496 Ko"),
		TEXT("84\xe2\x80\xaf"
		     "496 Ko"),
		TEXT("250 000 \x8a\x81"), TEXT("1'024 K"), TEXT("N/A"), TEXT("")};

	for (size_t i = 0; i < COUNT(memories); i++) {
		struct buffer text = {0};

		buffer_append_text(&text, "\"node.exe\",\"9396\",\"Console\",\"1\",\"");
		buffer_append(&text, memories[i].data, memories[i].length);
		buffer_append_text(&text, "\"\r\n");
		check(buffer_bytes(&text), "1: 9396 node.exe\n");
		buffer_release(&text);
	}
}

TEST(a_field_may_hold_commas_quotes_and_line_ends)
{
	CHECK("\"a, b.exe\",\"1\",\"C,\",\",1\",\"4,5,6 K\"\r\n", "1: 1 a, b.exe\n");
	CHECK("\"the \"\"best\"\".exe\",\"1\",\"C\",\"1\",\"4 K\"\r\n", "1: 1 the \"best\".exe\n");
	CHECK("\"\"\"\",\"1\",\"C\",\"1\",\"4 K\"\r\n", "1: 1 \"\n");
	CHECK("\"\"\"\"\"\",\"1\",\"C\",\"1\",\"4 K\"\r\n", "1: 1 \"\"\n");
	CHECK("\"\"\",\"\"\",\"1\",\"C\",\"1\",\"4 K\"\r\n", "1: 1 \",\"\n");
	CHECK("\"two\r\nlines.exe\",\"1\",\"C\",\"1\",\"4\n\nK\"\r\n\"b.exe\",\"2\",\"C\",\"1\","
	      "\"4 "
	      "K\"\r\n",
		"1: 1 two\r\nlines.exe\n5: 2 b.exe\n");
}

TEST(names_are_bytes_of_any_code_page)
{
	CHECK("\"B\x81ro.exe\",\"1\",\"C\",\"1\",\"4 K\"", "1: 1 B\x81ro.exe\n");
	CHECK("\"\xc7\xd1\xb1\xdb.exe\",\"1\",\"C\",\"1\",\"4 K\"", "1: 1 \xc7\xd1\xb1\xdb.exe\n");
}

TEST(more_columns_or_fewer_behind_the_pid_are_as_good)
{
	CHECK("\"node.exe\",\"9396\",\"Console\",\"1\",\"4 K\",\"Running\",\"BOX\\alice\","
	      "\"0:00:01\",\"My \"\"app\"\", \r\n2\"\r\n\"b.exe\",\"2\",\"x\"\r\n",
		"1: 9396 node.exe\n3: 2 b.exe\n");
}

TEST(fields_without_quotes_are_read)
{
	CHECK("node.exe,9396,Console,1,4 K\r\nmy app.exe,5,Console,1,4 K\n",
		"1: 9396 node.exe\n2: 5 my app.exe\n");
	CHECK("\"node.exe\",9396,Console,1,\"4,0 K\"\r\n", "1: 9396 node.exe\n");
	CHECK("node.exe,9396,,,", "1: 9396 node.exe\n");
}

TEST(headings_of_any_language_are_no_process)
{
	CHECK("\"Image Name\",\"PID\",\"Session Name\",\"Session#\",\"Mem Usage\"\r\n"
	      "\"a.exe\",\"1\",\"C\",\"1\",\"4 K\"\r\n",
		"2: 1 a.exe\n");
	CHECK("\"Abbildname\",\"PID\",\"Sitzungsname\",\"Sitz.-Nr.\",\"Speichernutzung\"\r\n", "");
	CHECK("\"\xbf\xb5\xbb\xf3\",\"\xc7\xd1\xb1\xdb\",\"x\",\"y\",\"z\"\r\n", "");
	CHECK("Image Name,PID,Session Name,Session#,Mem Usage\r\n", "");
}

TEST(a_sentence_is_no_process)
{
	CHECK("INFO: No tasks are running which match the specified criteria.\r\n", "");
	CHECK("INFORMACI\xe0N: no hay tareas ejecut\xa0ndose que coincidan con los\r\n"
	      "criterios especificados.\r\n",
		"");
	CHECK("INFO: none, none at all, and that's all\r\n", "");
	CHECK("INFO: none, 2\r\n", "");
	CHECK("\r\n\r\n\n  \r\n", "");
}

/* What tasklist prints without /FO CSV: the memory's commas don't make it a row. */
TEST(a_table_is_not_taken_for_csv)
{
	CHECK("\r\nImage Name                     PID Session Name        Session#    Mem Usage\r\n"
	      "========================= ======== ================ =========== ============\r\n"
	      "node.exe                      9396 Console                    1    100,032 K\r\n"
	      "node.exe                      9400 Console                    1  1,100,032 K\r\n",
		"");
}

TEST(a_torn_row_is_reported_and_those_before_it_are_kept)
{
	static const char whole[] =
		"\"a.exe\",\"1\",\"C\",\"1\",\"4 K\"\r\n\"node.exe\",\"9396\",\"Con\",\"1\",\"4 "
		"K\"";
	size_t row = strlen("\"a.exe\",\"1\",\"C\",\"1\",\"4 K\"\r\n");

	CHECK("\"a.exe\",\"1\",\"C\",\"1\",\"4 K\"\r\n\"node.ex",
		"1: 1 a.exe\n2: torn, or a quote that is not closed\n");
	CHECK("\"a.exe\",\"1\",\"C\",\"1\",\"4 K\"\r\n\"node.exe\",\"93",
		"1: 1 a.exe\n2: torn, or a quote that is not closed\n");
	CHECK("\"a.exe\",\"1\",\"C\",\"1\",\"4 K\"\r\n\"node.exe\"",
		"1: 1 a.exe\n2: fewer columns than tasklist has\n");
	CHECK("\"a.exe\",\"1\",\"C\",\"1\",\"4 K\"\r\n\"node.exe\",\"9396\"",
		"1: 1 a.exe\n2: fewer columns than tasklist has\n");
	/* Wherever it is cut: never a wrong pid, never a wrong name. */
	for (size_t length = row + 1; length <= strlen(whole); length++) {
		char *found = told((struct bytes){whole, length});

		if (strncmp(found, "1: 1 a.exe\n2: ", 14) != 0)
			fail_msg("cut at %zu: %s", length, found);
		if (found[14] >= '0' && found[14] <= '9')
			assert_text(found + 14, "9396 node.exe\n");
		free(found);
	}
}

TEST(a_row_that_is_no_csv_costs_no_other_row)
{
	CHECK("\"a.exe,\"1\",\"C\",\"1\",\"4 K\"\r\n\"b.exe\",\"2\",\"C\",\"1\",\"4 K\"\r\n",
		"1: text between a closing quote and the next comma\n2: 2 b.exe\n");
	CHECK("\"a.exe\",\"1\",\"C\",\"1\",\"4 K\r\n\"b.exe\",\"2\",\"C\",\"1\",\"4 K\"\r\n",
		"1: text between a closing quote and the next comma\n2: 2 b.exe\n");
	CHECK("a\"b.exe,\"1\",\"C\",\"1\",\"4 K\"\r\n\"b.exe\",\"2\",\"C\",\"1\",\"4 K\"\r\n",
		"1: a quote in a field that is not in quotes\n2: 2 b.exe\n");
	CHECK("\"a.exe\" ,\"1\",\"C\",\"1\",\"4 K\"\r\n\"b.exe\",\"2\",\"C\",\"1\",\"4 K\"",
		"1: text between a closing quote and the next comma\n2: 2 b.exe\n");
	CHECK("\"a.exe\"\r,\"1\",\"C\",\"1\",\"4 K\"\r\n\"b.exe\",\"2\",\"C\",\"1\",\"4 K\"",
		"1: text between a closing quote and the next comma\n2: 2 b.exe\n");
	CHECK("\"\r\n\"b.exe\",\"2\",\"C\",\"1\",\"4 K\"\r\n",
		"1: text between a closing quote and the next comma\n2: 2 b.exe\n");
}

TEST(a_pid_that_is_none_is_reported)
{
	static const char *const pids[] = {"", "-1", "+1", " 1", "1 ", "0x1", "1,712", "1.712",
		"4294967296", "18446744073709551617", "1a", "a1"};

	for (size_t i = 0; i < COUNT(pids); i++) {
		char text[128];

		snprintf(text, sizeof(text), "\"a.exe\",\"%s\",\"C\",\"1\",\"4 K\"\r\n", pids[i]);
		check(bytes_of(text), "1: the pid is no integer from 0 to 4294967295\n");
	}
}

TEST(an_empty_name_is_none)
{
	CHECK("\"\",\"7\",\"C\",\"1\",\"4 K\"\r\n,8,C,1,4 K\r\n", "");
}

TEST(a_line_is_reported_by_its_number_also_behind_rows_of_several_lines)
{
	CHECK("\r\n\"a\n\n.exe\",\"1\",\"C\",\"1\",\"4 K\"\r\n\"b.exe\",\"x9\",\"C\",\"1\",\"4 "
	      "K\"\r\n\r\n\"c.ex",
		"2: 1 a\n\n.exe\n5: the pid is no integer from 0 to 4294967295\n"
		"7: torn, or a quote that is not closed\n");
}

/* Each of so many lines would be looked at again for each line before it. */
TEST(a_text_made_to_be_slow_is_not)
{
	enum { LINES = 200000 };
	static const char *const lines[] = {"\"\"\n", "\"\n", "x\",\"y\n", ",\"\"\n", "\"a\"\"\n"};

	for (size_t i = 0; i < COUNT(lines); i++) {
		struct buffer text = {0};
		struct tasklist_reader reader;
		size_t rows = 0;

		buffer_append_text(&text, "\"");
		for (size_t line = 0; line < LINES; line++)
			buffer_append_text(&text, lines[i]);
		reader = (struct tasklist_reader){.rest = buffer_bytes(&text)};
		while (reader.rest.data) {
			struct tasklist_row row;
			const char *why;

			rows += tasklist_next(&reader, &row, &why) == PARSE_RECORD;
		}
		assert_int_equal(rows, 0);
		buffer_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_process_is_named),
		cmocka_unit_test(the_last_row_needs_no_line_end_and_lines_may_end_in_lf),
		cmocka_unit_test(the_memory_may_be_written_in_any_language),
		cmocka_unit_test(a_field_may_hold_commas_quotes_and_line_ends),
		cmocka_unit_test(names_are_bytes_of_any_code_page),
		cmocka_unit_test(more_columns_or_fewer_behind_the_pid_are_as_good),
		cmocka_unit_test(fields_without_quotes_are_read),
		cmocka_unit_test(headings_of_any_language_are_no_process),
		cmocka_unit_test(a_sentence_is_no_process),
		cmocka_unit_test(a_table_is_not_taken_for_csv),
		cmocka_unit_test(a_torn_row_is_reported_and_those_before_it_are_kept),
		cmocka_unit_test(a_row_that_is_no_csv_costs_no_other_row),
		cmocka_unit_test(a_pid_that_is_none_is_reported),
		cmocka_unit_test(an_empty_name_is_none),
		cmocka_unit_test(
			a_line_is_reported_by_its_number_also_behind_rows_of_several_lines),
		cmocka_unit_test(a_text_made_to_be_slow_is_not),
	};

	return cmocka_run_group_tests_name("tasklist", tests, NULL, NULL);
}
