/* All real roots of Phi, certified one by one; that there are no others is the theorem of
 * theory/orbit-roots.md:
 *
 *     s < 2: 2 roots;  s = 2: these and a double root at the edge e = sigma^(1/L) (even L: and -e);
 *     s > 2: these and rho_1 < e < rho_2 (even L: and -rho_1, -rho_2), all simple.
 *
 * A root is certified by interval Newton: if N = m - Phi(m) / Phi'(X) lies inside X, then X has exactly
 * one root and N encloses it. Which root it is follows from the sign of x, u and u - 1 on N. */
#include "model/domain.h"
#include "predict/orbit_digits.h"
#include "predict/orbit_start.h"
#include <edgewise/predict.h>
#include <stdlib.h>

const char *ew_place_text(ew_place place)
{
    static const char *const text[] = {"negative", "low", "edge", "high", "outer"};
    return EW_WORD_OF(text, place);
}

void ew_roots_init(ew_roots_t roots)
{
    roots->roots = NULL;
    roots->count = 0;
    roots->low = roots->high = -1;
    roots->method = EW_STRUCTURED;
}

void ew_roots_clear(ew_roots_t roots)
{
    for (slong i = 0; i < roots->count; i++)
        arb_clear(roots->roots[i].x);
    flint_free(roots->roots);
    ew_roots_init(roots);
}

/* Appends a root and returns its enclosure, zero so far. */
static ew_root_struct *append(ew_roots_t roots, slong multiplicity, ew_place place, bool on_orbit)
{
    roots->roots = flint_realloc(roots->roots, (size_t)(roots->count + 1) * sizeof(ew_root_struct));
    ew_root_struct *root = roots->roots + roots->count++;
    arb_init(root->x);
    root->multiplicity = multiplicity;
    root->place = place;
    root->on_orbit = on_orbit;
    return root;
}

/* N = m - Phi(m) / Phi'(X), m the midpoint of X: Phi(m) at wp bits, the slope at half of that. */
static void newton_image(arb_t N, const arb_t X, const ew_mode_t mode, slong wp, bool half)
{
    ew_ball_mode_t ball;
    arb_t m, f, slope;
    arb_init(m);
    arb_init(f);
    arb_init(slope);
    arb_get_mid_arb(m, X);
    ew_ball_mode_init(ball, mode, half ? wp / 2 + 32 : wp);
    ew_orbit_eval_ball(f, slope, X, ball);
    ew_ball_mode_clear(ball);
    ew_ball_mode_init(ball, mode, wp);
    ew_orbit_eval_ball(f, NULL, m, ball);
    ew_ball_mode_clear(ball);
    arb_div(f, f, slope, wp);
    arb_sub(N, m, f, wp);
    arb_clear(m);
    arb_clear(f);
    arb_clear(slope);
}

/* A few plain Newton steps from the midpoint of x, until one is no larger than `least`; `step` receives the size of the last
 * one. */
static void polish(arb_t x, mag_t step, const mag_t least, const ew_mode_t mode, slong wp)
{
    arb_t next, d;
    arb_init(next);
    arb_init(d);
    mag_inf(step);
    for (int i = 0; i < 12 && mag_cmp(step, least) > 0; i++) {
        arb_get_mid_arb(x, x);
        newton_image(next, x, mode, wp, false);
        if (!arb_is_finite(next))
            break;
        arb_sub(d, next, x, wp);
        mag_t size;
        mag_init(size);
        arb_get_mag(size, d);
        bool smaller = mag_cmp(size, step) < 0;
        if (smaller) {
            mag_set(step, size);
            arb_get_mid_arb(x, next);
        }
        mag_clear(size);
        if (!smaller)
            break;
    }
    arb_clear(next);
    arb_clear(d);
}

/* Bits by which |x| exceeds `distance`, at least 0; 0 also where the distance is not known beside zero, which more precision
 * mends. */
static slong closeness(const arb_t x, const arb_t distance)
{
    if (arf_is_zero(arb_midref(distance)))
        return 0;
    slong bits =
        arf_abs_bound_lt_2exp_si(arb_midref(x)) - arf_abs_bound_lt_2exp_si(arb_midref(distance));
    return FLINT_MAX(bits, 0);
}

/* Encloses the root near x with proof of existence and uniqueness in the ball; `extra` are the bits
 * that the closeness of x to the edge costs. */
static bool certify(arb_t X, const arb_t x, const arb_t distance, const ew_mode_t mode, slong extra,
                    slong max_prec)
{
    arb_t N, start;
    mag_t step, least;
    arb_init(N);
    arb_init(start);
    mag_init(step);
    mag_init(least);
    bool proved = false;
    for (slong wp = 64 + 2 * extra; !proved && wp <= max_prec; wp = 2 * wp) {
        arb_set(start, x);
        /* a box well above the last step, well below the distance to the next root */
        arb_get_mag(least, distance);
        mag_mul_2exp_si(least, least, -(wp - 2 * extra) / 3);
        polish(start, step, least, mode, wp);
        mag_mul_2exp_si(step, step, 3);
        mag_max(step, step, least);
        if (mag_is_inf(step))
            continue;
        arb_set(X, start);
        mag_set(arb_radref(X), step);
        newton_image(N, X, mode, wp, false);
        proved = arb_is_finite(N) && arb_contains_interior(X, N);
    }
    arb_set(X, N);
    arb_clear(N);
    arb_clear(start);
    mag_clear(step);
    mag_clear(least);
    return proved;
}

/* Newton's image for many digits, by the cheapest function that has the root: but close to the edge, where F has a zero
 * too, by Phi. (14) */
static void fine_image(arb_t N, const arb_t X, ew_which_root which, hunt_t *hunt, slong wp,
                       slong had, slong extra)
{
    const slong close = 32;
    if (which == EW_RHO_OUTER && hunt->mode->depth % 2 == 0)
        ew_orbit_outer_image(N, X, hunt, wp, had);
    else if (extra <= close)
        ew_orbit_image(N, X, hunt, wp, had);
    else
        newton_image(N, X, hunt->mode, wp, true);
    if (!arb_is_finite(N) && !hunt->stopped)
        newton_image(N, X, hunt->mode, wp, true);
}

/* What a step from 2^-had aims at. A step makes 2^-(2 had - extra) of it: halved back from the end, so that the last step is
 * full; 16 bits more where Newton does not yet converge quadratically. (17) */
static slong next_goal(slong bits, slong had, slong extra)
{
    slong goal = bits + 8;
    while (goal > 2 * had - extra && goal > had + 16) {
        slong half = (goal + extra) / 2 + 4;
        goal = half < goal ? half : had + 16; /* halving settles at extra + 8 */
    }
    return goal;
}

/* Sharpens a certified enclosure to relative radius 2^-bits; each step doubles the accuracy. A step gains two bits or more, or
 * the guard grows until the cap ends it. */
static bool sharpen(arb_t X, ew_which_root which, hunt_t *hunt, slong bits, slong extra,
                    slong max_prec)
{
    arb_t N;
    arb_init(N);
    slong guard = 24 + 2 * extra;
    bool done = false;
    while (!(done = arb_rel_accuracy_bits(X) > bits)) {
        slong had = FLINT_MAX(arb_rel_accuracy_bits(X), 8), goal = next_goal(bits, had, extra);
        if (goal + guard > 2 * max_prec + 256 || !ew_orbit_may_go_on(hunt, had, bits))
            break;
        fine_image(N, X, which, hunt, goal + guard, had, extra);
        arb_intersection(X, N, X, goal + guard);
        if (arb_rel_accuracy_bits(X) < had + (goal - had) / 4)
            guard += 32 + guard / 2; /* cancellation in Phi(m) */
    }
    arb_clear(N);
    return done;
}

/* The relation of an enclosure to the lines u = 0, u = 1 and x = 0 tells which root it is. */
static bool is_root(const arb_t X, ew_which_root which, const ew_mode_t mode, slong wp)
{
    ew_ball_mode_t ball;
    arb_t k, r;
    ew_ball_mode_init(ball, mode, wp);
    arb_init(k);
    arb_init(r);
    ew_pair_factor_ball(k, r, X, X, ball); /* u = 1 + k */
    arb_add_ui(r, k, 1, wp);
    bool yes = false;
    switch (which) {
    case EW_RHO_LOW:
        yes = arb_is_positive(X) && arb_is_positive(k);
        break;
    case EW_RHO_HIGH:
        yes = arb_is_positive(X) && arb_is_negative(k) && arb_is_positive(r);
        break;
    case EW_RHO_OUTER:
        yes = arb_is_positive(X) && arb_is_negative(r);
        break;
    case EW_RHO_NEGATIVE:
        yes = arb_is_negative(X);
        break;
    }
    ew_ball_mode_clear(ball);
    arb_clear(k);
    arb_clear(r);
    return yes;
}

/* x = g(lower), the upper point of a cycle from the enclosure of its lower one, and a length against which
 * Phi is nearly linear there: |x - e|, and that times |u| where u is small. */
static void upper_point(arb_t x, arb_t distance, const arb_t lower, const ew_mode_t mode, slong wp)
{
    ew_ball_mode_t ball;
    arb_t k, r;
    ew_ball_mode_init(ball, mode, wp);
    arb_init(k);
    arb_init(r);
    ew_pair_factor_ball(k, r, lower, lower, ball);
    arb_add_ui(k, k, 1, wp); /* u at the lower point; 1/u at the upper one */
    arb_mul(x, lower, k, wp);
    ew_mode_edge(r, mode, wp);
    arb_sub(distance, x, r, wp);
    arb_abs(k, k);
    arb_abs(distance, distance);
    arb_one(r);
    arb_max(k, k, r, wp);
    arb_div(distance, distance, k, wp);
    ew_ball_mode_clear(ball);
    arb_clear(k);
    arb_clear(r);
}

/* A first approximation; the upper points of cycles come from their `lower` ones, which are the better
 * conditioned, sharpened as far as that takes. */
static slong approximate(arb_t x, arb_t distance, ew_which_root which, arb_ptr lower, hunt_t *hunt,
                         const arb_t s, slong cap)
{
    if (lower == NULL) {
        ew_orbit_start(x, distance, which, hunt->mode, s);
        return closeness(x, distance);
    }
    slong extra = 0;
    arb_t sharp;
    arb_init(sharp);
    arb_set(sharp, lower);
    for (slong bits = 96; bits <= cap; bits = FLINT_MAX(2 * bits, 96 + 3 * extra)) {
        if (!sharpen(sharp, EW_RHO_LOW, hunt, bits, 0, cap))
            break;
        upper_point(x, distance, sharp, hunt->mode, 2 * bits);
        extra = closeness(x, distance);
        if (arb_rel_accuracy_bits(distance) > 32 && bits >= 96 + 3 * extra)
            break;
    }
    arb_get_mid_arb(x, x);
    arb_get_mid_arb(distance, distance);
    arb_clear(sharp);
    return extra;
}

/* Sharpens the upper point of a cycle by its lower one, whose image it is. What the image loses in accuracy, the lower point
 * is sharpened further. (14) */
static bool sharpen_by_partner(arb_t X, arb_t lower, hunt_t *hunt, slong bits, slong extra,
                               slong max_prec)
{
    arb_t image;
    arb_init(image);
    slong need = bits + 40;
    for (int i = 0; i < 3 && arb_rel_accuracy_bits(X) <= bits; i++) {
        if (!sharpen(lower, EW_RHO_LOW, hunt, need, extra, max_prec))
            break;
        ew_orbit_partner(image, lower, hunt, need + 32);
        if (hunt->stopped)
            break;
        arb_intersection(X, X, image, need + 32);
        need += FLINT_MAX(bits - arb_rel_accuracy_bits(X), 0) + 16;
    }
    arb_clear(image);
    return arb_rel_accuracy_bits(X) > bits;
}

/* The upper point of a cycle as the image of its lower one alone, where it is not close to the edge: the signs on the image
 * say which root it is, and the theorem that there is no other with these. (14) */
static bool by_partner(arb_t X, arb_ptr lower, ew_which_root which, hunt_t *hunt, slong prec,
                       slong max_prec)
{
    const slong few = 192;
    arb_t distance;
    arb_init(distance);
    upper_point(X, distance, lower, hunt->mode, few);
    bool found = arb_rel_accuracy_bits(distance) > 32;
    slong extra = found ? closeness(X, distance) : 0, bits = prec + extra + 4, need = bits + 40;
    slong cap = max_prec + 4 * extra + 256;
    found = found && sharpen(lower, EW_RHO_LOW, hunt, need, extra, cap);
    if (found) {
        ew_orbit_partner(X, lower, hunt, need + 32);
        found = !hunt->stopped && arb_rel_accuracy_bits(X) > bits &&
                is_root(X, which, hunt->mode, 4 * extra + 128);
    }
    arb_clear(distance);
    return found;
}

/* One simple root, from a first approximation to a certified and identified enclosure. */
static ew_status find_root(arb_t X, ew_which_root which, arb_ptr lower, hunt_t *hunt, const arb_t s,
                           slong prec, slong max_prec)
{
    if (lower != NULL && by_partner(X, lower, which, hunt, prec, max_prec))
        return EW_OK;
    arb_t x, distance;
    arb_init(x);
    arb_init(distance);
    slong extra = approximate(x, distance, which, lower, hunt, s, 8 * max_prec);
    slong cap = max_prec + 4 * extra + 256, bits = prec + extra + 4;
    bool found = arb_is_finite(x) && !arb_is_zero(distance) && !hunt->stopped &&
                 certify(X, x, distance, hunt->mode, extra, cap) &&
                 sharpen(X, which, hunt, FLINT_MIN(bits, 2 * extra + 64), extra, cap) &&
                 is_root(X, which, hunt->mode, 4 * extra + 128);
    if (found && lower != NULL)
        found = sharpen_by_partner(X, lower, hunt, bits, extra, cap) ||
                sharpen(X, which, hunt, bits, extra, cap);
    else /* its partner will ask for some bits more */
        found =
            found && sharpen(X, which, hunt, bits + (which == EW_RHO_OUTER ? 0 : 40), extra, cap);
    arb_clear(x);
    arb_clear(distance);
    return hunt->stopped ? EW_STOPPED : found ? EW_OK : EW_UNDECIDED_STATUS;
}

/* s with some accurate bits of s - 2; the caller knows that s != 2, and (18) after how many bits this ends. */
static void separated_s(arb_t s, const ew_mode_t mode)
{
    arb_t d;
    arb_init(d);
    for (slong prec = 128;; prec *= 2) {
        ew_mode_s(s, mode, prec);
        arb_sub_ui(d, s, 2, prec);
        if (arb_rel_accuracy_bits(d) > 48)
            break;
    }
    arb_clear(d);
}

bool ew_orbit_ends_at_outer(const ew_mode_t mode)
{
    slong L = mode->depth;
    fmpq_t w, t;
    fmpq_init(w);
    fmpq_init(t);
    bool equal = false;
    fmpq_mul(w, mode->eta, mode->sigma);
    fmpq_mul(w, w, mode->sigma);
    fmpq_mul_2exp(t, mode->sigma, 1);
    fmpq_mul(t, t, t);
    /* the height of w^L is that of w to the L-th power: no larger power is taken than can be equal */
    if (L % 2 == 0 &&
        (double)(fmpq_height_bits(w) - 1) * (double)L <= (double)fmpq_height_bits(t)) {
        fmpq_pow_si(w, w, L);
        equal = fmpq_equal(w, t);
    }
    fmpq_clear(w);
    fmpq_clear(t);
    return equal;
}

/* Is the second cycle's upper root at or beyond (2 sigma)^(1/L)? By balls, x^L against 2 sigma. (11) */
static ew_answer is_outer(arb_t X, hunt_t *hunt, slong prec, slong max_prec)
{
    const ew_mode_struct *mode = hunt->mode;
    slong L = mode->depth;
    ew_answer answer = ew_orbit_ends_at_outer(mode) ? EW_YES : EW_UNKNOWN;
    arb_t power, two_sigma;
    arb_init(power);
    arb_init(two_sigma);
    for (slong p = FLINT_MAX(prec, 1); answer == EW_UNKNOWN && p <= max_prec + 256; p *= 2) {
        if (!sharpen(X, EW_RHO_OUTER, hunt, p, 0, max_prec + 256))
            break;
        arb_set_fmpq(two_sigma, mode->sigma, p + 64);
        arb_mul_2exp_si(two_sigma, two_sigma, 1);
        arb_pow_ui(power, X, (ulong)L, p + 64);
        answer = arb_gt(power, two_sigma) ? EW_YES : arb_lt(power, two_sigma) ? EW_NO : EW_UNKNOWN;
    }
    arb_clear(power);
    arb_clear(two_sigma);
    return answer;
}

/* The edge as an enclosure, exact when it is an integer. */
static void edge_root(arb_t x, const ew_mode_t mode, slong prec)
{
    ew_mode_edge(x, mode, prec + 8);
    const fmpz *n = fmpq_numref(mode->sigma);
    fmpz_t root, power;
    fmpz_init(root);
    fmpz_init(power);
    if (fmpz_is_one(fmpq_denref(mode->sigma)) &&
        (fmpz_is_one(n) || (slong)fmpz_bits(n) > mode->depth)) {
        fmpz_root(root, n, mode->depth);
        fmpz_pow_ui(power, root, (ulong)mode->depth);
        if (fmpz_equal(power, n))
            arb_set_fmpz(x, root);
    }
    fmpz_clear(root);
    fmpz_clear(power);
}

static int by_midpoint(const void *left, const void *right)
{
    const ew_root_struct *a = left, *b = right;
    return arf_cmp(arb_midref(a->x), arb_midref(b->x));
}

/* For even L Phi is even: mirrors every root. Then sorts, and notes where rho_1 and rho_2 are. */
static void finish(ew_roots_t roots, bool even)
{
    slong found = roots->count;
    for (slong i = 0; even && i < found; i++) {
        ew_root_struct *root = append(roots, 0, EW_NEGATIVE, false);
        arb_neg(root->x, roots->roots[i].x);
        root->multiplicity = roots->roots[i].multiplicity;
        root->on_orbit = false;
    }
    if (roots->count > 0) /* no list where none was found */
        qsort(roots->roots, (size_t)roots->count, sizeof(ew_root_struct), by_midpoint);
    for (slong i = 0; i < roots->count; i++) {
        if (roots->roots[i].place == EW_LOW)
            roots->low = i;
        if (roots->roots[i].place == EW_HIGH && roots->roots[i].on_orbit)
            roots->high = i;
    }
}

/* No two enclosures overlap. */
static bool disjoint(const ew_roots_t roots)
{
    for (slong i = 1; i < roots->count; i++)
        if (!arb_lt(roots->roots[i - 1].x, roots->roots[i].x))
            return false;
    return true;
}

ew_status ew_orbit_roots_structured(ew_roots_t roots, const ew_mode_t mode, slong prec,
                                    slong max_prec, const ew_progress *progress)
{
    if (roots == NULL || !ew_mode_is_positive(mode) || !ew_prec_fits(prec) ||
        !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    ew_roots_clear(roots);
    ew_status status = ew_memory_check(64.0 * (double)prec);
    if (status != EW_OK)
        return status;
    ew_regime regime = ew_mode_regime(mode);
    bool even = mode->depth % 2 == 0;
    hunt_t hunt = {.mode = mode, .progress = progress, .stopped = false};
    arb_t s;
    arb_init(s);
    if (regime == EW_EDGE)
        arb_set_ui(s, 2);
    else
        separated_s(s, mode);

    /* lower points of the cycles before their upper ones */
    static const ew_which_root wanted[] = {EW_RHO_LOW, EW_RHO_HIGH, EW_RHO_NEGATIVE, EW_RHO_OUTER};
    static const ew_place places[] = {EW_LOW, EW_HIGH, EW_NEGATIVE, EW_OUTER};
    for (ulong i = 0; i < 4 && status == EW_OK; i++) {
        if ((i < 2 && regime != EW_BEYOND) || (wanted[i] == EW_RHO_NEGATIVE && even))
            continue;
        if (!ew_progress_tick(progress, "isolating roots", i, 4)) {
            status = EW_STOPPED;
            break;
        }
        ew_root_struct *root = append(roots, 1, places[i], i < 2);
        bool upper = wanted[i] == EW_RHO_HIGH || (wanted[i] == EW_RHO_OUTER && !even);
        status =
            find_root(root->x, wanted[i], upper ? (root - 1)->x : NULL, &hunt, s, prec, max_prec);
        if (wanted[i] == EW_RHO_OUTER && status == EW_OK) {
            ew_answer outer = is_outer(root->x, &hunt, prec, max_prec);
            root->place = outer == EW_NO ? EW_HIGH : EW_OUTER;
            if (outer == EW_UNKNOWN)
                status = hunt.stopped ? EW_STOPPED : EW_UNDECIDED_STATUS;
        }
    }
    if (regime == EW_EDGE && status == EW_OK)
        edge_root(append(roots, 2, EW_AT_EDGE, true)->x, mode, prec);
    arb_clear(s);
    finish(roots, even);
    if (status == EW_OK && !disjoint(roots))
        status = EW_UNDECIDED_STATUS;
    return status;
}

ew_status ew_orbit_pair(arb_t low, arb_ptr high, const ew_mode_t mode, slong prec, slong max_prec)
{
    if (low == NULL || !ew_mode_is_positive(mode) || !ew_prec_fits(prec) || !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    ew_status status =
        ew_mode_regime(mode) == EW_BEYOND ? ew_memory_check(64.0 * (double)prec) : EW_BAD_INPUT;
    if (status != EW_OK)
        return status;
    arb_t s;
    arb_init(s);
    hunt_t hunt = {.mode = mode, .progress = NULL, .stopped = false};
    separated_s(s, mode);
    status = find_root(low, EW_RHO_LOW, NULL, &hunt, s, prec, max_prec);
    if (status == EW_OK && high != NULL)
        status = find_root(high, EW_RHO_HIGH, low, &hunt, s, prec, max_prec);
    arb_clear(s);
    return status;
}
