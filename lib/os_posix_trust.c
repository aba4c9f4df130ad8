/*
 * Whose directories root may run a program from. sudo(8)'s secure_path and sshd(8)'s
 * StrictModes guard against the same: what others can put there, they can have root run.
 */
#include "os.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROOT = 0 };

/* In a user namespace, the files of the real root show the user of "/", who has no number there. */
static bool is_of_root(uid_t user)
{
	struct stat top;

	return user == ROOT || (stat("/", &top) == 0 && user == top.st_uid);
}

/* `is_last`: what is in it counts. In one above it, a sticky bit keeps others' names as they are.
 */
static bool is_safe(const char *path, bool is_last)
{
	struct stat status;
	bool is_sticky;

	if (stat(path, &status))
		return false;
	is_sticky = !is_last && (status.st_mode & S_ISVTX);
	if (!is_of_root(status.st_uid))
		return false;
	if ((status.st_mode & S_IWOTH) && !is_sticky)
		return false;
	return !(status.st_mode & S_IWGRP) || status.st_gid == ROOT || is_sticky;
}

bool os_is_safe_directory(const char *path)
{
	char real[PATH_MAX];
	size_t length;

	if (geteuid() != ROOT)
		return true;
	/* Those that links lead through count, and the links themselves lie in some of them. */
	if (!realpath(path, real))
		return false;
	length = strlen(real);
	if (!is_safe(real, true))
		return false;
	for (size_t i = length; i > 0; i--) {
		if (real[i - 1] != '/')
			continue;
		real[i == 1 ? 1 : i - 1] = '\0';
		if (!is_safe(real, false))
			return false;
	}
	return true;
}
