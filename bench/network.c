/* One step of the whole network: in doubles against its bare matrix products, and at 256 bits against mpmath. */
#include "bench.h"
#include <cblas.h>
#include <edgewise.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* sigma = 1, (n - 1)/n, ..., s = 2.1 for the largest. */
static void set_problem(ew_problem_t problem, slong depth, slong dim)
{
    fmpq *sigma = _fmpq_vec_init(dim);
    for (slong i = 0; i < dim; i++)
        fmpq_set_si(sigma + i, dim - i, (ulong)dim);
    ew_problem_set_sigma(problem, sigma, dim);
    _fmpq_vec_clear(sigma, dim);
    problem->depth = depth;
    problem->dim = dim;
    fmpq_set_si(problem->eta, 21, 10 * (ulong)depth);
    fmpq_set_si(problem->alpha, 1, 2);
}

static void one_step(void *context)
{
    ew_net_step(context);
}

typedef struct {
    slong dim, count;
    double *a, *b, *c;
} products;

static void bare_products(void *context)
{
    products *p = context;
    int d = (int)p->dim;
    for (slong k = 0; k < p->count; k++)
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, d, d, d, 1, p->a, d, p->b, d, 0,
                    p->c, d);
}

/* Median over runs that alternate, so that the machine's moods hit both. */
static int doubles_row(void)
{
    enum { DEPTH = 4, DIM = 512, RUNS = 9 };
    const double goal = 1.15;
    ew_problem_t problem;
    ew_target_t target;
    ew_start start = {EW_START_POSTER, 1, NULL};
    ew_problem_init(problem);
    ew_target_init(target);
    set_problem(problem, DEPTH, DIM);
    ew_bench_expect(ew_target_from_problem(target, problem, EW_DOUBLE, true, 1, 53));
    ew_net *net = ew_net_new(target, problem, &start);
    products p = {.dim = DIM, .count = 3 * DEPTH - 2};
    double *work = malloc(3 * sizeof(double) * DIM * DIM);
    for (slong k = 0; k < 3 * DIM * DIM; k++)
        work[k] = 1.0 / (double)(1 + k % 97);
    p.a = work;
    p.b = work + DIM * DIM;
    p.c = work + 2 * DIM * DIM;
    double ours[RUNS], bare[RUNS];
    for (int i = 0; i < RUNS; i++) {
        ours[i] = ew_bench_median(one_step, net);
        bare[i] = ew_bench_median(bare_products, &p);
    }
    double mine = ew_bench_middle(ours, RUNS), limit = ew_bench_middle(bare, RUNS);
    printf("%-44s %10.3f %12.3f %8.2fx  <= %.2fx%s\n", "double, d = 512, L = 4: 3L - 2 = 10 dgemm",
           1e3 * mine, 1e3 * limit, mine / limit, goal, mine / limit > goal ? "  SHORT" : "");
    free(work);
    ew_net_free(net);
    ew_target_clear(target);
    ew_problem_clear(problem);
    return mine / limit > goal;
}

/* Exactly, as rationals. */
static void put_matrix(FILE *out, const arb_mat_t m)
{
    fmpq_t q;
    fmpq_init(q);
    for (slong i = 0; i < arb_mat_nrows(m); i++) {
        for (slong j = 0; j < arb_mat_ncols(m); j++) {
            arf_get_fmpq(q, arb_midref(arb_mat_entry(m, i, j)));
            char *text = fmpq_get_str(NULL, 10, q);
            fprintf(out, "%s ", text);
            flint_free(text);
        }
        fputc('\n', out);
    }
    fmpq_clear(q);
}

/* mpmath on the same input: the loss after the steps, and seconds per step; false without mpmath. */
static bool mpmath_steps(arb_t loss, double *seconds, const ew_problem_t problem,
                         const ew_target_t target, slong steps, slong bits)
{
    char name[] = "/tmp/edgewise-bench-XXXXXX", command[128], line[256];
    int handle = mkstemp(name);
    FILE *input = handle < 0 ? NULL : fdopen(handle, "w");
    if (input == NULL)
        return false;
    char *eta = fmpq_get_str(NULL, 10, problem->eta),
         *alpha = fmpq_get_str(NULL, 10, problem->alpha);
    fprintf(input, "%ld %ld %ld %ld\n%s %s\n", problem->depth, problem->dim, bits, steps, eta,
            alpha);
    flint_free(eta);
    flint_free(alpha);
    put_matrix(input, target->m);
    fclose(input);
    snprintf(command, sizeof command, "/usr/bin/python3 bench/step.py < %s 2> /dev/null", name);
    FILE *output = popen(command, "r");
    bool fine = output != NULL && fgets(line, sizeof line, output) != NULL;
    if (fine) {
        line[strcspn(line, "\n")] = '\0';
        fine = arb_set_str(loss, line, bits) == 0 && fgets(line, sizeof line, output) != NULL;
        *seconds = fine ? strtod(line, NULL) : 0;
    }
    if (output != NULL)
        pclose(output);
    remove(name);
    return fine;
}

static int precise_row(void)
{
    enum { DEPTH = 4, DIM = 10, BITS = 256, STEPS = 9 };
    const double goal = 20;
    ew_problem_t problem;
    ew_target_t target;
    ew_start start = {EW_START_POSTER, 1, NULL};
    ew_net_record_t record;
    arb_t loss;
    double theirs = 0;
    int missed = 0;
    arb_init(loss);
    ew_problem_init(problem);
    ew_target_init(target);
    set_problem(problem, DEPTH, DIM);
    ew_bench_expect(ew_target_from_problem(target, problem, EW_MPFR, true, 1, BITS));
    ew_net *net = ew_net_new(target, problem, &start);
    ew_net_record_init(record, net);
    for (int i = 0; i < STEPS; i++)
        ew_net_step(net);
    ew_bench_expect(ew_net_observe(record, net, false));
    bool there = mpmath_steps(loss, &theirs, problem, target, STEPS, BITS);
    double mine = ew_bench_median(one_step, net);
    if (there) {
        missed = theirs / mine < goal;
        printf("%-44s %10.3f %12.3f %8.1fx  >= %.0fx%s\n", "256 bits, d = 10, L = 4: mpmath",
               1e3 * mine, 1e3 * theirs, theirs / mine, goal, missed ? "  SHORT" : "");
        arb_sub(loss, loss, record->loss, BITS);
        arb_abs(loss, loss);
        arb_mul_2exp_si(loss, loss, 180); /* 60 digits were printed */
        if (!arb_lt(loss, record->loss)) {
            printf("the losses differ\n");
            missed = 1;
        }
    } else
        printf("%-44s %10.3f %12s\n", "256 bits, d = 10, L = 4: mpmath", 1e3 * mine, "no mpmath");
    ew_net_record_clear(record);
    ew_net_free(net);
    ew_target_clear(target);
    ew_problem_clear(problem);
    arb_clear(loss);
    return missed;
}

int ew_bench_network(void)
{
    printf("\none step of the network (ms)\n%-44s %10s %12s %9s  %s\n", "", "edgewise", "beside",
           "ratio", "goal");
    int missed = doubles_row();
    return missed + precise_row();
}
