/* A certified multiplier says when rounding will have thrown gradient descent off the rank-p orbit; a run in doubles
 * says when it was. */
#include <edgewise.h>
#include <math.h>
#include <stdio.h>

/* The first step at which the singular vectors are more than 1/1000 away, or -1. */
static slong run(const ew_problem_t problem, ulong seed)
{
    ew_target_t target;
    ew_start start = {EW_START_POSTER, seed, NULL};
    ew_target_init(target);
    slong left = -1;
    if (ew_target_from_problem(target, problem, EW_DOUBLE, true, seed, 53) == EW_OK) {
        ew_net *net = ew_net_new(target, problem, &start);
        ew_net_record_t record;
        ew_net_record_init(record, net);
        while (left < 0 && ew_net_steps(net) < 5000) {
            ew_net_step(net);
            if (ew_net_observe(record, net, false) == EW_OK &&
                !(record->finite && arf_get_d(arb_midref(record->angle), ARF_RND_NEAR) < 1e-3))
                left = ew_net_steps(net);
        }
        ew_net_record_clear(record);
        ew_net_free(net);
    }
    ew_target_clear(target);
    return left;
}

int main(void)
{
    ew_problem_t problem;
    ew_floquet_t floquet;
    arb_t largest, steps;
    slong outside, undecided;
    ew_problem_init(problem);
    ew_floquet_init(floquet);
    arb_init(largest);
    arb_init(steps);
    problem->depth = 3;
    problem->dim = 2;
    fmpq_set_si(problem->eta, 23, 30); /* s = 2.3 */
    fmpq_set_si(problem->alpha, 1, 5); /* from here both values fall into step */
    fmpq *sigma = _fmpq_vec_init(2);
    fmpq_set_si(sigma, 1, 1);
    fmpq_set_si(sigma + 1, 19, 20);
    ew_problem_set_sigma(problem, sigma, 2);
    _fmpq_vec_clear(sigma, 2);
    if (ew_floquet(floquet, problem, 128, 4096, NULL) == EW_OK) {
        ew_floquet_count(&outside, &undecided, largest, floquet, NULL, 2);
        ew_departure_steps(steps, largest, 53, 128);
        printf("%ld multipliers outside the unit circle, the largest of modulus ", outside);
        arb_printn(largest, 12, 0);
        printf("\nrounding at 53 bits seen after about %.0f steps\n",
               arf_get_d(arb_midref(steps), ARF_RND_NEAR));
    }
    for (ulong seed = 1; seed <= 4; seed++)
        printf("seed %lu: doubles left the orbit at step %ld\n", seed, run(problem, seed));
    arb_clear(largest);
    arb_clear(steps);
    ew_floquet_clear(floquet);
    ew_problem_clear(problem);
    flint_cleanup();
    return 0;
}
