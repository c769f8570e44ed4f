#include "forms.h"
#include <stddef.h>

/* ---- values with derivatives ---- */

/* Either a gradient by two variables, or the first three coefficients of Taylor's series in one. */
typedef struct {
    iv c[3];
} jet;

static bool series; /* c[2] is half a second derivative, not a partial one */

static jet constant(long n) {
    iv zero = iv_integer(0);
    return (jet){{iv_integer(n), zero, zero}};
}

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
    iv last = cross(x.c[0], y.c[2], x.c[2], y.c[0]);
    if (series) last = iv_add(last, iv_mul(x.c[1], y.c[1]));
    return (jet){{iv_mul(x.c[0], y.c[0]), cross(x.c[0], y.c[1], x.c[1], y.c[0]), last}};
}

static jet times3(jet x, jet y, jet z) { return times(times(x, y), z); }

/* p + q x */
static jet line(long p, long q, jet x) { return plus(constant(p), times(constant(q), x)); }

/* f(x) with the gradient f'(x) x', from f(x) and f'(x). */
static jet chain(iv value, iv slope, jet x) { return (jet){{value, iv_mul(slope, x.c[1]), iv_mul(slope, x.c[2])}}; }

static jet over(jet x, jet y) {
    iv q = iv_div(x.c[0], y.c[0]);
    return (jet){
        {q, iv_div(iv_sub(x.c[1], iv_mul(q, y.c[1])), y.c[0]), iv_div(iv_sub(x.c[2], iv_mul(q, y.c[2])), y.c[0])}};
}

/* C(z) = cosh(sqrt z), C' = S/2; S(z) = sinh(sqrt z)/sqrt z. */
static jet cosh_of(jet z) { return chain(iv_cosh(z.c[0]), iv_div(iv_sinhc(z.c[0]), iv_integer(2)), z); }

static jet sinhc_of(jet z) { return chain(iv_sinhc(z.c[0]), iv_sinhc_slope(z.c[0]), z); }

static jet log_of(jet x) { return chain(iv_log(x.c[0]), iv_div(iv_integer(1), x.c[0]), x); }

static bool above_zero(iv x) { return iv_sign(x) > 0 && !interval_failed(); }

static iv linear(long p, long q, iv x) /* p + q x */ { return iv_add(iv_integer(p), iv_mul(iv_integer(q), x)); }

/* ---- the orbit's curve rises ---- */

/* (t coth t - 1)/t^2 and tanh(t)/t of z = t^2. */
static iv coth_part(iv z) { return iv_div(iv_mul(iv_integer(2), iv_sinhc_slope(z)), iv_sinhc(z)); }

static iv tanh_part(iv z) { return iv_div(iv_sinhc(z), iv_cosh(z)); }

static bool slope(const iv *box, int reason) {
    (void)reason;
    iv e = box[0], z = box[1], two_e = linear(2, -1, e), one_e = linear(1, -1, e);
    iv p = iv_mul(two_e, two_e), q = iv_mul(one_e, one_e), r = iv_mul(e, e);
    iv first = iv_sub(iv_mul(r, coth_part(iv_mul(r, z))), coth_part(z));
    iv second = iv_mul(iv_mul(linear(2, -2, e), p), tanh_part(iv_mul(p, z)));
    iv third = iv_mul(iv_mul(linear(1, -2, e), q), tanh_part(iv_mul(q, z)));
    return above_zero(iv_add(first, iv_sub(second, third)));
}

static iv coth_of_half(long n) {
    iv x = iv_exp(iv_integer(-n));
    return iv_div(linear(1, 1, x), linear(1, -1, x));
}

static bool slope_tail(const iv *box, int reason) {
    (void)reason;
    iv e = box[0];
    iv second = iv_div(iv_mul(linear(2, -2, e), linear(2, -1, e)), coth_of_half(24));
    iv third = iv_mul(linear(1, -2, e), linear(1, -1, e));
    return above_zero(iv_add(iv_sub(second, third), iv_sub(e, coth_of_half(16))));
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
    (void)reason;
    iv e = box[0], q = iv_exp(iv_integer(-4));
    iv k = iv_div(linear(1, 1, iv_power(q, 3)), linear(1, -1, iv_power(q, 2)));
    iv g = iv_sub(iv_add(iv_mul(linear(2, -2, e), linear(1, -1, q)), e), k);
    return above_zero(linear(-1, 32, iv_div(g, q)));
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
    (void)reason;
    iv e = box[0], root = iv_root(e);
    iv v = iv_exp(linear(-4, 8, e)), w = iv_exp(linear(-4, 12, e));
    iv k = iv_mul(iv_mul(trap_step(e), e), v);
    iv log_b = linear(-4, 1, iv_mul(trap_step(e), iv_add(v, iv_mul(root, w))));
    iv next = iv_add(iv_exp(log_b), iv_mul(root, iv_exp(iv_mul(linear(1, -1, e), log_b))));
    iv p = iv_add(iv_exp(iv_integer(-4)), iv_mul(root, iv_exp(linear(-4, 4, e))));
    return above_zero(linear(2, -1, iv_mul(k, k))) && above_zero(linear(1, -1, p)) &&
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

#include "theorems.inc"

/* ---- one orbit polynomial ---- */

/* x^n as a series, by squaring. The value itself is an interval power, which is narrower. */
static jet power_of(jet x, unsigned long n) {
    if (n == 0) return constant(1);
    /* (x^n)' = n x^(n-1) x', (x^n)''/2 = n x^(n-1) x''/2 + n (n-1)/2 x^(n-2) x'^2 */
    iv below = iv_mul(iv_integer((long)n), iv_power(x.c[0], n - 1));
    iv twice = iv_integer(0);
    if (n >= 2)
        twice = iv_div(iv_mul(iv_mul(iv_integer((long)n), iv_integer((long)n - 1)), iv_power(x.c[0], n - 2)),
                       iv_integer(2));
    return (jet){{iv_power(x.c[0], n), iv_mul(below, x.c[1]),
                  iv_add(iv_mul(below, x.c[2]), iv_mul(twice, iv_mul(x.c[1], x.c[1])))}};
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
    series = true;
    iv zero = iv_integer(0);
    jet X = variable(x, 0), h = {{iv_ratio(eta), zero, zero}}, s = {{iv_ratio(sigma), zero, zero}};
    jet low = times(h, power_of(X, depth - 2));
    jet u = plus(constant(1), times(low, minus(s, power_of(X, depth))));
    jet sum = times(times3(geometric(u, depth), low, s), power_of(u, depth - 1));
    jet phi = minus(plus(constant(1), power_of(u, 2 * depth - 1)), sum);
    for (int i = 0; i < 3; i++) r[i] = phi.c[i];
    series = false;
}
