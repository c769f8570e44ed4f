/* Convergence to a minimum, which is one of a curve of minima, by the contraction of the residual.
 * */
#include "observe/minimum.h"

void ew_minimum_init(ew_minimum_t minimum)
{
    arb_init(minimum->limit_a);
    arb_init(minimum->limit_b);
    arb_init(minimum->gap_ratio);
    minimum->residual_stays = false;
}

void ew_minimum_clear(ew_minimum_t minimum)
{
    arb_clear(minimum->limit_a);
    arb_clear(minimum->limit_b);
    arb_clear(minimum->gap_ratio);
}

/* S_n = sum_{j<n} u^j v^(n-1-j), n >= 0, by doubling: S_2m = S_m (u^m + v^m), S_(m+1) = S_m u + v^m. */
static void mixed_sum(arb_t sum, const arb_t u, const arb_t v, ulong n, slong prec)
{
    arb_t um, vm, t;
    arb_init(um);
    arb_init(vm);
    arb_init(t);
    arb_one(um);
    arb_one(vm);
    arb_zero(sum);
    for (int bit = (int)FLINT_BIT_COUNT(n) - 1; bit >= 0; bit--) {
        arb_add(t, um, vm, prec);
        arb_mul(sum, sum, t, prec);
        arb_sqr(um, um, prec);
        arb_sqr(vm, vm, prec);
        if ((n >> bit) & 1) {
            arb_mul(sum, sum, u, prec);
            arb_add(sum, sum, vm, prec);
            arb_mul(um, um, u, prec);
            arb_mul(vm, vm, v, prec);
        }
    }
    arb_clear(um);
    arb_clear(vm);
    arb_clear(t);
}

/* The factor r' / r over the box (a, b): theory/trapping.md (8). */
static void residual_factor(arb_t lambda, const arb_t a, const arb_t b, const ew_ball_mode_t ball)
{
    slong prec = ball->prec;
    ulong L = (ulong)ball->depth;
    arb_t k, r, next, omega;
    arb_init(k);
    arb_init(r);
    arb_init(next);
    arb_init(omega);
    ew_pair_factor_ball(k, r, a, b, ball);
    arb_set(next, b);
    arb_addmul(next, k, a, prec);
    mixed_sum(omega, next, b, L - 1, prec);
    arb_sqr(r, a, prec);
    arb_mul(omega, omega, r, prec);
    arb_pow_ui(r, next, L - 1, prec);
    arb_addmul(omega, b, r, prec);
    arb_pow_ui(r, b, L - 2, prec);
    arb_mul(omega, omega, r, prec);
    arb_mul(omega, omega, ball->eta, prec);
    arb_sub_ui(lambda, omega, 1, prec);
    arb_neg(lambda, lambda);
    arb_clear(k);
    arb_clear(r);
    arb_clear(next);
    arb_clear(omega);
}

/* An exact upper bound of |x|, as a ball. */
static void upper(arb_t y, const arb_t x, slong prec)
{
    arf_t bound;
    arf_init(bound);
    arb_get_abs_ubound_arf(bound, x, prec);
    arb_set_arf(y, bound);
    arf_clear(bound);
}

/* Bounds over the box (a, b): q >= |Lambda|; k0 >= |k| at the first step, from the residual's
 * bound; drift >= the way of a and of b for ever, if they stay in the box. False when q < 1
 * fails. */
static bool bounds(arb_t q, arb_t lambda, arb_t k0, arb_t drift, const arb_t a, const arb_t b,
                   const arb_t r, const ew_ball_mode_t ball)
{
    slong prec = ball->prec;
    residual_factor(lambda, a, b, ball);
    upper(q, lambda, prec);
    arb_sub_ui(drift, q, 1, prec);
    arb_neg(drift, drift);
    if (!arb_is_positive(drift))
        return false;
    arb_t size, t;
    arb_init(size);
    arb_init(t);
    upper(size, b, prec);
    arb_pow_ui(k0, size, (ulong)ball->depth - 2, prec);
    upper(t, r, prec);
    arb_mul(k0, k0, t, prec);
    arb_mul(k0, k0, ball->eta, prec);
    upper(k0, k0, prec);
    upper(t, a, prec);
    arb_max(size, size, t, prec);
    arb_mul(size, size, k0, prec);
    arb_div(drift, size, drift, prec);
    upper(drift, drift, prec);
    arb_clear(size);
    arb_clear(t);
    return arb_is_finite(drift);
}

/* prod (1 - X_t) with X_t <= k0^2 q^(2t), k0 < 1: in [1 - k0^2 / (1 - q^2), 1] and in [0, 1]. */
static void product_of_factors(arb_t ratio, const arb_t k0, const arb_t q, slong prec)
{
    arb_t t, u;
    arb_init(t);
    arb_init(u);
    arb_sqr(t, q, prec);
    arb_sub_ui(t, t, 1, prec);
    arb_sqr(u, k0, prec);
    arb_div(t, u, t, prec);
    arb_add_ui(t, t, 1, prec);
    arb_get_lbound_arf(arb_midref(u), t, prec);
    mag_zero(arb_radref(u));
    if (!arb_is_nonnegative(u))
        arb_zero(u);
    arb_one(t);
    arb_union(ratio, u, t, prec);
    arb_clear(t);
    arb_clear(u);
}

bool ew_minimum_reached(ew_minimum_t minimum, const arb_t a, const arb_t b, const arb_t r,
                        const ew_ball_mode_t ball)
{
    slong prec = ball->prec;
    arb_t q, lambda, k0, drift, allowed, A, B;
    arb_init(q);
    arb_init(lambda);
    arb_init(k0);
    arb_init(drift);
    arb_init(allowed);
    arb_init(A);
    arb_init(B);
    bool proved = bounds(q, lambda, k0, drift, a, b, r, ball);
    if (proved) {
        /* on a box one and a half times as large as the drift asks for, the bound has to hold again
         * */
        arb_mul_ui(allowed, drift, 3, prec);
        arb_mul_2exp_si(allowed, allowed, -1);
        upper(allowed, allowed, prec);
        arb_set(A, a);
        arb_set(B, b);
        arb_add_error(A, allowed);
        arb_add_error(B, allowed);
        proved = bounds(q, lambda, k0, drift, A, B, r, ball) && arb_le(drift, allowed);
        arb_one(allowed);
        proved = proved && arb_lt(k0, allowed);
    }
    if (proved) {
        arb_set(minimum->limit_a, a);
        arb_add_error(minimum->limit_a, drift);
        arb_set(minimum->limit_b, b);
        arb_add_error(minimum->limit_b, drift);
        product_of_factors(minimum->gap_ratio, k0, q, prec);
        minimum->residual_stays = !arb_contains_zero(lambda);
    }
    arb_clear(q);
    arb_clear(lambda);
    arb_clear(k0);
    arb_clear(drift);
    arb_clear(allowed);
    arb_clear(A);
    arb_clear(B);
    return proved;
}
