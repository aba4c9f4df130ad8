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

static void check(const struct cgroup_facts *facts, struct bytes text)
{
	struct buffer name = {0};

	MUST(facts->unit.data || facts->runtime.data);
	MUST(is_part(facts->unit, text) && is_part(facts->container_id, text));
	MUST(is_part(facts->container_name, text) && is_part(facts->pod, text));
	MUST(is_part(facts->container_unit, text));
	check_id(facts->container_id);
	MUST(fuzz_is_view(facts->container_path, text) && !fuzz_has(facts->container_path, '\n'));
	MUST(!facts->container_path.data == !facts->runtime.data);
	if (!facts->runtime.data)
		MUST(!facts->container_id.data && !facts->container_name.data &&
			!facts->container_unit.data);
	if (facts->container_name.data) {
		MUST(cgroup_append_container_name(&name, facts) == 0);
		MUST(name.length > 0 && name.length <= facts->container_name.length);
	}
	buffer_release(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cgroup_facts facts = {0};
	struct bytes text = fuzz_text(data, size);
	int error = proc_parse_cgroup(text, &facts);

	MUST(error == 0 || error == -ENOENT || error == -EINVAL);
	if (error == 0)
		check(&facts, text);
	return 0;
}
