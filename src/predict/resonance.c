/* Depth 2, exactly: u + 1/u = t with t = eta sigma + 1 rational, so u = (t +- sqrt(t^2 - 4))/2. The sum
 * u_j(low) + u_i(high) = 2 reads sqrt(D_j) - sqrt(D_i) = c, D = t^2 - 4, c = 4 - t_i - t_j: decided by squaring.
 * theory/floquet.md (9) */
#include "model/domain.h"
#include "predict/floquet.h"

static void trace_of(fmpq_t t, const ew_mode_t mode)
{
    fmpq_mul(t, mode->eta, mode->sigma);
    fmpq_add_si(t, t, 1);
}

/* sqrt(dj) = c + sqrt(di)? For rationals dj, di >= 0. */
static bool roots_differ_by(const fmpq_t dj, const fmpq_t di, const fmpq_t c)
{
    if (fmpq_is_zero(c))
        return fmpq_equal(dj, di);
    fmpq_t root, t; /* squared once: dj - di - c^2 = 2 c sqrt(di), so sqrt(di) is this rational */
    fmpq_init(root);
    fmpq_init(t);
    fmpq_sub(root, dj, di);
    fmpq_mul(t, c, c);
    fmpq_sub(root, root, t);
    fmpq_div(root, root, c);
    fmpq_div_2exp(root, root, 1);
    fmpq_mul(t, root, root);
    bool yes = fmpq_sgn(root) >= 0 && fmpq_equal(t, di);
    fmpq_add(t, c, root);
    yes = yes && fmpq_sgn(t) >= 0;
    fmpq_clear(root);
    fmpq_clear(t);
    return yes;
}

bool ew_floquet_resonant(const ew_mode_t i, const ew_mode_t j)
{
    if (!ew_mode_is_positive(i) || !ew_mode_is_positive(j) || i->depth != j->depth)
        return false;
    if (i->depth != 2)
        return false;
    fmpq_t ti, tj, di, dj, c;
    fmpq_init(ti);
    fmpq_init(tj);
    fmpq_init(di);
    fmpq_init(dj);
    fmpq_init(c);
    trace_of(ti, i);
    trace_of(tj, j);
    fmpq_mul(di, ti, ti);
    fmpq_sub_si(di, di, 4);
    fmpq_mul(dj, tj, tj);
    fmpq_sub_si(dj, dj, 4);
    fmpq_set_si(c, 4, 1);
    fmpq_sub(c, c, ti);
    fmpq_sub(c, c, tj);
    bool yes = fmpq_sgn(di) > 0 && fmpq_sgn(dj) > 0 &&
               (roots_differ_by(dj, di, c) || roots_differ_by(di, dj, c));
    fmpq_clear(ti);
    fmpq_clear(tj);
    fmpq_clear(di);
    fmpq_clear(dj);
    fmpq_clear(c);
    return yes;
}

bool ew_floquet_on_boundary(const ew_mode_t i, const ew_mode_t j)
{
    if (!ew_mode_is_positive(i) || !ew_mode_is_positive(j) || i->depth != j->depth)
        return false;
    fmpq_t sum; /* s = 2 eta sigma */
    fmpq_init(sum);
    fmpq_add(sum, i->sigma, j->sigma);
    fmpq_mul(sum, sum, i->eta);
    bool yes = i->depth == 2 && fmpq_cmp_si(sum, 2) == 0;
    fmpq_clear(sum);
    return yes;
}

/* x^n = y, neither negative? The height of x^n is that of x to the n-th power: none is taken that is too long to be y. */
static bool is_power(const fmpq_t y, const fmpq_t x, slong n)
{
    if ((double)(fmpq_height_bits(x) - 1) * (double)n > (double)fmpq_height_bits(y))
        return false;
    fmpq_t power;
    fmpq_init(power);
    fmpq_pow_si(power, x, n);
    bool yes = fmpq_equal(power, y);
    fmpq_clear(power);
    return yes;
}

/* eta n alpha^(2L-2) = 2? */
static bool start_is_sharp(const ew_mode_t mode, slong n)
{
    fmpq_t t;
    fmpq_init(t);
    fmpq_mul_si(t, mode->eta, n);
    fmpq_inv(t, t);
    fmpq_mul_2exp(t, t, 1);
    bool yes = is_power(t, mode->alpha, 2 * mode->depth - 2);
    fmpq_clear(t);
    return yes;
}

/* eta (1 - alpha^(2L)) + 2 alpha^2 = 2: (12) for sigma = 1, where u = 1. */
static bool unit_is_sharp(const ew_mode_t mode)
{
    fmpq_t t;
    fmpq_init(t);
    fmpq_mul(t, mode->alpha, mode->alpha);
    fmpq_sub_si(t, t, 1);
    fmpq_mul_2exp(t, t, 1);
    fmpq_div(t, t, mode->eta);
    fmpq_add_si(t, t, 1);
    bool yes = fmpq_sgn(t) >= 0 && is_power(t, mode->alpha, 2 * mode->depth);
    fmpq_clear(t);
    return yes;
}

bool ew_floquet_null_boundary(const ew_mode_t mode)
{
    slong depth = mode->depth;
    if (fmpq_is_zero(mode->sigma))
        return start_is_sharp(mode, 1);
    fmpq_t square, left, right;
    fmpq_init(square);
    fmpq_init(left);
    fmpq_init(right);
    fmpq_mul(square, mode->sigma, mode->sigma);
    bool yes;
    if (is_power(square, mode->alpha, 2 * depth)) /* u = alpha: all terms of the sum are the same */
        yes = start_is_sharp(mode, depth);
    else if (fmpq_is_one(square))
        yes = unit_is_sharp(mode);
    else if ((slong)fmpq_height_bits(square) <=
             depth) /* no L-th power, whose height is 2^L and more */
        yes = false;
    else {
        fmpq_pow_si(left, mode->alpha, 2 * depth);
        fmpq_sub(left, square, left);
        fmpq_mul(left, left, mode->eta);
        fmpq_mul(right, mode->alpha, mode->alpha);
        fmpq_mul_2exp(right, right, 1);
        fmpq_add(left, left, right); /* 2 u^2, if (12) holds */
        yes = fmpq_sgn(left) > 0;
        fmpq_pow_si(left, left, depth);
        fmpq_mul_2exp(right, square, (flint_bitcnt_t)depth);
        yes = yes && fmpq_equal(left, right);
    }
    fmpq_clear(square);
    fmpq_clear(left);
    fmpq_clear(right);
    return yes;
}
