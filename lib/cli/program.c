#include "cli/program.h"

#include <errno.h>

#include "base/text.h"
#include "os/os.h"

int program_print(const char *text)
{
	struct writer output = {.fd = OS_STDOUT};

	writer_put(&output, bytes_of(text));
	return program_finish(&output, EXIT_MATCHED);
}

int program_version(void)
{
	struct writer output = {.fd = OS_STDOUT};

	writer_put(&output, bytes_of(program_name));
	writer_put(&output, bytes_of(" " PF_VERSION "\n"));
	return program_finish(&output, EXIT_MATCHED);
}

/* Truncated so that the message has room for the reason. */
static size_t shown_length(struct bytes word)
{
	enum { SHOWN_MAX = 200 };
	size_t length = 0;

	while (length < word.length) {
		uint32_t character;
		size_t step = text_next(bytes_skip(word, length), &character);

		step += step == 0;
		if (length + step > SHOWN_MAX)
			break;
		length += step;
	}
	return length;
}

int program_wrong_usage(const char *what, const char *why)
{
	size_t length = shown_length(bytes_of(what));

	diag("%.*s%s: %s (see %s --help)", (int)length, what, what[length] ? "…" : "", why,
		program_name);
	return EXIT_ERROR;
}

int program_next_option(
	int argc, char *argv[], const char *letters, const struct option *long_options)
{
	(void)os_set_variable("POSIXLY_CORRECT", NULL);
	return getopt_long(argc, argv, letters, long_options, NULL);
}

/* As in --json=1. */
static bool has_value(const char *word)
{
	return strncmp(word, "--", 2) == 0 && strchr(word, '=');
}

int program_wrong_option(int refused, const char *letters, char *const argv[])
{
	char letter[] = {'-', (char)optopt, '\0'};
	/*
	 * getopt_long() sets optopt to an unknown letter, to the value of a known long option, or
	 * to 0 for an unknown one. A known letter is rejected only as --help=yes.
	 */
	bool is_letter = optopt > 0 && optopt < 256;
	bool is_known = optopt >= 256 || (is_letter && strchr(letters, optopt));
	/* BSD's getopt_long(), also in mingw-w64, returns ':' for a superfluous value too. */
	bool lacks_value = refused == ':' && !has_value(argv[optind - 1]);
	const char *option = is_letter && (!is_known || lacks_value) ? letter : argv[optind - 1];

	if (lacks_value)
		return program_wrong_usage(option, "needs a value");
	return program_wrong_usage(option, is_known ? "takes no value" : "no such option");
}

int program_finish(struct writer *output, int status)
{
	int error = writer_flush(output);

	writer_release(output);
	if (error && error != -EPIPE) {
		diag("standard output: %s", diag_error(error));
		return EXIT_ERROR;
	}
	return status;
}
