/* Every long computation of the predictions stops at whichever tick it is asked to, says so, and leaves what can be
 * cleared. */
#include "problems.h"
#include <edgewise.h>

typedef struct {
    slong ticks, stop_at; /* stop_at < 0: never */
} counter_t;

static bool count_on(void *context, const char *what, ulong done, ulong total)
{
    counter_t *counter = context;
    assert_non_null(what);
    assert_true(total == 0 || done <= total);
    return counter->ticks++ != counter->stop_at;
}

static ew_status run_floquet(const ew_progress *progress)
{
    ew_floquet_t floquet;
    ew_problem_t problem;
    ew_floquet_init(floquet);
    ew_problem_init(problem);
    ew_set_problem(problem, 3, "4/5", "1,19/20,9/10", 4, "1/10");
    ew_status status = ew_floquet(floquet, problem, 128, 1024, progress);
    ew_floquet_clear(floquet);
    ew_problem_clear(problem);
    return status;
}

static ew_status spectrum_at(bool in_doubles, const ew_progress *progress)
{
    ew_spectrum_t spectrum;
    ew_problem_t problem;
    ew_point_t point;
    ew_spectrum_init(spectrum);
    ew_problem_init(problem);
    ew_set_problem(problem, 3, "4/5", "1,19/20,9/10", 4, "1/10");
    ew_point_init(point, problem, 128);
    ew_point_set_minimum(point, problem, problem->alpha, 128);
    ew_status status = in_doubles ? ew_spectrum_point_double(spectrum, point, progress)
                                  : ew_spectrum_point(spectrum, point, 128, progress);
    ew_point_clear(point);
    ew_spectrum_clear(spectrum);
    ew_problem_clear(problem);
    return status;
}

static ew_status run_spectrum(const ew_progress *progress)
{
    return spectrum_at(false, progress);
}

static ew_status run_spectrum_double(const ew_progress *progress)
{
    return spectrum_at(true, progress);
}

static ew_status run_cycles(const ew_progress *progress)
{
    ew_cycles_t cycles;
    ew_mode_t mode;
    ew_cycles_init(cycles);
    ew_mode_init(mode);
    ew_set_mode(mode, 2, "2", "1", "1/10"); /* all the cycles of the full shift */
    ew_status status = ew_cycles_find(cycles, mode, 6, 64, 4096, progress);
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
    return status;
}

static ew_status run_cascade(const ew_progress *progress)
{
    ew_cascade_t cascade;
    ew_cascade_init(cascade);
    ew_status status = ew_cascade_run(cascade, 3, 3, 128, progress);
    ew_cascade_clear(cascade);
    return status;
}

static ew_status roots_by(ew_status (*route)(ew_roots_t, const ew_mode_t, slong, slong,
                                             const ew_progress *),
                          const ew_progress *progress)
{
    ew_roots_t roots;
    ew_mode_t mode;
    ew_roots_init(roots);
    ew_mode_init(mode);
    ew_set_mode(mode, 5, "11/25", "1", "1/10");
    ew_status status = route(roots, mode, 1000, 100000, progress);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
    return status;
}

static ew_status run_roots(const ew_progress *progress)
{
    return roots_by(ew_orbit_roots_structured, progress);
}

static ew_status run_expanded(const ew_progress *progress)
{
    return roots_by(ew_orbit_roots_expanded, progress);
}

static ew_status run_proof(const ew_progress *progress)
{
    ew_proof_t proof;
    ew_mode_t mode;
    ew_proof_init(proof);
    ew_mode_init(mode);
    ew_set_mode(mode, 4, "11/20", "1", "1/10");
    ew_status status = ew_prove_real_roots(proof, mode, 64, 4096, progress);
    ew_proof_clear(proof);
    ew_mode_clear(mode);
    return status;
}

static void any_tick_stops(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ew_status (*run)(const ew_progress *);
    } all[] = {{"floquet", run_floquet},         {"spectrum", run_spectrum},
               {"doubles", run_spectrum_double}, {"cycles", run_cycles},
               {"cascade", run_cascade},         {"roots", run_roots},
               {"expanded", run_expanded},       {"proof", run_proof}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        counter_t counter = {0, -1};
        ew_progress progress = {count_on, &counter};
        if (all[i].run(&progress) != EW_OK || counter.ticks == 0)
            fail_msg("%s: not EW_OK, or no tick", all[i].name);
        slong ticks = counter.ticks;
        slong late = all[i].run == run_proof ? ticks : 0; /* boxes under way tick once more */
        for (slong k = 0; k < ticks; k += k + 1) {
            counter = (counter_t){0, k};
            ew_status status = all[i].run(&progress);
            if (status != EW_STOPPED || counter.ticks > k + 1 + late)
                fail_msg("%s, tick %ld of %ld: status %d after %ld", all[i].name, k, ticks, status,
                         counter.ticks);
        }
    }
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(any_tick_stops)};
EW_TESTS(tests)
