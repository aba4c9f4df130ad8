#include "unit_source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "os/os.h"
#include "query_tool.h"
#include "socket_units.h"

static int add_manager(struct argument_list *arguments, int64_t user)
{
	char machine[64];
	const char *const texts[] = {"--user", user == os_own_user() ? NULL : machine, NULL};

	if (user == UNIT_SOURCE_SYSTEM)
		return 0;
	snprintf(machine, sizeof(machine), "--machine=%" PRId64 "@.host", user);
	return argument_list_add_texts(arguments, texts);
}

bool unit_source_lacks_directory(char *ret_path, size_t size)
{
	if (getenv("XDG_RUNTIME_DIR") || getenv("DBUS_SESSION_BUS_ADDRESS"))
		return false;
	snprintf(ret_path, size, "/run/user/%" PRId64, os_own_user());
	return true;
}

static bool may_ask(int64_t user)
{
	return user == UNIT_SOURCE_SYSTEM || user == os_own_user() || os_is_privileged();
}

static int add_arguments(struct argument_list *arguments, int64_t user, const char *properties,
	const struct bytes *names, size_t count)
{
	const char *const question[] = {
		"--no-ask-password", "--no-pager", "show", properties, "--", NULL};
	int error = argument_list_add(arguments, bytes_of("systemctl"));

	if (!error)
		error = add_manager(arguments, user);
	if (!error)
		error = argument_list_add_texts(arguments, question);
	for (size_t i = 0; i < count && !error; i++)
		error = argument_list_add(arguments, names[i]);
	return error;
}

static int ask(int64_t user, const char *properties, const struct bytes *names, size_t count,
	struct buffer *ret_text)
{
	static const struct tool tool = {
		.why_slow = "it may wait for a systemd that doesn't answer; ",
	};
	struct argument_list arguments = {0};
	char directory[64];
	int error = may_ask(user) ? 0 : -EPERM;

	if (user == os_own_user() && unit_source_lacks_directory(directory, sizeof(directory)))
		(void)os_set_variable("XDG_RUNTIME_DIR", directory);
	if (!error)
		error = add_arguments(&arguments, user, properties, names, count);
	if (!error)
		error = query_tool_run(&tool, &arguments, ret_text);
	argument_list_release(&arguments);
	return error;
}

int unit_source_ask(
	int64_t user, const struct bytes *names, size_t count, struct unit_list *ret_list)
{
	struct unit_list list = {0};
	int error;

	/* Without names, systemctl would show the manager itself. */
	if (count == 0)
		return 0;
	error = ask(user, UNIT_LIST_PROPERTIES, names, count, &list.text);
	if (!error)
		error = unit_list_read(&list, buffer_bytes(&list.text));
	if (error)
		unit_list_release(&list);
	else
		*ret_list = list;
	return error;
}

int unit_source_ask_sockets(int64_t user, struct buffer *ret_text)
{
	const struct bytes pattern = bytes_of("*.socket");

	return ask(user, SOCKET_UNIT_PROPERTIES, &pattern, 1, ret_text);
}
