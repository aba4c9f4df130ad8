#include "stream/listener_input.h"

#include <errno.h>
#include <unistd.h>

#include "cli/diag.h"
#include "cli/exit_status.h"
#include "os/os.h"
#include "rows.h"
#include "unit.h"

const char program_name[] = "test";

#define LINE(port, more)                                                                           \
	"{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":" port            \
	",\"pid\":null,\"uid\":null,\"command\":\"c" port "\",\"user\":null" more "}"

/* Standard error goes into a file between the two. */
struct capture {
	FILE *file;
	int saved;
};

static struct capture capture_start(void)
{
	struct capture capture = {.file = tmpfile(), .saved = dup(OS_STDERR)};

	assert_non_null(capture.file);
	assert_true(capture.saved >= 0);
	assert_int_equal(dup2(fileno(capture.file), OS_STDERR), OS_STDERR);
	return capture;
}

static void capture_end(struct capture *capture, struct bytes expected)
{
	char said[8192];
	size_t length;

	assert_int_equal(dup2(capture->saved, OS_STDERR), OS_STDERR);
	close(capture->saved);
	rewind(capture->file);
	length = fread(said, 1, sizeof(said), capture->file);
	fclose(capture->file);
	assert_bytes(((struct bytes){said, length}), expected);
}
#define capture_end(...) UNIT_AT(capture_end(__VA_ARGS__))

static FILE *file_of(struct bytes content)
{
	FILE *file = tmpfile();

	assert_non_null(file);
	assert_int_equal(fwrite(content.data, 1, content.length, file), content.length);
	return file;
}

static struct listener_input input_of(FILE *file)
{
	assert_int_equal(fflush(file), 0);
	assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
	return (struct listener_input){.reader.fd = fileno(file)};
}

TEST(malformed_lines_are_named_by_number_and_the_good_ones_are_kept)
{
	FILE *file = file_of(BYTES(LINE("1", "") "\n\n\x1b[2J\n" LINE("0", "") "\n"));
	struct listener_input input;
	struct capture capture;
	struct rows rows = {.keep = KEEP_LINES};

	for (size_t i = 0; i <= LISTENER_LINE_MAX; i++)
		putc('x', file);
	fputs("\n" LINE("2", "") "\n{", file);
	input = input_of(file);
	capture = capture_start();
	assert_int_equal(rows_read(&rows, &input), 0);
	capture_end(&capture,
		BYTES("test: line 2: not JSON: '[' or '{' expected near end of file (column 0)\n"
		      "test: line 3: not JSON: '[' or '{' expected near '\\x1b' (column 1)\n"
		      "test: line 4: \"port\" is 0: it must be an integer from 1 to 65535\n"
		      "test: line 5: longer than 1 MiB\n"
		      "test: line 7: not JSON: string or '}' expected near end of file "
		      "(column 1)\n"));
	assert_int_equal(rows.count, 2);
	assert_bytes(rows.items[0].line, BYTES(LINE("1", "")));
	assert_bytes(rows.items[1].line, BYTES(LINE("2", "")));
	assert_int_equal(input.count, 2);
	assert_int_equal(listener_input_status(&input), EXIT_ERROR);
	rows_release(&rows);
	listener_input_release(&input);
	fclose(file);
}

TEST(the_exit_status_tells_matched_from_nothing_matched)
{
	FILE *file = file_of(BYTES(LINE("1", "")));
	struct listener_input input = input_of(file);
	struct rows rows = {.keep = KEEP_NAMES};
	struct capture capture = capture_start();

	assert_int_equal(listener_input_status(&input), EXIT_NO_MATCH);
	assert_int_equal(rows_read(&rows, &input), 0);
	assert_int_equal(listener_input_status(&input), EXIT_MATCHED);
	capture_end(&capture, BYTES(""));
	rows_release(&rows);
	listener_input_release(&input);
	fclose(file);
}

TEST(input_that_cannot_be_read_is_an_error_and_not_the_end)
{
	struct listener_input input = {.reader.fd = -1};
	struct capture capture = capture_start();
	struct listener listener;
	struct bytes line;

	assert_false(listener_input_next(&input, &line, &listener));
	capture_end(&capture, BYTES("test: standard input: Bad file descriptor\n"));
	assert_int_equal(listener_input_status(&input), EXIT_ERROR);
	listener_input_release(&input);
}

/* Equal ones keep the order of the stream; the lines stay as they were, unknown keys and all. */
TEST(rows_are_sorted_and_each_keeps_its_line)
{
	static const struct bytes sorted[] = {TEXT(LINE("80", ",\"x\":0.10")),
		TEXT(LINE("80", ",\"x\":1")), TEXT(LINE("80", ",\"x\":2")), TEXT(LINE("443", "")),
		TEXT(LINE("3000", ""))};
	static const size_t order[] = {4, 0, 1, 3, 2};
	FILE *file = file_of(BYTES(""));
	struct rows rows = {.keep = KEEP_LINES};
	struct listener_input input;

	for (size_t i = 0; i < COUNT(order); i++)
		fprintf(file, "%s\n", sorted[order[i]].data);
	input = input_of(file);
	rows_sort(&rows);
	assert_int_equal(rows_read(&rows, &input), 0);
	rows_sort(&rows);
	assert_int_equal(rows.count, COUNT(sorted));
	for (size_t i = 0; i < COUNT(sorted); i++)
		assert_bytes(rows.items[i].line, sorted[i]);
	rows_release(&rows);
	listener_input_release(&input);
	fclose(file);
}

TEST(a_thousand_rows_keep_their_names_after_the_stream_is_gone)
{
	FILE *file = file_of(BYTES(""));
	struct rows rows = {.keep = KEEP_NAMES};
	struct listener_input input;

	for (unsigned port = 1000; port; port--)
		fprintf(file,
			"{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":"
			"%u,\"pid\":null,\"uid\":null,\"command\":\"c%u\",\"user\":\"\"}\n",
			port, port);
	input = input_of(file);
	assert_int_equal(rows_read(&rows, &input), 0);
	listener_input_release(&input);
	fclose(file);
	rows_sort(&rows);
	assert_int_equal(rows.count, 1000);
	for (unsigned i = 0; i < 1000; i++) {
		char name[16];

		snprintf(name, sizeof(name), "c%u", i + 1);
		assert_int_equal(rows.items[i].listener.port, i + 1);
		assert_bytes(rows.items[i].listener.command, bytes_of(name));
		assert_bytes(rows.items[i].listener.user, BYTES(""));
	}
	rows_release(&rows);
}

TEST(a_message_is_one_line_and_is_safe_for_a_terminal)
{
	struct capture capture = capture_start();

	diag("%s: %s", "a\nb\x1b[2J\xff", diag_error(-ENOENT));
	diag_to_terminal("nobody reads this");
	capture_end(&capture, BYTES("test: a\\x0ab\\x1b[2J\\xff: No such file or directory\n"));
}

TEST(a_message_that_is_too_long_is_cut_and_still_ends_its_line)
{
	struct capture capture = capture_start();
	char expected[6 + 2047 + 1];
	char text[5000];

	memset(text, 'x', sizeof(text));
	diag("%.*s", (int)sizeof(text), text);
	memcpy(expected, "test: ", 6);
	memset(expected + 6, 'x', 2047);
	expected[sizeof(expected) - 1] = '\n';
	capture_end(&capture, (struct bytes){expected, sizeof(expected)});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(malformed_lines_are_named_by_number_and_the_good_ones_are_kept),
		cmocka_unit_test(the_exit_status_tells_matched_from_nothing_matched),
		cmocka_unit_test(input_that_cannot_be_read_is_an_error_and_not_the_end),
		cmocka_unit_test(rows_are_sorted_and_each_keeps_its_line),
		cmocka_unit_test(a_thousand_rows_keep_their_names_after_the_stream_is_gone),
		cmocka_unit_test(a_message_is_one_line_and_is_safe_for_a_terminal),
		cmocka_unit_test(a_message_that_is_too_long_is_cut_and_still_ends_its_line),
	};

	return cmocka_run_group_tests_name("stage", tests, NULL, NULL);
}
