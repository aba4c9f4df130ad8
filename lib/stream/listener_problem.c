#include "stream/listener_problem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

int listener_problem_set(struct listener_problem *ret_problem, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(ret_problem->text, sizeof(ret_problem->text), format, arguments);
	va_end(arguments);
	return -EINVAL;
}

/* Quotes a short value and names the type of a long one. */
static void describe(const json_t *value, char ret_text[64])
{
	char text[40];
	size_t length = json_dumpb(
		value, text, sizeof(text), JSON_COMPACT | JSON_ENCODE_ANY | JSON_ENSURE_ASCII);

	if (length && length <= sizeof(text))
		snprintf(ret_text, 64, "is %.*s", (int)length, text);
	else
		snprintf(ret_text, 64, "is %s",
			json_is_object(value)           ? "an object"
				: json_is_array(value)  ? "an array"
				: json_is_string(value) ? "a long string"
							: "something long");
}

int listener_problem_set_value(struct listener_problem *ret_problem, const char *key,
	const json_t *value, const char *wanted)
{
	char found[64] = "is missing";

	if (value)
		describe(value, found);
	return listener_problem_set(ret_problem, "\"%s\" %s: it must be %s", key, found, wanted);
}
