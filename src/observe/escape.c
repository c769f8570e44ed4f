/* Escape to infinity. theory/trapping.md (12)
 *
 * If a, b != 0, |p| >= 2 sigma and |k| >= 8 max(|a|,|b|) / min(|a|,|b|), then the same holds after
 * a step, and |a|, |b| have grown sevenfold at least. */
#include "observe/escape.h"

bool ew_escapes(const arb_t a, const arb_t b, const arb_t k, const arb_t r,
                const ew_ball_mode_t ball)
{
    slong prec = ball->prec;
    arb_t size_a, size_b, least, bound;
    arb_init(size_a);
    arb_init(size_b);
    arb_init(least);
    arb_init(bound);
    arb_abs(size_a, a);
    arb_abs(size_b, b);
    arb_abs(least, k);
    arb_div_ui(least, least, 8, prec);
    bool escapes = !arb_contains_zero(a) && !arb_contains_zero(b);
    /* |k| / 8 >= |a| / |b| and >= |b| / |a| */
    arb_mul(bound, least, size_b, prec);
    escapes = escapes && arb_ge(bound, size_a);
    arb_mul(bound, least, size_a, prec);
    escapes = escapes && arb_ge(bound, size_b);
    arb_set_ui(bound, 8); /* the ratio is at least 1 */
    arb_mul_2exp_si(least, least, 3);
    escapes = escapes && arb_ge(least, bound);
    /* |p| >= 2 sigma, p = r + sigma */
    arb_add(size_a, r, ball->sigma, prec);
    arb_abs(size_a, size_a);
    arb_mul_2exp_si(bound, ball->sigma, 1);
    escapes = escapes && arb_ge(size_a, bound);
    arb_clear(size_a);
    arb_clear(size_b);
    arb_clear(least);
    arb_clear(bound);
    return escapes;
}
