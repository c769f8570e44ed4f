/* Runs in emulated formats against the machine's double in the same loop, and the plateau that no run crosses. */
#include "bench.h"
#include "observe/plateau.h"
#include <stdio.h>

enum { STEPS = 20000 };

static void many_steps(void *context)
{
    for (int i = 0; i < STEPS; i++)
        ew_rounded_step(context);
}

static void cross(void *context)
{
    ew_crossing_t crossing;
    ew_crossing_init(crossing);
    ew_bench_expect(ew_plateau_cross(crossing, context, 1 << 18, NULL));
    ew_crossing_clear(crossing);
}

int ew_bench_formats(void)
{
    static const char *const names[] = {"fp16", "bf16", "fp8-e4m3", "fp32", "fp64", "dd", "quad"};
    ew_mode_t mode;
    int missed = 0;
    double fp64 = 0;
    ew_mode_init(mode);
    mode->depth = 4;
    fmpq_set_si(mode->eta, 23, 40);
    printf("\nsteps of one value in a format, L = 4 (10^6 a second, one core)\n%-12s %10s %14s  "
           "goal\n",
           "", "steps", "of fp64's");
    for (int pass = 0; pass < 2; pass++) /* fp64 first, which the others are held against */
        for (int f = 0; f < 7; f++) {
            ew_format format;
            ew_bench_expect(ew_format_named(&format, names[f], NULL));
            if ((f == 4) != (pass == 0))
                continue;
            ew_rounded *run = ew_rounded_new(&format, EW_TO_NEAREST, EW_TREE, EW_PAIR, mode, 1);
            double speed = STEPS / ew_bench_median(many_steps, run) / 1e6;
            fp64 = f == 4 ? speed : fp64;
            bool short_of = f < 2 && speed < 5;
            printf("%-12s %10.1f %13.2fx  %s%s\n", names[f], speed, speed / fp64,
                   f < 2 ? ">= 5" : "-", short_of ? "  SHORT" : "");
            missed += short_of;
            ew_rounded_free(run);
        }
    mode->depth = 32;
    fmpq_set_si(mode->eta, 23, 320);
    fmpq_set_si(mode->alpha, 2, 25);
    double seconds = ew_bench_median(cross, mode);
    printf("plateau of 2.6e33 steps (L = 32) crossed in %.1f ms  goal < 1000%s\n", 1e3 * seconds,
           seconds > 1 ? "  SHORT" : "");
    ew_mode_clear(mode);
    return missed + (seconds > 1);
}
