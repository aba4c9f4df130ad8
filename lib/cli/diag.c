#include "cli/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "os/os.h"

enum { MESSAGE_MAX = 2048 };

/* Without memory to escape the message, it can't be written safely. */
static void say_out_of_memory(void)
{
	static const char why[] = ": out of memory, and so is a message\n";

	os_write_all(OS_STDERR, program_name, strlen(program_name));
	os_write_all(OS_STDERR, why, strlen(why));
}

__attribute__((format(PF_PRINTF, 1, 0))) static void write_message(
	const char *format, va_list arguments)
{
	char message[MESSAGE_MAX];
	struct buffer safe = {0};

	vsnprintf(message, sizeof(message), format, arguments);
	if (buffer_append_text(&safe, program_name) == 0 && buffer_append_text(&safe, ": ") == 0 &&
		text_append_visible(&safe, bytes_of(message)) == 0 &&
		buffer_append_byte(&safe, '\n') == 0)
		os_write_all(OS_STDERR, safe.data, safe.length);
	else
		say_out_of_memory();
	buffer_release(&safe);
}

void diag(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_message(format, arguments);
	va_end(arguments);
}

void diag_to_terminal(const char *format, ...)
{
	va_list arguments;

	if (!os_is_terminal(OS_STDERR))
		return;
	va_start(arguments, format);
	write_message(format, arguments);
	va_end(arguments);
}

const char *diag_error(int error)
{
	if (error == -OS_NOT_PLAIN)
		return "a link or a special file, which is not followed in a capture";
	return strerror(-error);
}

void diag_unsafe_program(const char *path)
{
	diag("%s: skipped: users other than root can write to it or to a directory above it", path);
}
