/*
 * What the tests of /proc/PID/cgroup share: the parts of paths, and what must
 * come of a text.
 */
#ifndef PF_CGROUP_TOLD_H
#define PF_CGROUP_TOLD_H

#include "why/proc_cgroup.h"

#include <errno.h>

#include "unit.h"

#define ID "4f1c2ab39dd7e0b54f1c2ab39dd7e0b54f1c2ab39dd7e0b54f1c2ab39dd7e0b5"
#define ID2 "90b7d1e2f3a4c5b690b7d1e2f3a4c5b690b7d1e2f3a4c5b690b7d1e2f3a4c5b6"
#define UID "0ae5c03d-5fb3-4eb9-9de8-2bd4b51606ba"
#define UID_ "0ae5c03d_5fb3_4eb9_9de8_2bd4b51606ba"
#define USER "/user.slice/user-1000.slice/user@1000.service"
#define BURSTABLE "kubepods-burstable-pod" UID_ ".slice"

/* What must come of a text; what isn't named is none. */
struct expected {
	struct bytes text;
	const char *unit;
	enum unit_manager manager;
	const char *runtime;
	const char *id;
	const char *name; /* as the runtime takes it */
	const char *pod;
	const char *container_unit;
	enum unit_manager container_unit_manager;
};

static inline void check_value(
	struct bytes text, const char *what, struct bytes actual, const char *value)
{
	struct bytes expected = value ? bytes_of(value) : (struct bytes){0};

	if (bytes_equal(actual, expected) && !actual.data == !expected.data)
		return;
	unit_print("case", text);
	print_error("%s:\n", what);
	assert_bytes(actual, expected);
}
#define check_value(...) UNIT_AT(check_value(__VA_ARGS__))

static inline void check(const struct expected *expected)
{
	char *alone = unit_alone(expected->text);
	struct cgroup_facts facts;
	struct buffer name = {0};

	assert_case(expected->text,
		proc_parse_cgroup((struct bytes){alone, expected->text.length}, &facts), 0);
	check_value(expected->text, "unit", facts.unit, expected->unit);
	check_value(expected->text, "runtime", facts.runtime, expected->runtime);
	check_value(expected->text, "id", facts.container_id, expected->id);
	assert_int_equal(cgroup_append_container_name(&name, &facts), 0);
	check_value(expected->text, "name",
		facts.container_name.data ? buffer_bytes(&name) : (struct bytes){0},
		expected->name);
	check_value(expected->text, "pod", facts.pod, expected->pod);
	check_value(
		expected->text, "container_unit", facts.container_unit, expected->container_unit);
	assert_case(expected->text, facts.manager, expected->manager);
	assert_case(expected->text, facts.container_unit_manager, expected->container_unit_manager);
	buffer_release(&name);
	free(alone);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

#define CHECK_ALL(table)                                                                           \
	do                                                                                         \
		for (size_t i = 0; i < COUNT(table); i++)                                          \
			check(&(table)[i]);                                                        \
	while (0)

static inline void check_refused(struct bytes text, int status)
{
	char *alone = unit_alone(text);
	struct cgroup_facts facts = {.unit = bytes_of("untouched")};

	assert_case(text, proc_parse_cgroup((struct bytes){alone, text.length}, &facts), status);
	assert_bytes(facts.unit, bytes_of("untouched"));
	assert_null(facts.runtime.data);
	free(alone);
}

#endif
