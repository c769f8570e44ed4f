#include "interval.h"
#include <stdlib.h>

enum { POOL = 60000, RANGE = 1 << 30 };

static interval *pool;
static long used, ready, bits;
static bool failed;

typedef enum { DOWN, UP } direction;

void interval_reset(long precision) {
    used = 0;
    bits = precision;
    failed = false;
}

void interval_release(void) {
    for (long i = 0; i < ready; i++) {
        dyadic_clear(&pool[i].lo);
        dyadic_clear(&pool[i].hi);
    }
    free(pool);
    pool = NULL;
    used = ready = 0;
}

bool interval_failed(void) { return failed; }

void dyadic_init(dyadic *x, long n) {
    mpz_init_set_si(x->m, n);
    x->e = 0;
}

void dyadic_clear(dyadic *x) { mpz_clear(x->m); }

static interval *fresh(void) {
    if (pool == NULL) pool = malloc(POOL * sizeof *pool);
    if (pool == NULL) abort();
    if (used == POOL) { /* the last one is written over and over, and nothing is believed */
        failed = true;
        used--;
    }
    if (used == ready) {
        dyadic_init(&pool[used].lo, 0);
        dyadic_init(&pool[used].hi, 0);
        ready++;
    }
    return pool + used++;
}

/* ---- dyadic numbers ---- */

static long size(const dyadic *x) { return (long)mpz_sizeinbase(x->m, 2); }

/* Rounds to `bits` bits, outwards in the given direction; raises the flag where the exponent runs away. */
static void shorten(dyadic *x, direction d) {
    long extra = size(x) - bits;
    if (mpz_sgn(x->m) == 0)
        x->e = 0;
    else if (extra > 0) {
        if (d == DOWN)
            mpz_fdiv_q_2exp(x->m, x->m, (mp_bitcnt_t)extra);
        else
            mpz_cdiv_q_2exp(x->m, x->m, (mp_bitcnt_t)extra);
        x->e += extra;
    }
    if (x->e > (int64_t)RANGE * RANGE || x->e < -(int64_t)RANGE * RANGE) {
        failed = true;
        x->e = 0;
    }
}

static void set(dyadic *r, const dyadic *x) {
    mpz_set(r->m, x->m);
    r->e = x->e;
}

/* x + y exactly, for exponents that are near. */
static void add_near(dyadic *r, const dyadic *x, const dyadic *y) {
    const dyadic *high = x->e >= y->e ? x : y, *low = high == x ? y : x;
    int64_t e = low->e;
    mpz_t t;
    mpz_init(t);
    mpz_mul_2exp(t, high->m, (mp_bitcnt_t)(high->e - e));
    mpz_add(r->m, t, low->m);
    r->e = e;
    mpz_clear(t);
}

static void add(dyadic *r, const dyadic *x, const dyadic *y, direction d) {
    if (mpz_sgn(x->m) == 0 || mpz_sgn(y->m) == 0) {
        set(r, mpz_sgn(x->m) == 0 ? y : x);
        shorten(r, d);
        return;
    }
    int64_t top_x = x->e + size(x), top_y = y->e + size(y);
    const dyadic *large = top_x >= top_y ? x : y, *small = large == x ? y : x;
    int64_t top = large == x ? top_x : top_y;
    int64_t floor = top - size(large) - 2 * bits - 8;
    dyadic tiny;
    dyadic_init(&tiny, 0);
    set(&tiny, small);
    if (small->e + size(small) < floor) { /* replaced by what is further out: 2^floor, or 0 */
        int sign = mpz_sgn(small->m);
        mpz_set_si(tiny.m, (sign > 0) == (d == UP) ? sign : 0);
        tiny.e = floor;
    }
    add_near(r, large, &tiny);
    shorten(r, d);
    dyadic_clear(&tiny);
}

static void multiply(dyadic *r, const dyadic *x, const dyadic *y, direction d) {
    mpz_mul(r->m, x->m, y->m);
    r->e = x->e + y->e;
    shorten(r, d);
}

/* x / y for y not 0. */
static void divide(dyadic *r, const dyadic *x, const dyadic *y, direction d) {
    long shift = bits + 8 + size(y) - size(x);
    mpz_t t;
    mpz_init(t);
    if (shift > 0)
        mpz_mul_2exp(t, x->m, (mp_bitcnt_t)shift);
    else {
        shift = 0;
        mpz_set(t, x->m);
    }
    int64_t e = x->e - y->e - shift;
    if (d == DOWN)
        mpz_fdiv_q(r->m, t, y->m);
    else
        mpz_cdiv_q(r->m, t, y->m);
    r->e = e;
    mpz_clear(t);
    shorten(r, d);
}

int dyadic_compare(const dyadic *x, const dyadic *y) {
    int sx = mpz_sgn(x->m), sy = mpz_sgn(y->m);
    if (sx != sy || sx == 0) return sx - sy;
    int64_t top_x = x->e + size(x), top_y = y->e + size(y);
    if (top_x != top_y) return top_x > top_y ? sx : -sx;
    dyadic minus, r; /* the same top: the shift is at most the longer mantissa */
    dyadic_init(&minus, 0);
    dyadic_init(&r, 0);
    mpz_neg(minus.m, y->m);
    minus.e = y->e;
    add_near(&r, x, &minus);
    int sign = mpz_sgn(r.m);
    dyadic_clear(&minus);
    dyadic_clear(&r);
    return sign;
}

void dyadic_middle(dyadic *r, const dyadic *x, const dyadic *y) {
    add_near(r, x, y);
    r->e--;
}

/* ---- intervals ---- */

iv interval_fail(void) {
    failed = true;
    return iv_integer(0);
}

iv iv_integer(long n) {
    interval *r = fresh();
    mpz_set_si(r->lo.m, n);
    r->lo.e = 0;
    set(&r->hi, &r->lo);
    return r;
}

iv iv_ends(const dyadic *lo, const dyadic *hi) {
    interval *r = fresh();
    set(&r->lo, lo);
    set(&r->hi, hi);
    shorten(&r->lo, DOWN);
    shorten(&r->hi, UP);
    return r;
}

iv iv_lower(iv x) { return iv_ends(&x->lo, &x->lo); }

iv iv_upper(iv x) { return iv_ends(&x->hi, &x->hi); }

iv iv_join(iv x, iv y) { return iv_ends(&x->lo, &y->hi); }

iv iv_ratio(const mpq_t q) {
    interval *r = fresh();
    dyadic n, d;
    dyadic_init(&n, 0);
    dyadic_init(&d, 0);
    mpz_set(n.m, mpq_numref(q));
    mpz_set(d.m, mpq_denref(q));
    divide(&r->lo, &n, &d, DOWN);
    divide(&r->hi, &n, &d, UP);
    dyadic_clear(&n);
    dyadic_clear(&d);
    return r;
}

iv iv_add(iv x, iv y) {
    interval *r = fresh();
    add(&r->lo, &x->lo, &y->lo, DOWN);
    add(&r->hi, &x->hi, &y->hi, UP);
    return r;
}

iv iv_sub(iv x, iv y) { return iv_add(x, iv_neg(y)); }

iv iv_mul(iv x, iv y) {
    if (mpz_sgn(x->lo.m) >= 0) { /* the factor that is not negative, if there is one, is y */
        iv keep = x;
        x = y;
        y = keep;
    }
    interval *r = fresh(), *t = fresh();
    if (mpz_sgn(y->lo.m) >= 0) {
        multiply(&r->lo, &x->lo, mpz_sgn(x->lo.m) >= 0 ? &y->lo : &y->hi, DOWN);
        multiply(&r->hi, &x->hi, mpz_sgn(x->hi.m) >= 0 ? &y->hi : &y->lo, UP);
        return r;
    }
    for (int i = 0; i < 4; i++) { /* the least and the greatest of the four values at the ends */
        const dyadic *p = i & 1 ? &x->hi : &x->lo, *q = i & 2 ? &y->hi : &y->lo;
        multiply(&t->lo, p, q, DOWN);
        multiply(&t->hi, p, q, UP);
        if (i == 0 || dyadic_compare(&t->lo, &r->lo) < 0) set(&r->lo, &t->lo);
        if (i == 0 || dyadic_compare(&t->hi, &r->hi) > 0) set(&r->hi, &t->hi);
    }
    return r;
}

iv iv_neg(iv x) {
    interval *r = fresh();
    mpz_neg(r->lo.m, x->hi.m);
    mpz_neg(r->hi.m, x->lo.m);
    r->lo.e = x->hi.e;
    r->hi.e = x->lo.e;
    return r;
}

iv iv_div(iv x, iv y) {
    if (iv_sign(y) == 0) return interval_fail();
    if (iv_sign(y) < 0) return iv_div(iv_neg(x), iv_neg(y));
    interval *r = fresh();
    divide(&r->lo, &x->lo, mpz_sgn(x->lo.m) >= 0 ? &y->hi : &y->lo, DOWN);
    divide(&r->hi, &x->hi, mpz_sgn(x->hi.m) >= 0 ? &y->lo : &y->hi, UP);
    return r;
}

int iv_sign(iv x) { return mpz_sgn(x->lo.m) > 0 ? 1 : mpz_sgn(x->hi.m) < 0 ? -1 : 0; }

/* x^n for x >= 0, by squaring. */
static iv power_of_positive(iv x, unsigned long n) {
    iv r = iv_integer(1);
    for (int i = 63; i >= 0; i--) {
        if (n >> i > 1) r = iv_mul(r, r);
        if (n >> i & 1) r = iv_mul(r, x);
    }
    return r;
}

/* From the powers of |x| at the ends. */
iv iv_power(iv x, unsigned long n) {
    if (mpz_sgn(x->lo.m) >= 0) return power_of_positive(x, n);
    if (mpz_sgn(x->hi.m) <= 0)
        return n % 2 == 0 ? power_of_positive(iv_neg(x), n) : iv_neg(power_of_positive(iv_neg(x), n));
    iv below = power_of_positive(iv_neg(iv_lower(x)), n), above = power_of_positive(iv_upper(x), n);
    if (n % 2 == 1) return iv_join(iv_neg(below), above);
    return iv_join(n == 0 ? above : iv_integer(0), dyadic_compare(&below->hi, &above->hi) > 0 ? below : above);
}

/* The square root of x >= 0, downwards or upwards. */
static void square_root(dyadic *r, const dyadic *x, direction d) {
    int64_t shift = 2 * bits + 2;
    shift += (x->e - shift) % 2 != 0;
    mpz_t rest;
    mpz_init(rest);
    mpz_mul_2exp(r->m, x->m, (mp_bitcnt_t)shift);
    mpz_sqrtrem(r->m, rest, r->m);
    if (d == UP && mpz_sgn(rest) != 0) mpz_add_ui(r->m, r->m, 1);
    r->e = (x->e - shift) / 2;
    mpz_clear(rest);
    shorten(r, d);
}

iv iv_root(iv x) {
    interval *r = fresh();
    iv zero = iv_integer(0);
    square_root(&r->lo, mpz_sgn(x->lo.m) > 0 ? &x->lo : &zero->lo, DOWN);
    square_root(&r->hi, mpz_sgn(x->hi.m) > 0 ? &x->hi : &zero->lo, UP);
    return r;
}

/* [-x, x] for the upper end of x >= 0. */
static iv around_zero(iv x) { return iv_join(iv_neg(iv_upper(x)), x); }

static iv magnitude(iv x) { return mpz_sgn(x->lo.m) < 0 ? iv_neg(x) : x; }

/* Is x a number of less than n bits before the binary point? */
static bool is_smaller_than(const dyadic *x, long n) { return mpz_sgn(x->m) == 0 || x->e + size(x) <= n; }

/* exp at a point: Taylor's series of y = x/2^j, |y| < 1/2; after the term y^n/n! the rest is less than that term in
 * size; then j squarings. theory/certificates.md (1) */
static iv exp_at(iv x) {
    if (!is_smaller_than(&x->lo, 20)) return interval_fail();
    long j = 0;
    interval *y = fresh();
    set(&y->lo, &x->lo);
    if (mpz_sgn(x->lo.m) != 0 && x->lo.e + size(&x->lo) > -1) j = (long)(x->lo.e + size(&x->lo)) + 1;
    y->lo.e -= j;
    set(&y->hi, &y->lo);
    iv sum = iv_integer(1), term = sum;
    for (long n = 1; n == 1 || !is_smaller_than(&magnitude(term)->hi, -bits - 4); n++) {
        term = iv_div(iv_mul(term, y), iv_integer(n));
        sum = iv_add(sum, term);
        if (mpz_sgn(term->lo.m) == 0 && mpz_sgn(term->hi.m) == 0) break;
    }
    sum = iv_add(sum, around_zero(magnitude(term)));
    for (; j > 0; j--) sum = iv_mul(sum, sum);
    return sum;
}

iv iv_exp(iv x) { return iv_join(exp_at(iv_lower(x)), exp_at(iv_upper(x))); }

/* 2 artanh(w) for an interval |w| <= 1/2: 2 sum w^(2k+1)/(2k+1); the rest is less than the last term in size, as
 * each is at most w^2 <= 1/4 of the one before. theory/certificates.md (2) */
static iv two_artanh(iv w) {
    iv square = iv_mul(w, w), power = iv_add(w, w), sum = power, term = power;
    for (long k = 3; mpz_sgn(magnitude(term)->hi.m) != 0 && magnitude(term)->hi.e + size(&magnitude(term)->hi) >
                                                                magnitude(w)->hi.e + size(&magnitude(w)->hi) - bits - 4;
         k += 2) {
        power = iv_mul(power, square);
        term = iv_div(power, iv_integer(k));
        sum = iv_add(sum, term);
    }
    return iv_add(sum, around_zero(magnitude(term)));
}

/* log at a point x = y 2^n with 3/4 <= y < 3/2: 2 artanh((y - 1)/(y + 1)) + n 2 artanh(1/3). */
static iv log_at(iv x) {
    interval *y = fresh();
    dyadic *z = &y->lo;
    if (mpz_sgn(x->lo.m) <= 0) return interval_fail();
    set(z, &x->lo);
    z->e = -size(z) + !(size(z) > 1 && mpz_tstbit(z->m, (mp_bitcnt_t)size(z) - 2)); /* the second bit */
    set(&y->hi, z);
    int64_t n = x->lo.e - z->e;
    iv one = iv_integer(1), r = two_artanh(iv_div(iv_sub(y, one), iv_add(y, one)));
    return n == 0 ? r : iv_add(r, iv_mul(iv_integer((long)n), two_artanh(iv_div(one, iv_integer(3)))));
}

iv iv_log(iv x) { return iv_join(log_at(iv_lower(x)), log_at(iv_upper(x))); }

/* log1p(x)/x at a point. Near 0: 2 artanh(x/(2 + x))/x, |x/(2 + x)| <= 1/3. */
static iv log_ratio_at(iv x) {
    if (mpz_sgn(x->lo.m) == 0) return iv_integer(1);
    bool is_small = is_smaller_than(&x->lo, -1);
    iv top = is_small ? two_artanh(iv_div(x, iv_add(iv_integer(2), x))) : iv_log(iv_add(iv_integer(1), x));
    return iv_div(top, x);
}

iv iv_log_ratio(iv x) /* falls: theory/certificates.md (3) */
{
    return iv_join(log_ratio_at(iv_upper(x)), log_ratio_at(iv_lower(x)));
}

/* ---- series with positive terms in z >= 0 ---- */

typedef enum { COSH, SINHC, SINHC_SLOPE } series;

/* The term k + 1 is term k times z/ratio(k). */
static unsigned long ratio(series f, unsigned long k) {
    return f == COSH ? (2 * k + 1) * (2 * k + 2) : f == SINHC ? (2 * k + 2) * (2 * k + 3) : 2 * (k + 1) * (2 * k + 5);
}

/* n 2^s rounded in the direction, for any s. */
static void scale(mpz_t n, int64_t s, direction d) {
    if (s >= 0)
        mpz_mul_2exp(n, n, (mp_bitcnt_t)s);
    else if (d == DOWN)
        mpz_fdiv_q_2exp(n, n, (mp_bitcnt_t)-s);
    else
        mpz_cdiv_q_2exp(n, n, (mp_bitcnt_t)-s);
}

/* The sum in fixed point with `point` bits after it. Downwards, terms are cut and dropped; upwards they are rounded up
 * until one is a unit and each of the rest is at most half the one before: those together are one unit more.
 * theory/certificates.md (4) */
static void sum_series(dyadic *r, const dyadic *z, series f, direction d) {
    long point = bits + 16;
    if (!is_smaller_than(z, 16)) {
        failed = true;
        return;
    }
    mpz_t x, term;
    mpz_inits(x, term, NULL);
    if (mpz_sgn(z->m) > 0) {
        mpz_set(x, z->m);
        scale(x, z->e + point, d);
    }
    mpz_fdiv_q_2exp(term, x, (mp_bitcnt_t)point);
    unsigned long above = mpz_get_ui(term) + 1; /* z <= above */
    mpz_ui_pow_ui(term, 2, (unsigned long)point);
    if (f == SINHC_SLOPE) d == DOWN ? mpz_fdiv_q_ui(term, term, 6) : mpz_cdiv_q_ui(term, term, 6);
    mpz_set(r->m, term);
    for (unsigned long k = 0; mpz_sgn(x) != 0; k++) {
        mpz_mul(term, term, x);
        scale(term, -point, d);
        d == DOWN ? mpz_fdiv_q_ui(term, term, ratio(f, k)) : mpz_cdiv_q_ui(term, term, ratio(f, k));
        mpz_add(r->m, r->m, term);
        if (mpz_sgn(term) == 0) break;
        if (d == UP && mpz_cmp_ui(term, 1) == 0 && 2 * above <= ratio(f, k)) {
            mpz_add_ui(r->m, r->m, 1);
            break;
        }
    }
    r->e = -point;
    mpz_clears(x, term, NULL);
    shorten(r, d);
}

static iv rising(iv z, series f) {
    interval *r = fresh();
    sum_series(&r->lo, &z->lo, f, DOWN);
    sum_series(&r->hi, &z->hi, f, UP);
    return r;
}

iv iv_cosh(iv z) { return rising(z, COSH); }

iv iv_sinhc(iv z) { return rising(z, SINHC); }

iv iv_sinhc_slope(iv z) { return rising(z, SINHC_SLOPE); }
