/* Covering a box by bisection until each part is decided: a tree in pre-order, one character a node. */
#ifndef EDGEWISE_PREDICT_PROOF_COVER_H
#define EDGEWISE_PREDICT_PROOF_COVER_H

#include <edgewise/num.h>

enum { COVER_VARIABLES = 3, COVER_UNDECIDED = '?' };

/* What is covered. The functions are called from several threads at once, each with its own `worker`. */
typedef struct {
    int variables;
    arb_srcptr width; /* a split halves the side that is longest in these units */
    /* A worker, and its end. */
    void *(*start)(const void *context);
    void (*stop)(void *worker);
    /* The leaf's character when the box from lo to hi is decided, else 0. `hint`: the only one to try, or 0 for all. */
    char (*decide)(void *worker, const arf_struct *lo, const arf_struct *hi, char hint);
    const void *context;
    bool
        all_or_nothing; /* stop at the first part that is left undecided; the tree is then of no use */
    slong most;         /* leaves before all is given up; 0: no limit */
    int deepest;        /* splits on a path before a part is left undecided */
} cover_job;

/* The tree for the box.
 *   tree      out: NUL terminated, the caller's to free(): '0' + k a split of side k in the middle, then both halves;
 *             any other a leaf, COVER_UNDECIDED among them. The same for any number of threads
 *   earlier   a tree to go on from, or NULL: its splits are taken, its leaves tried first; not trusted
 * Returns EW_OK, EW_RESOURCES, or EW_UNDECIDED_STATUS (more leaves than job->most) or EW_STOPPED, the tree being whole all the same with undecided parts. */
EW_MUST_CHECK ew_status ew_cover_run(char **tree, const cover_job *job, const arf_struct *lo,
                                     const arf_struct *hi, const char *earlier,
                                     const ew_progress *progress);

/* The first undecided box of a tree. False when there is none. lo, hi: in and out, the whole box at first. */
bool ew_cover_find_undecided(arf_struct *lo, arf_struct *hi, const char *tree, int variables);

#endif
