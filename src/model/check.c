/* What makes a mode or a problem one that the library works on. */
#include "model/domain.h"

static ew_status refuse(ew_fault *fault, const char *argument, const char *what)
{
    if (fault != NULL)
        *fault = (ew_fault){argument, what};
    return EW_BAD_INPUT;
}

/* A rational in lowest terms, not negative, and not zero where zero is not allowed. */
static ew_status check_number(ew_fault *fault, const char *argument, const fmpq_t q, bool zero)
{
    if (!ew_rational_fits(q))
        return refuse(fault, argument, "is not a fraction in lowest terms");
    if (fmpq_sgn(q) < 0)
        return refuse(fault, argument, "is negative");
    return zero || !fmpq_is_zero(q) ? EW_OK : refuse(fault, argument, "is zero");
}

static ew_status check_common(ew_fault *fault, slong depth, const fmpq_t eta, const fmpq_t alpha)
{
    if (!ew_depth_fits(depth))
        return refuse(fault, "depth", depth < 2 ? "is too small" : "is too large");
    ew_status status = check_number(fault, "eta", eta, false);
    return status == EW_OK ? check_number(fault, "alpha", alpha, true) : status;
}

ew_status ew_mode_check(ew_fault *fault, const ew_mode_t mode)
{
    if (mode == NULL)
        return refuse(fault, "mode", "is missing");
    ew_status status = check_common(fault, mode->depth, mode->eta, mode->alpha);
    return status == EW_OK ? check_number(fault, "sigma", mode->sigma, true) : status;
}

ew_status ew_problem_check(ew_fault *fault, const ew_problem_t problem)
{
    if (problem == NULL)
        return refuse(fault, "problem", "is missing");
    if (problem->count < 1 || problem->sigma == NULL)
        return refuse(fault, "sigma", "is empty");
    if (problem->count > EW_DIM_MAX)
        return refuse(fault, "sigma", "has too many values");
    ew_status status = check_common(fault, problem->depth, problem->eta, problem->alpha);
    for (slong i = 0; i < problem->count && status == EW_OK; i++) {
        const fmpq *sigma = problem->sigma + i;
        if (!ew_rational_fits(sigma))
            status = refuse(fault, "sigma", "has a value that is no fraction in lowest terms");
        else if (fmpq_sgn(sigma) <= 0)
            status =
                refuse(fault, "sigma", fmpq_sgn(sigma) < 0 ? "has a negative value" : "has a zero");
        else if (i > 0 && fmpq_cmp(sigma - 1, sigma) < 0)
            status = refuse(fault, "sigma", "is not sorted, the largest first");
    }
    if (status == EW_OK && (problem->dim < problem->count || problem->dim > EW_DIM_MAX))
        status =
            refuse(fault, "dim", problem->dim < problem->count ? "is too small" : "is too large");
    return status;
}
