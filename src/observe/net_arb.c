/* Networks at any precision, on Arb matrices: floating point (approximate products on midpoints) or balls. The order
 * of the products is that of net_double.c. theory/network.md (3) */
#include "num/mat.h"
#include "observe/net.h"
#include <math.h>
#include <stdlib.h>

typedef struct {
    slong depth, prec;
    bool balls;
    arb_mat_struct *weights; /* depth */
    arb_mat_struct *below;   /* depth: B_(l+1) at l >= 1, else 0 x 0 */
    arb_mat_struct *start;   /* depth - 1 */
    arb_mat_t c, spare, transposed;
    arb_t eta;
} arb_state;

static void mul(arb_mat_t out, const arb_mat_t a, const arb_mat_t b, const arb_state *state)
{
    ew_mat_mul(out, a, b, state->balls, state->prec);
}

/* Drops the radii that arithmetic with exact operands leaves, in floating point. */
static void settle(arb_mat_t a, const arb_state *state)
{
    for (slong i = 0; i < arb_mat_nrows(a) && !state->balls; i++)
        for (slong j = 0; j < arb_mat_ncols(a); j++)
            mag_zero(arb_radref(arb_mat_entry(a, i, j)));
}

/* W -= eta G. */
static void descend(arb_mat_t w, const arb_mat_t g, const arb_state *state)
{
    for (slong i = 0; i < arb_mat_nrows(w); i++)
        for (slong j = 0; j < arb_mat_ncols(w); j++)
            arb_submul(arb_mat_entry(w, i, j), state->eta, arb_mat_entry(g, i, j), state->prec);
    settle(w, state);
}

static void step(ew_net *net)
{
    arb_state *state = net->state;
    slong depth = net->depth;
    for (slong l = 1; l < depth - 1; l++)
        mul(state->below + l, state->weights + l, l == 1 ? state->weights : state->below + l - 1,
            state);
    mul(state->c, state->weights + depth - 1,
        depth == 2 ? state->weights : state->below + depth - 2, state);
    arb_mat_sub(state->c, state->c, net->target->m, state->prec);
    settle(state->c, state);
    for (slong l = depth - 1; l > 0; l--) {
        arb_mat_transpose(state->transposed, l == 1 ? state->weights : state->below + l - 1);
        mul(state->spare, state->c, state->transposed, state); /* G_l */
        arb_mat_transpose(state->transposed, state->weights + l);
        descend(state->weights + l, state->spare, state);
        mul(state->spare, state->transposed, state->c, state); /* C of the layer below */
        arb_mat_swap(state->c, state->spare);
    }
    descend(state->weights, state->c, state);
}

/* W_(l+1)^T W_(l+1) - W_l W_l^T. */
static void conserved(arb_mat_t out, slong l, const arb_state *state)
{
    arb_mat_t t;
    arb_mat_init(t, arb_mat_nrows(out), arb_mat_ncols(out));
    arb_mat_transpose(t, state->weights + l);
    mul(out, state->weights + l, t, state);
    arb_mat_transpose(t, state->weights + l + 1);
    mul(t, t, state->weights + l + 1, state);
    arb_mat_sub(out, t, out, state->prec);
    settle(out, state);
    arb_mat_clear(t);
}

/* One layer at the start. */
static bool start_layer(arb_mat_t w, slong l, const arb_state *state, const ew_problem_t problem,
                        const ew_start *start, gsl_rng *rng)
{
    slong n = arb_mat_nrows(w);
    bool fine = true;
    arb_t alpha;
    arb_init(alpha);
    arb_set_fmpq(alpha, problem->alpha, state->prec);
    if (start->kind == EW_START_GAUSSIAN) {
        double *gauss = malloc((size_t)(n * n) * sizeof(double));
        fine = gauss != NULL;
        if (fine)
            ew_gaussian_fill(gauss, n * n, rng);
        for (slong k = 0; k < n * n && fine; k++)
            arb_set_d(arb_mat_entry(w, k / n, k % n), gauss[k] / sqrt((double)n));
        free(gauss);
        arb_mat_scalar_mul_arb(w, w, alpha, state->prec);
    } else if (start->kind == EW_START_ORTHOGONAL) {
        fine = ew_haar_arb(w, rng, state->prec);
        arb_mat_scalar_mul_arb(w, w, alpha, state->prec);
    } else if (l < state->depth - 1) {
        arb_mat_one(w);
        arb_mul_si(alpha, alpha, start->kind == EW_START_UNBALANCED ? l + 1 : 1, state->prec);
        arb_mat_scalar_mul_arb(w, w, alpha, state->prec);
    }
    settle(w, state);
    arb_clear(alpha);
    return fine;
}

/* W_1 += V N V^T, N = number (1 1^T - 1). */
static void add_off_diagonal(arb_mat_t w, const ew_net *net, const arb_state *state,
                             const ew_start *start)
{
    slong n = net->dim;
    arb_t size, t;
    arb_ptr row = _arb_vec_init(n); /* V 1 */
    arb_init(size);
    arb_init(t);
    arb_set_fmpq(size, start->off_diagonal, state->prec);
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++)
            arb_add(row + i, row + i, arb_mat_entry(net->target->v, i, j), state->prec);
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++) {
            arb_mul(t, row + i, row + j, state->prec);
            arb_sub_ui(t, t, i == j, state->prec);
            arb_addmul(arb_mat_entry(w, i, j), size, t, state->prec);
        }
    settle(w, state);
    _arb_vec_clear(row, n);
    arb_clear(size);
    arb_clear(t);
}

static void free_state(void *pointer, const ew_net *net)
{
    (void)net;
    arb_state *state = pointer;
    for (slong l = 0; l < state->depth; l++) {
        arb_mat_clear(state->weights + l);
        arb_mat_clear(state->below + l);
        arb_mat_clear(state->start + l);
    }
    free(state->weights);
    arb_mat_clear(state->c);
    arb_mat_clear(state->spare);
    arb_mat_clear(state->transposed);
    arb_clear(state->eta);
    free(state);
}

static void *make(const ew_net *net, const ew_problem_t problem, const ew_start *start)
{
    slong n = net->dim, depth = net->depth;
    arb_state *state = malloc(sizeof *state);
    arb_mat_struct *matrices = malloc((size_t)(3 * depth) * sizeof(arb_mat_struct));
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (state == NULL || matrices == NULL || rng == NULL) {
        free(state);
        free(matrices);
        gsl_rng_free(rng);
        return NULL;
    }
    *state = (arb_state){.depth = depth, .prec = net->target->prec};
    state->balls = net->target->arithmetic == EW_BALL;
    state->weights = matrices;
    state->below = matrices + depth;
    state->start = matrices + 2 * depth;
    for (slong l = 0; l < depth; l++) {
        slong stored = l >= 1 && l < depth - 1 ? n : 0, kept = l < depth - 1 ? n : 0;
        arb_mat_init(state->weights + l, n, n);
        arb_mat_init(state->below + l, stored, stored);
        arb_mat_init(state->start + l, kept, kept);
    }
    arb_mat_init(state->c, n, n);
    arb_mat_init(state->spare, n, n);
    arb_mat_init(state->transposed, n, n);
    arb_init(state->eta);
    arb_set_fmpq(state->eta, problem->eta, state->prec);
    if (!state->balls)
        mag_zero(arb_radref(state->eta));
    gsl_rng_set(rng, start->seed + 1);
    bool fine = true;
    for (slong l = 0; l < depth && fine; l++)
        fine = start_layer(state->weights + l, l, state, problem, start, rng);
    if (fine && start->off_diagonal != NULL)
        add_off_diagonal(state->weights, net, state, start);
    for (slong l = 0; l < depth - 1 && fine; l++)
        conserved(state->start + l, l, state);
    gsl_rng_free(rng);
    if (!fine)
        free_state(state, net);
    return fine ? state : NULL;
}

/* The angle between a vector with that component along a line and that much across it. */
static void line_angle(arb_t angle, const arb_t along, const arb_t across, slong prec)
{
    arb_t x;
    arb_init(x);
    arb_abs(x, along);
    if (arb_is_zero(x) && arb_is_zero(across))
        arb_zero(angle);
    else
        arb_atan2(angle, across, x, prec);
    arb_clear(x);
}

/* The norm of row (or column) i of t without the diagonal. */
static void off_diagonal(arb_t norm, const arb_mat_t t, slong i, bool column, slong prec)
{
    arb_zero(norm);
    for (slong k = 0; k < arb_mat_nrows(t); k++)
        if (k != i)
            arb_addmul(norm, column ? arb_mat_entry(t, k, i) : arb_mat_entry(t, i, k),
                       column ? arb_mat_entry(t, k, i) : arb_mat_entry(t, i, k), prec);
    arb_sqrtpos(norm, norm, prec);
}

/* t = left^T w V in the target's frame. */
static void to_frame(arb_mat_t t, const arb_mat_t left, const arb_mat_t w, const ew_net *net)
{
    const arb_state *state = net->state;
    arb_mat_transpose(t, left);
    mul(t, t, w, state);
    mul(t, t, net->target->v, state);
}

/* Angle and products, from t = U^T P V. */
static void observe_product(ew_net_record_t record, const arb_mat_t t, slong prec)
{
    arb_t norm, angle;
    arb_init(norm);
    arb_init(angle);
    arb_zero(record->angle);
    for (slong i = 0; i < record->rank; i++) {
        arb_set(record->product + i, arb_mat_entry(t, i, i));
        for (int column = 0; column < 2; column++) {
            off_diagonal(norm, t, i, column, prec);
            line_angle(angle, arb_mat_entry(t, i, i), norm, prec);
            arb_max(record->angle, record->angle, angle, prec);
        }
    }
    arb_clear(norm);
    arb_clear(angle);
}

/* Distances, gaps, and the change of what gradient flow conserves. */
static void observe_layers(ew_net_record_t record, const ew_net *net, arb_mat_t t)
{
    const arb_state *state = net->state;
    slong prec = state->prec, last = net->depth - 1;
    arb_ptr first = _arb_vec_init(record->rank);
    arb_t norm, sum;
    arb_init(norm);
    arb_init(sum);
    arb_zero(record->conserved);
    for (slong l = 0; l <= last; l++) {
        to_frame(t, l == last ? net->target->u : net->target->v, state->weights + l, net);
        arb_zero(sum);
        for (slong i = 0; i < net->dim; i++) {
            off_diagonal(norm, t, i, false, prec);
            arb_addmul(sum, norm, norm, prec);
        }
        arb_sqrtpos(record->distance + l, sum, prec);
        for (slong i = 0; i < record->rank; i++) {
            arb_ptr d = arb_mat_entry(t, i, i);
            if (l == 0)
                arb_sqr(first + i, d, prec);
            if (l == last) {
                arb_sqr(record->gap + i, d, prec);
                arb_sub(record->gap + i, record->gap + i, first + i, prec);
            }
        }
        if (l == last)
            break;
        conserved(t, l, state);
        arb_mat_sub(t, t, state->start + l, prec);
        arb_mat_frobenius_norm(norm, t, prec);
        arb_max(record->conserved, record->conserved, norm, prec);
    }
    _arb_vec_clear(first, record->rank);
    arb_clear(norm);
    arb_clear(sum);
}

/* In floating point the radii of the record say nothing: they are dropped. */
static void settle_record(ew_net_record_t record, const arb_state *state)
{
    if (state->balls)
        return;
    mag_zero(arb_radref(record->loss));
    mag_zero(arb_radref(record->angle));
    mag_zero(arb_radref(record->conserved));
    for (slong i = 0; i < record->rank; i++) {
        mag_zero(arb_radref(record->product + i));
        mag_zero(arb_radref(record->gap + i));
    }
    for (slong l = 0; l < record->depth; l++)
        mag_zero(arb_radref(record->distance + l));
    for (slong k = 0; k < record->dim; k++)
        mag_zero(arb_radref(record->singular + k));
}

static ew_status observe(ew_net_record_t record, const ew_net *net)
{
    const arb_state *state = net->state;
    slong n = net->dim, prec = state->prec;
    arb_mat_t p, t;
    arb_mat_init(p, n, n);
    arb_mat_init(t, n, n);
    arb_mat_set(p, state->weights);
    for (slong l = 1; l < net->depth; l++)
        mul(p, state->weights + l, p, state);
    arb_mat_sub(t, p, net->target->m, prec);
    arb_mat_frobenius_norm(record->loss, t, prec);
    arb_sqr(record->loss, record->loss, prec);
    arb_mul_2exp_si(record->loss, record->loss, -1);
    record->finite = arb_is_finite(record->loss);
    if (record->finite) {
        to_frame(t, net->target->u, p, net);
        observe_product(record, t, prec);
        observe_layers(record, net, t);
        ew_mat_singular_values(record->singular, p, prec);
        settle_record(record, state);
    }
    arb_mat_clear(p);
    arb_mat_clear(t);
    return EW_OK;
}

static void get(arb_t x, const ew_net *net, slong l, slong i, slong j)
{
    const arb_state *state = net->state;
    arb_set(x, arb_mat_entry(state->weights + l, i, j));
}

const ew_net_ops ew_net_arb_ops = {make, free_state, step, observe, get};
