/*
 * User namespaces, user_namespaces(7).
 */
#ifndef PF_OS_LINUX_RIGHTS_H
#define PF_OS_LINUX_RIGHTS_H

#include <stdbool.h>

/* True in the initial user namespace, or if that is unknown. */
bool linux_is_in_initial_user_namespace(void);

#endif
