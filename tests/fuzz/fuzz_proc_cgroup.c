#include <ctype.h>
#include <errno.h>

#include "fuzz.h"
#include "why/proc_cgroup.h"

const char program_name[] = "fuzz";

static bool is_part(struct bytes name, struct bytes text)
{
	return fuzz_is_view(name, text) && (!name.data || name.length > 0) &&
		!fuzz_has(name, '/') && !fuzz_has(name, '\n');
}

static void check_id(struct bytes id)
{
	MUST(!id.data || id.length >= 12);
	for (size_t i = 0; i < id.length; i++)
		MUST(isxdigit((unsigned char)id.data[i]));
}

static void check(const struct cgroup_place *place, struct bytes text)
{
	struct buffer name = {0};

	MUST(place->unit.data || place->runtime.data);
	MUST(is_part(place->unit, text) && is_part(place->container_id, text));
	MUST(is_part(place->container_name, text) && is_part(place->pod, text));
	MUST(is_part(place->container_unit, text));
	check_id(place->container_id);
	MUST(fuzz_is_view(place->container_path, text) && !fuzz_has(place->container_path, '\n'));
	MUST(!place->container_path.data == !place->runtime.data);
	if (!place->runtime.data)
		MUST(!place->container_id.data && !place->container_name.data &&
			!place->container_unit.data);
	if (place->container_name.data) {
		MUST(cgroup_place_append_name(&name, place) == 0);
		MUST(name.length > 0 && name.length <= place->container_name.length);
	}
	buffer_release(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cgroup_place place = {0};
	struct bytes text = fuzz_text(data, size);
	int error = proc_parse_cgroup(text, &place);

	MUST(error == 0 || error == -ENOENT || error == -EINVAL);
	if (error == 0)
		check(&place, text);
	return 0;
}
