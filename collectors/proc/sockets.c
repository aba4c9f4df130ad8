#include "sockets.h"

#include <errno.h>

#include "base/array.h"
#include "endpoint.h"

int sockets_add(struct sockets *sockets, const struct socket *socket)
{
	struct socket *items = array_reserve(
		sockets->items, sockets->count, &sockets->capacity, sizeof(*items));

	if (!items)
		return -ENOMEM;
	sockets->items = items;
	items[sockets->count++] = *socket;
	return 0;
}

static struct endpoint endpoint_of(const struct socket *socket)
{
	return (struct endpoint){socket->proto, socket->row.address, socket->row.port};
}

static int compare_rows(const void *left, const void *right)
{
	const struct socket *a = left;
	const struct socket *b = right;
	struct endpoint a_endpoint;
	struct endpoint b_endpoint;

	if (a->row.inode != b->row.inode)
		return a->row.inode < b->row.inode ? -1 : 1;
	a_endpoint = endpoint_of(a);
	b_endpoint = endpoint_of(b);
	return endpoint_compare(&a_endpoint, &b_endpoint);
}

static int compare_numbers(const void *left, const void *right)
{
	const struct socket *a = left;
	const struct socket *b = right;

	return (a->number > b->number) - (a->number < b->number);
}

/* Keeps the first of duplicate rows. */
static int compare_all(const void *left, const void *right)
{
	int order = compare_rows(left, right);

	return order ? order : compare_numbers(left, right);
}

void sockets_sort(struct sockets *sockets)
{
	struct socket *items = sockets->items;
	size_t kept = 0;

	if (sockets->count)
		qsort(items, sockets->count, sizeof(*items), compare_all);
	for (size_t i = 0; i < sockets->count; i++)
		if (kept == 0 || items[i].row.inode == 0 ||
			compare_rows(&items[kept - 1], &items[i]) != 0)
			items[kept++] = items[i];
	sockets->count = kept;
}

/* The index where sockets with this inode begin, or would. */
static size_t find_first(const struct sockets *sockets, uint64_t inode)
{
	size_t low = 0;
	size_t high = sockets->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (sockets->items[middle].row.inode < inode)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t sockets_find(const struct sockets *sockets, uint64_t inode, struct socket **ret_first)
{
	size_t first = find_first(sockets, inode);
	size_t end = first;

	if (inode == 0)
		return 0;
	while (end < sockets->count && end - first < SOCKETS_SAME_INODE_MAX &&
		sockets->items[end].row.inode == inode)
		end++;
	if (end > first)
		*ret_first = &sockets->items[first];
	return end - first;
}

bool sockets_have(const struct sockets *sockets, const struct socket *socket)
{
	return sockets->count &&
		bsearch(socket, sockets->items, sockets->count, sizeof(*socket), compare_rows);
}

void sockets_sort_by_number(struct sockets *sockets)
{
	if (sockets->count)
		qsort(sockets->items, sockets->count, sizeof(*sockets->items), compare_numbers);
}

size_t sockets_count_unheld(const struct sockets *sockets)
{
	size_t count = 0;

	for (size_t i = 0; i < sockets->count; i++)
		count += sockets->items[i].holder_count == 0;
	return count;
}

void sockets_release(struct sockets *sockets)
{
	free(sockets->items);
	*sockets = (struct sockets){0};
}
