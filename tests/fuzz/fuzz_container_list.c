#include <ctype.h>

#include "fuzz.h"
#include "why/container_list.h"

const char program_name[] = "fuzz";

/* Names are used in shell commands. */
static void check_name(struct bytes name)
{
	for (size_t i = 0; i < name.length; i++)
		MUST(isalnum((unsigned char)name.data[i]) || strchr("_.-", name.data[i]));
	MUST(!fuzz_has(name, '\0') && (name.length == 0 || name.data[0] != '-'));
}

static void check_ports(const struct container_list *list, const struct published_ports *ports)
{
	for (size_t i = 0; i < ports->count; i++) {
		const struct published_port *port = &ports->items[i];
		uint16_t inside = 0;

		MUST(port->host_port != 0 && port->container_port != 0 && port->count != 0);
		MUST(port->host_port + port->count - 1 <= 65535);
		MUST(port->container_port + port->count - 1 <= 65535);
		if (!port->is_everywhere) {
			fuzz_check_address(&port->address);
			MUST(container_list_find_published(
				list, port->proto, &port->address, port->host_port, &inside));
			MUST(inside != 0);
		}
	}
}

static void check(const struct container_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct listed_container *item = &list->items[i];

		MUST(container_id_is_valid(buffer_bytes(&item->id)));
		MUST(container_list_find(list, buffer_bytes(&item->id)));
		check_name(buffer_bytes(&item->name));
		check_ports(list, &item->ports);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct container_list list = {0};
	struct container_list inspected = {0};

	MUST(container_list_read(&list, fuzz_text(data, size)) == 0);
	check(&list);
	MUST(container_list_read_inspected(&inspected, fuzz_text(data, size)) == 0);
	check(&inspected);
	container_list_release(&list);
	container_list_release(&inspected);
	return 0;
}
