#include "os/link_file.h"

int link_file_read(
	const struct os_directory *directory, const char *name, char *ret_target, size_t size)
{
	struct buffer content = {0};
	int error = os_read_file_head(directory, name, size - 1, &content);
	size_t length = content.length;

	if (!error && content.data)
		memcpy(ret_target, content.data, length);
	if (!error)
		ret_target[length] = '\0';
	buffer_release(&content);
	return error ? error : (int)length;
}
