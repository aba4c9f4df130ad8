/*
 * Converts output of Windows tools to UTF-8.
 *
 * PowerShell's > writes UTF-16 with a byte-order mark (Unicode, section 23.8), an editor may write
 * UTF-8 with one, and cmd's > writes the bytes of the code page.
 */
#ifndef PF_ENCODING_H
#define PF_ENCODING_H

#include "base/buffer.h"

/*
 * Converts UTF-16 of either byte order with a mark to UTF-8; an unpaired surrogate, which names on
 * Windows may contain, becomes U+FFFD. Removes the mark from UTF-8. Other text stays as it is.
 * Returns 0, or -ENOMEM with *text unchanged.
 */
int encoding_make_utf8(struct buffer *text);

#endif
