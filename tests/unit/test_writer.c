#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/writer.h"
#include "os/os.h"
#include "unit.h"

const char program_name[] = "test";

static int open_full_disk(void)
{
	int fd = open("/dev/full", O_WRONLY);

	if (fd < 0)
		skip();
	return fd;
}

static struct buffer content_of(FILE *file)
{
	struct buffer content = {0};
	long count;

	assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
	do {
		assert_int_equal(buffer_reserve(&content, 65536), 0);
		count = os_read(fileno(file), content.data + content.length, 65536);
		assert_true(count >= 0);
		content.length += (size_t)count;
	} while (count);
	return content;
}

TEST(all_that_was_put_arrives_once_and_in_order)
{
	enum { LINES = 50000 };
	FILE *file = tmpfile();
	struct writer writer = {.fd = fileno(file)};
	struct buffer expected = {0};
	struct buffer found;

	for (int i = 0; i < LINES; i++) {
		char line[16];

		snprintf(line, sizeof(line), "%d\n", i);
		assert_int_equal(writer_put(&writer, bytes_of(line)), 0);
		assert_int_equal(buffer_append_text(&expected, line), 0);
	}
	assert_int_equal(writer_put(&writer, BYTES("a\0b")), 0);
	assert_int_equal(writer_put(&writer, BYTES("")), 0);
	assert_int_equal(buffer_append(&expected, "a\0b", 3), 0);
	assert_int_equal(writer_flush(&writer), 0);
	assert_int_equal(writer_flush(&writer), 0);
	found = content_of(file);
	assert_int_equal(found.length, expected.length);
	assert_memory_equal(found.data, expected.data, expected.length);
	buffer_release(&found);
	buffer_release(&expected);
	writer_release(&writer);
	fclose(file);
}

TEST(nothing_to_write_is_no_error)
{
	struct writer writer = {.fd = -1};

	assert_int_equal(writer_flush(&writer), 0);
	assert_int_equal(writer_put(&writer, BYTES("")), 0);
	assert_int_equal(writer_flush(&writer), 0);
	writer_release(&writer);
}

TEST(a_full_disk_is_an_error_again_and_again)
{
	struct writer writer = {.fd = open_full_disk()};

	assert_int_equal(writer_put(&writer, BYTES("line\n")), 0);
	assert_int_equal(writer_flush(&writer), -ENOSPC);
	assert_int_equal(writer_put(&writer, BYTES("line\n")), -ENOSPC);
	assert_int_equal(writer_flush(&writer), -ENOSPC);
	assert_int_equal(writer.error, -ENOSPC);
	writer_release(&writer);
	close(writer.fd);
}

TEST(a_full_disk_is_found_out_before_the_end_of_a_long_output)
{
	static const char block[4096] = {' '};
	struct writer writer = {.fd = open_full_disk()};
	int status = 0;

	for (int i = 0; i < 1024 && !status; i++)
		status = writer_put(&writer, (struct bytes){block, sizeof(block)});
	assert_int_equal(status, -ENOSPC);
	for (int i = 0; i < 1024; i++)
		assert_int_equal(
			writer_put(&writer, (struct bytes){block, sizeof(block)}), -ENOSPC);
	assert_true(writer.buffer.capacity <= 1024 * 1024);
	writer_release(&writer);
	close(writer.fd);
}

TEST(after_an_error_later_bytes_go_nowhere)
{
	FILE *file = tmpfile();
	struct writer writer = {.fd = -1};
	struct buffer found;

	assert_int_equal(writer_put(&writer, BYTES("lost\n")), 0);
	assert_int_equal(writer_flush(&writer), -EBADF);
	writer.fd = fileno(file);
	assert_int_equal(writer_put(&writer, BYTES("half of an output\n")), -EBADF);
	assert_int_equal(writer_flush(&writer), -EBADF);
	found = content_of(file);
	assert_int_equal(found.length, 0);
	buffer_release(&found);
	writer_release(&writer);
	fclose(file);
}

TEST(a_reader_that_went_away_is_distinguished_and_kills_nobody)
{
	struct writer writer;
	int ends[2];

	os_prepare_process(NULL, NULL);
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	writer = (struct writer){.fd = ends[1]};
	assert_int_equal(writer_put(&writer, BYTES("line\n")), 0);
	assert_int_equal(writer_flush(&writer), -EPIPE);
	assert_int_equal(writer_put(&writer, BYTES("line\n")), -EPIPE);
	assert_int_equal(writer_flush(&writer), -EPIPE);
	writer_release(&writer);
	close(ends[1]);
}

/* Whoever shares the other end's descriptor may have set O_NONBLOCK for us, too. */
TEST(a_descriptor_that_does_not_wait_is_waited_for)
{
	enum { SIZE = 1 << 20 }; /* many times what a pipe holds */
	static char sent[SIZE];
	static char received[SIZE + 1];
	int there[2];
	int back[2];
	long count;
	pid_t child;

	for (int i = 0; i < SIZE; i++)
		sent[i] = (char)(i * 7);
	assert_int_equal(pipe(there), 0);
	assert_int_equal(pipe(back), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		/* It has read all before it writes any. */
		close(back[0]);
		close(there[1]);
		for (size_t length = 0;
			(count = read(there[0], received + length, SIZE - length)) > 0;)
			length += (size_t)count;
		_exit(os_write_all(back[1], received, SIZE) ? 1 : 0);
	}
	close(there[0]);
	close(back[1]);
	assert_int_equal(fcntl(there[1], F_SETFL, O_NONBLOCK), 0);
	assert_int_equal(fcntl(back[0], F_SETFL, O_NONBLOCK), 0);
	assert_int_equal(os_write_all(there[1], sent, SIZE), 0);
	close(there[1]);
	for (size_t length = 0; length < SIZE; length += (size_t)count) {
		count = os_read(back[0], received + length, SIZE - length);
		assert_true(count > 0);
	}
	assert_int_equal(os_read(back[0], received + SIZE, 1), 0);
	assert_memory_equal(received, sent, SIZE);
	close(back[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_was_put_arrives_once_and_in_order),
		cmocka_unit_test(nothing_to_write_is_no_error),
		cmocka_unit_test(a_full_disk_is_an_error_again_and_again),
		cmocka_unit_test(a_full_disk_is_found_out_before_the_end_of_a_long_output),
		cmocka_unit_test(after_an_error_later_bytes_go_nowhere),
		cmocka_unit_test(a_reader_that_went_away_is_distinguished_and_kills_nobody),
		cmocka_unit_test(a_descriptor_that_does_not_wait_is_waited_for),
	};

	return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
