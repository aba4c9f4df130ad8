#include "duration.h"

#include "base/number.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static int append_part(struct buffer *text, int64_t count, const char *unit)
{
	char digits[NUMBER_TEXT_MAX];
	int error = buffer_append(text, digits, number_format((uint64_t)count, digits));

	return error ? error : buffer_append_text(text, unit);
}

static int append_parts(struct buffer *text, int64_t large, const char *large_unit, int64_t small,
	const char *small_unit)
{
	int error = append_part(text, large, large_unit);

	if (!error && small)
		error = buffer_append_byte(text, ' ');
	return error || !small ? error : append_part(text, small, small_unit);
}

int duration_append(struct buffer *text, int64_t seconds)
{
	size_t before = text->length;
	int error = seconds < MINUTE ? append_part(text, seconds, " s")
		: seconds < HOUR     ? append_part(text, seconds / MINUTE, " min")
		: seconds < DAY
		? append_parts(text, seconds / HOUR, " h", seconds % HOUR / MINUTE, " min")
		: append_parts(text, seconds / DAY, " d", seconds % DAY / HOUR, " h");

	if (error)
		text->length = before;
	return error;
}
