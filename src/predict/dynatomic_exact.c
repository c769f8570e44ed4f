/* Multiple zeros, on expanded polynomials. theory/dynatomic.md (13)
 *
 * Every gcd, quotient and factorisation taken from the library below is multiplied back by Kronecker substitution; what
 * is concluded rests on these products, and on balls that exclude zero. */
#include "predict/period.h"
#include <math.h>

enum { MOST_DEGREE = 4096 };

void ew_exact_newton(arb_t N, const arb_t x, const fmpz_poly_t f, slong prec)
{
    arb_t m, value, slope;
    fmpz_poly_t df;
    arb_init(m);
    arb_init(value);
    arb_init(slope);
    fmpz_poly_init(df);
    fmpz_poly_derivative(df, f);
    arb_get_mid_arb(m, x);
    arb_fmpz_poly_evaluate_arb(value, f, m, prec);
    arb_fmpz_poly_evaluate_arb(slope, df, x, prec);
    arb_div(value, value, slope, prec);
    arb_sub(N, m, value, prec);
    fmpz_poly_clear(df);
    arb_clear(m);
    arb_clear(value);
    arb_clear(slope);
}

/* h_n expanded: the product of Phi_d over d | n, d > 1. */
static ew_status expand_quotient(fmpz_poly_t h, const search_t search)
{
    double degree = pow(2 * (double)search->mode->depth - 1, (double)search->n);
    if (degree > MOST_DEGREE)
        return EW_UNDECIDED_STATUS;
    ew_status status = EW_OK;
    fmpz_poly_t phi;
    fmpz_poly_init(phi);
    fmpz_poly_one(h);
    for (slong d = 2; d <= search->n && status == EW_OK; d++) {
        if (search->n % d != 0)
            continue;
        status = ew_dynatomic_build(phi, search->mode, d);
        fmpz_poly_mul_KS(h, h, phi);
    }
    fmpz_poly_clear(phi);
    return status;
}

/* With h = q c and h' = r c for a common divisor c, a zero of h of multiplicity m is one of c of multiplicity m - 1 at the
 * most, so q has every zero of h whether or not c is the greatest. */
ew_status ew_exact_square_free(search_t search)
{
    fmpz_poly_t h, slope, common, other;
    fmpz_poly_init(h);
    fmpz_poly_init(slope);
    fmpz_poly_init(common);
    fmpz_poly_init(other);
    fmpz_poly_struct *quotient = search->square_free;
    fmpz_poly_zero(quotient);
    ew_status status = expand_quotient(h, search);
    if (status == EW_OK) {
        fmpz_poly_derivative(slope, h);
        fmpz_poly_gcd(common, h, slope);
        if (fmpz_poly_degree(common) > 0) {
            bool fine = fmpz_poly_divides(quotient, h, common) &&
                        ew_poly_product_stands(h, quotient, common) &&
                        fmpz_poly_divides(other, slope, common) &&
                        ew_poly_product_stands(slope, other, common);
            if (!fine) {
                fmpz_poly_zero(quotient);
                status = EW_UNDECIDED_STATUS;
            }
        }
    }
    fmpz_poly_clear(h);
    fmpz_poly_clear(slope);
    fmpz_poly_clear(common);
    fmpz_poly_clear(other);
    return status;
}

/* f = content times the product of factor^exponent, multiplied back. */
static bool factors_stand(const fmpz_poly_factor_t factors, const fmpz_poly_t f)
{
    fmpz_poly_t product;
    fmpz_poly_init(product);
    fmpz_poly_set_fmpz(product, &factors->c);
    for (slong i = 0; i < factors->num; i++)
        for (slong k = 0; k < factors->exp[i]; k++)
            fmpz_poly_mul_KS(product, product, factors->p + i);
    bool stands = fmpz_poly_equal(product, f);
    fmpz_poly_clear(product);
    return stands;
}

/* Does f vanish at the zero? f's zeros are among those of the square-free part, and the ball isolates one of these. */
static ew_answer vanishes(zero_struct *zero, search_t search, const fmpz_poly_t f)
{
    ew_answer answer = EW_UNKNOWN;
    arb_t value, wider, N;
    arb_init(value);
    arb_init(wider);
    arb_init(N);
    for (slong bits = 64; answer == EW_UNKNOWN && bits <= search->max_prec; bits *= 2) {
        slong prec = 4 * bits;
        if (!ew_period_sharpen(zero, search, bits))
            break;
        arb_fmpz_poly_evaluate_arb(value, f, zero->x, prec);
        if (!arb_contains_zero(value)) {
            answer = EW_NO;
            break;
        }
        ew_period_inflate(wider, zero->x, bits);
        ew_exact_newton(N, wider, search->square_free, prec);
        if (!arb_is_finite(N))
            continue; /* the wider ball may have another zero in it */
        ew_exact_newton(N, wider, f, prec);
        if (arb_is_finite(N) && arb_contains_interior(wider, N))
            answer = EW_YES;
    }
    arb_clear(value);
    arb_clear(wider);
    arb_clear(N);
    return answer;
}

slong ew_exact_multiplicity(zero_struct *zero, search_t search, slong d)
{
    fmpz_poly_t phi;
    fmpz_poly_factor_t factors;
    fmpz_poly_init(phi);
    fmpz_poly_factor_init(factors);
    slong multiplicity = -1;
    if (ew_dynatomic_build(phi, search->mode, d) == EW_OK) {
        fmpz_poly_factor_squarefree(factors, phi);
        if (factors_stand(factors, phi))
            multiplicity = 0;
    }
    for (slong i = 0; i < factors->num && multiplicity >= 0; i++) {
        ew_answer answer = vanishes(zero, search, factors->p + i);
        if (answer == EW_UNKNOWN)
            multiplicity = -1;
        else if (answer == EW_YES)
            multiplicity += factors->exp[i];
    }
    fmpz_poly_factor_clear(factors);
    fmpz_poly_clear(phi);
    return multiplicity;
}
