/*
 * Replaces os_write_all() (ld's --wrap): checks messages, and discards them. Fuzz targets have no
 * other output.
 */
#include "fuzz.h"

/* Names given by the linker. */
int __wrap_os_write_all(int fd, const void *data, size_t length); /* NOLINT */

int __wrap_os_write_all(int fd, const void *data, size_t length) /* NOLINT */
{
	struct bytes message = {data, length};

	MUST(fd == 2 && length > 0);
	MUST(bytes_cut_suffix(&message, "\n"));
	MUST(!fuzz_has(message, '\n') && fuzz_is_clean(message));
	return 0;
}
