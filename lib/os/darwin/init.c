#include "os/os.h"

const char *os_about_init(void)
{
	return "it is launchd, which may hold the socket for a service that it starts on demand: "
	       "stop that instead (sudo launchctl bootout system/NAME)";
}
