/*
 * Opens directories and files by their paths, since Windows has no openat(2).
 */
#include "os/os.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>

#include "os/link_file.h"
#include "os/windows/headers.h"
#include "os/windows/listing.h"
#include "os/windows/wide.h"

wchar_t *windows_path_within(const struct os_directory *directory, const char *name)
{
	const struct listing *listing = directory ? directory->stream : NULL;
	struct buffer path = {0};
	wchar_t *wide = NULL;
	int error = 0;

	if (listing)
		error = buffer_append_text(&path, listing->path.data) ||
			buffer_append_byte(&path, '/');
	if (!error && buffer_append_text(&path, name) == 0 && buffer_append_byte(&path, '\0') == 0)
		wide = wide_of(path.data);
	buffer_release(&path);
	return wide;
}

static int check_directory(const wchar_t *path)
{
	DWORD attributes = GetFileAttributesW(path);

	if (attributes == INVALID_FILE_ATTRIBUTES)
		return windows_error();
	return (attributes & FILE_ATTRIBUTE_DIRECTORY) ? 0 : -ENOTDIR;
}

/* Symbolic links and junctions. A file in cloud storage is another kind of reparse point. */
static bool is_link(const wchar_t *path)
{
	WIN32_FIND_DATAW found;
	HANDLE find = FindFirstFileW(path, &found);

	if (find == INVALID_HANDLE_VALUE)
		return false;
	FindClose(find);
	return (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) &&
		IsReparseTagNameSurrogate(found.dwReserved0);
}

static int check_part(const struct os_directory *directory, const char *name, size_t length)
{
	char part[MAX_PATH];
	wchar_t *path;
	bool is_link_part;

	if ((size_t)snprintf(part, sizeof(part), "%.*s", (int)length, name) >= sizeof(part))
		return -ENAMETOOLONG;
	path = windows_path_within(directory, part);
	if (!path)
		return -ENOMEM;
	is_link_part = is_link(path);
	free(path);
	return is_link_part ? -OS_NOT_PLAIN : 0;
}

/* In a capture, no part of a name may be a link. */
static int check_name(const struct os_directory *directory, const char *name)
{
	size_t length = 0;
	int error = 0;

	if (!directory || !directory->is_capture)
		return 0;
	do {
		length += strcspn(name + length, "/");
		error = check_part(directory, name, length);
	} while (!error && name[length++]);
	return error;
}

int os_directory_open(
	struct os_directory *ret_directory, const struct os_directory *parent, const char *name)
{
	wchar_t *path = windows_path_within(parent, name);
	struct listing *listing = calloc(1, sizeof(*listing));
	int error = path && listing ? check_name(parent, name) : -ENOMEM;

	if (!error)
		error = check_directory(path);

	if (!error)
		error = wide_append(&listing->path, path) ||
				buffer_append_byte(&listing->path, '\0')
			? -ENOMEM
			: 0;
	free(path);
	if (error) {
		if (listing)
			buffer_release(&listing->path);
		free(listing);
		return error;
	}
	listing->find = INVALID_HANDLE_VALUE;
	*ret_directory = (struct os_directory){
		.fd = -1, .stream = listing, .is_capture = parent && parent->is_capture};
	return 0;
}

int os_read_file_head(
	const struct os_directory *directory, const char *name, size_t max, struct buffer *content)
{
	wchar_t *path = windows_path_within(directory, name);
	size_t before = content->length;
	int error;
	int fd;

	error = path ? check_name(directory, name) : -ENOMEM;
	if (error) {
		free(path);
		return error;
	}
	fd = _wopen(path, _O_RDONLY | _O_BINARY | _O_NOINHERIT);
	error = fd < 0 ? -errno : 0;
	if (error == -EACCES && check_directory(path) == 0)
		error = -EISDIR;
	free(path);
	if (error)
		return error;
	error = os_read_head(fd, max, content);
	_close(fd);
	if (error)
		content->length = before;
	return error;
}

/* Links in a capture are files: few users have the right to create symbolic links. */
int os_read_link(
	const struct os_directory *directory, const char *name, char *ret_target, size_t size)
{
	return link_file_read(directory, name, ret_target, size);
}

/* "C:\x" or "\\server\x"; "C:x" and "\x" depend on the current directory and drive. */
bool os_is_absolute_path(const char *path)
{
	bool has_drive = isalpha((unsigned char)path[0]) && path[1] == ':';
	bool is_on_server = path[0] == '\\' && path[1] == '\\';

	return is_on_server || (has_drive && (path[2] == '\\' || path[2] == '/'));
}

/* Named pipes have their own namespace, and shells don't pass paths of it. */
bool os_is_stream(const char *path)
{
	(void)path;
	return false;
}

bool os_may_connect(const char *path)
{
	(void)path;
	return false;
}
