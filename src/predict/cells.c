/* Stacks of intervals. */
#include "predict/cells.h"

void ew_intervals_push(cells_t *cells, const arb_t cell)
{
    if (cells->count == cells->room) {
        slong room = 2 * cells->room + 64;
        cells->list = flint_realloc(cells->list, (size_t)room * sizeof(arb_struct));
        cells->room = room;
    }
    arb_init(cells->list + cells->count);
    arb_set(cells->list + cells->count++, cell);
}

void ew_intervals_pop(arb_t cell, cells_t *cells)
{
    arb_swap(cell, cells->list + --cells->count);
    arb_clear(cells->list + cells->count);
}

void ew_intervals_clear(cells_t *cells)
{
    for (slong i = 0; i < cells->count; i++)
        arb_clear(cells->list + i);
    flint_free(cells->list);
    *cells = (cells_t){NULL, 0, 0};
}

void ew_intervals_push_halves(cells_t *cells, const arb_t cell)
{
    arb_t half;
    arf_t r;
    arb_init(half);
    arf_init(r);
    mag_mul_2exp_si(arb_radref(half), arb_radref(cell), -1);
    arf_set_mag(r, arb_radref(half));
    arf_add(arb_midref(half), arb_midref(cell), r, ARF_PREC_EXACT, ARF_RND_DOWN);
    ew_intervals_push(cells, half);
    arf_sub(arb_midref(half), arb_midref(cell), r, ARF_PREC_EXACT, ARF_RND_DOWN);
    ew_intervals_push(cells, half);
    arb_clear(half);
    arf_clear(r);
}
