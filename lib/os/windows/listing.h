/*
 * The stream of a struct os_directory: a directory by its path, since no call here opens a
 * name within a directory.
 */
#ifndef PF_OS_WINDOWS_LISTING_H
#define PF_OS_WINDOWS_LISTING_H

#include "os/os.h"

struct listing {
	struct buffer path; /* NUL-terminated */
	void *find; /* a HANDLE; INVALID_HANDLE_VALUE: not begun */
	char name[260 * 3]; /* the longest name, MAX_PATH, in UTF-8 */
};

/* The path of `name` within a directory, or of `name` if that is NULL. To be freed; NULL: out of
 * memory. */
wchar_t *windows_path_within(const struct os_directory *directory, const char *name);

#endif
