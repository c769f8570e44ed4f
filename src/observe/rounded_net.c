/* The whole network in any format. The order of the products is that of net_double.c; the order within each of their sums is
 * the one chosen. theory/formats.md (6) */
#include "model/domain.h"
#include "num/arith.h"
#include <edgewise/observe.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 64 };

struct ew_rounded_net {
    ew_arith narrow, wide;
    ew_order order;
    slong depth, dim, size, rank;                        /* size = dim^2 */
    ew_number *weights, *below, *target, *error, *spare; /* narrow */
    ew_number *left, *right;                             /* wide copies of operands, EW_WIDE */
    ew_number *terms;                                    /* dim of them, EW_TREE */
    ew_number eta, t, sum;                               /* narrow */
    ew_number wide_sum;                                  /* wide */
    double *u, *v, *sigma;                               /* the frame, to look from */
    double *room;                                        /* 3 size of them, to look with */
};

static ew_number *numbers(slong count, const ew_arith *A)
{
    ew_number *list = malloc((size_t)count * sizeof *list);
    for (slong i = 0; list != NULL && i < count; i++)
        A->ops->init(list + i, A);
    return list;
}

static void release(ew_number *list, slong count, const ew_arith *A)
{
    for (slong i = 0; list != NULL && i < count; i++)
        A->ops->clear(list + i);
    free(list);
}

void ew_rounded_net_free(ew_rounded_net *net)
{
    if (net == NULL)
        return;
    release(net->weights, net->depth * net->size, &net->narrow);
    release(net->below, net->depth * net->size, &net->narrow);
    release(net->target, net->size, &net->narrow);
    release(net->error, net->size, &net->narrow);
    release(net->spare, net->size, &net->narrow);
    release(net->terms, net->dim, &net->narrow);
    release(net->left, net->size, &net->wide);
    release(net->right, net->size, &net->wide);
    net->narrow.ops->clear(&net->eta);
    net->narrow.ops->clear(&net->t);
    net->narrow.ops->clear(&net->sum);
    net->wide.ops->clear(&net->wide_sum);
    free(net->u);
    free(net);
}

/* The exact values of a matrix at high precision, each rounded once. */
static void set_target(ew_rounded_net *net, const ew_target_t target)
{
    fmpq_t q;
    fmpq_init(q);
    for (slong i = 0; i < net->dim; i++)
        for (slong j = 0; j < net->dim; j++) {
            slong k = i * net->dim + j;
            arf_get_fmpq(q, arb_midref(arb_mat_entry(target->m, i, j)));
            net->narrow.ops->set_fmpq(net->target + k, q, &net->narrow);
            net->u[k] = arf_get_d(arb_midref(arb_mat_entry(target->u, i, j)), ARF_RND_NEAR);
            net->v[k] = arf_get_d(arb_midref(arb_mat_entry(target->v, i, j)), ARF_RND_NEAR);
        }
    for (slong i = 0; i < net->dim; i++)
        net->sigma[i] = arf_get_d(arb_midref(target->sigma + i), ARF_RND_NEAR);
    fmpq_clear(q);
}

ew_rounded_net *ew_rounded_net_new(const ew_format *format, ew_rounding rounding, ew_order order,
                                   const ew_target_t target, const ew_problem_t problem, ulong seed)
{
    if (!ew_format_fits(format) || (unsigned)rounding > EW_STOCHASTIC ||
        (unsigned)order > EW_WIDE || target == NULL || target->arithmetic != EW_MPFR ||
        !ew_problem_fits(problem))
        return NULL;
    ew_format wider = *format;
    double scalars = (2 * (double)problem->depth + 6) * (double)problem->dim * (double)problem->dim;
    if (ew_memory_check(scalars * ((double)sizeof(ew_number) + (double)format->bits / 8)) != EW_OK)
        return NULL;
    ew_rounded_net *net = calloc(1, sizeof *net);
    if (net == NULL)
        return NULL;
    if (order == EW_WIDE)
        ew_format_wider(&wider, format);
    if (problem->dim > LARGEST || ew_arith_init(&net->narrow, format, rounding, seed) != EW_OK ||
        ew_arith_init(&net->wide, &wider, order == EW_WIDE ? EW_TO_NEAREST : rounding, seed) !=
            EW_OK) {
        free(net);
        return NULL;
    }
    slong d = problem->dim, size = d * d;
    net->order = order;
    net->depth = problem->depth;
    net->dim = d;
    net->size = size;
    net->rank = target->rank;
    net->weights = numbers(net->depth * size, &net->narrow);
    net->below = numbers(net->depth * size, &net->narrow);
    net->target = numbers(size, &net->narrow);
    net->error = numbers(size, &net->narrow);
    net->spare = numbers(size, &net->narrow);
    net->terms = numbers(d, &net->narrow);
    net->left = numbers(size, &net->wide);
    net->right = numbers(size, &net->wide);
    net->narrow.ops->init(&net->eta, &net->narrow);
    net->narrow.ops->init(&net->t, &net->narrow);
    net->narrow.ops->init(&net->sum, &net->narrow);
    net->wide.ops->init(&net->wide_sum, &net->wide);
    net->u = calloc((size_t)(5 * size + d), sizeof(double));
    if (net->weights == NULL || net->below == NULL || net->target == NULL || net->error == NULL ||
        net->spare == NULL || net->terms == NULL || net->left == NULL || net->right == NULL ||
        net->u == NULL) {
        ew_rounded_net_free(net);
        return NULL;
    }
    net->v = net->u + size;
    net->sigma = net->v + size;
    net->room = net->sigma + d;
    set_target(net, target);
    net->narrow.ops->set_fmpq(&net->eta, problem->eta, &net->narrow);
    for (slong l = 0; l < net->depth - 1; l++)
        for (slong i = 0; i < d; i++)
            net->narrow.ops->set_fmpq(net->weights + l * size + i * (d + 1), problem->alpha,
                                      &net->narrow);
    return net;
}

/* An operand: entry (i, k) of a, or of its transpose. */
static slong entry(slong i, slong k, bool transposed, slong n)
{
    return transposed ? k * n + i : i * n + k;
}

/* terms[0 .. n) added in pairs, into terms[0]. */
static void add_in_pairs(ew_rounded_net *net)
{
    for (slong width = 1; width < net->dim; width *= 2)
        for (slong k = 0; k + width < net->dim; k += 2 * width)
            net->narrow.ops->add(net->terms + k, net->terms + k, net->terms + k + width,
                                 &net->narrow);
}

/* One entry of a product, into net->sum. */
static void dot(ew_rounded_net *net, const ew_number *a, bool ta, const ew_number *b, bool tb,
                slong i, slong j)
{
    slong n = net->dim;
    ew_arith *A = &net->narrow, *B = &net->wide;
    for (slong k = 0; k < n; k++) {
        slong p = entry(i, k, ta, n), q = entry(k, j, tb, n);
        if (net->order == EW_WIDE) {
            if (k == 0)
                B->ops->mul(&net->wide_sum, net->left + p, net->right + q, B);
            else
                B->ops->fma(&net->wide_sum, net->left + p, net->right + q, &net->wide_sum, B);
        } else if (net->order == EW_TREE)
            A->ops->mul(net->terms + k, a + p, b + q, A);
        else if (k == 0)
            A->ops->mul(&net->sum, a + p, b + q, A);
        else if (net->order == EW_FUSED)
            A->ops->fma(&net->sum, a + p, b + q, &net->sum, A);
        else {
            A->ops->mul(&net->t, a + p, b + q, A);
            A->ops->add(&net->sum, &net->sum, &net->t, A);
        }
    }
    if (net->order == EW_WIDE)
        ew_number_convert(&net->sum, A, &net->wide_sum, B);
    if (net->order == EW_TREE) {
        add_in_pairs(net);
        A->ops->set(&net->sum, net->terms);
    }
}

/* out = a b, either transposed; with `update` out <- out - eta a b. */
static void multiply(ew_rounded_net *net, ew_number *out, const ew_number *a, bool ta,
                     const ew_number *b, bool tb, bool update)
{
    ew_arith *A = &net->narrow;
    for (slong k = 0; net->order == EW_WIDE && k < net->size; k++) {
        ew_number_convert(net->left + k, &net->wide, a + k, A);
        ew_number_convert(net->right + k, &net->wide, b + k, A);
    }
    for (slong i = 0; i < net->dim; i++)
        for (slong j = 0; j < net->dim; j++) {
            ew_number *z = out + i * net->dim + j;
            dot(net, a, ta, b, tb, i, j);
            if (!update)
                A->ops->set(z, &net->sum);
            else if (net->order == EW_FUSED) {
                A->ops->neg(&net->sum, &net->sum);
                A->ops->fma(z, &net->eta, &net->sum, z, A);
            } else {
                A->ops->mul(&net->t, &net->eta, &net->sum, A);
                A->ops->sub(z, z, &net->t, A);
            }
        }
}

void ew_rounded_net_step(ew_rounded_net *net)
{
    ew_arith *A = &net->narrow;
    slong s = net->size, depth = net->depth;
    const ew_number *below = net->weights; /* B_2 = W_1 */
    for (slong l = 1; l < depth; l++) {
        ew_number *next = l == depth - 1 ? net->error : net->below + l * s;
        multiply(net, next, net->weights + l * s, false, below, false, false);
        below = next;
    }
    for (slong k = 0; k < s; k++)
        A->ops->sub(net->error + k, net->error + k, net->target + k, A);
    ew_number *c = net->error, *spare = net->spare;
    for (slong l = depth - 1; l > 0; l--) {
        below = l == 1 ? net->weights : net->below + (l - 1) * s;
        multiply(net, spare, net->weights + l * s, true, c, false, false);
        multiply(net, net->weights + l * s, c, false, below, true, true);
        ew_number *swap = c;
        c = spare;
        spare = swap;
    }
    for (slong k = 0; k < s; k++) {
        if (net->order == EW_FUSED) {
            A->ops->neg(&net->t, c + k);
            A->ops->fma(net->weights + k, &net->eta, &net->t, net->weights + k, A);
        } else {
            A->ops->mul(&net->t, &net->eta, c + k, A);
            A->ops->sub(net->weights + k, net->weights + k, &net->t, A);
        }
    }
}

/* ---- Looking ---------------------------------------------------------------------------------- */

static double as_double(const ew_number *x, const ew_arith *A, arb_t t)
{
    if (!A->ops->finite(x))
        return NAN;
    A->ops->get_arb(t, x);
    return arf_get_d(arb_midref(t), ARF_RND_NEAR);
}

/* out = a b (a transposed with ta), n square, in doubles. */
static void times(double *out, const double *a, bool ta, const double *b, slong n)
{
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++) {
            double x = 0;
            for (slong k = 0; k < n; k++)
                x += a[entry(i, k, ta, n)] * b[k * n + j];
            out[i * n + j] = x;
        }
}

void ew_rounded_net_look(ew_rounded_net_view *view, double *product, const ew_rounded_net *net)
{
    slong n = net->dim, s = net->size;
    *view = (ew_rounded_net_view){.finite = true};
    double *p = net->room, *w = p + s, *t = w + s;
    arb_t x;
    arb_init(x);
    for (slong k = 0; k < s; k++)
        p[k] = k % (n + 1) == 0;
    for (slong l = 0; l < net->depth; l++) {
        for (slong k = 0; k < s; k++) {
            w[k] = as_double(net->weights + l * s + k, &net->narrow, x);
            view->finite = view->finite && isfinite(w[k]);
        }
        times(t, w, false, p, n);
        memcpy(p, t, (size_t)s * sizeof(double));
    }
    arb_clear(x);
    times(w, net->u, true, p, n);
    times(t, w, false, net->v, n); /* U^T P V */
    double off, loss = 0;
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++) {
            double e = t[i * n + j] - (i == j ? net->sigma[i] : 0);
            loss += e * e / 2;
            if (i == j)
                view->loss_by_values += e * e / 2;
        }
    view->loss = loss;
    for (slong i = 0; i < net->rank; i++) {
        for (int side = 0; side < 2; side++) {
            off = 0;
            for (slong j = 0; j < n; j++)
                if (j != i)
                    off = hypot(off, side == 0 ? t[i * n + j] : t[j * n + i]);
            if (off > 0)
                view->angle = fmax(view->angle, atan2(off, fabs(t[i * n + i])));
        }
        if (product != NULL)
            product[i] = t[i * n + i];
    }
    view->finite = view->finite && isfinite(loss);
}
