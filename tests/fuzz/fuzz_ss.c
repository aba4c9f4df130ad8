#include "fuzz.h"
#include "ss/linux_netstat.h"
#include "ss/ss_row.h"
#include "words.h"

const char program_name[] = "fuzz";

static void read_holders(struct bytes users, struct bytes whole)
{
	while (users.data) {
		struct ss_holder holder = {.pid = LISTENER_NONE};
		size_t length = users.length;

		if (ss_cut_holder(&users, &holder))
			return;
		MUST(!users.data || users.length < length);
		MUST(holder.pid >= 0 && holder.fd >= 0);
		MUST(holder.command.length <= 15 && fuzz_is_view(holder.command, whole));
	}
}

static void read_ss(struct bytes line, bool is_old)
{
	struct ss_row row = {0};
	const char *why = NULL;
	enum parse_result result = ss_parse_row(line, is_old, &row, &why);

	if (result == PARSE_RECORD) {
		MUST(row.endpoint.port != 0 && fuzz_is_view(row.users, line));
		fuzz_check_address(&row.endpoint.address);
		read_holders(row.users, line);
	} else if (result == PARSE_MALFORMED) {
		MUST(fuzz_is_sentence(why));
	}
	MUST(result == PARSE_SKIP || ss_is_row(line));
}

static void read_netstat(struct bytes line)
{
	struct linux_netstat_row row = {0};
	const char *why = NULL;
	enum parse_result result = linux_netstat_parse_row(line, &row, &why);

	if (result == PARSE_RECORD) {
		MUST(row.endpoint.port != 0 && fuzz_is_view(row.command, line));
		MUST(row.pid != LISTENER_NONE || !row.command.data);
		fuzz_check_address(&row.endpoint.address);
	} else if (result == PARSE_MALFORMED) {
		MUST(fuzz_is_sentence(why));
	}
	MUST(result == PARSE_SKIP || linux_netstat_is_row(line));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes rest = fuzz_text(data, size);

	while (rest.data) {
		struct bytes line = ss_cut_row(&rest);
		bool is_old = ss_is_old_row(line);

		MUST(!is_old || ss_is_row(line));
		MUST(!(ss_is_heading(line) && ss_is_row(line)));
		read_ss(line, is_old);
		read_ss(line, !is_old);
		read_netstat(line);
		words_look_like_socket(line);
	}
	return 0;
}
