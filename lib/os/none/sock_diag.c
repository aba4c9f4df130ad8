/*
 * Only Linux has sock_diag(7).
 */
#include "os/os.h"

#include <errno.h>

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
