/*
 * Why a process runs: what started it and how, what restarts it, and what frees its port for good.
 * pf-listener(5) documents these keys of a listener's line; only this header's sources read and
 * write them.
 *
 * Ownership: the texts of details from details_decode() belong to their document and are released
 * with details_release(). Details filled in by hand only borrow their texts and are never released.
 */
#ifndef PF_DETAILS_H
#define PF_DETAILS_H

#include "stream/listener.h"

/* In all of these structs, a text with data NULL or the number LISTENER_NONE is unknown. */

struct ancestor {
	int64_t pid;
	struct bytes command;
};

enum unit_manager {
	MANAGER_SYSTEM, /* systemctl */
	MANAGER_USER, /* systemctl --user, run by the process's user */
};

/* A systemd unit. */
struct unit {
	struct bytes name; /* "shop.service", as systemctl(1) accepts it; data NULL: no unit */
	enum unit_manager manager;
	struct bytes restart; /* "always", the unit's Restart=, systemd.service(5) */
};

struct container {
	struct bytes runtime; /* "docker"; data NULL: not in a container */
	struct bytes id;
	struct bytes name;
	struct bytes address; /* the address the process forwards to, if it is only a forwarder */
	int64_t port; /* likewise */
};

/* The id's first 12 characters, as the runtimes themselves print it. */
struct bytes container_short_id(const struct container *container);

/* True if this runtime's containers run a systemd of their own. */
bool container_is_machine(struct bytes runtime);

enum verdict {
	VERDICT_NONE, /* there is no remedy */
	VERDICT_KILL, /* a signal frees the port for good */
	VERDICT_STOP, /* only the command does; a signal would not, or would do harm */
	VERDICT_UNKNOWN, /* unknown whether something restarts it */
};

/* In bytes. A longer command is omitted: truncated, it would do something else. */
enum { REMEDY_COMMAND_MAX = 1024 };

/* How to free the port. */
struct remedy {
	enum verdict verdict;
	struct bytes command; /* for a shell */
	struct bytes why; /* a clause that follows the command and a colon */
};

struct details {
	struct bytes *arguments; /* NULL: unknown */
	size_t argument_count;
	struct bytes executable; /* its path, followed by " (deleted)" if the file is gone */
	struct bytes directory; /* the current working directory */
	struct bytes started; /* RFC 3339, in UTC: "2026-11-23T21:16:00Z" */
	int64_t uptime; /* the process's age in seconds when the details were read */
	int64_t parent;
	struct ancestor *ancestors; /* nearest first; NULL: unknown */
	size_t ancestor_count;
	struct unit unit;
	struct container container;
	struct remedy remedy;
	json_t *document; /* owns the texts of decoded details */
};

/* The values in a line: "system" or "user"; "kill", "stop" or "unknown", "" for VERDICT_NONE. */
const char *unit_manager_name(enum unit_manager manager);
const char *verdict_name(enum verdict verdict);

/* Details with nothing known. */
extern const struct details details_none;

/*
 * Appends `line`, which listener_decode() accepted, with the details as keys after its own, and a
 * newline. Keys already in the line stay as they are. Long texts are truncated as described in
 * pf-listener(5), so that the details take at most 32 KiB. If the line would exceed
 * LISTENER_LINE_MAX, only the remedy is added; if it is still too long, nothing is. Returns 0 or
 * -ENOMEM.
 */
int details_append(struct bytes line, const struct details *details, struct buffer *ret_line);

/*
 * Decodes the details in a line that listener_decode() accepted. `listener` is the result of that,
 * which saves parsing the line again, or NULL. Returns 0; -EINVAL if a key has a wrong value, and
 * which in *ret_problem; -ENOMEM. *ret_details is untouched on failure.
 */
int details_decode(struct bytes line, const struct listener *listener, struct details *ret_details,
	struct listener_problem *ret_problem);

void details_release(struct details *details);

#endif
