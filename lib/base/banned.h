/*
 * Functions that this project doesn't use, made compile errors. The build
 * includes this file ahead of every source file.
 *
 * The standard headers come first: the poison holds from here on, and would
 * otherwise trip over their own declarations.
 */
#ifndef PF_BANNED_H
#define PF_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Macros in the headers of macOS or of mingw-w64, and no less banned for that. */
#undef strcpy
#undef strcat
#undef stpcpy
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf
#undef popen

/* No bound, or a bound that leaves the text unterminated. */
#pragma GCC poison strcpy strcat stpcpy strncpy strncat sprintf vsprintf gets

/* No way to tell a wrong number from 0: use number_parse(). */
#pragma GCC poison atoi atol atoll sscanf

/* Hidden state, or a shell. */
#pragma GCC poison strtok asctime ctime gmtime localtime system popen mktemp tmpnam

#endif
