/* Descartes' rule of signs on halved intervals. theory/expanded-roots.md (2) - (7)
 *
 * An interval is done when its Bernstein coefficients change sign at most once, whatever the errors are; else it is
 * halved. Where the errors drown the coefficients everything is begun again with finer units. */
#include "predict/poly_isolate.h"
#include "predict/bernstein.h"

enum { MOST_CELLS = 1 << 22 };

void ew_brackets_init(brackets_t brackets)
{
    brackets->list = NULL;
    brackets->count = brackets->cells = brackets->bits = 0;
    brackets->hit = false;
    fmpq_init(brackets->struck);
}

static void brackets_empty(brackets_t brackets)
{
    for (slong i = 0; i < brackets->count; i++) {
        arf_clear(brackets->list[i].lo);
        arf_clear(brackets->list[i].hi);
    }
    flint_free(brackets->list);
    brackets->list = NULL;
    brackets->count = 0;
    brackets->hit = false;
}

void ew_brackets_clear(brackets_t brackets)
{
    brackets_empty(brackets);
    fmpq_clear(brackets->struck);
}

/* ---- A bound on the positive roots ------------------------------------------------------------ */

/* Is |a_n| B^n larger than the sum of those |a_k| B^k whose sign is opposite, B = c 2^e? Then it is so for all
 * larger B too, and no root is at B or beyond. (2) */
static bool bounds_roots(const fmpz_poly_t f, slong c, slong e)
{
    slong n = fmpz_poly_degree(f), prec = 64;
    int sign = fmpz_sgn(f->coeffs + n);
    arb_t sum, x, term;
    arb_init(sum);
    arb_init(x);
    arb_init(term);
    arb_set_si(x, c);
    arb_mul_2exp_si(x, x, e);
    arb_inv(x, x, prec); /* sum of |a_k| x^(n - k), by Horner's rule from k = 0 */
    for (slong k = 0; k < n; k++) {
        if (fmpz_sgn(f->coeffs + k) == -sign) {
            arb_set_fmpz(term, f->coeffs + k);
            arb_abs(term, term);
            arb_add(sum, sum, term, prec);
        }
        arb_mul(sum, sum, x, prec);
    }
    arb_set_fmpz(term, f->coeffs + n);
    arb_abs(term, term);
    bool yes = arb_gt(term, sum);
    arb_clear(sum);
    arb_clear(x);
    arb_clear(term);
    return yes;
}

/* e with all positive roots below 2^e: twice the largest |a_k / a_n|^(1/(n-k)) over the opposite signs. False when no
 * sign is opposite, so that there are no positive roots. (2) */
static bool coarse_bound(slong *e, const fmpz_poly_t f)
{
    slong n = fmpz_poly_degree(f), lead = (slong)fmpz_bits(f->coeffs + n);
    int sign = fmpz_sgn(f->coeffs + n);
    bool any = false;
    for (slong k = 0; k < n; k++) {
        if (fmpz_sgn(f->coeffs + k) != -sign)
            continue;
        slong over = (slong)fmpz_bits(f->coeffs + k) - lead + 1, d = n - k;
        slong root = 1 + (over >= 0 ? (over + d - 1) / d : -(-over / d));
        *e = any ? FLINT_MAX(*e, root) : root;
        any = true;
    }
    return any;
}

/* c 2^e with all positive roots below it, 32 <= c <= 64. */
static bool bound_roots(slong *c, slong *e, const fmpz_poly_t f)
{
    if (!coarse_bound(e, f))
        return false;
    while (bounds_roots(f, 1, *e - 1))
        --*e;
    *e -= 6;
    slong low = 32;
    *c = 64;
    while (*c - low > 1) {
        slong middle = (low + *c) / 2;
        if (bounds_roots(f, middle, *e))
            *c = middle;
        else
            low = middle;
    }
    return true;
}

/* ---- The bisection ------------------------------------------------------------------------------ */

typedef struct {
    bernstein_t p;
    fmpz_t index; /* the cell is (index, index + 1) times c 2^(e - depth) */
    slong depth;
    int first, last; /* exact signs at its ends */
} cell_struct;

typedef struct {
    const fmpz_poly_struct *f;
    slong c, e;
    cell_struct *stack; /* the leftmost on top */
    slong count, room;
    double bytes;
} bisection_t;

static cell_struct *push(bisection_t *work)
{
    if (work->count == work->room) {
        work->room = 2 * work->room + 16;
        work->stack = flint_realloc(work->stack, (size_t)work->room * sizeof(cell_struct));
    }
    cell_struct *cell = work->stack + work->count++;
    ew_bernstein_init(cell->p);
    fmpz_init(cell->index);
    return cell;
}

static void cell_clear(cell_struct *cell)
{
    ew_bernstein_clear(cell->p);
    fmpz_clear(cell->index);
}

/* index c 2^(e - depth), exactly. */
static void cell_end(arf_t x, const fmpz_t index, slong depth, const bisection_t *work)
{
    arf_set_fmpz(x, index);
    arf_mul_si(x, x, work->c, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(x, x, work->e - depth);
}

static void append(brackets_t brackets, const cell_struct *cell, const bisection_t *work)
{
    brackets->list =
        flint_realloc(brackets->list, (size_t)(brackets->count + 1) * sizeof(bracket_struct));
    bracket_struct *bracket = brackets->list + brackets->count++;
    fmpz_t next;
    fmpz_init(next);
    arf_init(bracket->lo);
    arf_init(bracket->hi);
    bracket->sign = cell->first;
    fmpz_add_ui(next, cell->index, 1);
    cell_end(bracket->lo, cell->index, cell->depth, work);
    cell_end(bracket->hi, next, cell->depth, work);
    fmpz_clear(next);
}

/* The exact sign of f at index c 2^(e - depth); `x` receives that point. */
static int exact_sign(fmpq_t x, const fmpz_t index, slong depth, const bisection_t *work)
{
    arf_t point;
    fmpq_t value;
    arf_init(point);
    fmpq_init(value);
    cell_end(point, index, depth, work);
    arf_get_fmpq(x, point);
    fmpz_poly_evaluate_fmpq(value, work->f, x);
    int sign = fmpq_sgn(value);
    arf_clear(point);
    fmpq_clear(value);
    return sign;
}

/* Replaces the cell on top by its halves; sets `hit` when f vanishes between them. */
static ew_status halve(bisection_t *work, brackets_t brackets, const ew_progress *progress)
{
    cell_struct *right = work->stack + work->count - 1;
    bernstein_t p;
    *p = *right->p;
    work->bytes -= ew_bernstein_bytes(p);
    ew_bernstein_init(right->p);
    ew_status status = ew_bernstein_split(p, right->p, progress);
    right->depth++;
    fmpz_mul_2exp(right->index, right->index, 1);
    fmpz_add_ui(right->index, right->index, 1);
    int middle = ew_bernstein_first_sign(right->p);
    if (middle == 0 && status == EW_OK)
        middle = exact_sign(brackets->struck, right->index, right->depth, work);
    cell_struct *left = push(work);
    right = left - 1; /* the stack may have moved */
    *left->p = *p;
    left->depth = right->depth;
    fmpz_sub_ui(left->index, right->index, 1);
    left->first = right->first;
    left->last = right->first = middle;
    work->bytes += ew_bernstein_bytes(left->p) + ew_bernstein_bytes(right->p);
    brackets->hit = middle == 0;
    return status;
}

/* Empties the stack. EW_UNDECIDED_STATUS when the units are too coarse. */
static ew_status run(brackets_t brackets, bisection_t *work, const ew_progress *progress)
{
    while (work->count > 0) {
        cell_struct *cell = work->stack + work->count - 1;
        if (++brackets->cells > MOST_CELLS)
            return EW_RESOURCES;
        if (!ew_progress_tick(progress, "isolating roots", (ulong)brackets->cells, 0))
            return EW_STOPPED;
        slong most = ew_bernstein_variations(cell->p, cell->first, cell->last);
        if (most <= 1) {
            if (most == 1)
                append(brackets, cell, work);
            work->bytes -= ew_bernstein_bytes(cell->p);
            cell_clear(cell);
            work->count--;
            continue;
        }
        if (ew_bernstein_is_faint(cell->p))
            return EW_UNDECIDED_STATUS;
        if (ew_memory_check(2 * work->bytes) != EW_OK)
            return EW_RESOURCES;
        ew_status status = halve(work, brackets, progress);
        if (status != EW_OK || brackets->hit)
            return status;
    }
    return EW_OK;
}

/* Binary exponent of the smaller of |f| at the ends, with which the units are chosen. */
static slong end_size(const bisection_t *work)
{
    arb_t x, value;
    arb_init(x);
    arb_init(value);
    arb_set_si(x, work->c);
    arb_mul_2exp_si(x, x, work->e);
    arb_fmpz_poly_evaluate_arb(value, work->f, x, 64 + 2 * fmpz_poly_degree(work->f));
    slong size = (slong)fmpz_bits(work->f->coeffs);
    if (!arb_contains_zero(value))
        size = FLINT_MIN(size, arf_abs_bound_lt_2exp_si(arb_midref(value)));
    arb_clear(x);
    arb_clear(value);
    return size;
}

static ew_status attempt(brackets_t brackets, bisection_t *work, slong unit,
                         const ew_progress *progress)
{
    brackets_empty(brackets);
    cell_struct *cell = push(work);
    cell->depth = 0;
    cell->first = fmpz_sgn(work->f->coeffs);
    cell->last = fmpz_sgn(fmpz_poly_lead(work->f));
    ew_status status = ew_bernstein_make(cell->p, work->f, work->c, work->e, unit, progress);
    work->bytes = ew_bernstein_bytes(cell->p);
    if (status == EW_OK)
        status = run(brackets, work, progress);
    while (work->count > 0)
        cell_clear(work->stack + --work->count);
    return status;
}

ew_status ew_poly_isolate_positive(brackets_t brackets, const fmpz_poly_t f, slong max_prec,
                                   const ew_progress *progress)
{
    bisection_t work = {.f = f, .stack = NULL, .count = 0, .room = 0, .bytes = 0};
    brackets_empty(brackets);
    if (!bound_roots(&work.c, &work.e, f))
        return EW_OK;
    slong size = end_size(&work), least = 64 + 2 * (slong)FLINT_BIT_COUNT(fmpz_poly_degree(f));
    ew_status status = EW_UNDECIDED_STATUS;
    for (slong bits = least; status == EW_UNDECIDED_STATUS && bits <= 4 * max_prec + 1024;
         bits *= 2) {
        brackets->bits = bits;
        status = attempt(brackets, &work, size - bits, progress);
    }
    flint_free(work.stack);
    return status;
}
