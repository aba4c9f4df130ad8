#include "os/process_facts.h"

void process_facts_release(struct process_facts *facts)
{
	buffer_release(&facts->command);
	buffer_release(&facts->arguments);
	buffer_release(&facts->executable);
	buffer_release(&facts->directory);
	buffer_release(&facts->cgroup);
}
