/*
 * Symbolic links that are regular files holding their target: that is how git
 * checks links out on a file system that has none.
 */
#ifndef PF_LINK_FILE_H
#define PF_LINK_FILE_H

#include "os/os.h"

/* As os_read_link(), of a regular file. */
int link_file_read(
	const struct os_directory *directory, const char *name, char *ret_target, size_t size);

#endif
