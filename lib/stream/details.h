/*
 * Why a process runs: what started it and how, what restarts it, and what frees its port for good.
 * Only this header's two sources write these as keys of a listener's line and read them;
 * pf-listener(5) documents them.
 *
 * Ownership: details from details_decode() keep all their texts in a document of their own, and are
 * released with details_release(). Those filled in by hand only borrow their texts, and are never
 * released.
 */
#ifndef PF_DETAILS_H
#define PF_DETAILS_H

#include "stream/listener.h"

/* In all of these, a text with data NULL and the number LISTENER_NONE are unknown. */

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
	struct bytes name; /* "shop.service", as systemctl(1) accepts it; NULL: there is none */
	enum unit_manager manager;
	struct bytes restart; /* "always", the unit's Restart=, systemd.service(5) */
};

struct container {
	struct bytes runtime; /* "docker"; NULL: there is no container */
	struct bytes id;
	struct bytes name;
	struct bytes address; /* the container's, if the process only forwards to it */
	int64_t port; /* likewise */
};

/* Its id, shortened as the runtimes themselves do. */
struct bytes container_short_id(const struct container *container);

/* Whether containers of this runtime are machines with a systemd of their own. */
bool container_is_machine(struct bytes runtime);

enum verdict {
	VERDICT_NONE, /* there is no remedy */
	VERDICT_KILL, /* a signal frees the port for good */
	VERDICT_STOP, /* the command does; a signal would not, or would do harm */
	VERDICT_UNKNOWN, /* unknown whether something restarts it */
};

/* A longer command is left out: a truncated one would do something else. */
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
	struct bytes directory; /* the current one */
	struct bytes started; /* RFC 3339, in UTC: "2026-11-23T21:16:00Z" */
	int64_t uptime; /* in seconds, when it was read */
	int64_t parent;
	struct ancestor *ancestors; /* nearest first; NULL: unknown */
	size_t ancestor_count;
	struct unit unit;
	struct container container;
	struct remedy remedy;
	json_t *document; /* owns the texts of decoded details */
};

/* As in a line: "system" or "user"; "kill", "stop" or "unknown". */
const char *unit_manager_name(enum unit_manager manager);
const char *verdict_name(enum verdict verdict);

/* Details with nothing known. */
extern const struct details details_none;

/*
 * Appends `line`, which listener_decode() accepted, with the details as keys after its own, and a
 * newline. Keys that it already has stay as they are. Long texts are truncated as described in
 * pf-listener(5), so that all take at most 32 KiB. If the line would exceed LISTENER_LINE_MAX, it
 * gets only the remedy, or else stays as it was. Returns 0 or -ENOMEM.
 */
int details_append(struct bytes line, const struct details *details, struct buffer *ret_line);

/*
 * Reads the details in a line that listener_decode() accepted; `listener` is its result, which
 * saves parsing the line again, or NULL. Returns 0; -EINVAL if a key has a wrong value, which
 * *ret_problem names; -ENOMEM. *ret_details is untouched on failure.
 */
int details_decode(struct bytes line, const struct listener *listener, struct details *ret_details,
	struct listener_problem *ret_problem);

void details_release(struct details *details);

#endif
