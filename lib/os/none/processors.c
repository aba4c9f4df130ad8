/*
 * Only Linux's collector uses several processors.
 */
#include "os/os.h"

size_t os_count_processors(void)
{
	return 1;
}
