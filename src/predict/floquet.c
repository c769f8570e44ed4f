/* The table of all multipliers of the rank-p orbit. theory/floquet.md */
#include "predict/floquet.h"
#include "model/domain.h"
#include "num/domain.h"
#include "predict/spectrum.h"

const char *ew_neutral_text(ew_neutral neutral)
{
    static const char *const text[] = {"no",       "gauge",     "minima",  "rotation",
                                       "critical", "resonance", "boundary"};
    return EW_WORD_OF(text, neutral);
}

void ew_floquet_init(ew_floquet_t floquet)
{
    floquet->list = NULL;
    floquet->count = 0;
    floquet->prec = 0;
}

void ew_floquet_clear(ew_floquet_t floquet)
{
    for (slong k = 0; k < floquet->count; k++) {
        acb_clear(floquet->list[k].value);
        arb_clear(floquet->list[k].modulus);
    }
    flint_free(floquet->list);
    ew_floquet_init(floquet);
}

/* What the making of the table needs at one precision. */
typedef struct {
    ew_floquet_struct *out;
    slong room;
    const ew_problem_struct *problem;
    ew_regime *regime; /* of each mode; EW_BELOW for the zeros */
    ew_point_t
        at[4]; /* the orbit's two points with all in phase (0, 1) and the same swapped (1, 0) */
    ew_stability_struct *stability; /* of the modes beyond the edge */
    arb_t eta;
    slong prec;
    slong undecided;
} floquet_work;

/* A new row; the caller sets the value. */
static ew_multiplier *add(floquet_work *w, slong i, slong j, slong multiplicity, ew_neutral neutral)
{
    if (w->out->count == w->room) {
        w->room = 2 * w->room + 64;
        w->out->list = flint_realloc(w->out->list, (size_t)w->room * sizeof(ew_multiplier));
    }
    ew_multiplier *row = w->out->list + w->out->count++;
    row->i = i + 1;
    row->j = j + 1;
    row->anti = row->phased = row->along = false;
    row->multiplicity = multiplicity;
    row->neutral = neutral;
    acb_init(row->value);
    arb_init(row->modulus);
    acb_one(row->value);
    return row;
}

/* Decides a row whose value is set. */
static void decide(floquet_work *w, ew_multiplier *row)
{
    arb_t one;
    arb_init(one);
    arb_one(one);
    if (row->neutral != EW_NOT_NEUTRAL && row->neutral != EW_BOUNDARY)
        acb_one(row->value);
    acb_abs(row->modulus, row->value, w->prec);
    if (row->neutral == EW_BOUNDARY)
        arb_one(row->modulus);
    row->outside = arb_gt(row->modulus, one)   ? EW_YES
                   : arb_le(row->modulus, one) ? EW_NO
                                               : EW_UNKNOWN;
    row->inside = arb_lt(row->modulus, one)   ? EW_YES
                  : arb_ge(row->modulus, one) ? EW_NO
                                              : EW_UNKNOWN;
    if (row->neutral == EW_NOT_NEUTRAL && row->outside != EW_YES && row->inside != EW_YES)
        w->undecided++;
    arb_clear(one);
}

/* (1 - eta lambda)^2, lambda an eigenvalue of the Hessian at a minimum; exactly 1 on the boundary. */
static void set_stationary(floquet_work *w, ew_multiplier *row, const arb_t lambda)
{
    if (row->neutral == EW_BOUNDARY) {
        decide(w, row); /* the value is 1 by add() */
        return;
    }
    arb_t t;
    arb_init(t);
    arb_mul(t, w->eta, lambda, w->prec);
    arb_sub_ui(t, t, 1, w->prec);
    arb_sqr(t, t, w->prec);
    acb_set_arb(row->value, t);
    decide(w, row);
    arb_clear(t);
}

/* Is the eigenvalue of the Hessian of (i, zero), a zero past the rank, exactly 2 / eta? theory/floquet.md (12) */
static bool on_null_boundary(const floquet_work *w, slong i)
{
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_problem_mode(mode, w->problem, i);
    bool yes = ew_floquet_null_boundary(mode);
    ew_mode_clear(mode);
    return yes;
}

/* The multipliers of a mode's own block. theory/floquet.md (2), (3) */
static void add_mode(floquet_work *w, slong i)
{
    slong depth = w->problem->depth, copies = w->at[0]->copies[i];
    bool beyond = w->regime[i] == EW_BEYOND;
    arb_t lambda;
    arb_init(lambda);
    ew_minimum_eigenvalue(lambda, w->at[0], i, i, w->prec);
    bool flat = !beyond && arb_is_zero(lambda); /* the zeros past the rank at alpha = 0 */
    ew_multiplier *row =
        add(w, i, i, (depth - 1 + flat) * copies, beyond ? EW_NOT_NEUTRAL : EW_MINIMA);
    row->along = true;
    if (beyond)
        acb_set_arb(row->value, w->stability[i].across);
    decide(w, row);
    if (!flat) {
        bool critical = w->regime[i] == EW_EDGE;
        bool boundary = i >= w->problem->count && on_null_boundary(w, i);
        row = add(w, i, i, copies,
                  critical   ? EW_CRITICAL
                  : boundary ? EW_BOUNDARY
                             : EW_NOT_NEUTRAL);
        row->along = true;
        if (beyond) {
            acb_set_arb(row->value, w->stability[i].along);
            decide(w, row);
        } else
            set_stationary(w, row, lambda);
    }
    arb_clear(lambda);
}

/* A pair of stationary modes: the eigenvalues of (i,j) and (j,i) of the Hessian at the minimum; the rest lies along
 * the minima. theory/floquet.md (6) */
static void add_stationary_pair(floquet_work *w, slong i, slong j, slong pairs)
{
    bool critical = w->regime[i] == EW_EDGE && w->regime[j] == EW_EDGE &&
                    fmpq_equal(w->problem->sigma + i, w->problem->sigma + j);
    slong along = 2 * w->problem->depth;
    bool null = j >= w->problem->count && on_null_boundary(w, i);
    arb_t lambda;
    arb_init(lambda);
    for (int side = 0; side < 2; side++) {
        bool boundary = null && (side == 0 || i == j); /* (zero, i) has S_i/L alone */
        ew_minimum_eigenvalue(lambda, w->at[0], side == 0 ? i : j, side == 0 ? j : i, w->prec);
        if (arb_is_zero(lambda))
            continue;
        along--;
        set_stationary(w,
                       add(w, i, j, pairs,
                           critical   ? EW_CRITICAL
                           : boundary ? EW_BOUNDARY
                                      : EW_NOT_NEUTRAL),
                       lambda);
    }
    decide(w, add(w, i, j, along * pairs, EW_MINIMA));
    arb_clear(lambda);
}

/* The rest of a pair's multipliers, enclosed after deflation; on failure indeterminate. */
static void add_enclosed(floquet_work *w, slong i, slong j, slong pairs, bool anti, bool rotation)
{
    slong depth = w->problem->depth, columns = depth - 1 + rotation, rest = 2 * depth - columns;
    const ew_point_struct *one = w->at[anti ? 2 : 0], *two = w->at[anti ? 3 : 1];
    arb_mat_t m, g, n;
    acb_ptr value = _acb_vec_init(rest);
    arb_mat_init(m, 2 * depth, 2 * depth);
    arb_mat_init(g, 2 * depth, columns);
    arb_mat_init(n, rest, rest);
    ew_floquet_pair(m, one, two, i, j, w->eta, w->prec);
    ew_floquet_neutral(g, one, i, j, rotation);
    bool fine = ew_floquet_deflate(n, m, g, w->prec) && ew_floquet_eigenvalues(value, n, w->prec);
    for (slong k = 0; k < rest; k++) {
        ew_multiplier *row = add(w, i, j, pairs, EW_NOT_NEUTRAL);
        row->anti = anti;
        if (fine)
            acb_swap(row->value, value + k);
        else
            acb_indeterminate(row->value);
        decide(w, row);
    }
    arb_mat_clear(m);
    arb_mat_clear(g);
    arb_mat_clear(n);
    _acb_vec_clear(value, rest);
}

/* Depth 2 on the resonance curve: (x - 1)^2 (x - mu) besides the gauge, mu = 5 - 2 (w + 1/w), w = u_i u_j, all
 * three exact. theory/floquet.md (9) */
static void add_resonant(floquet_work *w, slong i, slong j)
{
    arb_t u, v, t;
    arb_init(u);
    arb_init(v);
    arb_init(t);
    /* u = x_next / x, at the orbit's first point */
    arb_div(u, w->at[1]->scalars + 2 * i, w->at[0]->scalars + 2 * i, w->prec);
    arb_div(v, w->at[1]->scalars + 2 * j, w->at[0]->scalars + 2 * j, w->prec);
    arb_mul(t, u, v, w->prec);
    arb_inv(u, t, w->prec);
    arb_add(t, t, u, w->prec);
    arb_mul_2exp_si(t, t, 1);
    arb_sub_ui(t, t, 5, w->prec);
    arb_neg(t, t);
    decide(w, add(w, i, j, 2, EW_RESONANCE));
    ew_multiplier *row = add(w, i, j, 1, EW_NOT_NEUTRAL);
    acb_set_arb(row->value, t);
    decide(w, row);
    arb_clear(u);
    arb_clear(v);
    arb_clear(t);
}

/* Depth 2 with s_j = 4 - s_i: besides the gauge 1 - (1 + S) t + (1 + S)^2, t = eta sigma_i + 1, S = eta sigma_j, and a
 * pair on the unit circle with real part 5 - 2 t. theory/floquet.md (10) */
static void add_boundary(floquet_work *w, slong moving, slong still, slong i, slong j)
{
    arb_t t, s;
    arb_init(t);
    arb_init(s);
    arb_mul(t, w->eta, w->at[0]->sigma + moving, w->prec);
    arb_add_ui(t, t, 1, w->prec);
    arb_mul(s, w->eta, w->at[0]->sigma + still, w->prec);
    arb_add_ui(s, s, 1, w->prec);
    ew_multiplier *row = add(w, i, j, 1, EW_NOT_NEUTRAL);
    arb_sub(acb_realref(row->value), s, t, w->prec);
    arb_mul(acb_realref(row->value), acb_realref(row->value), s, w->prec);
    arb_add_ui(acb_realref(row->value), acb_realref(row->value), 1, w->prec);
    decide(w, row);
    arb_mul_2exp_si(t, t, 1);
    arb_sub_ui(t, t, 5, w->prec);
    arb_neg(t, t);
    for (int side = 0; side < 2; side++) {
        row = add(w, i, j, 1, EW_BOUNDARY);
        acb_set_arb(row->value, t);
        arb_sqr(s, t, w->prec);
        arb_sub_ui(s, s, 1, w->prec);
        arb_neg(s, s);
        arb_sqrtpos(acb_imagref(row->value), s, w->prec);
        if (side > 0)
            arb_neg(acb_imagref(row->value), acb_imagref(row->value));
        decide(w, row);
    }
    arb_clear(t);
    arb_clear(s);
}

/* A pair of which one or both oscillate. */
static void add_moving_pair(floquet_work *w, slong i, slong j, slong pairs)
{
    bool both = w->regime[i] == EW_BEYOND && w->regime[j] == EW_BEYOND;
    bool equal = both && fmpq_equal(w->problem->sigma + i, w->problem->sigma + j);
    slong first = w->out->count;
    for (int anti = 0; anti < (both ? 2 : 1); anti++) {
        ew_mode_t a, b;
        ew_mode_init(a);
        ew_mode_init(b);
        ew_problem_mode(a, w->problem, i);
        ew_problem_mode(b, w->problem, j);
        bool resonant = both && !anti && ew_floquet_resonant(a, b);
        bool boundary = !both && j < w->problem->count && ew_floquet_on_boundary(a, b);
        ew_mode_clear(a);
        ew_mode_clear(b);
        ew_multiplier *row = add(w, i, j, (w->problem->depth - 1) * pairs, EW_GAUGE);
        row->anti = anti;
        decide(w, row);
        if (equal && anti) {
            row = add(w, i, j, 1, EW_ROTATION);
            row->anti = true;
            decide(w, row);
        }
        if (resonant)
            add_resonant(w, i, j);
        else if (boundary)
            add_boundary(w, w->regime[i] == EW_BEYOND ? i : j, w->regime[i] == EW_BEYOND ? j : i, i,
                         j);
        else
            add_enclosed(w, i, j, pairs, anti, equal && anti);
    }
    for (slong k = first; k < w->out->count; k++)
        w->out->list[k].phased = both;
}

/* The orbit's points: at[0] and at[1] with every mode at its low and its high point, at[2] and at[3] for antiphase
 * of the pair (i, j). Stationary modes stand still. */
static ew_status make_points(floquet_work *w, slong max_prec, const ew_progress *progress)
{
    ew_roots_t roots;
    ew_mode_t mode;
    ew_status status = EW_OK;
    ew_roots_init(roots);
    ew_mode_init(mode);
    for (int k = 0; k < 4; k++)
        ew_point_set_minimum(w->at[k], w->problem, w->problem->alpha, w->prec);
    for (slong i = 0; i < w->problem->count && status == EW_OK; i++) {
        if (w->regime[i] != EW_BEYOND)
            continue;
        ew_problem_mode(mode, w->problem, i);
        status = ew_orbit_roots(roots, mode, w->prec, FLINT_MAX(max_prec, 4 * w->prec), progress);
        if (status != EW_OK || roots->low < 0 || roots->high < 0) {
            status = status == EW_OK ? EW_UNDECIDED_STATUS : status;
            break;
        }
        arb_srcptr low = roots->roots[roots->low].x, high = roots->roots[roots->high].x;
        for (int k = 0; k < 2; k++)
            ew_point_set_pair(w->at[k], i, k == 0 ? low : high, k == 0 ? low : high);
        ew_orbit_stability(w->stability + i, roots, mode, w->prec);
    }
    ew_mode_clear(mode);
    ew_roots_clear(roots);
    return status;
}

/* at[2], at[3]: mode j swapped against mode i. */
static void set_antiphase(floquet_work *w, slong i, slong j)
{
    slong depth = w->problem->depth;
    for (int k = 0; k < 2; k++) {
        arb_srcptr x = w->at[k]->scalars + i * depth, y = w->at[1 - k]->scalars + j * depth;
        _arb_vec_set(w->at[2 + k]->scalars + i * depth, x, depth);
        _arb_vec_set(w->at[2 + k]->scalars + j * depth, y, depth);
    }
}

/* The whole table at one precision. */
static ew_status fill(floquet_work *w, const ew_progress *progress)
{
    slong modes = w->at[0]->modes;
    ew_status status = EW_OK;
    for (slong i = 0; i < modes && status == EW_OK; i++) {
        add_mode(w, i);
        for (slong j = i; j < modes && status == EW_OK; j++) {
            slong n = w->at[0]->copies[i],
                  pairs = i == j ? n * (n - 1) / 2 : n * w->at[0]->copies[j];
            if (pairs == 0)
                continue;
            if (w->regime[i] == EW_BEYOND || w->regime[j] == EW_BEYOND) {
                set_antiphase(w, i, j);
                add_moving_pair(w, i, j, pairs);
            } else
                add_stationary_pair(w, i, j, pairs);
            if (!ew_progress_tick(progress, "multipliers of pairs", (ulong)(i * modes + j),
                                  (ulong)(modes * modes)))
                status = EW_STOPPED;
        }
    }
    return status;
}

/* One attempt at the precision w->prec. */
static ew_status attempt(floquet_work *w, slong max_prec, const ew_progress *progress)
{
    slong modes = w->at[0]->modes;
    w->undecided = 0;
    arb_set_fmpq(w->eta, w->problem->eta, w->prec);
    w->stability = flint_malloc((size_t)modes * sizeof(ew_stability_struct));
    for (slong i = 0; i < modes; i++)
        ew_stability_init(w->stability + i);
    ew_status status = make_points(w, max_prec, progress);
    if (status == EW_OK)
        status = fill(w, progress);
    for (slong i = 0; i < modes; i++)
        ew_stability_clear(w->stability + i);
    flint_free(w->stability);
    return status;
}

/* The matrices of a pair, and the rows of the table. */
double ew_floquet_bytes(const ew_problem_t problem, slong prec)
{
    double n = 2 * (double)problem->depth, modes = (double)problem->count + 1;
    double number = 2 * (double)sizeof(arb_struct) + (double)prec / 4;
    return 12 * n * n * number + modes * modes * n * (sizeof(ew_multiplier) + number);
}

ew_status ew_floquet(ew_floquet_t floquet, const ew_problem_t problem, slong prec, slong max_prec,
                     const ew_progress *progress)
{
    if (floquet == NULL || !ew_problem_fits(problem) || !ew_prec_fits(prec) ||
        !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    ew_floquet_clear(floquet);
    if (ew_memory_check(ew_floquet_bytes(problem, prec)) != EW_OK ||
        ew_memory_check(4 * ew_point_bytes(problem, prec)) != EW_OK)
        return EW_RESOURCES;
    floquet_work w = {.out = floquet, .problem = problem};
    ew_mode_t mode;
    ew_mode_init(mode);
    arb_init(w.eta);
    slong modes = problem->count + (problem->dim > problem->count);
    w.regime = flint_malloc((size_t)modes * sizeof(ew_regime));
    for (slong i = 0; i < modes; i++) {
        ew_problem_mode(mode, problem, i);
        w.regime[i] = i < problem->count ? ew_mode_regime(mode) : EW_BELOW;
    }
    ew_status status = EW_UNDECIDED_STATUS;
    for (w.prec = prec; status == EW_UNDECIDED_STATUS && w.prec <= max_prec; w.prec *= 2) {
        ew_floquet_clear(floquet);
        w.room = 0;
        floquet->prec = w.prec;
        for (int k = 0; k < 4; k++)
            ew_point_init(w.at[k], problem, w.prec);
        status = attempt(&w, max_prec, progress);
        if (status == EW_OK && w.undecided > 0)
            status = EW_UNDECIDED_STATUS;
        for (int k = 0; k < 4; k++)
            ew_point_clear(w.at[k]);
    }
    flint_free(w.regime);
    arb_clear(w.eta);
    ew_mode_clear(mode);
    return status;
}

void ew_floquet_count(slong *outside, slong *undecided, arb_t largest, const ew_floquet_t floquet,
                      const int *phase, slong count)
{
    *outside = *undecided = 0;
    arb_zero(largest);
    for (slong k = 0; k < floquet->count; k++) {
        const ew_multiplier *row = floquet->list + k;
        bool anti = row->phased && phase != NULL && row->j <= count &&
                    phase[row->i - 1] != phase[row->j - 1];
        if (row->phased && row->anti != anti)
            continue;
        if (row->neutral != EW_NOT_NEUTRAL)
            continue;
        arb_max(largest, largest, row->modulus, FLINT_MAX(floquet->prec, 64));
        if (row->outside == EW_YES)
            *outside += row->multiplicity;
        else if (row->inside != EW_YES)
            *undecided += row->multiplicity;
    }
}

void ew_departure_steps(arb_t steps, const arb_t modulus, slong bits, slong prec)
{
    if (!ew_prec_fits(bits) || !ew_prec_fits(prec)) {
        arb_indeterminate(steps);
        return;
    }
    arb_t t;
    arb_init(t);
    arb_one(t);
    if (arb_gt(modulus, t)) {
        arb_log(t, modulus, prec);
        arb_const_log2(steps, prec);
        arb_mul_si(steps, steps, 2 * bits, prec);
        arb_div(steps, steps, t, prec);
    } else
        arb_pos_inf(steps);
    arb_clear(t);
}
