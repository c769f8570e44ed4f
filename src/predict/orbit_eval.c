/* Phi at a point, unexpanded: theory/orbit-polynomial.md (3),
 *
 *     Phi = 1 + u^(2L-1) - K u^(L-1) G,   u = 1 + eta x^(L-2) (sigma - x^L),
 *     K = sigma eta x^(L-2),              G = 1 + u + ... + u^(L-1).
 *
 * The powers and the geometric sum come together by doubling, (u^n, G_n) -> (u^2n, G_n (1 + u^n)), so
 * there is no division and no spurious zero at sigma^(1/L), where u = 1. */
#include "model/domain.h"
#include <edgewise/predict.h>

void ew_orbit_eval_exact(fmpq_t value, const fmpq_t x, const ew_mode_t mode)
{
    if (!ew_mode_is_positive(mode) || !ew_rational_fits(x))
        return;
    slong L = mode->depth;
    fmpq_t u, K, power, sum;
    fmpq_init(u);
    fmpq_init(K);
    fmpq_init(power);
    fmpq_init(sum);
    fmpq_pow_si(K, x, L - 2);
    fmpq_mul(K, K, mode->eta); /* eta x^(L-2), sigma follows below */
    fmpq_pow_si(u, x, L);
    fmpq_sub(u, mode->sigma, u);
    fmpq_mul(u, u, K);
    fmpq_add_si(u, u, 1);
    fmpq_mul(K, K, mode->sigma);
    fmpq_one(power); /* u^n and G_n, n = 0; plainly, as this is the reference */
    for (slong n = 0; n < L; n++) {
        fmpq_add(sum, sum, power);
        if (n < L - 1)
            fmpq_mul(power, power, u);
    }
    fmpq_mul(sum, sum, power);
    fmpq_mul(sum, sum, K);
    fmpq_mul(value, power, power);
    fmpq_mul(value, value, u);
    fmpq_add_si(value, value, 1);
    fmpq_sub(value, value, sum);
    fmpq_clear(u);
    fmpq_clear(K);
    fmpq_clear(power);
    fmpq_clear(sum);
}

/* P = u^n, G = G_n(u) and their derivatives dP, dG in u (both NULL when not wanted). */
static void geometric_ball(arb_t P, arb_t G, arb_ptr dP, arb_ptr dG, const arb_t u, ulong n,
                           slong prec)
{
    arb_t t;
    arb_init(t);
    arb_one(P);
    arb_zero(G);
    for (int bit = (int)FLINT_BIT_COUNT(n) - 1; bit >= 0; bit--) {
        if (dG != NULL) { /* n -> 2n: (G + G P)' and (P^2)' */
            arb_mul(t, G, dP, prec);
            arb_addmul(t, dG, P, prec);
            arb_add(dG, dG, t, prec);
            arb_mul(dP, dP, P, prec);
            arb_mul_2exp_si(dP, dP, 1);
        }
        arb_addmul(G, G, P, prec);
        arb_sqr(P, P, prec);
        if (((n >> bit) & 1) == 0)
            continue;
        if (dG != NULL) { /* n -> n + 1: (G + P)' and (P u)' */
            arb_add(dG, dG, dP, prec);
            arb_mul(dP, dP, u, prec);
            arb_add(dP, dP, P, prec);
        }
        arb_add(G, G, P, prec);
        arb_mul(P, P, u, prec);
    }
    arb_clear(t);
}

/* K = sigma eta x^(L-2), u, and their derivatives (when dK, du are not NULL). */
static void orbit_terms_ball(arb_t K, arb_t u, arb_ptr dK, arb_ptr du, const arb_t x,
                             const ew_ball_mode_t ball)
{
    slong prec = ball->prec;
    ulong L = (ulong)ball->depth;
    arb_t low, xl; /* eta x^(L-3) (eta for L = 2), x^L */
    arb_init(low);
    arb_init(xl);
    arb_pow_ui(low, x, L == 2 ? 0 : L - 3, prec);
    arb_mul(K, low, x, prec);
    if (L == 2)
        arb_one(K);
    arb_mul(xl, K, x, prec);
    arb_mul(xl, xl, x, prec);
    arb_mul(low, low, ball->eta, prec);
    if (du != NULL) { /* u' = eta x^(L-3) ((L-2) sigma - (2L-2) x^L); for L = 2: -2 eta x */
        arb_mul_ui(dK, ball->sigma, L - 2, prec);
        if (L == 2)
            arb_mul(du, x, low, prec);
        else
            arb_mul(du, xl, low, prec);
        arb_mul(dK, dK, low, prec);
        arb_mul_ui(du, du, 2 * L - 2, prec);
        arb_sub(du, dK, du, prec);
    }
    arb_mul(K, K, ball->eta, prec);
    arb_sub(u, ball->sigma, xl, prec);
    arb_mul(u, u, K, prec);
    arb_add_ui(u, u, 1, prec);
    arb_mul(K, K, ball->sigma, prec);
    arb_clear(low);
    arb_clear(xl);
}

void ew_orbit_eval_ball(arb_t value, arb_t dphi, const arb_t x, const ew_ball_mode_t ball)
{
    if (!ew_ball_mode_fits(ball)) {
        arb_indeterminate(value);
        if (dphi != NULL)
            arb_indeterminate(dphi);
        return;
    }
    slong prec = ball->prec;
    ulong L = (ulong)ball->depth;
    bool slope = dphi != NULL;
    arb_struct v[9];
    for (int i = 0; i < 9; i++)
        arb_init(v + i);
    arb_ptr K = v, u = v + 1, P = v + 2, G = v + 3, t = v + 4;
    arb_ptr dK = v + 5, du = v + 6, dP = v + 7, dG = v + 8;

    orbit_terms_ball(K, u, slope ? dK : NULL, slope ? du : NULL, x, ball);
    geometric_ball(P, G, slope ? dP : NULL, slope ? dG : NULL, u, L - 1, prec);
    arb_add(G, G, P, prec); /* G_L = G_(L-1) + u^(L-1) */
    arb_sqr(t, P, prec);    /* u^(2L-2) */
    if (slope) {            /* Phi' = ((2L-1) u^(2L-2) - K (P G)') u' - K' P G */
        arb_add(dG, dG, dP, prec);
        arb_mul(dG, dG, P, prec);
        arb_addmul(dG, dP, G, prec);
        arb_mul(dG, dG, K, prec);
        arb_mul_ui(dP, t, 2 * L - 1, prec);
        arb_sub(dP, dP, dG, prec);
        arb_mul(dP, dP, du, prec);
        arb_mul(dK, dK, P, prec);
    }
    arb_mul(t, t, u, prec);
    arb_add_ui(t, t, 1, prec);
    arb_mul(P, P, K, prec);
    if (slope) {
        arb_submul(dP, dK, G, prec);
        arb_swap(dphi, dP);
    }
    arb_submul(t, P, G, prec);
    arb_swap(value, t);
    for (int i = 0; i < 9; i++)
        arb_clear(v + i);
}

void ew_orbit_eval_mpfr(mpfr_t value, const mpfr_t x, const ew_mode_t mode)
{
    if (!ew_mode_is_positive(mode)) {
        mpfr_set_nan(value);
        return;
    }
    mpfr_prec_t prec = mpfr_get_prec(value);
    ulong L = (ulong)mode->depth;
    mpfr_t eta, sigma, K, u, P, G;
    mpfr_inits2(prec, eta, sigma, K, u, P, G, (mpfr_ptr)NULL);
    fmpq_get_mpfr(eta, mode->eta, MPFR_RNDN);
    fmpq_get_mpfr(sigma, mode->sigma, MPFR_RNDN);
    mpfr_pow_ui(K, x, L - 2, MPFR_RNDN);
    mpfr_mul(K, K, eta, MPFR_RNDN);
    mpfr_pow_ui(u, x, L, MPFR_RNDN);
    mpfr_sub(u, sigma, u, MPFR_RNDN);
    mpfr_mul(u, u, K, MPFR_RNDN);
    mpfr_add_ui(u, u, 1, MPFR_RNDN);
    mpfr_mul(K, K, sigma, MPFR_RNDN);
    mpfr_set_ui(P, 1, MPFR_RNDN); /* u^(L-1) and G_L by Horner's rule on the bits of L - 1 */
    mpfr_set_ui(G, 0, MPFR_RNDN);
    for (int bit = (int)FLINT_BIT_COUNT(L - 1) - 1; bit >= 0; bit--) {
        mpfr_fma(G, G, P, G, MPFR_RNDN);
        mpfr_sqr(P, P, MPFR_RNDN);
        if (((L - 1) >> bit) & 1) {
            mpfr_add(G, G, P, MPFR_RNDN);
            mpfr_mul(P, P, u, MPFR_RNDN);
        }
    }
    mpfr_add(G, G, P, MPFR_RNDN);
    mpfr_mul(G, G, P, MPFR_RNDN);
    mpfr_mul(G, G, K, MPFR_RNDN);
    mpfr_sqr(P, P, MPFR_RNDN);
    mpfr_mul(P, P, u, MPFR_RNDN);
    mpfr_add_ui(P, P, 1, MPFR_RNDN);
    mpfr_sub(value, P, G, MPFR_RNDN);
    mpfr_clears(eta, sigma, K, u, P, G, (mpfr_ptr)NULL);
}
