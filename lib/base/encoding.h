/*
 * Text of Windows tools as UTF-8; pure.
 *
 * PowerShell's > writes UTF-16 with a byte-order mark, an editor may write UTF-8
 * with one (Unicode, section 23.8), cmd's > writes the bytes of the code page.
 */
#ifndef PF_ENCODING_H
#define PF_ENCODING_H

#include "base/buffer.h"

/*
 * Turns UTF-16 of either order that begins with its mark into UTF-8, where half
 * a character, which names of Windows may hold, becomes U+FFFD; takes the mark
 * off UTF-8. Other bytes stay as they are. 0, or -ENOMEM and *text as before.
 */
int encoding_make_utf8(struct buffer *text);

#endif
