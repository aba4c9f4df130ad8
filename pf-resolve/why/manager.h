/*
 * Programs that run others or forward for them: supervisors, service managers and container
 * engines; pure. A port that one of them holds belongs to another program, and ending it ends all
 * it runs.
 */
#ifndef PF_MANAGER_H
#define PF_MANAGER_H

#include "base/bytes.h"

/*
 * Recognizes one by the name of the process (data NULL if unknown) and its arguments, each followed
 * by a NUL. Forwarders that serve a single container are not among them: see forwarder.h.
 */
bool manager_is(struct bytes command, struct bytes arguments);

/*
 * The command that knows for which container such a program holds a port: "docker" or "podman";
 * NULL: it holds none, or nobody can be asked.
 */
const char *manager_runtime(struct bytes command, struct bytes arguments);

#endif
