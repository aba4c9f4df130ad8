#include "os/os.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

int64_t os_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void os_pause(int64_t milliseconds)
{
	int64_t deadline = os_clock() + milliseconds;
	int64_t left = milliseconds;

	while (left > 0) {
		(void)poll(NULL, 0, (int)left);
		left = deadline - os_clock();
	}
}

int os_format_utc(int64_t seconds, char ret_text[OS_UTC_MAX])
{
	time_t time = (time_t)seconds;
	struct tm parts;

	if (time != seconds || !gmtime_r(&time, &parts) ||
		strftime(ret_text, OS_UTC_MAX, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
		return -EOVERFLOW;
	return 0;
}
