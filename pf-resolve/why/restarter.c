#include "restarter.h"

static struct role role_at(const struct process_facts *facts)
{
	return role_of(
		buffer_bytes(&facts->command), buffer_bytes(&facts->arguments), facts->pid == 1);
}

static bool is_same_program(const struct process_facts *a, const struct process_facts *b)
{
	return a->command.data && b->command.data &&
		bytes_equal(buffer_bytes(&a->command), buffer_bytes(&b->command));
}

struct restarter restarter_find(const struct process_facts *const ancestors[], size_t count)
{
	struct restarter restarter = {.decisive = count};

	for (size_t i = 1; i < count && restarter.decisive == count; i++) {
		restarter.role = role_at(ancestors[i]);
		if (restarter.role.kind == ROLE_OTHER && restarter.top == i - 1 &&
			is_same_program(ancestors[i], ancestors[i - 1]))
			restarter.top = i;
		else if (restarter.role.kind != ROLE_LAUNCHER)
			restarter.decisive = i;
	}
	if (restarter.decisive == count)
		restarter.role = (struct role){.kind = ROLE_OTHER};
	return restarter;
}
