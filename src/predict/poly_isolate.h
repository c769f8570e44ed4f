/* The positive roots of a square-free integer polynomial, isolated. theory/expanded-roots.md (2) - (8) */
#ifndef EDGEWISE_PREDICT_POLY_ISOLATE_H
#define EDGEWISE_PREDICT_POLY_ISOLATE_H

#include "predict/bernstein.h"

/* Exactly one root in the open interval (lo, hi), lo > 0, with opposite signs beside its ends; or, where lo = hi, that root. */
typedef struct {
    arf_t lo, hi;
    int sign; /* right of lo; 0 where lo = hi */
} bracket_struct;

typedef struct {
    bracket_struct *list; /* ascending, disjoint but for common ends */
    slong count, room;
    slong cells; /* looked at, summed over all calls */
    slong bits;  /* the largest working precision */
} brackets_struct;
typedef brackets_struct brackets_t[1];

void ew_brackets_init(brackets_t brackets);
void ew_brackets_clear(brackets_t brackets);

/* task->f square-free with f(0) != 0. EW_OK; EW_UNDECIDED_STATUS when task->most was not enough; EW_RESOURCES for more than
 * 2^22 cells too; EW_STOPPED. */
EW_MUST_CHECK ew_status ew_poly_isolate_positive(brackets_t brackets, const poly_task_t *task);

enum { SIGN_UNKNOWN = 2 };

/* The exact sign of task->f at a dyadic point: 1, -1, 0 for a root, or SIGN_UNKNOWN when task->most bits were not enough or it
 * was stopped. *prec bits to begin with; they are raised to what it took. */
int ew_poly_sign_at(const poly_task_t *task, const arf_t point, slong *prec);

/* An interval (lo, lo + width) with `roots` sign changes, which are as many as in (cell_lo, cell_lo + cell_width), so that the
 * roots of the latter are all in it; or none, false. theory/expanded-roots.md (8)
 *   p      out: the coefficients there
 *   first, last  in: the signs at the ends of the cell; out: those at the ends of the interval
 *   prec   bits that told signs near the cell so far, raised to what it took
 * EW_OK with *found, else as ew_bernstein_make. */
typedef struct {
    arf_t lo, width;
    int first, last;
    slong prec;
    bernstein_t p;
} spot_struct;
EW_MUST_CHECK ew_status ew_poly_zoom(bool *found, spot_struct *spot, slong roots,
                                     const poly_task_t *task, slong bits);

#endif
