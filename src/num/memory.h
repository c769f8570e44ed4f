/* Memory that the library cannot do without. */
#ifndef EDGEWISE_NUM_MEMORY_H
#define EDGEWISE_NUM_MEMORY_H

#include <edgewise/num.h>

/* The rule of the library: what input makes large is asked for with ew_memory_check, and answered by EW_RESOURCES; what is
 * small, texts and the trees of documents, goes through here and ends without memory as FLINT's numbers do, by
 * flint_abort. Returns `memory`, never NULL. */
void *ew_held(void *memory);

/* The same of json-c's calls that add a member: 0 is fine. */
int ew_held_member(int failed);

#endif
