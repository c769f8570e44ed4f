/* Balls with their gradient by the variables of a box, or with two derivatives along one line: forward differentiation,
 * values kept in a pool, so that a lemma's form can be written as one expression. theory/proofs.md */
#ifndef EDGEWISE_PREDICT_PROOF_JET_H
#define EDGEWISE_PREDICT_PROOF_JET_H

#include <edgewise/flint.h>

enum { JET_VARIABLES = 3 };

/* One value and its partial derivatives: 1 + JET_VARIABLES balls, owned by the pool. Of a series: the value, the first
 * derivative and half the second. */
typedef arb_srcptr jet;

typedef struct {
    arb_ptr balls;
    slong used, capacity; /* in jets */
    slong prec;
    int gradient; /* how many partial derivatives are kept: 0 to JET_VARIABLES */
    bool series;  /* the first three coefficients of Taylor's series by variable 0 instead */
    arb_t work[3];
} jet_pool;

/* A pool for `capacity` jets, of `prec` bits. More jets than that is a fault of the caller and stops. */
void ew_jet_pool_init(jet_pool *pool, slong capacity, slong prec);
void ew_jet_pool_clear(jet_pool *pool);

/* Forgets all jets; of those to come, `gradient` derivatives are kept. */
void ew_jet_pool_reset(jet_pool *pool, int gradient);
/* Forgets all jets; those to come are series. */
void ew_jet_pool_reset_to_series(jet_pool *pool);

/* The variable number k, over the ball x; the constant p/q. */
jet ew_jet_variable(jet_pool *pool, const arb_t x, int k);
jet ew_jet_ratio(jet_pool *pool, slong p, slong q);

/* Positive with something to spare, so that arithmetic with other roundings finds it positive too? */
bool ew_jet_is_above_zero(jet x);

/* Below, no part of a result is finite whose operand, or whose value, is not. */
jet ew_jet_line(jet_pool *pool, slong p, slong q, jet x); /* p + q x */
jet ew_jet_square(jet_pool *pool, jet x);
jet ew_jet_mul3(jet_pool *pool, jet x, jet y, jet z); /* (x y) z */

jet ew_jet_add(jet_pool *pool, jet x, jet y);
jet ew_jet_sub(jet_pool *pool, jet x, jet y);
jet ew_jet_mul(jet_pool *pool, jet x, jet y);
jet ew_jet_div(jet_pool *pool, jet x, jet y); /* not finite where y may be 0 */
jet ew_jet_exp(jet_pool *pool, jet x);
jet ew_jet_log(jet_pool *pool, jet x);
/* sqrt(max(0, x)); gradient not kept. */
jet ew_jet_root(jet_pool *pool, jet x);
/* log1p(x) / x, 1 at 0, for x > -1 (else not finite); gradient not kept. */
jet ew_jet_log_ratio(jet_pool *pool, jet x);

/* For z >= 0 (a ball reaching below is cut there), each rising in z, with t = sqrt(z):
 * C = cosh(t), S = sinh(t)/t, and S' = (C - S)/(2z), the derivative by z. theory/proofs.md (2); the second derivative
 * of a series: theory/rank-p-for-all-depths.md, Enclosures */
jet ew_jet_cosh(jet_pool *pool, jet z);
jet ew_jet_sinhc(jet_pool *pool, jet z);
jet ew_jet_sinhc_slope(jet_pool *pool, jet z); /* gradient not kept */

#endif
