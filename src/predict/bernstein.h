/* A polynomial on an interval by its Bernstein coefficients in fixed-point numbers. theory/expanded-roots.md (3) - (6) */
#ifndef EDGEWISE_PREDICT_BERNSTEIN_H
#define EDGEWISE_PREDICT_BERNSTEIN_H

#include <edgewise/num.h>

/* The n + 1 coefficients of degree n, each a two's complement number of `limbs` limbs, lowest first, in units of one
 * power of two (the same for all that come from one ew_bernstein_make), each within `error` units of the true one. Sums of
 * two never overflow. */
typedef struct {
    mp_ptr b;
    slong n;
    slong limbs;
    slong error;
} bernstein_struct;
typedef bernstein_struct bernstein_t[1];

void ew_bernstein_init(bernstein_t p); /* empty */
void ew_bernstein_clear(bernstein_t p);

/* The bytes that the coefficients take. */
double ew_bernstein_bytes(const bernstein_t p);

/* A polynomial that is looked at, with what may be spent on it. */
typedef struct {
    const fmpz_poly_struct *f;
    slong most; /* bits of a working precision at most */
    const ew_progress *progress;
} poly_task_t;

/* f on (lo, lo + width), in units that leave `bits` bits to a bound on the coefficients, or to 2^size where that is less.
 *   lo, width  exact, lo >= 0, width > 0
 *   prec       in: with how many bits to begin; out: with how many it was done
 * EW_OK; EW_UNDECIDED_STATUS when task->most was not enough; EW_RESOURCES; EW_STOPPED. */
EW_MUST_CHECK ew_status ew_bernstein_make(bernstein_t p, const poly_task_t *task, const arf_t lo,
                                          const arf_t width, slong size, slong bits, slong *prec);

/* Halves the interval: p becomes the left half, `right` (initialised) the right one. EW_OK or EW_STOPPED, which leaves both
 * void. */
EW_MUST_CHECK ew_status ew_bernstein_split(bernstein_t p, bernstein_t right,
                                           const ew_progress *progress);

/* The sign of the first coefficient, the value at the left end: 1, -1, or 0 for one within the error. */
int ew_bernstein_first_sign(const bernstein_t p);

/* The largest number of sign changes along the coefficients that the errors leave possible, and in `least` the smallest; the
 * first and last sign are those given, which are known exactly: where the polynomial vanishes at an end, its sign beside it. */
slong ew_bernstein_variations(slong *least, const bernstein_t p, int first, int last);

/* Is no coefficient larger than 8 n times the error? Then halving says little, and finer units are called for. */
bool ew_bernstein_is_faint(const bernstein_t p);

#endif
