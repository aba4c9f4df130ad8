/*
 * Exit statuses, the same in every program and on every OS.
 */
#ifndef PF_EXIT_STATUS_H
#define PF_EXIT_STATUS_H

enum exit_status {
	EXIT_MATCHED = 0, /* success, or at least one listener matched */
	EXIT_NO_MATCH = 1, /* no listener was found or read */
	EXIT_ERROR = 2, /* wrong usage, a failed stage, or a process that was not killed */
};

#endif
