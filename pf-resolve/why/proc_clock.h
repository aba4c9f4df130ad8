/*
 * When a process started, from the files of /proc described in proc(5); pure.
 */
#ifndef PF_PROC_CLOCK_H
#define PF_PROC_CLOCK_H

#include <stdint.h>

#include "base/bytes.h"

/*
 * Ticks per second in field 22 of /proc/PID/stat: USER_HZ, which is the same on every architecture
 * but Alpha, whatever the kernel's own HZ.
 */
enum { PROC_TICKS = 100 };

/* Reads the time of boot, in seconds since 1970, from /proc/stat. Returns 0 or -EINVAL. */
int proc_parse_boot_time(struct bytes text, int64_t *ret_seconds);

/* Reads the ticks since boot from /proc/uptime. Returns 0 or -EINVAL. */
int proc_parse_uptime(struct bytes text, int64_t *ret_ticks);

#endif
