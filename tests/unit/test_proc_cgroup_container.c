#include "cgroup_told.h"

const char program_name[] = "test";

TEST(each_runtime_and_the_id_of_its_container_are_reported)
{
	static const struct expected table[] = {
		{TEXT("0::/system.slice/docker-" ID ".scope\n"), .runtime = "docker", .id = ID},
		{TEXT("0::/docker/" ID "\n"), .runtime = "docker", .id = ID},
		{TEXT("0::/docker/4f1c2ab39dd7\n"), .runtime = "docker", .id = "4f1c2ab39dd7"},
		{TEXT("0::/machine.slice/libpod-" ID ".scope\n"), .runtime = "podman", .id = ID},
		{TEXT("0::/machine.slice/libpod-" ID ".scope/container\n"), .runtime = "podman",
			.id = ID},
		{TEXT("0::" USER "/user.slice/libpod-" ID ".scope/container\n"),
			.runtime = "podman", .id = ID},
		{TEXT("0::/libpod_parent/libpod-" ID "\n"), .runtime = "podman", .id = ID},
		{TEXT("0::/libpod_parent/libpod-" ID "/ctr\n"), .runtime = "podman", .id = ID},
		{TEXT("0::/machine.slice/crio-" ID ".scope\n"), .runtime = "cri-o", .id = ID},
		{TEXT("0::/system.slice/cri-containerd-" ID ".scope\n"), .runtime = "containerd",
			.id = ID},
		{TEXT("0::/system.slice/nerdctl-" ID ".scope\n"), .runtime = "containerd",
			.id = ID},
		{TEXT("0::/system.slice:docker:" ID "\n"), .runtime = "docker", .id = ID},
		{TEXT("0::/docker/" ID " (deleted)\n"), .runtime = "docker", .id = ID},
	};

	CHECK_ALL(table);
}

TEST(a_pod_is_reported_whatever_the_driver)
{
	static const struct expected table[] = {
		{TEXT("0::/kubepods/burstable/pod" UID "/" ID "\n"), .runtime = "kubernetes",
			.id = ID, .pod = UID},
		{TEXT("0::/kubepods/pod" UID "/" ID "\n"), .runtime = "kubernetes", .id = ID,
			.pod = UID},
		{TEXT("0::/kubelet/kubepods/besteffort/pod" UID "/" ID "\n"),
			.runtime = "kubernetes", .id = ID, .pod = UID},
		{TEXT("0::/kubepods/burstable/pod" UID "/crio-" ID "\n"), .runtime = "cri-o",
			.id = ID, .pod = UID},
		{TEXT("0::/kubepods.slice/kubepods-burstable.slice/" BURSTABLE "/cri-containerd-" ID
		      ".scope\n"),
			.runtime = "containerd", .id = ID, .pod = UID_},
		{TEXT("0::/kubepods.slice/kubepods-pod" UID_ ".slice/crio-" ID
		      ".scope/container\n"),
			.runtime = "cri-o", .id = ID, .pod = UID_},
		{TEXT("0::/kubepods.slice/kubepods-burstable.slice/" BURSTABLE "/docker-" ID
		      ".scope\n"),
			.runtime = "docker", .id = ID, .pod = UID_},
		{TEXT("0::/kubepods.slice/" BURSTABLE "/" ID "\n"), .runtime = "kubernetes",
			.id = ID, .pod = UID_},
		{TEXT("0::/kubelet.slice/kubelet-kubepods.slice/"
		      "kubelet-kubepods-besteffort-pod" UID_ ".slice/cri-containerd-" ID
		      ".scope\n"),
			.runtime = "containerd", .id = ID, .pod = UID_},
		/* A runc that was not told to use systemd: ':' within the path. */
		{TEXT("0::/system.slice/containerd.service/" BURSTABLE ":cri-containerd:" ID "\n"),
			.runtime = "containerd", .id = ID, .pod = UID_},
		{TEXT("0::/kubepods-besteffort-pod36b6d6be73b1065af369b3985edafa09.slice:crio:" ID
		      "\n"),
			.runtime = "cri-o", .id = ID, .pod = "36b6d6be73b1065af369b3985edafa09"},
		/* Kubernetes in Docker: the container within. */
		{TEXT("0::/docker/" ID "/kubelet/kubepods/burstable/pod" UID "/" ID2 "\n"),
			.runtime = "kubernetes", .id = ID2, .pod = UID},
		/* Named like a pod, in a container. */
		{TEXT("0::/kubepods/pod" UID "/" ID "/pod1/" ID2 "\n"), .runtime = "kubernetes",
			.id = ID, .pod = UID},
		/* Docker in a pod: the pod is around it. */
		{TEXT("0::/kubepods/pod" UID "/" ID "/docker/" ID2 "\n"), .runtime = "docker",
			.id = ID2},
	};

	CHECK_ALL(table);
}

TEST(lxc_and_nspawn_give_the_name_of_the_container)
{
	static const struct expected table[] = {
		{TEXT("0::/lxc/web\n"), .runtime = "lxc", .name = "web"},
		{TEXT("0::/lxc/100/ns\n"), .runtime = "lxc", .name = "100"},
		{TEXT("0::/lxc/lxc/a\n"), .runtime = "lxc", .name = "lxc"},
		{TEXT("0::/lxc.payload/web\n"), .runtime = "lxc", .name = "web"},
		{TEXT("0::/lxc.payload.web\n"), .runtime = "lxc", .name = "web"},
		{TEXT("0::/lxc.payload.my.shop-2/.lxc\n"), .runtime = "lxc", .name = "my.shop-2"},
		{TEXT("0::/lxc.payload.a\\x2db\n"), .runtime = "lxc", .name = "a\\x2db"},
		{TEXT("0::/lxc/\x1b[2J \xff\n"), .runtime = "lxc", .name = "\x1b[2J \xff"},
		{TEXT("0::" USER "/app.slice/lxc-web-0.scope/lxc.payload.web/init.scope\n"),
			.unit = "init.scope", .runtime = "lxc", .name = "web"},
		{TEXT("0::/machine.slice/machine-web.scope\n"), .runtime = "systemd-nspawn",
			.name = "web"},
		{TEXT("0::/machine.slice/machine-web\\x2dshop.scope/payload\n"),
			.runtime = "systemd-nspawn", .name = "web-shop"},
		{TEXT("0::/machine.slice/machine-\\x2\\xzz\\x.scope\n"),
			.runtime = "systemd-nspawn", .name = "\\x2\\xzz\\x"},
		{TEXT("0::/machine.slice/machine-web.scope/payload/system.slice/nginx.service\n"),
			.unit = "nginx.service", .runtime = "systemd-nspawn", .name = "web"},
		{TEXT("0::/machine.slice/systemd-nspawn@web-shop.service/payload/init.scope\n"),
			.unit = "init.scope", .runtime = "systemd-nspawn", .name = "web-shop",
			.container_unit = "systemd-nspawn@web-shop.service"},
	};

	CHECK_ALL(table);
}

TEST(the_innermost_container_and_the_unit_within_it_are_reported)
{
	static const struct expected table[] = {
		{TEXT("0::/docker/" ID "/system.slice/nginx.service\n"), .unit = "nginx.service",
			.runtime = "docker", .id = ID},
		{TEXT("0::/system.slice/docker-" ID ".scope/init.scope\n"), .unit = "init.scope",
			.runtime = "docker", .id = ID},
		{TEXT("0::/machine.slice/libpod-" ID ".scope/container" USER
		      "/app.slice/shop.service\n"),
			.unit = "shop.service", .manager = MANAGER_USER, .runtime = "podman",
			.id = ID},
		{TEXT("0::/lxc.payload.web/system.slice/nginx.service\n"), .unit = "nginx.service",
			.runtime = "lxc", .name = "web"},
		{TEXT("0::/docker/" ID "/docker/" ID2 "\n"), .runtime = "docker", .id = ID2},
		{TEXT("0::/system.slice/docker-" ID ".scope/docker/" ID2 "\n"), .runtime = "docker",
			.id = ID2},
		{TEXT("0::/lxc/web/system.slice/docker-" ID ".scope\n"), .runtime = "docker",
			.id = ID},
		{TEXT("0::/docker/" ID "/system.slice/docker.service\n"), .unit = "docker.service",
			.runtime = "docker", .id = ID},
	};

	CHECK_ALL(table);
}

TEST(a_unit_that_would_start_its_container_again_is_reported)
{
	static const struct expected table[] = {
		{TEXT("0::/system.slice/web.service/libpod-payload-" ID "\n"), .runtime = "podman",
			.id = ID, .container_unit = "web.service"},
		{TEXT("0::" USER "/app.slice/web.service/libpod-payload-" ID "/init.scope\n"),
			.unit = "init.scope", .runtime = "podman", .id = ID,
			.container_unit = "web.service", .container_unit_manager = MANAGER_USER},
		{TEXT("0::/libpod-payload-" ID "\n"), .runtime = "podman", .id = ID},
		/* The unit of a systemd that can't be asked from here. */
		{TEXT("0::/lxc.payload.web/system.slice/web.service/libpod-payload-" ID "\n"),
			.runtime = "podman", .id = ID},
		/* conmon, which is not in the container. */
		{TEXT("0::/system.slice/web.service/runtime\n"), .unit = "web.service"},
	};

	CHECK_ALL(table);
}

TEST(what_watches_over_a_container_is_not_taken_for_it)
{
	static const struct expected table[] = {
		{TEXT("0::/machine.slice/libpod-conmon-" ID ".scope\n"),
			.unit = "libpod-conmon-" ID ".scope"},
		{TEXT("0::" USER "/user.slice/libpod-conmon-" ID ".scope\n"),
			.unit = "libpod-conmon-" ID ".scope", .manager = MANAGER_USER},
		{TEXT("0::/kubepods.slice/" BURSTABLE "/crio-conmon-" ID ".scope\n"),
			.unit = "crio-conmon-" ID ".scope"},
		{TEXT("0::/machine.slice/systemd-nspawn@web.service/supervisor\n"),
			.unit = "systemd-nspawn@web.service"},
		{TEXT("0::/machine.slice/machine-web.scope/supervisor\n"),
			.unit = "machine-web.scope"},
		{TEXT("0::/machine.slice/machine-qemu\\x2d1\\x2dfedora.scope/libvirt/emulator\n"),
			.unit = "machine-qemu\\x2d1\\x2dfedora.scope"},
		{TEXT("0::/machine.slice/machine-ch\\x2d2\\x2ddebian.scope\n"),
			.unit = "machine-ch\\x2d2\\x2ddebian.scope"},
		{TEXT("0::/machine.slice/machine-lxc\\x2d7\\x2dweb.scope\n"),
			.unit = "machine-lxc\\x2d7\\x2dweb.scope"},
		{TEXT("0::/system.slice/docker.service\n"), .unit = "docker.service"},
	};

	CHECK_ALL(table);
	check_refused(BYTES("0::/lxc.monitor.web\n"), -ENOENT);
	check_refused(BYTES("0::/lxc.monitor/web\n"), -ENOENT);
	check_refused(BYTES("0::/libpod_parent/libpod-" ID "/conmon\n"), -ENOENT);
	check_refused(BYTES("0::/libpod_parent/conmon\n"), -ENOENT);
}

TEST(what_is_only_named_like_a_container_stays_a_unit)
{
	static const struct expected table[] = {
		{TEXT("0::/system.slice/docker-registry.service\n"),
			.unit = "docker-registry.service"},
		{TEXT("0::/system.slice/docker-mirror.scope\n"), .unit = "docker-mirror.scope"},
		{TEXT("0::/system.slice/docker-cafe.scope\n"), .unit = "docker-cafe.scope"},
		{TEXT("0::/system.slice/docker-4f1c2ab39dd.scope\n"),
			.unit = "docker-4f1c2ab39dd.scope"},
		{TEXT("0::/system.slice/docker-4f1c2ab39ddz.scope\n"),
			.unit = "docker-4f1c2ab39ddz.scope"},
		{TEXT("0::/system.slice/docker-" ID ".service\n"), .unit = "docker-" ID ".service"},
		{TEXT("0::/system.slice/mydocker-" ID ".scope\n"), .unit = "mydocker-" ID ".scope"},
		{TEXT("0::/system.slice/docker-x-" ID ".scope\n"), .unit = "docker-x-" ID ".scope"},
		{TEXT("0::/docker/shop.service\n"), .unit = "shop.service"},
		{TEXT("0::/lxc.service\n"), .unit = "lxc.service"},
		{TEXT("0::/system.slice/machine-.scope\n"), .unit = "machine-.scope"},
		{TEXT("0::/pod1/4f1c2ab39dd7/a.service\n"), .unit = "a.service"},
		{TEXT("0::/system.slice/shop.service/payload\n"), .unit = "shop.service"},
		{TEXT("0::/system.slice/shop.service/kubepods/podcast/4f1c2ab39dd7\n"),
			.unit = "shop.service"},
	};

	CHECK_ALL(table);
	check_refused(BYTES("0::/docker\n"), -ENOENT);
	check_refused(BYTES("0::/docker/buildkit\n"), -ENOENT);
	check_refused(BYTES("0::/" ID "\n"), -ENOENT);
	check_refused(BYTES("0::/lxc\n"), -ENOENT);
	check_refused(BYTES("0::/lxc.payload.\n"), -ENOENT);
	check_refused(BYTES("0::/kubepods/burstable/pod" UID "\n"), -ENOENT);
	check_refused(BYTES("0::/kubepods/burstable/pod/" ID "\n"), -ENOENT);
	check_refused(BYTES("0::/:docker\n"), -ENOENT);
	check_refused(BYTES("0::/:" ID "\n"), -ENOENT);
}

TEST(what_a_user_may_have_named_like_a_container_is_distinguished_from_what_root_has)
{
	static const struct {
		struct bytes text;
		const char *path;
		bool is_unverified;
	} table[] = {
		{TEXT("0::/system.slice/docker-" ID ".scope\n"),
			"/system.slice/docker-" ID ".scope", false},
		{TEXT("4:cpu:/docker/" ID "/a.service\n"), "/docker/" ID, false},
		{TEXT("0::/../../docker/" ID "/docker/" ID2 "\n"),
			"/../../docker/" ID "/docker/" ID2, false},
		{TEXT("0::/user.slice/user-1000.slice/session-3.scope/docker/" ID "\n"),
			"/user.slice/user-1000.slice/session-3.scope/docker/" ID, false},
		{TEXT("0::" USER "/app.slice/docker-" ID ".scope/a\n"),
			USER "/app.slice/docker-" ID ".scope", true},
		{TEXT("0::" USER "/user.slice/libpod-" ID ".scope/container\n"),
			USER "/user.slice/libpod-" ID ".scope", true},
		{TEXT("0::" USER "/docker/" ID "/docker/" ID2 "\n"),
			USER "/docker/" ID "/docker/" ID2, true},
		{TEXT("0::" USER "/machine-.host.scope/a.service\n"), USER "/machine-.host.scope",
			true},
		{TEXT("0::/docker/" ID USER "/shop.service\n"), "/docker/" ID, false},
		{TEXT("0::/docker/" ID USER "/docker/" ID2 "\n"), "/docker/" ID USER "/docker/" ID2,
			true},
		{TEXT("0::" USER "/shop.service\n"), NULL, false},
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct cgroup_facts facts;

		assert_case(table[i].text, proc_parse_cgroup(table[i].text, &facts), 0);
		check_value(table[i].text, "path", facts.container_path, table[i].path);
		assert_case(table[i].text, facts.is_unverified, table[i].is_unverified);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_runtime_and_the_id_of_its_container_are_reported),
		cmocka_unit_test(a_pod_is_reported_whatever_the_driver),
		cmocka_unit_test(lxc_and_nspawn_give_the_name_of_the_container),
		cmocka_unit_test(the_innermost_container_and_the_unit_within_it_are_reported),
		cmocka_unit_test(a_unit_that_would_start_its_container_again_is_reported),
		cmocka_unit_test(what_watches_over_a_container_is_not_taken_for_it),
		cmocka_unit_test(what_is_only_named_like_a_container_stays_a_unit),
		cmocka_unit_test(
			what_a_user_may_have_named_like_a_container_is_distinguished_from_what_root_has),
	};

	return cmocka_run_group_tests_name("proc_cgroup_container", tests, NULL, NULL);
}
