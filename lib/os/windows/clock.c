#include "os/os.h"

#include <errno.h>
#include <time.h>

#include "os/windows/headers.h"

int64_t os_clock(void)
{
	return (int64_t)GetTickCount64();
}

void os_pause(int64_t milliseconds)
{
	if (milliseconds > 0)
		Sleep((DWORD)milliseconds);
}

int os_format_utc(int64_t seconds, char ret_text[OS_UTC_MAX])
{
	__time64_t time = seconds;
	struct tm parts;

	if (_gmtime64_s(&parts, &time) ||
		strftime(ret_text, OS_UTC_MAX, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
		return -EOVERFLOW;
	return 0;
}
