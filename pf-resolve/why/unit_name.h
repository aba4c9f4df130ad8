/*
 * Names of systemd units; pure.
 */
#ifndef PF_UNIT_NAME_H
#define PF_UNIT_NAME_H

#include "base/bytes.h"

/*
 * Whether it is a unit name as in systemd.unit(5) with one of the types (".service";
 * NULL-terminated). A template without an instance ("getty@.service") never runs, and a name that
 * begins with "-" would be an option to systemctl: neither is accepted.
 */
bool unit_name_is_valid(struct bytes name, const char *const types[]);

#endif
