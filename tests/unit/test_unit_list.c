/* What systemctl prints, written from systemctl(1) and org.freedesktop.systemd1(5). */
#include "why/unit_list.h"

#include "unit.h"

const char program_name[] = "test";

struct expected {
	struct bytes id; /* data NULL: there is no more */
	struct bytes restart;
	int64_t main_pid;
	struct bytes triggered_by;
};

enum { UNITS_MAX = 4 };

static void check(struct bytes text, const struct expected expected[UNITS_MAX])
{
	char *alone = unit_alone(text);
	struct unit_list list = {0};
	size_t count = 0;

	while (count < UNITS_MAX && expected[count].id.data)
		count++;
	assert_case(text, unit_list_read(&list, (struct bytes){alone, text.length}), 0);
	assert_case(text, list.count, count);
	for (size_t i = 0; i < count; i++) {
		assert_bytes(list.items[i].id, expected[i].id);
		assert_bytes(list.items[i].restart, expected[i].restart);
		assert_case(text, list.items[i].main_pid, expected[i].main_pid);
		assert_bytes(list.items[i].triggered_by, expected[i].triggered_by);
	}
	unit_list_release(&list);
	free(alone);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

#define CHECK(text, ...) check(BYTES(text), (const struct expected[UNITS_MAX]){__VA_ARGS__})

#define NONE                                                                                       \
	{                                                                                          \
		NULL, 0                                                                            \
	}

#define NO_UNIT                                                                                    \
	{                                                                                          \
		NONE, NONE, 0, NONE                                                                \
	}

TEST(what_systemd_does_when_a_service_has_ended_is_reported)
{
	CHECK("Restart=always\nMainPID=4711\nId=shop.service\nTriggeredBy=\n",
		{TEXT("shop.service"), TEXT("always"), 4711, NONE});
	CHECK("TriggeredBy=shop.timer shop.socket\nId=shop.service\nMainPID=0\nRestart=no\n",
		{TEXT("shop.service"), TEXT("no"), 0, TEXT("shop.timer shop.socket")});
	CHECK("Restart=on-failure\nMainPID=1\nId=shop\\x2dapi@8000.service\n",
		{TEXT("shop\\x2dapi@8000.service"), TEXT("on-failure"), 1, NONE});
}

TEST(several_units_are_kept_apart)
{
	CHECK("Restart=always\nMainPID=4711\nId=shop.service\n\n"
	      "Id=session-3.scope\n\n"
	      "Restart=no\nMainPID=0\nId=cron.service\n",
		{TEXT("cron.service"), TEXT("no"), 0, NONE},
		{TEXT("session-3.scope"), NONE, -1, NONE},
		{TEXT("shop.service"), TEXT("always"), 4711, NONE});
	CHECK("Id=a.service\n\nId=b.service", {TEXT("a.service"), NONE, -1, NONE},
		{TEXT("b.service"), NONE, -1, NONE});
	CHECK("\n\nId=a.service\n\n\n\nId=b.service\n\n", {TEXT("a.service"), NONE, -1, NONE},
		{TEXT("b.service"), NONE, -1, NONE});
}

TEST(what_is_not_understood_is_skipped)
{
	CHECK("", NO_UNIT);
	CHECK("\n", NO_UNIT);
	CHECK("Failed to connect to bus\n", NO_UNIT);
	CHECK("Restart=always\nMainPID=4711\n", NO_UNIT);
	CHECK("Id=\nRestart=always\n", NO_UNIT);
	CHECK("Restart=always\n\nId=a.service\n", {TEXT("a.service"), NONE, -1, NONE});
	CHECK("=\n=x\nid=b\nId\nRestart\n\0=\nId=a.service\nRestart=\nMainPID=\nMainPID=-1\n"
	      "MainPID=4294967296\nMainPID=1 \nRestartUSec=100ms\nTriggeredBy=a=b\n",
		{TEXT("a.service"), NONE, -1, TEXT("a=b")});
	CHECK("Id=a.service\nId=b.service\nRestart=no\nRestart=always\n",
		{TEXT("b.service"), TEXT("always"), -1, NONE});
}

TEST(a_unit_is_found_by_its_whole_name)
{
	struct unit_list list = {0};

	assert_null(unit_list_find(&list, BYTES("a.service")));
	assert_int_equal(unit_list_read(&list, BYTES("Id=a.service\n\nId=b.service\n")), 0);
	assert_ptr_equal(unit_list_find(&list, BYTES("b.service")), &list.items[1]);
	assert_null(unit_list_find(&list, BYTES("b")));
	assert_null(unit_list_find(&list, BYTES("")));
	assert_null(unit_list_find(&list, BYTES("bb.service")));
	unit_list_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_systemd_does_when_a_service_has_ended_is_reported),
		cmocka_unit_test(several_units_are_kept_apart),
		cmocka_unit_test(what_is_not_understood_is_skipped),
		cmocka_unit_test(a_unit_is_found_by_its_whole_name),
	};

	return cmocka_run_group_tests_name("unit_list", tests, NULL, NULL);
}
