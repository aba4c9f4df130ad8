/*
 * Memory for jansson: a document of the stream is read, looked at and released
 * before the next one, in some forty pieces, and malloc() for each of them was a
 * third of the work.
 */
#ifndef PF_JSON_POOL_H
#define PF_JSON_POOL_H

/*
 * Lets jansson take its memory from a pool, which is whole again whenever all of it
 * was given back; what doesn't fit is left to malloc(). For one thread; may be called again.
 */
void json_pool_use(void);

#endif
