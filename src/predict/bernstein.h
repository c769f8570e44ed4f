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

/* f on (0, c 2^e), c > 0, in units of 2^unit. EW_OK, EW_RESOURCES, EW_STOPPED or EW_UNDECIDED_STATUS. */
EW_MUST_CHECK ew_status ew_bernstein_make(bernstein_t p, const fmpz_poly_t f, slong c, slong e,
                                          slong unit, const ew_progress *progress);

/* Halves the interval: p becomes the left half, `right` (initialised) the right one. EW_OK or EW_STOPPED, which leaves both
 * void. */
EW_MUST_CHECK ew_status ew_bernstein_split(bernstein_t p, bernstein_t right,
                                           const ew_progress *progress);

/* The sign of the first coefficient, the value at the left end: 1, -1, or 0 for one within the error. */
int ew_bernstein_first_sign(const bernstein_t p);

/* The largest number of sign changes along the coefficients that the errors leave possible; the first and last sign are
 * those given, which are known exactly. */
slong ew_bernstein_variations(const bernstein_t p, int first, int last);

/* Is no coefficient larger than 8 n times the error? Then halving says little, and finer units are called for. */
bool ew_bernstein_is_faint(const bernstein_t p);

#endif
