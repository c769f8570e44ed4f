/* Descartes' rule of signs on halved intervals. theory/expanded-roots.md (2) - (8)
 *
 * An interval is done when its Bernstein coefficients change sign at most once, whatever the errors are; else it is
 * halved, or, where several roots stay together, left at once for a far narrower one that has them all. Where the errors
 * drown the coefficients of an interval they are made anew, in finer units. */
#include "predict/poly_isolate.h"

enum {
    MOST_CELLS = 1 << 22,
    PATIENCE = 3,         /* halvings that change nothing before a leap is tried */
    MUCH_MEMORY = 1 << 28 /* bytes that are not asked for */
};

void ew_brackets_init(brackets_t brackets)
{
    *brackets = (brackets_struct){.list = NULL};
}

void ew_brackets_clear(brackets_t brackets)
{
    for (slong i = 0; i < brackets->count; i++) {
        arf_clear(brackets->list[i].lo);
        arf_clear(brackets->list[i].hi);
    }
    flint_free(brackets->list);
    ew_brackets_init(brackets);
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

/* 2^e below all positive roots: the reversed polynomial has their inverses. */
static slong bound_below(const fmpz_poly_t f)
{
    fmpz_poly_t reversed;
    slong e = 0;
    fmpz_poly_init(reversed);
    fmpz_poly_reverse(reversed, f, fmpz_poly_length(f));
    coarse_bound(&e, reversed);
    fmpz_poly_clear(reversed);
    return -e;
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

/* An interval that has to be looked at; of width 0: a root. */
typedef struct {
    spot_struct at; /* first, last are the signs beside its ends; p is empty until it is made */
    slong bits;     /* units leave so many bits */
    slong roots;    /* sign changes of the interval it is a half of */
    slong same;     /* how often halving left these as they were */
    slong patience; /* how often it has to before a leap is tried */
    bool fresh;     /* p was not got by halving */
} cell_struct;

typedef struct {
    const poly_task_t *task;
    brackets_struct *out;
    cell_struct *stack; /* the leftmost on top */
    slong count, room;
    slong size;  /* the first units are those of the smaller end */
    slong below; /* all roots are above 2^below */
    double bytes;
} bisection_t;

static cell_struct *push(bisection_t *work)
{
    if (work->count == work->room) {
        work->room = 2 * work->room + 16;
        work->stack = flint_realloc(work->stack, (size_t)work->room * sizeof(cell_struct));
    }
    cell_struct *cell = work->stack + work->count++;
    *cell = (cell_struct){.patience = PATIENCE};
    ew_bernstein_init(cell->at.p);
    arf_init(cell->at.lo);
    arf_init(cell->at.width);
    return cell;
}

static void pop(bisection_t *work)
{
    cell_struct *cell = work->stack + --work->count;
    work->bytes -= ew_bernstein_bytes(cell->at.p);
    ew_bernstein_clear(cell->at.p);
    arf_clear(cell->at.lo);
    arf_clear(cell->at.width);
}

/* The cell has one root. */
static void append(const bisection_t *work, const cell_struct *cell)
{
    brackets_struct *out = work->out;
    if (out->count == out->room) {
        out->room = 2 * out->room + 16;
        out->list = flint_realloc(out->list, (size_t)out->room * sizeof(bracket_struct));
    }
    bracket_struct *bracket = out->list + out->count++;
    arf_init(bracket->lo);
    arf_init(bracket->hi);
    arf_set(bracket->lo, cell->at.lo);
    arf_add(bracket->hi, cell->at.lo, cell->at.width, ARF_PREC_EXACT, ARF_RND_DOWN);
    if (arf_is_zero(bracket->lo))
        arf_set_si_2exp_si(bracket->lo, 1, work->below);
    bracket->sign = arf_is_zero(cell->at.width) ? 0 : cell->at.first;
}

/* The signs right and left of a root. It is simple, so the slope has them. */
static ew_status signs_beside(int *right, const arf_t root, slong *prec, const poly_task_t *task)
{
    fmpz_poly_t slope;
    fmpz_poly_init(slope);
    fmpz_poly_derivative(slope, task->f);
    poly_task_t of_slope = {slope, task->most, task->progress};
    *right = ew_poly_sign_at(&of_slope, root, prec);
    fmpz_poly_clear(slope);
    return *right == SIGN_UNKNOWN || *right == 0 ? EW_UNDECIDED_STATUS : EW_OK;
}

/* Replaces the cell on top by its halves, with a root between them if there is one. */
static ew_status halve(bisection_t *work)
{
    cell_struct *right = work->stack + work->count - 1, whole = *right;
    bernstein_t p;
    *p = *whole.at.p;
    work->bytes -= ew_bernstein_bytes(p);
    ew_bernstein_init(right->at.p);
    ew_status status = ew_bernstein_split(p, right->at.p, work->task->progress);
    arf_mul_2exp_si(right->at.width, right->at.width, -1);
    arf_add(right->at.lo, right->at.lo, right->at.width, ARF_PREC_EXACT, ARF_RND_DOWN);
    int middle = ew_bernstein_first_sign(right->at.p), beside = middle;
    if (middle == 0 && status == EW_OK)
        beside = middle = ew_poly_sign_at(work->task, right->at.lo, &right->at.prec);
    if (middle == 0 && status == EW_OK)
        status = signs_beside(&beside, right->at.lo, &right->at.prec, work->task);
    if (middle == SIGN_UNKNOWN)
        status = EW_UNDECIDED_STATUS;
    right->fresh = false;
    right->at.first = beside;
    cell_struct *point = middle == 0 ? push(work) : NULL;
    cell_struct *left = push(work);
    right = work->stack + work->count - (point != NULL ? 3 : 2); /* the stack may have moved */
    if (point != NULL)
        arf_set(left[-1].at.lo, right->at.lo);
    arf_sub(left->at.lo, right->at.lo, right->at.width, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_set(left->at.width, right->at.width);
    left->at.first = whole.at.first;
    left->at.last = middle == 0 ? -beside : beside;
    left->at.prec = right->at.prec;
    left->bits = right->bits;
    left->roots = right->roots;
    left->same = right->same;
    left->patience = right->patience;
    *left->at.p = *p;
    work->bytes += ew_bernstein_bytes(left->at.p) + ew_bernstein_bytes(right->at.p);
    return status;
}

/* Coefficients of the cell, in the units of the ends at first; finer when these were not enough. */
static ew_status make(cell_struct *cell, bisection_t *work, slong size)
{
    work->bytes -= ew_bernstein_bytes(cell->at.p);
    ew_status status = ew_bernstein_make(cell->at.p, work->task, cell->at.lo, cell->at.width, size,
                                         cell->bits, &cell->at.prec);
    work->bytes += ew_bernstein_bytes(cell->at.p);
    cell->fresh = true;
    return status;
}

/* A far narrower cell in the place of the one on top, if there is one with all of its roots. */
static ew_status leap(bisection_t *work, slong roots)
{
    cell_struct *cell = work->stack + work->count - 1;
    bool found;
    work->bytes -= ew_bernstein_bytes(cell->at.p);
    ew_status status = ew_poly_zoom(&found, &cell->at, roots, work->task, cell->bits);
    work->bytes += ew_bernstein_bytes(cell->at.p);
    cell->same = 0;
    cell->fresh = cell->fresh || found;
    cell->patience = found ? 0 : 2 * cell->patience + 1;
    return status;
}

/* What the cell on top needs that may have several roots. (7), (8) */
static ew_status divide(bisection_t *work, slong most, slong least)
{
    cell_struct *cell = work->stack + work->count - 1;
    if (ew_bernstein_is_faint(cell->at.p)) {
        if (cell->fresh)
            cell->bits *= 2;
        return cell->bits > work->task->most ? EW_UNDECIDED_STATUS : make(cell, work, WORD_MAX / 2);
    }
    cell->same = most == cell->roots ? cell->same + 1 : 0;
    cell->patience = most == cell->roots ? cell->patience : PATIENCE;
    cell->roots = most;
    if (most == least && cell->same > cell->patience)
        return leap(work, most);
    bool large = work->bytes > MUCH_MEMORY && ew_memory_check(2 * work->bytes) != EW_OK;
    return large ? EW_RESOURCES : halve(work);
}

/* Empties the stack. */
static ew_status run(bisection_t *work)
{
    ew_status status = EW_OK;
    while (work->count > 0 && status == EW_OK) {
        cell_struct *cell = work->stack + work->count - 1;
        if (++work->out->cells > MOST_CELLS)
            return EW_RESOURCES;
        if (!ew_progress_tick(work->task->progress, "isolating roots", (ulong)work->out->cells, 0))
            return EW_STOPPED;
        slong least = 0, most = 1;
        if (!arf_is_zero(cell->at.width))
            most = ew_bernstein_variations(&least, cell->at.p, cell->at.first, cell->at.last);
        work->out->bits = FLINT_MAX(work->out->bits, cell->at.prec);
        if (most == 1)
            append(work, cell);
        if (most <= 1)
            pop(work);
        else
            status = divide(work, most, least);
    }
    return status;
}

/* Binary exponent of the smaller of |f| at the ends, with which the first units are chosen. */
static slong end_size(const fmpz_poly_t f, slong c, slong e)
{
    arb_t x, value;
    arb_init(x);
    arb_init(value);
    arb_set_si(x, c);
    arb_mul_2exp_si(x, x, e);
    arb_fmpz_poly_evaluate_arb(value, f, x, 64 + 2 * fmpz_poly_degree(f));
    slong size = (slong)fmpz_bits(f->coeffs);
    if (!arb_contains_zero(value))
        size = FLINT_MIN(size, arf_abs_bound_lt_2exp_si(arb_midref(value)));
    arb_clear(x);
    arb_clear(value);
    return size;
}

ew_status ew_poly_isolate_positive(brackets_t brackets, const poly_task_t *task)
{
    const fmpz_poly_struct *f = task->f;
    slong c, e;
    if (!bound_roots(&c, &e, f))
        return EW_OK;
    bisection_t work = {.task = task, .out = brackets, .below = bound_below(f)};
    cell_struct *cell = push(&work);
    arf_set_si_2exp_si(cell->at.width, c, e);
    cell->at.first = fmpz_sgn(f->coeffs);
    cell->at.last = fmpz_sgn(fmpz_poly_lead(f));
    cell->bits = 64 + 2 * (slong)FLINT_BIT_COUNT(fmpz_poly_degree(f));
    cell->at.prec = 128;
    ew_status status = make(cell, &work, end_size(f, c, e));
    if (status == EW_OK)
        status = run(&work);
    while (work.count > 0)
        pop(&work);
    flint_free(work.stack);
    return status;
}
