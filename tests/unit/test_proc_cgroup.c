#include "cgroup_told.h"

const char program_name[] = "test";

TEST(a_service_is_reported_as_systemctl_takes_it)
{
	static const struct expected table[] = {
		{TEXT("0::/system.slice/shop.service\n"), .unit = "shop.service"},
		{TEXT("0::/system.slice/shop.service"), .unit = "shop.service"},
		{TEXT("0::/shop.service\n"), .unit = "shop.service"},
		{TEXT("0::/system.slice/system-getty.slice/getty@tty5.service\n"),
			.unit = "getty@tty5.service"},
		{TEXT("0::/system.slice/shop\\x2dapi.service\n"), .unit = "shop\\x2dapi.service"},
		{TEXT("0::/system.slice/shop.service/workers/a.service\n"), .unit = "shop.service"},
		{TEXT("0::/system.slice//shop.service/\n"), .unit = "shop.service"},
		{TEXT("0::/system.slice/docker.socket\n"), .unit = "docker.socket"},
		{TEXT("0::/init.scope\n"), .unit = "init.scope"},
		{TEXT("0::/user.slice/user-1000.slice/session-3.scope\n"),
			.unit = "session-3.scope"},
		{TEXT("0::/system.slice/a:b_c.d@e@f-1.service\n"), .unit = "a:b_c.d@e@f-1.service"},
		/* The underscore is systemd's, not the name's. */
		{TEXT("0::/system.slice/_cpu.service\n"), .unit = "cpu.service"},
		{TEXT("0::/_memory.slice/__own.service\n"), .unit = "_own.service"},
		/* Gone from the tree, but the process is still in it. */
		{TEXT("0::/system.slice/shop.service (deleted)\n"), .unit = "shop.service"},
		{TEXT("0::/system.slice/shop.service/worker (deleted)\n"), .unit = "shop.service"},
	};

	CHECK_ALL(table);
}

TEST(a_users_own_service_is_reported_with_its_manager)
{
	static const struct expected table[] = {
		{TEXT("0::" USER "/shop.service\n"), .unit = "shop.service",
			.manager = MANAGER_USER},
		{TEXT("0::" USER "/app.slice/shop.service\n"), .unit = "shop.service",
			.manager = MANAGER_USER},
		{TEXT("0::" USER "/app.slice/app-shop.slice/shop@8000.service/x.scope\n"),
			.unit = "shop@8000.service", .manager = MANAGER_USER},
		{TEXT("0::" USER "/app.slice/app-gnome-code-4711.scope\n"),
			.unit = "app-gnome-code-4711.scope", .manager = MANAGER_USER},
		{TEXT("0::" USER "/init.scope\n"), .unit = "init.scope", .manager = MANAGER_USER},
		{TEXT("0::" USER "/user.slice/podman.service\n"), .unit = "podman.service",
			.manager = MANAGER_USER},
		/* The manager itself is the system's. */
		{TEXT("0::" USER "\n"), .unit = "user@1000.service"},
		{TEXT("0::" USER "/app.slice\n"), .unit = "user@1000.service"},
		/* Not of a user, so what is in it has no manager that we know. */
		{TEXT("0::/system.slice/user@alice.service/shop.service\n"),
			.unit = "user@alice.service"},
		{TEXT("0::/system.slice/capsule@shop.service/app.slice/shop.service\n"),
			.unit = "capsule@shop.service"},
	};

	CHECK_ALL(table);
}

TEST(what_is_no_name_of_a_unit_is_never_given_to_systemctl)
{
	static const struct bytes texts[] = {
		TEXT("0::/system.slice\n"),
		TEXT("0::/user.slice/user-1000.slice\n"),
		TEXT("0::/.service\n"),
		TEXT("0::/_.scope\n"),
		TEXT("0::/getty@.service\n"),
		TEXT("0::/@tty5.service\n"),
		TEXT("0::/shop\n"),
		TEXT("0::/shop.services\n"),
		TEXT("0::/shop.target\n"),
		TEXT("0::/shop.slice\n"),
		TEXT("0::/getty##@tty6.service\n"),
		TEXT("0::/shop .service\n"),
		TEXT("0::/shop;reboot.service\n"),
		TEXT("0::/\x1b[2J.service\n"),
		TEXT("0::/sh\xc3\xb6p.service\n"),
		TEXT("0::/shop\0.service\n"),
		TEXT("0::/--help\n"),
		TEXT("0::/--force.service\n"),
	};

	for (size_t i = 0; i < COUNT(texts); i++)
		check_refused(texts[i], -ENOENT);
}

/* A name of so many bytes, in all. */
static struct bytes scope_of_length(size_t length, char *text, size_t capacity)
{
	int written = snprintf(
		text, capacity, "0::/%0*d.scope", (int)(length - strlen(".scope")), 0);

	assert_true(written > 0 && (size_t)written < capacity);
	return bytes_of(text);
}

TEST(a_name_is_as_long_as_systemd_allows_and_no_longer)
{
	char text[512];
	struct cgroup_facts facts;

	assert_int_equal(proc_parse_cgroup(scope_of_length(255, text, sizeof(text)), &facts), 0);
	assert_int_equal(facts.unit.length, 255);
	check_refused(scope_of_length(256, text, sizeof(text)), -ENOENT);
}

TEST(any_hierarchy_may_tell_of_a_container_and_only_systemds_of_a_unit)
{
	static const struct expected table[] = {
		{TEXT("12:pids:/docker/" ID "\n11:cpu,cpuacct:/docker/" ID "\n"
		      "1:name=systemd:/docker/" ID "\n0::/system.slice/containerd.service\n"),
			.runtime = "docker", .id = ID},
		{TEXT("2:cpu:/a.service\n1:name=systemd:/system.slice/shop.service\n"
		      "0::/system.slice/other.service\n"),
			.unit = "shop.service"},
		{TEXT("0::/system.slice/other.service\n"
		      "1:name=systemd:/system.slice/shop.service\n"),
			.unit = "shop.service"},
		{TEXT("1:name=systemd:/\n0::/system.slice/shop.service\n"), .unit = "shop.service"},
		{TEXT("1:name=systemd:/\n0::/\n9:memory:/docker/" ID "\n"), .runtime = "docker",
			.id = ID},
		{TEXT("9:memory:/kubepods/pod" UID "/" ID "\n8:cpu:/\n1:name=systemd:"
		      "/system.slice/containerd.service\n"),
			.runtime = "kubernetes", .id = ID, .pod = UID},
		{TEXT("3:cpu:/\n2:pids:/docker/" ID "\n1:cpuset:/docker/" ID2 "\n"),
			.runtime = "docker", .id = ID},
		{TEXT("garbage\n\n0::/system.slice/shop.service\n:::\n"), .unit = "shop.service"},
	};

	CHECK_ALL(table);
	check_refused(BYTES("4:memory:/system.slice/shop.service\n1:name=systemd:/\n"), -ENOENT);
	check_refused(BYTES("1:name=elogind:/shop.service\n0::/\n"), -ENOENT);
	check_refused(BYTES("0:cpu:/shop.service\n1::/shop.service\n"), -ENOENT);
}

TEST(another_cgroup_namespace_hides_no_unit_below_its_root)
{
	static const struct expected table[] = {
		{TEXT("0::/../../system.slice/shop.service\n"), .unit = "shop.service"},
		{TEXT("0::/../docker-" ID ".scope\n"), .runtime = "docker", .id = ID},
		{TEXT("0::/.././/.//shop.service\n"), .unit = "shop.service"},
	};

	CHECK_ALL(table);
	check_refused(BYTES("0::/..\n"), -ENOENT);
	check_refused(BYTES("0::/../..\n"), -ENOENT);
	/* The name above is not told, so this may be anything. */
	check_refused(BYTES("0::/../" ID "\n"), -ENOENT);
}

TEST(a_machine_without_any_of_it_is_no_error_and_garbage_is_one)
{
	static const struct {
		struct bytes text;
		int status;
	} table[] = {
		{TEXT(""), -ENOENT},
		{TEXT("0::/\n"), -ENOENT},
		{TEXT("0::/"), -ENOENT},
		{TEXT("0::/ (deleted)\n"), -ENOENT},
		{TEXT("3:cpu:/\n2:memory:/\n1:name=systemd:/\n"), -ENOENT},
		{TEXT("\n"), -EINVAL},
		{TEXT("\n\n\n"), -EINVAL},
		{TEXT("\0"), -EINVAL},
		{TEXT("0\n"), -EINVAL},
		{TEXT("0:\n"), -EINVAL},
		{TEXT("0::\n"), -EINVAL},
		{TEXT("0::system.slice/shop.service\n"), -EINVAL},
		{TEXT("0:/system.slice/shop.service\n"), -EINVAL},
		{TEXT("::/system.slice/shop.service\n"), -EINVAL},
		{TEXT("-1::/system.slice/shop.service\n"), -EINVAL},
		{TEXT(" 0::/system.slice/shop.service\n"), -EINVAL},
		{TEXT("4294967296::/system.slice/shop.service\n"), -EINVAL},
		{TEXT("/system.slice/shop.service\n"), -EINVAL},
	};

	for (size_t i = 0; i < COUNT(table); i++)
		check_refused(table[i].text, table[i].status);
}

/* A text of `length` bytes: "0::/", then `part` over and over, cut where it ends. */
static void check_long(const char *part, size_t length)
{
	size_t part_length = strlen(part);
	char *text = malloc(length);
	struct cgroup_facts facts = {0};

	assert_non_null(text);
	memcpy(text, "0::/", 4);
	for (size_t i = 4; i < length; i++)
		text[i] = part[(i - 4) % part_length];
	proc_parse_cgroup((struct bytes){text, length}, &facts);
	if (facts.unit.data)
		assert_true(facts.unit.data > text &&
			facts.unit.data + facts.unit.length <= text + length);
	free(text);
}
#define check_long(...) UNIT_AT(check_long(__VA_ARGS__))

TEST(a_path_of_a_mebibyte_is_read_in_no_time)
{
	static const char *const parts[] = {"a", "/", "../", "-", ":", "pod-", "docker/",
		"x.slice/", "kubepods-pod", "docker-" ID ".scope/", "lxc/a/", "0::/\n", "\n",
		".service", "_", "@", "\\x2d", "payload/", "kubepods/pod1/" ID "/"};

	for (size_t i = 0; i < COUNT(parts); i++)
		check_long(parts[i], (size_t)1 << 20);
}

/* Every beginning of a text that has all forms in it, with nothing behind that may be read. */
TEST(a_text_cut_anywhere_is_not_read_beyond)
{
	static const struct bytes text = TEXT(
		"12:pids:/system.slice/containerd.service/" BURSTABLE ":cri-containerd:" ID
		"\n1:name=systemd:/machine.slice/systemd-nspawn@w\\x2d.service/payload"
		"/docker/" ID "/lxc.payload.web/lxc/a/libpod-" ID ".scope" USER
		"/app.slice/_shop@1.service (deleted)\n0::/kubepods/pod" UID "/" ID "\n");

	for (size_t length = 0; length <= text.length; length++) {
		char *alone = unit_alone((struct bytes){text.data, length});
		struct cgroup_facts facts = {0};
		struct buffer name = {0};
		int status = proc_parse_cgroup((struct bytes){alone, length}, &facts);

		assert_true(status == 0 || status == -ENOENT || status == -EINVAL);
		assert_int_equal(cgroup_append_container_name(&name, &facts), 0);
		buffer_release(&name);
		free(alone);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_service_is_reported_as_systemctl_takes_it),
		cmocka_unit_test(a_users_own_service_is_reported_with_its_manager),
		cmocka_unit_test(what_is_no_name_of_a_unit_is_never_given_to_systemctl),
		cmocka_unit_test(a_name_is_as_long_as_systemd_allows_and_no_longer),
		cmocka_unit_test(any_hierarchy_may_tell_of_a_container_and_only_systemds_of_a_unit),
		cmocka_unit_test(another_cgroup_namespace_hides_no_unit_below_its_root),
		cmocka_unit_test(a_machine_without_any_of_it_is_no_error_and_garbage_is_one),
		cmocka_unit_test(a_path_of_a_mebibyte_is_read_in_no_time),
		cmocka_unit_test(a_text_cut_anywhere_is_not_read_beyond),
	};

	return cmocka_run_group_tests_name("proc_cgroup", tests, NULL, NULL);
}
