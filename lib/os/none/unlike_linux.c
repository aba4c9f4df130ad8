/*
 * The answers of every system but Linux to what only pf-collect-proc asks of a
 * live machine, and to what only Linux' kernel tells of by itself.
 */
#include "os/os.h"

#include <errno.h>

bool os_has_processes(void)
{
	return true;
}

int64_t os_stand_in_user(void)
{
	return -1;
}

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

bool os_share_descriptors(int64_t thread, int64_t other)
{
	(void)thread;
	(void)other;
	return false;
}

int os_interface_name(uint32_t index, char *ret_name, size_t size)
{
	(void)index;
	(void)ret_name;
	(void)size;
	return -ENOSYS;
}

int os_sockets_watch_open(bool tcp, bool udp, uint16_t low, uint16_t high, int *ret_watch)
{
	(void)tcp;
	(void)udp;
	(void)low;
	(void)high;
	(void)ret_watch;
	return -ENOSYS;
}

int os_sockets_watch_wait(int watch, int64_t milliseconds)
{
	(void)watch;
	(void)milliseconds;
	return -ENOSYS;
}

void os_sockets_watch_close(int watch)
{
	(void)watch;
}
