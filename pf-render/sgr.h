/*
 * Escape sequences for bold text: SGR (ECMA-48, 8.3.117).
 */
#ifndef PF_SGR_H
#define PF_SGR_H

#define SGR_BOLD "\x1b[1m"
#define SGR_PLAIN "\x1b[0m"

#endif
