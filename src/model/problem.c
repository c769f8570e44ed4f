/* Problems and modes: exact data in, sorted, owned. */
#include <edgewise/model.h>
#include <stdlib.h>

void ew_mode_init(ew_mode_t mode)
{
    mode->depth = 2;
    fmpq_init(mode->eta);
    fmpq_init(mode->sigma);
    fmpq_init(mode->alpha);
    fmpq_one(mode->eta);
    fmpq_one(mode->sigma);
    fmpq_set_si(mode->alpha, 1, 10);
}

void ew_mode_clear(ew_mode_t mode)
{
    fmpq_clear(mode->eta);
    fmpq_clear(mode->sigma);
    fmpq_clear(mode->alpha);
}

void ew_mode_set(ew_mode_t out, const ew_mode_t in)
{
    out->depth = in->depth;
    fmpq_set(out->eta, in->eta);
    fmpq_set(out->sigma, in->sigma);
    fmpq_set(out->alpha, in->alpha);
}

void ew_problem_init(ew_problem_t problem)
{
    problem->depth = 2;
    problem->dim = 0;
    problem->count = 0;
    fmpq_init(problem->eta);
    fmpq_init(problem->alpha);
    fmpq_one(problem->eta);
    fmpq_set_si(problem->alpha, 1, 10);
    problem->sigma = NULL;
}

static void clear_sigma(ew_problem_t problem)
{
    if (problem->sigma != NULL)
        _fmpq_vec_clear(problem->sigma, problem->count);
    problem->sigma = NULL;
    problem->count = 0;
}

void ew_problem_clear(ew_problem_t problem)
{
    clear_sigma(problem);
    fmpq_clear(problem->eta);
    fmpq_clear(problem->alpha);
}

/* Largest first. */
static int by_size(const void *left, const void *right)
{
    return fmpq_cmp((const fmpq *)right, (const fmpq *)left);
}

void ew_problem_set_sigma(ew_problem_t problem, const fmpq *sigma, slong count)
{
    if (count < 1 || sigma == NULL) {
        clear_sigma(problem);
        return;
    }
    fmpq *sorted = _fmpq_vec_init(count);
    for (slong i = 0; i < count; i++)
        fmpq_set(sorted + i, sigma + i);
    qsort(sorted, (size_t)count, sizeof(fmpq), by_size);
    clear_sigma(problem);
    problem->sigma = sorted;
    problem->count = count;
}

void ew_problem_mode(ew_mode_t mode, const ew_problem_t problem, slong i)
{
    mode->depth = problem->depth;
    fmpq_set(mode->eta, problem->eta);
    fmpq_set(mode->alpha, problem->alpha);
    if (i >= 0 && i < problem->count)
        fmpq_set(mode->sigma, problem->sigma + i);
    else
        fmpq_zero(mode->sigma);
}
