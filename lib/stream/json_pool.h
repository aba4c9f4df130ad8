/*
 * A memory pool for jansson. It makes some forty allocations for a line of the stream and frees
 * them before the next line; malloc() and free() took a third of the time.
 */
#ifndef PF_JSON_POOL_H
#define PF_JSON_POOL_H

/*
 * Makes jansson allocate from a static pool, and from malloc() if the pool is full. The pool
 * is reset once everything in it has been freed. Single-threaded; may be called repeatedly.
 */
void json_pool_use(void);

#endif
