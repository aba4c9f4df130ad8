/*
 * Lists directories with readdir(3).
 */
#include "os/os.h"

#include <dirent.h>
#include <unistd.h>

#include "base/error.h"

/* readdir(3) has its own buffer. */
void os_directory_lend(struct os_directory *directory, void *room)
{
	(void)directory;
	(void)room;
}

int os_directory_next(struct os_directory *directory, const char **ret_name)
{
	const struct dirent *entry;

	if (!directory->stream) {
		directory->stream = fdopendir(directory->fd);
		if (!directory->stream)
			return negative_errno();
	}
	do {
		errno = 0;
		entry = readdir(directory->stream);
		if (!entry)
			return errno ? negative_errno() : 0;
	} while (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	*ret_name = entry->d_name;
	return 1;
}

void os_directory_close(struct os_directory *directory)
{
	if (directory->stream)
		closedir(directory->stream);
	else
		close(directory->fd);
}
