#include "restarter.h"

struct program process_program(const struct process_facts *facts)
{
	return program_read(buffer_bytes(&facts->command), buffer_bytes(&facts->arguments));
}

bool process_has_foreign_session(const struct process_facts *facts)
{
	return facts->session > 0 && facts->session != facts->pid;
}

/*
 * With job control, as at its prompt, a shell gives each command a process group of its own; a
 * script, a subshell and a loop in the background don't.
 */
static bool has_no_job_control(const struct process_facts *shell, const struct process_facts *child)
{
	return shell->group > 0 && child->group == shell->group;
}

/* tini and the like are given what they run: "tini -- node server.js". */
static bool was_given(const struct program *init, const struct process_facts *child)
{
	const struct bytes arguments = buffer_bytes(&child->arguments);

	return arguments.length && bytes_end_with(init->rest, arguments);
}

static struct role role_at(const struct process_facts *facts, const struct process_facts *child,
	const struct program *program)
{
	struct role role = role_of(program, facts->pid == 1);

	if (role.kind == ROLE_INTERACTIVE && role_is_shell(program) &&
		has_no_job_control(facts, child))
		role.kind = ROLE_OTHER;
	return role;
}

struct restarter restarter_find(const struct process_facts *const ancestors[], size_t count)
{
	struct restarter restarter = {.decisive = count};
	struct program below = count ? process_program(ancestors[0]) : (struct program){0};

	for (size_t i = 1; i < count && restarter.decisive == count; i++) {
		const struct process_facts *child = ancestors[i - 1];
		struct program program = process_program(ancestors[i]);

		restarter.role = role_at(ancestors[i], child, &program);
		if (restarter.role.kind == ROLE_OTHER && !restarter.role.supervisor &&
			restarter.top == i - 1 && program_is_same(&program, &below))
			restarter.top = i;
		else if (restarter.role.kind != ROLE_LAUNCHER)
			restarter.decisive = i;
		if (restarter.decisive == i &&
			(ancestors[i]->pid == 1 || restarter.role.kind == ROLE_MANAGER))
			restarter.is_adopted = restarter.role.kind == ROLE_INIT
				? !was_given(&program, child)
				: process_has_foreign_session(child);
		below = program;
	}
	if (restarter.decisive == count)
		restarter.role = (struct role){.kind = ROLE_OTHER};
	return restarter;
}
