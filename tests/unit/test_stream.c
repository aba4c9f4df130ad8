#include "cli/line_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "os/os.h"
#include "stream/listener.h"
#include "unit.h"

const char program_name[] = "test";

/* A reader of a file that is gone from its directory already. */
static struct line_reader reader_of(FILE *file)
{
	assert_int_equal(fflush(file), 0);
	assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
	return (struct line_reader){.fd = fileno(file)};
}

static FILE *file_of(struct bytes content)
{
	FILE *file = tmpfile();

	assert_non_null(file);
	assert_int_equal(fwrite(content.data, 1, content.length, file), content.length);
	return file;
}

static void put_many(FILE *file, char byte, size_t count)
{
	char block[4096];

	memset(block, byte, sizeof(block));
	while (count) {
		size_t size = count < sizeof(block) ? count : sizeof(block);

		assert_int_equal(fwrite(block, 1, size, file), size);
		count -= size;
	}
}
#define put_many(...) UNIT_AT(put_many(__VA_ARGS__))

/* The next line must be this one, and have this number. */
static void expect_line(struct line_reader *reader, size_t number, struct bytes expected)
{
	struct bytes line;

	assert_int_equal(line_reader_next(reader, &line), 1);
	assert_bytes(line, expected);
	assert_int_equal(reader->line_number, number);
}
#define expect_line(...) UNIT_AT(expect_line(__VA_ARGS__))

static void expect_end(struct line_reader *reader)
{
	struct bytes line;

	assert_int_equal(line_reader_next(reader, &line), 0);
	assert_int_equal(line_reader_next(reader, &line), 0);
}
#define expect_end(...) UNIT_AT(expect_end(__VA_ARGS__))

static void expect_too_long(struct line_reader *reader, size_t number)
{
	struct bytes line;

	assert_int_equal(line_reader_next(reader, &line), -EMSGSIZE);
	assert_int_equal(reader->line_number, number);
}
#define expect_too_long(...) UNIT_AT(expect_too_long(__VA_ARGS__))

TEST(every_line_is_given_empty_ones_and_nul_bytes_included)
{
	FILE *file = file_of(BYTES("one\n\n\n\0two\0\n\r\nlast\n"));
	struct line_reader reader = reader_of(file);

	expect_line(&reader, 1, BYTES("one"));
	expect_line(&reader, 2, BYTES(""));
	expect_line(&reader, 3, BYTES(""));
	expect_line(&reader, 4, BYTES("\0two\0"));
	expect_line(&reader, 5, BYTES("\r"));
	expect_line(&reader, 6, BYTES("last"));
	expect_end(&reader);
	line_reader_release(&reader);
	fclose(file);
}

TEST(a_last_line_without_a_newline_is_given)
{
	FILE *file = file_of(BYTES("one\nlast"));
	struct line_reader reader = reader_of(file);

	expect_line(&reader, 1, BYTES("one"));
	expect_line(&reader, 2, BYTES("last"));
	expect_end(&reader);
	line_reader_release(&reader);
	fclose(file);
}

TEST(no_input_is_no_line)
{
	FILE *file = file_of(BYTES(""));
	struct line_reader reader = reader_of(file);

	expect_end(&reader);
	assert_int_equal(reader.line_number, 0);
	line_reader_release(&reader);
	fclose(file);
}

/* A socket of datagrams keeps each write apart, and an empty one reads as the end. */
static void open_datagrams(int ends[2])
{
	assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends), 0);
}
#define open_datagrams(...) UNIT_AT(open_datagrams(__VA_ARGS__))

static void put_datagram(int end, const char *text)
{
	assert_int_equal(send(end, text, strlen(text), 0), strlen(text));
}
#define put_datagram(...) UNIT_AT(put_datagram(__VA_ARGS__))

TEST(a_line_that_arrives_in_pieces_is_whole)
{
	static const char *const pieces[] = {"on", "e", "\n", "\ntw", "o\nthree\nfo", "ur", ""};
	struct line_reader reader;
	int ends[2];

	open_datagrams(ends);
	for (size_t i = 0; i < COUNT(pieces); i++)
		put_datagram(ends[1], pieces[i]);
	reader = (struct line_reader){.fd = ends[0]};
	expect_line(&reader, 1, BYTES("one"));
	expect_line(&reader, 2, BYTES(""));
	expect_line(&reader, 3, BYTES("two"));
	expect_line(&reader, 4, BYTES("three"));
	expect_line(&reader, 5, BYTES("four"));
	expect_end(&reader);
	line_reader_release(&reader);
	close(ends[0]);
	close(ends[1]);
}

/* What the one who is called before each wait writes: the writer, who else would never come. */
struct waiting {
	int end;
	const char *const *pieces; /* up to NULL */
	size_t count;
};

static bool put_next_piece(void *context)
{
	struct waiting *waiting = context;

	waiting->count++;
	if (!*waiting->pieces)
		return false;
	put_datagram(waiting->end, *waiting->pieces++);
	return true;
}

static void expect_line_after(
	struct line_reader *reader, size_t number, struct bytes expected, size_t waits)
{
	expect_line(reader, number, expected);
	assert_int_equal(((struct waiting *)reader->context)->count, waits);
}
#define expect_line_after(...) UNIT_AT(expect_line_after(__VA_ARGS__))

TEST(what_is_held_back_can_be_passed_on_before_each_wait_and_only_then)
{
	static const char *const pieces[] = {"on", "e\ntwo\nth", "", NULL};
	struct waiting waiting = {.pieces = pieces};
	struct line_reader reader = {.before_wait = put_next_piece, .context = &waiting};
	int ends[2];

	open_datagrams(ends);
	reader.fd = ends[0];
	waiting.end = ends[1];
	put_datagram(ends[1], "zero\n");
	put_datagram(ends[1], "half\n");
	expect_line_after(&reader, 1, BYTES("zero"), 0);
	expect_line_after(&reader, 2, BYTES("half"), 0);
	expect_line_after(&reader, 3, BYTES("one"), 2);
	expect_line_after(&reader, 4, BYTES("two"), 2);
	expect_line_after(&reader, 5, BYTES("th"), 3);
	expect_end(&reader);
	assert_int_equal(waiting.count, 3);
	line_reader_release(&reader);
	close(ends[0]);
	close(ends[1]);
}

TEST(reading_ends_where_nobody_needs_more)
{
	static const char *const pieces[] = {"one\n", NULL};
	struct waiting waiting = {.pieces = pieces};
	struct line_reader reader = {.before_wait = put_next_piece, .context = &waiting};
	struct bytes line;
	int ends[2];

	open_datagrams(ends);
	reader.fd = ends[0];
	waiting.end = ends[1];
	expect_line_after(&reader, 1, BYTES("one"), 1);
	assert_int_equal(line_reader_next(&reader, &line), -ECANCELED);
	line_reader_release(&reader);
	close(ends[0]);
	close(ends[1]);
}

TEST(a_line_of_1_mib_passes_and_a_longer_one_costs_only_itself)
{
	static const size_t lengths[] = {LISTENER_LINE_MAX - 1, LISTENER_LINE_MAX,
		LISTENER_LINE_MAX + 1, LISTENER_LINE_MAX + 64 * 1024, 5 * LISTENER_LINE_MAX + 7};

	for (size_t i = 0; i < COUNT(lengths); i++) {
		FILE *file = file_of(BYTES("before\n"));
		struct line_reader reader;
		struct bytes line;

		put_many(file, 'x', lengths[i]);
		assert_true(fputs("\nafter\n\nlast", file) >= 0);
		reader = reader_of(file);
		expect_line(&reader, 1, BYTES("before"));
		if (lengths[i] > LISTENER_LINE_MAX) {
			expect_too_long(&reader, 2);
		} else {
			assert_int_equal(line_reader_next(&reader, &line), 1);
			assert_int_equal(line.length, lengths[i]);
			for (size_t at = 0; at < line.length; at++)
				assert_int_equal(line.data[at], 'x');
		}
		expect_line(&reader, 3, BYTES("after"));
		expect_line(&reader, 4, BYTES(""));
		expect_line(&reader, 5, BYTES("last"));
		expect_end(&reader);
		line_reader_release(&reader);
		fclose(file);
	}
}

TEST(a_last_line_that_is_too_long_is_an_error_even_without_a_newline)
{
	for (size_t extra = 0; extra < 2; extra++) {
		FILE *file = file_of(BYTES(""));
		struct line_reader reader;
		struct bytes line;

		put_many(file, 'x', LISTENER_LINE_MAX + extra);
		reader = reader_of(file);
		assert_int_equal(line_reader_next(&reader, &line), extra ? -EMSGSIZE : 1);
		expect_end(&reader);
		line_reader_release(&reader);
		fclose(file);
	}
}

TEST(two_lines_that_are_too_long_are_two_errors)
{
	FILE *file = file_of(BYTES(""));
	struct line_reader reader;

	put_many(file, 'x', 2 * LISTENER_LINE_MAX);
	put_many(file, '\n', 1);
	put_many(file, 'y', LISTENER_LINE_MAX + 1);
	put_many(file, '\n', 1);
	reader = reader_of(file);
	expect_too_long(&reader, 1);
	expect_too_long(&reader, 2);
	expect_end(&reader);
	line_reader_release(&reader);
	fclose(file);
}

TEST(a_line_without_an_end_does_not_fill_the_memory)
{
	FILE *file = file_of(BYTES(""));
	struct line_reader reader;

	put_many(file, 'x', 32 * LISTENER_LINE_MAX);
	reader = reader_of(file);
	expect_too_long(&reader, 1);
	assert_true(reader.buffer.capacity <= 4 * LISTENER_LINE_MAX);
	line_reader_release(&reader);
	fclose(file);
}

TEST(reading_that_fails_is_an_error_and_not_the_end)
{
	struct line_reader reader = {.fd = -1};
	int directory = open("/", O_RDONLY | O_DIRECTORY);
	struct bytes line;

	assert_int_equal(line_reader_next(&reader, &line), -EBADF);
	line_reader_release(&reader);
	assert_true(directory >= 0);
	reader = (struct line_reader){.fd = directory};
	assert_int_equal(line_reader_next(&reader, &line), -EISDIR);
	assert_int_equal(reader.line_number, 0);
	line_reader_release(&reader);
	close(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_is_given_empty_ones_and_nul_bytes_included),
		cmocka_unit_test(a_last_line_without_a_newline_is_given),
		cmocka_unit_test(no_input_is_no_line),
		cmocka_unit_test(a_line_that_arrives_in_pieces_is_whole),
		cmocka_unit_test(what_is_held_back_can_be_passed_on_before_each_wait_and_only_then),
		cmocka_unit_test(reading_ends_where_nobody_needs_more),
		cmocka_unit_test(a_line_of_1_mib_passes_and_a_longer_one_costs_only_itself),
		cmocka_unit_test(a_last_line_that_is_too_long_is_an_error_even_without_a_newline),
		cmocka_unit_test(two_lines_that_are_too_long_are_two_errors),
		cmocka_unit_test(a_line_without_an_end_does_not_fill_the_memory),
		cmocka_unit_test(reading_that_fails_is_an_error_and_not_the_end),
	};

	return cmocka_run_group_tests_name("stream", tests, NULL, NULL);
}
