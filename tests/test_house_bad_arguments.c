/* Bad arguments: every call is made in a child, so that a signal or an endless run is seen, and has to answer EW_BAD_INPUT, or
 * NULL where it answers with a pointer. */
#include "test.h"
#include <edgewise.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 60 }; /* that no call here comes near to */

/* What the calls work on: good but for what a case spoils. */
static ew_mode_t mode;
static ew_problem_t problem;
static slong prec, max_prec, n, digits, steps;
static ew_effort effort;
static ew_format format;
static ew_order order;
static ew_stress_plan plan;
static double x, y;
static int kind;

static void make_good(void)
{
    ew_mode_init(mode);
    ew_problem_init(problem);
    mode->depth = problem->depth = 3;
    fmpq_set_si(mode->eta, 11, 15);
    fmpq_set_si(problem->eta, 11, 15);
    ew_problem_set_sigma(problem, mode->sigma, 1);
    problem->dim = 1;
    prec = 64;
    max_prec = 4096;
    n = 2;
    digits = 10;
    steps = 20;
    x = 0.9;
    y = 2.2;
    kind = 0;
    effort = ew_effort_default();
    effort.max_steps = 200;
    format = ew_formats[3];
    order = EW_TREE;
    plan = (ew_stress_plan){.formats = &format,
                            .format_count = 1,
                            .orders = &order,
                            .order_count = 1,
                            .steps = 10,
                            .claim = "orbit-attracts"};
}

/* ---- What is spoilt ---- */

static const ew_mode_struct *the_mode = mode;
static const ew_problem_struct *the_problem = problem;
static const ew_effort *the_effort = &effort;
static const ew_stress_plan *the_plan = &plan;

static void deep(slong depth)
{
    mode->depth = problem->depth = depth;
}
static void depth_1(void)
{
    deep(1);
}
static void depth_0(void)
{
    deep(0);
}
static void depth_negative(void)
{
    deep(-3);
}
static void depth_largest(void)
{
    deep(WORD_MAX);
}
static void depth_least(void)
{
    deep(WORD_MIN);
}
static void sigma_negative(void)
{
    fmpq_set_si(mode->sigma, -2, 1);
    fmpq_set_si(problem->sigma, -2, 1);
}
static void sigma_no_fraction(void)
{
    fmpz_zero(fmpq_denref(mode->sigma));
    fmpz_zero(fmpq_denref(problem->sigma));
}
static void sigma_zero(void)
{
    fmpq_zero(mode->sigma);
    fmpq_zero(problem->sigma);
}
static void sigma_empty(void)
{
    problem->count = 0;
}
static void eta_zero(void)
{
    fmpq_zero(mode->eta);
    fmpq_zero(problem->eta);
}
static void eta_negative(void)
{
    fmpq_set_si(mode->eta, -1, 3);
    fmpq_set_si(problem->eta, -1, 3);
}
static void eta_unreduced(void)
{
    fmpz_set_si(fmpq_numref(mode->eta), 2);
    fmpz_set_si(fmpq_denref(mode->eta), 4);
    fmpq_set(problem->eta, mode->eta);
    fmpz_set_si(fmpq_numref(problem->eta), 2);
    fmpz_set_si(fmpq_denref(problem->eta), 4);
}
static void alpha_negative(void)
{
    fmpq_set_si(mode->alpha, -1, 10);
    fmpq_set_si(problem->alpha, -1, 10);
}
static void dim_small(void)
{
    problem->dim = 0;
}
static void dim_negative(void)
{
    problem->dim = -7;
}
static void missing(void)
{
    the_mode = NULL;
    the_problem = NULL;
}
static void precise(slong bits)
{
    prec = effort.prec = bits;
}
static void prec_0(void)
{
    precise(0);
}
static void prec_1(void)
{
    precise(1);
}
static void prec_negative(void)
{
    precise(-5);
}
static void prec_largest(void)
{
    precise(WORD_MAX);
}
static void prec_least(void)
{
    precise(WORD_MIN);
}
static void prec_too_large(void)
{
    precise(EW_PREC_MAX + 1);
}
static void cap_0(void)
{
    max_prec = effort.max_prec = 0;
}
static void cap_negative(void)
{
    max_prec = effort.max_prec = -64;
}
static void cap_largest(void)
{
    max_prec = effort.max_prec = WORD_MAX;
}
static void n_0(void)
{
    n = 0;
}
static void n_negative(void)
{
    n = -1;
}
static void n_largest(void)
{
    n = WORD_MAX;
}
static void steps_negative(void)
{
    steps = effort.max_steps = plan.steps = -1;
}
static void effort_missing(void)
{
    the_effort = NULL;
}
static void plan_missing(void)
{
    the_plan = NULL;
}
static void plan_empty(void)
{
    memset(&plan, 0, sizeof plan);
}
static void plan_counts_too_much(void)
{
    plan.format_count = WORD_MAX;
}
static void plan_order_unknown(void)
{
    order = (ew_order)17;
}
static void plan_rounding_unknown(void)
{
    plan.rounding = (ew_rounding)-1;
}
static void format_zero(void)
{
    memset(&format, 0, sizeof format);
}
static void format_bits_negative(void)
{
    format.bits = -4;
}
static void format_kind_unknown(void)
{
    format.kind = (ew_format_kind)9;
}
static void format_unnamed(void)
{
    memset(format.name, 'x', sizeof format.name);
}
static void x_nan(void)
{
    x = NAN;
}
static void x_infinite(void)
{
    x = INFINITY;
}
static void y_nan(void)
{
    y = NAN;
}
static void kind_unknown(void)
{
    kind = 99;
}
static void kind_negative(void)
{
    kind = -1;
}

typedef void (*spoiler)(void);
#define DEPTHS depth_1, depth_0, depth_negative, depth_largest, depth_least
#define NUMBERS                                                                                    \
    sigma_negative, sigma_no_fraction, eta_zero, eta_negative, eta_unreduced, alpha_negative
#define PRECS prec_0, prec_1, prec_negative, prec_largest, prec_least, prec_too_large
#define CAPS cap_0, cap_negative, cap_largest
#define NS n_0, n_negative, n_largest
#define ORDERS plan_missing, plan_empty, plan_order_unknown, plan_rounding_unknown
#define PLANS ORDERS, plan_counts_too_much
#define FORMATS format_zero, format_bits_negative, format_kind_unknown, format_unnamed
#define PROBLEMS missing, DEPTHS, NUMBERS, sigma_zero, sigma_empty, dim_small, dim_negative
#define ENUMS kind_unknown, kind_negative

static const spoiler of_positive_modes[] = {missing, DEPTHS, NUMBERS, sigma_zero, NULL};
static const spoiler of_roots[] = {missing, DEPTHS, NUMBERS, sigma_zero, PRECS, CAPS, NULL};
static const spoiler of_mode_precs[] = {missing, DEPTHS, NUMBERS, PRECS, NULL};
static const spoiler of_cycles[] = {missing, DEPTHS, NUMBERS, sigma_zero, PRECS, CAPS, NS, NULL};
static const spoiler of_dynatomic[] = {missing, DEPTHS, NUMBERS, sigma_zero, NS, NULL};
static const spoiler of_follow[] = {missing, DEPTHS, NUMBERS, CAPS, steps_negative, NULL};
static const spoiler of_problems[] = {PROBLEMS, NULL};
static const spoiler of_floquet[] = {PROBLEMS, PRECS, CAPS, NULL};
static const spoiler of_targets[] = {PROBLEMS, PRECS, ENUMS, NULL};
static const spoiler of_claims[] = {missing, DEPTHS,         NUMBERS,        PRECS,
                                    CAPS,    effort_missing, steps_negative, NULL};
static const spoiler of_verify[] = {PROBLEMS, PRECS, CAPS, effort_missing, steps_negative, NULL};
static const spoiler of_stress[] = {PROBLEMS, PRECS, CAPS, effort_missing, PLANS, FORMATS, NULL};
/* it has formats of its own */
static const spoiler of_precision[] = {PROBLEMS, PRECS, CAPS, effort_missing, ORDERS, NULL};
static const spoiler of_chaos[] = {missing, DEPTHS, NUMBERS, sigma_zero, PLANS, FORMATS, NULL};
static const spoiler of_edge[] = {DEPTHS, NS, PLANS, FORMATS, NULL};
static const spoiler of_depths[] = {depth_1,     depth_negative, depth_largest,
                                    depth_least, PRECS,          NULL}; /* 0: the limit */
static const spoiler of_thresholds[] = {depth_1, depth_negative, depth_largest, depth_least, PRECS,
                                        NS,      x_nan,          x_infinite,    y_nan,       NULL};
static const spoiler of_flip[] = {DEPTHS, PRECS, NULL};
static const spoiler of_crisis[] = {DEPTHS, PRECS, ENUMS, NULL};
static const spoiler of_eta[] = {DEPTHS, sigma_negative, sigma_no_fraction, sigma_zero, NULL};
static const spoiler of_prove[] = {depth_1, depth_0, depth_negative, depth_largest, depth_least,
                                   PRECS,   NULL};
static const spoiler of_sims[] = {missing, DEPTHS, NUMBERS, PRECS, ENUMS, NULL};
static const spoiler of_rounded[] = {missing, DEPTHS, NUMBERS, FORMATS, ENUMS, NULL};
static const spoiler of_trap[] = {missing, DEPTHS, NUMBERS, sigma_zero, PRECS, NS, NULL};
static const spoiler of_precs[] = {PRECS, CAPS, NULL};
static const spoiler of_diagrams[] = {DEPTHS, NS, x_nan, x_infinite, y_nan, ENUMS, NULL};
static const spoiler of_formats[] = {FORMATS, ENUMS, NULL};
static const spoiler of_departure[] = {PROBLEMS, steps_negative, NULL};

/* ---- The calls. Each is EW_OK or so when nothing is spoilt, but that is not asked here ---- */

#define CALL(name, type, init, clear, expression)                                                  \
    static int name(void)                                                                          \
    {                                                                                              \
        type out;                                                                                  \
        init(out);                                                                                 \
        int status = expression;                                                                   \
        clear(out);                                                                                \
        return status;                                                                             \
    }

CALL(roots, ew_roots_t, ew_roots_init, ew_roots_clear,
     ew_orbit_roots(out, the_mode, prec, max_prec, NULL))
CALL(structured, ew_roots_t, ew_roots_init, ew_roots_clear,
     ew_orbit_roots_structured(out, the_mode, prec, max_prec, NULL))
CALL(expanded, ew_roots_t, ew_roots_init, ew_roots_clear,
     ew_orbit_roots_expanded(out, the_mode, prec, max_prec, NULL))
CALL(pair, arb_t, arb_init, arb_clear, ew_orbit_pair(out, NULL, the_mode, prec, max_prec))
CALL(poly, fmpz_poly_t, fmpz_poly_init, fmpz_poly_clear, ew_orbit_poly_build(out, the_mode))
CALL(division, fmpz_poly_t, fmpz_poly_init, fmpz_poly_clear,
     ew_orbit_poly_by_division(out, the_mode))
CALL(dynatomic, fmpz_poly_t, fmpz_poly_init, fmpz_poly_clear, ew_dynatomic_build(out, the_mode, n))
CALL(cycles, ew_cycles_t, ew_cycles_init, ew_cycles_clear,
     ew_cycles_find(out, the_mode, n, prec, max_prec, NULL))
CALL(bound, arb_t, arb_init, arb_clear, ew_balance_bound(out, the_mode, prec))
CALL(follow, ew_follow_t, ew_follow_init, ew_follow_clear,
     ew_follow(out, the_mode, steps, max_prec, NULL))
CALL(real_roots, ew_proof_t, ew_proof_init, ew_proof_clear,
     ew_prove_real_roots(out, the_mode, prec, max_prec, NULL))
CALL(floquet, ew_floquet_t, ew_floquet_init, ew_floquet_clear,
     ew_floquet(out, the_problem, prec, max_prec, NULL))
CALL(departure, ew_departure_t, ew_departure_init, ew_departure_clear,
     ew_departure_make(out, the_problem, steps))
CALL(target, ew_target_t, ew_target_init, ew_target_clear,
     ew_target_from_problem(out, the_problem, kind == 0 ? EW_BALL : (ew_arithmetic)kind, false, 1,
                            prec))
CALL(verify, ew_findings_t, ew_findings_init, ew_findings_clear,
     ew_verify(out, the_problem, the_effort))
CALL(claim, ew_finding_t, ew_finding_init, ew_finding_clear,
     ew_claim_check(out, ew_claim_find("orbit-attracts"), the_mode, 1, the_effort))
CALL(stress, ew_cells_t, ew_cells_init, ew_cells_clear,
     ew_stress(out, the_problem, the_plan, the_effort))
CALL(chaos, ew_chaos_t, ew_chaos_init, ew_chaos_clear, ew_chaos_run(out, the_mode, the_plan, NULL))
CALL(flip, arb_t, arb_init, arb_clear, ew_flip_threshold(out, mode->depth, prec))
CALL(crisis, arb_t, arb_init, arb_clear,
     ew_crisis_threshold(out, mode->depth, (ew_crisis)kind, prec))
CALL(threshold, ew_threshold_t, ew_threshold_init, ew_threshold_clear,
     ew_threshold_certify(out, mode->depth, n, -1, x, y, prec))
CALL(cascade, ew_cascade_t, ew_cascade_init, ew_cascade_clear,
     ew_cascade_run(out, mode->depth, 1, prec, NULL))
CALL(step, fmpq_t, fmpq_init, fmpq_clear, ew_eta_from_s(out, mode->depth, mode->alpha, mode->sigma))
CALL(figure, ew_figure_t, ew_figure_init, ew_figure_clear,
     ew_figure_make(out, "regimes", the_problem, NULL))
CALL(prove, ew_proof_t, ew_proof_init, ew_proof_clear,
     ew_prove(out, "orbit-roots", mode->depth, mode->depth, prec, NULL, NULL))

static int count_expanded(void)
{
    slong count;
    return (int)ew_orbit_count_expanded(&count, the_mode);
}

static int spectrum(void)
{
    ew_spectrum_t out;
    fmpq_t null;
    ew_spectrum_init(out);
    fmpq_init(null);
    int status = ew_spectrum_minimum(out, the_problem, null, prec);
    fmpq_clear(null);
    ew_spectrum_clear(out);
    return status;
}

static int tightness(void)
{
    fmpq_t lo, hi;
    slong at;
    fmpq_init(lo);
    fmpq_init(hi);
    int status = ew_balance_tightness(lo, hi, &at, the_mode, the_effort);
    fmpq_clear(lo);
    fmpq_clear(hi);
    return status;
}

static int precision(void)
{
    ew_precision *rows = NULL;
    slong count;
    int status = ew_precision_needed(&rows, &count, the_problem, the_plan, the_effort);
    flint_free(rows);
    return status;
}

static int edge(void)
{
    ew_edge_row row;
    return (int)ew_edge_run(&row, mode->depth, n, the_plan, NULL);
}

static int window(void)
{
    ew_threshold_struct three[3];
    for (int i = 0; i < 3; i++)
        ew_threshold_init(three + i);
    int status = ew_window_find(three, mode->depth, n, x, y, prec);
    for (int i = 0; i < 3; i++)
        ew_threshold_clear(three + i);
    return status;
}

static int trap(void)
{
    ew_trap_t out;
    arb_t at;
    ew_trap_init(out);
    arb_init(at);
    arb_one(at);
    int status = ew_trap_build(out, the_mode, at, n, prec);
    arb_clear(at);
    ew_trap_clear(out);
    return status;
}

static int general_roots(void)
{
    ew_real_roots_t out;
    fmpz_poly_t f;
    ew_real_roots_init(out);
    fmpz_poly_init(f);
    fmpz_poly_set_coeff_si(f, 2, 1);
    fmpz_poly_set_coeff_si(f, 0, -2);
    int status = ew_poly_real_roots(out, f, prec, max_prec, NULL);
    fmpz_poly_clear(f);
    ew_real_roots_clear(out);
    return status;
}

static int program_roots(void)
{
    ew_slp_t p;
    ew_slp_roots_t out;
    ew_slp_limits limits = ew_slp_limits_default();
    ew_slp_init(p);
    ew_slp_roots_init(out);
    slong square = ew_slp_pow(p, ew_slp_x(p), 2);
    ew_slp_sub(p, square, ew_slp_integer(p, 2));
    limits.max_prec = max_prec;
    int status = ew_slp_roots(out, p, NULL, NULL, prec, &limits, NULL);
    ew_slp_roots_clear(out);
    ew_slp_clear(p);
    return status;
}

static int program_value_over_itself(void)
{
    ew_slp_t p;
    arb_t at;
    ew_slp_init(p);
    arb_init(at);
    ew_slp_x(p);
    int status = ew_slp_eval_ball(at, NULL, NULL, p, at, 64);
    arb_clear(at);
    ew_slp_clear(p);
    return status;
}

static int diagram(void)
{
    ew_diagram_t out;
    double alpha = x;
    ew_diagram_spec spec = {.dynamics = EW_PAIR,
                            .depth = mode->depth,
                            .alphas = &alpha,
                            .starts = n > 2 ? n : 1,
                            .axis = (ew_axis)kind,
                            .from = 2,
                            .to = y,
                            .columns = n,
                            .high = 2,
                            .rows = 4,
                            .samples = 256};
    ew_diagram_init(out);
    int status = ew_diagram_run(out, &spec, NULL);
    ew_diagram_clear(out);
    return status;
}

static int map(void)
{
    ew_map_t out;
    ew_map_spec spec = {.depth = mode->depth,
                        .s_from = 2,
                        .s_to = y,
                        .columns = n,
                        .alpha_from = 0.1,
                        .alpha_to = x,
                        .rows = 2,
                        .samples = 256,
                        .threads = kind};
    ew_map_init(out);
    int status = kind == 99 ? EW_BAD_INPUT : (int)ew_map_run(out, &spec, NULL);
    ew_map_clear(out);
    return status;
}

static int arithmetic(void)
{
    ew_arith A;
    return (int)ew_arith_init(&A, &format, (ew_rounding)kind, 1);
}

/* Pointers: EW_BAD_INPUT stands for NULL. */
static int sim(void)
{
    ew_sim *run = ew_sim_new(kind == 0 ? EW_BALL : (ew_arithmetic)kind, EW_PAIR, the_mode, prec);
    ew_sim_free(run);
    return run == NULL ? EW_BAD_INPUT : EW_OK;
}

static int sim_dynamics(void)
{
    ew_sim *run = ew_sim_new(EW_MPFR, (ew_dynamics)kind, the_mode, prec);
    ew_sim_free(run);
    return run == NULL ? EW_BAD_INPUT : EW_OK;
}

static int rounded(void)
{
    ew_rounded *run = ew_rounded_new(&format, EW_TO_NEAREST, (ew_order)kind, EW_PAIR, the_mode, 1);
    ew_rounded_free(run);
    return run == NULL ? EW_BAD_INPUT : EW_OK;
}

static int rounded_sim(void)
{
    ew_sim *run = ew_sim_new_in_format(&format, (ew_rounding)kind, EW_TREE, EW_PAIR, the_mode, 1);
    ew_sim_free(run);
    return run == NULL ? EW_BAD_INPUT : EW_OK;
}

static int watch(void)
{
    ew_watch *made = ew_watch_new(1, prec);
    ew_watch_free(made);
    return made == NULL || (max_prec != 4096 && prec == 64) ? EW_BAD_INPUT : EW_OK;
}

typedef struct {
    const char *name;
    int (*call)(void);
    const spoiler *spoilers;
} bad_call;

static const bad_call calls[] = {
    {"ew_orbit_roots", roots, of_roots},
    {"ew_orbit_roots_structured", structured, of_roots},
    {"ew_orbit_roots_expanded", expanded, of_roots},
    {"ew_orbit_pair", pair, of_roots},
    {"ew_orbit_poly_build", poly, of_positive_modes},
    {"ew_orbit_poly_by_division", division, of_positive_modes},
    {"ew_orbit_count_expanded", count_expanded, of_positive_modes},
    {"ew_dynatomic_build", dynatomic, of_dynatomic},
    {"ew_cycles_find", cycles, of_cycles},
    {"ew_balance_bound", bound, of_mode_precs},
    {"ew_balance_tightness", tightness, of_claims},
    {"ew_follow", follow, of_follow},
    {"ew_trap_build", trap, of_trap},
    {"ew_prove", prove, of_prove},
    {"ew_prove_real_roots", real_roots, of_roots},
    {"ew_floquet", floquet, of_floquet},
    {"ew_spectrum_minimum", spectrum, of_problems},
    {"ew_departure_make", departure, of_departure},
    {"ew_target_from_problem", target, of_targets},
    {"ew_figure_make", figure, of_problems},
    {"ew_verify", verify, of_verify},
    {"ew_claim_check", claim, of_claims},
    {"ew_stress", stress, of_stress},
    {"ew_precision_needed", precision, of_precision},
    {"ew_chaos_run", chaos, of_chaos},
    {"ew_edge_run", edge, of_edge},
    {"ew_flip_threshold", flip, of_flip},
    {"ew_crisis_threshold", crisis, of_crisis},
    {"ew_threshold_certify", threshold, of_thresholds},
    {"ew_window_find", window, of_thresholds},
    {"ew_cascade_run", cascade, of_depths},
    {"ew_eta_from_s", step, of_eta},
    {"ew_poly_real_roots", general_roots, of_precs},
    {"ew_slp_roots", program_roots, of_precs},
    {"ew_diagram_run", diagram, of_diagrams},
    {"ew_map_run", map, of_diagrams},
    {"ew_arith_init", arithmetic, of_formats},
    {"ew_sim_new", sim, of_sims},
    {"ew_sim_new, its dynamics", sim_dynamics, of_sims},
    {"ew_sim_new_in_format", rounded_sim, of_rounded},
    {"ew_rounded_new", rounded, of_rounded},
    {"ew_watch_new", watch, of_precs},
};

/* In a child of its own: the call's status, or what the child died of. */
static int answer(int (*call)(void), spoiler spoil)
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        alarm(SECONDS);
        make_good();
        if (spoil != NULL)
            spoil();
        _exit(call());
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    return WIFEXITED(how) ? WEXITSTATUS(how) : 100 + WTERMSIG(how);
}

static void bad_arguments_are_refused(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t c = 0; c < sizeof calls / sizeof calls[0]; c++)
        for (int s = 0; calls[c].spoilers[s] != NULL; s++) {
            int status = answer(calls[c].call, calls[c].spoilers[s]);
            if (status != EW_BAD_INPUT)
                printf("%s, spoiler %d of its list: %d\n", calls[c].name, s, status);
            wrong += status != EW_BAD_INPUT;
        }
    assert_int_equal(answer(program_value_over_itself, NULL), EW_BAD_INPUT);
    assert_int_equal(wrong, 0);
}

/* The same calls with nothing spoilt do their work: a table that refuses everything would prove nothing. */
static void good_arguments_are_taken(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof calls / sizeof calls[0]; c++) {
        int status = answer(calls[c].call, NULL);
        printf("%s: %d\n", calls[c].name, status);
        assert_true(status == EW_OK || status == EW_UNDECIDED_STATUS);
    }
}

/* Void functions: what cannot be computed is no number. */
static void bad_arguments_give_no_number(void **state)
{
    (void)state;
    make_good();
    arb_t value, slope, at;
    ew_ball_mode_t ball;
    arb_init(value);
    arb_init(slope);
    arb_init(at);
    depth_negative();
    ew_mode_s(value, mode, 64);
    assert_false(arb_is_finite(value));
    ew_mode_edge(value, mode, 64);
    assert_false(arb_is_finite(value));
    ew_period_bound(value, mode);
    assert_false(arb_is_finite(value));
    ew_orbit_outer_threshold(value, mode->depth, 64);
    assert_false(arb_is_finite(value));
    ew_ball_mode_init(ball, mode, 64);
    ew_orbit_eval_ball(value, slope, at, ball);
    assert_false(arb_is_finite(value) || arb_is_finite(slope));
    ew_dynatomic_eval_ball(value, slope, at, 2, ball);
    assert_false(arb_is_finite(value) || arb_is_finite(slope));
    ew_pair_step_ball(value, slope, at, at, ball);
    assert_false(arb_is_finite(value));
    ew_ball_mode_clear(ball);
    assert_int_equal(ew_balance_region(mode, at, 64), EW_UNKNOWN);
    assert_int_equal(ew_orbit_poly_degree(-3), 0);
    assert_int_equal(ew_digits_to_bits(-5), 0);
    assert_int_equal(ew_digits_to_bits(WORD_MAX), 0);
    assert_null(ew_decimal_value(at, -5));
    assert_null(ew_decimal_lower(at, 0));
    assert_null(ew_decimal_best(at, WORD_MIN));
    assert_string_equal(ew_verdict_text((ew_verdict)77), "?");
    assert_string_equal(ew_order_text((ew_order)-1), "?");
    arb_clear(value);
    arb_clear(slope);
    arb_clear(at);
    ew_mode_clear(mode);
    ew_problem_clear(problem);
}

static const ew_arithmetic without_doubles[] = {EW_MPFR, EW_BALL};

static void networks_know_their_arithmetic(void **state)
{
    (void)state;
    make_good();
    ew_start start = {EW_START_POSTER, 1, NULL};
    for (int a = 0; a < 2; a++) {
        ew_target_t made;
        arb_t entry;
        ew_target_init(made);
        arb_init(entry);
        assert_int_equal(ew_target_from_problem(made, problem, without_doubles[a], false, 1, 64),
                         EW_OK);
        ew_net *net = ew_net_new(made, problem, &start);
        assert_non_null(net);
        assert_null(ew_net_weights(net));
        assert_int_equal(ew_net_flow(net, 0.1, 1e-9), EW_BAD_INPUT);
        ew_net_get(entry, net, 3, 0, 0);
        assert_false(arb_is_finite(entry));
        ew_net_get(entry, net, 0, 0, 0);
        assert_true(arb_is_finite(entry));
        ew_net_free(net);
        arb_clear(entry);
        ew_target_clear(made);
    }
    ew_mode_clear(mode);
    ew_problem_clear(problem);
}

/* The fault's words, for each argument that can be wrong. */
static void faults_are_told_in_words(void **state)
{
    (void)state;
    static const struct {
        spoiler spoil;
        const char *argument, *what;
    } table[] = {{depth_1, "depth", "is too small"},
                 {depth_largest, "depth", "is too large"},
                 {sigma_negative, "sigma", "has a negative value"},
                 {sigma_zero, "sigma", "has a zero"},
                 {sigma_empty, "sigma", "is empty"},
                 {eta_zero, "eta", "is zero"},
                 {eta_negative, "eta", "is negative"},
                 {eta_unreduced, "eta", "is not a fraction in lowest terms"},
                 {alpha_negative, "alpha", "is negative"},
                 {dim_small, "dim", "is too small"}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        ew_fault fault;
        make_good();
        assert_int_equal(ew_problem_check(&fault, problem), EW_OK);
        table[i].spoil();
        assert_int_equal(ew_problem_check(&fault, problem), EW_BAD_INPUT);
        assert_string_equal(fault.argument, table[i].argument);
        assert_string_equal(fault.what, table[i].what);
        problem->count = 1;
        ew_mode_clear(mode);
        ew_problem_clear(problem);
    }
    ew_fault fault;
    assert_int_equal(ew_mode_check(&fault, NULL), EW_BAD_INPUT);
    assert_string_equal(fault.what, "is missing");
    make_good();
    sigma_zero(); /* past the rank */
    assert_int_equal(ew_mode_check(NULL, mode), EW_OK);
    ew_mode_clear(mode);
    ew_problem_clear(problem);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(bad_arguments_are_refused), cmocka_unit_test(good_arguments_are_taken),
    cmocka_unit_test(bad_arguments_give_no_number),
    cmocka_unit_test(networks_know_their_arithmetic), cmocka_unit_test(faults_are_told_in_words)};
EW_TESTS(tests)
