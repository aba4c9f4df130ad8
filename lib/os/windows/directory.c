#include "os/os.h"

#include <errno.h>

#include "os/windows/headers.h"
#include "os/windows/listing.h"
#include "os/windows/wide.h"

/* FindNextFile() needs no buffer. */
void os_directory_lend(struct os_directory *directory, void *room)
{
	(void)directory;
	(void)room;
}

static int find_next(struct os_directory *directory, WIN32_FIND_DATAW *ret_entry)
{
	struct listing *listing = directory->stream;
	wchar_t *pattern;

	if (listing->find != INVALID_HANDLE_VALUE)
		return FindNextFileW(listing->find, ret_entry) ? 1 : 0;
	pattern = windows_path_within(directory, "*");
	if (!pattern)
		return -ENOMEM;
	listing->find = FindFirstFileW(pattern, ret_entry);
	free(pattern);
	return listing->find == INVALID_HANDLE_VALUE ? windows_error() : 1;
}

int os_directory_next(struct os_directory *directory, const char **ret_name)
{
	struct listing *listing = directory->stream;
	WIN32_FIND_DATAW entry;
	int status;

	do {
		status = find_next(directory, &entry);
		if (status <= 0)
			return status;
	} while (wcscmp(entry.cFileName, L".") == 0 || wcscmp(entry.cFileName, L"..") == 0);
	status = wide_copy(listing->name, sizeof(listing->name), entry.cFileName);
	if (status)
		return status;
	*ret_name = listing->name;
	return 1;
}

void os_directory_close(struct os_directory *directory)
{
	struct listing *listing = directory->stream;

	if (listing->find != INVALID_HANDLE_VALUE)
		FindClose(listing->find);
	buffer_release(&listing->path);
	free(listing);
}
