/* All real cycles of exact period n: the zeros of h_n, told apart by their exact periods, and put in the order in which the
 * map runs through them. theory/dynatomic.md (11), (12), (14) */
#include "model/domain.h"
#include "predict/period.h"
#include <stdlib.h>

const char *ew_cycle_stability_text(ew_cycle_stability stability)
{
    static const char *const text[] = {"attracting", "repelling", "neutral", "undecided"};
    return EW_WORD_OF(text, stability);
}

void ew_cycles_init(ew_cycles_t cycles)
{
    cycles->period = 0;
    cycles->list = cycles->lower = NULL;
    cycles->count = cycles->lower_count = 0;
    cycles->cells = cycles->bits = 0;
}

static void clear_list(ew_cycle_struct **list, slong *count)
{
    for (slong i = 0; i < *count; i++) {
        ew_cycle_struct *cycle = *list + i;
        _arb_vec_clear(cycle->points, cycle->period);
        arb_clear(cycle->along);
        arb_clear(cycle->across);
    }
    flint_free(*list);
    *list = NULL;
    *count = 0;
}

void ew_cycles_clear(ew_cycles_t cycles)
{
    clear_list(&cycles->list, &cycles->count);
    clear_list(&cycles->lower, &cycles->lower_count);
    ew_cycles_init(cycles);
}

slong ew_cycles_points(const ew_cycles_t cycles)
{
    slong points = 0;
    for (slong i = 0; i < cycles->count; i++)
        points += cycles->list[i].period;
    for (slong i = 0; i < cycles->lower_count; i++)
        points += cycles->lower[i].period;
    return points;
}

/* Appends a cycle with room for its points. */
static ew_cycle_struct *append(ew_cycle_struct **list, slong *count, slong period,
                               slong multiplicity)
{
    *list = flint_realloc(*list, (size_t)(*count + 1) * sizeof(ew_cycle_struct));
    ew_cycle_struct *cycle = *list + (*count)++;
    cycle->period = period;
    cycle->multiplicity = multiplicity;
    cycle->points = _arb_vec_init(period);
    arb_init(cycle->along);
    arb_init(cycle->across);
    cycle->symmetric = false;
    cycle->stability = EW_NOT_SETTLED;
    return cycle;
}

/* ---- Exact periods --------------------------------------------------------------------------- */

/* A periodic point: a zero of h_n or the mirror image of one. */
typedef struct {
    arb_t x;
    slong zero;  /* index of the zero */
    bool mirror; /* x is its negative */
    slong next;  /* index of its image among the points */
    bool visited;
} point_t;

/* What is known of a zero of h_n. */
typedef struct {
    slong period;       /* exact */
    slong multiplicity; /* in Phi_n */
} kind_t;

/* Is the simple zero of h_n one of h_d, d | n? (12) */
static ew_answer has_period(zero_struct *zero, search_t search, slong d)
{
    ew_answer answer = EW_UNKNOWN;
    search_struct smaller = *search; /* shares all but n */
    smaller.n = d;
    smaller.balls = NULL;
    smaller.ball_count = 0;
    arb_ptr v = _arb_vec_init(4);
    arb_ptr wider = v, N = v + 1, value = v + 2, image = v + 3;
    for (slong bits = 32; answer == EW_UNKNOWN && bits <= search->max_prec; bits *= 2) {
        slong prec = 2 * bits + 64;
        if (!ew_period_sharpen(zero, search, bits))
            break;
        ew_period_walk(value, NULL, image, zero->x, d, NULL, ew_search_ball(search, prec));
        if (!arb_contains_zero(value)) {
            answer = EW_NO;
            break;
        }
        ew_period_inflate(wider, zero->x, bits);
        ew_period_newton(N, wider, false, search, prec);
        if (!arb_is_finite(N))
            continue; /* the wider ball may have another zero of h_n in it */
        ew_period_newton(N, wider, false, &smaller, prec);
        if (arb_is_finite(N) && arb_contains_interior(wider, N))
            answer = EW_YES;
    }
    _arb_vec_clear(v, 4);
    for (slong j = 0; j < smaller.ball_count; j++)
        ew_ball_mode_clear(smaller.balls + j);
    flint_free(smaller.balls);
    return answer;
}

/* Is the zero of the square-free part the fixed point sigma^(1/L), of which it is known exactly whether h_n vanishes there? */
static ew_answer is_edge(zero_struct *zero, search_t search)
{
    if (search->n % 2 != 0 || ew_mode_regime(search->mode) != EW_EDGE)
        return EW_NO;
    ew_answer answer = EW_UNKNOWN;
    arb_t edge, wider, N;
    arb_init(edge);
    arb_init(wider);
    arb_init(N);
    for (slong bits = 64; answer == EW_UNKNOWN && bits <= search->max_prec; bits *= 2) {
        ew_mode_edge(edge, search->mode, 2 * bits + 64);
        if (!ew_period_sharpen(zero, search, bits))
            break;
        ew_period_inflate(wider, zero->x, bits);
        if (!arb_overlaps(wider, edge))
            answer = EW_NO;
        ew_exact_newton(N, wider, search->square_free, 4 * bits);
        if (arb_is_finite(N) &&
            arb_contains(wider, edge)) /* both are zeros in it, and it has one */
            answer = EW_YES;
    }
    arb_clear(edge);
    arb_clear(wider);
    arb_clear(N);
    return answer;
}

/* The exact period of a zero, and its multiplicity in Phi_n; false when not decided. */
static bool classify(kind_t *kind, zero_struct *zero, search_t search)
{
    slong n = search->n;
    kind->period = 0;
    if (zero->on_square_free) {
        ew_answer edge = is_edge(zero, search);
        if (edge == EW_UNKNOWN)
            return false;
        kind->period = edge == EW_YES ? 1 : 0;
    }
    for (slong d = 2; d < n && kind->period == 0; d++) {
        if (n % d != 0)
            continue;
        ew_answer answer = EW_UNKNOWN;
        if (zero->on_square_free) {
            slong multiplicity = ew_exact_multiplicity(zero, search, d);
            answer = multiplicity < 0 ? EW_UNKNOWN : multiplicity > 0 ? EW_YES : EW_NO;
        } else
            answer = has_period(zero, search, d);
        if (answer == EW_UNKNOWN)
            return false;
        if (answer == EW_YES)
            kind->period = d;
    }
    if (kind->period == 0)
        kind->period = n;
    kind->multiplicity =
        zero->on_square_free ? ew_exact_multiplicity(zero, search, n) : (kind->period == n ? 1 : 0);
    return kind->multiplicity >= (kind->period == n ? 1 : 0);
}

/* ---- Order ----------------------------------------------------------------------------------- */

/* The points of the zeros in ascending order: with their mirror images for even depth. */
static slong make_points(point_t *points, const zeros_t zeros, bool even)
{
    slong count = 0;
    for (slong k = even ? -zeros->count : 0; k < zeros->count; k++) {
        point_t *point = points + count++;
        point->mirror = k < 0;
        point->zero = k < 0 ? -k - 1 : k;
        point->next = -1;
        point->visited = false;
        if (point->mirror)
            arb_neg(point->x, zeros->list[point->zero].x);
        else
            arb_set(point->x, zeros->list[point->zero].x);
    }
    return count;
}

/* The one point among those of this exact period that a ball meets, or -1 when there is not exactly one. */
static slong meets(const arb_t image, const point_t *points, slong count, const kind_t *kinds,
                   slong period)
{
    slong low = 0, high = count; /* the first that is not wholly below the image */
    while (low < high) {
        slong middle = (low + high) / 2;
        if (arb_lt(points[middle].x, image))
            low = middle + 1;
        else
            high = middle;
    }
    slong found = -1, hits = 0;
    for (; low < count && arb_overlaps(points[low].x, image); low++)
        if (kinds[points[low].zero].period == period) {
            found = low;
            hits++;
        }
    return hits == 1 ? found : -1;
}

/* Fills `next`; every image meets exactly one point of the same period, and this is then proved to be it. */
static bool link_points(point_t *points, slong count, const kind_t *kinds,
                        const ew_ball_mode_t ball)
{
    bool linked = true;
    for (slong i = 1; i < count && linked; i++)
        linked = arb_lt(points[i - 1].x, points[i].x);
    arb_t image;
    arb_init(image);
    for (slong i = 0; i < count && linked; i++) {
        arb_set(image, points[i].x);
        ew_balanced_step_ball(image, NULL, ball);
        points[i].next = meets(image, points, count, kinds, kinds[points[i].zero].period);
        linked = points[i].next >= 0;
    }
    arb_clear(image);
    return linked;
}

/* ---- Multipliers ----------------------------------------------------------------------------- */

/* The products of g' and of 2 - u over the points. */
static void multipliers(ew_cycle_struct *cycle, const ew_ball_mode_t ball)
{
    arb_ptr v = _arb_vec_init(4);
    arb_one(cycle->along);
    arb_one(cycle->across);
    for (slong i = 0; i < cycle->period; i++) {
        arb_set(v, cycle->points + i);
        ew_balanced_step_ball(v, v + 1, ball);
        arb_mul(cycle->along, cycle->along, v + 1, ball->prec);
        ew_pair_factor_ball(v + 2, v + 3, cycle->points + i, cycle->points + i, ball);
        arb_sub_ui(v + 2, v + 2, 1, ball->prec); /* -(1 - k) = -(2 - u) */
        arb_neg(v + 2, v + 2);
        arb_mul(cycle->across, cycle->across, v + 2, ball->prec);
    }
    _arb_vec_clear(v, 4);
}

/* The stability by the ball; or exactly, where the points are multiple zeros of g^n(x) - x: then along^(n/period) = 1. (14) */
static void set_stability(ew_cycle_struct *cycle, slong n)
{
    arb_t size, one;
    arb_init(size);
    arb_init(one);
    arb_one(one);
    arb_abs(size, cycle->along);
    if (arb_lt(size, one))
        cycle->stability = EW_ATTRACTING;
    else if (arb_gt(size, one))
        cycle->stability = EW_REPELLING;
    if (cycle->multiplicity > 1 || cycle->period < n) {
        bool turns = arb_is_negative(cycle->along);
        arb_set_si(cycle->along, turns ? -1 : 1);
        cycle->stability = EW_NEUTRAL;
    }
    arb_clear(size);
    arb_clear(one);
}

/* Collects the cycles of the linked points. False when the links are not cycles of those lengths. */
static bool collect(ew_cycles_t cycles, point_t *points, slong count, const kind_t *kinds,
                    bool even, const ew_ball_mode_t ball)
{
    slong n = cycles->period;
    for (slong i = 0; i < count; i++) {
        const kind_t *kind = kinds + points[i].zero;
        if (points[i].visited || kind->multiplicity == 0)
            continue;
        bool own = kind->period == n;
        ew_cycle_struct *cycle =
            append(own ? &cycles->list : &cycles->lower,
                   own ? &cycles->count : &cycles->lower_count, kind->period, kind->multiplicity);
        slong at = i;
        for (slong k = 0; k < kind->period; k++, at = points[at].next) {
            if (points[at].visited || kinds[points[at].zero].multiplicity != kind->multiplicity)
                return false;
            points[at].visited = true;
            arb_set(cycle->points + k, points[at].x);
            cycle->symmetric |= even && points[at].zero == points[i].zero && at != i;
        }
        if (at != i)
            return false;
        multipliers(cycle, ball);
        set_stability(cycle, n);
    }
    return true;
}

/* Are all multipliers settled and known to that many bits? */
static bool settled(const ew_cycles_t cycles, slong prec, bool *undecided)
{
    bool accurate = true;
    *undecided = false;
    for (slong i = 0; i < cycles->count; i++) {
        const ew_cycle_struct *cycle = cycles->list + i;
        *undecided |= cycle->stability == EW_NOT_SETTLED;
        accurate &= FLINT_MIN(arb_rel_accuracy_bits(cycle->along),
                              arb_rel_accuracy_bits(cycle->across)) >= prec - 16;
    }
    return accurate;
}

/* ---- All of it ------------------------------------------------------------------------------- */

/* The fixed points are known exactly: 0, sigma^(1/L), and for even depth its negative. (15) */
static void fixed_points(ew_cycles_t cycles, const ew_mode_t mode, slong prec)
{
    slong L = mode->depth;
    ew_regime regime = ew_mode_regime(mode);
    ew_ball_mode_t ball;
    ew_ball_mode_init(ball, mode, prec + 64);
    for (int sign = L % 2 == 0 ? -1 : 0; sign <= 1; sign++) {
        ew_cycle_struct *cycle = append(&cycles->list, &cycles->count, 1, sign == 0 ? L - 1 : 1);
        cycle->symmetric = L % 2 == 0 && sign == 0;
        if (sign == 0) { /* g'(0) = 1, but 1 + eta sigma for depth 2 */
            multipliers(cycle, ball);
            cycle->stability = L == 2 ? EW_REPELLING : EW_NEUTRAL;
            continue;
        }
        ew_mode_edge(cycle->points, mode, prec + 8);
        if (sign < 0)
            arb_neg(cycle->points, cycle->points);
        arb_one(cycle->across);
        if (regime == EW_EDGE)
            arb_set_si(cycle->along, -1);
        else { /* 1 - s, with as many bits as s needs to come away from 1 */
            slong more = prec + 16;
            do {
                ew_mode_s(cycle->along, mode, more);
                arb_sub_ui(cycle->along, cycle->along, 1, more);
                arb_neg(cycle->along, cycle->along);
                more *= 2;
            } while (arb_rel_accuracy_bits(cycle->along) < prec - 16 && more <= 8 * prec);
        }
        cycle->stability = regime == EW_BELOW  ? EW_ATTRACTING
                           : regime == EW_EDGE ? EW_NEUTRAL
                                               : EW_REPELLING;
    }
    cycles->bits = prec + 64;
    ew_ball_mode_clear(ball);
}

/* The cycles out of classified zeros: the bits are doubled until the images tell the points apart and the multipliers are
 * settled. One that is 0 never gets accurate: that ends after `patience` doublings. */
static ew_status order(ew_cycles_t cycles, zeros_t zeros, const kind_t *kinds, search_t search,
                       slong prec)
{
    bool even = search->mode->depth % 2 == 0;
    slong room = (even ? 2 : 1) * zeros->count;
    point_t *points = flint_malloc((size_t)(room + 1) * sizeof(point_t));
    for (slong i = 0; i < room; i++)
        arb_init(points[i].x);
    ew_status status = EW_UNDECIDED_STATUS;
    int patience = 3;
    for (slong bits = prec + 4; bits <= 2 * search->max_prec + prec; bits *= 2) {
        bool sharp = true, undecided = false;
        for (slong k = 0; k < zeros->count && sharp; k++) {
            sharp = ew_period_sharpen(zeros->list + k, search, bits);
            if (!ew_progress_tick(search->progress, "following cycles", (ulong)k,
                                  (ulong)zeros->count)) {
                status = EW_STOPPED;
                sharp = false;
            }
        }
        if (!sharp)
            break;
        const ew_ball_mode_struct *ball = ew_search_ball(search, bits + 64);
        slong count = make_points(points, zeros, even);
        if (!link_points(points, count, kinds, ball))
            continue;
        clear_list(&cycles->list, &cycles->count);
        clear_list(&cycles->lower, &cycles->lower_count);
        if (!collect(cycles, points, count, kinds, even, ball)) {
            status = EW_UNDECIDED_STATUS;
            break;
        }
        status = EW_OK;
        bool accurate = settled(cycles, prec, &undecided);
        if (!undecided && (accurate || --patience <= 0))
            break;
    }
    for (slong i = 0; i < room; i++)
        arb_clear(points[i].x);
    flint_free(points);
    return status;
}

ew_status ew_cycles_find(ew_cycles_t cycles, const ew_mode_t mode, slong n, slong prec,
                         slong max_prec, const ew_progress *progress)
{
    if (cycles == NULL || !ew_mode_is_positive(mode) || n < 1 || n > EW_PERIOD_MAX ||
        !ew_prec_fits(prec) || !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    ew_cycles_clear(cycles);
    if (n < 1 || n > EW_PERIOD_MAX)
        return EW_BAD_INPUT;
    ew_status status = ew_memory_check(64.0 * (double)prec);
    if (status != EW_OK)
        return status;
    cycles->period = n;
    if (n == 1) {
        fixed_points(cycles, mode, prec);
        return EW_OK;
    }
    zeros_t zeros;
    search_t search;
    ew_zeros_init(zeros);
    ew_search_init(search, mode, n, max_prec, progress);
    status = ew_period_zeros(zeros, search);
    kind_t *kinds = flint_malloc((size_t)(zeros->count + 1) * sizeof(kind_t));
    for (slong i = 0; i < zeros->count && status == EW_OK; i++) {
        if (!ew_progress_tick(progress, "following cycles", (ulong)i, (ulong)zeros->count))
            status = EW_STOPPED;
        else if (!classify(kinds + i, zeros->list + i, search))
            status = EW_UNDECIDED_STATUS;
    }
    if (status == EW_OK)
        status = order(cycles, zeros, kinds, search, prec);
    cycles->cells = zeros->cells;
    cycles->bits = zeros->bits;
    flint_free(kinds);
    ew_search_clear(search);
    ew_zeros_clear(zeros);
    return status;
}
