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
    return jet_sinhc(pool, jet_square(pool, x));
}

static jet cosh_of(jet_pool *pool, jet x)
{
    return jet_cosh(pool, jet_square(pool, x));
}

static jet scaled(jet_pool *pool, slong p, slong q, jet x)
{
    return jet_mul(pool, jet_ratio(pool, p, q), x);
}

/* exp(x + y) */
static jet exp_sum(jet_pool *pool, jet x, jet y)
{
    return jet_exp(pool, jet_add(pool, x, y));
}

/* exp(x - y) */
static jet exp_difference(jet_pool *pool, jet x, jet y)
{
    return jet_exp(pool, jet_sub(pool, x, y));
}

/* (15) */
static orbit orbit_at(jet_pool *pool, jet e, jet t)
{
    orbit r = {.t = t, .shc = shc(pool, jet_mul(pool, e, t))};
    jet base = jet_div(pool, scaled(pool, 2, 1, r.shc), shc(pool, t));
    r.A = jet_mul(pool, base, cosh_of(pool, jet_mul(pool, jet_line(pool, 1, -1, e), t)));
    r.c = jet_mul(pool, base, cosh_of(pool, jet_mul(pool, jet_line(pool, 2, -1, e), t)));
    return r;
}

/* A lower bound of (19): v = (987 - 780 e^2)/100 is at least (2 sin(pi e/2)/e)^2. */
static jet one_mode(jet_pool *pool, jet e)
{
    jet square = jet_square(pool, e);
    jet v = jet_div(pool, jet_line(pool, 987, -780, square), jet_ratio(pool, 100, 1));
    jet m = jet_add(pool, v, jet_ratio(pool, 51, 50));
    jet top = jet_mul(pool, v, jet_line(pool, 4, -1, jet_mul(pool, square, v)));
    return jet_div(pool, top, jet_mul3(pool, m, m, m));
}

static pair pair_of(jet_pool *pool, jet e, orbit i, orbit j)
{
    pair r = {.e = e, .f = jet_line(pool, 1, -1, e), .g = jet_line(pool, 1, -2, e), .i = i, .j = j};
    jet log_i = jet_log(pool, i.A), log_j = jet_log(pool, j.A);
    r.kappa = one_mode(pool, e);
    r.eps = jet_div(pool, jet_sub(pool, log_i, log_j), scaled(pool, 2, 1, r.f));
    jet mean = jet_exp(pool, scaled(pool, 1, 2, jet_add(pool, log_i, log_j)));
    jet below = shc(pool, jet_mul(pool, e, r.eps));
    r.S = jet_div(pool, shc(pool, jet_mul(pool, r.f, r.eps)), below);
    r.Z = jet_mul(pool, mean, jet_div(pool, shc(pool, r.eps), below));
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
    r.a = jet_mul3(pool, scaled(pool, 2, 1, r.ti), jet_exp(pool, jet_mul(pool, x->e, r.ti)),
                   x->i.shc);
    r.b = jet_mul3(pool, scaled(pool, 2, 1, r.tj), jet_exp(pool, jet_mul(pool, x->e, r.tj)),
                   x->j.shc);
    r.gi = jet_mul(pool, x->g, r.ti);
    r.gj = jet_mul(pool, x->g, r.tj);
    return r;
}

/* -f, (16) */
static jet minus_f(jet_pool *pool, const pair *x, const point *at)
{
    jet two_e = scaled(pool, 2, 1, x->e), h = at->half, fs = jet_mul(pool, x->f, x->S);
    jet w = jet_add(pool, exp_difference(pool, h, at->ti),
                    jet_exp(pool, jet_sub(pool, scaled(pool, -1, 1, h), at->tj)));
    jet plain = jet_add(pool, exp_sum(pool, h, at->gi), exp_difference(pool, at->gj, h));
    jet first = jet_mul(
        pool, at->a, exp_difference(pool, jet_sub(pool, at->gi, h), jet_mul(pool, two_e, at->tj)));
    jet second = jet_mul(
        pool, at->b, exp_difference(pool, jet_add(pool, at->gj, h), jet_mul(pool, two_e, at->ti)));
    jet share =
        jet_div(pool, jet_sub(pool, plain, jet_mul(pool, fs, jet_add(pool, first, second))), w);
    jet rest = jet_mul3(pool, jet_mul(pool, x->e, fs), jet_mul(pool, at->a, at->b),
                        exp_sum(pool, at->gi, at->gj));
    return jet_add(pool, jet_sub(pool, x->Z, share), rest);
}

/* -h~, (17), (19); w = 1 - e^2 a b */
static jet minus_h(jet_pool *pool, const pair *x, const point *at, jet w)
{
    jet gap = jet_square(pool, jet_sub(pool, at->a, at->b)), h = at->half;
    jet gh = jet_mul(pool, x->g, h), sum = jet_add(pool, at->ti, at->tj);
    jet sigma = jet_add(pool, jet_div(pool, x->i.c, jet_exp(pool, gh)),
                        jet_mul(pool, x->j.c, jet_exp(pool, gh)));
    jet next = jet_add(pool, exp_sum(pool, h, at->ti), exp_difference(pool, at->tj, h));
    jet scale = jet_div(pool, jet_exp(pool, scaled(pool, -1, 1, jet_mul(pool, x->e, sum))), w);
    return jet_mul3(pool, jet_mul(pool, x->kappa, gap), jet_mul(pool, sigma, next), scale);
}

/* A lower bound of Pi, (20): (28) - (30) */
static jet modes(jet_pool *pool, const pair *x, const point *at, jet w)
{
    jet rho = jet_add(pool, jet_sub(pool, x->eps, at->ti), at->tj);
    jet half = scaled(pool, 1, 2, jet_mul(pool, x->e, rho));
    jet turn = jet_sub(pool, jet_mul(pool, at->a, jet_exp(pool, half)),
                       jet_mul(pool, at->b, jet_exp(pool, scaled(pool, -1, 1, half))));
    jet z = jet_sub(pool, jet_square(pool, jet_mul(pool, rho, shc(pool, half))),
                    jet_square(pool, turn));
    z = jet_div(pool, z, w);
    jet e2z = jet_mul3(pool, x->e, x->e, z);
    jet y = jet_div(pool, jet_mul(pool, z, jet_line(pool, 32, -3, e2z)), jet_ratio(pool, 128, 1));
    jet c = jet_line(pool, 1, 1, jet_div(pool, y, jet_ratio(pool, 30, 1)));
    c = jet_line(pool, 1, 1, jet_div(pool, jet_mul(pool, y, c), jet_ratio(pool, 12, 1)));
    c = jet_line(pool, 1, 1, jet_div(pool, jet_mul(pool, y, c), jet_ratio(pool, 2, 1)));
    jet power = jet_div(pool, jet_mul3(pool, x->e, at->a, at->b), scaled(pool, -2, 1, w));
    return jet_mul(pool, jet_div(pool, c, cosh_of(pool, scaled(pool, 1, 2, rho))),
                   jet_exp(pool, power));
}

/* F */
static jet determinant(jet_pool *pool, const pair *x)
{
    jet product = jet_ratio(pool, 1, 1);
    for (slong sign = 1; sign >= -1; sign -= 2) {
        point at = point_of(pool, x, sign);
        jet w =
            jet_line(pool, 1, -1, jet_mul(pool, jet_square(pool, x->e), jet_mul(pool, at.a, at.b)));
        jet s = jet_add(pool, minus_f(pool, x, &at), minus_h(pool, x, &at, w));
        product = jet_mul3(pool, product, s, modes(pool, x, &at, w));
    }
    return product;
}

/* The box's variables; tau is the one of the series. */
static void read_box(jet *e, jet *tau, jet *lambda, jet_pool *pool, arb_srcptr box)
{
    *e = jet_variable(pool, box, 1);
    *tau = jet_variable(pool, box + 1, 0);
    *lambda = jet_variable(pool, box + 2, 2);
}

jet pair_both(jet_pool *pool, arb_srcptr box)
{
    jet e, tau, lambda;
    read_box(&e, &tau, &lambda, pool, box);
    pair x =
        pair_of(pool, e, orbit_at(pool, e, tau), orbit_at(pool, e, jet_mul(pool, lambda, tau)));
    return determinant(pool, &x);
}

/* Psi(e, t), the step size of the orbit. */
static jet step_size(jet_pool *pool, jet e, jet t)
{
    jet f = jet_mul(pool, jet_line(pool, 1, -1, e), t),
        g = jet_mul(pool, jet_line(pool, 2, -1, e), t);
    jet base =
        jet_sub(pool, jet_log(pool, shc(pool, jet_mul(pool, e, t))), jet_log(pool, shc(pool, t)));
    jet power = jet_mul(pool, jet_line(pool, 2, -2, e), jet_log(pool, cosh_of(pool, g)));
    power = jet_sub(pool, power,
                    jet_mul(pool, jet_line(pool, 1, -2, e), jet_log(pool, cosh_of(pool, f))));
    return scaled(pool, 2, 1, exp_sum(pool, base, power));
}

jet pair_beside(jet_pool *pool, arb_srcptr box)
{
    jet e, tau, lambda, one = jet_ratio(pool, 1, 1);
    read_box(&e, &tau, &lambda, pool, box);
    jet above = jet_line(pool, -2, 1, step_size(pool, e, tau));
    jet s = jet_line(pool, 2, -1, jet_mul(pool, lambda, scaled(pool, 43, 128, above)));
    orbit j = {jet_ratio(pool, 0, 1), s, s, one};
    pair x = pair_of(pool, e, orbit_at(pool, e, tau), j);
    return determinant(pool, &x);
}

bool pair_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    jet_pool_reset_to_series(pool);
    return jet_is_above_zero(pair_both(pool, box) + 2);
}

bool pair_far_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    jet_pool_reset(pool, 0);
    return jet_is_above_zero(jet_line(pool, -1, 1, pair_both(pool, box)));
}

bool beside_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    jet_pool_reset_to_series(pool);
    return jet_is_above_zero(pair_beside(pool, box) + 2);
}

bool beside_far_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    jet_pool_reset(pool, 0);
    return jet_is_above_zero(jet_line(pool, -1, 1, pair_beside(pool, box)));
}
