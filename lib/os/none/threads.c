#include "os/os.h"

void os_run_in_threads(void (*run)(void *context), void *const contexts[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		run(contexts[i]);
}
