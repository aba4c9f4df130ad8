/*
 * Programs that run or forward for others: supervisors, service managers and container
 * engines. A port they hold belongs to something else, and ending them ends all they run; pure.
 */
#ifndef PF_MANAGER_H
#define PF_MANAGER_H

#include "base/bytes.h"

/*
 * Tells them by the name of the process (data NULL if unknown) and its arguments, each
 * followed by a NUL. Forwarders that serve one container are not among them: see forwarder.h.
 */
bool manager_is(struct bytes command, struct bytes arguments);

#endif
