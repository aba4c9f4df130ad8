#include "sock_diag_source.h"

#include "os/os.h"
#include "sock_diag.h"

/*
 * A socket with a link-local address is bound to that link's interface, others with
 * SO_BINDTODEVICE. ss(8) shows both in the same way.
 */
static void add_zone(struct socket_row *row)
{
	if (row->interface)
		(void)os_interface_name(
			row->interface, row->address.zone, sizeof(row->address.zone));
}

/* Before any socket is added: if an answer is malformed, the tables of /proc are read instead. */
static int check_answer(const struct sock_diag_query *query, struct bytes answer)
{
	struct socket_row row;
	int more;

	do
		more = sock_diag_next(&answer, query->family, &row);
	while (more > 0);
	return more;
}

static int add_answer(const struct collector_options *options, const struct sock_diag_query *query,
	struct bytes answer, struct sockets *sockets)
{
	struct socket socket = {.proto = query->proto};
	int more = 0;
	int error = 0;

	while (!error && (more = sock_diag_next(&answer, query->family, &socket.row)) > 0) {
		if (socket.row.port == 0 || !port_set_wants(&options->ports, socket.row.port))
			continue;
		add_zone(&socket.row);
		socket.number = sockets->count;
		error = sockets_add(sockets, &socket);
	}
	return error ? error : more;
}

int sock_diag_source_read(const struct collector_options *options, enum listener_proto proto,
	enum address_family family, struct sockets *sockets)
{
	struct sock_diag_query query = {.proto = proto, .family = family};
	unsigned char request[SOCK_DIAG_REQUEST_MAX];
	struct buffer answer = {0};
	int error;

	port_set_bounds(&options->ports, &query.low, &query.high);
	error = os_sock_diag(request, sock_diag_request(&query, request), &answer);
	if (!error)
		error = check_answer(&query, buffer_bytes(&answer));
	if (!error)
		error = add_answer(options, &query, buffer_bytes(&answer), sockets);
	buffer_release(&answer);
	return error;
}
