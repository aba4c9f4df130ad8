/*
 * A remedy under construction, and its cases, each in a file of its own: containers, units, and
 * processes run by neither.
 */
#ifndef PF_REMEDY_DRAFT_H
#define PF_REMEDY_DRAFT_H

#include "remedy.h"

/* Nothing is appended after an error, so checking `error` once at the end is enough. */
struct draft {
	struct remedy_text *text;
	int error; /* 0 or -ENOMEM */
};

void draft_text(struct draft *draft, struct buffer *buffer, const char *text);
void draft_bytes(struct draft *draft, struct buffer *buffer, struct bytes bytes);

/* A word of a shell command, quoted if need be. */
void draft_word(struct draft *draft, struct buffer *buffer, struct bytes word);

/* At most 255 bytes. */
__attribute__((format(PF_PRINTF, 3, 4))) void draft_format(
	struct draft *draft, struct buffer *buffer, const char *format, ...);

/* "tmux (900)" */
void draft_process(struct draft *draft, struct buffer *buffer, const struct process_facts *process);

/* The command "kill PID", or one more PID for it. */
void draft_kill(struct draft *draft, const struct process_facts *process);

/* The command that ends the topmost process of the holder's program, and the holder. */
void draft_kill_top(struct draft *draft, const struct remedy_case *holder);

/* Sets the verdict, and begins its reason. */
void draft_verdict(struct draft *draft, enum verdict verdict, const char *why);

/* Whether the holder runs other programs or forwards for them: see manager.h. */
bool remedy_is_manager(const struct remedy_case *holder);

/* Whether the unit is a service. */
bool remedy_is_service(const struct unit *unit);

/* Begins a systemctl command, from outside if the container is a machine. */
void remedy_draft_way_in(struct draft *draft, const struct remedy_case *holder);

/* remedy_container.c */
void remedy_of_forwarder(struct draft *draft, const struct remedy_case *holder);
void remedy_of_container(struct draft *draft, const struct remedy_case *holder);

/* remedy_unit.c: a unit that runs the holder alone, and any process that systemd started */
bool remedy_has_own_unit(const struct remedy_case *holder);
void remedy_of_unit(struct draft *draft, const struct remedy_case *holder);
void remedy_of_socket_unit(struct draft *draft, const struct remedy_case *holder);
void remedy_of_managed(struct draft *draft, const struct remedy_case *holder);

/* remedy_process.c */
void remedy_of_supervisor(struct draft *draft, const struct remedy_case *holder);
void remedy_of_interactive(struct draft *draft, const struct remedy_case *holder);
void remedy_of_orphan(struct draft *draft, const struct remedy_case *holder);
void remedy_of_other(struct draft *draft, const struct remedy_case *holder);
void remedy_of_init(struct draft *draft, const struct remedy_case *holder);
void remedy_of_manager(struct draft *draft, const struct remedy_case *holder);

#endif
