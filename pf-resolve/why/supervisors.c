#include "supervisors.h"

#include "base/shell_word.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A row a supervisor; its test is a row of tests/unit/test_supervisors.c. */
static const struct supervisor supervisors[] = {
	{.program = "runsv", .stop = "sv stop %s", .service = SERVICE_ARGUMENT},
	{.program = "s6-supervise", .stop = "s6-svc -d %s", .service = SERVICE_DIRECTORY},
	{.program = "supervise", .stop = "svc -d %s", .service = SERVICE_DIRECTORY},
	{
		.program = "supervisord",
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
		.hint = "pm2 list shows the NAME",
	},
	{
		.program = "circusd",
		.stop = "circusctl stop %s",
		.service = SERVICE_VARIABLES,
		.name_variable = "CIRCUS_WATCHER",
		.hint = "circusctl status shows the NAME",
	},
	{.program = "nodemon"},
	{.program = "node-dev"},
	{.program = "ts-node-dev"},
	{.program = "forever"},
	{.program = "watchexec"},
	{.program = "watchmedo"},
	{.program = "cargo-watch"},
	{.program = "reflex"},
	{.program = "entr"},
	{.program = "air"},
	/* These start other things than services, too, and adopt orphans. */
	{
		.program = "launchd",
		.is_unsure = true,
		.hint = "launchctl list shows a job by its pid, and launchctl bootout stops it",
	},
	{
		.program = "services.exe",
		.is_unsure = true,
		.hint = "tasklist /svc shows a service by its pid, and sc stop stops it",
	},
};

static const char *const interactive_programs[] = {"tmux", "tmux: server", "tmux: client", "screen",
	"sshd", "sshd-session", "login", "agetty", "getty", "xterm", "urxvt", "konsole",
	"alacritty", "kitty", "foot", "wezterm-gui", "gnome-terminal-server", "ptyxis-agent",
	"terminator", "tilix", "xfce4-terminal", "explorer", "WindowsTerminal", "OpenConsole"};

static const char *const launchers[] = {"npm", "npm-cli", "npx", "npx-cli", "yarn", "pnpm", "pnpx",
	"bunx", "make", "gmake", "ninja", "just", "task", "rake", "cargo", "go", "mvn", "gradle",
	"sbt", "bundle", "poetry", "pipenv", "uv", "hatch", "tox", "flask", "sudo", "su", "doas",
	"runuser", "setpriv", "env", "nice", "ionice", "nohup", "setsid", "stdbuf", "time",
	"timeout", "chrt", "taskset", "unshare", "nsenter", "strace", "ltrace", "gdb", "lldb",
	"script", "honcho", "foreman", "hivemind", "concurrently", "dotenv", "direnv"};

static const char *const shells[] = {"sh", "bash", "dash", "ash", "zsh", "fish", "ksh", "ksh93",
	"mksh", "tcsh", "csh", "nu", "elvish", "xonsh", "rbash", "pwsh"};

/* Programs whose first argument is what runs; python3.11 is a python. */
static const char *const interpreters[] = {
	"node", "nodejs", "bun", "deno", "python", "ruby", "perl", "php"};

static bool is_among(struct bytes name, const char *const names[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_is(name, names[i]))
			return true;
	return false;
}

static bool is_interpreter(struct bytes name)
{
	while (name.length &&
		(name.data[name.length - 1] == '.' ||
			(name.data[name.length - 1] >= '0' && name.data[name.length - 1] <= '9')))
		name.length--;
	return is_among(name, interpreters, COUNT(interpreters));
}

/* The name of the file at a path; a login shell's begins with a dash. */
static struct bytes file_name(struct bytes path)
{
	/* Windows has both separators; on Unix a backslash in a name is rare enough. */
	struct bytes name = bytes_last_part(bytes_last_part(path, '/'), '\\');

	if (name.length && name.data[0] == '-')
		name = bytes_skip(name, 1);
	return name;
}

static struct bytes without_suffix(struct bytes name)
{
	static const char *const suffixes[] = {".js", ".cjs", ".mjs", ".py", ".rb", ".sh", ".exe"};

	for (size_t i = 0; i < COUNT(suffixes); i++)
		if (name.length > strlen(suffixes[i]))
			bytes_cut_suffix(&name, suffixes[i]);
	return name;
}

/* What an interpreter runs: its first argument that is no option; data NULL: none. */
static struct bytes script_of(struct bytes arguments)
{
	struct bytes rest = arguments;

	bytes_cut(&rest, '\0');
	while (rest.length) {
		struct bytes argument = bytes_cut(&rest, '\0');

		if (argument.length && argument.data[0] != '-')
			return without_suffix(file_name(argument));
	}
	return (struct bytes){0};
}

/* Whether a shell's text may start something more than once. */
static bool has_loop(struct bytes text)
{
	static const char *const words[] = {"while ", "until ", "for ", "watch ", "loop"};

	for (size_t i = 0; i < COUNT(words); i++) {
		struct bytes word = bytes_of(words[i]);

		for (size_t at = 0; at + word.length <= text.length; at++)
			if (memcmp(text.data + at, word.data, word.length) == 0)
				return true;
	}
	return false;
}

/*
 * sh(1): without a file to read, a shell is at its prompt; what -c gives it, it does
 * and ends; a file may hold anything.
 */
static enum role_kind shell_kind(struct bytes arguments)
{
	struct bytes rest = arguments;

	/* Nothing is known of what it does. */
	if (arguments.length == 0)
		return ROLE_OTHER;
	bytes_cut(&rest, '\0');
	while (rest.length) {
		struct bytes argument = bytes_cut(&rest, '\0');

		/* bash's, and those by which editors bring their own settings. */
		if (bytes_is(argument, "--init-file") || bytes_is(argument, "--rcfile") ||
			bytes_is(argument, "-o")) {
			bytes_cut(&rest, '\0');
			continue;
		}
		if (argument.length == 0 || argument.data[0] != '-')
			return ROLE_OTHER;
		if (argument.length > 1 && argument.data[1] != '-' &&
			memchr(argument.data, 'c', argument.length))
			return has_loop(rest) ? ROLE_OTHER : ROLE_LAUNCHER;
	}
	return ROLE_INTERACTIVE;
}

static const struct supervisor *find_supervisor(struct bytes name)
{
	for (size_t i = 0; i < COUNT(supervisors); i++)
		if (bytes_is(name, supervisors[i].program))
			return &supervisors[i];
	/* "PM2 v5.3.0: God Daemon (/home/alice/.pm2)", of which the kernel keeps 15 bytes. */
	return bytes_begin_with(name, bytes_of("PM2 v")) ? find_supervisor(bytes_of("pm2")) : NULL;
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
 * pm2 takes a number for one of its own, /NAME/ for a pattern, and runs NAME.config.js;
 * supervisorctl takes its arguments apart at blanks, and "GROUP:" for all that is in there.
 * Both know "all".
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

/* What begins with a dot would be looked for below the directory of who pastes it. */
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

/* Windows' own shell: cmd /c does what it was told, and ends. */
static enum role_kind cmd_kind(struct bytes arguments)
{
	struct bytes rest = arguments;

	bytes_cut(&rest, '\0');
	while (rest.length) {
		struct bytes argument = bytes_cut(&rest, '\0');

		if (bytes_is(argument, "/c") || bytes_is(argument, "/C"))
			return ROLE_LAUNCHER;
	}
	return ROLE_INTERACTIVE;
}

static enum role_kind kind_of_name(struct bytes name, struct bytes arguments)
{
	if (bytes_is(name, "cmd"))
		return cmd_kind(arguments);
	if (is_among(name, shells, COUNT(shells)))
		return shell_kind(arguments);
	if (is_among(name, interactive_programs, COUNT(interactive_programs)) ||
		bytes_begin_with(name, bytes_of("sshd: ")) ||
		bytes_begin_with(name, bytes_of("gnome-terminal")))
		return ROLE_INTERACTIVE;
	/* They put what they do into their name: "npm run dev". */
	if (is_among(name, launchers, COUNT(launchers)) ||
		bytes_begin_with(name, bytes_of("npm ")) ||
		bytes_begin_with(name, bytes_of("npx ")) ||
		bytes_begin_with(name, bytes_of("yarn ")) ||
		bytes_begin_with(name, bytes_of("pnpm ")))
		return ROLE_LAUNCHER;
	return ROLE_OTHER;
}

struct role role_of(struct bytes command, struct bytes arguments, bool is_first)
{
	struct bytes rest = arguments;
	struct bytes program = without_suffix(file_name(bytes_cut(&rest, '\0')));
	/* The suffix is part of "services.exe", and of no other name in these tables. */
	struct bytes names[] = {command, without_suffix(command), program, {0}};
	struct role role = {.kind = ROLE_OTHER};

	if (is_interpreter(program))
		names[3] = script_of(arguments);
	if (bytes_is(command, "systemd") || (is_first && bytes_is(program, "systemd")))
		return (struct role){.kind = ROLE_MANAGER};
	for (size_t i = 0; i < COUNT(names); i++) {
		role.supervisor = names[i].length ? find_supervisor(names[i]) : NULL;
		if (role.supervisor) {
			role.kind = role.supervisor->is_unsure ? ROLE_OTHER : ROLE_SUPERVISOR;
			return role;
		}
	}
	for (size_t i = 0; i < COUNT(names) && role.kind == ROLE_OTHER; i++)
		if (names[i].length)
			role.kind = kind_of_name(names[i], arguments);
	return role;
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
