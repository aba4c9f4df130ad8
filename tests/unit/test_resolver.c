#include "resolver.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

/*
 * Processes as an OS like Windows tells of them. The answers are made up: no Unix
 * gives them, and no test here looks at a process of this machine.
 */
static struct {
	int64_t identity; /* of every process */
	int identity_error;
	int name_error;
	int user_error;
	size_t names_asked;
	size_t users_asked;
	size_t uids_asked;
} answers;

static int fake_identity(int64_t pid, int64_t *ret_identity)
{
	(void)pid;
	if (!answers.identity_error)
		*ret_identity = answers.identity;
	return answers.identity_error;
}

static int fake_name(int64_t pid, struct buffer *name)
{
	char text[32];

	answers.names_asked++;
	snprintf(text, sizeof(text), "%d.exe", (int)pid);
	return answers.name_error ? answers.name_error : buffer_append_text(name, text);
}

static int fake_user(int64_t pid, struct buffer *user)
{
	char text[32];

	answers.users_asked++;
	snprintf(text, sizeof(text), "BOX\\%d", (int)pid);
	return answers.user_error ? answers.user_error : buffer_append_text(user, text);
}

/* Of the uids that are given, 4000001 is alice's. */
static int fake_users(const uint32_t *uids, size_t count, struct buffer *passwd)
{
	int error = 0;

	answers.uids_asked += count;
	for (size_t i = 0; !error && i < count; i++)
		if (uids[i] == 4000001)
			error = buffer_append_text(passwd, "alice:x:4000001:0:::\n");
	return error;
}

static const struct resolver_questions questions = {
	{fake_identity, fake_name, fake_user}, fake_users};

static struct resolver *start(const char *replay)
{
	struct resolver *resolver = NULL;

	memset(&answers, 0, sizeof(answers));
	answers.identity = 77;
	assert_int_equal(resolver_new(replay, &questions, &resolver), 0);
	return resolver;
}

static struct listener listener_of(int64_t pid, int64_t pid_start)
{
	return (struct listener){
		.pid = pid,
		.pid_start = pid_start,
		.uid = LISTENER_NONE,
		.fd = LISTENER_NONE,
		.inode = LISTENER_NONE,
	};
}

/* Names that are NULL must not be found. */
static void check(
	struct resolver *resolver, struct listener listener, const char *command, const char *user)
{
	const struct bytes none = {0};
	struct bytes found_command = BYTES("touched");
	struct bytes found_user = BYTES("touched");

	assert_false(resolver_look_up(resolver, &listener, &found_command, &found_user));
	assert_bytes(found_command, command ? bytes_of(command) : none);
	assert_bytes(found_user, user ? bytes_of(user) : none);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

static void check_asked(size_t names, size_t users)
{
	assert_int_equal(answers.names_asked, names);
	assert_int_equal(answers.users_asked, users);
}
#define check_asked(...) UNIT_AT(check_asked(__VA_ARGS__))

TEST(the_system_tells_both_names_by_the_pid)
{
	struct resolver *resolver = start(NULL);

	check(resolver, listener_of(12, 77), "12.exe", "BOX\\12");
	check(resolver, listener_of(4, LISTENER_NONE), "4.exe", "BOX\\4");
	check(resolver, listener_of(LISTENER_NONE, LISTENER_NONE), NULL, NULL);
	check_asked(2, 2);
	assert_int_equal(resolver_hidden_count(resolver), 0);
	assert_false(resolver_has_error(resolver));
	resolver_free(resolver);
}

TEST(what_a_line_has_already_is_not_asked_for)
{
	struct resolver *resolver = start(NULL);
	struct listener listener = listener_of(12, 77);

	listener.command = BYTES("known");
	check(resolver, listener, NULL, "BOX\\12");
	check_asked(0, 1);
	listener.user = BYTES("known");
	check(resolver, listener, NULL, NULL);
	check_asked(0, 1);
	listener.command = (struct bytes){0};
	check(resolver, listener, "12.exe", NULL);
	check_asked(1, 1);
	resolver_free(resolver);
}

/* A uid names the user; the process may have become another's since. */
TEST(a_line_with_a_uid_gets_no_other_user)
{
	struct resolver *resolver = start(NULL);
	struct listener listener = listener_of(12, 77);

	struct bytes command;
	struct bytes user;
	uint32_t uid = UINT32_MAX - 1;

	listener.uid = uid;
	assert_true(resolver_look_up(resolver, &listener, &command, &user));
	assert_bytes(command, BYTES("12.exe"));
	assert_int_equal(resolver_ask_users(resolver, &uid, 1), 0);
	check(resolver, listener, "12.exe", NULL);
	check_asked(1, 0);
	resolver_free(resolver);
}

TEST(a_user_who_has_to_be_asked_for_is_known_from_then_on)
{
	struct resolver *resolver = start(NULL);
	struct listener listener = listener_of(LISTENER_NONE, LISTENER_NONE);
	uint32_t uids[] = {4000001, 4000002, 4000001};
	struct bytes command;
	struct bytes user;

	listener.uid = uids[0];
	assert_true(resolver_look_up(resolver, &listener, &command, &user));
	assert_int_equal(resolver_ask_users(resolver, uids, COUNT(uids)), 0);
	assert_int_equal(answers.uids_asked, 2);
	assert_bytes(resolver_user(resolver, 4000001), BYTES("alice"));
	assert_bytes(resolver_user(resolver, 4000002), (struct bytes){0});
	check(resolver, listener, NULL, "alice");
	resolver_free(resolver);
}

TEST(a_process_is_asked_once_for_all_its_sockets)
{
	struct resolver *resolver = start(NULL);

	for (int i = 0; i < 3; i++)
		check(resolver, listener_of(12, 77), "12.exe", "BOX\\12");
	check_asked(1, 1);
	/* Without a start, the pid may be another process's each time. */
	for (int i = 0; i < 3; i++)
		check(resolver, listener_of(12, LISTENER_NONE), "12.exe", "BOX\\12");
	check_asked(4, 4);
	resolver_free(resolver);
}

TEST(processes_that_share_a_place_in_the_cache_are_distinguished)
{
	struct resolver *resolver = start(NULL);

	for (int i = 0; i < 2; i++) {
		check(resolver, listener_of(12, 77), "12.exe", "BOX\\12");
		check(resolver, listener_of(12 + PROCESS_CACHE_SIZE, 77), "1036.exe", "BOX\\1036");
	}
	resolver_free(resolver);
}

TEST(a_pid_that_has_become_another_process_s_names_nobody)
{
	struct resolver *resolver = start(NULL);

	check(resolver, listener_of(12, 78), NULL, NULL);
	check(resolver, listener_of(12, 77), "12.exe", "BOX\\12");
	answers.identity_error = -ESRCH;
	check(resolver, listener_of(16, 77), NULL, NULL);
	answers.identity_error = -EACCES;
	check(resolver, listener_of(20, 77), NULL, NULL);
	assert_int_equal(resolver_hidden_count(resolver), 0);
	resolver_free(resolver);
}

TEST(a_process_that_is_gone_names_nobody_and_is_not_hidden)
{
	struct resolver *resolver = start(NULL);

	answers.name_error = -ESRCH;
	answers.user_error = -ESRCH;
	check(resolver, listener_of(12, 77), NULL, NULL);
	check(resolver, listener_of(16, LISTENER_NONE), NULL, NULL);
	assert_int_equal(resolver_hidden_count(resolver), 0);
	resolver_free(resolver);
}

TEST(each_process_whose_user_is_hidden_is_counted_once)
{
	struct resolver *resolver = start(NULL);

	answers.user_error = -EACCES;
	for (int i = 0; i < 3; i++) {
		check(resolver, listener_of(12, LISTENER_NONE), "12.exe", NULL);
		check(resolver, listener_of(12 + PROCESS_CACHE_SIZE, LISTENER_NONE), "1036.exe",
			NULL);
		check(resolver, listener_of(16, 77), "16.exe", NULL);
	}
	assert_int_equal(resolver_hidden_count(resolver), 3);
	answers.name_error = -EACCES;
	check(resolver, listener_of(12, LISTENER_NONE), NULL, NULL);
	assert_int_equal(resolver_hidden_count(resolver), 3);
	answers.user_error = 0;
	check(resolver, listener_of(20, 77), NULL, "BOX\\20");
	assert_int_equal(resolver_hidden_count(resolver), 4);
	resolver_free(resolver);
}

/* "Run as administrator" would be no help. */
TEST(a_hidden_process_that_is_not_the_listed_one_is_not_counted)
{
	struct resolver *resolver = start(NULL);

	answers.user_error = -EACCES;
	check(resolver, listener_of(12, 78), NULL, NULL);
	answers.identity_error = -ESRCH;
	check(resolver, listener_of(16, 77), NULL, NULL);
	assert_int_equal(resolver_hidden_count(resolver), 0);
	/* One whose start can't be told either is the listed one, as far as is known. */
	answers.identity_error = -EACCES;
	check(resolver, listener_of(20, 77), NULL, NULL);
	assert_int_equal(resolver_hidden_count(resolver), 1);
	resolver_free(resolver);
}

TEST(more_hidden_processes_than_expected_are_all_counted)
{
	enum { PROCESSES = 3000 };
	struct resolver *resolver = start(NULL);

	answers.user_error = -EACCES;
	for (int round = 0; round < 2; round++)
		for (int64_t pid = 4; pid <= 4 * PROCESSES; pid += 4) {
			struct listener listener = listener_of(pid, LISTENER_NONE);

			listener.command = BYTES("known");
			check(resolver, listener, NULL, NULL);
		}
	assert_int_equal(resolver_hidden_count(resolver), PROCESSES);
	resolver_free(resolver);
}

/* A pid no Linux has: nothing is there to be read. */
TEST(a_system_that_has_no_such_answers_hides_nothing)
{
	struct resolver *resolver = start(NULL);

	answers.name_error = -ENOSYS;
	answers.user_error = -ENOSYS;
	check(resolver, listener_of(UINT32_MAX, 77), NULL, NULL);
	assert_int_equal(resolver_hidden_count(resolver), 0);
	resolver_free(resolver);
}

TEST(a_replay_never_asks_about_the_machine)
{
	static const char *const captures[] = {".", "/dev/null", "-"};

	for (size_t i = 0; i < COUNT(captures); i++) {
		struct resolver *resolver = start(captures[i]);
		struct listener listener = listener_of(12, 77);

		check(resolver, listener_of(12, 77), NULL, NULL);
		check(resolver, listener_of(12, LISTENER_NONE), NULL, NULL);
		listener.uid = 4000001;
		check(resolver, listener, NULL, NULL);
		check_asked(0, 0);
		assert_int_equal(answers.uids_asked, 0);
		resolver_free(resolver);
	}
}

TEST(memory_that_is_out_is_a_failure_and_the_name_is_asked_for_again)
{
	struct resolver *resolver = start(NULL);
	struct listener listener = listener_of(12, 77);

	answers.name_error = -ENOMEM;
	check(resolver, listener, NULL, "BOX\\12");
	answers.name_error = 0;
	assert_int_equal(resolver_failure(resolver)->count, 1);
	assert_int_equal(resolver_failure(resolver)->pid, 12);
	assert_int_equal(resolver_failure(resolver)->error, -ENOMEM);
	check(resolver, listener, "12.exe", "BOX\\12");
	resolver_free(resolver);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_system_tells_both_names_by_the_pid),
		cmocka_unit_test(what_a_line_has_already_is_not_asked_for),
		cmocka_unit_test(a_line_with_a_uid_gets_no_other_user),
		cmocka_unit_test(a_user_who_has_to_be_asked_for_is_known_from_then_on),
		cmocka_unit_test(a_process_is_asked_once_for_all_its_sockets),
		cmocka_unit_test(processes_that_share_a_place_in_the_cache_are_distinguished),
		cmocka_unit_test(a_pid_that_has_become_another_process_s_names_nobody),
		cmocka_unit_test(a_process_that_is_gone_names_nobody_and_is_not_hidden),
		cmocka_unit_test(each_process_whose_user_is_hidden_is_counted_once),
		cmocka_unit_test(a_hidden_process_that_is_not_the_listed_one_is_not_counted),
		cmocka_unit_test(more_hidden_processes_than_expected_are_all_counted),
		cmocka_unit_test(a_system_that_has_no_such_answers_hides_nothing),
		cmocka_unit_test(a_replay_never_asks_about_the_machine),
		cmocka_unit_test(memory_that_is_out_is_a_failure_and_the_name_is_asked_for_again),
	};

	return cmocka_run_group_tests_name("resolver", tests, NULL, NULL);
}
