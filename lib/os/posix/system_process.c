#include "os/os.h"

bool os_is_system_process(int64_t pid, const char **ret_why)
{
	if (pid == 0) {
		*ret_why = "it is the kernel, which no signal ends";
		return true;
	}
	if (pid == 1) {
		*ret_why = os_about_init();
		return true;
	}
	return false;
}
