/*
 * floor INODE: prints the pid of each process that holds a socket, using only the necessary system
 * calls on one thread: the lower bound set by the kernel.
 */
#include <fcntl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* linux_dirent64 in getdents64(2) */
struct entry {
	uint64_t inode;
	int64_t offset;
	unsigned short length;
	unsigned char type;
	char name[];
};

enum { ENTRIES_SIZE = 256 * 1024 };

static long read_entries(int fd, void *entries)
{
	return syscall(SYS_getdents64, fd, entries, ENTRIES_SIZE);
}

/* True if a descriptor in the directory is a link to the wanted socket. */
static int has_socket(int directory, char *entries, const char *wanted, size_t wanted_length)
{
	char target[64];
	int has = 0;
	long length;

	while ((length = read_entries(directory, entries)) > 0) {
		for (long at = 0; at < length;) {
			const struct entry *entry = (const struct entry *)(entries + at);
			ssize_t count = readlinkat(directory, entry->name, target, sizeof(target));

			if (count == (ssize_t)wanted_length &&
				memcmp(target, wanted, wanted_length) == 0)
				has = 1;
			at += entry->length;
		}
	}
	return has;
}

int main(int argc, char *argv[])
{
	static _Alignas(struct entry) char processes[ENTRIES_SIZE];
	static _Alignas(struct entry) char descriptors[ENTRIES_SIZE];
	int proc = open("/proc", O_RDONLY | O_DIRECTORY);
	char wanted[64];
	size_t wanted_length;
	long length;

	if (argc != 2 || proc < 0) {
		fputs("usage: floor INODE\n", stderr);
		return 2;
	}
	wanted_length = (size_t)snprintf(wanted, sizeof(wanted), "socket:[%s]", argv[1]);
	while ((length = read_entries(proc, processes)) > 0) {
		for (long at = 0; at < length;) {
			const struct entry *entry = (const struct entry *)(processes + at);
			char path[32];
			int fd;

			at += entry->length;
			if (entry->name[0] < '1' || entry->name[0] > '9')
				continue;
			snprintf(path, sizeof(path), "%s/fd", entry->name);
			fd = openat(proc, path, O_RDONLY | O_DIRECTORY);
			if (fd < 0)
				continue;
			if (has_socket(fd, descriptors, wanted, wanted_length))
				puts(entry->name);
			close(fd);
		}
	}
	return 0;
}
