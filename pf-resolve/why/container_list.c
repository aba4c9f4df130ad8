#include "container_list.h"

#include <errno.h>
#include <jansson.h>

#include "base/array.h"
#include "base/number.h"
#include "unit_name.h"

bool container_id_is_valid(struct bytes id)
{
	enum { SHORT_ID = 12, LONG_ID = 64 };

	if (id.length < SHORT_ID || id.length > LONG_ID)
		return false;
	for (size_t i = 0; i < id.length; i++)
		if (number_hex_digit(id.data[i]) < 0)
			return false;
	return true;
}

static bool is_letter_or_digit(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		(byte >= '0' && byte <= '9');
}

/* docker's and podman's rule for names. A link's name contains a '/'. */
static bool is_name(struct bytes name)
{
	if (name.length == 0 || !is_letter_or_digit(name.data[0]))
		return false;
	for (size_t i = 1; i < name.length; i++)
		if (!is_letter_or_digit(name.data[i]) && name.data[i] != '_' &&
			name.data[i] != '.' && name.data[i] != '-')
			return false;
	return true;
}

static struct bytes text_of(const json_t *value)
{
	return (struct bytes){json_string_value(value), json_string_length(value)};
}

static int add(struct container_list *list, struct bytes id, struct listed_container **ret_added)
{
	struct listed_container *items = array_reserve(
		list->items, list->count, &list->capacity, sizeof(*items));
	struct listed_container container = {0};
	int error;

	if (!items)
		return -ENOMEM;
	list->items = items;
	error = buffer_append(&container.id, id.data, id.length);
	if (error)
		return error;
	items[list->count] = container;
	*ret_added = &items[list->count++];
	return 0;
}

/* Sets the name if it is valid and the first one. */
static int set_name(struct listed_container *container, struct bytes name)
{
	if (name.length && name.data[0] == '/')
		name = bytes_skip(name, 1);
	if (container->name.length || !is_name(name))
		return 0;
	return buffer_append(&container->name, name.data, name.length);
}

static int set_pod(struct listed_container *container, struct bytes pod)
{
	if (container->pod.length || !is_name(pod))
		return 0;
	return buffer_append(&container->pod, pod.data, pod.length);
}

/* ---- labels ---- */

/* Labels that orchestrators set, and podman for containers run by units. */
static int take_label(struct listed_container *container, struct bytes key, struct bytes value)
{
	static const struct {
		const char *key;
		enum container_keeper keeper;
	} keepers[] = {
		{"com.docker.swarm.task.id", KEEPER_SWARM},
		{"com.hashicorp.nomad.alloc_id", KEEPER_NOMAD},
		{"io.kubernetes.pod.uid", KEEPER_KUBERNETES},
	};
	static const char *const types[] = {".service", NULL};

	for (size_t i = 0; i < sizeof(keepers) / sizeof(keepers[0]); i++)
		if (bytes_is(key, keepers[i].key))
			container->keeper = keepers[i].keeper;
	if (!bytes_is(key, "PODMAN_SYSTEMD_UNIT") || container->unit.length ||
		!unit_name_is_valid(value, types))
		return 0;
	return buffer_append(&container->unit, value.data, value.length);
}

static int read_labels(struct listed_container *container, json_t *labels)
{
	struct bytes rest = text_of(labels);
	const char *key;
	json_t *value;
	int error = 0;

	while (rest.data && !error) {
		struct bytes label_value = bytes_cut(&rest, ',');
		struct bytes label = bytes_cut(&label_value, '=');

		error = take_label(container, label, label_value);
	}
	json_object_foreach(labels, key, value)
	{
		if (!error)
			error = take_label(container, bytes_of(key), text_of(value));
	}
	return error;
}

/* ---- ps ---- */

static int read_names(struct listed_container *container, const json_t *names)
{
	struct bytes rest = text_of(names);
	int error = 0;

	while (rest.data && !error)
		error = set_name(container, bytes_cut(&rest, ','));
	for (size_t i = 0; i < json_array_size(names) && !error; i++)
		error = set_name(container, text_of(json_array_get(names, i)));
	return error;
}

static int read_object(struct container_list *list, const json_t *object)
{
	const json_t *docker_id = json_object_get(object, "ID");
	const json_t *ports = json_object_get(object, "Ports");
	struct bytes id = text_of(docker_id ? docker_id : json_object_get(object, "Id"));
	struct listed_container *container;
	int error;

	if (!container_id_is_valid(id))
		return 0;
	error = add(list, id, &container);
	if (!error)
		error = read_names(container, json_object_get(object, "Names"));
	if (!error)
		error = read_labels(container, json_object_get(object, "Labels"));
	if (!error)
		error = set_pod(container, text_of(json_object_get(object, "PodName")));
	if (!error)
		error = set_pod(container, text_of(json_object_get(object, "Pod")));
	if (!error)
		error = published_ports_read(&container->ports, text_of(ports));
	return error ? error : published_ports_read_array(&container->ports, ports);
}

/* Names of containers are ASCII, so invalid UTF-8 is no name. */
static json_t *decode(struct bytes text)
{
	return json_loadb(text.data, text.length, JSON_DISABLE_EOF_CHECK, NULL);
}

static int read_array(struct container_list *list, struct bytes text)
{
	json_t *array = decode(text);
	int error = 0;

	for (size_t i = 0; i < json_array_size(array) && !error; i++)
		error = read_object(list, json_array_get(array, i));
	json_decref(array);
	return error;
}

static int read_lines(struct container_list *list, struct bytes text)
{
	int error = 0;

	while (text.data && !error) {
		struct bytes line = bytes_cut(&text, '\n');
		json_t *object = line.length ? decode(line) : NULL;

		error = read_object(list, object);
		json_decref(object);
	}
	return error;
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static struct bytes id_of(const void *container)
{
	return buffer_bytes(&((const struct listed_container *)container)->id);
}

static int compare(const void *left, const void *right)
{
	return bytes_compare(id_of(left), id_of(right));
}

static void sort(struct container_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare);
}

int container_list_read(struct container_list *list, struct bytes text)
{
	int error;

	while (text.length && is_blank(text.data[0]))
		text = bytes_skip(text, 1);
	error = text.length && text.data[0] == '[' ? read_array(list, text)
						   : read_lines(list, text);
	sort(list);
	return error;
}

/* ---- inspect ---- */

/* Cuts a JSON value off the front of *line; NULL if there is none. */
static json_t *cut_value(struct bytes *line)
{
	json_error_t problem;
	json_t *value = line->length ? json_loadb(line->data, line->length,
					       JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &problem)
				     : NULL;

	/* With JSON_DISABLE_EOF_CHECK, the position is also set on success. */
	if (value)
		*line = bytes_skip(*line, (size_t)problem.position);
	return value;
}

static int set_policy(struct listed_container *container, struct bytes policy)
{
	/* docker's API: "an empty string means to not restart". */
	if (policy.data && policy.length == 0)
		policy = bytes_of("no");
	return buffer_append(&container->restart_policy, policy.data, policy.length);
}

static int read_inspected(struct container_list *list, struct bytes line)
{
	json_t *values[6] = {0};
	struct listed_container *container;
	int error = 0;

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		values[i] = cut_value(&line);
	if (container_id_is_valid(text_of(values[0]))) {
		error = add(list, text_of(values[0]), &container);
		if (!error)
			error = set_name(container, text_of(values[1]));
		if (!error)
			error = set_policy(container, text_of(values[2]));
		if (!error)
			error = read_labels(container, values[4]);
		if (!error)
			error = set_pod(container, text_of(values[5]));
		if (!error && json_integer_value(values[3]) > 0)
			container->pid = json_integer_value(values[3]);
	}
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		json_decref(values[i]);
	return error;
}

int container_list_read_inspected(struct container_list *list, struct bytes text)
{
	int error = 0;

	while (text.data && !error)
		error = read_inspected(list, bytes_cut(&text, '\n'));
	sort(list);
	return error;
}

/* ---- finding one ---- */

/* The shorter id may be an abbreviation of the longer. */
static int compare_beginnings(const void *wanted, const void *container)
{
	struct bytes a = *(const struct bytes *)wanted;
	struct bytes b = id_of(container);

	a.length = b.length = a.length < b.length ? a.length : b.length;
	return bytes_compare(a, b);
}

const struct listed_container *container_list_find(
	const struct container_list *list, struct bytes id)
{
	return list->count && container_id_is_valid(id)
		? bsearch(&id, list->items, list->count, sizeof(*list->items), compare_beginnings)
		: NULL;
}

const struct listed_container *container_list_find_published(const struct container_list *list,
	enum listener_proto proto, const struct address *address, uint16_t port,
	uint16_t *ret_container_port)
{
	const struct listed_container *found = NULL;
	enum published_match best = PUBLISHED_NOT;

	for (size_t i = 0; i < list->count; i++)
		for (size_t j = 0; j < list->items[i].ports.count; j++) {
			const struct published_port *published = &list->items[i].ports.items[j];
			enum published_match match = published_port_match(
				published, proto, address, port);

			if (match <= best)
				continue;
			best = match;
			found = &list->items[i];
			*ret_container_port = (uint16_t)(published->container_port + port -
				published->host_port);
		}
	return found;
}

void container_list_release(struct container_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		buffer_release(&list->items[i].id);
		buffer_release(&list->items[i].name);
		buffer_release(&list->items[i].restart_policy);
		buffer_release(&list->items[i].unit);
		buffer_release(&list->items[i].pod);
		published_ports_release(&list->items[i].ports);
	}
	free(list->items);
	*list = (struct container_list){0};
}
