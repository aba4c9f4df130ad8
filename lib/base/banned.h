/*
 * Makes using unsafe functions a compile error. The build includes this file before every source
 * file.
 *
 * The standard headers come first: their own declarations of poisoned names would be errors too.
 */
#ifndef PF_BANNED_H
#define PF_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Macros in macOS' or mingw-w64's headers. */
#undef strcpy
#undef strcat
#undef stpcpy
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf
#undef popen

/* No bound, or no NUL if the bound is reached. */
#pragma GCC poison strcpy strcat stpcpy strncpy strncat sprintf vsprintf gets

/* Can't distinguish an invalid number from 0: use number_parse(). */
#pragma GCC poison atoi atol atoll sscanf

/* Hidden state, a shell, or a race. */
#pragma GCC poison strtok asctime ctime gmtime localtime system popen mktemp tmpnam

#endif
