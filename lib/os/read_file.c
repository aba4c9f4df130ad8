#include <errno.h>

#include "os/os.h"

static int check_size(struct buffer *content, size_t before)
{
	if (content->length - before < OS_READ_MAX)
		return 0;
	content->length = before;
	return -EFBIG;
}

int os_read_all(int fd, struct buffer *content)
{
	size_t before = content->length;
	int error = os_read_head(fd, OS_READ_MAX, content);

	return error ? error : check_size(content, before);
}

int os_read_head(int fd, size_t max, struct buffer *content)
{
	size_t before = content->length;
	long count = 1;

	while (count > 0 && content->length - before < max) {
		size_t so_far = content->length - before;
		/* Files in /proc have no size, and fewer reads give a more consistent table. */
		int error = buffer_reserve(content, so_far < 4096 ? 4096 : so_far);
		size_t room = content->capacity - content->length;

		if (error)
			return error;
		count = os_read(fd, content->data + content->length,
			room < max - so_far ? room : max - so_far);
		if (count > 0)
			content->length += (size_t)count;
	}
	return count < 0 ? (int)count : 0;
}

int os_read_file(const struct os_directory *directory, const char *name, struct buffer *content)
{
	size_t before = content->length;
	int error = os_read_file_head(directory, name, OS_READ_MAX, content);

	return error ? error : check_size(content, before);
}
