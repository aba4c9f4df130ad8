/*
 * For systems on which root has all rights.
 */
#include "os/os.h"

#include <unistd.h>

const char *os_how_to_get_rights(void)
{
	return "use sudo";
}

bool os_is_privileged(void)
{
	return geteuid() == 0;
}
