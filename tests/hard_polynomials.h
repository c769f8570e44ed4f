/* Polynomials that are hard on a root finder, drawn at random: for the differential tests of the general solver. */
#ifndef EDGEWISE_TESTS_HARD_POLYNOMIALS_H
#define EDGEWISE_TESTS_HARD_POLYNOMIALS_H

#include "modes.h"

enum { HARD_KINDS = 12 };

static slong hard_below(ew_random *random, slong n)
{
    return (slong)ew_random_below(random, (ulong)n);
}

/* f times a x - b. */
static void hard_times_linear(fmpz_poly_t f, const fmpz_t a, const fmpz_t b)
{
    fmpz_poly_t factor;
    fmpz_poly_init(factor);
    fmpz_poly_set_coeff_fmpz(factor, 0, b);
    fmpz_poly_neg(factor, factor);
    fmpz_poly_set_coeff_fmpz(factor, 1, a);
    fmpz_poly_mul_KS(f, f, factor);
    fmpz_poly_clear(factor);
}

/* A random integer of at most that many bits, of either sign, not 0. */
static void hard_integer(fmpz_t out, ew_random *random, slong bits)
{
    slong size = 1 + hard_below(random, bits);
    fmpz_one(out);
    for (slong i = 1; i < size; i++) {
        fmpz_mul_2exp(out, out, 1);
        fmpz_add_ui(out, out, ew_random_below(random, 2));
    }
    if (ew_random_below(random, 2) == 0)
        fmpz_neg(out, out);
}

/* sign x^n + c (a x + b)^2: two roots a^(-n/2) apart, real or not. */
static void hard_mignotte(fmpz_poly_t f, ew_random *random)
{
    fmpz_t a;
    fmpz_init(a);
    hard_integer(a, random, 60);
    fmpz_poly_set_coeff_fmpz(f, 1, a);
    fmpz_poly_set_coeff_si(f, 0, 1 + hard_below(random, 3));
    fmpz_poly_mul_KS(f, f, f);
    fmpz_poly_scalar_mul_si(f, f, hard_below(random, 2) == 0 ? 2 : -2);
    fmpz_poly_set_coeff_si(f, 3 + hard_below(random, 15), hard_below(random, 2) == 0 ? 1 : -1);
    fmpz_clear(a);
}

/* `count` roots near each other, 2^-bits apart, perhaps moved off the line by one in the lowest coefficient. */
static void hard_cluster(fmpz_poly_t f, ew_random *random)
{
    fmpz_t a, b, scale;
    fmpz_init(a), fmpz_init(b), fmpz_init(scale);
    fmpz_poly_one(f);
    for (slong groups = 1 + hard_below(random, 2); groups > 0; groups--) {
        fmpz_one_2exp(scale, (ulong)hard_below(random, 150));
        hard_integer(b, random, 10);
        fmpz_mul(b, b, scale);
        fmpz_mul_ui(a, scale, 1 + ew_random_below(random, 5));
        for (slong count = 2 + hard_below(random, 4); count > 0; count--) {
            hard_times_linear(f, a, b);
            fmpz_add_ui(b, b, 1 + ew_random_below(random, 3));
        }
    }
    fmpz_poly_get_coeff_fmpz(a, f, 0);
    fmpz_add_si(a, a, hard_below(random, 3) - 1);
    fmpz_poly_set_coeff_fmpz(f, 0, a);
    fmpz_clear(a), fmpz_clear(b), fmpz_clear(scale);
}

/* Rational roots up to 40 decades apart. */
static void hard_decades(fmpz_poly_t f, ew_random *random)
{
    fmpz_t a, b;
    fmpz_init(a), fmpz_init(b);
    fmpz_poly_one(f);
    for (slong count = 2 + hard_below(random, 9); count > 0; count--) {
        fmpz_ui_pow_ui(a, 10, ew_random_below(random, 21));
        fmpz_mul_ui(a, a, 1 + ew_random_below(random, 4));
        fmpz_ui_pow_ui(b, 10, ew_random_below(random, 21));
        fmpz_mul_si(b, b, hard_below(random, 7) - 3);
        hard_times_linear(f, a, b);
    }
    fmpz_clear(a), fmpz_clear(b);
}

/* (x - 1) (x - 2) ..., some left out, some twice, perhaps moved by one somewhere. */
static void hard_wilkinson(fmpz_poly_t f, ew_random *random)
{
    fmpz_t a, b;
    fmpz_init(a), fmpz_init(b);
    fmpz_poly_one(f);
    fmpz_set_si(a, 1 + hard_below(random, 3));
    slong count = 3 + hard_below(random, 14), from = hard_below(random, 2) == 0 ? 1 : -count / 2;
    for (slong k = 0; k < count; k++) {
        fmpz_set_si(b, from + k);
        for (slong times = hard_below(random, 12); times < 11; times = times == 0 ? 1 : 11)
            hard_times_linear(f, a, b);
    }
    slong at = hard_below(random, 2 * count);
    if (at < fmpz_poly_degree(f)) {
        fmpz_poly_get_coeff_fmpz(b, f, at);
        fmpz_add_ui(b, b, 1);
        fmpz_poly_set_coeff_fmpz(f, at, b);
    }
    fmpz_clear(a), fmpz_clear(b);
}

/* Chebyshev's, Legendre's and Laguerre's polynomials at a x + b. */
static void hard_orthogonal(fmpz_poly_t f, ew_random *random)
{
    slong n = 3 + hard_below(random, 16);
    fmpz_poly_t inner;
    fmpq_poly_t g;
    fmpz_poly_init(inner);
    fmpq_poly_init(g);
    switch (ew_random_below(random, 3)) {
    case 0:
        fmpz_poly_chebyshev_t(f, (ulong)n);
        break;
    case 1:
        fmpq_poly_legendre_p(g, (ulong)n);
        fmpq_poly_get_numerator(f, g);
        break;
    default:
        fmpq_poly_laguerre_l(g, (ulong)n);
        fmpq_poly_get_numerator(f, g);
    }
    fmpz_poly_set_coeff_si(inner, 1, 1 + hard_below(random, 5));
    fmpz_poly_set_coeff_si(inner, 0, hard_below(random, 5) - 2);
    fmpz_poly_compose(f, f, inner);
    fmpz_poly_clear(inner);
    fmpq_poly_clear(g);
}

/* Coefficients of up to 250 bits in up to 40 places. */
static void hard_coefficients(fmpz_poly_t f, ew_random *random, slong degree, slong terms)
{
    fmpz_t c;
    fmpz_init(c);
    for (; terms > 0; terms--) {
        hard_integer(c, random, 1 + hard_below(random, 250));
        fmpz_poly_set_coeff_fmpz(f, hard_below(random, degree + 1), c);
    }
    fmpz_clear(c);
}

/* g^2 10^k - d for a g of the same kind: clusters within clusters. */
static void hard_nested(fmpz_poly_t f, ew_random *random)
{
    fmpz_t c;
    fmpz_init(c);
    fmpz_poly_set_coeff_si(f, 1 + hard_below(random, 2), 1 + hard_below(random, 3));
    fmpz_poly_set_coeff_si(f, 0, -1 - hard_below(random, 3));
    for (slong times = 1 + hard_below(random, 3); times > 0; times--) {
        fmpz_poly_mul_KS(f, f, f);
        fmpz_ui_pow_ui(c, 10, ew_random_below(random, 40));
        fmpz_poly_scalar_mul_fmpz(f, f, c);
        fmpz_poly_get_coeff_fmpz(c, f, 0);
        fmpz_sub_si(c, c, hard_below(random, 4) - 1);
        fmpz_poly_set_coeff_fmpz(f, 0, c);
    }
    fmpz_clear(c);
}

/* Dyadic roots, on which halving falls, with others 2^-k beside them. */
static void hard_dyadic(fmpz_poly_t f, ew_random *random)
{
    fmpz_t a, b;
    fmpz_init(a), fmpz_init(b);
    fmpz_poly_one(f);
    for (slong count = 1 + hard_below(random, 3); count > 0; count--) {
        ulong shift = ew_random_below(random, 80);
        fmpz_one_2exp(a, ew_random_below(random, 12));
        hard_integer(b, random, 12);
        hard_times_linear(f, a, b);
        fmpz_mul_2exp(a, a, shift);
        fmpz_mul_2exp(b, b, shift);
        fmpz_add_si(b, b, hard_below(random, 3) - 1);
        hard_times_linear(f, a, b);
    }
    fmpz_clear(a), fmpz_clear(b);
}

/* One of the HARD_KINDS kinds; not 0. */
static void hard_draw(fmpz_poly_t f, ew_random *random, int kind)
{
    fmpz_poly_t g;
    fmpz_poly_init(g);
    fmpz_poly_zero(f);
    switch (kind) {
    case 0:
        hard_mignotte(f, random);
        break;
    case 1:
        hard_cluster(f, random);
        break;
    case 2:
        hard_decades(f, random);
        break;
    case 3:
        hard_wilkinson(f, random);
        break;
    case 4:
        hard_orthogonal(f, random);
        break;
    case 5:
        hard_coefficients(f, random, 1 + hard_below(random, 20), 40);
        break;
    case 6:
        hard_coefficients(f, random, 40, 4);
        break;
    case 7:
        hard_nested(f, random);
        break;
    case 8:
        hard_dyadic(f, random);
        break;
    case 9: /* powers of one times another */
        hard_draw(f, random, hard_below(random, 2) == 0 ? 0 : 5);
        fmpz_poly_mul_KS(f, f, f);
        hard_draw(g, random, 8);
        fmpz_poly_mul_KS(f, f, g);
        break;
    case 10: /* two of different kinds */
        hard_draw(f, random, (int)hard_below(random, 9));
        hard_draw(g, random, (int)hard_below(random, 3));
        fmpz_poly_mul_KS(f, f, g);
        break;
    default: /* in x^m */
        hard_draw(g, random, (int)hard_below(random, 4));
        fmpz_poly_inflate(f, g, 2 + ew_random_below(random, 2));
    }
    if (fmpz_poly_is_zero(f))
        fmpz_poly_one(f);
    fmpz_poly_clear(g);
}

#endif
