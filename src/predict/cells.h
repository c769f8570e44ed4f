/* Intervals still to be looked at, the leftmost on top. */
#ifndef EDGEWISE_PREDICT_CELLS_H
#define EDGEWISE_PREDICT_CELLS_H

#include <edgewise/flint.h>

/* All zero: empty. Midpoints and radii are exact, the radii powers of two times that of the whole. */
typedef struct {
    arb_ptr list;
    slong count, room;
} cells_t;

void ew_intervals_push(cells_t *cells, const arb_t cell);
void ew_intervals_pop(arb_t cell, cells_t *cells); /* the top one; not of an empty stack */
void ew_intervals_clear(cells_t *cells);           /* it is empty then, and may be used again */

/* Its two halves, the left one on top. Exact. */
void ew_intervals_push_halves(cells_t *cells, const arb_t cell);

#endif
