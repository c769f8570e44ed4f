/* Two steps of gradient descent in exact rationals, with rational orthogonal U and V from Cayley's transform
 * (1 - A)(1 + A)^-1 of skew matrices A: an independent check of the algebra of theory/network.md (2), on the problem itself
 * or, where that is larger, on its first values in a shallower network. */
#include "claims/shared/network.h"
#include <stdio.h>

enum { LARGEST_DIM = 3, LARGEST_DEPTH = 4, STEPS = 2, LONGEST = 512 };

typedef struct {
    slong depth, dim;
    fmpq_mat_t u, v, m;
    fmpq_mat_t w[LARGEST_DEPTH], gradient[LARGEST_DEPTH];
} exact_net;

/* An orthogonal matrix with small rational entries; `salt` makes it another one. */
static void cayley(fmpq_mat_t q, slong dim, slong salt)
{
    fmpq_mat_t a, b;
    fmpq_mat_init(a, dim, dim);
    fmpq_mat_init(b, dim, dim);
    for (slong i = 0; i < dim; i++)
        for (slong j = 0; j < dim; j++) {
            fmpq_set_si(fmpq_mat_entry(a, i, j), i == j, 1);
            fmpq_set_si(fmpq_mat_entry(b, i, j), i == j, 1);
            if (i == j)
                continue;
            slong sign = i < j ? 1 : -1;
            fmpq_set_si(fmpq_mat_entry(a, i, j), -sign, (ulong)(i + j + salt));
            fmpq_set_si(fmpq_mat_entry(b, i, j), sign, (ulong)(i + j + salt));
        }
    fmpq_mat_inv(b, b);
    fmpq_mat_mul(q, a, b);
    fmpq_mat_clear(a);
    fmpq_mat_clear(b);
}

static void make(exact_net *net, const ew_network_case *about)
{
    const ew_problem_struct *problem = about->problem;
    slong dim = net->dim;
    fmpq_mat_init(net->u, dim, dim);
    fmpq_mat_init(net->v, dim, dim);
    fmpq_mat_init(net->m, dim, dim);
    cayley(net->u, dim, 2);
    cayley(net->v, dim, 3);
    fmpq_mat_t t;
    fmpq_mat_init(t, dim, dim);
    fmpq_mat_transpose(t, net->v);
    for (slong i = 0; i < dim; i++)
        for (slong j = 0; j < dim; j++)
            if (i < problem->count)
                fmpq_mul(fmpq_mat_entry(t, i, j), fmpq_mat_entry(t, i, j), problem->sigma + i);
            else
                fmpq_zero(fmpq_mat_entry(t, i, j));
    fmpq_mat_mul(net->m, net->u, t);
    fmpq_mat_clear(t);
    for (slong l = 0; l < net->depth; l++) {
        fmpq_mat_init(net->w[l], dim, dim);
        fmpq_mat_init(net->gradient[l], dim, dim);
        for (slong i = 0; i < dim && l < net->depth - 1; i++)
            fmpq_set(fmpq_mat_entry(net->w[l], i, i), problem->alpha);
    }
}

static void clear(exact_net *net)
{
    fmpq_mat_clear(net->u);
    fmpq_mat_clear(net->v);
    fmpq_mat_clear(net->m);
    for (slong l = 0; l < net->depth; l++) {
        fmpq_mat_clear(net->w[l]);
        fmpq_mat_clear(net->gradient[l]);
    }
}

/* G_l = (W_L .. W_(l+1))^T (P - M) (W_(l-1) .. W_1)^T, each by its definition; the residual is left in `residual`. */
static void gradients(exact_net *net, fmpq_mat_t residual)
{
    slong dim = net->dim;
    fmpq_mat_t t;
    fmpq_mat_init(t, dim, dim);
    fmpq_mat_one(residual);
    for (slong l = 0; l < net->depth; l++)
        fmpq_mat_mul(residual, net->w[l], residual);
    fmpq_mat_sub(residual, residual, net->m);
    for (slong l = 0; l < net->depth; l++) {
        fmpq_mat_set(net->gradient[l], residual);
        for (slong m = net->depth - 1; m > l; m--) {
            fmpq_mat_transpose(t, net->w[m]);
            fmpq_mat_mul(net->gradient[l], t, net->gradient[l]);
        }
        for (slong m = 0; m < l; m++) {
            fmpq_mat_transpose(t, net->w[m]);
            fmpq_mat_mul(net->gradient[l], net->gradient[l], t);
        }
    }
    fmpq_mat_clear(t);
}

static void descend(exact_net *net, const fmpq_t eta)
{
    for (slong l = 0; l < net->depth; l++) {
        fmpq_mat_scalar_mul_fmpq(net->gradient[l], net->gradient[l], eta);
        fmpq_mat_sub(net->w[l], net->w[l], net->gradient[l]);
    }
}

/* Are all layers U diag V^T, V diag V^T with the scalars (a, b) of each mode on the diagonals? */
static bool is_static(const exact_net *net, const fmpq *a, const fmpq *b)
{
    fmpq_mat_t t, left;
    fmpq_mat_init(t, net->dim, net->dim);
    fmpq_mat_init(left, net->dim, net->dim);
    bool yes = true;
    for (slong l = 0; l < net->depth; l++) {
        bool last = l == net->depth - 1;
        fmpq_mat_transpose(left, last ? net->u : net->v);
        fmpq_mat_mul(t, left, net->w[l]);
        fmpq_mat_mul(t, t, net->v);
        for (slong i = 0; i < net->dim; i++)
            for (slong j = 0; j < net->dim; j++)
                yes = yes && (i == j ? fmpq_equal(fmpq_mat_entry(t, i, i), last ? a + i : b + i)
                                     : fmpq_is_zero(fmpq_mat_entry(t, i, j)));
    }
    fmpq_mat_clear(t);
    fmpq_mat_clear(left);
    return yes;
}

/* Is |P - M|^2 the sum of (a b^(L-1) - sigma)^2? */
static bool loss_decouples(const exact_net *net, const fmpq_mat_t residual, const fmpq *a,
                           const fmpq *b, const ew_network_case *about)
{
    fmpq_t whole, sum, t;
    fmpq_init(whole);
    fmpq_init(sum);
    fmpq_init(t);
    for (slong i = 0; i < net->dim; i++) {
        for (slong j = 0; j < net->dim; j++)
            fmpq_addmul(whole, fmpq_mat_entry(residual, i, j), fmpq_mat_entry(residual, i, j));
        fmpq_pow_si(t, b + i, net->depth - 1);
        fmpq_mul(t, t, a + i);
        if (i < about->problem->count)
            fmpq_sub(t, t, about->problem->sigma + i);
        fmpq_addmul(sum, t, t);
    }
    bool equal = fmpq_equal(whole, sum);
    fmpq_clear(whole);
    fmpq_clear(sum);
    fmpq_clear(t);
    return equal;
}

/* W_(l+1)^T G_(l+1) = G_l W_l^T for all l: the velocity of what gradient flow conserves is zero. */
static bool conserves(const exact_net *net)
{
    fmpq_mat_t t, left, right;
    fmpq_mat_init(t, net->dim, net->dim);
    fmpq_mat_init(left, net->dim, net->dim);
    fmpq_mat_init(right, net->dim, net->dim);
    bool yes = true;
    for (slong l = 0; l < net->depth - 1; l++) {
        fmpq_mat_transpose(t, net->w[l + 1]);
        fmpq_mat_mul(left, t, net->gradient[l + 1]);
        fmpq_mat_transpose(t, net->w[l]);
        fmpq_mat_mul(right, net->gradient[l], t);
        yes = yes && fmpq_mat_equal(left, right);
    }
    fmpq_mat_clear(t);
    fmpq_mat_clear(left);
    fmpq_mat_clear(right);
    return yes;
}

/* The run itself; a b are the scalars of each mode. The conserved identity is tried off the invariant set as well,
 * which the last round of the loop leaves. */
static void run(ew_network_case *about, exact_net *net)
{
    fmpq *a = _fmpq_vec_init(net->dim), *b = _fmpq_vec_init(net->dim);
    fmpq_mat_t residual;
    fmpq_t k;
    fmpq_mat_init(residual, net->dim, net->dim);
    fmpq_init(k);
    ew_mode_t mode;
    ew_mode_init(mode);
    for (slong i = 0; i < net->dim; i++)
        fmpq_set(b + i, about->problem->alpha);
    about->exact_static = about->exact_loss = about->exact_conserved = true;
    for (int step = 0; step <= STEPS; step++) {
        gradients(net, residual);
        about->exact_static = about->exact_static && is_static(net, a, b);
        about->exact_loss = about->exact_loss && loss_decouples(net, residual, a, b, about);
        about->exact_conserved = about->exact_conserved && conserves(net);
        if (step == STEPS)
            break;
        descend(net, about->problem->eta);
        for (slong i = 0; i < net->dim; i++) {
            ew_problem_mode(mode, about->problem, FLINT_MIN(i, about->problem->count));
            mode->depth = net->depth;
            ew_pair_step_exact(a + i, b + i, k, mode);
        }
    }
    for (slong l = 0; l < net->depth; l++) /* a start of no particular form */
        for (slong i = 0; i < net->dim; i++)
            for (slong j = 0; j < net->dim; j++)
                fmpq_set_si(fmpq_mat_entry(net->w[l], i, j), (3 * i + 5 * j + 7 * l) % 11 - 5,
                            (ulong)(i + 2 * j + 3));
    gradients(net, residual);
    about->exact_conserved = about->exact_conserved && conserves(net);
    ew_mode_clear(mode);
    fmpq_clear(k);
    fmpq_mat_clear(residual);
    _fmpq_vec_clear(a, net->dim);
    _fmpq_vec_clear(b, net->dim);
}

bool ew_network_exact(ew_finding_t finding, ew_network_case *about)
{
    const ew_problem_struct *problem = about->problem;
    exact_net net = {.depth = FLINT_MIN(problem->depth, LARGEST_DEPTH),
                     .dim = FLINT_MIN(problem->dim, LARGEST_DIM)};
    bool longer =
        fmpq_height_bits(problem->eta) > LONGEST || fmpq_height_bits(problem->alpha) > LONGEST;
    for (slong i = 0; i < FLINT_MIN(net.dim, problem->count); i++)
        longer = longer || fmpq_height_bits(problem->sigma + i) > LONGEST;
    if (!about->exact_made && !longer) {
        make(&net, about);
        run(about, &net);
        clear(&net);
        about->exact_run = true;
    }
    about->exact_made = true;
    about->exact_dim = net.dim;
    about->exact_depth = net.depth;
    ew_finding_truth(finding, "exact_run", about->exact_run);
    if (about->exact_run) {
        ew_finding_integer(finding, "exact_depth", net.depth);
        ew_finding_integer(finding, "exact_dim", net.dim);
        ew_finding_integer(finding, "exact_steps", STEPS);
    }
    return about->exact_run;
}

const char *ew_network_exact_text(char text[160], const ew_network_case *about)
{
    const ew_problem_struct *problem = about->problem;
    bool whole = about->exact_depth == problem->depth && about->exact_dim == problem->dim;
    if (whole)
        snprintf(text, 160, "this problem");
    else
        snprintf(text, 160,
                 "a network of depth %ld with the first %ld of this problem's %ld values",
                 about->exact_depth, about->exact_dim, problem->dim);
    return text;
}
