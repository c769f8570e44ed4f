/* Diagrams: against the simulators, the certified thresholds, closed forms, and themselves on other numbers of cores. */
#include "test.h"
#include <edgewise/diagram.h>
#include <edgewise/predict.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double half = 0.5;

static ew_diagram_spec standard(slong depth, double from, double to, slong columns)
{
    return (ew_diagram_spec){.dynamics = EW_PAIR,
                             .depth = depth,
                             .alphas = &half,
                             .starts = 1,
                             .axis = EW_AXIS_S,
                             .from = from,
                             .to = to,
                             .columns = columns,
                             .low = -2,
                             .high = 2,
                             .rows = 64,
                             .transient = 4000,
                             .samples = 2048};
}

/* The same numbers for 1, 2 and 7 threads, and for ranges cut elsewhere: a lane does not see its neighbours. */
static void threads_do_not_matter(void **state)
{
    (void)state;
    static const slong depths[] = {2, 3, 5, 9};
    for (int d = 0; d < 4; d++) {
        ew_diagram_spec spec = standard(depths[d], 1.9, 3.4, 201);
        ew_diagram_t one, many;
        ew_diagram_init(one);
        ew_diagram_init(many);
        spec.threads = 1;
        assert_int_equal(ew_diagram_run(one, &spec, NULL), EW_OK);
        for (int threads = 2; threads <= 7; threads += 5) {
            spec.threads = threads;
            assert_int_equal(ew_diagram_run(many, &spec, NULL), EW_OK);
            assert_memory_equal(one->count, many->count, 201 * 64 * sizeof(uint32_t));
            for (int j = 0; j < 201; j++)
                assert_memory_equal(one->column + j, many->column + j, sizeof(ew_seen));
        }
        slong visits = 0; /* nothing lost: every sample of a bounded column is counted */
        for (int j = 0; j < 201; j++)
            for (int i = 0; i < 64; i++)
                visits += one->count[j * 64 + i];
        assert_int_equal(visits, 201 * 2048);
        ew_diagram_clear(one);
        ew_diagram_clear(many);
    }
}

/* A column ends where a plain run in doubles ends, operation by operation as theory/diagram.md (1). */
static void column_is_the_plain_run(void **state)
{
    (void)state;
    srand((unsigned)ew_test_seed());
    for (int trial = 0; trial < 80; trial++) {
        slong depth = 2 + rand() % 39; /* known exponents, and those above them */
        ew_diagram_spec spec = standard(depth, 1.5 + rand() % 100 / 200.0, 2.6, 5);
        spec.transient = rand() % 3000;
        spec.samples = 256;
        ew_diagram_t diagram;
        ew_diagram_init(diagram);
        assert_int_equal(ew_diagram_run(diagram, &spec, NULL), EW_OK);
        double s = ew_diagram_value(&spec, 2), eta = s / (double)depth, a = 0, b = 0.5;
        double least = INFINITY, greatest = -INFINITY;
        for (slong t = 0; t < spec.transient + 256; t++) {
            if (t >= spec.transient) {
                least = fmin(least, b);
                greatest = fmax(greatest, b);
            }
            double x = b, q = 1;
            for (slong n = depth - 2; n > 0; n >>= 1, x *= x)
                if (n & 1)
                    q *= x;
            double w = q * b, k = eta * (a * w - 1), old = a;
            a = a - k * w;
            b = b - k * (q * old);
        }
        assert_true(diagram->column[2].s == s);
        assert_true(diagram->column[2].least == least && diagram->column[2].greatest == greatest);
        ew_diagram_clear(diagram);
    }
}

/* Between certified thresholds every column has the certified period. */
static void periods_agree_with_thresholds(void **state)
{
    (void)state;
    ew_cascade_t cascade;
    ew_diagram_t diagram;
    ew_cascade_init(cascade);
    ew_diagram_init(diagram);
    for (slong depth = 2; depth <= 6; depth++) {
        assert_int_equal(ew_cascade_run(cascade, depth, 3, 64, NULL), EW_OK);
        for (int k = 1; k <= 3; k++) {
            double lo = arf_get_d(arb_midref(cascade->list[k - 1].s), ARF_RND_NEAR);
            double hi = arf_get_d(arb_midref(cascade->list[k].s), ARF_RND_NEAR);
            ew_diagram_spec spec =
                standard(depth, lo + 0.15 * (hi - lo), hi - 0.15 * (hi - lo), 20);
            spec.transient = 40000; /* across the line the cycle attracts slowly near s = 2 */
            assert_int_equal(ew_diagram_run(diagram, &spec, NULL), EW_OK);
            for (int j = 0; j < 20; j++) {
                assert_int_equal(diagram->column[j].behaviour, EW_SEEN_PERIODIC);
                assert_int_equal(diagram->column[j].period, 1 << k);
                assert_true(diagram->column[j].lyapunov < 0);
            }
        }
    }
    ew_cascade_clear(cascade);
    ew_diagram_clear(diagram);
}

/* Depth 2 at s = 4 is Chebyshev's cubic: ln 3. A superstable 2-cycle has a very negative exponent along. */
static void exponents_in_closed_form(void **state)
{
    (void)state;
    ew_diagram_spec spec = standard(2, 3.99999, 3.999999, 2);
    spec.dynamics = EW_BALANCED;
    spec.samples = 1 << 17;
    ew_diagram_t diagram;
    ew_diagram_init(diagram);
    assert_int_equal(ew_diagram_run(diagram, &spec, NULL), EW_OK);
    for (int j = 0; j < 2; j++) {
        const ew_seen *seen = diagram->column + j;
        assert_int_equal(seen->behaviour, EW_SEEN_CHAOS);
        assert_true(seen->lyapunov_error > 0 && seen->lyapunov_error < 0.01);
        assert_true(fabs(seen->lyapunov - log(3)) < 4 * seen->lyapunov_error + 2e-3);
    }
    /* the exponent along a stable 2-cycle is half the logarithm of its certified multiplier */
    ew_mode_t mode;
    ew_roots_t roots;
    ew_stability_t stability;
    ew_mode_init(mode);
    ew_roots_init(roots);
    ew_stability_init(stability);
    static const slong depths[] = {2, 3, 4, 7, 9, 20, 40};
    for (int d = 0; d < 7; d++) {
        spec = standard(depths[d], 2.2, 2.4, 2);
        spec.dynamics = EW_BALANCED;
        double start = 0.95;
        spec.alphas = &start;
        assert_int_equal(ew_diagram_run(diagram, &spec, NULL), EW_OK);
        mode->depth = depths[d];
        fmpq_set_si(mode->eta, 11, 5 * (ulong)depths[d]);
        assert_int_equal(ew_orbit_roots(roots, mode, 64, 4096, NULL), EW_OK);
        ew_orbit_stability(stability, roots, mode, 64);
        double along = log(fabs(arf_get_d(arb_midref(stability->along), ARF_RND_NEAR))) / 2;
        assert_true(fabs(diagram->column[0].lyapunov - along) < 1e-3);
    }
    ew_mode_clear(mode);
    ew_roots_clear(roots);
    ew_stability_clear(stability);
    ew_diagram_clear(diagram);
}

/* The words for what must happen: below the edge, escape, odd depth beyond the end of its attractor, the plateau. */
static void behaviours_are_told(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        double s, alpha;
        ew_behaviour behaviour;
    } rows[] = {{2, 1.5, 0.3, EW_SEEN_CONVERGES}, {7, 1.9, 0.8, EW_SEEN_CONVERGES},
                {2, 4.5, 0.3, EW_SEEN_DIVERGES},  {3, 3.8, 0.5, EW_SEEN_SADDLE},
                {32, 2.3, 0.1, EW_SEEN_SADDLE},   {4, 2.9, 0.5, EW_SEEN_CHAOS},
                {3, 2.3, 0.5, EW_SEEN_PERIODIC}};
    ew_diagram_t diagram;
    ew_diagram_init(diagram);
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        ew_diagram_spec spec = standard(rows[k].depth, rows[k].s, rows[k].s + 1e-9, 2);
        spec.alphas = &rows[k].alpha;
        assert_int_equal(ew_diagram_run(diagram, &spec, NULL), EW_OK);
        assert_int_equal(diagram->column[0].behaviour, rows[k].behaviour);
    }
    ew_diagram_clear(diagram);
}

/* The map says in each cell what a diagram along its row says; other axes; starts that differ. */
static void map_and_axes_agree(void **state)
{
    (void)state;
    ew_map_t map;
    ew_diagram_t diagram;
    ew_map_init(map);
    ew_diagram_init(diagram);
    ew_map_spec plan = {.depth = 3,
                        .s_from = 1.5,
                        .s_to = 4.5,
                        .columns = 61,
                        .alpha_from = 0.1,
                        .alpha_to = 1.3,
                        .rows = 13,
                        .transient = 1000,
                        .samples = 512};
    assert_int_equal(ew_map_run(map, &plan, NULL), EW_OK);
    for (slong i = 0; i < 13; i++) {
        double alpha = 0.1 + (1.3 - 0.1) * ((double)i / 12);
        ew_diagram_spec spec = standard(3, 1.5, 4.5, 61);
        spec.alphas = &alpha;
        spec.transient = 1000;
        spec.samples = 512;
        assert_int_equal(ew_diagram_run(diagram, &spec, NULL), EW_OK);
        int same = 0;
        for (slong j = 0; j < 61; j++)
            same += diagram->column[j].behaviour == map->behaviour[i * 61 + j] &&
                    diagram->column[j].period == map->period[i * 61 + j];
        assert_true(same >=
                    56); /* s may differ in its last bit: chaotic transients to rest or escape */
    }
    double starts[] = {0.5, 3};
    ew_diagram_spec spec = standard(2, 2, 6, 5);
    spec.axis = EW_AXIS_DEPTH;
    spec.s = 2.3;
    spec.alphas = starts;
    spec.starts = 2;
    assert_int_equal(ew_diagram_run(diagram, &spec, NULL), EW_OK);
    for (slong j = 0; j < 5; j++) {
        assert_int_equal(diagram->column[j].depth, j + 2);
        assert_int_equal(diagram->column[j].period, 2);
        assert_true(diagram->differs[j]); /* alpha = 3 diverges */
    }
    ew_map_clear(map);
    ew_diagram_clear(diagram);
}

static bool stop_at_once(void *context, const char *what, ulong done, ulong total)
{
    (void)context;
    assert_true(strlen(what) > 0 && done <= total);
    return false;
}

static void diagrams_can_be_stopped(void **state)
{
    (void)state;
    ew_progress progress = {stop_at_once, NULL};
    ew_diagram_spec spec = standard(3, 1.9, 3, 5000);
    ew_diagram_t diagram;
    ew_diagram_init(diagram);
    assert_int_equal(ew_diagram_run(diagram, &spec, &progress), EW_STOPPED);
    ew_diagram_clear(diagram);
}

static bool stop_at_third(void *context, const char *what, ulong done, ulong total)
{
    (void)what;
    assert_true(done <= total);
    assert_true(*(int *)context < 3); /* it is not asked again once it has said stop */
    return ++*(int *)context < 3;
}

/* Also within one block of columns or cells, which here would take days, on every thread. */
static void long_transients_can_be_stopped(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 3; threads++) {
        int ticks = 0;
        ew_progress progress = {stop_at_third, &ticks};
        ew_diagram_spec spec = standard(3, 1.9, 3, 100);
        spec.transient = WORD(1000000000000000);
        spec.threads = threads;
        ew_diagram_t diagram;
        ew_diagram_init(diagram);
        assert_int_equal(ew_diagram_run(diagram, &spec, &progress), EW_STOPPED);
        ew_diagram_clear(diagram);
        ticks = 0;
        spec.transient = 10;
        spec.samples = WORD(1600000000000000);
        assert_int_equal(ew_diagram_run(diagram, &spec, &progress), EW_STOPPED);
        ew_diagram_clear(diagram);
        ticks = 0;
        ew_map_spec cells = {
            .depth = 3, .s_from = 1.9, .s_to = 3, .alpha_from = 0.1, .alpha_to = 1};
        cells.columns = cells.rows = 12;
        cells.transient = WORD(1000000000000000);
        cells.samples = 256;
        cells.threads = threads;
        ew_map_t map;
        ew_map_init(map);
        assert_int_equal(ew_map_run(map, &cells, &progress), EW_STOPPED);
        ew_map_clear(map);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(threads_do_not_matter),
    cmocka_unit_test(column_is_the_plain_run),
    cmocka_unit_test(periods_agree_with_thresholds),
    cmocka_unit_test(exponents_in_closed_form),
    cmocka_unit_test(behaviours_are_told),
    cmocka_unit_test(map_and_axes_agree),
    cmocka_unit_test(diagrams_can_be_stopped),
    cmocka_unit_test(long_transients_can_be_stopped),
};
EW_TESTS(tests)
