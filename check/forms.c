#include "forms.h"
#include <stddef.h>

/* ---- values with derivatives ---- */

/* A value with its gradient by two variables, or the first three coefficients of Taylor's series in one. */
typedef struct {
    iv c[3];
} jet;

/* What c[1] and c[2] are: partial derivatives; the first and half the second one; of no use. */
static enum { GRADIENT, SERIES, VALUE } kept = GRADIENT;

static jet number(iv x) { return (jet){{x, iv_integer(0), iv_integer(0)}}; }

static jet constant(long n) { return number(iv_integer(n)); }

static jet variable(iv x, int k) {
    iv zero = iv_integer(0), one = iv_integer(1);
    return (jet){{x, k == 0 ? one : zero, k == 1 ? one : zero}};
}

static jet plus(jet x, jet y) {
    return (jet){{iv_add(x.c[0], y.c[0]), iv_add(x.c[1], y.c[1]), iv_add(x.c[2], y.c[2])}};
}

static jet minus(jet x, jet y) {
    return (jet){{iv_sub(x.c[0], y.c[0]), iv_sub(x.c[1], y.c[1]), iv_sub(x.c[2], y.c[2])}};
}

static iv cross(iv a, iv b, iv c, iv d) { return iv_add(iv_mul(a, b), iv_mul(c, d)); }

static jet times(jet x, jet y) {
    if (kept == VALUE) return number(iv_mul(x.c[0], y.c[0]));
    iv last = cross(x.c[0], y.c[2], x.c[2], y.c[0]);
    if (kept == SERIES) last = iv_add(last, iv_mul(x.c[1], y.c[1]));
    return (jet){{iv_mul(x.c[0], y.c[0]), cross(x.c[0], y.c[1], x.c[1], y.c[0]), last}};
}

static jet times3(jet x, jet y, jet z) { return times(times(x, y), z); }

/* p + q x */
static jet line(long p, long q, jet x) { return plus(constant(p), times(constant(q), x)); }

/* f(x) with its derivatives, from f(x), f'(x) and, for a series, f''(x)/2. */
static jet chain(iv value, iv slope, iv bend, jet x) {
    iv last = iv_mul(slope, x.c[2]);
    if (kept == SERIES) last = iv_add(last, iv_mul(bend, iv_mul(x.c[1], x.c[1])));
    return (jet){{value, iv_mul(slope, x.c[1]), last}};
}

static jet over(jet x, jet y) {
    iv q = iv_div(x.c[0], y.c[0]), first = iv_div(iv_sub(x.c[1], iv_mul(q, y.c[1])), y.c[0]);
    iv last = iv_sub(x.c[2], iv_mul(q, y.c[2]));
    if (kept == SERIES) last = iv_sub(last, iv_mul(first, y.c[1]));
    return (jet){{q, first, iv_div(last, y.c[0])}};
}

static iv part(iv x, long n) { return iv_div(x, iv_integer(n)); }

/* C(z) = cosh(sqrt z), C' = S/2; S(z) = sinh(sqrt z)/sqrt z. */
static jet cosh_of(jet z) {
    if (kept == VALUE) return number(iv_cosh(z.c[0]));
    return chain(iv_cosh(z.c[0]), part(iv_sinhc(z.c[0]), 2), part(iv_sinhc_slope(z.c[0]), 4), z);
}

static jet sinhc_of(jet z) {
    if (kept == VALUE) return number(iv_sinhc(z.c[0]));
    return chain(iv_sinhc(z.c[0]), iv_sinhc_slope(z.c[0]), iv_sinhc_bend(z.c[0]), z);
}

static jet exp_of(jet x) {
    iv value = iv_exp(x.c[0]);
    return chain(value, value, part(value, 2), x);
}

static jet log_of(jet x) {
    iv slope = iv_div(iv_integer(1), x.c[0]);
    return chain(iv_log(x.c[0]), slope, part(iv_mul(slope, slope), -2), x);
}

static bool above_zero(iv x) { return iv_sign(x) > 0 && !interval_failed(); }

static iv linear(long p, long q, iv x) /* p + q x */ { return iv_add(iv_integer(p), iv_mul(iv_integer(q), x)); }

/* ---- the orbit's curve rises ---- */

/* (t coth t - 1)/t^2 and tanh(t)/t of z = t^2. */
static iv coth_part(iv z) { return iv_div(iv_mul(iv_integer(2), iv_sinhc_slope(z)), iv_sinhc(z)); }

static iv tanh_part(iv z) { return iv_div(iv_sinhc(z), iv_cosh(z)); }

static bool slope(const iv *box, int reason) {
    iv e = box[0], z = box[1], two_e = linear(2, -1, e), one_e = linear(1, -1, e);
    iv p = iv_mul(two_e, two_e), q = iv_mul(one_e, one_e), r = iv_mul(e, e);
    iv first = iv_sub(iv_mul(r, coth_part(iv_mul(r, z))), coth_part(z));
    iv second = iv_mul(iv_mul(linear(2, -2, e), p), tanh_part(iv_mul(p, z)));
    iv third = iv_mul(iv_mul(linear(1, -2, e), q), tanh_part(iv_mul(q, z)));
    return reason == 0 && above_zero(iv_add(first, iv_sub(second, third)));
}

static iv coth_of_half(long n) {
    iv x = iv_exp(iv_integer(-n));
    return iv_div(linear(1, 1, x), linear(1, -1, x));
}

static bool slope_tail(const iv *box, int reason) {
    iv e = box[0];
    iv second = iv_div(iv_mul(linear(2, -2, e), linear(2, -1, e)), coth_of_half(24));
    iv third = iv_mul(linear(1, -2, e), linear(1, -1, e));
    return reason == 0 && above_zero(iv_add(iv_sub(second, third), iv_sub(e, coth_of_half(16))));
}

/* ---- the multiplier falls ---- */

static jet multiplier(jet e, jet z) {
    jet f = line(1, -1, e), g = line(2, -1, e);
    jet s = sinhc_of(times3(e, e, z));
    jet a = times3(constant(4), f, s);
    jet b = over(times3(constant(2), cosh_of(times3(g, g, z)), s), sinhc_of(z));
    jet double_b = times(constant(2), b);
    jet sum = plus(a, times3(constant(2), e, s));
    sum = plus(sum, times3(double_b, f, sinhc_of(times3(f, f, z))));
    jet m = minus(times(b, b), times(double_b, cosh_of(z)));
    return plus(constant(1), minus(m, times3(z, a, sum)));
}

static jet multiplier_over(const iv *box) { return multiplier(variable(box[0], 0), variable(box[1], 1)); }

static bool below_minus_one(jet m) { return above_zero(iv_sub(iv_integer(-1), m.c[0])); }

static bool falls(const iv *box, int reason) {
    jet m = multiplier_over(box);
    return reason == 1 ? below_minus_one(m) : iv_sign(m.c[2]) < 0 && !interval_failed();
}

static bool falls_tail(const iv *box, int reason) {
    iv e = box[0], q = iv_exp(iv_integer(-4));
    iv k = iv_div(linear(1, 1, iv_power(q, 3)), linear(1, -1, iv_power(q, 2)));
    iv g = iv_sub(iv_add(iv_mul(linear(2, -2, e), linear(1, -1, q)), e), k);
    return reason == 0 && above_zero(linear(-1, 32, iv_div(g, q)));
}

static bool across(const iv *box, int reason) {
    if (reason == 1) return below_minus_one(multiplier_over(box));
    iv twice = iv_mul(iv_integer(2), box[0]);
    return above_zero(linear(3, -2, iv_cosh(iv_mul(iv_mul(twice, twice), box[1]))));
}

/* ln(s/2) along the orbit. */
static jet log_step(jet e, jet z) {
    jet f = line(1, -1, e), g = line(2, -1, e);
    jet q = minus(log_of(sinhc_of(times3(e, e, z))), log_of(sinhc_of(z)));
    q = plus(q, times(line(2, -2, e), log_of(cosh_of(times3(g, g, z)))));
    return minus(q, times(line(1, -2, e), log_of(cosh_of(times3(f, f, z)))));
}

static bool rises(const iv *box, int reason) {
    jet m = multiplier_over(box);
    if (reason == 1) return below_minus_one(m);
    if (reason == 2) return above_zero(linear(1, 1, m.c[0]));
    jet q = log_step(variable(box[0], 0), variable(box[1], 1));
    return above_zero(iv_sub(iv_mul(q.c[1], m.c[2]), iv_mul(q.c[2], m.c[1])));
}

/* At t = (6 + 5e)/20. */
static bool pair_range(const iv *box, int reason) {
    jet e = number(box[0]), t = over(line(6, 5, e), constant(20)), z = times(t, t);
    iv s = iv_sub(iv_log(iv_integer(2)), iv_mul(iv_integer(2), log_step(e, z).c[0]));
    return reason == 0 && below_minus_one(multiplier(e, z)) && above_zero(s);
}

/* ---- the gap's factor ---- */

static iv trap_step(iv e) { return iv_div(linear(17, -12, e), iv_integer(4)); }

static iv trap_top(iv e) { return iv_div(linear(10, -6, e), iv_integer(5)); }

static bool trap(const iv *box, int reason) {
    iv e = box[0], y = box[1], c = box[2], f = linear(1, -1, e);
    iv b = iv_exp(iv_mul(e, y)), a = iv_root(iv_add(iv_mul(b, b), iv_mul(e, c)));
    iv p = iv_mul(a, iv_exp(iv_mul(f, y)));
    if (reason == 0) return above_zero(iv_sub(p, trap_top(e)));
    iv rate = iv_mul(iv_mul(trap_step(e), iv_exp(iv_mul(linear(1, -2, e), y))), linear(1, -1, p));
    iv k = iv_mul(e, rate), pull = iv_div(iv_mul(rate, a), b), q = iv_mul(e, pull);
    iv next_a = iv_add(a, iv_mul(k, b));
    if (!above_zero(linear(2, -1, iv_mul(k, k))) || !above_zero(next_a) || !above_zero(linear(1, 1, q))) return false;
    if (reason == 1) return above_zero(linear(-1, 1, p));
    iv grown = iv_add(y, iv_mul(pull, iv_log_ratio(q)));
    return above_zero(iv_sub(trap_top(e), iv_mul(next_a, iv_exp(iv_mul(f, grown)))));
}

static bool trap_start(const iv *box, int reason) {
    iv e = box[0], root = iv_root(e);
    iv v = iv_exp(linear(-4, 8, e)), w = iv_exp(linear(-4, 12, e));
    iv k = iv_mul(iv_mul(trap_step(e), e), v);
    iv log_b = linear(-4, 1, iv_mul(trap_step(e), iv_add(v, iv_mul(root, w))));
    iv next = iv_add(iv_exp(log_b), iv_mul(root, iv_exp(iv_mul(linear(1, -1, e), log_b))));
    iv p = iv_add(iv_exp(iv_integer(-4)), iv_mul(root, iv_exp(linear(-4, 4, e))));
    return reason == 0 && above_zero(linear(2, -1, iv_mul(k, k))) && above_zero(linear(1, -1, p)) &&
           above_zero(iv_sub(trap_top(e), next));
}

static bool trap_two(const iv *box, int reason) {
    iv p = box[0], c = box[1], below = linear(1, -1, p);
    iv k = iv_mul(iv_root(iv_integer(2)), below);
    iv norm = iv_root(iv_add(iv_mul(c, c), iv_mul(iv_integer(4), iv_mul(p, p))));
    iv next = iv_add(iv_mul(p, linear(1, 1, iv_mul(k, k))), iv_mul(k, norm));
    if (!above_zero(linear(99, -64, next))) return false;
    return reason == 1 ? above_zero(below) : above_zero(next) && above_zero(linear(1, 1, k));
}

/* ---- a pair's determinant: theory/rank-p-for-all-depths.md ---- */

/* What is the same at both points of a value's orbit; H = shc(et). */
typedef struct {
    jet t, A, c, H;
} orbit;

static jet square(jet x) { return times(x, x); }

static jet scaled(long p, long q, jet x) { return times(over(constant(p), constant(q)), x); }

static jet shc(jet x) { return sinhc_of(square(x)); }

static jet cosh_at(jet x) { return cosh_of(square(x)); }

static orbit orbit_at(jet e, jet t) {
    jet H = shc(times(e, t)), base = over(scaled(2, 1, H), shc(t));
    jet near = cosh_at(times(line(1, -1, e), t)), far = cosh_at(times(line(2, -1, e), t));
    return (orbit){t, times(base, near), times(base, far), H};
}

/* The lower bound of the product of modes at one point, but for kappa's: (28) - (30). */
static jet modes(jet e, jet a, jet b, jet w, jet rho) {
    jet half = scaled(1, 2, times(e, rho));
    jet turn = minus(times(a, exp_of(half)), times(b, exp_of(scaled(-1, 1, half))));
    jet z = over(minus(square(times(rho, shc(half))), square(turn)), w);
    jet y = over(times(z, line(32, -3, times3(e, e, z))), constant(128));
    jet c = line(1, 1, over(y, constant(30)));
    c = line(1, 1, over(times(y, c), constant(12)));
    c = line(1, 1, over(times(y, c), constant(2)));
    return times(over(c, cosh_at(scaled(1, 2, rho))), exp_of(over(times3(e, a, b), scaled(-2, 1, w))));
}

/* F of (21) and (27): the product over the two points of -(f + h~) and the modes. */
static jet determinant(jet e, orbit i, orbit j) {
    jet f = line(1, -1, e), g = line(1, -2, e), two_e = scaled(2, 1, e), e2 = square(e), F = constant(1);
    jet v = over(line(987, -780, e2), constant(100)), m = plus(v, over(constant(51), constant(50)));
    jet kappa = over(times(v, line(4, -1, times(e2, v))), times3(m, m, m));
    jet log_i = log_of(i.A), log_j = log_of(j.A), eps = over(minus(log_i, log_j), scaled(2, 1, f));
    jet h = scaled(1, 2, eps), mean = exp_of(scaled(1, 2, plus(log_i, log_j))), below = shc(times(e, eps));
    jet S = over(shc(times(f, eps)), below), Z = times(mean, over(shc(eps), below));
    for (long sign = 1; sign >= -1; sign -= 2) {
        jet ti = scaled(sign, 1, i.t), tj = scaled(sign, 1, j.t), gi = times(g, ti), gj = times(g, tj);
        jet a = times3(scaled(2, 1, ti), exp_of(times(e, ti)), i.H);
        jet b = times3(scaled(2, 1, tj), exp_of(times(e, tj)), j.H);
        jet W = plus(exp_of(minus(h, ti)), exp_of(minus(scaled(-1, 1, h), tj)));
        jet pull = plus(times(a, exp_of(minus(minus(gi, h), times(two_e, tj)))),
                        times(b, exp_of(minus(plus(gj, h), times(two_e, ti)))));
        jet top = minus(plus(exp_of(plus(h, gi)), exp_of(minus(gj, h))), times3(f, S, pull));
        jet rest = times3(times3(e, f, S), times(a, b), exp_of(plus(gi, gj)));
        jet w = line(1, -1, times(e2, times(a, b))), gh = times(g, h),
            next = plus(exp_of(plus(h, ti)), exp_of(minus(tj, h)));
        jet sigma = plus(over(i.c, exp_of(gh)), times(j.c, exp_of(gh)));
        jet one_mode = times3(times(kappa, square(minus(a, b))), times(sigma, next),
                              over(exp_of(scaled(-1, 1, times(e, plus(ti, tj)))), w));
        jet s = plus(plus(minus(Z, over(top, W)), rest), one_mode);
        F = times3(F, s, modes(e, a, b, w, plus(minus(eps, ti), tj)));
    }
    return F;
}

/* Psi(e, t) of (27). */
static jet step_size(jet e, jet t) {
    jet near = log_of(cosh_at(times(line(1, -1, e), t))), far = log_of(cosh_at(times(line(2, -1, e), t)));
    jet base = minus(log_of(shc(times(e, t))), log_of(shc(t)));
    return scaled(2, 1, exp_of(plus(base, minus(times(line(2, -2, e), far), times(line(1, -2, e), near)))));
}

/* Is F'' > 0 or F > 1 over the box of e, tau, lambda? */
static bool pair_shows(const iv *box, bool is_beside, bool is_far) {
    kept = is_far ? VALUE : SERIES;
    jet e = number(box[0]), tau = variable(box[1], 0), lambda = number(box[2]);
    jet s = line(2, -1, times(lambda, scaled(43, 128, line(-2, 1, step_size(e, tau)))));
    orbit j = is_beside ? (orbit){constant(0), s, s, constant(1)} : orbit_at(e, times(lambda, tau));
    jet F = determinant(e, orbit_at(e, tau), j);
    kept = GRADIENT;
    return above_zero(is_far ? linear(-1, 1, F.c[0]) : F.c[2]);
}

static bool pair(const iv *box, int reason) { return reason == 0 && pair_shows(box, false, false); }

static bool pair_far(const iv *box, int reason) { return reason == 0 && pair_shows(box, false, true); }

static bool beside(const iv *box, int reason) { return reason == 0 && pair_shows(box, true, false); }

static bool beside_far(const iv *box, int reason) { return reason == 0 && pair_shows(box, true, true); }

#include "theorems.inc"

/* ---- one orbit polynomial ---- */

/* x^n as a series, by squaring. The value itself is an interval power, which is narrower. */
static jet power_of(jet x, unsigned long n) {
    if (n == 0) return constant(1);
    iv slope = iv_mul(iv_integer((long)n), iv_power(x.c[0], n - 1)), bend = iv_integer(0);
    if (n >= 2) bend = iv_mul(iv_integer((long)n), iv_mul(iv_integer((long)n - 1), iv_power(x.c[0], n - 2)));
    return chain(iv_power(x.c[0], n), slope, part(bend, 2), x);
}

/* 1 + u + ... + u^(n-1), by doubling from the highest bit of n: G_2k = G_k (1 + u^k), G_(k+1) = 1 + u G_k. */
static jet geometric(jet u, unsigned long n) {
    jet sum = constant(0), one = constant(1);
    unsigned long k = 0;
    for (int i = 62; i >= 0; i--) {
        if (k > 0) sum = times(sum, plus(one, power_of(u, k)));
        k *= 2;
        if (n >> i & 1) {
            sum = plus(one, times(u, sum));
            k++;
        }
    }
    return sum;
}

void polynomial_over(iv r[3], iv x, unsigned long depth, const mpq_t eta, const mpq_t sigma) {
    kept = SERIES;
    jet X = variable(x, 0), h = number(iv_ratio(eta)), s = number(iv_ratio(sigma));
    jet low = times(h, power_of(X, depth - 2));
    jet u = plus(constant(1), times(low, minus(s, power_of(X, depth))));
    jet sum = times(times3(geometric(u, depth), low, s), power_of(u, depth - 1));
    jet phi = minus(plus(constant(1), power_of(u, 2 * depth - 1)), sum);
    for (int i = 0; i < 3; i++) r[i] = phi.c[i];
    kept = GRADIENT;
}
