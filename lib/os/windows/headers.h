/*
 * Windows' headers in the order that they require. The build includes them before banned.h, whose
 * names they use.
 */
#ifndef PF_WINDOWS_HEADERS_H
#define PF_WINDOWS_HEADERS_H

/* clang-format off */
#include <winsock2.h>
#include <windows.h>
/* clang-format on */
#include <iphlpapi.h>
#include <tlhelp32.h>
#include <winternl.h>

#endif
