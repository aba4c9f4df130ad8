/*
 * Symbolic links stored as regular files that contain the target, as git checks them out on a file
 * system without links.
 */
#ifndef PF_LINK_FILE_H
#define PF_LINK_FILE_H

#include "os/os.h"

/* Like os_read_link(), for a regular file. */
int link_file_read(
	const struct os_directory *directory, const char *name, char *ret_target, size_t size);

#endif
