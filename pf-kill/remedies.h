/*
 * Asks pf-resolve for the remedies that the targets' lines lack: what frees the ports for good.
 */
#ifndef PF_REMEDIES_H
#define PF_REMEDIES_H

#include "kill/targets.h"

/*
 * Runs pf-resolve --details on the targets without a remedy, and keeps what it answers. A
 * target whose answer is incomplete gets an obstacle. Returns 0, or a negative errno, already
 * reported, if no remedy is known.
 */
int remedies_ask(struct targets *targets);

#endif
