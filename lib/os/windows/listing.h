/*
 * The stream of a struct os_directory. It has the directory's path, since Windows has no openat(2).
 */
#ifndef PF_OS_WINDOWS_LISTING_H
#define PF_OS_WINDOWS_LISTING_H

#include "os/os.h"

struct listing {
	struct buffer path; /* NUL-terminated */
	void *find; /* a HANDLE; INVALID_HANDLE_VALUE: not started */
	char name[260 * 3]; /* the longest name, MAX_PATH, in UTF-8 */
};

/*
 * Returns the path of `name` within `directory`, or `name` if `directory` is NULL. The caller frees
 * it; NULL: out of memory.
 */
wchar_t *windows_path_within(const struct os_directory *directory, const char *name);

#endif
