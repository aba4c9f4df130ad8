#include "os/os.h"

#include <pthread.h>
#include <stdbool.h>

struct job {
	void (*run)(void *context);
	void *context;
	pthread_t thread;
	bool is_started;
};

static void *run_job(void *argument)
{
	const struct job *job = argument;

	job->run(job->context);
	return NULL;
}

/* Not that of ulimit -s, which may be too small, and is the default. */
static void set_stack_size(pthread_attr_t *attributes)
{
	enum { STACK_SIZE = 512 * 1024 };

	(void)pthread_attr_setstacksize(attributes, STACK_SIZE);
}

void os_run_in_threads(void (*run)(void *context), void *const contexts[], size_t count)
{
	struct job *jobs = count > 1 ? calloc(count, sizeof(*jobs)) : NULL;
	pthread_attr_t attributes;

	if (jobs && pthread_attr_init(&attributes)) {
		free(jobs);
		jobs = NULL;
	}
	if (jobs)
		set_stack_size(&attributes);

	/* This thread runs the first context, and those for which no thread could be started. */
	for (size_t i = 1; jobs && i < count; i++) {
		jobs[i] = (struct job){.run = run, .context = contexts[i]};
		jobs[i].is_started = pthread_create(
					     &jobs[i].thread, &attributes, run_job, &jobs[i]) == 0;
	}
	for (size_t i = 0; i < count; i++)
		if (!jobs || !jobs[i].is_started)
			run(contexts[i]);
	for (size_t i = 1; jobs && i < count; i++)
		if (jobs[i].is_started)
			pthread_join(jobs[i].thread, NULL);
	if (jobs)
		pthread_attr_destroy(&attributes);
	free(jobs);
}
