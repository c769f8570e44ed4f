/* A network's common face: which arithmetic, how many steps, records. */
#include "observe/net.h"
#include "model/domain.h"
#include <math.h>
#include <stdlib.h>

double ew_net_bytes(slong depth, slong dim, ew_arithmetic arithmetic, slong prec)
{
    double square = (double)dim * (double)dim;
    double number = arithmetic == EW_DOUBLE ? 8 : (double)sizeof(arb_struct) + (double)prec / 8;
    return (3 * (double)depth + 8) * square * number;
}

/* What a network takes of a problem; its singular values are the target's. */
static bool can_train(const ew_problem_struct *problem)
{
    return problem != NULL && ew_depth_fits(problem->depth) && ew_rational_fits(problem->eta) &&
           fmpq_sgn(problem->eta) > 0 && ew_rational_fits(problem->alpha) &&
           fmpq_sgn(problem->alpha) >= 0;
}

ew_net *ew_net_new(const ew_target_t target, const ew_problem_t problem, const ew_start *start)
{
    if (target == NULL || target->dim < 1 || !can_train(problem) || start == NULL ||
        (unsigned)start->kind > EW_START_GAUSSIAN)
        return NULL;
    double bytes = ew_net_bytes(problem->depth, target->dim, target->arithmetic, target->prec);
    ew_net *net = ew_memory_check(bytes) == EW_OK ? malloc(sizeof *net) : NULL;
    if (net == NULL)
        return NULL;
    net->ops = target->arithmetic == EW_DOUBLE ? &ew_net_double_ops : &ew_net_arb_ops;
    net->target = target;
    net->depth = problem->depth;
    net->dim = target->dim;
    net->steps = 0;
    fmpq_init(net->eta);
    fmpq_set(net->eta, problem->eta);
    net->state = net->ops->make(net, problem, start);
    if (net->state == NULL) {
        fmpq_clear(net->eta);
        free(net);
        return NULL;
    }
    return net;
}

void ew_net_free(ew_net *net)
{
    if (net == NULL)
        return;
    net->ops->free(net->state, net);
    fmpq_clear(net->eta);
    free(net);
}

void ew_net_step(ew_net *net)
{
    net->ops->step(net);
    net->steps++;
}

slong ew_net_steps(const ew_net *net)
{
    return net->steps;
}

const double *ew_net_weights(const ew_net *net)
{
    if (net->target->arithmetic != EW_DOUBLE)
        return NULL;
    return ((const ew_net_double *)net->state)->weights;
}

void ew_net_get(arb_t x, const ew_net *net, slong l, slong i, slong j)
{
    if (l < 0 || l >= net->depth || i < 0 || i >= net->dim || j < 0 || j >= net->dim) {
        arb_indeterminate(x);
        return;
    }
    net->ops->get(x, net, l, i, j);
}

void ew_net_record_init(ew_net_record_t record, const ew_net *net)
{
    record->step = 0;
    record->dim = net->dim;
    record->depth = net->depth;
    record->rank = net->target->rank;
    record->finite = record->has_sharpness = false;
    record->sharpness = NAN;
    arb_init(record->loss);
    arb_init(record->angle);
    arb_init(record->conserved);
    record->singular = _arb_vec_init(net->dim);
    record->product = _arb_vec_init(record->rank);
    record->gap = _arb_vec_init(record->rank);
    record->distance = _arb_vec_init(net->depth);
}

void ew_net_record_clear(ew_net_record_t record)
{
    arb_clear(record->loss);
    arb_clear(record->angle);
    arb_clear(record->conserved);
    _arb_vec_clear(record->singular, record->dim);
    _arb_vec_clear(record->product, record->rank);
    _arb_vec_clear(record->gap, record->rank);
    _arb_vec_clear(record->distance, record->depth);
}

/* The sharpness at the midpoints of the weights, rounded to doubles. */
static ew_status sharpness(ew_net_record_t record, const ew_net *net)
{
    slong square = net->dim * net->dim, count = net->depth * square;
    double *copy = malloc((size_t)(count + square) * sizeof(double));
    if (copy == NULL)
        return EW_RESOURCES;
    arb_t x;
    arb_init(x);
    for (slong k = 0; k < count; k++) {
        slong at = k % square;
        ew_net_get(x, net, k / square, at / net->dim, at % net->dim);
        copy[k] = arf_get_d(arb_midref(x), ARF_RND_NEAR);
    }
    for (slong k = 0; k < square; k++)
        copy[count + k] =
            net->target->arithmetic == EW_DOUBLE
                ? net->target->m_d[k]
                : arf_get_d(arb_midref(arb_mat_entry(net->target->m, k / net->dim, k % net->dim)),
                            ARF_RND_NEAR);
    arb_clear(x);
    ew_weights at = {net->depth, net->dim, copy, copy + count};
    ew_status status = ew_hessian_top(&record->sharpness, 1, &at);
    record->has_sharpness = status == EW_OK;
    free(copy);
    return status;
}

ew_status ew_net_observe(ew_net_record_t record, const ew_net *net, bool with_sharpness)
{
    if (record == NULL || net == NULL || record->dim != net->dim || record->depth != net->depth ||
        record->rank != net->target->rank)
        return EW_BAD_INPUT;
    record->step = net->steps;
    record->has_sharpness = false;
    ew_status status = net->ops->observe(record, net);
    if (status == EW_OK && record->finite && with_sharpness)
        status = sharpness(record, net);
    return status == EW_BAD_INPUT ? EW_OK : status; /* not finite: no sharpness */
}
