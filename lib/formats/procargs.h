/*
 * The arguments of a process, as macOS' kernel has them; pure.
 *
 * What sysctl(3)'s KERN_PROCARGS2 gives is: the count of the arguments, an int in the order
 * of the machine; the path that exec was given, with a NUL behind it, and then as many as
 * fill it up to a multiple of 8 bytes; the arguments, a NUL behind each; the environment
 * likewise; what the kernel has to tell the program. The count is the kernel's. All else is
 * the process's own memory, which it may have written over.
 *
 * The sources of the kernel, xnu, have this: sysctl_procargsx() in bsd/kern/kern_sysctl.c,
 * exec_save_path() and exec_extract_strings() in bsd/kern/kern_exec.c. The path is of no use:
 * proc_pidpath() has the file's own.
 */
#ifndef PF_PROCARGS_H
#define PF_PROCARGS_H

#include "base/bytes.h"

/*
 * Gives the arguments, with a NUL behind each, as a view. Nothing of the environment is among
 * them, unless the process itself has taken the NULs away that end its arguments. Returns 0,
 * or -EINVAL where the text is cut or has another form.
 */
int procargs_parse(struct bytes text, struct bytes *ret_arguments);

#endif
