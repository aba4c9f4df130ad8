#include "unit_source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "os/os.h"
#include "query_tool.h"

static int add_manager(struct argument_list *arguments, int64_t user)
{
	char machine[64];
	const char *const texts[] = {"--user", user == os_own_user() ? NULL : machine, NULL};

	if (user == UNIT_SOURCE_SYSTEM)
		return 0;
	snprintf(machine, sizeof(machine), "--machine=%" PRId64 "@.host", user);
	return argument_list_add_texts(arguments, texts);
}

static int add_arguments(
	struct argument_list *arguments, int64_t user, const struct bytes *names, size_t count)
{
	static const char *const question[] = {
		"--no-ask-password", "--no-pager", "show", UNIT_LIST_PROPERTIES, "--", NULL};
	int error = argument_list_add(arguments, bytes_of("systemctl"));

	if (!error)
		error = add_manager(arguments, user);
	if (!error)
		error = argument_list_add_texts(arguments, question);
	for (size_t i = 0; i < count && !error; i++)
		error = argument_list_add(arguments, names[i]);
	return error;
}

int unit_source_ask(
	int64_t user, const struct bytes *names, size_t count, struct unit_list *ret_list)
{
	static const struct tool tool = {
		.why_slow = "it may wait for a systemd that doesn't answer; ",
	};
	struct argument_list arguments = {0};
	struct unit_list list = {0};
	int error;

	/* Without names, it would show the manager. */
	if (count == 0)
		return 0;
	if (user != UNIT_SOURCE_SYSTEM && user != os_own_user() && !os_is_privileged())
		return -EPERM;
	error = add_arguments(&arguments, user, names, count);
	if (!error)
		error = query_tool_run(&tool, &arguments, &list.text);
	if (!error)
		error = unit_list_read(&list, buffer_bytes(&list.text));
	argument_list_release(&arguments);
	if (error)
		unit_list_release(&list);
	else
		*ret_list = list;
	return error;
}
