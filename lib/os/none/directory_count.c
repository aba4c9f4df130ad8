#include "os/os.h"

#include <errno.h>

/* Only /proc keeps the link count of a directory that way, and only Linux has it. */
int os_directory_count(const struct os_directory *parent, const char *name)
{
	(void)parent;
	(void)name;
	return -ENOSYS;
}
