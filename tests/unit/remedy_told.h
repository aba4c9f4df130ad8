/*
 * Holders of port 3000, and the remedy that follows from what is known about them.
 */
#ifndef PF_REMEDY_TOLD_H
#define PF_REMEDY_TOLD_H

#include "unit.h"
#include "why/remedy.h"

enum { GENERATIONS = 6 };

/* "node" holds port 3000 as pid 100, and what it was started by: each has the next higher pid. */
struct ancestor_case {
	const char *command;
	struct bytes arguments;
	int64_t group;
	int64_t session;
	bool is_stopped;
};

struct remedy_test {
	const char *name;
	struct ancestor_case ancestors[GENERATIONS]; /* the holder, its parent, … */
	int64_t last_pid; /* of the last one; 0: like the others */
	struct unit unit;
	struct listed_unit listed; /* main_pid 0: unknown */
	struct socket_unit socket_unit;
	bool is_alone;
	bool top_holds;
	bool is_doubtful;
	struct container container;
	bool is_forwarder;
	bool is_unverified;
	int64_t manager_user; /* 0: who asks; another test has no need of root's */
	struct bytes policy; /* data NULL: the container isn't listed */
	enum container_keeper keeper;
	struct bytes container_unit;
	struct bytes container_pod;
	const char *publisher;
	int64_t container_user; /* 0: who asks */
	bool is_left_behind;
	bool is_published;
	bool is_hidden;
	struct bytes pod;
	struct bytes service;
	enum verdict verdict;
	struct bytes command; /* data NULL: none */
	struct bytes why;
};

#define NODE                                                                                       \
	{                                                                                          \
		"node", TEXT("node\0server.js\0")                                                  \
	}
#define SYSTEMD                                                                                    \
	{                                                                                          \
		"systemd", TEXT("/sbin/init\0")                                                    \
	}

static inline struct buffer buffer_of(struct bytes text)
{
	struct buffer buffer = {0};

	if (text.data)
		assert_int_equal(buffer_append(&buffer, text.data, text.length), 0);
	return buffer;
}

static inline size_t make_ancestors(const struct remedy_test *test, struct process_facts *ancestors)
{
	size_t count = 0;

	while (count < GENERATIONS && test->ancestors[count].command) {
		ancestors[count] = (struct process_facts){
			.pid = 100 + (int64_t)count,
			.command = buffer_of(bytes_of(test->ancestors[count].command)),
			.arguments = buffer_of(test->ancestors[count].arguments),
			.group = test->ancestors[count].group,
			.session = test->ancestors[count].session,
			.is_stopped = test->ancestors[count].is_stopped,
		};
		count++;
	}
	if (test->last_pid)
		ancestors[count - 1].pid = test->last_pid;
	return count;
}

static inline void check(const struct remedy_test *test)
{
	struct process_facts facts[GENERATIONS] = {0};
	const struct process_facts *ancestors[GENERATIONS];
	struct remedy_text text = {0};
	struct listed_unit listed = test->listed;
	struct listed_container container = {
		.restart_policy = buffer_of(test->policy),
		.keeper = test->keeper,
		.unit = buffer_of(test->container_unit),
		.pod = buffer_of(test->container_pod),
	};
	struct remedy_case holder = {
		.ancestors = ancestors,
		.count = make_ancestors(test, facts),
		.unit = &test->unit,
		.manager_user = test->manager_user ? test->manager_user : -1,
		.listed = test->unit.restart.data ? &listed : NULL,
		.is_alone = test->is_alone,
		.socket_unit = test->socket_unit,
		.top_holds = test->top_holds,
		.is_doubtful = test->is_doubtful,
		.container = &test->container,
		.is_forwarder = test->is_forwarder,
		.is_unverified = test->is_unverified,
		.listed_container = test->policy.data ? &container : NULL,
		.container_user = test->container_user ? test->container_user : -1,
		.publisher = test->publisher,
		.is_left_behind = test->is_left_behind,
		.is_published = test->is_published,
		.is_hidden = test->is_hidden,
		.pod = test->pod,
		.service = test->service,
		.port = 3000,
	};

	if (!listed.main_pid)
		listed.main_pid = -1;
	for (size_t i = 0; i < GENERATIONS; i++)
		ancestors[i] = &facts[i];
	holder.restarter = restarter_find(ancestors, holder.count);
	assert_int_equal(remedy_find(&holder, &text), 0);
	assert_case(bytes_of(test->name), text.verdict, test->verdict);
	assert_bytes(buffer_bytes(&text.command), test->command);
	assert_bytes(buffer_bytes(&text.why), test->why);
	remedy_text_release(&text);
	buffer_release(&container.restart_policy);
	buffer_release(&container.unit);
	buffer_release(&container.pod);
	for (size_t i = 0; i < GENERATIONS; i++) {
		buffer_release(&facts[i].command);
		buffer_release(&facts[i].arguments);
	}
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

#endif
