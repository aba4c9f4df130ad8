#include <errno.h>

#include "fuzz.h"
#include "proc/sock_diag.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (enum address_family family = FAMILY_IPV4; family <= FAMILY_IPV6; family++) {
		struct bytes text = fuzz_text(data, size);
		struct bytes answer = text;
		struct socket_row row = {0};
		size_t before = answer.length;
		int more;

		while ((more = sock_diag_next(&answer, family, &row)) > 0) {
			MUST(answer.length < before && fuzz_is_view(answer, text));
			MUST(row.address.family == family);
			fuzz_check_address(&row.address);
			before = answer.length;
		}
		MUST(more == 0 || more == -EBADMSG);
	}
	return 0;
}
