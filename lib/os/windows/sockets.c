/*
 * Sockets and their owners, from the IP Helper API.
 */
#include "os/os.h"

#include <errno.h>

#include "os/windows/headers.h"
#include "os/windows/wide.h"

static DWORD read_table(bool udp, bool ipv6, void *table, DWORD *size)
{
	ULONG family = ipv6 ? AF_INET6 : AF_INET;

	return udp
		? GetExtendedUdpTable(table, size, FALSE, family, UDP_TABLE_OWNER_PID, 0)
		: GetExtendedTcpTable(table, size, FALSE, family, TCP_TABLE_OWNER_PID_LISTENER, 0);
}

int os_windows_sockets(bool udp, bool ipv6, struct buffer *table)
{
	/* The table may have grown since its size was returned. */
	enum { ROOM = 4096, TRIES = 16 };
	DWORD size = ROOM;
	DWORD error = ERROR_INSUFFICIENT_BUFFER;

	for (int i = 0; error == ERROR_INSUFFICIENT_BUFFER && i < TRIES; i++) {
		size += ROOM;
		if (buffer_reserve(table, size))
			return -ENOMEM;
		error = read_table(udp, ipv6, table->data + table->length, &size);
	}
	if (error)
		return windows_error_of(error);
	table->length += size;
	return 0;
}
