/*
 * Names of systemd's units; pure.
 */
#ifndef PF_UNIT_NAME_H
#define PF_UNIT_NAME_H

#include "base/bytes.h"

/*
 * Whether it is a name as systemd.unit(5) has it, which ends in one of the types (".service"; NULL
 * behind the last). A template without an instance ("getty@.service") never runs. What begins
 * with "-" would be an option to systemctl, and is hardly a unit.
 */
bool unit_name_is_valid(struct bytes name, const char *const types[]);

#endif
