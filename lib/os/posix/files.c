/*
 * Opens directories and files of the machine or of a capture.
 */
#include "os/os.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "os/link_file.h"

static int directory_fd(const struct os_directory *directory)
{
	return directory ? directory->fd : AT_FDCWD;
}

/* A directory and the name of an entry in it. */
struct place {
	const struct os_directory *start;
	int fd;
	const char *name;
};

static void close_place(const struct place *place)
{
	if (place->fd != directory_fd(place->start))
		close(place->fd);
}

static bool is_in_capture(const struct place *place)
{
	return place->start && place->start->is_capture;
}

/* Opens only directories and regular files. */
static int open_plain(const struct place *place, int flags)
{
	int fd = openat(place->fd, place->name,
		flags | O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	int error = fd < 0 ? negative_errno() : 0;
	struct stat status;

	if (error) {
		/* Systems differ in the errno for a link. */
		if (fstatat(place->fd, place->name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
			S_ISLNK(status.st_mode))
			error = -OS_NOT_PLAIN;
		return error;
	}
	if (fstat(fd, &status))
		error = negative_errno();
	else if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
		error = -OS_NOT_PLAIN;
	if (error)
		close(fd);
	return error ? error : fd;
}

static int open_at(const struct place *place, int flags)
{
	int fd;

	if (is_in_capture(place))
		return open_plain(place, flags);
	fd = openat(place->fd, place->name, flags | O_RDONLY | O_CLOEXEC);
	return fd < 0 ? negative_errno() : fd;
}

/* In a capture, opens one directory after another; otherwise the kernel resolves the path. */
static int find_place(const struct os_directory *start, const char *name, struct place *ret_place)
{
	struct place place = {start, directory_fd(start), name};
	const char *slash;

	while (is_in_capture(&place) && (slash = strchr(place.name, '/'))) {
		char part[64];
		int length = snprintf(
			part, sizeof(part), "%.*s", (int)(slash - place.name), place.name);
		const struct place next = {start, place.fd, part};
		int fd = (size_t)length < sizeof(part) ? open_at(&next, O_DIRECTORY)
						       : -ENAMETOOLONG;

		close_place(&place);
		if (fd < 0)
			return fd;
		place.fd = fd;
		place.name = slash + 1;
	}
	*ret_place = place;
	return 0;
}

static int open_within(const struct os_directory *directory, const char *name, int flags)
{
	struct place place;
	int error = find_place(directory, name, &place);
	int fd;

	if (error)
		return error;
	fd = open_at(&place, flags);
	close_place(&place);
	return fd;
}

int os_directory_open(
	struct os_directory *ret_directory, const struct os_directory *parent, const char *name)
{
	int fd = open_within(parent, name, O_DIRECTORY);

	if (fd < 0)
		return fd;
	*ret_directory = (struct os_directory){
		.fd = fd, .is_capture = parent && parent->is_capture};
	return 0;
}

int os_read_file_head(
	const struct os_directory *directory, const char *name, size_t max, struct buffer *content)
{
	int fd = open_within(directory, name, 0);
	size_t before = content->length;
	int error;

	if (fd < 0)
		return fd;
	error = os_read_head(fd, max, content);
	close(fd);
	if (error)
		content->length = before;
	return error;
}

int os_read_link(
	const struct os_directory *directory, const char *name, char *ret_target, size_t size)
{
	struct place place;
	int length = find_place(directory, name, &place);

	if (length)
		return length;
	length = (int)readlinkat(place.fd, place.name, ret_target, size - 1);
	if (length < 0)
		length = negative_errno();
	close_place(&place);
	if (length == -EINVAL)
		return link_file_read(directory, name, ret_target, size);
	if (length >= 0)
		ret_target[length] = '\0';
	return length;
}

bool os_is_absolute_path(const char *path)
{
	return path[0] == '/';
}

bool os_is_stream(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

bool os_may_connect(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISSOCK(status.st_mode) &&
		access(path, R_OK | W_OK) == 0;
}
