/* The real roots of Phi at a singular value that is known by an enclosure only. theory/orbit-roots.md (21) */
#include "predict/orbit_start.h"
#include <edgewise/singular.h>

/* N = m - Phi(m) / Phi'(X), for every sigma of the ball. */
static void image(arb_t N, const arb_t X, const ew_ball_mode_t ball)
{
    arb_t m, f, slope;
    arb_init(m);
    arb_init(f);
    arb_init(slope);
    arb_get_mid_arb(m, X);
    ew_orbit_eval_ball(f, slope, X, ball);
    ew_orbit_eval_ball(f, NULL, m, ball);
    arb_div(f, f, slope, ball->prec);
    arb_sub(N, m, f, ball->prec);
    arb_clear(m);
    arb_clear(f);
    arb_clear(slope);
}

/* From the root at one sigma of the ball to an enclosure of the root at every other: four times the first step is tried. */
static bool widen(arb_t X, const ew_ball_mode_t ball)
{
    arb_t box, N;
    arb_init(box);
    arb_init(N);
    image(N, X, ball);
    arb_get_mid_arb(box, X);
    arb_sub(N, N, box, ball->prec);
    arb_get_mag(arb_radref(box), N);
    mag_mul_2exp_si(arb_radref(box), arb_radref(box), 2);
    image(N, box, ball);
    bool proved = arb_is_finite(N) && arb_contains_interior(box, N);
    arb_set(X, N);
    arb_clear(box);
    arb_clear(N);
    return proved;
}

/* Do the signs of x, u - 1 and u on X say that it is this root? */
static bool is_it(const ew_root_struct *root, const ew_ball_mode_t ball)
{
    arb_t k, u;
    arb_init(k);
    arb_init(u);
    ew_pair_factor_ball(k, u, root->x, root->x, ball);
    arb_add_ui(u, k, 1, ball->prec);
    bool yes = arb_is_positive(root->x);
    if (root->place == EW_NEGATIVE)
        yes = arb_is_negative(root->x);
    else if (root->place == EW_LOW)
        yes = yes && arb_is_positive(k);
    else if (root->on_orbit)
        yes = yes && arb_is_negative(k) && arb_is_positive(u);
    else
        yes = yes && arb_is_negative(u);
    arb_clear(k);
    arb_clear(u);
    return yes;
}

/* Is the second cycle's upper root beyond (2 sigma)^(1/L), or before it? */
static bool place(ew_root_struct *root, const ew_ball_mode_t ball)
{
    arb_t power, twice;
    arb_init(power);
    arb_init(twice);
    arb_pow_ui(power, root->x, (ulong)ball->depth, ball->prec);
    arb_mul_2exp_si(twice, ball->sigma, 1);
    bool told = !arb_overlaps(power, twice);
    root->place = arb_gt(power, twice) ? EW_OUTER : EW_HIGH;
    arb_clear(power);
    arb_clear(twice);
    return told;
}

/* The roots of the mode at the middle, ascending, carried over to every sigma of the ball; for even L the negative ones are
 * the mirrors of the others. */
static bool carry(ew_roots_t roots, const ew_ball_mode_t ball)
{
    bool fine = true, even = ball->depth % 2 == 0;
    for (slong i = roots->count - 1; i >= 0 && fine; i--) {
        ew_root_struct *root = roots->roots + i;
        if (even && i < roots->count / 2) {
            arb_neg(root->x, roots->roots[roots->count - 1 - i].x);
            continue;
        }
        fine = widen(root->x, ball) && is_it(root, ball);
        if (fine && root->place != EW_NEGATIVE && !root->on_orbit)
            fine = place(root, ball);
    }
    for (slong i = 1; i < roots->count && fine; i++)
        fine = arb_lt(roots->roots[i - 1].x, roots->roots[i].x);
    return fine;
}

ew_status ew_orbit_roots_of_value(ew_roots_t roots, const ew_singular_value_struct *value,
                                  slong depth, const fmpq_t eta, slong prec, slong max_prec,
                                  const ew_progress *progress)
{
    ew_regime regime;
    if (depth < 2 || fmpq_sgn(eta) <= 0 || prec < 2 || max_prec < prec ||
        !arb_is_positive(value->x) || !arb_is_finite(value->x))
        return EW_BAD_INPUT;
    if (ew_singular_regime(&regime, value, depth, eta) != EW_OK || regime == EW_EDGE)
        return EW_UNDECIDED_STATUS;
    ew_mode_t middle;
    ew_ball_mode_t ball;
    ew_mode_init(middle);
    middle->depth = depth;
    fmpq_set(middle->eta, eta);
    arf_get_fmpq(middle->sigma, arb_midref(value->x));
    ew_status status = ew_mode_regime(middle) == regime ? EW_OK : EW_UNDECIDED_STATUS;
    if (status == EW_OK)
        status = ew_orbit_roots_structured(roots, middle, prec + 8, max_prec + 8, progress);
    ew_ball_mode_init(ball, middle, FLINT_MAX(prec, arb_rel_accuracy_bits(value->x)) + 64);
    arb_set(ball->sigma, value->x);
    if (status == EW_OK && !carry(roots, ball))
        status = EW_UNDECIDED_STATUS;
    for (slong i = 0; i < roots->count && status == EW_OK; i++)
        if (arb_rel_accuracy_bits(roots->roots[i].x) < prec)
            status = EW_UNDECIDED_STATUS;
    ew_ball_mode_clear(ball);
    ew_mode_clear(middle);
    return status;
}
