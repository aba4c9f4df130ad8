/*
 * What systemd tells of units, by systemctl(1). This is the edge: what goes wrong is said
 * here, on stderr; where there is no systemctl on PATH, nothing is.
 */
#ifndef PF_UNIT_SOURCE_H
#define PF_UNIT_SOURCE_H

#include "unit_list.h"

enum { UNIT_SOURCE_SYSTEM = -1 }; /* the system's manager, and no user's */

/* More are not asked for at once: with these, a command line has up to 100 KiB. */
enum { UNIT_SOURCE_NAMES_MAX = 400 };

/*
 * Adds the named units, UNIT_SOURCE_NAMES_MAX at most, which have to be names as proc_cgroup.h
 * tells them: systemctl would take a '*' for a pattern. The list must be empty. `user`: whose
 * manager knows them, or UNIT_SOURCE_SYSTEM.
 *
 * The manager of another user is asked as systemd's user-system-options(7) has it, by
 * --machine=UID@.host, since version 248: that opens a session for the user, for which one
 * has to be root, and -EPERM is returned without a word where one isn't.
 *
 * Returns 0; -ENOENT where there is no systemctl; -EPERM; -ENOMEM; or another negative
 * errno, of which all is said.
 */
int unit_source_ask(
	int64_t user, const struct bytes *names, size_t count, struct unit_list *ret_list);

#endif
