#include "lsof_listing.h"

#include <errno.h>

#include "base/array.h"
#include "base/number.h"

int lsof_listing_add(struct lsof_listing *listing, const struct lsof_socket *socket)
{
	struct lsof_socket *items = array_reserve(
		listing->items, listing->count, &listing->capacity, sizeof(*items));

	if (!items)
		return -ENOMEM;
	listing->items = items;
	listing->items[listing->count++] = *socket;
	return 0;
}

static int compare_sockets(const void *left, const void *right)
{
	const struct lsof_socket *a = left;
	const struct lsof_socket *b = right;
	int order = endpoint_compare(&a->endpoint, &b->endpoint);

	/* Those without a pid last: they count only if no other has the endpoint. */
	if (!order)
		order = (a->process.pid == LISTENER_NONE) - (b->process.pid == LISTENER_NONE);
	if (!order)
		order = strcmp(a->endpoint.address.zone, b->endpoint.address.zone);
	if (!order)
		order = number_compare(a->process.pid, b->process.pid);
	return order ? order : number_compare(a->fd, b->fd);
}

/* Whether a socket adds nothing to the previous one. */
static bool is_repeated(const struct lsof_socket *socket, const struct lsof_socket *kept)
{
	if (endpoint_compare(&socket->endpoint, &kept->endpoint))
		return false;
	/* netstat prints the zone's name, lsof its number: ignore it between the two. */
	if (socket->process.pid == LISTENER_NONE && kept->process.pid != LISTENER_NONE)
		return true;
	return socket->process.pid == kept->process.pid &&
		strcmp(socket->endpoint.address.zone, kept->endpoint.address.zone) == 0;
}

size_t lsof_listing_merge(struct lsof_listing *listing)
{
	size_t kept = 0;
	size_t hidden = 0;

	if (listing->count)
		qsort(listing->items, listing->count, sizeof(listing->items[0]), compare_sockets);
	for (size_t i = 0; i < listing->count; i++) {
		if (kept && is_repeated(&listing->items[i], &listing->items[kept - 1]))
			continue;
		hidden += listing->items[i].process.pid == LISTENER_NONE;
		listing->items[kept++] = listing->items[i];
	}
	listing->count = kept;
	return hidden;
}

void lsof_listing_release(struct lsof_listing *listing)
{
	free(listing->items);
	*listing = (struct lsof_listing){0};
}
