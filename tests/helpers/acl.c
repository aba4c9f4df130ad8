/*
 * Lets a user write to a directory through an access control list, acl(5), like setfacl(1):
 *
 *   acl UID DIRECTORY    then its owner, this user, its group and others have rwx, rwx, r-x, r-x
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

/* From linux/posix_acl_xattr.h. The numbers are little-endian, as is the machine of the tests. */
struct entry {
	uint16_t tag;
	uint16_t rights;
	uint32_t id;
};

enum { VERSION = 2, OWNER = 1, USER = 2, GROUP = 4, MASK = 16, OTHERS = 32 };

int main(int argc, char *argv[])
{
	const uint32_t nobody = UINT32_MAX;
	struct {
		uint32_t version;
		struct entry entries[5];
	} list = {VERSION,
		{{OWNER, 7, nobody}, {USER, 7, 0}, {GROUP, 5, nobody}, {MASK, 7, nobody},
			{OTHERS, 5, nobody}}};

	if (argc != 3)
		return 2;
	list.entries[1].id = (uint32_t)strtoul(argv[1], NULL, 10);
	if (setxattr(argv[2], "system.posix_acl_access", &list, sizeof(list), 0) == 0)
		return 0;
	fprintf(stderr, "acl: %s: %s\n", argv[2], strerror(errno));
	return 1;
}
