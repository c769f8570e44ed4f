/* What the watcher says of trajectories whose fate is known. */
#include "modes.h"
#include "test.h"
#include <edgewise/diagram.h>
#include <edgewise/observe.h>

/* Feeds until something settles; the steps it took, or max_steps. */
static slong watch(ew_fate *fate, slong *period, ew_arithmetic arithmetic, ew_dynamics dynamics,
                   slong prec, slong depth, const char *eta, const char *sigma, const char *alpha,
                   slong max_steps)
{
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_set_mode(mode, depth, eta, sigma, alpha);
    ew_sim *sim = ew_sim_new(arithmetic, dynamics, mode, prec);
    ew_watch *watcher = ew_watch_new(ew_sim_size(sim), prec);
    *fate = EW_NOT_YET;
    while ((*fate = ew_watch_feed(period, watcher, sim)) == EW_NOT_YET &&
           ew_sim_steps(sim) < max_steps)
        ew_sim_step(sim);
    slong steps = ew_sim_steps(sim);
    ew_watch_free(watcher);
    ew_sim_free(sim);
    ew_mode_clear(mode);
    return steps;
}

typedef struct {
    slong depth;
    const char *eta, *sigma, *alpha;
    ew_fate fate;
    slong period;
} row;

static const row rows[] = {
    {2, "1/2", "1", "1/10", EW_CONVERGES, 1},
    {3, "1", "1/2", "1/5", EW_CONVERGES, 1},
    {2, "23/20", "1", "1/4", EW_PERIODIC, 2},
    {2, "247/200", "1", "1/10", EW_PERIODIC, 2}, /* s = 2.47: multiplier -0.99, not period 4 */
    {2, "253/200", "1", "1/10", EW_PERIODIC, 4},
    {3, "23/30", "1", "1/10", EW_PERIODIC, 2},
    {8, "23/80", "1", "1/2", EW_PERIODIC, 2},
    {2, "5/2", "1", "1/10", EW_DIVERGES, 0},
    {2, "7/5", "1", "1/10", EW_NOT_YET, 0},     /* chaos */
    {32, "23/320", "1", "2/25", EW_NOT_YET, 0}, /* the plateau: nothing moves */
    {8, "23/80", "1", "1/1000000", EW_NOT_YET, 0},
    {3, "1", "0", "1/2", EW_CONVERGES, 1}, /* sigma = 0: (0, alpha) stays */
    {3, "1", "1", "0", EW_NOT_YET, 0},     /* (0, 0) stays but is no minimum */
};

static void fates_in_each_arithmetic(void **state)
{
    (void)state;
    static const struct {
        ew_arithmetic arithmetic;
        ew_dynamics dynamics;
        slong prec;
    } how[] = {{EW_DOUBLE, EW_PAIR, 53}, {EW_DOUBLE, EW_LAYERS, 53}, {EW_MPFR, EW_PAIR, 150}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t j = 0; j < sizeof how / sizeof how[0]; j++) {
            ew_fate fate;
            slong period;
            const row *r = rows + i;
            watch(&fate, &period, how[j].arithmetic, how[j].dynamics, how[j].prec, r->depth, r->eta,
                  r->sigma, r->alpha, 20000);
            if (fate != r->fate || period != r->period)
                fail_msg("row %d way %d: %s %ld", (int)i, (int)j, ew_fate_text(fate), (long)period);
        }
}

/* A ball that has grown too wide is no divergence. */
static void wide_balls_say_nothing(void **state)
{
    (void)state;
    ew_fate fate;
    slong period;
    watch(&fate, &period, EW_BALL, EW_PAIR, 128, 2, "7/5", "1", "1/10", 2000);
    assert_int_equal(fate, EW_NOT_YET);
    watch(&fate, &period, EW_BALL, EW_PAIR, 2000, 2, "1/2", "1", "1/10", 2000);
    assert_int_equal(fate, EW_CONVERGES);
}

/* A higher precision asks for a closer recurrence, so it settles later. */
static void tolerance_follows_precision(void **state)
{
    (void)state;
    ew_fate fate;
    slong period;
    slong low = watch(&fate, &period, EW_MPFR, EW_PAIR, 53, 2, "23/20", "1", "1/4", 20000);
    slong high = watch(&fate, &period, EW_MPFR, EW_PAIR, 1000, 2, "23/20", "1", "1/4", 20000);
    assert_int_equal(period, 2);
    assert_true(high > low + 50);
}

static void fates_have_names(void **state)
{
    (void)state;
    assert_string_equal(ew_fate_text(EW_NOT_YET), "not yet");
    assert_string_equal(ew_fate_text(EW_CONVERGES), "converges");
    assert_string_equal(ew_fate_text(EW_PERIODIC), "periodic");
    assert_string_equal(ew_fate_text(EW_DIVERGES), "diverges");
    ew_watch_free(NULL);
}

/* What only a mad problem would need is refused, not begun: NULL, or EW_RESOURCES. */
static void large_runs_are_refused(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_mode_init(mode);
    mode->depth = WORD(1) << 50;
    for (ew_arithmetic a = EW_DOUBLE; a <= EW_BALL; a++)
        assert_null(ew_sim_new(a, EW_LAYERS, mode, 128));
    assert_null(ew_watch_new(WORD(1) << 50, 53));
    ew_format fp16;
    const char *why;
    assert_int_equal(ew_format_named(&fp16, "fp16", &why), EW_OK);
    assert_null(ew_rounded_new(&fp16, EW_TO_NEAREST, EW_WRITTEN, EW_LAYERS, mode, 1));
    ew_diagram_t diagram;
    ew_diagram_init(diagram);
    const double alpha = 0.1;
    const slong many = 1000000000;
    ew_diagram_spec spec = {.dynamics = EW_PAIR,
                            .depth = 3,
                            .axis = EW_AXIS_S,
                            .s = 2,
                            .from = 2,
                            .to = 3,
                            .low = 0,
                            .high = 1,
                            .alphas = &alpha,
                            .starts = 1,
                            .columns = many,
                            .rows = many,
                            .samples = 256};
    assert_int_equal(ew_diagram_run(diagram, &spec, NULL), EW_RESOURCES);
    ew_diagram_clear(diagram);
    ew_map_t map;
    ew_map_init(map);
    ew_map_spec cells = {.depth = 3,
                         .s_from = 2,
                         .s_to = 3,
                         .columns = many,
                         .alpha_from = 0,
                         .alpha_to = 1,
                         .rows = many,
                         .samples = 256};
    assert_int_equal(ew_map_run(map, &cells, NULL), EW_RESOURCES);
    ew_map_clear(map);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(large_runs_are_refused), cmocka_unit_test(fates_in_each_arithmetic),
    cmocka_unit_test(wide_balls_say_nothing), cmocka_unit_test(tolerance_follows_precision),
    cmocka_unit_test(fates_have_names),
};

EW_TESTS(tests)
