#include "supervisors.h"

#include "base/shell_word.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ON_CHANGE "at the next change of a file"

/* One row per supervisor; it is tested by a row of tests/unit/test_role.c. */
static const struct supervisor supervisors[] = {
	{.program = "runsv", .stop = "sv stop %s", .service = SERVICE_ARGUMENT},
	{.program = "s6-supervise", .stop = "s6-svc -d %s", .service = SERVICE_DIRECTORY},
	{.program = "supervise", .stop = "svc -d %s", .service = SERVICE_DIRECTORY},
	{
		.program = "supervise-daemon",
		.stop = "rc-service %s stop",
		.service = SERVICE_ARGUMENT,
	},
	{
		.program = "supervisord",
		.is_script = true,
		.stop = "supervisorctl stop %s",
		.service = SERVICE_VARIABLES,
		.group_variable = "SUPERVISOR_GROUP_NAME",
		.name_variable = "SUPERVISOR_PROCESS_NAME",
		.hint = "supervisorctl status shows the NAME",
	},
	{
		.program = "pm2",
		.stop = "pm2 stop %s",
		.service = SERVICE_VARIABLES,
		.name_variable = "name",
		.json_variable = "pm2_env",
		.hint = "pm2 list shows the NAME",
	},
	{
		.program = "circusd",
		.is_script = true,
		.stop = "circusctl stop %s",
		.service = SERVICE_VARIABLES,
		.name_variable = "CIRCUS_WATCHER",
		.hint = "circusctl status shows the NAME",
	},
	{.program = "forever", .is_script = true},
	{.program = "daemon", .argument = "--respawn"},
	{.program = "daemon", .argument = "-r"},
	{.program = "nodemon", .is_script = true, .when = ON_CHANGE},
	{.program = "node-dev", .is_script = true, .when = ON_CHANGE},
	{.program = "ts-node-dev", .is_script = true, .when = ON_CHANGE},
	{.program = "tsnd", .is_script = true, .when = ON_CHANGE},
	{.program = "tsx", .is_script = true, .argument = "watch", .when = ON_CHANGE},
	{.program = "watchmedo", .is_script = true, .when = ON_CHANGE},
	{.program = "watchexec", .when = ON_CHANGE},
	{.program = "cargo-watch", .when = ON_CHANGE},
	{.program = "reflex", .when = ON_CHANGE},
	{.program = "entr", .when = ON_CHANGE},
	{.program = "air", .when = ON_CHANGE},
	{.program = "concurrently", .is_script = true, .argument = "--restart-tries"},
	/* Most reloaders of frameworks end when their child was signalled, but not all versions. */
	{
		.program = "manage",
		.is_script = true,
		.is_own = true,
		.argument = "runserver",
		.is_unsure = true,
	},
	{.program = "django-admin", .is_script = true, .argument = "runserver", .is_unsure = true},
	{.program = "flask", .is_script = true, .argument = "run", .is_unsure = true},
	{.program = "uvicorn", .is_script = true, .argument = "--reload", .when = ON_CHANGE},
	{.program = "hypercorn", .is_script = true, .argument = "--reload", .when = ON_CHANGE},
	/* On SIGTERM, the master reloads, and restarts its workers. */
	{.program = "uwsgi", .signal = "INT"},
	/* These start other things besides services, and adopt orphans. */
	{
		.program = "launchd",
		.is_unsure = true,
		.hint = "launchctl list shows a job by its pid, and launchctl bootout stops it",
	},
	{
		.program = "services.exe",
		.is_unsure = true,
		.hint = "tasklist /svc shows a service by its pid, and sc.exe stop stops it",
	},
};

/* An interpreter that was started with --watch or the like. */
static const struct supervisor watching_interpreter = {
	.program = "watch mode", .is_script = true, .when = ON_CHANGE};

/* --watch, --watch-path=…; --hot of bun and deno. */
static bool is_watching(const struct program *program)
{
	struct bytes rest = program->options;

	if (!bytes_is(program->name, "node") && !bytes_is(program->name, "nodejs") &&
		!bytes_is(program->name, "bun") && !bytes_is(program->name, "deno"))
		return false;
	while (rest.length) {
		struct bytes option = bytes_cut(&rest, '\0');

		if (bytes_begin_with(option, bytes_of("--watch")) || bytes_is(option, "--hot"))
			return true;
	}
	return false;
}

/* forever's monitor is node with …/forever/bin/monitor as its script. */
static bool is_forever_monitor(const struct program *program)
{
	return program->script.data &&
		bytes_end_with(program->script, bytes_of("forever/bin/monitor"));
}

static bool is_program(const struct supervisor *supervisor, const struct program *program)
{
	const struct bytes name = bytes_of(supervisor->program);
	struct bytes command = program->command;

	if (supervisor->is_script && program->script.data)
		return bytes_equal(program->script_name, name) &&
			(program->is_installed || supervisor->is_own);
	/* A script is never taken for a native program of that name. */
	if (program->is_interpreter)
		return false;
	bytes_cut_suffix(&command, ".exe");
	/* The suffix is part of "services.exe", and of no other name in the table. */
	return bytes_equal(program->command, name) || bytes_equal(command, name) ||
		bytes_equal(program->name, name);
}

/* Also in the form "--restart-tries=3". */
static bool has_option(struct bytes arguments, const char *option)
{
	const size_t length = strlen(option);

	while (arguments.length) {
		struct bytes argument = bytes_cut(&arguments, '\0');

		if (bytes_begin_with(argument, bytes_of(option)) &&
			(argument.length == length || argument.data[length] == '='))
			return true;
	}
	return false;
}

static const struct supervisor *find_by_name(struct bytes name)
{
	for (size_t i = 0; i < COUNT(supervisors); i++)
		if (bytes_is(name, supervisors[i].program))
			return &supervisors[i];
	return NULL;
}

const struct supervisor *supervisor_find(const struct program *program)
{
	/* "PM2 v5.3.0: God Daemon (/home/alice/.pm2)", of which the kernel keeps 15 bytes. */
	if (!program->is_interpreter && bytes_begin_with(program->command, bytes_of("PM2 v")))
		return find_by_name(bytes_of("pm2"));
	if (is_forever_monitor(program))
		return find_by_name(bytes_of("forever"));
	if (program->is_interpreter && is_watching(program))
		return &watching_interpreter;
	for (size_t i = 0; i < COUNT(supervisors); i++)
		if (is_program(&supervisors[i], program) &&
			(!supervisors[i].argument ||
				has_option(program->rest, supervisors[i].argument)))
			return &supervisors[i];
	return NULL;
}

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/*
 * pm2 treats a number as an id, /NAME/ as a pattern, and NAME.config.js as a file to run;
 * supervisorctl splits its arguments at spaces, and "GROUP:" means the whole group. Both know
 * "all".
 */
static bool is_plain_name(struct bytes name)
{
	for (size_t i = 0; i < name.length; i++)
		if (!is_letter(name.data[i]) && !is_digit(name.data[i]) && name.data[i] != '-' &&
			name.data[i] != ':')
			return false;
	return is_letter(name.data[0]) && !bytes_is(name, "all") &&
		!bytes_end_with(name, bytes_of(":"));
}

/* A path that begins with a dot would depend on where the command is pasted. */
static bool is_safe_path(struct bytes name)
{
	const struct bytes patterns = bytes_of("*?[");

	for (size_t i = 0; i < name.length; i++)
		if (name.data[i] < ' ' || name.data[i] > '~' ||
			memchr(patterns.data, name.data[i], patterns.length))
			return false;
	return is_letter(name.data[0]) || is_digit(name.data[0]) || name.data[0] == '/';
}

bool supervisor_takes(const struct supervisor *supervisor, struct bytes service)
{
	enum { SERVICE_MAX = 255 };

	if (service.length == 0 || service.length > SERVICE_MAX)
		return false;
	return supervisor->service == SERVICE_VARIABLES ? is_plain_name(service)
							: is_safe_path(service);
}

int supervisor_append_stop(
	const struct supervisor *supervisor, struct bytes service, struct buffer *command)
{
	struct bytes after = bytes_of(supervisor->stop);
	struct bytes before = bytes_cut(&after, '%');
	int error = buffer_append(command, before.data, before.length);

	if (!error && supervisor_takes(supervisor, service))
		error = shell_word_append(command, service);
	else if (!error)
		error = buffer_append_text(command, "NAME");
	after = bytes_skip(after, strlen("s"));
	return error ? error : buffer_append(command, after.data, after.length);
}
