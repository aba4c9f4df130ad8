#include "known_text.h"

#include "unit.h"

const char program_name[] = "test";

/* The description begins so; NULL: the text is not known. */
static void check(const char *text, const char *beginning)
{
	const char *told = known_text_describe(bytes_of(text));

	assert_case(bytes_of(text), told != NULL, beginning != NULL);
	if (told && !bytes_begin_with(bytes_of(told), bytes_of(beginning)))
		assert_text(told, beginning);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

TEST(each_kind_is_known_by_its_heading)
{
	check("COMMAND   PID     USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\nweb 1 x\n",
		"this is lsof's table; pf needs its fields: lsof ");
	check("CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\r\n",
		"this is a list of containers; pf needs");
	check("CONTAINER ID  IMAGE  COMMAND  CREATED  STATUS  PORTS  NAMES",
		"this is a list of containers; pf needs");
	check("\nProtocol tcp Port Exclusion Ranges\n\nStart Port    End Port\n",
		"this is a list of ports that Windows reserves; pf needs");
	check("LocalAddress   LocalPort\n------------   ---------\n::   53\n",
		"this is a table without processes; pf needs netstat -ano");
	check("Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\n",
		"this is BSD's netstat, which shows no processes; pf needs");
	check("Socket  Proto Recv-Q Send-Q  Local Address  Foreign Address  (state)",
		"this is BSD's netstat, which shows no processes; pf needs");
	check("USER     COMMAND    PID   FD PROTO  LOCAL ADDRESS         FOREIGN ADDRESS",
		"this is sockstat's table; pf needs");
	check("  sl  local_address rem_address   st tx_queue", "this is a table of /proc/net;");
	check("  PID TTY          TIME CMD", "this is a list of processes; pf needs");
	check("USER         PID %CPU %MEM", "this is a list of processes; pf needs");
	check("{\"proto\":\"tcp\",\"family\":\"ipv4\"", "these are lines of a collector;");
}

TEST(tasklist_is_known_in_any_language)
{
	static const char told[] = "this is a list of processes; pf needs the sockets: netstat";

	check("\r\nAbbildname   PID Sitzungsname\r\n========== ======== ======== ===\r\n", told);
	check("\"System Idle Process\",\"0\",\"Services\",\"0\",\"8 K\"\r\n", told);
	check("\"Abbildname\",\"PID\",\"x\"\r\n\"node.exe\",\"9396\",\"Console\",\"1\",\"9 K\"",
		told);
}

TEST(a_prompt_and_a_command_may_come_first)
{
	check("$ sudo lsof -i :3000\nCOMMAND   PID     USER\n", "this is lsof's table;");
	check("PS C:\\> netsh int ipv4 show excludedportrange protocol=tcp\r\n\r\nProtocol tcp "
	      "Port Exclusion Ranges\r\n",
		"this is a list of ports that Windows reserves;");
}

TEST(other_texts_are_unknown)
{
	check("", NULL);
	check("\n\n", NULL);
	check("COMMAND", NULL);
	check("hello COMMAND PID", NULL);
	check("p1070\ncssh\n", NULL);
	check("Proto Recv-Q Send-Q Local Address Foreign Address State", NULL);
	check("=== title ===", NULL);
	check("\"a\",\"b\",\"c\"", NULL);
	check("\"a\",\"1\"", NULL);
	check("{}", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_known_by_its_heading),
		cmocka_unit_test(tasklist_is_known_in_any_language),
		cmocka_unit_test(a_prompt_and_a_command_may_come_first),
		cmocka_unit_test(other_texts_are_unknown),
	};

	return cmocka_run_group_tests_name("known_text", tests, NULL, NULL);
}
