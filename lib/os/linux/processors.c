#include "os/os.h"

#include <sched.h>

size_t os_count_processors(void)
{
	cpu_set_t allowed;

	/* A machine with more processors than the set has room for is large enough for one. */
	return sched_getaffinity(0, sizeof(allowed), &allowed) ? 1 : (size_t)CPU_COUNT(&allowed);
}
