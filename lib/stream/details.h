/*
 * Why a process runs: what it was started with and by, what restarts it, and what
 * frees its port for good. This header and its two sources are the one place where that
 * becomes keys of a listener's line and is read from them; pf-listener(5) is their
 * manual.
 *
 * Ownership: details that details_decode() gave have all their texts in a document
 * of their own, and are released with details_release(). Those that are filled in by
 * hand only borrow their texts, and are never released.
 */
#ifndef PF_DETAILS_H
#define PF_DETAILS_H

#include "stream/listener.h"

/* In all of these, a text with data NULL and a number of LISTENER_NONE are not known. */

struct ancestor {
	int64_t pid;
	struct bytes command;
};

enum unit_manager {
	MANAGER_SYSTEM, /* systemctl */
	MANAGER_USER, /* systemctl --user, as the process's user */
};

/* A unit of systemd. */
struct unit {
	struct bytes name; /* "shop.service", as systemctl(1) takes it; NULL: there is none */
	enum unit_manager manager;
	struct bytes restart; /* "always", the unit's Restart=, systemd.service(5) */
};

struct container {
	struct bytes runtime; /* "docker"; NULL: there is no container */
	struct bytes id;
	struct bytes name;
	struct bytes address; /* where the process only forwards to the container: its address */
	int64_t port; /* likewise */
};

/* As much of its id as the runtimes themselves show. */
struct bytes container_short_id(const struct container *container);

/* Whether containers of this runtime are machines with a systemd of their own. */
bool container_is_machine(struct bytes runtime);

enum verdict {
	VERDICT_NONE, /* nothing is said at all */
	VERDICT_KILL, /* a signal frees the port for good */
	VERDICT_STOP, /* the command does, and a signal would not, or would do harm */
	VERDICT_UNKNOWN, /* it can't be told */
};

/* A longer command is left out: one that is cut would do something else. */
enum { REMEDY_COMMAND_MAX = 1024 };

/* How to free the port. */
struct remedy {
	enum verdict verdict;
	struct bytes command; /* for a shell */
	struct bytes why; /* a clause that follows the command and a colon */
};

struct details {
	struct bytes *arguments; /* NULL: not known */
	size_t argument_count;
	struct bytes executable; /* its path; " (deleted)" follows where the file has gone */
	struct bytes directory; /* in which it works */
	struct bytes started; /* as RFC 3339 has it, in UTC: "2026-11-23T21:16:00Z" */
	int64_t uptime; /* seconds, at the time of the look */
	int64_t parent;
	struct ancestor *ancestors; /* nearest first; NULL: not known */
	size_t ancestor_count;
	struct unit unit;
	struct container container;
	struct remedy remedy;
	json_t *document; /* what the texts of decoded details live in */
};

/* As they stand in a line: "system" or "user"; "kill", "stop" or "unknown". */
const char *unit_manager_name(enum unit_manager manager);
const char *verdict_name(enum verdict verdict);

/* Details that tell nothing. */
extern const struct details details_none;

/*
 * Appends `line`, which listener_decode() has accepted, with a newline, and with the
 * details as keys behind its own. A key that it has already stays as it is. Long texts are
 * cut, as pf-listener(5) says, so that all take 32 KiB at most. Where the line would become
 * longer than LISTENER_LINE_MAX, it gets the remedy alone, or else stays as it was. Returns 0
 * or -ENOMEM.
 */
int details_append(struct bytes line, const struct details *details, struct buffer *ret_line);

/*
 * Reads the details in a line that listener_decode() accepted; `listener` is what it gave, which
 * saves parsing the line again, or NULL. Returns 0; -EINVAL if one of their keys has a wrong value,
 * and which; -ENOMEM. *ret_details is untouched on failure.
 */
int details_decode(struct bytes line, const struct listener *listener, struct details *ret_details,
	struct listener_problem *ret_problem);

void details_release(struct details *details);

#endif
