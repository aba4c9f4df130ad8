/*
 * Why processes run: asks for several at once, so that each tool of the machine is run
 * once for all of them. What goes wrong with a tool is said by tool.h, and the details
 * are then those that the machine's own files tell.
 */
#ifndef PF_EXPLAINER_H
#define PF_EXPLAINER_H

#include "os/os.h"
#include "stream/listener.h"

struct details;
struct process_failure;
struct explainer;

/*
 * `root` holds proc/PID, of this machine or of a capture, and stays the caller's; NULL:
 * there is none. `is_live`: it is this machine, which may be asked for more. Returns 0
 * or -ENOMEM; the owner calls explainer_free().
 */
int explainer_new(const struct os_directory *root, bool is_live, struct explainer **ret_explainer);

/* Takes up a listener's process, which it must have. Returns 0 or -ENOMEM. */
int explainer_add(struct explainer *explainer, const struct listener *listener);

/* Asks for all that were taken up. Returns 0 or -ENOMEM, and then tells what it can. */
int explainer_run(struct explainer *explainer);

/*
 * The details of a process that was asked for; those of one that has gone tell nothing. They hold
 * as long as the explainer does.
 */
const struct details *explainer_find(
	const struct explainer *explainer, int64_t pid, int64_t pid_start);

/* The processes that could not be looked into, for another reason than that they are others'. */
const struct process_failure *explainer_failure(const struct explainer *explainer);

void explainer_free(struct explainer *explainer);

#endif
