#include "os/os.h"

/* Rights are of another kind there: who may not write to what is on PATH is Windows' business. */
bool os_is_safe_program(const char *path)
{
	(void)path;
	return true;
}
