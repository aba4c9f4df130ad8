#include "os/os.h"

const char *os_about_init(void)
{
	return "it is init, which may hold the socket for a service that it starts on demand: "
	       "stop that service instead";
}
