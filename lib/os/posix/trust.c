/*
 * Checks whether users other than root could change what root would run. sudo(8)'s secure_path and
 * sshd(8)'s StrictModes guard against the same attack.
 */
#include "os/os.h"

#include <sys/stat.h>
#include <unistd.h>

enum {
	ROOT = 0,
	LINKS_MAX = 40, /* as many as Linux follows: path_resolution(7) */
};

/* Resolves a path part by part, as the kernel does. */
struct walk {
	char at[OS_PATH_MAX]; /* the resolved part, without links */
	struct stat status; /* of `at` */
	char rest[OS_PATH_MAX];
	char name[OS_PATH_MAX];
	char path[OS_PATH_MAX];
	char target[OS_PATH_MAX]; /* of a link */
	char joined[OS_PATH_MAX];
	int link_count;
};

/* In a user namespace without the machine's root, its files show the overflow uid. */
static bool is_root(uid_t user)
{
	return user == ROOT || (int64_t)user == os_overflow_uid();
}

static bool others_may_write(const char *path, const struct stat *status)
{
	return !is_root(status->st_uid) || (status->st_mode & S_IWOTH) ||
		((status->st_mode & S_IWGRP) && status->st_gid != ROOT) ||
		os_acl_lets_write(path, status->st_mode);
}

/*
 * In a directory with the sticky bit, others can't rename root's entries. But they can recreate
 * one that isn't a directory, as a hard link to another file of root's.
 */
static bool others_may_replace(const struct walk *walk, const struct stat *entry)
{
	bool is_protected = (walk->status.st_mode & S_ISVTX) && S_ISDIR(entry->st_mode) &&
		is_root(walk->status.st_uid);

	return !is_protected && others_may_write(walk->at, &walk->status);
}

/* False if the path is too long. */
static bool join(const char *first, const char *second, char ret_path[OS_PATH_MAX])
{
	return snprintf(ret_path, OS_PATH_MAX, "%s/%s", first, second) < OS_PATH_MAX;
}

static bool move_to(struct walk *walk, const char *path)
{
	memcpy(walk->at, path, strlen(path) + 1);
	return lstat(path, &walk->status) == 0;
}

/* Continues with the target of the link. */
static bool follow_link(struct walk *walk, const char *link)
{
	char *target = walk->target;
	ssize_t length = readlink(link, target, sizeof(walk->target) - 1);

	if (length <= 0 || ++walk->link_count > LINKS_MAX)
		return false;
	target[length] = '\0';
	if (!join(target, walk->rest, walk->joined))
		return false;
	memcpy(walk->rest, walk->joined, sizeof(walk->rest));
	return target[0] != '/' || move_to(walk, "/");
}

/* Resolves the next name. Returns false if others could replace it, or on failure. */
static bool step(struct walk *walk)
{
	size_t start = strspn(walk->rest, "/");
	size_t length = strcspn(walk->rest + start, "/");
	char *name = walk->name;
	char *path = walk->path;
	struct stat entry;

	memcpy(name, walk->rest + start, length);
	name[length] = '\0';
	memmove(walk->rest, walk->rest + start + length, strlen(walk->rest + start + length) + 1);
	if (length == 0)
		return true;
	if (!join(walk->at[1] ? walk->at : "", name, path) || lstat(path, &entry) ||
		others_may_replace(walk, &entry))
		return false;
	return S_ISLNK(entry.st_mode) ? follow_link(walk, path) : move_to(walk, path);
}

bool os_is_safe_program(const char *path)
{
	static struct walk walk; /* not on the stack, which may be small */

	if (geteuid() != ROOT)
		return true;
	walk.link_count = 0;
	if (!move_to(&walk, "/") || !join("", path, walk.rest))
		return false;
	while (walk.rest[0])
		if (!step(&walk))
			return false;
	return S_ISREG(walk.status.st_mode) && !others_may_write(walk.at, &walk.status);
}
