/*
 * What the kernel answers over netlink, for tests: put together number by number, each in
 * the machine's own byte order, at the offsets of
 * include/uapi/linux/{netlink,sock_diag,inet_diag}.h.
 */
#ifndef PF_SOCK_DIAG_TOLD_H
#define PF_SOCK_DIAG_TOLD_H

#include "base/buffer.h"
#include "proc/sock_diag.h"
#include "unit.h"

static inline void put(struct buffer *buffer, const void *data, size_t size)
{
	assert_int_equal(buffer_append(buffer, data, size), 0);
}
#define put(...) UNIT_AT(put(__VA_ARGS__))

static inline void put8(struct buffer *buffer, uint8_t number)
{
	put(buffer, &number, sizeof(number));
}

static inline void put16(struct buffer *buffer, uint16_t number)
{
	put(buffer, &number, sizeof(number));
}

static inline void put32(struct buffer *buffer, uint32_t number)
{
	put(buffer, &number, sizeof(number));
}

static inline void put_zeros(struct buffer *buffer, size_t count)
{
	while (count--)
		put8(buffer, 0);
}

enum { HEADER = 16, MESSAGE = 72 };

static inline void put_header(struct buffer *answer, uint32_t length, uint16_t type)
{
	put32(answer, length);
	put16(answer, type);
	put16(answer, 2); /* NLM_F_MULTI */
	put32(answer, 7);
	put32(answer, 4711);
}

/* A socket of [2001:db8::PORT], whose inode is a thousand times its port. */
static inline void put_message(struct buffer *answer, uint16_t port)
{
	static const unsigned char address[16] = {0x20, 0x01, 0x0d, 0xb8};

	put8(answer, 10); /* the family */
	put8(answer, 10); /* the state */
	put16(answer, 0);
	put8(answer, (uint8_t)(port >> 8));
	put8(answer, (uint8_t)port);
	put16(answer, 0);
	put(answer, address, 14);
	put8(answer, (uint8_t)(port >> 8));
	put8(answer, (uint8_t)port);
	put_zeros(answer, 16);
	put32(answer, 3); /* the interface */
	put_zeros(answer, 8 + 4 + 4 + 4);
	put32(answer, 1000); /* the user */
	put32(answer, port * 1000U);
}

static inline void put_socket(struct buffer *answer, uint16_t port, struct bytes attributes)
{
	put_header(answer, HEADER + MESSAGE + (uint32_t)attributes.length, 20);
	put_message(answer, port);
	put(answer, attributes.data, attributes.length);
	put_zeros(answer, -attributes.length & 3);
}

static inline void put_done(struct buffer *answer)
{
	put_header(answer, HEADER + 4, 3);
	put32(answer, 0);
}

/* An attribute of one byte, filled up to the next one; the last one need not be. */
static inline void put_attribute(struct buffer *attributes, uint16_t type, uint8_t value)
{
	put16(attributes, 5);
	put16(attributes, type);
	put8(attributes, value);
	put_zeros(attributes, 3);
}

static inline struct bytes no_attributes(void)
{
	return (struct bytes){"", 0};
}

/* What was read of an answer: the end, after so many sockets, the last of which is in *ret_row. */
static inline int read_all(struct bytes answer, enum address_family family, size_t *ret_count,
	struct socket_row *ret_row)
{
	char *alone = unit_alone(answer);
	struct bytes rest = {alone, answer.length};
	size_t count = 0;
	int more;

	while ((more = sock_diag_next(&rest, family, ret_row)) > 0)
		count++;
	free(alone);
	*ret_count = count;
	return more;
}

#endif
