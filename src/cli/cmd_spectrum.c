/* edgewise spectrum: the eigenvalues of the Hessian. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "num/linear.h"
#include <stdlib.h>

static const char *const point_text[] = {
    "the balanced minimum", "the minimum with the zeros past the rank at (0, alpha)",
    "the low points of the rank-p orbit", "the high points of the rank-p orbit"};

/* The scalar dynamics from (0, alpha), `steps` steps in balls. */
static void set_after_steps(ew_point_t point, const settings_t *settings, slong prec)
{
    ew_mode_t mode;
    arb_t a, b;
    ew_mode_init(mode);
    arb_init(a);
    arb_init(b);
    for (slong i = 0; i < point->modes; i++) {
        ew_problem_mode(mode, settings->problem, i);
        ew_sim *sim = ew_sim_new(EW_BALL, EW_PAIR, mode, prec + settings->steps);
        if (sim != NULL) {
            ew_sim_run(sim, settings->steps);
            ew_sim_get(a, sim, 0);
            ew_sim_get(b, sim, 1);
        }
        ew_point_set_pair(point, i, a, b);
        ew_sim_free(sim);
    }
    ew_mode_clear(mode);
    arb_clear(a);
    arb_clear(b);
}

/* The orbit's points where a value is beyond the edge; the others stand at their balanced minimum. */
static ew_status set_orbit(ew_point_t point, const settings_t *settings, slong prec)
{
    ew_mode_t mode;
    ew_roots_t roots;
    ew_status status = EW_OK;
    ew_mode_init(mode);
    ew_roots_init(roots);
    ew_point_set_minimum(point, settings->problem, settings->problem->alpha, prec);
    for (slong i = 0; i < settings->problem->count && status == EW_OK; i++) {
        ew_problem_mode(mode, settings->problem, i);
        if (ew_mode_regime(mode) != EW_BEYOND)
            continue;
        status = ew_orbit_roots(roots, mode, prec, FLINT_MAX(4 * prec, 32768), &settings->progress);
        if (status == EW_OK) {
            arb_srcptr x = roots->roots[settings->at == AT_LOW ? roots->low : roots->high].x;
            ew_point_set_pair(point, i, x, x);
        }
    }
    ew_roots_clear(roots);
    ew_mode_clear(mode);
    return status;
}

/* All eigenvalues at the point asked for. */
static ew_status whole(ew_spectrum_report *report, const settings_t *settings)
{
    slong prec = FLINT_MAX(settings_prec(settings), ew_digits_to_bits(settings->digits));
    bool stationary = settings->at == AT_MINIMUM || settings->at == AT_REACHED;
    report->certified = settings->arithmetic == EW_BALL || (stationary && !settings->steps_given);
    if (stationary && !settings->steps_given) {
        fmpq_t null;
        fmpq_init(null);
        if (settings->at == AT_REACHED)
            fmpq_set(null, settings->problem->alpha);
        ew_status status = ew_spectrum_minimum(report->spectrum, settings->problem, null, prec);
        fmpq_clear(null);
        return status;
    }
    if (ew_memory_check(ew_point_bytes(settings->problem, prec)) != EW_OK)
        return EW_RESOURCES;
    ew_point_t point;
    ew_status status = EW_OK;
    ew_point_init(point, settings->problem, prec);
    if (settings->steps_given)
        set_after_steps(point, settings, prec);
    else
        status = set_orbit(point, settings, prec);
    if (status == EW_OK)
        status = settings->arithmetic == EW_BALL
                     ? ew_spectrum_point(report->spectrum, point, prec, &settings->progress)
                     : ew_spectrum_point_double(report->spectrum, point, &settings->progress);
    ew_point_clear(point);
    return status;
}

/* The largest ones of the whole network. */
static int top(ew_spectrum_report *report, const settings_t *settings, double *values)
{
    ew_target_t target;
    ew_net *net;
    ew_target_init(target);
    ew_status status = EW_OK;
    int code = settings_network(target, &net, settings);
    if (code == 0) {
        for (slong t = 0; t < settings->steps && status == EW_OK; t++) {
            ew_net_step(net);
            if (!ew_progress_tick(&settings->progress, "steps", (ulong)t, (ulong)settings->steps))
                status = EW_STOPPED;
        }
        ew_weights at = {settings->problem->depth, settings->problem->dim, ew_net_weights(net),
                         target->m_d};
        if (status == EW_OK && settings->sigma_unknown)
            status = ew_matrix_rank(&report->rank, settings->target, &settings->progress);
        if (status == EW_OK)
            status = ew_hessian_top(values, settings->top, &at);
        report->top = settings->top;
        report->largest = values;
        if (status == EW_BAD_INPUT)
            code = complain(3, "spectrum: the network has diverged by step %ld", settings->steps);
        else if (status == EW_UNDECIDED_STATUS)
            code = complain(3, "spectrum: ARPACK did not converge; a smaller --top may do");
        else if (status != EW_OK)
            code = settings_finish(status, "spectrum");
    }
    ew_net_free(net);
    ew_target_clear(target);
    return code;
}

static int check(const settings_t *settings)
{
    double n = (double)settings->problem->depth * (double)settings->problem->dim *
               (double)settings->problem->dim;
    if (settings->top > 0 && settings->arithmetic != EW_DOUBLE)
        return complain(2, "--top: is computed in doubles; allowed: --arithmetic double");
    if (settings->top > 0 && (double)settings->top >= n && (n > 64 || (double)settings->top > n))
        return complain(2,
                        "--top: \"%ld\" is not below the number of eigenvalues; allowed: 1 to %.0f",
                        settings->top, n > 64 ? n - 1 : n);
    if (settings->steps_given && settings->top == 0 && settings->steps > 100000)
        return complain(2, "--steps: \"%ld\" is too many for balls; allowed: 0 to 100000",
                        settings->steps);
    return 0;
}

static ew_status write(const ew_spectrum_report *report, const settings_t *settings)
{
    if (settings->json)
        return ew_report_spectrum_json(stdout, report);
    return settings->csv ? ew_report_spectrum_csv(stdout, report)
                         : ew_report_spectrum_text(stdout, report, settings->style);
}

/* What the list of eigenvalues and the largest block would need. */
static int complain_memory(const settings_t *settings)
{
    char memory[32];
    double n = 2 * (double)settings->problem->depth, modes = (double)settings->problem->count + 1;
    bool closed = settings->at <= AT_REACHED && !settings->steps_given; /* by theory/spectrum.md */
    double entries = modes * (modes + 1) * (closed ? 1 : n / 2);
    ew_memory_text(memory, sizeof memory,
                   entries * (double)sizeof(ew_eigen) + (closed ? 0 : 64 * n * n));
    return complain(
        4,
        "spectrum: the blocks of %ld singular values, %.0f x %.0f each, would need about "
        "%s of memory; allowed: a smaller --depth, or fewer values",
        settings->problem->count, n, n, memory);
}

int cmd_spectrum(const settings_t *settings)
{
    int code = check(settings);
    if (code != 0)
        return code;
    char after[64];
    ew_spectrum_report report = {.problem = settings->problem, .digits = settings->digits};
    report.at = point_text[settings->at];
    if (settings->steps_given || settings->top > 0) {
        snprintf(after, sizeof after, "step %ld of gradient descent", settings->steps);
        report.at = after;
    }
    double *values = settings->top > 0 ? malloc((size_t)settings->top * sizeof(double)) : NULL;
    ew_spectrum_init(report.spectrum);
    ew_status status = EW_OK;
    if (settings->top > 0)
        code = top(&report, settings, values);
    else
        status = whole(&report, settings);
    interrupt_erase();
    if (code == 0 && status == EW_OK) {
        ew_spectrum_sort(report.spectrum);
        status = write(&report, settings);
    }
    if (code == 0 && status == EW_RESOURCES && !ferror(stdout) && !ew_linear_missing())
        code = complain_memory(settings);
    ew_spectrum_clear(report.spectrum);
    free(values);
    return code != 0 ? code : settings_finish(status, "spectrum");
}
