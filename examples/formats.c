/* Two oscillating singular values, a rotated target: when does each number format leave the orbit that exact arithmetic stays on?
 * Predicted from the Hessian along the trajectory and the size of rounding; and seen. */
#include <edgewise.h>
#include <stdio.h>

/* The first step at which the singular vectors have turned by 1/1000. */
static slong seen(const ew_problem_t problem, const ew_target_t target, const ew_format *format,
                  slong steps)
{
    ew_rounded_net *net = ew_rounded_net_new(format, EW_TO_NEAREST, EW_WRITTEN, target, problem, 1);
    ew_rounded_net_view view;
    slong left = -1;
    for (slong t = 1; t < steps && left < 0 && net != NULL; t++) {
        ew_rounded_net_step(net);
        ew_rounded_net_look(&view, NULL, net);
        if (!view.finite || view.angle > 1e-3)
            left = t;
    }
    ew_rounded_net_free(net);
    return left;
}

int main(void)
{
    static const char *const names[] = {"fp16", "fp32", "fp64", "x87", "dd", "quad", "mpfr-150"};
    enum { STEPS = 4000 };
    ew_problem_t problem;
    ew_target_t target;
    ew_departure_t departure;
    ew_problem_init(problem);
    ew_target_init(target);
    ew_departure_init(departure);
    fmpq *sigma = _fmpq_vec_init(2);
    fmpq_set_si(sigma, 1, 1);
    fmpq_set_si(sigma + 1, 19, 20);
    ew_problem_set_sigma(problem, sigma, 2);
    _fmpq_vec_clear(sigma, 2);
    problem->depth = 3;
    problem->dim = 4;
    fmpq_set_si(problem->eta, 23, 30); /* s = 2.3 */
    fmpq_set_si(problem->alpha, 1, 5);
    if (ew_target_from_problem(target, problem, EW_MPFR, true, 1, 512) == EW_OK &&
        ew_departure_make(departure, problem, STEPS) == EW_OK) {
        printf("%-10s %8s %22s %8s\n", "format", "bits", "predicted", "seen");
        for (int f = 0; f < 7; f++) {
            ew_format format;
            slong lo, typical, hi;
            if (ew_format_named(&format, names[f], NULL) != EW_OK)
                continue;
            ew_departure_steps_at(&lo, &typical, &hi, departure, format.bits, 1e-3);
            printf("%-10s %8ld %8ld (%ld .. %ld) %8ld\n", format.name, format.bits, typical, lo, hi,
                   seen(problem, target, &format, STEPS));
        }
    }
    ew_departure_clear(departure);
    ew_target_clear(target);
    ew_problem_clear(problem);
    flint_cleanup();
    return 0;
}
