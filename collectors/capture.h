/*
 * The texts of a capture: a directory of files, one file, or standard input. Errors are reported
 * here, on stderr.
 */
#ifndef PF_CAPTURE_H
#define PF_CAPTURE_H

#include "base/buffer.h"

/*
 * Reads standard input if `path` is "-", the file `name` in it if it is a directory, else the file
 * itself. Returns 0, or a negative errno, already reported, with whatever could be read.
 */
int capture_read(const char *path, const char *name, struct buffer *text);

/* Reads a file that a capture may lack, which is -ENOENT, not reported. */
int capture_read_optional(const char *path, const char *name, struct buffer *text);

/*
 * If known_text.h recognizes the text that capture_read() returned, reports that and returns true.
 */
bool capture_report_known(const char *path, const char *name, struct bytes text);

/*
 * Whether capture_read() would return a text that `is_text` accepts. A directory's file `name` is
 * accepted unread, and so is standard input, which can be read only once. Reports nothing.
 */
bool capture_is_usable(const char *path, const char *name, bool (*is_text)(struct buffer *text));

#endif
