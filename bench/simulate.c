/* The scalar simulators against the arithmetic they cannot do without: a step in MPFR against the bare products of its limbs,
 * in doubles against its own chain of dependent operations, in balls against MPFR, and the diagrams' batches against a plain
 * loop. A limit beside a row is what the library's calls alone take, without the simulator around them. */
#include "bench.h"
#include "observe/lanes.h"
#include <edgewise/observe.h>
#include <gmp.h>
#include <stdio.h>
#include <stdlib.h>

enum { DOUBLE_STEPS = 20000 };

static const char table[] = "scalar simulators";
static const char *const dynamics_name[] = {
    [EW_PAIR] = "pair", [EW_BALANCED] = "balanced", [EW_LAYERS] = "layers"};

/* Products and sums of a step; where both factors are the same, a squaring. theory/simulation.md */
typedef struct {
    int products, squares, sums;
} count_t;

static count_t count_of(ew_dynamics dynamics, slong depth)
{
    int L = (int)depth;
    if (dynamics == EW_LAYERS) /* prefixes, M, c and k, the moves, the gap's */
        return (count_t){(L - 1) + (L - 3) + 2 + (3 * (L - 2) + 2) + 1, 1, L + 2};
    count_t count = {2, depth == 3, 2}; /* a (w b), eta r; p - sigma, a + k b */
    count.products += depth > 3;        /* w b */
    count.products += depth > 2;        /* c w */
    for (slong n = depth - 2, ones = 0; n > 0; n >>= 1) {
        count.products += (n & 1) && ones > 0;
        ones += n & 1;
        count.squares += n > 1;
    }
    count.products++; /* k b */
    if (dynamics == EW_PAIR) {
        count.products += 2; /* k a and the gap's */
        count.squares++;
        count.sums += 2;
    }
    return count;
}

/* What is timed side by side: so many calls of ours and of the other's. */
typedef struct {
    ew_sim *sim, *other;
    count_t count;
    mp_size_t limbs;
    mp_ptr x, y, out;
    mpfr_t fx, fy, fz;
    arb_t bx, by, bz;
    slong prec, depth;
    int calls;
    double eta;
} job_t;

static void our_steps(void *context)
{
    job_t *job = context;
    ew_sim_run(job->sim, job->calls);
}

static void our_steps_one_by_one(void *context)
{
    job_t *job = context;
    for (int i = 0; i < job->calls; i++)
        ew_sim_step(job->sim);
}

static void other_steps(void *context)
{
    job_t *job = context;
    ew_sim_run(job->other, job->calls);
}

static void bare_limbs(void *context)
{
    job_t *job = context;
    for (int i = 0; i < job->calls; i++) {
        for (int j = 0; j < job->count.products; j++)
            mpn_mul(job->out, job->x, job->limbs, job->y, job->limbs);
        for (int j = 0; j < job->count.squares; j++)
            mpn_sqr(job->out, j & 1 ? job->x : job->y, job->limbs);
    }
}

static void bare_mpfr(void *context)
{
    job_t *job = context;
    for (int i = 0; i < job->calls; i++) {
        for (int j = 0; j < job->count.products; j++)
            mpfr_mul(job->fz, job->fx, job->fy, MPFR_RNDN);
        for (int j = 0; j < job->count.squares; j++)
            mpfr_sqr(job->fz, job->fx, MPFR_RNDN);
        for (int j = 0; j < job->count.sums; j++)
            mpfr_sub(job->fz, job->fx, job->fy, MPFR_RNDN);
    }
}

static void bare_balls(void *context)
{
    job_t *job = context;
    for (int i = 0; i < job->calls; i++) {
        for (int j = 0; j < job->count.products; j++)
            arb_mul(job->bz, job->bx, job->by, job->prec);
        for (int j = 0; j < job->count.squares; j++)
            arb_sqr(job->bz, job->bx, job->prec);
        for (int j = 0; j < job->count.sums; j++)
            arb_sub(job->bz, job->bx, job->by, job->prec);
    }
}

/* Seconds of each of `count` jobs, in short turns one after the other, so that what else the machine does hits all alike, and of
 * each the lower quartile, as it can only add; the spread is the first one's. */
static double take_turns(double *times, int count, void (*const *jobs)(void *), void *context)
{
    enum { TURNS = 61 };
    double turns[3][TURNS], spread = 0;
    for (int turn = 0; turn < TURNS; turn++)
        for (int i = 0; i < count; i++) {
            double start = ew_bench_now();
            jobs[i](context);
            turns[i][turn] = ew_bench_now() - start;
        }
    for (int i = count - 1; i >= 0; i--) {
        ew_bench_middle(turns[i], TURNS);
        times[i] = turns[i][TURNS / 4];
        spread = ew_bench_spread();
    }
    return spread;
}

/* How many calls take about a third of a millisecond. */
static void set_calls(job_t *job, void (*run)(void *))
{
    double start, time;
    job->calls = 8;
    do {
        job->calls *= 2;
        start = ew_bench_now();
        run(job);
        time = ew_bench_now() - start;
    } while (time < 3e-4 && job->calls < 1 << 20);
}

/* One row: nanoseconds of a step, the other's, their ratio held against the goal, and the limit's ratio (0: none, as for
 * the goal). */
static int print_row(const char *row, const char *beside, const double *times, double spread,
                     double limit, double goal)
{
    char text[32] = "";
    double ratio = times[0] / times[1];
    int missed = goal > 0 && ratio > goal;
    if (goal > 0)
        snprintf(text, sizeof text, "<= %gx", goal);
    printf("%-26s %10.2f %10.2f %7.2fx  %-9s", row, 1e9 * times[0], 1e9 * times[1], ratio,
           goal > 0 ? text : "-");
    if (limit > 0)
        printf(" %5.2fx", limit);
    printf("%s\n", missed ? "  SHORT" : "");
    ew_bench_record((ew_bench_row){.table = table,
                                   .row = row,
                                   .beside = beside,
                                   .ours = 1e3 * times[0],
                                   .spread = spread,
                                   .theirs = 1e3 * times[1],
                                   .ratio = ratio,
                                   .goal = text,
                                   .met = !missed});
    return missed;
}

/* On a 2-cycle, neither at rest nor escaping, so that all digits move. */
static void set_mode(ew_mode_t mode, slong depth)
{
    mode->depth = depth;
    fmpq_set_si(mode->eta, 22, 10 * depth);
    fmpq_set_si(mode->alpha, 9, 10);
}

static ew_sim *start(ew_arithmetic arithmetic, ew_dynamics dynamics, const ew_mode_t mode,
                     slong prec)
{
    ew_sim *sim = ew_sim_new(arithmetic, dynamics, mode, prec);
    ew_sim_run(sim, 64);
    return sim;
}

static int row_of_mpfr(ew_dynamics dynamics, slong depth, slong prec)
{
    static void (*const jobs[])(void *) = {our_steps, bare_limbs, bare_mpfr};
    char row[64];
    double times[3];
    job_t job = {.count = count_of(dynamics, depth), .limbs = prec / GMP_NUMB_BITS};
    gmp_randstate_t random;
    ew_mode_t mode;
    ew_mode_init(mode);
    set_mode(mode, depth);
    job.sim = start(EW_MPFR, dynamics, mode, prec);
    gmp_randinit_default(random);
    mpfr_inits2(prec, job.fx, job.fy, job.fz, (mpfr_ptr)NULL);
    mpfr_urandom(job.fx, random, MPFR_RNDN);
    mpfr_urandom(job.fy, random, MPFR_RNDN);
    job.x = job.fx->_mpfr_d;
    job.y = job.fy->_mpfr_d;
    job.out = malloc(2 * (size_t)job.limbs * sizeof *job.out);
    if (job.out == NULL)
        abort();
    set_calls(&job, bare_limbs);
    double spread = take_turns(times, 3, jobs, &job);
    for (int i = 0; i < 3; i++)
        times[i] /= job.calls;
    snprintf(row, sizeof row, "MPFR %s, L = %ld, %ld", dynamics_name[dynamics], depth, prec);
    int missed = print_row(row, "mpn_mul, mpn_sqr", times, spread, times[2] / times[1], 1.3);
    ew_sim_free(job.sim);
    gmp_randclear(random);
    mpfr_clears(job.fx, job.fy, job.fz, (mpfr_ptr)NULL);
    free(job.out);
    ew_mode_clear(mode);
    return missed;
}

static int row_of_balls(ew_dynamics dynamics, slong depth, slong prec)
{
    static void (*const jobs[])(void *) = {our_steps, other_steps, bare_balls};
    char row[64];
    double times[3];
    job_t job = {.count = count_of(dynamics, depth), .prec = prec};
    flint_rand_t random;
    ew_mode_t mode;
    ew_mode_init(mode);
    set_mode(mode, depth);
    fmpq_set_si(mode->eta, 1,
                100 * depth); /* slow: balls grow by a hundredth of themselves in a step */
    flint_randinit(random);
    job.other = start(EW_MPFR, dynamics, mode, prec);
    job.sim = start(EW_BALL, dynamics, mode, prec);
    arb_init(job.bx);
    arb_init(job.by);
    arb_init(job.bz);
    arb_urandom(job.bx, random, prec);
    arb_urandom(job.by, random, prec);
    mag_set_ui_2exp_si(arb_radref(job.bx), 1, -prec);
    mag_set_ui_2exp_si(arb_radref(job.by), 1, -prec);
    job.calls = 32; /* balls must not become wide within a turn */
    double spread = take_turns(times, 3, jobs, &job);
    for (int i = 0; i < 3; i++)
        times[i] /= job.calls;
    snprintf(row, sizeof row, "ball %s, L = %ld, %ld", dynamics_name[dynamics], depth, prec);
    int missed = print_row(row, "EW_MPFR", times, spread, times[2] / times[1], 2);
    ew_sim_free(job.sim);
    ew_sim_free(job.other);
    arb_clear(job.bx);
    arb_clear(job.by);
    arb_clear(job.bz);
    flint_randclear(random);
    ew_mode_clear(mode);
    return missed;
}

/* The operations of a step in doubles, the depth known and all in registers: no program can be faster. */
typedef struct {
    double a, b, gap;
} chain_t;
static volatile double sink;

static inline __attribute__((always_inline)) chain_t chain_step(chain_t s, double eta, slong depth)
{
    double b2 = s.b * s.b, w = depth == 3 ? s.b : b2 * (b2 * b2);
    double k = eta * (s.a * (w * s.b) - 1) * w;
    return (chain_t){s.a - k * s.b, s.b - k * s.a, s.gap * (1 - k * k)};
}

static void chain(void *context)
{
    const job_t *job = context;
    chain_t s = {0, 0.9, -0.81};
    if (job->depth == 3)
        for (int i = 0; i < job->calls; i++)
            s = chain_step(s, job->eta, 3);
    else
        for (int i = 0; i < job->calls; i++)
            s = chain_step(s, job->eta, 8);
    sink = s.a + s.b + s.gap;
}

static int row_of_doubles(slong depth)
{
    static void (*const jobs[])(void *) = {our_steps, chain, our_steps_one_by_one};
    char row[64];
    double times[3];
    job_t job = {.depth = depth, .calls = DOUBLE_STEPS, .eta = 1.5 / (double)depth};
    ew_mode_t mode;
    ew_mode_init(mode);
    set_mode(mode, depth);
    fmpq_set_si(
        mode->eta, 15,
        10 * depth); /* attracted: beyond the edge the tracked gap ends subnormal, which is slow */
    job.sim = start(EW_DOUBLE, EW_PAIR, mode, 53);
    double spread = take_turns(times, 3, jobs, &job);
    for (int i = 0; i < 3; i++)
        times[i] /= job.calls;
    snprintf(row, sizeof row, "double pair, L = %ld", depth);
    int missed = print_row(row, "the dependent chain in C", times, spread, 0, 1.15);
    snprintf(row, sizeof row, "double by calls, L = %ld", depth);
    times[0] = times[2];
    print_row(row, "the dependent chain in C", times, 0, 0, 0);
    ew_sim_free(job.sim);
    ew_mode_clear(mode);
    return missed;
}

typedef struct {
    lanes_t lanes;
    slong depth;
} batch_t;
enum { BATCH_STEPS = 1000 };

static void by_lanes(void *context)
{
    batch_t *batch = context;
    ew_lanes_run(&batch->lanes, batch->depth, BATCH_STEPS);
}

static inline __attribute__((always_inline)) void one_by_one(batch_t *batch, slong depth)
{
    for (int i = 0; i < LANES; i++) {
        chain_t s = {batch->lanes.a[i], batch->lanes.b[i], 0};
        for (int t = 0; t < BATCH_STEPS; t++)
            s = chain_step(s, batch->lanes.eta[i], depth);
        batch->lanes.a[i] = s.a;
        batch->lanes.b[i] = s.b;
    }
}

static void by_loop(void *context)
{
    batch_t *batch = context;
    if (batch->depth == 3)
        one_by_one(batch, 3);
    else
        one_by_one(batch, 8);
}

/* Four doubles to a vector: the batch takes a quarter of the plain loop at the most. */
static int row_of_lanes(slong depth)
{
    static void (*const jobs[])(void *) = {by_lanes, by_loop};
    char row[64];
    double times[2];
    batch_t batch = {.depth = depth};
    for (int i = 0; i < LANES; i++) {
        batch.lanes.a[i] = 0.5;
        batch.lanes.b[i] = 0.9;
        batch.lanes.eta[i] = (2.1 + 0.01 * i) / (double)depth;
    }
    double spread = take_turns(times, 2, jobs, &batch);
    for (int i = 0; i < 2; i++)
        times[i] /= LANES * BATCH_STEPS;
    snprintf(row, sizeof row, "batch of pairs, L = %ld", depth);
    return print_row(row, "one after the other in C", times, spread, 0, 0.25);
}

int ew_bench_simulate(void)
{
    static const slong depths[] = {3, 8}, wide[] = {1024, 4096, 16384}, ball[] = {128, 512, 1024};
    static const ew_dynamics dynamics[] = {EW_PAIR, EW_BALANCED, EW_LAYERS};
    int missed = 0;
    printf("\none step of the scalar simulators (ns, one core)\n%-26s %10s %10s %8s  %-9s %6s\n",
           "", "edgewise", "beside", "ratio", "goal", "limit");
    for (int d = 0; d < 3; d++)
        for (int l = 0; l < 2; l++)
            for (int p = 0; p < 3; p++)
                missed += row_of_mpfr(dynamics[d], depths[l], wide[p]);
    for (int l = 0; l < 2; l++)
        missed += row_of_doubles(depths[l]);
    for (int l = 0; l < 2; l++)
        missed += row_of_lanes(depths[l]);
    for (int d = 0; d < 2; d++)
        for (int l = 0; l < 2; l++)
            for (int p = 0; p < 3; p++)
                missed += row_of_balls(dynamics[d], depths[l], ball[p]);
    return missed;
}
