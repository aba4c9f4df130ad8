#include "os/os.h"

#include <errno.h>

int os_windows_netstat(char *ret_path, size_t size)
{
	(void)ret_path;
	(void)size;
	return -ENOSYS;
}
