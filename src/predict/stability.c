/* The multipliers of the 2-cycle. theory/orbit-stability.md (1), (2)
 *
 * Along the balanced line g'(rho_1) g'(rho_2); across it (1 - k_1)(1 - k_2), as a - b is multiplied by
 * 1 - k in a step. */
#include "model/domain.h"
#include <edgewise/predict.h>

void ew_stability_init(ew_stability_t stability)
{
    arb_init(stability->along);
    arb_init(stability->across);
    stability->attracts = EW_UNKNOWN;
}

void ew_stability_clear(ew_stability_t stability)
{
    arb_clear(stability->along);
    arb_clear(stability->across);
}

/* Is |m| < 1? */
static ew_answer inside_unit(const arb_t m)
{
    arb_t size, one;
    arb_init(size);
    arb_init(one);
    arb_abs(size, m);
    arb_one(one);
    ew_answer answer = arb_lt(size, one) ? EW_YES : arb_gt(size, one) ? EW_NO : EW_UNKNOWN;
    arb_clear(size);
    arb_clear(one);
    return answer;
}

void ew_orbit_stability(ew_stability_t stability, const ew_roots_t roots, const ew_mode_t mode,
                        slong prec)
{
    if (!ew_mode_is_positive(mode) || !ew_prec_fits(prec) || roots->low < 0 || roots->high < 0) {
        arb_indeterminate(stability->along);
        arb_indeterminate(stability->across);
        stability->attracts = EW_UNKNOWN;
        return;
    }
    ew_ball_mode_t ball;
    arb_t x, slope, k, r;
    ew_ball_mode_init(ball, mode, prec + 32);
    arb_init(x);
    arb_init(slope);
    arb_init(k);
    arb_init(r);
    arb_one(stability->along);
    arb_one(stability->across);
    const slong points[] = {roots->low, roots->high};
    for (int i = 0; i < 2; i++) {
        arb_srcptr rho = roots->roots[points[i]].x;
        ew_pair_factor_ball(k, r, rho, rho, ball);
        arb_sub_ui(k, k, 1, ball->prec);
        arb_neg(k, k);
        arb_mul(stability->across, stability->across, k, ball->prec);
        arb_set(x, rho);
        ew_balanced_step_ball(x, slope, ball);
        arb_mul(stability->along, stability->along, slope, ball->prec);
    }
    ew_answer along = inside_unit(stability->along), across = inside_unit(stability->across);
    stability->attracts = along == EW_NO || across == EW_NO     ? EW_NO
                          : along == EW_YES && across == EW_YES ? EW_YES
                                                                : EW_UNKNOWN;
    ew_ball_mode_clear(ball);
    arb_clear(x);
    arb_clear(slope);
    arb_clear(k);
    arb_clear(r);
}
