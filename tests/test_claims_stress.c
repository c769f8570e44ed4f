/* Claims in number formats: known cells, predictions against what is seen, and the network in a format. */
#include "modes.h"
#include "problems.h"
#include "test.h"
#include <edgewise/observe.h>
#include <edgewise/stress.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The cells of a problem in these formats, one order. */
static void run(ew_cells_t cells, slong depth, const char *eta, const char *sigma, slong dim,
                const char *alpha, const char *const *names, slong count, ew_order order,
                slong steps, slong most_bits, const char *claim)
{
    ew_problem_t problem;
    ew_format formats[8];
    for (slong i = 0; i < count; i++)
        assert_int_equal(ew_format_named(formats + i, names[i], NULL), EW_OK);
    ew_problem_init(problem);
    ew_set_problem(problem, depth, eta, sigma, dim, alpha);
    ew_stress_plan plan = {.formats = formats,
                           .format_count = count,
                           .orders = &order,
                           .order_count = 1,
                           .steps = steps,
                           .most_bits = most_bits,
                           .seed = 1,
                           .claim = claim};
    ew_effort effort = ew_effort_default();
    ew_cells_init(cells);
    assert_int_equal(ew_stress(cells, problem, &plan, &effort), EW_OK);
    ew_problem_clear(problem);
}

static const ew_cell *find(const ew_cells_t cells, const char *claim, slong index,
                           const char *format)
{
    for (slong i = 0; i < cells->count; i++)
        if (strcmp(cells->cells[i].claim, claim) == 0 && cells->cells[i].index == index &&
            strcmp(cells->cells[i].format.name, format) == 0)
            return cells->cells + i;
    fail_msg("no cell of %s %ld %s", claim, index, format);
    return NULL;
}

static void expect_cell(const ew_cells_t cells, const char *claim, const char *format,
                        ew_outcome_kind outcome)
{
    const ew_cell *cell = find(cells, claim, 1, format);
    if (cell->outcome != outcome)
        fail_msg("%s in %s: %s (%s), expected %s", claim, format, ew_outcome_text(cell->outcome),
                 cell->why, ew_outcome_text(outcome));
}

/* A period-2 orbit at L = 3: what each format makes of it. */
static void known_cells(void **state)
{
    (void)state;
    static const char *const names[] = {"fp8-e4m3", "fp8-e5m2", "fp32", "fp64",
                                        "x87",      "dd",       "quad"};
    ew_cells_t cells;
    run(cells, 3, "23/30", "1", 1, "1/10", names, 7, EW_TREE, 1000, 128, NULL);
    expect_cell(cells, "orbit-attracts", "fp64", EW_AGREES);
    expect_cell(cells, "orbit-attracts", "fp8-e4m3", EW_WRONG_PERIOD);
    expect_cell(cells, "orbit-attracts", "fp8-e5m2", EW_STUCK);
    expect_cell(cells, "balancing-gap", "fp32", EW_FALSE_REFUTATION);
    expect_cell(cells, "balancing-gap", "fp64", EW_FALSE_REFUTATION);
    expect_cell(cells, "balancing-gap", "dd", EW_AGREES);
    expect_cell(cells, "balancing-gap-every-alpha", "fp64", EW_AGREES);
    expect_cell(cells, "balancing-gap-every-alpha", "quad", EW_FALSE_CONFIRMATION);
    expect_cell(cells, "balancing-below-edge", "fp64", EW_CANNOT_TELL);
    expect_cell(cells, "orbit-degree", "fp64", EW_CANNOT_TELL);
    static const char *const seen[] = {"fp32", "fp64", "x87"};
    for (int i = 0; i < 3; i++) { /* where the gap is lost, against where it must be */
        const ew_cell *cell = find(cells, "balancing-gap", 1, seen[i]);
        assert_true(cell->step > 0 && cell->predicted > 0);
        assert_true(labs(cell->step - cell->predicted) < 10 + cell->predicted / 8);
        assert_true(labs(cell->bits_needed - 72) <= 3);
    }
    assert_int_equal(ew_cells_exit(cells), 1);
    ew_cells_clear(cells);
}

/* Depth 12: doubles see no contraction, bfloat16 and fp16 stand still, and 74 bits see it. */
static void plateau_cells(void **state)
{
    (void)state;
    static const char *const names[] = {"bf16", "fp16", "fp32", "fp64", "quad"};
    ew_cells_t cells;
    run(cells, 12, "23/120", "1", 1, "1/10", names, 5, EW_TREE, 1000, 256, NULL);
    expect_cell(cells, "balancing-gap", "fp64", EW_FALSE_REFUTATION);
    assert_int_equal(find(cells, "balancing-gap", 1, "fp64")->step, 0);
    expect_cell(cells, "balancing-gap", "quad", EW_AGREES);
    assert_true(labs(find(cells, "balancing-gap", 1, "quad")->bits_needed - 73) <= 2);
    expect_cell(cells, "orbit-attracts", "bf16", EW_STUCK);
    expect_cell(cells, "orbit-attracts", "fp16", EW_STUCK);
    expect_cell(cells, "orbit-attracts", "fp32", EW_STUCK); /* 33 million steps ahead, proved */
    expect_cell(cells, "orbit-attracts", "fp64", EW_CANNOT_TELL);
    ew_cells_clear(cells);
}

/* Where "no exit" is claimed and can be run, the run does end there; where it is not, the run gets out. */
static void no_exit_is_true(void **state)
{
    (void)state;
    static const char *const names[] = {"bf16", "fp16", "tf32", "mpfr-14", "mpfr-17"};
    ew_mode_t mode;
    ew_mode_init(mode);
    int closed = 0, open = 0;
    for (slong depth = 4; depth <= 12; depth += 2)
        for (int f = 0; f < 5; f++)
            for (int order = 0; order < 3; order++) {
                ew_format format;
                double log2_steps;
                assert_int_equal(ew_format_named(&format, names[f], NULL), EW_OK);
                ew_set_mode(mode, depth, "1/5", "1", "1/10");
                bool none =
                    ew_rounded_no_exit(&log2_steps, &format, EW_TO_NEAREST, (ew_order)order, mode);
                ew_rounded *run =
                    ew_rounded_new(&format, EW_TO_NEAREST, (ew_order)order, EW_PAIR, mode, 0);
                ew_rounded *before =
                    ew_rounded_new(&format, EW_TO_NEAREST, (ew_order)order, EW_PAIR, mode, 0);
                arb_t a;
                arb_init(a);
                bool still = false;
                for (slong t = 0; t < 600000 && !still && arf_cmp_d(arb_midref(a), 0.1) < 0; t++) {
                    ew_rounded_copy(before, run);
                    ew_rounded_step(run);
                    still = ew_rounded_same(run, before);
                    ew_rounded_arith(run)->ops->get_arb(a, ew_rounded_state(run, 0));
                }
                if (none) {
                    if (!still)
                        fail_msg("depth %ld %s %d: not still, a = %g, log2 %g", depth, names[f],
                                 order, arf_get_d(arb_midref(a), ARF_RND_NEAR), log2_steps);
                    closed++;
                } else if (!still)
                    open++;
                arb_clear(a);
                ew_rounded_free(run);
                ew_rounded_free(before);
            }
    assert_true(closed > 10 && open > 10);
    ew_mode_clear(mode);
}

/* ---- Networks ------------------------------------------------------------------------------- */

/* fp64, as written, is the double network up to rounding; without rounding it is the scalar dynamics exactly. */
static void network_is_the_network(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_target_t target, doubles;
    ew_format format;
    ew_problem_init(problem);
    ew_set_problem(problem, 4, "11/20", "1,4/5", 4, "1/5");
    ew_target_init(target);
    ew_target_init(doubles);
    assert_int_equal(ew_target_from_problem(target, problem, EW_MPFR, true, 5, 256), EW_OK);
    assert_int_equal(ew_target_from_problem(doubles, problem, EW_DOUBLE, true, 5, 53), EW_OK);
    ew_start start = {EW_START_POSTER, 5, NULL};
    ew_net *net = ew_net_new(doubles, problem, &start);
    ew_net_record_t record;
    ew_net_record_init(record, net);
    for (int order = 0; order < 4; order++) {
        assert_int_equal(ew_format_named(&format, "fp64", NULL), EW_OK);
        ew_rounded_net *rounded =
            ew_rounded_net_new(&format, EW_TO_NEAREST, (ew_order)order, target, problem, 1);
        ew_rounded_net_view view;
        double product[2];
        for (int t = 1; t <= 40; t++)
            ew_rounded_net_step(rounded);
        ew_rounded_net_look(&view, product, rounded);
        while (ew_net_steps(net) < 40)
            ew_net_step(net);
        assert_int_equal(ew_net_observe(record, net, false), EW_OK);
        assert_true(fabs(view.loss - arf_get_d(arb_midref(record->loss), ARF_RND_NEAR)) < 1e-11);
        for (int i = 0; i < 2; i++)
            assert_true(fabs(product[i] -
                             arf_get_d(arb_midref(record->product + i), ARF_RND_NEAR)) < 1e-11);
        assert_true(fabs(view.loss - view.loss_by_values) < 1e-14);
        ew_rounded_net_free(rounded);
    }
    ew_net_record_clear(record);
    ew_net_free(net);
    ew_target_clear(target);
    ew_target_clear(doubles);
    ew_problem_clear(problem);
}

/* The first step at which the vectors have turned by 1/1000, or -1. */
static slong leaves(const ew_problem_t problem, const char *name, bool haar, ulong seed,
                    slong steps)
{
    ew_target_t target;
    ew_format format;
    ew_rounded_net_view view;
    ew_target_init(target);
    assert_int_equal(ew_target_from_problem(target, problem, EW_MPFR, haar, seed, 256), EW_OK);
    assert_int_equal(ew_format_named(&format, name, NULL), EW_OK);
    ew_rounded_net *net =
        ew_rounded_net_new(&format, EW_TO_NEAREST, EW_WRITTEN, target, problem, 1);
    slong left = -1;
    for (slong t = 1; t < steps && left < 0; t++) {
        ew_rounded_net_step(net);
        ew_rounded_net_look(&view, NULL, net);
        if (!view.finite || view.angle > 1e-3)
            left = t;
    }
    ew_rounded_net_free(net);
    ew_target_clear(target);
    return left;
}

/* The departure law over random problems with two oscillating values and six formats: how many fall within the interval
 * that the argument gives, which may be missed by a few. */
static void departures_are_predicted(void **state)
{
    (void)state;
    static const char *const names[] = {"fp16", "fp32", "fp64", "x87", "dd", "quad"};
    enum { PROBLEMS = 100, STEPS = 1500 };
    ew_random random = {ew_test_seed() + 61};
    int hits = 0, tried = 0;
    double off = 0;
    for (int done = 0; done < PROBLEMS;) {
        ew_problem_t problem;
        char eta[64], sigma[64], alpha[32];
        slong depth = 2 + (slong)ew_random_below(&random, 3);
        double ratio = (double)(930 + ew_random_below(&random, 69)) / 1000;
        ulong s = 2150 + ew_random_below(&random, 280);
        if ((double)s / 1000 * pow(ratio, 2 - 2 / (double)depth) < 2.05)
            continue;
        snprintf(eta, sizeof eta, "%lu/%ld", s, 1000 * depth);
        snprintf(sigma, sizeof sigma, "1,%.0f/1000", 1000 * ratio);
        snprintf(alpha, sizeof alpha, "%lu/20", 1 + ew_random_below(&random, 8));
        ew_problem_init(problem);
        ew_set_problem(problem, depth, eta, sigma, 2 + (slong)ew_random_below(&random, 3), alpha);
        ew_departure_t departure;
        slong lo, typical, hi;
        ew_departure_init(departure);
        assert_int_equal(ew_departure_make(departure, problem, STEPS), EW_OK);
        ew_departure_steps_at(&lo, &typical, &hi, departure, 113, 1e-3);
        if (hi > 0) {
            done++;
            for (int f = 0; f < 6; f++) {
                ew_format format;
                assert_int_equal(ew_format_named(&format, names[f], NULL), EW_OK);
                ew_departure_steps_at(&lo, &typical, &hi, departure, format.bits, 1e-3);
                slong left =
                    leaves(problem, names[f], true, 1 + ew_random_below(&random, 1000), STEPS);
                hits += left >= lo && left <= hi;
                tried++;
                if (f == 2)
                    off += fabs((double)(left - typical)) / (double)typical;
            }
        }
        ew_departure_clear(departure);
        ew_problem_clear(problem);
    }
    print_message(
        "departures within the predicted interval: %d of %d; fp64 off by %.1f %% in the mean\n",
        hits, tried, 100 * off / PROBLEMS);
    assert_true(hits >= tried * 95 / 100);
    assert_true(off / PROBLEMS < 0.06);
}

/* On a diagonal target exact zeros stay zeros: nothing seeds the departure, in any format. */
static void diagonal_targets_stay(void **state)
{
    (void)state;
    static const char *const names[] = {"bf16", "fp32", "fp64", "quad"};
    ew_problem_t problem;
    ew_problem_init(problem);
    ew_set_problem(problem, 3, "23/30", "1,19/20", 3, "1/5");
    for (int f = 0; f < 4; f++)
        assert_int_equal(leaves(problem, names[f], false, 1, 1200), -1);
    assert_true(leaves(problem, "fp64", true, 1, 1200) > 600);
    ew_problem_clear(problem);
}

/* Chaos at L = 2: departures as predicted, the statistics of long formats survive, short ones end in short cycles of the
 * length of the square-root law. */
static void chaos_in_formats(void **state)
{
    (void)state;
    static const char *const names[] = {"bf16", "fp16", "fp32", "fp64", "dd", "quad"};
    static const char *const etas[] = {"7/5", "71/50", "27/20"};
    ew_mode_t mode;
    ew_format formats[6];
    ew_order order = EW_TREE;
    for (int f = 0; f < 6; f++)
        assert_int_equal(ew_format_named(formats + f, names[f], NULL), EW_OK);
    ew_stress_plan plan = {.formats = formats,
                           .format_count = 6,
                           .orders = &order,
                           .order_count = 1,
                           .steps = 40000,
                           .seed = 1};
    ew_mode_init(mode);
    double ratio = 0;
    for (int k = 0; k < 3; k++) {
        ew_chaos_t chaos;
        ew_chaos_init(chaos);
        ew_set_mode(mode, 2, etas[k], "1", "1/4");
        assert_int_equal(ew_chaos_run(chaos, mode, &plan, NULL), EW_OK);
        const ew_chaos_row *ref = &chaos->reference;
        assert_true(ref->lyapunov > 5 * ref->lyapunov_error);
        for (int f = 2; f < 6; f++) {
            const ew_chaos_row *row = chaos->rows + f;
            assert_true(row->departs > 0 &&
                        labs(row->departs - row->predicted) < 8 + row->predicted / 5);
            if (f >= 3) {
                assert_true(fabs(row->lyapunov - ref->lyapunov) <
                            6 * (row->lyapunov_error + ref->lyapunov_error));
                assert_true(row->distance < 6 * chaos->distance_noise + 0.03);
                assert_int_equal(row->cycle, -1);
            }
        }
        for (int f = 0; f < 3; f++) {
            const ew_chaos_row *row = chaos->rows + f;
            assert_true(row->cycle > 0 && row->transient >= 0 && row->expected_cycle > 0);
            assert_true((double)row->cycle < 20 * row->expected_cycle);
            ratio += log((double)row->cycle / row->expected_cycle) / 9;
        }
        ew_chaos_clear(chaos);
    }
    assert_true(fabs(ratio) < 1.5); /* the geometric mean of nine cycles over the law's */
    ew_mode_clear(mode);
}

/* The parameter fails near k = P, the dynamics near k = 2 P; where 2/L rounds upward the parameter never does. */
static void near_the_edge(void **state)
{
    (void)state;
    static const char *const names[] = {"bf16", "fp16", "fp32", "fp64", "x87", "quad"};
    ew_format formats[6];
    ew_order order = EW_TREE;
    ew_edge_row rows[6];
    for (int f = 0; f < 6; f++)
        assert_int_equal(ew_format_named(formats + f, names[f], NULL), EW_OK);
    ew_stress_plan plan = {
        .formats = formats, .format_count = 6, .orders = &order, .order_count = 1, .steps = 100};
    for (slong depth = 2; depth <= 4; depth++) {
        assert_int_equal(ew_edge_run(rows, depth, 260, &plan, NULL), EW_OK);
        for (int f = 0; f < 6; f++) {
            slong bits = formats[f].bits;
            if (depth != 3)
                assert_int_equal(rows[f].parameter, bits - 1); /* 2 + 2^-k ties to 2 at k = P - 1 */
            assert_true(rows[f].parameter < 0 || labs(rows[f].parameter - bits) <= 3);
            assert_true(labs(rows[f].dynamics - 2 * bits) <= 8);
        }
    }
}

/* Bits predicted from the conditioning and bits measured. */
static void bits_are_predicted(void **state)
{
    (void)state;
    static const struct {
        const char *claim;
        slong depth;
        const char *eta, *sigma;
        slong dim;
        const char *alpha;
        slong steps, tolerance;
    } rows[] = {{"balancing-gap", 3, "23/30", "1", 1, "1/10", 500, 2},
                {"balancing-gap", 6, "23/60", "1", 1, "1/100", 500, 3},
                {"balancing-gap", 32, "23/320", "1", 1, "2/25", 300, 3},
                {"static-singular-vectors", 3, "23/30", "1,19/20", 2, "1/5", 600, 5},
                {"static-singular-vectors", 2, "23/20", "1,19/20", 2, "1/10", 300, 5}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ew_problem_t problem;
        ew_order order = EW_TREE;
        ew_problem_init(problem);
        ew_set_problem(problem, rows[i].depth, rows[i].eta, rows[i].sigma, rows[i].dim,
                       rows[i].alpha);
        ew_stress_plan plan = {.orders = &order,
                               .order_count = 1,
                               .steps = rows[i].steps,
                               .most_bits = 400,
                               .seed = 1,
                               .claim = rows[i].claim};
        ew_effort effort = ew_effort_default();
        ew_precision *list;
        slong count;
        assert_int_equal(ew_precision_needed(&list, &count, problem, &plan, &effort), EW_OK);
        assert_int_equal(count, 1);
        if (labs(list->predicted - list->measured) > rows[i].tolerance)
            fail_msg("row %d: predicted %ld bits, measured %ld", (int)i, list->predicted,
                     list->measured);
        flint_free(list);
        plan.claim = "orbit-degree";
        assert_int_equal(ew_precision_needed(&list, &count, problem, &plan, &effort), EW_BAD_INPUT);
        flint_free(list);
        ew_problem_clear(problem);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(known_cells),           cmocka_unit_test(plateau_cells),
    cmocka_unit_test(no_exit_is_true),       cmocka_unit_test(network_is_the_network),
    cmocka_unit_test(diagonal_targets_stay), cmocka_unit_test(departures_are_predicted),
    cmocka_unit_test(bits_are_predicted),    cmocka_unit_test(chaos_in_formats),
    cmocka_unit_test(near_the_edge),
};
EW_TESTS(tests)
