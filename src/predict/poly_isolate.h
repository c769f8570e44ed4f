/* The positive roots of a square-free integer polynomial, isolated. theory/expanded-roots.md (2) - (7) */
#ifndef EDGEWISE_PREDICT_POLY_ISOLATE_H
#define EDGEWISE_PREDICT_POLY_ISOLATE_H

#include <edgewise/num.h>

/* Exactly one root in the open interval (lo, hi), where the polynomial has opposite signs at the ends. */
typedef struct {
    arf_t lo, hi;
    int sign; /* at lo */
} bracket_struct;

typedef struct {
    bracket_struct
        *list; /* ascending, disjoint but for common ends, where the polynomial does not vanish */
    slong count;
    slong cells;   /* looked at, summed over all calls */
    slong bits;    /* guard bits of the last attempt */
    bool hit;      /* a root was met exactly: the brackets are void, and it is to be divided out */
    fmpq_t struck; /* that root */
} brackets_struct;
typedef brackets_struct brackets_t[1];

void ew_brackets_init(brackets_t brackets);
void ew_brackets_clear(brackets_t brackets);

/* f square-free with f(0) != 0. EW_OK, EW_UNDECIDED_STATUS, EW_RESOURCES, EW_STOPPED. */
EW_MUST_CHECK ew_status ew_poly_isolate_positive(brackets_t brackets, const fmpz_poly_t f,
                                                 slong max_prec, const ew_progress *progress);

#endif
