/*
 * The answers of every system but Linux to what only pf-collect-proc asks of a
 * live machine.
 */
#include "os.h"

#include <errno.h>

size_t os_count_processors(void)
{
	return 1;
}

int os_directory_count(const struct os_directory *parent, const char *name)
{
	(void)parent;
	(void)name;
	return -ENOSYS;
}

int os_sock_diag(const void *request, size_t length, struct buffer *answer)
{
	(void)request;
	(void)length;
	(void)answer;
	return -ENOSYS;
}

int os_interface_name(uint32_t index, char *ret_name, size_t size)
{
	(void)index;
	(void)ret_name;
	(void)size;
	return -ENOSYS;
}
