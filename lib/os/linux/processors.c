#include "os/os.h"

#include <sched.h>

size_t os_count_processors(void)
{
	cpu_set_t allowed;

	/* Fails if the machine has more processors than the set holds. */
	return sched_getaffinity(0, sizeof(allowed), &allowed) ? 1 : (size_t)CPU_COUNT(&allowed);
}
