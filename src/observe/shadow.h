/* A quick look ahead in floating point, which proves nothing: it tells ew_follow what to try to
 * prove, and whether there is anything in reach at all. */
#ifndef EDGEWISE_OBSERVE_SHADOW_H
#define EDGEWISE_OBSERVE_SHADOW_H

#include "observe/plateau.h"

typedef struct {
    ew_fate fate; /* as ew_watch sees it */
    arb_t x;      /* (a + b)/2 at the end */
    /* periods with which the end seems to recur, smallest first */
    slong period[64];
    slong count;
} ew_shadow_struct;
typedef ew_shadow_struct ew_shadow_t[1];

void ew_shadow_init(ew_shadow_t shadow);
void ew_shadow_clear(ew_shadow_t shadow);

/* Runs at most max_steps steps from (0, alpha), or from the middle of a box. Returns EW_OK, EW_RESOURCES or EW_STOPPED. */
EW_MUST_CHECK ew_status ew_shadow_run(ew_shadow_t shadow, const ew_mode_t mode,
                                      const ew_crossing_struct *from, slong max_steps,
                                      const ew_progress *progress);

#endif
