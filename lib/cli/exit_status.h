/*
 * Exit statuses, the same in every program and on every OS.
 */
#ifndef PF_EXIT_STATUS_H
#define PF_EXIT_STATUS_H

enum exit_status {
	EXIT_MATCHED = 0, /* done, or at least one listener matched */
	EXIT_NO_MATCH = 1, /* nothing matched: no listener was found or read */
	EXIT_ERROR = 2, /* bad usage, a failed stage, or a kill that did not land */
};

#endif
