/* Ratios in one run, on the same input: one table per file. The exit code is 1 when a goal is missed. */
#include "bench.h"
#include <edgewise.h>
#include <stdlib.h>
#include <time.h>

double ew_bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double ew_bench_middle(double *times, int count)
{
    qsort(times, (size_t)count, sizeof times[0], by_value);
    return times[count / 2];
}

double ew_bench_median(void (*job)(void *context), void *context)
{
    enum { RUNS = 7 };
    double times[RUNS];
    for (int i = 0; i < RUNS; i++) {
        int calls = 0;
        double start = ew_bench_now(), now;
        do {
            job(context);
            calls++;
            now = ew_bench_now();
        } while (now - start < 0.02);
        times[i] = (now - start) / calls;
        if (i == 2 && times[i] > 1) /* slow jobs: three runs are enough */
            return times[1];
    }
    return ew_bench_middle(times, RUNS);
}

int main(void)
{
    int short_of = ew_bench_roots();
    short_of += ew_bench_network();
    short_of += ew_bench_formats();
    short_of += ew_bench_diagram();
    flint_cleanup();
    return short_of > 0;
}
