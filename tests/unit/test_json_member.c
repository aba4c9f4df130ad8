#include "stream/json_member.h"

#include "unit.h"

const char program_name[] = "test";

/* Appends "key=value;" for each member, so that a whole walk is one text. */
static void check_walk(struct bytes object, const char *expected)
{
	char *alone = unit_alone(object);
	struct json_member member = {.rest = {alone, object.length}};
	char walked[256];
	size_t length = 0;

	while (json_member_next(&member)) {
		assert_true(length + member.key.length + member.value.length + 2 < sizeof(walked));
		memcpy(walked + length, member.key.data, member.key.length);
		length += member.key.length;
		walked[length++] = '=';
		memcpy(walked + length, member.value.data, member.value.length);
		length += member.value.length;
		walked[length++] = ';';
	}
	assert_bytes(((struct bytes){walked, length}), bytes_of(expected));
	assert_false(json_member_next(&member));
	free(alone);
}
#define check_walk(...) UNIT_AT(check_walk(__VA_ARGS__))

TEST(each_member_is_met_once_with_its_bytes_as_they_are)
{
	static const struct {
		struct bytes object;
		const char *walked;
	} objects[] = {
		{TEXT("{}"), ""},
		{TEXT(" {\t\r\n} "), ""},
		{TEXT("{\"a\":1}"), "\"a\"=1;"},
		{TEXT("{\"a\":0.1,\"b\":1e2,\"c\":-0}"), "\"a\"=0.1;\"b\"=1e2;\"c\"=-0;"},
		{TEXT("{\"a\":true,\"b\":false,\"c\":null}"), "\"a\"=true;\"b\"=false;\"c\"=null;"},
		{TEXT("{\"\":\"\"}"), "\"\"=\"\";"},
		{TEXT("\n{\n \"a\"\t:\r\n1 ,\n\t\"b\" : 2\n}\n"), "\"a\"=1;\"b\"=2;"},
		{TEXT("{\"a\":{\"b\":[1, {\"c\":2}]} ,\"d\":[]}"),
			"\"a\"={\"b\":[1, {\"c\":2}]};\"d\"=[];"},
		{TEXT("{\"a\":[[ ],{ }],\"b\":{}}"), "\"a\"=[[ ],{ }];\"b\"={};"},
		{TEXT("{\"a\":\"x,y}]\",\"b\":[\"]\",\"}\"]}"),
			"\"a\"=\"x,y}]\";\"b\"=[\"]\",\"}\"];"},
		{TEXT("{\"a\\\"}:\":\"\\\\\",\"b\":\"\\\",\"}"),
			"\"a\\\"}:\"=\"\\\\\";\"b\"=\"\\\",\";"},
		{TEXT("{\"caf\xc3\xa9\":\"\xe6\x97\xa5\"}"), "\"caf\xc3\xa9\"=\"\xe6\x97\xa5\";"},
	};

	for (size_t i = 0; i < COUNT(objects); i++)
		check_walk(objects[i].object, objects[i].walked);
}

TEST(a_key_is_known_in_every_way_to_write_it)
{
	static const struct {
		struct bytes object;
		bool is_command;
	} keys[] = {
		{TEXT("{\"command\":1}"), true},
		{TEXT("{\"\\u0063ommand\":1}"), true},
		{TEXT("{\"\\u0063\\u006F\\u006d\\u006d\\u0061\\u006e\\u0064\":1}"), true},
		{TEXT("{\"\":1}"), false},
		{TEXT("{\"comman\":1}"), false},
		{TEXT("{\"commands\":1}"), false},
		{TEXT("{\"Command\":1}"), false},
		{TEXT("{\" command\":1}"), false},
		{TEXT("{\"command\\u0020\":1}"), false},
		{TEXT("{\"\\\"command\\\"\":1}"), false},
		{TEXT("{\"\\u0064ommand\":1}"), false},
		{TEXT("{\"x\":\"command\"}"), false},
	};

	for (size_t i = 0; i < COUNT(keys); i++) {
		struct json_member member = {.rest = keys[i].object};

		assert_case(keys[i].object, json_member_next(&member), true);
		assert_case(keys[i].object, json_member_is(&member, BYTES("command")),
			keys[i].is_command);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_member_is_met_once_with_its_bytes_as_they_are),
		cmocka_unit_test(a_key_is_known_in_every_way_to_write_it),
	};

	return cmocka_run_group_tests_name("json_member", tests, NULL, NULL);
}
