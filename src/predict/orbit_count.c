/* The number of real roots from the expanded polynomial: a second algorithm that shares nothing with
 * orbit_roots.c. theory/orbit-polynomial.md (7)
 *
 * For even L, 1 + u divides Phi, and what is left is even: x^2 is deflated. For odd L nothing
 * deflates. The square-free part is then counted by FLINT's exact real root counting. */
#include "model/domain.h"
#include "predict/word.h"
#include <edgewise/predict.h>

/* Divides phi by the primitive part of 1 + u: n x^L q - n p x^(L-2) - 2 d q up to sign. */
static bool divide_second_cycle(fmpz_poly_t phi, const ew_mode_t mode)
{
    slong L = mode->depth;
    fmpz_poly_t factor, quotient;
    fmpz_t c, t;
    fmpz_poly_init(factor);
    fmpz_poly_init(quotient);
    fmpz_init(c);
    fmpz_init(t);
    const fmpz *n = fmpq_numref(mode->eta), *d = fmpq_denref(mode->eta);
    const fmpz *p = fmpq_numref(mode->sigma), *q = fmpq_denref(mode->sigma);
    fmpz_mul(c, n, q);
    fmpz_poly_set_coeff_fmpz(factor, 2 * L - 2, c);
    fmpz_mul(c, n, p);
    fmpz_neg(c, c);
    fmpz_poly_set_coeff_fmpz(factor, L - 2, c);
    fmpz_mul(t, d, q);
    fmpz_mul_2exp(t, t, 1);
    fmpz_poly_get_coeff_fmpz(c, factor, 0);
    fmpz_sub(c, c, t);
    fmpz_poly_set_coeff_fmpz(factor, 0, c);
    fmpz_poly_primitive_part(factor, factor);
    bool divides =
        fmpz_poly_divides(quotient, phi, factor) && ew_poly_product_stands(phi, quotient, factor);
    fmpz_poly_swap(phi, quotient);
    fmpz_poly_clear(factor);
    fmpz_poly_clear(quotient);
    fmpz_clear(c);
    fmpz_clear(t);
    return divides;
}

/* phi(x) = out(x^2); false when phi is not even. */
static bool deflate_square(fmpz_poly_t phi)
{
    for (slong i = 1; i < fmpz_poly_length(phi); i += 2)
        if (!fmpz_is_zero(phi->coeffs + i))
            return false;
    slong length = (fmpz_poly_length(phi) + 1) / 2;
    for (slong i = 0; i < length; i++)
        fmpz_swap(phi->coeffs + i, phi->coeffs + 2 * i);
    fmpz_poly_truncate(phi, length);
    return true;
}

/* phi / gcd(phi, phi'), checked by multiplying back. */
static bool square_free_part(fmpz_poly_t phi)
{
    fmpz_poly_t slope, common, quotient;
    fmpz_poly_init(slope);
    fmpz_poly_init(common);
    fmpz_poly_init(quotient);
    fmpz_poly_derivative(slope, phi);
    fmpz_poly_gcd(common, phi, slope);
    bool fine =
        fmpz_poly_divides(quotient, phi, common) && ew_poly_product_stands(phi, quotient, common);
    fmpz_poly_swap(phi, quotient);
    fmpz_poly_clear(slope);
    fmpz_poly_clear(common);
    fmpz_poly_clear(quotient);
    return fine;
}

ew_status ew_orbit_count_expanded(slong *count, const ew_mode_t mode)
{
    if (count == NULL || !ew_mode_is_positive(mode))
        return EW_BAD_INPUT;
    fmpz_poly_t phi;
    fmpz_poly_init(phi);
    bool even = mode->depth % 2 == 0;
    ew_status status = ew_orbit_poly_build(phi, mode);
    bool fine = status == EW_OK;
    if (fine && even)
        fine = divide_second_cycle(phi, mode) && deflate_square(phi);
    if (fine && square_free_part(phi)) {
        if (even) { /* roots +-sqrt(t) for t > 0, and the two of 1 + u; Phi(0) = 2 or more */
            slong negative = 0, positive = 0;
            _fmpz_poly_num_real_roots_sturm(&negative, &positive, phi->coeffs,
                                            fmpz_poly_length(phi));
            *count = 2 * positive + 2;
        } else
            *count = fmpz_poly_num_real_roots(phi);
    } else if (status == EW_OK)
        status = EW_UNDECIDED_STATUS;
    fmpz_poly_clear(phi);
    return status;
}
