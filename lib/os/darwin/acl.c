/*
 * Access control lists of macOS, which grant rights in addition to the mode: acl(3).
 */
#include "os/os.h"

#include <sys/acl.h>

bool os_acl_lets_write(const char *path, unsigned mode)
{
	acl_t list = acl_get_file(path, ACL_TYPE_EXTENDED);
	acl_entry_t entry;
	acl_tag_t tag;
	bool lets = false;
	int which = ACL_FIRST_ENTRY;

	(void)mode;
	if (!list)
		return false;
	/* Many directories have a list that only denies their deletion. */
	for (; !lets && acl_get_entry(list, which, &entry) == 0; which = ACL_NEXT_ENTRY)
		lets = acl_get_tag_type(entry, &tag) || tag == ACL_EXTENDED_ALLOW;
	acl_free(list);
	return lets;
}
