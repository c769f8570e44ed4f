/* The first steps of a trajectory in exact rationals, for the signs that no ball can decide: a
 * residual that is 0, a factor X that is 1 or 2. */
#ifndef EDGEWISE_OBSERVE_EXACT_H
#define EDGEWISE_OBSERVE_EXACT_H

#include <edgewise/observe.h>

typedef struct {
    ew_mode_t mode;
    slong step;
    fmpq_t a, b; /* the state at `step` */
    bool ended;  /* the numbers have become too long to go on */
} ew_exact_struct;
typedef ew_exact_struct ew_exact_t[1];

void ew_exact_init(ew_exact_t path, const ew_mode_t mode);
void ew_exact_clear(ew_exact_t path);

/* Goes back or forth to a step; false when its numbers are too long. */
bool ew_exact_reach(ew_exact_t path, slong step);

/* At the present state: is r = 0 (a minimum), is X = 0 (at rest: also b = 0 for L >= 3), and the signs of X - 1
 * and X - 2. */
void ew_exact_signs(bool *minimum, bool *at_rest, int *x_against_1, int *x_against_2,
                    const ew_exact_t path);

/* The fate of the exact trajectory where its first steps, at most max_steps, while the numbers are short, show it: at
 * rest, on a minimum or not, or on a balanced cycle of period 2. All of `out` is then set, its balls with `prec` bits.
 * False: nothing is said, and `out` is as it was. theory/trapping.md (14) */
bool ew_exact_fate(ew_follow_t out, const ew_mode_t mode, slong max_steps, slong prec);

#endif
