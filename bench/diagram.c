/* The diagrams' kernel against the same steps written by hand in vectors, on one thread. */
#include "bench.h"
#include "observe/lanes.h"
#include <stdio.h>
#include <string.h>

enum { STEPS = 20000 };

typedef struct {
    lanes_t lanes;
    slong depth;
} job_t;

static void by_kernel(void *context)
{
    job_t *job = context;
    ew_lanes_run(&job->lanes, job->depth, STEPS);
}

/* As wide as AVX2 where the machine has it; two registers of the narrower kind where not. */
typedef double wide __attribute__((vector_size(32)));
enum { WIDE = 4 };

#if defined(__x86_64__) && !defined(__clang__)
#define BEST_VECTORS __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define BEST_VECTORS
#endif

/* A step of one vector: the operations of the kernel, no more and no fewer, the exponent known. */
static inline __attribute__((always_inline)) void step(wide *a, wide *b, const wide *eta,
                                                       slong depth)
{
    wide x = *b, q = x, w, qa;
    bool any = false;
    for (slong n = depth - 2; n > 0; n >>= 1) {
        if (n & 1) {
            q = any ? q * x : x;
            any = true;
        }
        if (n > 1)
            x *= x;
    }
    w = any ? q * *b : *b;
    qa = any ? q * *a : *a;
    wide k = *eta * (*a * w - 1);
    *a -= k * w;
    *b -= k * qa;
}

/* `together` vectors through all the steps: they hide each other's latency. */
static inline __attribute__((always_inline)) void steps(lanes_t *lanes, slong depth, int together)
{
    for (int first = 0; first < LANES; first += WIDE * together) {
        wide a[LANES / WIDE], b[LANES / WIDE], eta[LANES / WIDE];
        size_t size = (size_t)together * sizeof(wide);
        memcpy(a, lanes->a + first, size);
        memcpy(b, lanes->b + first, size);
        memcpy(eta, lanes->eta + first, size);
        for (int t = 0; t < STEPS; t++)
            for (int v = 0; v < together; v++)
                step(a + v, b + v, eta + v, depth);
        memcpy(lanes->a + first, a, size);
        memcpy(lanes->b + first, b, size);
    }
}

/* All of them at once, or half of them that fit into registers: what is faster depends on the depth. */
static inline __attribute__((always_inline)) void by_hand(job_t *job, int together)
{
    switch (job->depth) {
    case 2:
        steps(&job->lanes, 2, together);
        break;
    case 3:
        steps(&job->lanes, 3, together);
        break;
    case 4:
        steps(&job->lanes, 4, together);
        break;
    case 6:
        steps(&job->lanes, 6, together);
        break;
    case 12:
        steps(&job->lanes, 12, together);
        break;
    case 24:
        steps(&job->lanes, 24, together);
        break;
    default:
        steps(&job->lanes, 32, together);
    }
}

BEST_VECTORS static void by_hand_all(void *context)
{
    by_hand(context, 8);
}

BEST_VECTORS static void by_hand_half(void *context)
{
    by_hand(context, 4);
}

static void start(job_t *job, slong depth)
{
    job->depth = depth;
    for (int i = 0; i < LANES; i++) {
        job->lanes.a[i] = 0.5;
        job->lanes.b[i] = 0.9;
        job->lanes.eta[i] =
            (2.1 + 0.01 * i) / (double)depth; /* on 2- and 4-cycles: no rest, no escape */
    }
}

int ew_bench_diagram(void)
{
    static const slong depths[] = {2, 3, 4, 6, 12, 24, 32};
    int missed = 0;
    printf("\nsteps of a diagram's trajectories (10^6 a second, one core)\n%-12s %10s %10s %8s  "
           "goal\n",
           "", "edgewise", "by hand", "ratio");
    for (int i = 0; i < 7; i++) {
        job_t ours, theirs;
        start(&ours, depths[i]);
        start(&theirs, depths[i]);
        double kernel = LANES * STEPS / ew_bench_median(by_kernel, &ours) / 1e6;
        double all = LANES * STEPS / ew_bench_median(by_hand_all, &theirs) / 1e6;
        double half = LANES * STEPS / ew_bench_median(by_hand_half, &theirs) / 1e6;
        double hand = all > half ? all : half;
        bool short_of = kernel * 1.5 < hand;
        printf("L = %-8ld %10.0f %10.0f %7.2fx  <= 1.5%s\n", depths[i], kernel, hand, hand / kernel,
               short_of ? "  SHORT" : "");
        missed += short_of;
    }
    return missed;
}
