#include "os/os.h"

#include <errno.h>

#include "os/windows/headers.h"

const char *os_how_to_get_rights(void)
{
	return "run as administrator";
}

bool os_is_privileged(void)
{
	TOKEN_ELEVATION elevation = {0};
	DWORD size = sizeof(elevation);
	HANDLE token;
	bool known;

	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return false;
	known = GetTokenInformation(token, TokenElevation, &elevation, size, &size);
	CloseHandle(token);
	return known && elevation.TokenIsElevated;
}
