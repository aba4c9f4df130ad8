#include "os/os.h"

bool os_is_system_process(int64_t pid, const char **ret_why)
{
	if (pid == 0)
		*ret_why = "it is Windows' idle process, which nothing ends";
	else if (pid == 4)
		*ret_why =
			"it is the Windows kernel, which holds ports for services such as file "
			"sharing and web servers: stop the service (sc stop NAME; for HTTP see "
			"netsh http show servicestate)";
	else
		return false;
	return true;
}
