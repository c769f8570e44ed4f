/* The two arithmetics of a network, behind one table of functions. */
#ifndef EDGEWISE_OBSERVE_NET_H
#define EDGEWISE_OBSERVE_NET_H

#include <edgewise/observe.h>
#include <gsl/gsl_rng.h>

/* All are given the whole network; `state` is theirs. */
typedef struct {
    void *(*make)(const ew_net *net, const ew_problem_t problem, const ew_start *start);
    void (*free)(void *state, const ew_net *net);
    void (*step)(ew_net *net);
    ew_status (*observe)(ew_net_record_t record, const ew_net *net);
    void (*get)(arb_t x, const ew_net *net, slong l, slong i, slong j);
} ew_net_ops;

extern const ew_net_ops ew_net_double_ops, ew_net_arb_ops;

struct ew_net {
    const ew_net_ops *ops;
    const ew_target_struct *target;
    slong depth;
    slong dim;
    slong steps;
    fmpq_t eta;
    void *state;
};

/* The state in doubles. */
typedef struct {
    double *weights; /* W_1 .. W_L */
    double *below;   /* B_l = W_(l-1) .. W_1 for l = 2 .. L; B_2 is W_1 itself and not stored */
    double *error;   /* C, and room for the next */
    double *spare;
    double *start; /* W_(l+1)^T W_(l+1) - W_l W_l^T at step 0, l = 1 .. L - 1 */
    double eta;
} ew_net_double;

/* The gradient at the weights in doubles, layer after layer; or with `gradient` = NULL a step in place,
 * W_l <- W_l - eta G_l. 3 (L - 1) products either way. */
void ew_net_double_gradient(double *gradient, const ew_net *net);

/* Normal numbers; Haar orthogonal matrices in doubles and at any precision, from the same numbers. False when the
 * memory is not there. */
void ew_gaussian_fill(double *out, slong n, gsl_rng *rng);
bool ew_haar_double(double *q, slong dim, gsl_rng *rng);
bool ew_haar_arb(arb_mat_t q, gsl_rng *rng, slong prec);

#endif
