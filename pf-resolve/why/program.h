/*
 * What program a process runs; pure. A process is judged by what it runs, not by its name: comm is
 * a thread's name, which any program may set, and of two processes called "node" each may run a
 * script of its own.
 */
#ifndef PF_PROGRAM_H
#define PF_PROGRAM_H

#include "base/bytes.h"

/* Views of the process's command and arguments. None: data NULL. */
struct program {
	struct bytes command; /* the process's name */
	struct bytes
		name; /* the file name in argv[0], without ".exe"; a login shell's without '-' */
	bool is_interpreter; /* of scripts, such as python3.11 or node */
	/* Of an interpreter, the path of its script, or the module of python's -m. */
	struct bytes script;
	struct bytes script_name; /* its file name without a suffix such as ".js" */
	/*
	 * The script came with a package: it is a command without a suffix, a module, or in a
	 * package manager's directory. Scripts of somebody's own are named at will.
	 */
	bool is_installed;
	/* The arguments before the script (all, if there is none), and those after it. */
	struct bytes options;
	struct bytes rest;
};

/* `command`: data NULL if unknown. `arguments`: each followed by a NUL. */
struct program program_read(struct bytes command, struct bytes arguments);

/* Whether both run the same program: for interpreters, the same script. */
bool program_is_same(const struct program *a, const struct program *b);

/* Whether one of the arguments, each followed by a NUL, is `word`. */
bool program_has_argument(struct bytes arguments, const char *word);

/*
 * What to call the process: for an interpreter that goes by its own name the file name of its
 * script, else its command. Data NULL if unknown.
 */
struct bytes program_label(const struct program *program);

#endif
