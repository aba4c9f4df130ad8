#include "role.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const interactive_programs[] = {"tmux", "tmux: server", "tmux: client", "screen",
	"dtach", "sshd", "sshd-session", "login", "agetty", "getty", "xterm", "urxvt", "konsole",
	"alacritty", "kitty", "foot", "wezterm-gui", "gnome-terminal-server", "ptyxis-agent",
	"terminator", "tilix", "xfce4-terminal", "explorer", "WindowsTerminal", "OpenConsole"};

/* Each waits for what it starts, and starts it once. */
static const char *const launchers[] = {"make", "gmake", "ninja", "just", "task", "cargo", "go",
	"mvn", "gradle", "sbt", "uv", "bunx", "sudo", "su", "doas", "runuser", "setpriv", "env",
	"nice", "ionice", "nohup", "setsid", "stdbuf", "time", "timeout", "chrt", "taskset",
	"unshare", "nsenter", "strace", "ltrace", "gdb", "lldb", "script", "hivemind", "direnv"};

/* These are run by an interpreter. */
static const char *const script_launchers[] = {"npm", "npm-cli", "npx", "npx-cli", "yarn", "pnpm",
	"pnpx", "rake", "bundle", "poetry", "pipenv", "hatch", "tox", "honcho", "foreman",
	"concurrently", "dotenv"};

static const char *const shells[] = {"sh", "bash", "dash", "ash", "zsh", "fish", "ksh", "ksh93",
	"mksh", "tcsh", "csh", "nu", "elvish", "xonsh", "rbash", "pwsh"};

static const char *const runners[] = {"cron", "crond", "fcron", "anacron", "atd", "batch",
	"Runner.Listener", "Runner.Worker", "gitlab-runner", "buildkite-agent", "act_runner",
	"drone-runner", "woodpecker-agent"};

/*
 * What containers have as pid 1: it waits for what it was given to run, or forever, and starts
 * nothing else.
 */
static const char *const inits[] = {
	"tini", "docker-init", "dumb-init", "catatonit", "sleep", "tail", "pause"};

static bool is_among(struct bytes name, const char *const names[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_is(name, names[i]))
			return true;
	return false;
}

#define IS_AMONG(name, names) is_among(name, names, COUNT(names))

static bool is_named_among(const struct program *program, const char *const names[], size_t count)
{
	struct bytes command = program->command;

	bytes_cut_suffix(&command, ".exe");
	return !program->is_interpreter &&
		(is_among(command, names, count) || is_among(program->name, names, count));
}

#define IS_NAMED_AMONG(program, names) is_named_among(program, names, COUNT(names))

static bool is_in_word(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		(byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.' ||
		byte == '/';
}

static bool has_word(struct bytes text, struct bytes word)
{
	for (size_t at = 0; at + word.length <= text.length; at++)
		if (memcmp(text.data + at, word.data, word.length) == 0 &&
			(at == 0 || !is_in_word(text.data[at - 1])) &&
			(at + word.length == text.length ||
				!is_in_word(text.data[at + word.length])))
			return true;
	return false;
}

/* Whether a shell's text may start something more than once. */
static bool may_repeat(struct bytes text)
{
	static const char *const words[] = {"while", "until", "for", "select", "repeat", "foreach",
		"loop", "forever", "watch", "xargs", "parallel", "eval", "source", "function"};

	for (size_t i = 0; i < COUNT(words); i++)
		if (has_word(text, bytes_of(words[i])))
			return true;
	/* A function, and a shell that runs its own text. */
	for (; text.length >= strlen("()"); text = bytes_skip(text, 1))
		if (bytes_begin_with(text, bytes_of("()")) ||
			bytes_begin_with(text, bytes_of("$0")))
			return true;
	return false;
}

/*
 * sh(1): without a file, a shell is at its prompt; with -c it runs its text and ends; a file may
 * contain anything.
 */
static enum role_kind shell_kind(struct bytes arguments)
{
	struct bytes rest = arguments;

	while (rest.length) {
		struct bytes argument = bytes_cut(&rest, '\0');

		/* bash's options, also used by editors to inject settings. */
		if (bytes_is(argument, "--init-file") || bytes_is(argument, "--rcfile") ||
			bytes_is(argument, "-o")) {
			bytes_cut(&rest, '\0');
			continue;
		}
		if (argument.length == 0 || argument.data[0] != '-')
			return ROLE_OTHER;
		if (argument.length > 1 && argument.data[1] != '-' &&
			memchr(argument.data, 'c', argument.length))
			return may_repeat(rest) ? ROLE_OTHER : ROLE_LAUNCHER;
	}
	return ROLE_INTERACTIVE;
}

/* Windows' shell: cmd /c runs its command and ends. */
static enum role_kind cmd_kind(struct bytes arguments)
{
	return program_has_argument(arguments, "/c") || program_has_argument(arguments, "/C")
		? ROLE_LAUNCHER
		: ROLE_INTERACTIVE;
}

/* npm and the like set a title: "npm run dev". */
static bool is_titled_launcher(struct bytes command)
{
	static const char *const titles[] = {"npm ", "npx ", "yarn ", "pnpm "};

	for (size_t i = 0; i < COUNT(titles); i++)
		if (bytes_begin_with(command, bytes_of(titles[i])))
			return true;
	return false;
}

static bool is_interactive(const struct program *program)
{
	return IS_NAMED_AMONG(program, interactive_programs) ||
		bytes_begin_with(program->command, bytes_of("sshd: ")) ||
		bytes_begin_with(program->command, bytes_of("gnome-terminal"));
}

bool role_is_shell(const struct program *program)
{
	/* By argv[0]: a shell script's process is named after the script. */
	return IS_AMONG(program->name, shells);
}

static enum role_kind kind_of(const struct program *program)
{
	static const char *const cmd[] = {"cmd"};

	/* Without its arguments, it is unknown what a shell does. */
	if (program->name.length == 0 && IS_AMONG(program->command, shells))
		return ROLE_OTHER;
	if (IS_NAMED_AMONG(program, cmd))
		return cmd_kind(program->rest);
	if (role_is_shell(program))
		return shell_kind(program->rest);
	if (is_interactive(program))
		return ROLE_INTERACTIVE;
	if (IS_NAMED_AMONG(program, runners))
		return ROLE_RUNNER;
	if (IS_NAMED_AMONG(program, launchers) || is_titled_launcher(program->command))
		return ROLE_LAUNCHER;
	if (IS_NAMED_AMONG(program, script_launchers) ||
		(program->is_installed && IS_AMONG(program->script_name, script_launchers)))
		return ROLE_LAUNCHER;
	return ROLE_OTHER;
}

struct role role_of(const struct program *program, bool is_first)
{
	const struct supervisor *supervisor = supervisor_find(program);

	if (bytes_is(program->command, "systemd") ||
		(is_first && bytes_is(program->name, "systemd")))
		return (struct role){.kind = ROLE_MANAGER};
	if (is_first && IS_NAMED_AMONG(program, inits))
		return (struct role){.kind = ROLE_INIT};
	if (supervisor)
		return (struct role){
			supervisor->is_unsure ? ROLE_OTHER : ROLE_SUPERVISOR, supervisor};
	return (struct role){.kind = kind_of(program)};
}
