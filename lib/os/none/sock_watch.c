/*
 * Only Linux reports closed sockets.
 */
#include "os/os.h"

#include <errno.h>

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
