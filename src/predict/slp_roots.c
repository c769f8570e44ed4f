/* All real roots of a program in an interval. theory/slp.md (1) - (4)
 *
 * The interval is halved until each cell is proved to be empty or to hold one simple root. A cell is looked at with an
 * eighth more on either side, so that a root on a common end of two cells does not stay undecided for ever: it is then
 * found twice, and one of the two dropped. What is still undecided at the limits is handed back as it is. */
#include "num/domain.h"
#include "predict/cells.h"
#include "predict/slp_eval.h"
#include <edgewise/isolate.h>
#include <stdlib.h>

/* wider cells are tried by their signs alone first */
enum { WIDE_BITS = 64 };

/* what is expanded where cells do not get fewer, after so many of them for each degree */
enum { MOST_DEGREE = 1024, MOST_BYTES = 1 << 30, PATIENCE = 16 };

typedef struct {
    slp_work_t work;
    slong last; /* the operation whose roots are sought */
    slong prec;
    ew_slp_limits limits;
    arf_t width; /* of the whole */
    const fmpq *lo, *hi;
    cells_t open;  /* to be looked at, the leftmost on top */
    cells_t stuck; /* undecided for good, from left to right */
    ew_slp_roots_struct *out;
} search_t;

ew_slp_limits ew_slp_limits_default(void)
{
    return (ew_slp_limits){.max_prec = 8192, .max_depth = 128, .max_cells = WORD(1) << 20};
}

void ew_slp_roots_init(ew_slp_roots_t roots)
{
    roots->list = NULL;
    roots->open = NULL;
    roots->count = roots->open_count = roots->cells = roots->bits = 0;
}

void ew_slp_roots_clear(ew_slp_roots_t roots)
{
    for (slong i = 0; i < roots->count; i++)
        arb_clear(roots->list[i].x);
    flint_free(roots->list);
    if (roots->open != NULL)
        _arb_vec_clear(roots->open, roots->open_count);
    ew_slp_roots_init(roots);
}

/* ---- Cells ------------------------------------------------------------------------------------- */

/* Is the cell too narrow to be halved? Beside its distance from 0, or, about 0, beside the whole. */
static bool is_too_narrow(const arb_t cell, const search_t *search)
{
    arf_t r, most;
    arf_init(r);
    arf_init(most);
    arf_set_mag(r, arb_radref(cell));
    arb_get_abs_ubound_arf(most, cell, MAG_BITS);
    arf_mul_2exp_si(most, most, -search->limits.max_depth);
    bool narrow = arf_cmp(r, most) <= 0;
    arf_mul_2exp_si(most, search->width, -8 * search->limits.max_depth);
    narrow = narrow || arf_cmp(r, most) <= 0;
    arf_clear(r);
    arf_clear(most);
    return narrow;
}

/* Bits by which the cell is narrower than its distance from 0. */
static slong cell_bits(const arb_t cell)
{
    slong bits = arb_rel_accuracy_bits(cell);
    return FLINT_MAX(bits, 0);
}

/* ---- One cell ------------------------------------------------------------------------------------ */

typedef enum { CELL_EMPTY, CELL_ISOLATES, CELL_SPLITS, CELL_NEEDS_BITS } cell_answer;

/* The sign at a point; 0 when the ball does not tell. */
static int sign_at(const arf_t x, search_t *search, slong prec)
{
    arb_t point;
    arb_init(point);
    arb_set_arf(point, x);
    ew_slp_walk_point(search->work, point, false, prec);
    arb_srcptr f = search->work->at + search->last;
    int sign = !arb_is_finite(f) ? 0 : arb_is_positive(f) ? 1 : arb_is_negative(f) ? -1 : 0;
    arb_clear(point);
    return sign;
}

/* N = m - f(m) / f'(X) from the last walk, which was over X. Every root in X lies in it. */
static void newton_image(arb_t N, const arb_t X, const search_t *search, slong prec)
{
    arb_get_mid_arb(N, X);
    arb_t step;
    arb_init(step);
    arb_div(step, search->work->at + search->last, search->work->slope_over + search->last, prec);
    arb_sub(N, N, step, prec);
    arb_clear(step);
}

/* The program is strictly monotone on X: it has one root or none there, and the signs at the ends tell. For a root at an end
 * they do not; it is another cell's then, and Newton's image says so. (3) */
static cell_answer one_or_none(const arb_t X, const arb_t cell, search_t *search, slong prec)
{
    arb_t N;
    arf_t end;
    arb_init(N);
    arf_init(end);
    cell_answer answer = CELL_SPLITS;
    newton_image(N, X, search, prec);
    if (arb_is_finite(N) && !arb_overlaps(N, cell))
        answer = CELL_EMPTY;
    else if (arb_is_finite(N) && arb_contains_interior(X, N))
        answer = CELL_ISOLATES;
    else {
        arb_get_lbound_arf(end, X, ARF_PREC_EXACT);
        int left = sign_at(end, search, prec);
        arb_get_ubound_arf(end, X, ARF_PREC_EXACT);
        int right = sign_at(end, search, prec);
        if (left != 0 && right != 0)
            answer = left == right ? CELL_EMPTY : CELL_ISOLATES;
    }
    arb_clear(N);
    arf_clear(end);
    return answer;
}

/* Is the error of f(m) a good part of what f ranges over? Then halving is of no use. */
static bool is_blurred(const search_t *search)
{
    mag_t quarter;
    mag_init(quarter);
    mag_mul_2exp_si(quarter, arb_radref(search->work->over + search->last), -2);
    bool blurred = mag_cmp(arb_radref(search->work->at + search->last), quarter) > 0;
    mag_clear(quarter);
    return blurred;
}

/* What is proved of the cell from the ball X around it, which isolates the root where there is one. (3) */
static cell_answer look(const arb_t X, const arb_t cell, search_t *search, slong prec)
{
    if (arb_rel_accuracy_bits(X) < WIDE_BITS && ew_slp_sign_over(search->work, X) != 0)
        return CELL_EMPTY;
    ew_slp_walk(search->work, X, prec);
    arb_srcptr f = search->work->over + search->last;
    arb_srcptr slope = search->work->slope_over + search->last;
    if (!arb_is_finite(f))
        return CELL_SPLITS;
    if (!arb_contains_zero(f))
        return CELL_EMPTY;
    bool blurred = is_blurred(search);
    cell_answer answer = CELL_SPLITS;
    if (arb_is_finite(slope) && !arb_contains_zero(slope))
        answer = one_or_none(X, cell, search, prec);
    return answer == CELL_SPLITS && blurred ? CELL_NEEDS_BITS : answer;
}

/* The same with as many bits as it takes; X becomes the cell with an eighth more on either side. */
static cell_answer look_at_cell(arb_t X, const arb_t cell, search_t *search)
{
    mag_mul_2exp_si(arb_radref(X), arb_radref(cell), -3);
    mag_add(arb_radref(X), arb_radref(X), arb_radref(cell));
    arf_set(arb_midref(X), arb_midref(cell));
    cell_answer answer = CELL_NEEDS_BITS;
    for (slong prec = 64 + 2 * cell_bits(cell);
         answer == CELL_NEEDS_BITS && prec <= search->limits.max_prec; prec *= 2) {
        answer = look(X, cell, search, prec);
        search->out->bits = FLINT_MAX(search->out->bits, prec);
    }
    return answer;
}

/* ---- Roots ------------------------------------------------------------------------------------------ */

/* Is that rational a root? Decided in rationals where these stay small; false else. */
static bool vanishes_at(const fmpq_t q, search_t *search)
{
    const double small = 1e6;
    if (ew_slp_exact_bits(search->work->p, (double)fmpz_bits(fmpq_numref(q)),
                          (double)fmpz_bits(fmpq_denref(q))) > small)
        return false;
    fmpq_t value;
    fmpq_init(value);
    bool zero = ew_slp_eval_exact(value, search->work->p, q) == EW_OK && fmpq_is_zero(value);
    fmpq_clear(value);
    return zero;
}

/* A root 0 has no relative accuracy: it is made exact. */
static bool is_zero_root(arb_t X, search_t *search)
{
    if (!arb_contains_zero(X))
        return false;
    fmpq_t zero;
    fmpq_init(zero);
    bool yes = vanishes_at(zero, search);
    if (yes)
        arb_zero(X);
    fmpq_clear(zero);
    return yes;
}

/* Sharpens an enclosure on which the program is monotone to a relative radius below 2^-bits, as far as max_prec allows. */
static bool sharpen(arb_t X, search_t *search, slong bits)
{
    if (arb_is_zero(X) || is_zero_root(X, search))
        return true;
    arb_t N;
    arb_init(N);
    slong had = FLINT_MIN(FLINT_MAX(arb_rel_accuracy_bits(X), 0), bits + 1);
    slong most = search->limits.max_prec;
    bool last = false;
    for (slong prec = FLINT_MIN(64 + 2 * had, most); had <= bits && !last;) {
        last = prec >= most;
        ew_slp_walk(search->work, X, prec);
        newton_image(N, X, search, prec);
        if (arb_is_finite(N))
            arb_intersection(X, X, N, prec);
        slong has = FLINT_MIN(FLINT_MAX(arb_rel_accuracy_bits(X), 0), bits + 1); /* exact: no end */
        bool stalls = has <= had; /* in a cluster the first steps gain little, of themselves */
        last = last && stalls;
        prec = stalls ? 2 * prec : FLINT_MAX(prec, FLINT_MIN(64 + 2 * has, 2 * bits + 64));
        prec = FLINT_MIN(prec, most);
        had = has;
    }
    arb_clear(N);
    return had > bits;
}

static void append(const arb_t X, search_t *search)
{
    ew_slp_roots_struct *out = search->out;
    out->list = flint_realloc(out->list, (size_t)(out->count + 1) * sizeof(ew_slp_root));
    arb_init(out->list[out->count].x);
    arb_set(out->list[out->count].x, X);
    out->list[out->count++].inside = false;
}

static void drop(ew_slp_roots_struct *out, slong i)
{
    arb_clear(out->list[i].x);
    for (out->count--; i < out->count; i++)
        out->list[i] = out->list[i + 1];
}

/* x against the rational end: -1, 1, or 0 when not told. */
static int against(const arb_t x, const fmpq_t end, slong prec)
{
    arb_t q;
    arb_init(q);
    arb_set_fmpq(q, end, prec);
    int side = arb_lt(x, q) ? -1 : arb_gt(x, q) ? 1 : 0;
    arb_clear(q);
    return side;
}

/* Which side of an end root i lies: `side` for inside, -side for outside, 0 for not told. An end that is a root itself
 * belongs to the inside, and is the root of the enclosure that has it in it. (4) */
static int place(slong i, const fmpq_t end, int side, search_t *search)
{
    arb_struct *x = search->out->list[i].x;
    for (slong bits = search->prec; bits <= search->limits.max_prec; bits *= 2) {
        int is = against(x, end, 2 * bits + 64);
        if (is != 0)
            return is;
        if (bits == search->prec && arb_contains_fmpq(x, end) && vanishes_at(end, search))
            return side;
        if (!sharpen(x, search, 2 * bits))
            break;
    }
    return 0;
}

/* Drops roots beyond the ends. */
static void cut(search_t *search)
{
    ew_slp_roots_struct *out = search->out;
    for (slong i = out->count - 1; i >= 0; i--) {
        int low = place(i, search->lo, 1, search), high = place(i, search->hi, -1, search);
        out->list[i].inside = low > 0 && high < 0;
        if (low < 0 || high > 0)
            drop(out, i);
    }
}

/* Are the enclosures of one root? When not, they are disjoint by now; `decided` is cleared when that is not known. */
static bool same_root(arb_t a, arb_t b, bool *decided, search_t *search)
{
    arb_t hull;
    arb_init(hull);
    bool same = false, settled = false;
    for (slong bits = 32; !settled && bits <= search->limits.max_prec; bits *= 2) {
        if (!arb_overlaps(a, b)) {
            settled = true;
            break;
        }
        arb_union(hull, a, b, 2 * bits + 64);
        ew_slp_walk(search->work, hull, 2 * bits + 64);
        arb_srcptr slope = search->work->slope_over + search->last;
        same = settled = arb_is_finite(slope) && !arb_contains_zero(slope);
        if (!settled && !(sharpen(a, search, bits) && sharpen(b, search, bits)))
            break;
    }
    *decided = *decided && settled;
    arb_clear(hull);
    return same;
}

static int by_midpoint(const void *left, const void *right)
{
    const ew_slp_root *a = left, *b = right;
    return arf_cmp(arb_midref(a->x), arb_midref(b->x));
}

static bool is_ascending(const ew_slp_roots_struct *out)
{
    for (slong i = 1; i < out->count; i++)
        if (!arb_lt(out->list[i - 1].x, out->list[i].x))
            return false;
    return true;
}

/* Drops what was found twice; sharpening can change the order, so it is repeated until all are disjoint and ascending. Two
 * that cannot be told apart at the limits become an undecided interval. */
static void settle(search_t *search)
{
    ew_slp_roots_struct *out = search->out;
    while (!is_ascending(out)) {
        qsort(out->list, (size_t)out->count, sizeof(ew_slp_root), by_midpoint);
        for (slong i = out->count - 1; i > 0; i--) {
            arb_struct *a = out->list[i - 1].x, *b = out->list[i].x;
            bool decided = true;
            if (same_root(a, b, &decided, search))
                drop(out, i);
            else if (!decided) {
                arb_union(a, a, b, search->limits.max_prec);
                ew_intervals_push(&search->stuck, a);
                drop(out, i--);
                drop(out, i);
            }
        }
    }
}

static int by_ball(const void *left, const void *right)
{
    return arf_cmp(arb_midref((arb_srcptr)left), arb_midref((arb_srcptr)right));
}

/* Hands the undecided cells over, those that touch as one. */
static void hand_over(search_t *search)
{
    ew_slp_roots_struct *out = search->out;
    cells_t *stuck = &search->stuck;
    if (stuck->count == 0)
        return;
    qsort(stuck->list, (size_t)stuck->count, sizeof(arb_struct), by_ball);
    slong kept = 0;
    for (slong i = 1; i < stuck->count; i++) {
        arb_struct *to = stuck->list + kept, *cell = stuck->list + i;
        if (arb_overlaps(to, cell))
            arb_union(to, to, cell, search->limits.max_prec + 64);
        else
            arb_swap(stuck->list + ++kept, cell);
    }
    out->open_count = kept + 1;
    out->open = _arb_vec_init(out->open_count);
    for (slong i = 0; i < out->open_count; i++)
        arb_swap(out->open + i, stuck->list + i);
}

/* ---- The search ----------------------------------------------------------------------------------------- */

/* Looks at cells until none is open, or `most` have been looked at. */
static ew_status run(search_t *search, slong most, const ew_progress *progress)
{
    ew_slp_roots_struct *out = search->out;
    ew_status status = EW_OK;
    arb_t cell, X;
    arb_init(cell);
    arb_init(X);
    while (search->open.count > 0 && out->cells < most && status == EW_OK) {
        ew_intervals_pop(cell, &search->open);
        out->cells++;
        cell_answer answer = look_at_cell(X, cell, search);
        if (!ew_progress_tick(progress, "isolating roots", (ulong)out->cells, 0))
            status = EW_STOPPED;
        if (answer == CELL_ISOLATES)
            append(X, search);
        else if (answer != CELL_EMPTY) {
            if (answer == CELL_NEEDS_BITS || is_too_narrow(cell, search))
                ew_intervals_push(&search->stuck, cell);
            else
                ew_intervals_push_halves(&search->open, cell);
        }
    }
    arb_clear(cell);
    arb_clear(X);
    return status;
}

/* The roots of the expanded polynomial in the place of all that was found: simple ones in the list, multiple ones undecided. */
static void take_over(search_t *search, const ew_real_roots_t all)
{
    ew_slp_roots_struct *out = search->out;
    while (out->count > 0)
        drop(out, out->count - 1);
    ew_intervals_clear(&search->open);
    ew_intervals_clear(&search->stuck);
    out->cells += all->cells;
    out->bits = FLINT_MAX(out->bits, all->bits);
    for (slong i = 0; i < all->count; i++) {
        const ew_real_root_struct *root = all->list + i;
        slong prec = search->prec + 64;
        if (root->multiplicity == 1)
            append(root->x, search);
        else if (against(root->x, search->lo, prec) >= 0 && against(root->x, search->hi, prec) <= 0)
            ew_intervals_push(&search->stuck, root->x);
    }
}

/* The degree, if the polynomial may be expanded; else -1. (7) */
static slong small_degree(const ew_slp_t p)
{
    fmpz_t degree;
    fmpz_init(degree);
    slong n = -1;
    if (ew_slp_degree(degree, p) == EW_OK && fmpz_cmp_si(degree, MOST_DEGREE) <= 0)
        n = fmpz_get_si(degree);
    fmpz_clear(degree);
    double bytes = (ew_slp_exact_bits(p, 0, 0) / 8 + 8) * (double)(n + 1) * (double)p->count;
    return bytes < MOST_BYTES && ew_memory_check(bytes) == EW_OK ? n : -1;
}

/* All roots by the expanded polynomial. (7) */
static ew_status by_expansion(bool *done, search_t *search, const ew_progress *progress)
{
    fmpz_poly_t f;
    ew_real_roots_t all;
    fmpz_poly_init(f);
    ew_real_roots_init(all);
    ew_status status = EW_UNDECIDED_STATUS;
    slong bits = FLINT_MAX(search->prec, search->limits.max_depth);
    if (ew_slp_expand(f, search->work->p, progress) && !fmpz_poly_is_zero(f))
        status =
            ew_poly_real_roots(all, f, bits, FLINT_MAX(bits, search->limits.max_prec), progress);
    *done = status == EW_OK;
    if (*done)
        take_over(search, all);
    fmpz_poly_clear(f);
    ew_real_roots_clear(all);
    return status == EW_UNDECIDED_STATUS ? EW_OK : status;
}

static ew_status search_all(search_t *search, const ew_progress *progress)
{
    slong degree = small_degree(search->work->p), most = search->limits.max_cells;
    slong few =
        degree < 0 ? most : PATIENCE * (degree + 4); /* far more than without cancellation */
    bool done = false;
    ew_status status = run(search, FLINT_MIN(few, most), progress);
    if (status == EW_OK && search->open.count > 0 && few < most)
        status = by_expansion(&done, search, progress);
    if (status == EW_OK && !done)
        status = run(search, most, progress);
    for (; search->open.count > 0; arb_clear(search->open.list + search->open.count))
        ew_intervals_push(&search->stuck, search->open.list + --search->open.count);
    return status;
}

/* A ball around [lo, hi] with a radius of few bits, so that halves of it are exact for a long time. */
static void whole(arb_t cell, search_t *search)
{
    arb_t other;
    mag_t least;
    arb_init(other);
    mag_init(least);
    arb_set_fmpq(cell, search->lo, 128);
    arb_set_fmpq(other, search->hi, 128);
    arb_union(cell, cell, other, 128);
    arb_get_mag(least, cell);
    mag_mul_2exp_si(least, least, -32);
    if (mag_is_zero(least))
        mag_set_ui_2exp_si(least, 1, -32);
    mag_max(arb_radref(cell), arb_radref(cell), least); /* a single point too needs some width */
    arf_set_mag(search->width, arb_radref(cell));
    arb_clear(other);
    mag_clear(least);
}

static ew_status find(search_t *search, const ew_progress *progress)
{
    arb_t cell;
    arb_init(cell);
    whole(cell, search);
    ew_intervals_push(&search->open, cell);
    arb_clear(cell);
    ew_status status = search_all(search, progress);
    if (status != EW_OK)
        return status;
    for (slong i = 0; i < search->out->count; i++)
        sharpen(search->out->list[i].x, search, search->prec);
    settle(search);
    cut(search);
    for (slong i = 0; i < search->out->count; i++)
        if (!arb_is_exact(search->out->list[i].x) &&
            arb_rel_accuracy_bits(search->out->list[i].x) < search->prec)
            status = EW_UNDECIDED_STATUS;
    hand_over(search);
    return search->out->open_count > 0 ? EW_UNDECIDED_STATUS : status;
}

/* Numbers that can be added and multiplied by some. */
static bool limits_stand(slong prec, const ew_slp_limits *limits)
{
    const slong most = WORD(1) << 40;
    return prec >= 1 && prec <= most &&
           (limits == NULL || (limits->max_prec >= 1 && limits->max_prec <= most &&
                               limits->max_depth >= 1 && limits->max_depth <= most));
}

ew_status ew_slp_roots(ew_slp_roots_t roots, const ew_slp_t p, const fmpq *lo, const fmpq *hi,
                       slong prec, const ew_slp_limits *limits, const ew_progress *progress)
{
    if (roots == NULL || p == NULL || !ew_prec_fits(prec) ||
        (lo != NULL && !ew_rational_fits(lo)) || (hi != NULL && !ew_rational_fits(hi)) ||
        (limits != NULL &&
         (!ew_prec_fits(limits->max_prec) || limits->max_depth < 1 || limits->max_cells < 1)))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    ew_slp_roots_clear(roots);
    if (p->bad || p->count == 0 || (lo == NULL) != (hi == NULL) ||
        (lo != NULL && fmpq_cmp(lo, hi) > 0) || !limits_stand(prec, limits))
        return EW_BAD_INPUT;
    fmpq_t low, high;
    fmpq_init(low);
    fmpq_init(high);
    ew_status status = EW_OK;
    if (lo == NULL) {
        status = ew_slp_root_bound(high, p);
        fmpq_neg(low, high);
    } else {
        fmpq_set(low, lo);
        fmpq_set(high, hi);
    }
    if (status == EW_OK) {
        search_t search = {.last = p->count - 1, .prec = prec, .lo = low, .hi = high, .out = roots};
        search.limits = limits != NULL ? *limits : ew_slp_limits_default();
        ew_slp_work_init(search.work, p);
        arf_init(search.width);
        status = find(&search, progress);
        ew_intervals_clear(&search.open);
        ew_intervals_clear(&search.stuck);
        arf_clear(search.width);
        ew_slp_work_clear(search.work);
    }
    fmpq_clear(low);
    fmpq_clear(high);
    return status;
}
