/* Networks in doubles, on cblas. The gradient of all layers costs 3 (L - 1) products: L - 1 upwards
 * B_(l+1) = W_l B_l and for P - M, L - 1 downwards C_(l-1) = W_l^T C_l, and L - 1 for G_l = C_l B_l^T (G_1 = C_1).
 * theory/network.md (3) */
#include "num/linear.h"
#include "observe/net.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void ew_net_double_gradient(double *gradient, const ew_net *net)
{
    const ew_net_double *state = net->state;
    double *weights = state->weights;
    slong n = net->dim, s = n * n, depth = net->depth;
    const double *below = weights; /* B_2 = W_1 */
    for (slong l = 1; l < depth - 1; l++) {
        double *next = state->below + l * s;
        ew_linear_multiply(next, 1, weights + l * s, false, below, false, 0, n);
        below = next;
    }
    double *c = state->error, *spare = state->spare;
    memcpy(c, net->target->m_d, (size_t)s * sizeof(double));
    ew_linear_multiply(c, 1, weights + (depth - 1) * s, false, below, false, -1, n);
    for (slong l = depth - 1; l > 0; l--) {
        below = l == 1 ? weights : state->below + (l - 1) * s;
        ew_linear_multiply(spare, 1, weights + l * s, true, c, false, 0, n);
        if (gradient == NULL)
            ew_linear_multiply(weights + l * s, -state->eta, c, false, below, true, 1, n);
        else
            ew_linear_multiply(gradient + l * s, 1, c, false, below, true, 0, n);
        double *swap = c;
        c = spare;
        spare = swap;
    }
    if (gradient == NULL)
        for (slong k = 0; k < s; k++)
            weights[k] -= state->eta * c[k];
    else
        memcpy(gradient, c, (size_t)s * sizeof(double));
}

static void step(ew_net *net)
{
    ew_net_double_gradient(NULL, net);
}

static void scale_by(double *w, double factor, slong count)
{
    for (slong k = 0; k < count; k++)
        w[k] *= factor;
}

/* out_l = W_(l+1)^T W_(l+1) - W_l W_l^T, l = 1 .. L - 1: what gradient flow conserves. */
static void conserved(double *out, const ew_net *net)
{
    const ew_net_double *state = net->state;
    slong n = net->dim, s = n * n;
    for (slong l = 0; l < net->depth - 1; l++) {
        const double *here = state->weights + l * s, *next = here + s;
        ew_linear_multiply(out + l * s, 1, here, false, here, true, 0, n);
        ew_linear_multiply(out + l * s, 1, next, true, next, false, -1, n);
    }
}

/* One layer at the start. False when the memory is not there. */
static bool start_layer(double *w, slong l, const ew_net *net, const ew_problem_t problem,
                        const ew_start *start, gsl_rng *rng)
{
    slong n = net->dim, s = n * n;
    double alpha = ew_rational_double(problem->alpha);
    if (start->kind == EW_START_GAUSSIAN) {
        ew_gaussian_fill(w, s, rng);
        scale_by(w, alpha / sqrt((double)n), s);
        return true;
    }
    if (start->kind == EW_START_ORTHOGONAL) {
        bool fine = ew_haar_double(w, n, rng);
        scale_by(w, alpha, s);
        return fine;
    }
    double scale = l == net->depth - 1                  ? 0
                   : start->kind == EW_START_UNBALANCED ? alpha * (double)(l + 1)
                                                        : alpha;
    for (slong k = 0; k < s; k++)
        w[k] = k % (n + 1) == 0 ? scale : 0;
    return true;
}

/* W_1 += V N V^T, all off-diagonal entries of N equal to the number asked for: N = number (1 1^T - 1). False when the
 * memory is not there. */
static bool add_off_diagonal(double *w, const ew_net *net, const ew_start *start)
{
    slong n = net->dim;
    double size = ew_rational_double(start->off_diagonal);
    double *row = calloc((size_t)n, sizeof(double)); /* V 1 */
    if (row == NULL)
        return false;
    for (slong i = 0; i < n * n; i++)
        row[i / n] += net->target->v_d[i];
    for (slong i = 0; i < n * n; i++)
        w[i] += size * (row[i / n] * row[i % n] - (i % (n + 1) == 0));
    free(row);
    return true;
}

static void free_state(void *state, const ew_net *net)
{
    (void)net;
    ew_net_double *s = state;
    if (s != NULL)
        free(s->weights); /* one allocation */
    free(s);
}

static void *make(const ew_net *net, const ew_problem_t problem, const ew_start *start)
{
    slong s = net->dim * net->dim, depth = net->depth;
    ew_net_double *state = calloc(1, sizeof *state);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (state != NULL)
        state->weights = malloc((size_t)((3 * depth + 2) * s) * sizeof(double));
    bool fine = state != NULL && rng != NULL && state->weights != NULL && ew_linear() != NULL;
    if (fine) {
        state->below = state->weights + depth * s;
        state->error = state->below + depth * s;
        state->spare = state->error + s;
        state->start = state->spare + s;
        state->eta = ew_rational_double(problem->eta);
        gsl_rng_set(rng, start->seed + 1);
        for (slong l = 0; l < depth && fine; l++)
            fine = start_layer(state->weights + l * s, l, net, problem, start, rng);
        if (fine && start->off_diagonal != NULL)
            fine = add_off_diagonal(state->weights, net, start);
        ew_net whole = *net;
        whole.state = state;
        if (fine)
            conserved(state->start, &whole);
    }
    gsl_rng_free(rng);
    if (!fine)
        free_state(state, net);
    return fine ? state : NULL;
}

/* The angle between a vector with that component along a line and that much across it. */
static double line_angle(double along, double across)
{
    return along == 0 && across == 0 ? 0 : atan2(across, fabs(along));
}

/* sqrt(sum of squares) of row or column i of t without the diagonal. */
static double off_diagonal(const double *t, slong i, slong n, slong stride)
{
    double sum = 0;
    const double *x = t + (stride == 1 ? i * n : i);
    for (slong k = 0; k < n; k++)
        if (k != i)
            sum += x[k * stride] * x[k * stride];
    return sqrt(sum);
}

/* The quantities in the target's frame; work holds three matrices. */
static void observe_frame(ew_net_record_t record, const ew_net *net, const double *p, double *work)
{
    const ew_net_double *state = net->state;
    const ew_target_struct *target = net->target;
    slong n = net->dim, s = n * n;
    double *t = work, *half = work + s, angle = 0;
    ew_linear_multiply(half, 1, target->u_d, true, p, false, 0, n);
    ew_linear_multiply(t, 1, half, false, target->v_d, false, 0, n);
    for (slong i = 0; i < target->rank; i++) {
        arb_set_d(record->product + i, t[i * n + i]);
        angle = fmax(angle, line_angle(t[i * n + i], off_diagonal(t, i, n, n)));
        angle = fmax(angle, line_angle(t[i * n + i], off_diagonal(t, i, n, 1)));
    }
    arb_set_d(record->angle, angle);
    double *first = work + 2 * s; /* the diagonal of V^T W_1 V */
    for (slong l = 0; l < net->depth; l++) {
        bool last = l == net->depth - 1;
        ew_linear_multiply(half, 1, last ? target->u_d : target->v_d, true, state->weights + l * s,
                           false, 0, n);
        ew_linear_multiply(t, 1, half, false, target->v_d, false, 0, n);
        double sum = 0;
        for (slong i = 0; i < n; i++)
            sum += pow(off_diagonal(t, i, n, 1), 2);
        arb_set_d(record->distance + l, sqrt(sum));
        for (slong i = 0; i < target->rank; i++) {
            double d = t[i * n + i];
            if (l == 0)
                first[i] = d;
            if (last)
                arb_set_d(record->gap + i, d * d - first[i] * first[i]);
        }
    }
}

/* The largest change of what gradient flow conserves. */
static double largest_change(const ew_net *net, double *work)
{
    const ew_net_double *state = net->state;
    slong s = net->dim * net->dim;
    double largest = 0;
    conserved(work, net);
    for (slong l = 0; l < net->depth - 1; l++) {
        double sum = 0;
        for (slong k = l * s; k < (l + 1) * s; k++)
            sum += (work[k] - state->start[k]) * (work[k] - state->start[k]);
        largest = fmax(largest, sqrt(sum));
    }
    return largest;
}

static ew_status observe(ew_net_record_t record, const ew_net *net)
{
    const ew_net_double *state = net->state;
    slong n = net->dim, s = n * n;
    double *work = malloc((size_t)((FLINT_MAX(net->depth, 3) + 3) * s + n) * sizeof(double));
    if (work == NULL)
        return EW_RESOURCES;
    double *p = work, *other = work + s, *rest = work + 2 * s, loss = 0;
    memcpy(p, state->weights, (size_t)s * sizeof(double));
    for (slong l = 1; l < net->depth; l++) {
        ew_linear_multiply(other, 1, state->weights + l * s, false, p, false, 0, n);
        memcpy(p, other, (size_t)s * sizeof(double));
    }
    for (slong k = 0; k < s; k++)
        loss += (p[k] - net->target->m_d[k]) * (p[k] - net->target->m_d[k]) / 2;
    record->finite = isfinite(loss);
    ew_status status = EW_OK;
    if (record->finite) {
        arb_set_d(record->loss, loss);
        observe_frame(record, net, p, rest);
        arb_set_d(record->conserved, largest_change(net, rest));
        double *sigma = rest + s;
        if (ew_linear()->dgesdd(LAPACK_ROW_MAJOR, 'N', (lapack_int)n, (lapack_int)n, p,
                                (lapack_int)n, sigma, NULL, (lapack_int)n, NULL,
                                (lapack_int)n) != 0)
            status = EW_RESOURCES;
        for (slong k = 0; k < n && status == EW_OK; k++)
            arb_set_d(record->singular + k, sigma[k]);
    }
    free(work);
    return status;
}

static void get(arb_t x, const ew_net *net, slong l, slong i, slong j)
{
    const ew_net_double *state = net->state;
    arb_set_d(x, state->weights[(l * net->dim + i) * net->dim + j]);
}

const ew_net_ops ew_net_double_ops = {make, free_state, step, observe, get};
