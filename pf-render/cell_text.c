#include "cell_text.h"

#include "base/number.h"
#include "base/shell_word.h"
#include "base/text.h"

int cell_append_number(struct buffer *text, int64_t number)
{
	char digits[NUMBER_TEXT_MAX];

	if (number == LISTENER_NONE)
		return buffer_append_byte(text, '-');
	return buffer_append(text, digits, number_format((uint64_t)number, digits));
}

int cell_append_name(struct buffer *text, struct bytes name)
{
	if (!name.data)
		return buffer_append_byte(text, '-');
	/* An empty cell would shift the following columns, for awk and for the eye. */
	if (name.length == 0)
		return buffer_append_text(text, "\"\"");
	return text_append_visible(text, name);
}

static int append_numeric(struct buffer *text, struct bytes numeric, bool has_brackets)
{
	int error = has_brackets ? buffer_append_byte(text, '[') : 0;

	if (!error)
		error = text_append_visible(text, numeric);
	if (!error && has_brackets)
		error = buffer_append_byte(text, ']');
	return error;
}

int cell_append_more_sockets(struct buffer *text, size_t count)
{
	int error = 0;

	if (count == 0)
		return 0;
	error = buffer_append_text(text, " (");
	if (!error)
		error = cell_append_number(text, (int64_t)count + 1);
	return error ? error : buffer_append_text(text, " sockets)");
}

int cell_append_address(struct buffer *text, const struct address *address)
{
	char numeric[ADDRESS_TEXT_MAX];

	address_format(address, numeric);
	return append_numeric(text, bytes_of(numeric), address->family == FAMILY_IPV6);
}

bool cell_has_command_line(const struct details *details)
{
	return details->argument_count > 0;
}

static struct bytes without_last_blanks(struct bytes text)
{
	while (text.length && text.data[text.length - 1] == ' ')
		text.length--;
	return text;
}

/* A path may contain spaces. */
static bool is_title(const struct details *details)
{
	struct bytes title = details->arguments[0];

	return details->argument_count == 1 && without_last_blanks(title).length &&
		memchr(title.data, ' ', title.length) && title.data[0] != '/';
}

static int append_words(struct buffer *text, const struct details *details, struct buffer *scratch)
{
	int error = 0;

	for (size_t i = 0; i < details->argument_count && !error; i++) {
		if (i)
			error = buffer_append_byte(scratch, ' ');
		if (!error)
			error = shell_word_append(scratch, details->arguments[i]);
	}
	return error ? error : text_append_visible(text, buffer_bytes(scratch));
}

int cell_append_command_line(struct buffer *text, const struct details *details)
{
	struct buffer scratch = {0};
	int error;

	if (is_title(details))
		return text_append_visible(text, without_last_blanks(details->arguments[0]));
	error = append_words(text, details, &scratch);
	buffer_release(&scratch);
	return error;
}

int cell_append_container_address(struct buffer *text, const struct container *container)
{
	struct bytes address = container->address;
	bool has_brackets = address.length && memchr(address.data, ':', address.length);
	int error = append_numeric(text, address, has_brackets);

	if (!error && container->port != LISTENER_NONE)
		error = buffer_append_byte(text, ':');
	if (!error && container->port != LISTENER_NONE)
		error = cell_append_number(text, container->port);
	return error;
}

int cell_append_container(struct buffer *text, const struct container *container)
{
	if (container->name.data)
		return cell_append_name(text, container->name);
	if (container->id.data)
		return cell_append_name(text, container_short_id(container));
	if (container->address.data)
		return cell_append_container_address(text, container);
	return cell_append_name(text, container->runtime);
}

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static int append_part(struct buffer *text, int64_t count, const char *unit)
{
	char digits[NUMBER_TEXT_MAX];
	int error = buffer_append(text, digits, number_format((uint64_t)count, digits));

	return error ? error : buffer_append_text(text, unit);
}

static int append_parts(struct buffer *text, int64_t large, const char *large_unit, int64_t small,
	const char *small_unit)
{
	int error = append_part(text, large, large_unit);

	if (!error && small)
		error = buffer_append_byte(text, ' ');
	return error || !small ? error : append_part(text, small, small_unit);
}

int cell_append_duration(struct buffer *text, int64_t seconds)
{
	size_t before = text->length;
	int error = seconds < MINUTE ? append_part(text, seconds, " s")
		: seconds < HOUR     ? append_part(text, seconds / MINUTE, " min")
		: seconds < DAY
		? append_parts(text, seconds / HOUR, " h", seconds % HOUR / MINUTE, " min")
		: append_parts(text, seconds / DAY, " d", seconds % DAY / HOUR, " h");

	if (error)
		text->length = before;
	return error;
}
