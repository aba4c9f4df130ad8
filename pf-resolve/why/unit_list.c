#include "unit_list.h"

#include <errno.h>

#include "base/array.h"
#include "base/number.h"

static const struct listed_unit nothing = {.main_pid = -1};

static int add(struct unit_list *list, const struct listed_unit *unit)
{
	struct listed_unit *items;

	if (unit->id.length == 0)
		return 0;
	items = array_reserve(list->items, list->count, &list->capacity, sizeof(*items));
	if (!items)
		return -ENOMEM;
	list->items = items;
	items[list->count++] = *unit;
	return 0;
}

static void read_line(struct bytes line, struct listed_unit *unit)
{
	const struct {
		const char *key;
		struct bytes *value;
	} texts[] = {
		{"Id", &unit->id},
		{"Restart", &unit->restart},
		{"TriggeredBy", &unit->triggered_by},
		{"UpheldBy", &unit->upheld_by},
		{"OnSuccess", &unit->on_success},
		{"OnFailure", &unit->on_failure},
		{"RestartForceExitStatus", &unit->restart_force_exit_status},
	};
	struct bytes value = line;
	struct bytes key = bytes_cut(&value, '=');
	uint64_t pid;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && value.length; i++)
		if (bytes_is(key, texts[i].key))
			*texts[i].value = value;
	if (bytes_is(key, "MainPID") && number_parse(value, INT32_MAX, &pid) == 0)
		unit->main_pid = (int64_t)pid;
}

static int compare(const void *left, const void *right)
{
	return bytes_compare(
		((const struct listed_unit *)left)->id, ((const struct listed_unit *)right)->id);
}

int unit_list_read(struct unit_list *list, struct bytes text)
{
	struct listed_unit unit = nothing;
	int error = 0;

	while (text.data && !error) {
		struct bytes line = bytes_cut(&text, '\n');

		read_line(line, &unit);
		if (line.length && text.data)
			continue;
		error = add(list, &unit);
		unit = nothing;
	}
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare);
	return error;
}

const struct listed_unit *unit_list_find(const struct unit_list *list, struct bytes name)
{
	const struct listed_unit wanted = {.id = name};

	return list->count && name.length
		? bsearch(&wanted, list->items, list->count, sizeof(wanted), compare)
		: NULL;
}

void unit_list_release(struct unit_list *list)
{
	free(list->items);
	buffer_release(&list->text);
	*list = (struct unit_list){0};
}
