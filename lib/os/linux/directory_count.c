#include "os/os.h"

#include <sys/stat.h>

#include "base/error.h"

int os_directory_count(const struct os_directory *parent, const char *name)
{
	enum { OWN_LINKS = 2 };
	struct stat status;

	if (fstatat(parent->fd, name, &status, 0))
		return negative_errno();
	return (int)status.st_nlink - OWN_LINKS;
}
