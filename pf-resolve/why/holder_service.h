/*
 * What a holder's supervisor calls its service.
 */
#ifndef PF_HOLDER_SERVICE_H
#define PF_HOLDER_SERVICE_H

#include "holder.h"

/*
 * Reads the name, if the supervisor has a command that stops a service by it, and if the name may
 * be believed. The holder's restarter must be known. Returns 0 or -ENOMEM.
 */
int holder_read_service(struct holder *holder, struct process_source *source);

#endif
