/*
 * A socket as Linux describes it, whether over netlink or in /proc/net.
 */
#ifndef PF_SOCKET_ROW_H
#define PF_SOCKET_ROW_H

#include "stream/listener.h"

/* (uid_t)-1 means "no change" to setuid(2) and the like, so nobody has it. */
#define SOCKET_ROW_NO_USER UINT32_MAX

struct socket_row {
	struct address address;
	uint16_t port;
	uint32_t uid; /* of the socket's creator */
	uint64_t inode; /* 0: a socket of the kernel itself */
	uint32_t interface; /* the index of the interface it is bound to; 0: none or unknown */
	enum v6only v6only;
	bool ends_with_inode; /* in /proc/net: no column follows */
};

#endif
