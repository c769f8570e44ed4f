#include "interval.h"
#include <stdio.h>
#include <stdlib.h>

enum { POOL = 60000, RANGE = 1 << 30, SLOW_TERMS = 1000 };

static interval *pool;
static long used, ready, bits;
static bool failed;
static uint64_t work, most_work = UINT64_MAX;

typedef enum { DOWN, UP } direction;

void *memory_or_end(void *old, size_t size) {
    void *p = realloc(old, size);
    if (p == NULL) {
        fputs("edgewise-check: out of memory\n", stderr);
        exit(4);
    }
    return p;
}

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

void interval_budget(uint64_t units) {
    work = 0;
    most_work = units;
}

void interval_spend(uint64_t units) { work += units; }

bool interval_spent(void) { return work > most_work; }

void dyadic_init(dyadic *x, long n) {
    mpz_init_set_si(x->m, n);
    x->e = 0;
}

void dyadic_clear(dyadic *x) { mpz_clear(x->m); }

/* What a product of that many bits takes, in units of about a nanosecond. */
static uint64_t price(uint64_t n) { return 128 + (n / 64) * (n / 64) / 16; }

static interval *fresh(void) {
    if (pool == NULL) pool = memory_or_end(NULL, POOL * sizeof *pool);
    if (used == POOL) { /* from the first one again, and nothing is believed */
        failed = true;
        used = 0;
    }
    work += price((uint64_t)bits);
    failed |= interval_spent();
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
        (d == DOWN ? mpz_fdiv_q_2exp : mpz_cdiv_q_2exp)(x->m, x->m, (mp_bitcnt_t)extra);
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

/* x + y exactly, for exponents that are near; r is neither of them. */
static void add_near(dyadic *r, const dyadic *x, const dyadic *y) {
    const dyadic *high = x->e >= y->e ? x : y, *low = high == x ? y : x;
    mpz_mul_2exp(r->m, high->m, (mp_bitcnt_t)(high->e - low->e));
    mpz_add(r->m, r->m, low->m);
    r->e = low->e;
}

static void add(dyadic *r, const dyadic *x, const dyadic *y, direction d) {
    int64_t top_x = x->e + size(x), top_y = y->e + size(y);
    const dyadic *large = top_x >= top_y ? x : y, *small = large == x ? y : x;
    int64_t floor = large->e - 2 * bits - 8;
    if (mpz_sgn(x->m) == 0 || mpz_sgn(y->m) == 0)
        set(r, mpz_sgn(x->m) == 0 ? y : x);
    else if (small->e + size(small) < floor) { /* replaced by what is further out: 2^floor, or 0 */
        int sign = mpz_sgn(small->m);
        dyadic tiny;
        dyadic_init(&tiny, (sign > 0) == (d == UP) ? sign : 0);
        tiny.e = floor;
        add_near(r, large, &tiny);
        dyadic_clear(&tiny);
    } else
        add_near(r, large, small);
    shorten(r, d);
}

static void multiply(dyadic *r, const dyadic *x, const dyadic *y, direction d) {
    mpz_mul(r->m, x->m, y->m);
    r->e = x->e + y->e;
    shorten(r, d);
}

/* x / y, r being neither of them; the flag when y is 0. */
static void divide(dyadic *r, const dyadic *x, const dyadic *y, direction d) {
    long shift = bits + 8 + size(y) - size(x);
    if (shift < 0) shift = 0;
    if (mpz_sgn(y->m) == 0) { /* of an interval that nobody believes */
        failed = true;
        return;
    }
    mpz_mul_2exp(r->m, x->m, (mp_bitcnt_t)shift);
    (d == DOWN ? mpz_fdiv_q : mpz_cdiv_q)(r->m, r->m, y->m);
    r->e = x->e - y->e - shift;
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
    work += price(0) + (uint64_t)size(r) / 16;
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
    return dyadic_compare(&r->lo, &r->hi) <= 0 ? r : interval_fail();
}

iv iv_lower(iv x) { return iv_ends(&x->lo, &x->lo); }

iv iv_upper(iv x) { return iv_ends(&x->hi, &x->hi); }

iv iv_join(iv x, iv y) { return iv_ends(&x->lo, &y->hi); }

/* n rounded to an interval */
static iv whole(const mpz_t n) {
    dyadic x = {{n[0]}, 0};
    return iv_ends(&x, &x);
}

iv iv_ratio(const mpq_t q) { return iv_div(whole(mpq_numref(q)), whole(mpq_denref(q))); }

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

/* x or -x: the one whose upper end is larger. */
static iv magnitude(iv x) {
    iv y = iv_neg(x);
    return dyadic_compare(&y->hi, &x->hi) > 0 ? y : x;
}

/* Is x a number of less than n bits before the binary point? */
static bool is_smaller_than(const dyadic *x, long n) { return mpz_sgn(x->m) == 0 || x->e + size(x) <= n; }

/* The series of these functions, the first four in z = t^2: sinh(t)/t, its derivative, half its second one, cosh(t);
 * exp; artanh(t)/t. */
typedef enum { SINHC, SINHC_SLOPE, SINHC_BEND, COSH, EXP, ARTANH } series;

static void keep(interval *r, iv x) {
    set(&r->lo, &x->lo);
    set(&r->hi, &x->hi);
}

/* The sum at x. The term k + 1 is term k times x/under, of artanh times 2k + 1 more. After a term the rest is less than it
 * in size once each next one is at most half the one before, as when |x| < 2^n with n < 0 or 2^(n+1) <= under: after at
 * most 181 terms (n = 16), none of which has 2^370 in size. What was taken from the pool for a term goes back to it.
 * theory/certificates.md (1), (2), (4) */
static iv sum_series(iv x, series f) {
    static const long first[] = {1, 6, 120, 1, 1, 1};
    const dyadic *top = &magnitude(x)->hi;
    int64_t n = mpz_sgn(top->m) != 0 ? top->e + size(top) : -1;
    if (n > (f == ARTANH ? -1 : f == EXP ? 0 : 16)) return interval_fail();
    interval *term = fresh(), *sum = fresh();
    keep(term, iv_div(iv_integer(1), iv_integer(first[f])));
    keep(sum, term);
    long mark = used;
    bool is_last = false;
    for (long k = 0; !is_last; k++, used = mark) {
        if (failed || k > bits + SLOW_TERMS) return interval_fail();
        long under = 2 * (k + 1) * (2 * k + 3 + 2 * (long)f);
        if (f >= COSH) under = f == COSH ? (2 * k + 1) * (2 * k + 2) : f == EXP ? k + 1 : 2 * k + 3;
        if (f == ARTANH) keep(term, iv_mul(term, iv_integer(2 * k + 1)));
        keep(term, iv_div(iv_mul(term, x), iv_integer(under)));
        keep(sum, iv_add(sum, term));
        is_last = is_smaller_than(&magnitude(term)->hi, -bits - 4) && (n < 0 || under >> (n + 1) > 0);
    }
    iv rest = magnitude(term);
    return iv_add(sum, iv_join(iv_neg(rest), rest));
}

/* exp at a point: the series at x/2^j of size below 1/2, then j squarings. theory/certificates.md (1) */
static iv exp_at(iv x) {
    if (!is_smaller_than(&x->lo, 20)) return interval_fail();
    long j = is_smaller_than(&x->lo, -1) ? 0 : (long)(x->lo.e + size(&x->lo)) + 1;
    dyadic y = x->lo;
    y.e -= j;
    iv r = sum_series(iv_ends(&y, &y), EXP);
    for (; j > 0; j--) r = iv_mul(r, r);
    return r;
}

iv iv_exp(iv x) { return iv_join(exp_at(iv_lower(x)), exp_at(iv_upper(x))); }

/* 2 artanh(w), |w| < 1/2 */
static iv two_artanh(iv w) { return iv_mul(iv_add(w, w), sum_series(iv_mul(w, w), ARTANH)); }

/* log at a point x = y 2^n with 3/4 <= y < 3/2: 2 artanh((y - 1)/(y + 1)) + n 2 artanh(1/3). */
static iv log_at(iv x) {
    if (mpz_sgn(x->lo.m) <= 0) return interval_fail();
    dyadic z = x->lo;
    z.e = -size(&z) + !(size(&z) > 1 && mpz_tstbit(z.m, (mp_bitcnt_t)size(&z) - 2)); /* the second bit */
    iv y = iv_ends(&z, &z), one = iv_integer(1), r = two_artanh(iv_div(iv_sub(y, one), iv_add(y, one)));
    int64_t n = x->lo.e - z.e;
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

static iv rising(iv z, series f) {
    iv zero = iv_integer(0), low = mpz_sgn(z->lo.m) > 0 ? iv_lower(z) : zero;
    return iv_join(sum_series(low, f), sum_series(mpz_sgn(z->hi.m) > 0 ? iv_upper(z) : zero, f));
}

iv iv_cosh(iv z) { return rising(z, COSH); }

iv iv_sinhc(iv z) { return rising(z, SINHC); }

iv iv_sinhc_slope(iv z) { return rising(z, SINHC_SLOPE); }

iv iv_sinhc_bend(iv z) { return rising(z, SINHC_BEND); }
