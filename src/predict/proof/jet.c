/* Arithmetic of balls with gradients. theory/proofs.md (2) */
#include "predict/proof/jet.h"

enum { SIZE = 1 + JET_VARIABLES };

void ew_jet_pool_init(jet_pool *pool, slong capacity, slong prec)
{
    *pool = (jet_pool){.capacity = capacity, .prec = prec};
    pool->balls = _arb_vec_init(SIZE * capacity);
    for (int i = 0; i < 3; i++)
        arb_init(pool->work[i]);
}

void ew_jet_pool_clear(jet_pool *pool)
{
    _arb_vec_clear(pool->balls, SIZE * pool->capacity);
    for (int i = 0; i < 3; i++)
        arb_clear(pool->work[i]);
}

void ew_jet_pool_reset(jet_pool *pool, int gradient)
{
    pool->used = 0;
    pool->gradient = gradient;
    pool->series = false;
}

void ew_jet_pool_reset_to_series(jet_pool *pool)
{
    ew_jet_pool_reset(pool, 2);
    pool->series = true;
}

bool ew_jet_is_above_zero(jet x)
{
    arf_t lo;
    arf_init(lo);
    arb_get_lbound_arf(lo, x, 64);
    bool above = arb_is_finite(x) && arf_cmpabs_2exp_si(lo, -40) > 0 && arf_sgn(lo) > 0;
    arf_clear(lo);
    return above;
}

static arb_ptr jet_new(jet_pool *pool)
{
    if (pool->used == pool->capacity)
        flint_abort();
    return pool->balls + SIZE * pool->used++;
}

jet ew_jet_variable(jet_pool *pool, const arb_t x, int k)
{
    arb_ptr y = jet_new(pool);
    arb_set(y, x);
    for (int i = 0; i < pool->gradient; i++)
        arb_set_si(y + 1 + i, i == k && !(pool->series && i > 0));
    return y;
}

jet ew_jet_ratio(jet_pool *pool, slong p, slong q)
{
    arb_ptr y = jet_new(pool);
    arb_set_si(y, p);
    arb_div_si(y, y, q, pool->prec);
    _arb_vec_zero(y + 1, pool->gradient);
    return y;
}

jet ew_jet_add(jet_pool *pool, jet x, jet y)
{
    arb_ptr r = jet_new(pool);
    _arb_vec_add(r, x, y, 1 + pool->gradient, pool->prec);
    return r;
}

jet ew_jet_sub(jet_pool *pool, jet x, jet y)
{
    arb_ptr r = jet_new(pool);
    _arb_vec_sub(r, x, y, 1 + pool->gradient, pool->prec);
    return r;
}

jet ew_jet_mul(jet_pool *pool, jet x, jet y)
{
    arb_ptr r = jet_new(pool);
    arb_mul(r, x, y, pool->prec);
    for (int i = 1; i <= pool->gradient; i++) {
        arb_mul(r + i, x, y + i, pool->prec);
        arb_addmul(r + i, y, x + i, pool->prec);
    }
    if (pool->series)
        arb_addmul(r + 2, x + 1, y + 1, pool->prec);
    return r;
}

jet ew_jet_line(jet_pool *pool, slong p, slong q, jet x)
{
    return ew_jet_add(pool, ew_jet_ratio(pool, p, 1),
                      ew_jet_mul(pool, ew_jet_ratio(pool, q, 1), x));
}

jet ew_jet_square(jet_pool *pool, jet x)
{
    return ew_jet_mul(pool, x, x);
}

jet ew_jet_mul3(jet_pool *pool, jet x, jet y, jet z)
{
    return ew_jet_mul(pool, ew_jet_mul(pool, x, y), z);
}

jet ew_jet_div(jet_pool *pool, jet x, jet y)
{
    arb_ptr r = jet_new(pool);
    arb_div(r, x, y, pool->prec);
    if (!arb_is_finite(y))
        arb_indeterminate(r);
    for (int i = 1; i <= pool->gradient; i++) { /* (x' - (x/y) y') / y */
        arb_mul(r + i, r, y + i, pool->prec);
        arb_sub(r + i, x + i, r + i, pool->prec);
        if (pool->series && i == 2) /* the product of the two first derivatives */
            arb_submul(r + i, r + 1, y + 1, pool->prec);
        arb_div(r + i, r + i, y, pool->prec);
    }
    return r;
}

/* The derivatives of f(x) from those of x, f'(x) and, for a series, f''(x)/2. None, and no value, where x or f(x) is not
 * finite: exp(-inf) = 0 would be a number made of nothing, and log has slopes where it has no value. */
static void chain(arb_ptr r, jet x, const arb_t slope, const arb_t bend, jet_pool *pool)
{
    if (!arb_is_finite(x) || !arb_is_finite(r)) {
        for (int i = 0; i <= pool->gradient; i++)
            arb_indeterminate(r + i);
        return;
    }
    for (int i = 1; i <= pool->gradient; i++)
        arb_mul(r + i, slope, x + i, pool->prec);
    if (pool->series) {
        arb_sqr(pool->work[2], x + 1, pool->prec);
        arb_addmul(r + 2, bend, pool->work[2], pool->prec);
    }
}

jet ew_jet_exp(jet_pool *pool, jet x)
{
    arb_ptr r = jet_new(pool);
    arb_exp(r, x, pool->prec);
    arb_mul_2exp_si(pool->work[1], r, -1);
    chain(r, x, r, pool->work[1], pool);
    return r;
}

jet ew_jet_log(jet_pool *pool, jet x)
{
    arb_ptr r = jet_new(pool);
    arb_log(r, x, pool->prec);
    arb_inv(pool->work[0], x, pool->prec);
    arb_sqr(pool->work[1], pool->work[0], pool->prec);
    arb_mul_2exp_si(pool->work[1], pool->work[1], -1);
    arb_neg(pool->work[1], pool->work[1]);
    chain(r, x, pool->work[0], pool->work[1], pool);
    return r;
}

jet ew_jet_root(jet_pool *pool, jet x)
{
    arb_ptr r = jet_new(pool);
    arb_nonnegative_part(r, x);
    arb_sqrt(r, r, pool->prec);
    for (int i = 1; i <= pool->gradient; i++)
        arb_indeterminate(r + i);
    return r;
}

/* A function that rises or falls over the ball x, from its values at the two ends. A ball without ends has no value: the
 * functions below take what is not above 0 for 0, an end that is not a number too. */
static void between_ends(arb_t r, const arb_t x, void (*f)(arb_t, const arb_t, slong), slong prec)
{
    arb_t lo, hi;
    if (!arb_is_finite(x)) {
        arb_indeterminate(r);
        return;
    }
    arb_init(lo);
    arb_init(hi);
    arb_get_interval_arf(arb_midref(lo), arb_midref(hi), x, prec);
    f(lo, lo, prec);
    f(hi, hi, prec);
    arb_union(r, lo, hi, prec);
    arb_clear(lo);
    arb_clear(hi);
}

/* log1p(x)/x at a point: it falls over x > -1, as the mean of 1/(1 + x h) over h in [0, 1]. */
static void log_ratio_at(arb_t r, const arb_t x, slong prec)
{
    arb_t y;
    arb_init(y);
    if (arb_is_zero(x))
        arb_one(r);
    else {
        arb_log1p(y, x, prec);
        arb_div(r, y, x, prec);
    }
    arb_clear(y);
}

jet ew_jet_log_ratio(jet_pool *pool, jet x)
{
    arb_ptr r = jet_new(pool);
    between_ends(r, x, log_ratio_at, pool->prec);
    for (int i = 1; i <= pool->gradient; i++)
        arb_indeterminate(r + i);
    return r;
}

/* cosh, sinhc and its slope at a point z, by elementary functions; below 0: at 0. */
static void cosh_at(arb_t r, const arb_t z, slong prec)
{
    arb_nonnegative_part(r, z);
    arb_sqrt(r, r, prec);
    arb_cosh(r, r, prec);
}

static void sinhc_at(arb_t r, const arb_t z, slong prec)
{
    arb_t t;
    arb_init(t);
    if (!arb_is_positive(z))
        arb_one(r);
    else {
        arb_sqrt(t, z, prec);
        arb_sinh(r, t, prec);
        arb_div(r, r, t, prec);
    }
    arb_clear(t);
}

static void sinhc_slope_at(arb_t r, const arb_t z, slong prec)
{
    arb_t c, s;
    arb_init(c);
    arb_init(s);
    if (!arb_is_positive(z)) {
        arb_one(r);
        arb_div_ui(r, r, 6, prec);
    } else {
        /* C - S is near z/3: that many bits are lost. */
        slong more = prec + FLINT_MAX(0, -2 * arf_abs_bound_lt_2exp_si(arb_midref(z)));
        cosh_at(c, z, more);
        sinhc_at(s, z, more);
        arb_sub(c, c, s, more);
        arb_div(r, c, z, prec);
        arb_mul_2exp_si(r, r, -1);
    }
    arb_clear(c);
    arb_clear(s);
}

/* S''/2 = (S - 6 S')/(8z) at a point z. */
static void sinhc_bend_at(arb_t r, const arb_t z, slong prec)
{
    arb_t s, slope;
    arb_init(s);
    arb_init(slope);
    if (!arb_is_positive(z)) {
        arb_one(r);
        arb_div_ui(r, r, 120, prec);
    } else {
        /* S - 6 S' is near z/15: that many bits are lost. */
        slong more = prec + FLINT_MAX(0, -2 * arf_abs_bound_lt_2exp_si(arb_midref(z)));
        sinhc_at(s, z, more);
        sinhc_slope_at(slope, z, more);
        arb_submul_ui(s, slope, 6, more);
        arb_div(r, s, z, prec);
        arb_mul_2exp_si(r, r, -3);
    }
    arb_clear(s);
    arb_clear(slope);
}

jet ew_jet_cosh(jet_pool *pool, jet z)
{
    arb_ptr r = jet_new(pool), slope = pool->work[0], bend = pool->work[1];
    between_ends(r, z, cosh_at, pool->prec);
    if (pool->gradient > 0) { /* C' = S/2 */
        between_ends(slope, z, sinhc_at, pool->prec);
        arb_mul_2exp_si(slope, slope, -1);
    }
    if (pool->series) {
        between_ends(bend, z, sinhc_slope_at, pool->prec);
        arb_mul_2exp_si(bend, bend, -2);
    }
    chain(r, z, slope, bend, pool);
    return r;
}

jet ew_jet_sinhc(jet_pool *pool, jet z)
{
    arb_ptr r = jet_new(pool), slope = pool->work[0], bend = pool->work[1];
    between_ends(r, z, sinhc_at, pool->prec);
    if (pool->gradient > 0)
        between_ends(slope, z, sinhc_slope_at, pool->prec);
    if (pool->series)
        between_ends(bend, z, sinhc_bend_at, pool->prec);
    chain(r, z, slope, bend, pool);
    return r;
}

jet ew_jet_sinhc_slope(jet_pool *pool, jet z)
{
    arb_ptr r = jet_new(pool);
    between_ends(r, z, sinhc_slope_at, pool->prec);
    for (int i = 1; i <= pool->gradient; i++)
        arb_indeterminate(r + i);
    return r;
}
