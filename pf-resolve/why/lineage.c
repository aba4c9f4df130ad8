#include "lineage.h"

static struct starter starter_at(const struct process_facts *facts)
{
	return starter_of(
		buffer_bytes(&facts->command), buffer_bytes(&facts->arguments), facts->pid == 1);
}

static bool is_same_program(const struct process_facts *a, const struct process_facts *b)
{
	return a->command.data && b->command.data &&
		bytes_equal(buffer_bytes(&a->command), buffer_bytes(&b->command));
}

struct lineage lineage_of(const struct process_facts *const chain[], size_t count)
{
	struct lineage lineage = {.decisive = count};

	for (size_t i = 1; i < count && lineage.decisive == count; i++) {
		lineage.starter = starter_at(chain[i]);
		if (lineage.starter.kind == STARTER_OTHER && lineage.top == i - 1 &&
			is_same_program(chain[i], chain[i - 1]))
			lineage.top = i;
		else if (lineage.starter.kind != STARTER_LAUNCHER)
			lineage.decisive = i;
	}
	if (lineage.decisive == count)
		lineage.starter = (struct starter){.kind = STARTER_OTHER};
	return lineage;
}
