/* All real roots of Phi from its expanded polynomial, and the choice between the routes. theory/expanded-roots.md (10)
 *
 * What comes from ew_poly_real_roots are roots with multiplicities; where each lies is read off its enclosure. The points
 * that an enclosure cannot be told from however small it is, the edge at s = 2 and (2 sigma)^(1/L), are roots then by an
 * exact test, and so the root in the one enclosure that meets them. */
#include "model/domain.h"
#include "predict/orbit_start.h"
#include <edgewise/isolate.h>
#include <edgewise/predict.h>

const char *ew_orbit_method_text(ew_orbit_method method)
{
    return method == EW_EXPANDED ? "expanded" : "structured";
}

/* -1 or 1 for x below or above (factor sigma)^(1/L), x > 0; 0 when the enclosure does not tell. */
static int against_power(const arb_t x, ulong factor, const ew_mode_t mode, slong prec)
{
    arb_t power, target;
    arb_init(power);
    arb_init(target);
    prec += 64;
    arb_set_fmpq(target, mode->sigma, prec);
    arb_mul_ui(target, target, factor, prec);
    arb_pow_ui(power, x, (ulong)mode->depth, prec);
    int side = arb_lt(power, target) ? -1 : arb_gt(power, target) ? 1 : 0;
    arb_clear(power);
    arb_clear(target);
    return side;
}

/* The sign of u at x; 0 when the enclosure does not tell. */
static int sign_of_u(const arb_t x, const ew_mode_t mode, slong prec)
{
    ew_ball_mode_t ball;
    arb_t k, r;
    ew_ball_mode_init(ball, mode, prec + 64);
    arb_init(k);
    arb_init(r);
    ew_pair_factor_ball(k, r, x, x, ball);
    arb_add_ui(k, k, 1, prec + 64);
    int sign = arb_is_positive(k) ? 1 : arb_is_negative(k) ? -1 : 0;
    ew_ball_mode_clear(ball);
    arb_clear(k);
    arb_clear(r);
    return sign;
}

/* Where a positive root lies; `edge` and `outer` count the roots that cannot be told from these points. False when it is
 * not decided. */
static bool place(ew_root_struct *root, slong *edge, slong *outer, const ew_mode_t mode, slong prec)
{
    int low = against_power(root->x, 1, mode, prec), high = against_power(root->x, 2, mode, prec);
    int u = sign_of_u(root->x, mode, prec);
    *edge += low == 0;
    *outer += high == 0;
    root->place = low < 0 ? EW_LOW : low == 0 ? EW_AT_EDGE : high < 0 ? EW_HIGH : EW_OUTER;
    root->on_orbit = u > 0;
    return u != 0;
}

/* Copies the roots with their places. False when a place is not decided. */
static bool place_all(ew_roots_t roots, const ew_real_roots_t found, const ew_mode_t mode,
                      slong prec)
{
    bool decided = true;
    slong edge = 0, outer = 0;
    ew_roots_clear(roots);
    roots->roots = flint_calloc((size_t)found->count + 1, sizeof(ew_root_struct));
    for (; roots->count < found->count; roots->count++) {
        ew_root_struct *root = roots->roots + roots->count;
        arb_init(root->x);
        arb_set(root->x, found->list[roots->count].x);
        root->multiplicity = found->list[roots->count].multiplicity;
        root->place = EW_NEGATIVE;
        if (arb_is_positive(root->x))
            decided = place(root, &edge, &outer, mode, prec) && decided;
        if (root->place == EW_LOW)
            roots->low = roots->count;
        if (root->place == EW_HIGH && root->on_orbit)
            roots->high = roots->count;
    }
    return decided && edge == (ew_mode_regime(mode) == EW_EDGE) &&
           outer == ew_orbit_ends_at_outer(mode);
}

ew_status ew_orbit_roots_expanded(ew_roots_t roots, const ew_mode_t mode, slong prec,
                                  slong max_prec, const ew_progress *progress)
{
    if (roots == NULL || !ew_mode_is_positive(mode) || !ew_prec_fits(prec) ||
        !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    fmpz_poly_t phi;
    ew_real_roots_t found;
    fmpz_poly_init(phi);
    ew_real_roots_init(found);
    ew_roots_clear(roots);
    ew_status status = ew_orbit_poly_build(phi, mode);
    bool placed = false;
    slong next;
    for (slong bits = FLINT_MAX(prec, 1); status == EW_OK && !placed; bits = next) {
        next = bits < max_prec ? FLINT_MIN(4 * bits, max_prec) : 2 * bits;
        status = bits > max_prec && bits > prec
                     ? EW_UNDECIDED_STATUS
                     : ew_poly_real_roots(found, phi, bits, max_prec, progress);
        placed = status == EW_OK && place_all(roots, found, mode, bits);
    }
    roots->method = EW_EXPANDED;
    fmpz_poly_clear(phi);
    ew_real_roots_clear(found);
    return status;
}

ew_status ew_orbit_roots(ew_roots_t roots, const ew_mode_t mode, slong prec, slong max_prec,
                         const ew_progress *progress)
{
    if (roots == NULL || !ew_mode_is_positive(mode) || !ew_prec_fits(prec) ||
        !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    /* Milliseconds, expanded; minutes with numbers of thousands of bits, where more precision is the better way. */
    bool small =
        mode->depth <= 8 && fmpq_height_bits(mode->eta) + fmpq_height_bits(mode->sigma) <= 128;
    ew_status status = ew_orbit_roots_structured(roots, mode, prec, max_prec, progress);
    if (status == EW_UNDECIDED_STATUS && small)
        status = ew_orbit_roots_expanded(roots, mode, prec, max_prec, progress);
    return status;
}
