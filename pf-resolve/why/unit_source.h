/*
 * What systemd knows about units, from systemctl(1). Failures are reported here, on stderr, but not
 * that there is no systemctl on PATH.
 */
#ifndef PF_UNIT_SOURCE_H
#define PF_UNIT_SOURCE_H

#include "unit_list.h"

enum { UNIT_SOURCE_SYSTEM = -1 }; /* the system's manager, not a user's */

/* As many at once make a command line of up to 100 KiB. */
enum { UNIT_SOURCE_NAMES_MAX = 400 };

/*
 * Adds the named units, at most UNIT_SOURCE_NAMES_MAX, to an empty list. The names must be valid as
 * proc_cgroup.h gives them: systemctl would take a '*' for a pattern. `user`: whose manager knows
 * them, or UNIT_SOURCE_SYSTEM.
 *
 * Another user's manager is asked with --machine=UID@.host (user-system-options(7), systemd 248 and
 * later). That opens a session for the user, which only root may do; otherwise -EPERM is returned,
 * and nothing is reported.
 *
 * Returns 0; -ENOENT if there is no systemctl; -EPERM; -ENOMEM; or another negative errno, already
 * reported.
 */
int unit_source_ask(
	int64_t user, const struct bytes *names, size_t count, struct unit_list *ret_list);

/*
 * The runtime directory of this user, from which systemctl --user finds the user's systemd; false
 * if the environment has it, or the bus, as in every session but that of su.
 */
bool unit_source_lacks_directory(char *ret_path, size_t size);

/*
 * Appends the text of socket_units.h: the socket units of that manager. Returns as
 * unit_source_ask() does.
 */
int unit_source_ask_sockets(int64_t user, struct buffer *ret_text);

#endif
