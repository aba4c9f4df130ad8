#include "os/os.h"

const char *os_about_init(void)
{
	return "it is init, which may hold the socket for a service that it starts on demand: "
	       "stop that with its socket (systemctl stop NAME.socket), or in a container stop "
	       "the container";
}
