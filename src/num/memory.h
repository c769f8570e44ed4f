/* Memory that the library cannot do without. */
#ifndef EDGEWISE_NUM_MEMORY_H
#define EDGEWISE_NUM_MEMORY_H

#include <edgewise/num.h>

/* The rule of the library: what input makes large is asked for with ew_memory_check, and answered by EW_RESOURCES; what is
 * small, texts and the trees of documents, goes through here and ends without memory as FLINT's numbers do, by
 * flint_abort. Returns `memory`, never NULL. */
void *ew_held(void *memory);

/* What the groups of Linux (cgroups, of both versions) that a file like /proc/self/cgroup names leave, the files about them
 * below `root`; INFINITY where none has a limit. */
double ew_memory_of_groups(const char *list, const char *root);

/* The same as ew_held of json-c's calls that add a member: 0 is fine. */
int ew_held_member(int failed);

#endif
