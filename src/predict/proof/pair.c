/* The determinant of a pair's odd sector over two steps, bounded from below: F of theory/rank-p-for-all-depths.md, whose
 * names and numbers are used. */
#include "predict/proof/pair.h"

/* A value's orbit: what does not depend on its point. t = 0 stands for a stationary value, A = c = s. */
typedef struct {
    jet t, A, c, shc; /* shc(et) */
} orbit;

/* What the two points of the pair have in common. */
typedef struct {
    jet e, f, g, kappa; /* f = 1 - e, g = 1 - 2e */
    orbit i, j;
    jet eps, S, Z;
} pair;

/* sinh(x)/x, cosh(x) */
static jet shc(jet_pool *pool, jet x)
{
    return ew_jet_sinhc(pool, ew_jet_square(pool, x));
}

static jet cosh_of(jet_pool *pool, jet x)
{
    return ew_jet_cosh(pool, ew_jet_square(pool, x));
}

static jet scaled(jet_pool *pool, slong p, slong q, jet x)
{
    return ew_jet_mul(pool, ew_jet_ratio(pool, p, q), x);
}

/* exp(x + y) */
static jet exp_sum(jet_pool *pool, jet x, jet y)
{
    return ew_jet_exp(pool, ew_jet_add(pool, x, y));
}

/* exp(x - y) */
static jet exp_difference(jet_pool *pool, jet x, jet y)
{
    return ew_jet_exp(pool, ew_jet_sub(pool, x, y));
}

/* (15) */
static orbit orbit_at(jet_pool *pool, jet e, jet t)
{
    orbit r = {.t = t, .shc = shc(pool, ew_jet_mul(pool, e, t))};
    jet base = ew_jet_div(pool, scaled(pool, 2, 1, r.shc), shc(pool, t));
    r.A = ew_jet_mul(pool, base, cosh_of(pool, ew_jet_mul(pool, ew_jet_line(pool, 1, -1, e), t)));
    r.c = ew_jet_mul(pool, base, cosh_of(pool, ew_jet_mul(pool, ew_jet_line(pool, 2, -1, e), t)));
    return r;
}

/* A lower bound of (19): v = (987 - 780 e^2)/100 is at least (2 sin(pi e/2)/e)^2. */
static jet one_mode(jet_pool *pool, jet e)
{
    jet square = ew_jet_square(pool, e);
    jet v = ew_jet_div(pool, ew_jet_line(pool, 987, -780, square), ew_jet_ratio(pool, 100, 1));
    jet m = ew_jet_add(pool, v, ew_jet_ratio(pool, 51, 50));
    jet top = ew_jet_mul(pool, v, ew_jet_line(pool, 4, -1, ew_jet_mul(pool, square, v)));
    return ew_jet_div(pool, top, ew_jet_mul3(pool, m, m, m));
}

static pair pair_of(jet_pool *pool, jet e, orbit i, orbit j)
{
    pair r = {
        .e = e, .f = ew_jet_line(pool, 1, -1, e), .g = ew_jet_line(pool, 1, -2, e), .i = i, .j = j};
    jet log_i = ew_jet_log(pool, i.A), log_j = ew_jet_log(pool, j.A);
    r.kappa = one_mode(pool, e);
    r.eps = ew_jet_div(pool, ew_jet_sub(pool, log_i, log_j), scaled(pool, 2, 1, r.f));
    jet mean = ew_jet_exp(pool, scaled(pool, 1, 2, ew_jet_add(pool, log_i, log_j)));
    jet below = shc(pool, ew_jet_mul(pool, e, r.eps));
    r.S = ew_jet_div(pool, shc(pool, ew_jet_mul(pool, r.f, r.eps)), below);
    r.Z = ew_jet_mul(pool, mean, ew_jet_div(pool, shc(pool, r.eps), below));
    return r;
}

/* One of the two points: half = eps/2, u = exp(e ti), .. */
typedef struct {
    jet ti, tj, half, a, b, gi, gj; /* gi = g ti */
} point;

static point point_of(jet_pool *pool, const pair *x, slong sign)
{
    point r = {.half = scaled(pool, 1, 2, x->eps)};
    r.ti = scaled(pool, sign, 1, x->i.t);
    r.tj = scaled(pool, sign, 1, x->j.t);
    r.a = ew_jet_mul3(pool, scaled(pool, 2, 1, r.ti),
                      ew_jet_exp(pool, ew_jet_mul(pool, x->e, r.ti)), x->i.shc);
    r.b = ew_jet_mul3(pool, scaled(pool, 2, 1, r.tj),
                      ew_jet_exp(pool, ew_jet_mul(pool, x->e, r.tj)), x->j.shc);
    r.gi = ew_jet_mul(pool, x->g, r.ti);
    r.gj = ew_jet_mul(pool, x->g, r.tj);
    return r;
}

/* -f, (16) */
static jet minus_f(jet_pool *pool, const pair *x, const point *at)
{
    jet two_e = scaled(pool, 2, 1, x->e), h = at->half, fs = ew_jet_mul(pool, x->f, x->S);
    jet w = ew_jet_add(pool, exp_difference(pool, h, at->ti),
                       ew_jet_exp(pool, ew_jet_sub(pool, scaled(pool, -1, 1, h), at->tj)));
    jet plain = ew_jet_add(pool, exp_sum(pool, h, at->gi), exp_difference(pool, at->gj, h));
    jet first = ew_jet_mul(
        pool, at->a,
        exp_difference(pool, ew_jet_sub(pool, at->gi, h), ew_jet_mul(pool, two_e, at->tj)));
    jet second = ew_jet_mul(
        pool, at->b,
        exp_difference(pool, ew_jet_add(pool, at->gj, h), ew_jet_mul(pool, two_e, at->ti)));
    jet share = ew_jet_div(
        pool, ew_jet_sub(pool, plain, ew_jet_mul(pool, fs, ew_jet_add(pool, first, second))), w);
    jet rest = ew_jet_mul3(pool, ew_jet_mul(pool, x->e, fs), ew_jet_mul(pool, at->a, at->b),
                           exp_sum(pool, at->gi, at->gj));
    return ew_jet_add(pool, ew_jet_sub(pool, x->Z, share), rest);
}

/* -h~, (17), (19); w = 1 - e^2 a b */
static jet minus_h(jet_pool *pool, const pair *x, const point *at, jet w)
{
    jet gap = ew_jet_square(pool, ew_jet_sub(pool, at->a, at->b)), h = at->half;
    jet gh = ew_jet_mul(pool, x->g, h), sum = ew_jet_add(pool, at->ti, at->tj);
    jet sigma = ew_jet_add(pool, ew_jet_div(pool, x->i.c, ew_jet_exp(pool, gh)),
                           ew_jet_mul(pool, x->j.c, ew_jet_exp(pool, gh)));
    jet next = ew_jet_add(pool, exp_sum(pool, h, at->ti), exp_difference(pool, at->tj, h));
    jet scale =
        ew_jet_div(pool, ew_jet_exp(pool, scaled(pool, -1, 1, ew_jet_mul(pool, x->e, sum))), w);
    return ew_jet_mul3(pool, ew_jet_mul(pool, x->kappa, gap), ew_jet_mul(pool, sigma, next), scale);
}

/* A lower bound of Pi, (20): (28) - (30) */
static jet modes(jet_pool *pool, const pair *x, const point *at, jet w)
{
    jet rho = ew_jet_add(pool, ew_jet_sub(pool, x->eps, at->ti), at->tj);
    jet half = scaled(pool, 1, 2, ew_jet_mul(pool, x->e, rho));
    jet turn = ew_jet_sub(pool, ew_jet_mul(pool, at->a, ew_jet_exp(pool, half)),
                          ew_jet_mul(pool, at->b, ew_jet_exp(pool, scaled(pool, -1, 1, half))));
    jet z = ew_jet_sub(pool, ew_jet_square(pool, ew_jet_mul(pool, rho, shc(pool, half))),
                       ew_jet_square(pool, turn));
    z = ew_jet_div(pool, z, w);
    jet e2z = ew_jet_mul3(pool, x->e, x->e, z);
    jet y = ew_jet_div(pool, ew_jet_mul(pool, z, ew_jet_line(pool, 32, -3, e2z)),
                       ew_jet_ratio(pool, 128, 1));
    jet c = ew_jet_line(pool, 1, 1, ew_jet_div(pool, y, ew_jet_ratio(pool, 30, 1)));
    c = ew_jet_line(pool, 1, 1,
                    ew_jet_div(pool, ew_jet_mul(pool, y, c), ew_jet_ratio(pool, 12, 1)));
    c = ew_jet_line(pool, 1, 1, ew_jet_div(pool, ew_jet_mul(pool, y, c), ew_jet_ratio(pool, 2, 1)));
    jet power = ew_jet_div(pool, ew_jet_mul3(pool, x->e, at->a, at->b), scaled(pool, -2, 1, w));
    return ew_jet_mul(pool, ew_jet_div(pool, c, cosh_of(pool, scaled(pool, 1, 2, rho))),
                      ew_jet_exp(pool, power));
}

/* F */
static jet determinant(jet_pool *pool, const pair *x)
{
    jet product = ew_jet_ratio(pool, 1, 1);
    for (slong sign = 1; sign >= -1; sign -= 2) {
        point at = point_of(pool, x, sign);
        jet w = ew_jet_line(
            pool, 1, -1, ew_jet_mul(pool, ew_jet_square(pool, x->e), ew_jet_mul(pool, at.a, at.b)));
        jet s = ew_jet_add(pool, minus_f(pool, x, &at), minus_h(pool, x, &at, w));
        product = ew_jet_mul3(pool, product, s, modes(pool, x, &at, w));
    }
    return product;
}

/* The box's variables; tau is the one of the series. */
static void read_box(jet *e, jet *tau, jet *lambda, jet_pool *pool, arb_srcptr box)
{
    *e = ew_jet_variable(pool, box, 1);
    *tau = ew_jet_variable(pool, box + 1, 0);
    *lambda = ew_jet_variable(pool, box + 2, 2);
}

jet ew_pair_both(jet_pool *pool, arb_srcptr box)
{
    jet e, tau, lambda;
    read_box(&e, &tau, &lambda, pool, box);
    pair x =
        pair_of(pool, e, orbit_at(pool, e, tau), orbit_at(pool, e, ew_jet_mul(pool, lambda, tau)));
    return determinant(pool, &x);
}

/* Psi(e, t), the step size of the orbit. */
static jet step_size(jet_pool *pool, jet e, jet t)
{
    jet f = ew_jet_mul(pool, ew_jet_line(pool, 1, -1, e), t),
        g = ew_jet_mul(pool, ew_jet_line(pool, 2, -1, e), t);
    jet base = ew_jet_sub(pool, ew_jet_log(pool, shc(pool, ew_jet_mul(pool, e, t))),
                          ew_jet_log(pool, shc(pool, t)));
    jet power = ew_jet_mul(pool, ew_jet_line(pool, 2, -2, e), ew_jet_log(pool, cosh_of(pool, g)));
    power = ew_jet_sub(
        pool, power,
        ew_jet_mul(pool, ew_jet_line(pool, 1, -2, e), ew_jet_log(pool, cosh_of(pool, f))));
    return scaled(pool, 2, 1, exp_sum(pool, base, power));
}

jet ew_pair_beside(jet_pool *pool, arb_srcptr box)
{
    jet e, tau, lambda, one = ew_jet_ratio(pool, 1, 1);
    read_box(&e, &tau, &lambda, pool, box);
    jet above = ew_jet_line(pool, -2, 1, step_size(pool, e, tau));
    jet s = ew_jet_line(pool, 2, -1, ew_jet_mul(pool, lambda, scaled(pool, 43, 128, above)));
    orbit j = {ew_jet_ratio(pool, 0, 1), s, s, one};
    pair x = pair_of(pool, e, orbit_at(pool, e, tau), j);
    return determinant(pool, &x);
}

bool ew_pair_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    ew_jet_pool_reset_to_series(pool);
    return ew_jet_is_above_zero(ew_pair_both(pool, box) + 2);
}

bool ew_pair_far_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    ew_jet_pool_reset(pool, 0);
    return ew_jet_is_above_zero(ew_jet_line(pool, -1, 1, ew_pair_both(pool, box)));
}

bool ew_beside_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    ew_jet_pool_reset_to_series(pool);
    return ew_jet_is_above_zero(ew_pair_beside(pool, box) + 2);
}

bool ew_beside_far_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    ew_jet_pool_reset(pool, 0);
    return ew_jet_is_above_zero(ew_jet_line(pool, -1, 1, ew_pair_beside(pool, box)));
}
