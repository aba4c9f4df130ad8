/*
 * The texts of a capture: a directory with files, one file, or standard input.
 * This is the edge: what goes wrong is said here, on stderr.
 */
#ifndef PF_CAPTURE_H
#define PF_CAPTURE_H

#include "base/buffer.h"

/*
 * Reads standard input where `path` is "-", the file `name` where it is a
 * directory, or else the file itself. Returns 0, or a negative errno of which all
 * is said; what could be read is there even so.
 */
int capture_read(const char *path, const char *name, struct buffer *text);

/* Reads a further file of a directory. -ENOENT, and nothing said, where there is none. */
int capture_read_further(const char *path, const char *name, struct buffer *text);

/*
 * If the text that capture_read() gave is of a kind that known_text.h describes, says so and
 * returns true.
 */
bool capture_say_known(const char *path, const char *name, struct bytes text);

/*
 * Whether capture_read() could give a text that `is_text` takes for the right
 * one. What a directory calls `name` is taken for it unseen, and so is standard
 * input, which can be read only once. Says nothing.
 */
bool capture_is_usable(const char *path, const char *name, bool (*is_text)(struct buffer *text));

#endif
