#include "capture.h"

#include <errno.h>

#include "cli/diag.h"
#include "cli/line_reader.h"
#include "cli/writer.h"
#include "known_text.h"
#include "os/os.h"

static bool is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

static int report_error(const char *path, const char *name, int error)
{
	if (error)
		diag("%s%s%s: %s", path, name ? "/" : "", name ? name : "", diag_error(error));
	return error;
}

int capture_read(const char *path, const char *name, struct buffer *text)
{
	struct os_directory directory;
	int error;

	if (is_stdin(path))
		return report_error("standard input", NULL, os_read_all(OS_STDIN, text));
	error = os_capture_open(&directory, path);
	if (error == -ENOTDIR)
		return report_error(path, NULL, os_read_file(NULL, path, text));
	if (error)
		return report_error(path, NULL, error);
	error = report_error(path, name, os_read_file(&directory, name, text));
	os_directory_close(&directory);
	return error;
}

int capture_read_optional(const char *path, const char *name, struct buffer *text)
{
	struct os_directory directory;
	int error;

	if (is_stdin(path))
		return -ENOENT;
	error = os_capture_open(&directory, path);
	if (!error) {
		error = os_read_file(&directory, name, text);
		os_directory_close(&directory);
	}
	/* A capture that is a single file has no other files. */
	return error == -ENOENT || error == -ENOTDIR ? -ENOENT : report_error(path, name, error);
}

static bool is_directory(const char *path)
{
	struct os_directory directory;
	bool is_open = os_capture_open(&directory, path) == 0;

	if (is_open)
		os_directory_close(&directory);
	return is_open;
}

bool capture_report_known(const char *path, const char *name, struct bytes text)
{
	const char *description = known_text_describe(text);

	if (!description)
		return false;
	if (is_stdin(path))
		diag("standard input: %s", description);
	else if (is_directory(path))
		diag("%s/%s: %s", path, name, description);
	else
		diag("%s: %s", path, description);
	return true;
}

bool capture_is_usable(const char *path, const char *name, bool (*is_text)(struct buffer *text))
{
	struct os_directory directory;
	struct buffer text = {0};
	bool usable;
	int error;

	if (is_stdin(path))
		return true;
	error = os_capture_open(&directory, path);
	if (error == -ENOTDIR) {
		usable = os_read_file(NULL, path, &text) == 0 && is_text(&text);
	} else if (error) {
		return false;
	} else {
		usable = os_read_file_head(&directory, name, 1, &text) == 0;
		os_directory_close(&directory);
	}
	buffer_release(&text);
	return usable;
}
