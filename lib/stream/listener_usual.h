/*
 * The usual line of a stream, read without making a document of it: that takes
 * jansson some 3 µs a line in each stage, and is most of the work of a long list.
 */
#ifndef PF_LISTENER_USUAL_H
#define PF_LISTENER_USUAL_H

#include "stream/listener.h"

/*
 * Reads a line of exactly the form that listener_encode() writes, with texts of
 * plain ASCII that stay views into the line. False for any other, be it wrong, in
 * another order or with keys of others: jansson reads those, and says what is wrong.
 */
bool listener_decode_usual(struct bytes line, struct listener *ret_listener);

#endif
