/*
 * Formats and parses numeric IP addresses, the same on every OS: the C libraries' inet_ntop()
 * differ in "::" and dotted quads.
 */
#ifndef PF_ADDRESS_H
#define PF_ADDRESS_H

#include <stdint.h>

#include "base/bytes.h"

enum address_family {
	FAMILY_IPV4,
	FAMILY_IPV6,
};

/* Whether an IPv6 socket accepts only IPv6 (IPV6_V6ONLY, ipv6(7)). */
enum v6only {
	V6ONLY_UNKNOWN,
	V6ONLY_NO, /* it accepts IPv4 too */
	V6ONLY_YES,
};

enum {
	ADDRESS_ZONE_MAX = 63,
	/* The longest text with its NUL: 45 characters as in INET6_ADDRSTRLEN, and a zone. */
	ADDRESS_TEXT_MAX = 46 + 1 + ADDRESS_ZONE_MAX,
};

/* In network byte order. IPv4 uses the first four octets; the others are 0. */
struct address {
	enum address_family family;
	uint8_t octets[16];
	char zone[ADDRESS_ZONE_MAX + 1]; /* "eth0" or "9"; empty: none */
};

/* True for fe80::/10 (RFC 4291), which is unique only with its zone. */
bool address_is_link_local(const struct address *address);

/*
 * Formats the address according to RFC 5952: lower case, the first longest run of two or more zero
 * groups as "::", IPv4-mapped addresses with a dotted quad. No brackets; a zone is appended as
 * "%eth0" (RFC 4007, 11.2).
 */
void address_format(const struct address *address, char ret_text[ADDRESS_TEXT_MAX]);

/*
 * Parses a numeric address of the given family in any form of RFC 4291, 2.2, with or without a
 * zone. Returns 0 or -EINVAL.
 */
int address_parse(struct bytes text, enum address_family family, struct address *ret_address);

/* Orders by family (IPv4 first), then numerically, then by zone. Returns <0, 0 or >0. */
int address_compare(const struct address *a, const struct address *b);

#endif
