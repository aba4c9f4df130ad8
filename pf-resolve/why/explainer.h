/*
 * Explains why processes run: several at once, so that each tool of the machine runs once for all
 * of them. If a tool fails, tool.h reports it, and the details are what the machine's files tell.
 */
#ifndef PF_EXPLAINER_H
#define PF_EXPLAINER_H

#include "os/os.h"
#include "stream/listener.h"

struct details;
struct process_failure;
struct explainer;

/*
 * `root` contains proc/PID, of this machine or of a capture, and stays the caller's; NULL if there
 * is none. `is_live`: it is this machine, whose tools may be asked. Returns 0 or -ENOMEM; the owner
 * calls explainer_free().
 */
int explainer_new(const struct os_directory *root, bool is_live, struct explainer **ret_explainer);

/* Adds the process of a listener, which must have one. Returns 0 or -ENOMEM. */
int explainer_add(struct explainer *explainer, const struct listener *listener);

/*
 * Adds a listener whose holder is hidden: docker may know the container that publishes its port.
 * *ret_number is for explainer_find_hidden(). Returns 0 or -ENOMEM.
 */
int explainer_add_hidden(
	struct explainer *explainer, const struct listener *listener, size_t *ret_number);

/* Its details: a container and a remedy, or nothing. */
const struct details *explainer_find_hidden(const struct explainer *explainer, size_t number);

/* Explains all that were added. Returns 0, or -ENOMEM with as many details as possible. */
int explainer_run(struct explainer *explainer);

/*
 * The details of a process that was added; empty if it is gone. Valid as long as the explainer is.
 */
const struct details *explainer_find(
	const struct explainer *explainer, int64_t pid, int64_t identity);

/* Failures other than missing permission. */
const struct process_failure *explainer_failure(const struct explainer *explainer);

void explainer_free(struct explainer *explainer);

#endif
