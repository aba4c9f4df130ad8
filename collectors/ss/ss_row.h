/*
 * The rows of `ss -ltnup` of iproute2; pure. ss(8) and misc/ss.c have the columns:
 *
 *   udp   UNCONN 0   0      127.0.0.53%lo:53    0.0.0.0:*  users:(("resolved",pid=811,fd=13))
 *   LISTEN 0   128    [::]:22   [::]:*  users:(("sshd",pid=700,fd=3),("systemd",pid=1,fd=70))
 *
 * Netid is missing if only one of -t and -u was given. "*" is an IPv6 socket that also serves
 * IPv4; before iproute2 4.17 it was 0.0.0.0, and IPv6 had no brackets.
 */
#ifndef PF_SS_ROW_H
#define PF_SS_ROW_H

#include "base/parse.h"
#include "endpoint.h"

struct ss_row {
	struct endpoint endpoint;
	struct bytes users; /* what follows "users:("; data NULL: not given */
};

struct ss_holder {
	struct bytes command; /* the kernel's name of the process, at most 15 bytes */
	int64_t pid;
	int64_t fd;
};

bool ss_is_heading(struct bytes line);

/* True for a line that begins as a row of ss, of any protocol. */
bool ss_is_row(struct bytes line);

/* True if a row's addresses are in the form of iproute2 before 4.17. */
bool ss_is_old_row(struct bytes line);

/*
 * Cuts a line off the front of *text, together with the next one if that has only its users: ss
 * breaks rows for a narrow terminal.
 */
struct bytes ss_cut_row(struct bytes *text);

/*
 * Parses one line. PARSE_RECORD for a TCP socket that listens and a UDP socket that is bound and
 * not connected. PARSE_SKIP for other sockets, and for lines that are not rows of ss; else *ret_why
 * says what is wrong. `is_old`: the text has a row for which ss_is_old_row() is true.
 */
enum parse_result ss_parse_row(
	struct bytes line, bool is_old, struct ss_row *ret_row, const char **ret_why);

/*
 * Cuts the next holder off the front of *users, whose data is NULL after the last one.
 * Returns 0 or -EINVAL.
 */
int ss_cut_holder(struct bytes *users, struct ss_holder *ret_holder);

#endif
