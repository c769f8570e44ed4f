/* All zeros of h_n = (g^n(x) - x) / (g(x) - x) by a cover of [-R, R]. theory/dynatomic.md (8) - (11), (13)
 *
 * The interval is halved until each cell is proved to be empty (its orbit leaves (-R, R), or does not come back to the
 * cell, or h_n does not vanish) or to hold one simple zero (interval Newton). A cell is looked at with an eighth more on
 * either side, so that a zero on a common end of two cells does not stay undecided for ever: it is then found twice, and
 * one of the two dropped. Where cells stay undecided although tiny, h_n may have a multiple zero there: if the expanded
 * polynomial says so, what is left is settled on its square-free part. */
#include "model/domain.h"
#include "predict/cells.h"
#include "predict/period.h"
#include <stdlib.h>

enum {
    MOST_CELLS = 1 << 22,
    FIRST_DEPTH = 48,
    BLIND_DEPTH = 1024,
    TOLD =
        16 /* cells, of up to 64 steps each in as many bits as it takes, between two words on progress */
};

void ew_zeros_init(zeros_t zeros)
{
    zeros->list = NULL;
    zeros->count = zeros->room = zeros->cells = zeros->bits = 0;
}

void ew_zeros_clear(zeros_t zeros)
{
    for (slong i = 0; i < zeros->count; i++)
        arb_clear(zeros->list[i].x);
    flint_free(zeros->list);
    ew_zeros_init(zeros);
}

void ew_zeros_append(zeros_t zeros, const arb_t x, bool on_square_free)
{
    if (zeros->count == zeros->room) {
        zeros->room = 2 * zeros->room + 16;
        zeros->list = flint_realloc(zeros->list, (size_t)zeros->room * sizeof(zero_struct));
    }
    zero_struct *zero = zeros->list + zeros->count++;
    arb_init(zero->x);
    arb_set(zero->x, x);
    zero->on_square_free = on_square_free;
}

void ew_search_init(search_t search, const ew_mode_t mode, slong n, slong max_prec,
                    const ew_progress *progress)
{
    search->mode = mode;
    search->n = n;
    search->max_prec = max_prec;
    search->progress = progress;
    search->balls = NULL;
    search->ball_count = 0;
    arb_init(search->bound);
    ew_period_bound(search->bound, mode);
    fmpz_poly_init(search->square_free);
}

void ew_search_clear(search_t search)
{
    for (slong j = 0; j < search->ball_count; j++)
        ew_ball_mode_clear(search->balls + j);
    flint_free(search->balls);
    arb_clear(search->bound);
    fmpz_poly_clear(search->square_free);
}

const ew_ball_mode_struct *ew_search_ball(search_t search, slong prec)
{
    slong j = 0;
    while ((WORD(64) << j) < prec)
        j++;
    if (j >= search->ball_count) {
        search->balls = flint_realloc(search->balls, (size_t)(j + 1) * sizeof(ew_ball_mode_struct));
        for (; search->ball_count <= j; search->ball_count++)
            ew_ball_mode_init(search->balls + search->ball_count, search->mode,
                              WORD(64) << search->ball_count);
    }
    return search->balls + j;
}

void ew_period_newton(arb_t N, const arb_t x, bool on_square_free, search_t search, slong prec)
{
    if (on_square_free) {
        ew_exact_newton(N, x, search->square_free, prec);
        return;
    }
    const ew_ball_mode_struct *ball = ew_search_ball(search, prec);
    arb_ptr v = _arb_vec_init(4);
    arb_ptr m = v, f = v + 1, slope = v + 2, image = v + 3;
    ew_period_walk(f, slope, image, x, search->n, NULL, ball);
    arb_get_mid_arb(m, x);
    ew_period_walk(f, NULL, image, m, search->n, NULL, ball);
    arb_div(f, f, slope, ball->prec); /* not finite when the slope has 0 in it */
    arb_sub(N, m, f, ball->prec);
    _arb_vec_clear(v, 4);
}

void ew_period_inflate(arb_t out, const arb_t x, slong bits)
{
    mag_t more, least;
    mag_init(more);
    mag_init(least);
    arb_get_mag(least, x);
    mag_mul_2exp_si(least, least, -bits);
    mag_mul_2exp_si(more, arb_radref(x), -3);
    mag_add(more, more, least);
    arb_set(out, x);
    mag_add(arb_radref(out), arb_radref(out), more);
    mag_clear(more);
    mag_clear(least);
}

bool ew_period_sharpen(zero_struct *zero, search_t search, slong bits)
{
    arb_t N;
    arb_init(N);
    slong had = arb_rel_accuracy_bits(zero->x), most = 4 * FLINT_MAX(search->max_prec, bits) + 1024;
    for (slong prec = 64 + 2 * FLINT_MAX(had, 0); had <= bits && prec <= most;) {
        ew_period_newton(N, zero->x, zero->on_square_free, search, prec);
        if (arb_is_finite(N))
            arb_intersection(zero->x, zero->x, N, prec);
        slong has = arb_rel_accuracy_bits(zero->x);
        bool stalls =
            has < had + FLINT_MAX(had, 8) / 2; /* Newton doubles the bits while `prec` is enough */
        prec = stalls ? 2 * prec : FLINT_MAX(prec, FLINT_MIN(64 + 2 * has, 2 * bits + 64));
        had = has;
    }
    arb_clear(N);
    return arb_rel_accuracy_bits(zero->x) > bits;
}

/* ---- Cells --------------------------------------------------------------------------------- */

/* log2 of R over the cell's radius. */
static slong cell_depth(const arb_t cell, const search_t search)
{
    arf_t r;
    arf_init(r);
    arf_set_mag(r, arb_radref(cell));
    slong depth = arf_abs_bound_lt_2exp_si(arb_midref(search->bound)) - arf_abs_bound_lt_2exp_si(r);
    arf_clear(r);
    return depth;
}

typedef enum { CELL_EMPTY, CELL_ISOLATES, CELL_SPLITS, CELL_NEEDS_BITS } cell_answer;

/* What is proved of h_n on the ball X; N isolates the zero where there is one. (9), (10) */
static cell_answer look(arb_t N, const arb_t X, search_t search, slong prec)
{
    const ew_ball_mode_struct *ball = ew_search_ball(search, prec);
    arb_ptr v = _arb_vec_init(5);
    arb_ptr h = v, slope = v + 1, image = v + 2, m = v + 3, centred = v + 4;
    cell_answer answer = CELL_SPLITS;
    walk_answer walk = ew_period_walk(h, slope, image, X, search->n, search->bound, ball);
    if (walk == WALK_ESCAPES ||
        (walk == WALK_STAYS && (!arb_overlaps(image, X) || !arb_contains_zero(h))))
        answer = CELL_EMPTY;
    else if (walk == WALK_STAYS) {
        arb_get_mid_arb(m, X);
        ew_period_walk(h, NULL, image, m, search->n, NULL, ball);
        arb_sub(centred, X, m, ball->prec);
        arb_mul(centred, centred, slope, ball->prec);
        bool blurred = mag_cmp(arb_radref(h), arb_radref(centred)) > 0;
        arb_add(centred, centred, h, ball->prec);
        if (!arb_contains_zero(centred))
            answer = CELL_EMPTY;
        else {
            arb_div(h, h, slope, ball->prec);
            arb_sub(N, m, h, ball->prec);
            if (arb_is_finite(N) && arb_contains_interior(X, N))
                answer = CELL_ISOLATES;
            else if (blurred)
                answer = CELL_NEEDS_BITS;
        }
    }
    _arb_vec_clear(v, 5);
    return answer;
}

/* The same of a cell with an eighth more on either side, with as many bits as it takes. */
static cell_answer look_at_cell(arb_t N, const arb_t cell, search_t search, zeros_t zeros)
{
    arb_t X;
    arb_init(X);
    mag_mul_2exp_si(arb_radref(X), arb_radref(cell), -3);
    mag_add(arb_radref(X), arb_radref(X), arb_radref(cell));
    arf_set(arb_midref(X), arb_midref(cell));
    slong prec = 64 + 2 * FLINT_MAX(cell_depth(cell, search), 0);
    cell_answer answer = CELL_NEEDS_BITS;
    for (; answer == CELL_NEEDS_BITS && prec <= 4 * search->max_prec + 1024; prec *= 2) {
        answer = look(N, X, search, prec);
        zeros->cells++;
        zeros->bits = FLINT_MAX(zeros->bits, ew_search_ball(search, prec)->prec);
    }
    arb_clear(X);
    return answer;
}

/* Empties `open`: the zeros found are appended, cells undecided at that depth go to `stuck` from left to right. */
static ew_status run(zeros_t zeros, cells_t *stuck, cells_t *open, search_t search, slong depth)
{
    ew_status status = EW_OK;
    slong told = zeros->cells;
    arb_t cell, N;
    arb_init(cell);
    arb_init(N);
    while (open->count > 0 && status == EW_OK) {
        ew_intervals_pop(cell, open);
        cell_answer answer = look_at_cell(N, cell, search, zeros);
        if (answer == CELL_ISOLATES)
            ew_zeros_append(zeros, N, false);
        else if (answer != CELL_EMPTY && cell_depth(cell, search) >= depth)
            ew_intervals_push(stuck, cell);
        else if (answer != CELL_EMPTY)
            ew_intervals_push_halves(open, cell);
        if (zeros->cells > MOST_CELLS)
            status = EW_UNDECIDED_STATUS;
        else if (zeros->cells >= told + TOLD) {
            told = zeros->cells;
            if (!ew_progress_tick(search->progress, "isolating points", (ulong)told, 0))
                status = EW_STOPPED;
        }
    }
    arb_clear(cell);
    arb_clear(N);
    return status;
}

/* ---- What stays undecided -------------------------------------------------------------------- */

/* Looks at clusters of neighbouring stuck cells on the square-free part; those not settled go to `open`, rightmost first. */
static void settle_clusters(zeros_t zeros, cells_t *open, cells_t *stuck, search_t search,
                            slong prec)
{
    arb_t hull, N;
    arb_init(hull);
    arb_init(N);
    for (slong end = stuck->count; end > 0;) {
        slong start = end - 1;
        arb_set(hull, stuck->list + start);
        for (; start > 0 && arb_overlaps(stuck->list + start - 1, stuck->list + start); start--)
            arb_union(hull, hull, stuck->list + start - 1, prec);
        ew_period_inflate(hull, hull, prec);
        ew_exact_newton(N, hull, search->square_free, prec);
        zeros->cells++;
        zeros->bits = FLINT_MAX(zeros->bits, prec);
        if (arb_is_finite(N) && arb_contains_interior(hull, N))
            ew_zeros_append(zeros, N, true);
        else if (!arb_is_finite(N) || arb_overlaps(hull, N))
            for (slong i = end - 1; i >= start; i--)
                ew_intervals_push(open, stuck->list + i);
        end = start;
    }
    arb_clear(hull);
    arb_clear(N);
    ew_intervals_clear(stuck);
}

/* Cells that stayed undecided: on to the full depth if h_n has no multiple zero, else on the square-free part, with cells
 * of 2, 4, .. times the depth. Where h_n is too large to tell, on to a depth at which a multiple zero is likely. */
static ew_status run_stuck(zeros_t zeros, cells_t *stuck, search_t search)
{
    bool expanded = ew_exact_square_free(search) == EW_OK;
    bool multiple = expanded && !fmpz_poly_is_zero(search->square_free);
    slong most = expanded ? search->max_prec : FLINT_MIN(search->max_prec, BLIND_DEPTH);
    cells_t open = {NULL, 0, 0};
    ew_status status = EW_OK;
    for (slong depth = 2 * FIRST_DEPTH; status == EW_OK && stuck->count > 0; depth *= 2) {
        bool last = !multiple || depth > most;
        if (multiple)
            settle_clusters(zeros, &open, stuck, search, 4 * depth);
        else
            for (; stuck->count > 0;) { /* reversed: the leftmost is to be on top */
                ew_intervals_push(&open, stuck->list + stuck->count - 1);
                arb_clear(stuck->list + --stuck->count);
            }
        status = run(zeros, stuck, &open, search, last ? most : depth);
        if (last && stuck->count > 0 && status == EW_OK)
            status = EW_UNDECIDED_STATUS;
    }
    ew_intervals_clear(&open);
    return status;
}

static int by_midpoint(const void *left, const void *right)
{
    const zero_struct *a = left, *b = right;
    return arf_cmp(arb_midref(a->x), arb_midref(b->x));
}

/* Are the two enclosures of one zero? EW_NO: they are disjoint by now. (11) */
static ew_answer same_zero(zero_struct *a, zero_struct *b, search_t search)
{
    ew_answer same = EW_UNKNOWN;
    bool on_square_free = a->on_square_free || b->on_square_free;
    arb_t hull, N;
    arb_init(hull);
    arb_init(N);
    for (slong bits = 32; same == EW_UNKNOWN && bits <= search->max_prec; bits *= 2) {
        if (!arb_overlaps(a->x, b->x)) {
            same = EW_NO;
            break;
        }
        arb_union(hull, a->x, b->x, 2 * bits + 64);
        ew_period_newton(N, hull, on_square_free, search, 2 * bits + 64);
        if (arb_is_finite(N)) /* at most one zero in the hull */
            same = EW_YES;
        else if (!ew_period_sharpen(a, search, bits) || !ew_period_sharpen(b, search, bits))
            break;
    }
    arb_clear(hull);
    arb_clear(N);
    return same;
}

/* Drops what was found twice of a list sorted by midpoints, and for even depth what lies left of 0, which is the mirror image
 * of another. Neighbours are disjoint then, or false. */
static bool drop_doubles(zeros_t zeros, search_t search)
{
    bool even = search->mode->depth % 2 == 0, decided = true;
    slong kept = 0;
    for (slong i = 0; i < zeros->count; i++) {
        zero_struct *zero = zeros->list + i;
        ew_answer same = kept > 0 ? same_zero(zeros->list + kept - 1, zero, search) : EW_NO;
        decided = decided && same != EW_UNKNOWN;
        if (same == EW_YES || (even && !arb_is_positive(zero->x)))
            continue;
        if (kept < i) {
            arb_swap(zeros->list[kept].x, zero->x);
            zeros->list[kept].on_square_free = zero->on_square_free;
        }
        kept++;
    }
    for (slong i = kept; i < zeros->count; i++)
        arb_clear(zeros->list[i].x);
    zeros->count = kept;
    return decided;
}

static bool ascending(const zeros_t zeros)
{
    for (slong i = 1; i < zeros->count; i++)
        if (!arb_lt(zeros->list[i - 1].x, zeros->list[i].x))
            return false;
    return true;
}

/* Sorts the zeros and drops doubles. Sharpening can change the order of midpoints of enclosures that overlapped, so this is
 * repeated until they are disjoint and ascending. */
static ew_status finish(zeros_t zeros, search_t search)
{
    for (slong i = 0; i < zeros->count; i++) {
        if (!ew_progress_tick(search->progress, "isolating points", (ulong)i, (ulong)zeros->count))
            return EW_STOPPED;
        if (!ew_period_sharpen(zeros->list + i, search,
                               16)) /* 0 is no zero: their signs are known then */
            return EW_UNDECIDED_STATUS;
    }
    for (int round = 0; round < 4 && zeros->count > 0; round++) {
        qsort(zeros->list, (size_t)zeros->count, sizeof(zero_struct), by_midpoint);
        if (!drop_doubles(zeros, search))
            return EW_UNDECIDED_STATUS;
        if (ascending(zeros))
            break;
    }
    return ascending(zeros) ? EW_OK : EW_UNDECIDED_STATUS;
}

ew_status ew_period_zeros(zeros_t zeros, search_t search)
{
    cells_t open = {NULL, 0, 0}, stuck = {NULL, 0, 0};
    arb_t cell;
    arb_init(cell); /* [-R, R], or [0, R] where h_n is even */
    arf_get_mag(arb_radref(cell), arb_midref(search->bound));
    if (search->mode->depth % 2 == 0) {
        mag_mul_2exp_si(arb_radref(cell), arb_radref(cell), -1);
        arf_set_mag(arb_midref(cell), arb_radref(cell));
    }
    ew_intervals_push(&open, cell);
    arb_clear(cell);
    ew_status status = run(zeros, &stuck, &open, search, FIRST_DEPTH);
    if (status == EW_OK && stuck.count > 0)
        status = run_stuck(zeros, &stuck, search);
    if (status == EW_OK)
        status = finish(zeros, search);
    ew_intervals_clear(&open);
    ew_intervals_clear(&stuck);
    return status;
}

/* Does R keep all periodic points in (-R, R)? R > sigma^(1/L) and eta R^(L-2) (R^L - sigma) > 2: (8). */
static bool bounds_all(const arb_t R, const arb_t edge, const ew_ball_mode_t ball)
{
    arb_t power, t;
    arb_init(power);
    arb_init(t);
    arb_pow_ui(power, R, (ulong)ball->depth - 2, ball->prec);
    arb_sqr(t, R, ball->prec);
    arb_mul(t, t, power, ball->prec);
    arb_sub(t, t, ball->sigma, ball->prec);
    arb_mul(t, t, power, ball->prec);
    arb_mul(t, t, ball->eta, ball->prec);
    arb_sub_ui(t, t, 2, ball->prec);
    bool yes = arb_gt(R, edge) && arb_is_positive(t);
    arb_clear(power);
    arb_clear(t);
    return yes;
}

/* A power of two that bounds, then bisection of its last octave to a 128th of 1/L: beyond sigma^(1/L) the map changes on
 * lengths of that order, and cells where it escapes at once are cells all the same. */
void ew_period_bound(arb_t bound, const ew_mode_t mode)
{
    if (!ew_mode_is_positive(mode)) {
        arb_indeterminate(bound);
        return;
    }
    slong steps = 7 + (slong)FLINT_BIT_COUNT((ulong)mode->depth), prec = 128 + 2 * steps;
    ew_ball_mode_t ball;
    arb_t edge, low, middle;
    arb_init(edge);
    arb_init(low);
    arb_init(middle);
    ew_ball_mode_init(ball, mode, prec);
    ew_mode_edge(edge, mode, prec);
    arb_one(bound);
    arb_mul_2exp_si(bound, bound, arf_abs_bound_lt_2exp_si(arb_midref(edge)) - 1);
    while (!bounds_all(bound, edge, ball))
        arb_mul_2exp_si(bound, bound, 1);
    arb_mul_2exp_si(low, bound, -1);
    for (slong i = 0; i < steps; i++) {
        arb_add(middle, low, bound, prec);
        arb_mul_2exp_si(middle, middle, -1);
        arb_swap(bounds_all(middle, edge, ball) ? bound : low, middle);
    }
    ew_ball_mode_clear(ball);
    arb_clear(edge);
    arb_clear(low);
    arb_clear(middle);
}
