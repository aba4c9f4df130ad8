#include "program.h"

/* Programs that run their first argument; a version may follow, as in python3.11. */
static const char *const interpreters[] = {
	"node", "nodejs", "bun", "deno", "python", "ruby", "perl", "php"};

/* Words of bun and deno that come before a script. */
static const char *const subcommands[] = {"run", "serve", "x"};

/*
 * Options whose value is the next argument, from the manuals of node, python, ruby and perl.
 */
static const char *const valued_options[] = {
	"-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "-W", "-X", "-I"};

/* These are followed by the program's text, so there is no script. */
static const char *const text_options[] = {"-e", "--eval", "-p", "--print", "-pe", "-c"};

static bool is_among(struct bytes word, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_is(word, words[i]))
			return true;
	return false;
}

#define IS_AMONG(word, words) is_among(word, words, sizeof(words) / sizeof((words)[0]))

static bool is_interpreter(struct bytes name)
{
	while (name.length &&
		(name.data[name.length - 1] == '.' ||
			(name.data[name.length - 1] >= '0' && name.data[name.length - 1] <= '9')))
		name.length--;
	return IS_AMONG(name, interpreters);
}

/* Windows has both separators; on Unix a backslash in a name is rare enough. */
static struct bytes file_name(struct bytes path)
{
	return bytes_last_part(bytes_last_part(path, '/'), '\\');
}

static struct bytes without_suffix(struct bytes name)
{
	static const char *const suffixes[] = {
		".js", ".cjs", ".mjs", ".ts", ".py", ".rb", ".sh", ".exe"};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (name.length > strlen(suffixes[i]))
			bytes_cut_suffix(&name, suffixes[i]);
	return name;
}

static bool has_part(struct bytes text, const char *part)
{
	const struct bytes wanted = bytes_of(part);

	for (; text.length >= wanted.length; text = bytes_skip(text, 1))
		if (bytes_begin_with(text, wanted))
			return true;
	return false;
}

static bool is_installed(struct bytes script)
{
	struct bytes name = file_name(script);

	return without_suffix(name).length == name.length || has_part(script, "node_modules") ||
		has_part(script, "-packages/") || has_part(script, "/gems/") ||
		has_part(script, "/bin/") || has_part(script, "\\bin\\");
}

static void set_script(struct program *program, struct bytes script, bool is_module)
{
	program->script = script;
	program->script_name = is_module ? script : without_suffix(file_name(script));
	program->is_installed = is_module || is_installed(script);
}

/* An option, or a word such as deno's "run". */
static bool is_before_script(const struct program *program, struct bytes argument)
{
	return (argument.length && argument.data[0] == '-') ||
		(IS_AMONG(argument, subcommands) && !bytes_is(program->name, "node"));
}

/* `arguments`: those after argv[0]. */
static void find_script(struct program *program, struct bytes arguments)
{
	struct bytes rest = arguments;

	program->options = arguments;
	while (rest.length) {
		const char *begin = rest.data;
		struct bytes argument = bytes_cut(&rest, '\0');
		bool is_module = bytes_is(argument, "-m");

		if (IS_AMONG(argument, text_options))
			return;
		if (IS_AMONG(argument, valued_options)) {
			bytes_cut(&rest, '\0');
			continue;
		}
		if (is_module)
			argument = bytes_cut(&rest, '\0');
		else if (is_before_script(program, argument))
			continue;
		if (argument.length == 0)
			return;
		program->options.length = (size_t)(begin - arguments.data);
		program->rest = rest;
		set_script(program, argument, is_module);
		return;
	}
}

struct program program_read(struct bytes command, struct bytes arguments)
{
	struct program program = {.command = command};
	struct bytes rest = arguments;
	struct bytes name = file_name(bytes_cut(&rest, '\0'));

	if (name.length && name.data[0] == '-')
		name = bytes_skip(name, 1);
	bytes_cut_suffix(&name, ".exe");
	program.name = name;
	program.is_interpreter = is_interpreter(name);
	if (program.is_interpreter)
		find_script(&program, rest);
	else
		program.rest = rest;
	return program;
}

bool program_is_same(const struct program *a, const struct program *b)
{
	if (a->is_interpreter != b->is_interpreter)
		return false;
	if (a->is_interpreter)
		return a->script.data && b->script.data &&
			bytes_equal(file_name(a->script), file_name(b->script));
	return a->command.data && b->command.data && bytes_equal(a->command, b->command);
}

bool program_has_argument(struct bytes arguments, const char *word)
{
	while (arguments.length)
		if (bytes_is(bytes_cut(&arguments, '\0'), word))
			return true;
	return false;
}

struct bytes program_label(const struct program *program)
{
	bool has_own_name = program->command.data && !is_interpreter(program->command);

	if (program->is_interpreter && program->script.data && !has_own_name)
		return file_name(program->script);
	return program->command;
}
