/*
 * What the files of Linux share about rights.
 */
#ifndef PF_OS_LINUX_RIGHTS_H
#define PF_OS_LINUX_RIGHTS_H

#include <stdbool.h>

/* Whether this is the user namespace that the machine started with; true if that is unknown. */
bool linux_is_in_first_user_namespace(void);

#endif
