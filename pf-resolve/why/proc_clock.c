#include "proc_clock.h"

#include <errno.h>

#include "base/number.h"

int proc_parse_boot_time(struct bytes text, int64_t *ret_seconds)
{
	const struct bytes heading = bytes_of("btime ");

	while (text.data) {
		struct bytes line = bytes_cut(&text, '\n');
		uint64_t seconds;

		if (!bytes_begin_with(line, heading))
			continue;
		/* Bounded, so that adding any uptime can't overflow. */
		if (number_parse(bytes_skip(line, heading.length), INT64_MAX / 2, &seconds))
			return -EINVAL;
		*ret_seconds = (int64_t)seconds;
		return 0;
	}
	return -EINVAL;
}

int proc_parse_uptime(struct bytes text, int64_t *ret_ticks)
{
	struct bytes word = bytes_cut(&text, ' ');
	struct bytes whole = bytes_cut(&word, '.');
	uint64_t seconds;
	uint64_t hundredths;

	if (number_parse(whole, INT64_MAX / PROC_TICKS / 2, &seconds) || word.length != 2 ||
		number_parse(word, PROC_TICKS - 1, &hundredths))
		return -EINVAL;
	*ret_ticks = (int64_t)(seconds * PROC_TICKS + hundredths);
	return 0;
}
