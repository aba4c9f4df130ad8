/*
 * Parses the arguments of a process on macOS, from sysctl(3)'s KERN_PROCARGS2:
 *
 * - the number of arguments, an int in the machine's byte order;
 * - the path that was passed to execve(2), followed by a NUL and padded with NULs to a multiple of
 * 8 bytes;
 * - the arguments, each followed by a NUL;
 * - the environment, likewise;
 * - data from the kernel for the program.
 *
 * The number is the kernel's; the rest is memory of the process, which may have overwritten it. The
 * path isn't used: proc_pidpath() returns the real one of the file.
 *
 * The source is xnu, macOS' kernel: sysctl_procargsx() in bsd/kern/kern_sysctl.c, exec_save_path()
 * and exec_extract_strings() in bsd/kern/kern_exec.c.
 */
#ifndef PF_PROCARGS_H
#define PF_PROCARGS_H

#include "base/bytes.h"

/*
 * Finds the arguments, each followed by a NUL; *ret_arguments is a view. They include parts of the
 * environment only if the process has overwritten the NULs after its arguments. Returns 0, or
 * -EINVAL if the text is truncated or malformed.
 */
int procargs_parse(struct bytes text, struct bytes *ret_arguments);

#endif
