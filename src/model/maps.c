/* The maps of one mode, exact and in balls. theory/model.md (1), (2) */
#include "model/domain.h"
#include <edgewise/model.h>

void ew_pair_step_exact(fmpq_t a, fmpq_t b, fmpq_t k, const ew_mode_t mode)
{
    if (!ew_mode_fits(mode)) {
        fmpq_zero(k);
        return;
    }
    slong L = mode->depth;
    fmpq_t power, r, ka;
    fmpq_init(power);
    fmpq_init(r);
    fmpq_init(ka);
    fmpq_pow_si(power, b, L - 2); /* 0^0 = 1: L = 2 */
    fmpq_mul(r, power, b);
    fmpq_mul(r, r, a);
    fmpq_sub(r, mode->sigma, r); /* -r */
    fmpq_mul(k, mode->eta, r);
    fmpq_mul(k, k, power);
    fmpq_mul(ka, k, a);
    fmpq_addmul(a, k, b);
    fmpq_add(b, b, ka);
    fmpq_clear(power);
    fmpq_clear(r);
    fmpq_clear(ka);
}

void ew_ball_mode_init(ew_ball_mode_t ball, const ew_mode_t mode, slong prec)
{
    bool fits = ew_mode_fits(mode) && ew_prec_fits(prec);
    ball->depth = fits ? mode->depth : 0;
    ball->prec = prec;
    arb_init(ball->eta);
    arb_init(ball->sigma);
    if (!fits)
        return;
    arb_set_fmpq(ball->eta, mode->eta, prec);
    arb_set_fmpq(ball->sigma, mode->sigma, prec);
}

void ew_ball_mode_clear(ew_ball_mode_t ball)
{
    arb_clear(ball->eta);
    arb_clear(ball->sigma);
}

void ew_pair_factor_ball(arb_t k, arb_t r, const arb_t a, const arb_t b, const ew_ball_mode_t ball)
{
    if (!ew_ball_mode_fits(ball)) {
        arb_indeterminate(k);
        arb_indeterminate(r);
        return;
    }
    slong prec = ball->prec;
    arb_t power, t;
    arb_init(power);
    arb_init(t);
    arb_pow_ui(power, b, (ulong)ball->depth - 2, prec);
    arb_mul(t, power, b, prec);
    arb_mul(t, t, a, prec);
    arb_sub(r, t, ball->sigma, prec);
    arb_mul(t, ball->eta, r, prec);
    arb_mul(t, t, power, prec);
    arb_neg(k, t);
    arb_clear(power);
    arb_clear(t);
}

void ew_pair_step_ball(arb_t a, arb_t b, arb_t k, arb_t r, const ew_ball_mode_t ball)
{
    if (!ew_ball_mode_fits(ball)) {
        arb_indeterminate(a);
        arb_indeterminate(b);
        arb_indeterminate(k);
        arb_indeterminate(r);
        return;
    }
    slong prec = ball->prec;
    ew_pair_factor_ball(k, r, a, b, ball);
    arb_t ka;
    arb_init(ka);
    arb_mul(ka, k, a, prec);
    arb_addmul(a, k, b, prec);
    arb_add(b, b, ka, prec);
    arb_clear(ka);
}

void ew_balanced_step_ball(arb_t x, arb_t dg, const ew_ball_mode_t ball)
{
    if (!ew_ball_mode_fits(ball)) {
        arb_indeterminate(x);
        if (dg != NULL)
            arb_indeterminate(dg);
        return;
    }
    slong prec = ball->prec;
    ulong L = (ulong)ball->depth;
    arb_t power, xl, t;
    arb_init(power);
    arb_init(xl);
    arb_init(t);
    arb_pow_ui(power, x, L - 2, prec);
    arb_mul(xl, power, x, prec);
    arb_mul(xl, xl, x, prec);
    arb_sub(t, ball->sigma, xl, prec);
    arb_mul(power, power, ball->eta, prec); /* eta x^(L-2) */
    arb_mul(t, t, power, prec);             /* k = u - 1 */
    if (dg != NULL) {                       /* g' = 1 + eta x^(L-2) ((L-1) sigma - (2L-1) x^L) */
        arb_mul_ui(dg, ball->sigma, L - 1, prec);
        arb_submul_ui(dg, xl, 2 * L - 1, prec);
        arb_mul(dg, dg, power, prec);
        arb_add_ui(dg, dg, 1, prec);
    }
    arb_addmul(x, x, t, prec);
    arb_clear(power);
    arb_clear(xl);
    arb_clear(t);
}
