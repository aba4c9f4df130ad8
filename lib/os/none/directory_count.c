#include "os/os.h"

#include <errno.h>

/* Only Linux's /proc guarantees these link counts. */
int os_directory_count(const struct os_directory *parent, const char *name)
{
	(void)parent;
	(void)name;
	return -ENOSYS;
}
