#include "inquiry.h"

#include <errno.h>

#include "ancestry.h"
#include "base/array.h"
#include "inquiry_tools.h"

struct inquiry {
	struct process_source source;
	struct ancestry ancestry;
	struct buffer own_cgroup;
	struct cgroup_place own; /* views into that */
	struct inquiry_tools tools;
	struct process_map places; /* of the subjects, by pid and start */
	struct subject **subjects; /* each stays where it is */
	size_t count;
	size_t capacity;
};

int inquiry_new(const struct os_directory *root, bool is_live, struct inquiry **ret_inquiry)
{
	struct inquiry *inquiry = calloc(1, sizeof(*inquiry));
	int error = -ENOENT;

	if (!inquiry)
		return -ENOMEM;
	inquiry->source = (struct process_source){.root = root, .is_live = is_live};
	inquiry->ancestry.source = &inquiry->source;
	if (root && is_live)
		error = os_read_file(root, "proc/self/cgroup", &inquiry->own_cgroup);
	process_failure_note(&inquiry->source.failure, os_own_pid(), error);
	if (!error)
		(void)proc_parse_cgroup(buffer_bytes(&inquiry->own_cgroup), &inquiry->own);
	*ret_inquiry = inquiry;
	return 0;
}

/* NULL: out of memory. */
static struct subject *add(struct inquiry *inquiry, int64_t pid, int64_t start)
{
	struct subject **subjects = array_reserve(
		inquiry->subjects, inquiry->count, &inquiry->capacity, sizeof(struct subject *));
	struct subject *subject;

	if (!subjects)
		return NULL;
	inquiry->subjects = subjects;
	subject = calloc(1, sizeof(*subject));
	if (!subject || process_map_put(&inquiry->places, pid, start, subject)) {
		free(subject);
		return NULL;
	}
	subjects[inquiry->count++] = subject;
	return subject;
}

int inquiry_add(struct inquiry *inquiry, const struct listener *listener)
{
	struct subject *subject;

	if (process_map_find(&inquiry->places, listener->pid, listener->pid_start))
		return 0;
	subject = add(inquiry, listener->pid, listener->pid_start);
	if (!subject)
		return -ENOMEM;
	subject->pid = listener->pid;
	subject->start = listener->pid_start;
	subject->proto = listener->proto;
	subject->address = listener->address;
	subject->port = listener->port;
	return subject_read(subject, &inquiry->ancestry, &inquiry->own);
}

int inquiry_ask(struct inquiry *inquiry)
{
	int error = 0;

	if (inquiry->source.is_live)
		error = inquiry_tools_ask(
			&inquiry->tools, &inquiry->source, inquiry->subjects, inquiry->count);
	for (size_t i = 0; i < inquiry->count; i++) {
		int conclude_error = subject_conclude(inquiry->subjects[i]);

		if (!error)
			error = conclude_error;
	}
	return error;
}

const struct details *inquiry_find(const struct inquiry *inquiry, int64_t pid, int64_t pid_start)
{
	const struct subject *subject = process_map_find(&inquiry->places, pid, pid_start);

	return subject ? &subject->details : &details_none;
}

const struct process_failure *inquiry_failure(const struct inquiry *inquiry)
{
	return &inquiry->source.failure;
}

void inquiry_free(struct inquiry *inquiry)
{
	for (size_t i = 0; i < inquiry->count; i++) {
		subject_release(inquiry->subjects[i]);
		free(inquiry->subjects[i]);
	}
	free(inquiry->subjects);
	process_map_release(&inquiry->places);
	ancestry_release(&inquiry->ancestry);
	inquiry_tools_release(&inquiry->tools);
	buffer_release(&inquiry->own_cgroup);
	free(inquiry);
}
