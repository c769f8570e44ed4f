/* Chaotic trajectories in formats: how long they are right, what statistics survive, and the cycle that each format ends in.
 * theory/chaos-in-formats.md */
#include "claims/stress/script.h"
#include "claims/stress/stress.h"
#include "model/domain.h"
#include "num/word.h"
#include "observe/plane.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = 32, BLOCKS = 20, BURN_IN = 1000, LONGEST_SHADOW = 2000, REFERENCE_BITS = 160 };
enum { MOST_CYCLE_STEPS = 1 << 22, CYCLE_BITS = 24, TUBE_BITS = 2048 };

static const double APART = 1e-2;

void ew_chaos_init(ew_chaos_t chaos)
{
    *chaos = (ew_chaos_struct){0};
}

void ew_chaos_clear(ew_chaos_t chaos)
{
    free(chaos->rows);
    ew_chaos_init(chaos);
}

/* ---- The exact trajectory, and how rounding grows along it ----------------------------------- */

typedef struct {
    slong steps;
    arb_ptr b; /* enclosures */
    double *
        amplitude; /* rms relative error of b when a and b are rounded once a step to a relative 1 */
} exact_run;

/* a, b and the derivatives of one step in doubles: j = d(a', b')/d(a, b). */
static void jacobian(double j[4], double a, double b, double eta, double sigma, double depth)
{
    double w = pow(b, depth - 2), r = a * w * b - sigma, k = -eta * r * w;
    double ka = -eta * w * w * b;
    double kb =
        -eta * (w * (depth - 1) * a * w + (depth > 2 ? (depth - 2) * r * pow(b, depth - 3) : 0));
    j[0] = 1 + b * ka;
    j[1] = k + b * kb;
    j[2] = k + a * ka;
    j[3] = 1 + a * kb;
}

/* s <- j s j^T + diag(a^2, b^2) / 3, s symmetric: s = (aa, ab, bb). */
static void spread_errors(double s[3], const double j[4], double a, double b)
{
    double p = j[0] * s[0] + j[1] * s[1], q = j[0] * s[1] + j[1] * s[2];
    double u = j[2] * s[0] + j[3] * s[1], v = j[2] * s[1] + j[3] * s[2];
    s[0] = p * j[0] + q * j[1] + a * a / 3;
    s[1] = p * j[2] + q * j[3];
    s[2] = u * j[2] + v * j[3] + b * b / 3;
}

static void follow_exactly(exact_run *out, const ew_mode_t mode)
{
    ew_tube_t tube;
    double s[3] = {0}, j[4], eta = ew_rational_double(mode->eta),
           sigma = ew_rational_double(mode->sigma);
    ew_tube_init(tube, mode, TUBE_BITS);
    out->steps = 0;
    for (slong t = 0; t < LONGEST_SHADOW; t++) {
        ew_tube_look(tube);
        if (ew_tube_is_wide(tube, 20))
            break;
        ew_tube_pair(tube);
        double a = arf_get_d(arb_midref(tube->a), ARF_RND_NEAR),
               b = arf_get_d(arb_midref(tube->b), ARF_RND_NEAR);
        arb_set_round(out->b + t, tube->b, 256);
        out->amplitude[t] = sqrt(s[2]) / fabs(b);
        out->steps = t + 1;
        jacobian(j, a, b, eta, sigma, (double)mode->depth);
        spread_errors(s, j, a, b);
        ew_tube_pair(tube);
        ew_tube_look(tube);
        ew_tube_step(tube);
    }
    ew_tube_clear(tube);
}

/* ---- One format ------------------------------------------------------------------------------- */

/* The first step at which the run is certainly APART from the exact trajectory. */
static slong find_departure(ew_rounded *run, const exact_run *exact)
{
    arb_t x, far;
    arb_init(x);
    arb_init(far);
    slong departs = -1;
    for (slong t = 0; t < exact->steps && departs < 0; t++) {
        if (!ew_rounded_finite(run)) {
            departs = t;
            break;
        }
        ew_rounded_arith(run)->ops->get_arb(x, ew_rounded_state(run, 1));
        arb_sub(x, x, exact->b + t, 128);
        arb_abs(x, x);
        arb_abs(far, exact->b + t);
        arb_mul_2exp_si(far, far, -7); /* 1/128 or so: APART */
        if (arb_gt(x, far))
            departs = t;
        ew_rounded_step(run);
    }
    arb_clear(x);
    arb_clear(far);
    return departs;
}

static slong predict_departure(const exact_run *exact, slong bits)
{
    for (slong t = 0; t < exact->steps; t++)
        if (!(ldexp(exact->amplitude[t], -(int)FLINT_MIN(bits, 1000)) < APART))
            return t;
    return -1;
}

/* Counts of b in bins over [lo, hi]; what lies outside is counted at the ends. */
typedef struct {
    double lo, hi, count[BINS], first_half[BINS];
    slong total;
} histogram;

static void put(histogram *h, double b, bool first)
{
    slong bin = ew_word_between((b - h->lo) / (h->hi - h->lo) * BINS, 0, BINS - 1);
    h->count[bin]++;
    h->first_half[bin] += first;
    h->total++;
}

static double read_b(ew_rounded *run, arb_t x)
{
    ew_rounded_arith(run)->ops->get_arb(x, ew_rounded_state(run, 1));
    return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

/* Mean, spread, Lyapunov exponent and histogram of `steps` steps; `range` (out) has the least and the largest b. */
static void gather(ew_chaos_row *row, histogram *h, double range[2], ew_rounded *run,
                   const ew_mode_t mode, slong steps)
{
    double eta = ew_rational_double(mode->eta), sigma = ew_rational_double(mode->sigma),
           depth = (double)mode->depth;
    double sum = 0, squares = 0, block = 0, blocks = 0, block_squares = 0;
    slong length = FLINT_MAX(1, steps / BLOCKS), in_block = 0, count = 0;
    arb_t x;
    arb_init(x);
    range[0] = INFINITY;
    range[1] = -INFINITY;
    for (slong t = 0; t < BURN_IN; t++)
        ew_rounded_step(run);
    for (slong t = 0; t < length * BLOCKS && ew_rounded_finite(run); t++) {
        double b = read_b(run, x), w = pow(b, depth - 2);
        double slope = log(fabs(1 + eta * w * ((depth - 1) * sigma - (2 * depth - 1) * w * b * b)));
        sum += b;
        squares += b * b;
        range[0] = fmin(range[0], b);
        range[1] = fmax(range[1], b);
        put(h, b, 2 * t < length * BLOCKS);
        block += slope;
        if (++in_block == length) {
            blocks += block / (double)length;
            block_squares += block * block / ((double)length * (double)length);
            block = 0;
            in_block = 0;
            count++;
        }
        ew_rounded_step(run);
    }
    arb_clear(x);
    double n = (double)h->total, m = (double)FLINT_MAX(count, 1);
    row->mean = sum / n;
    row->spread = sqrt(fmax(0, squares / n - row->mean * row->mean));
    row->lyapunov = blocks / m;
    row->lyapunov_error =
        sqrt(fmax(0, block_squares / m - row->lyapunov * row->lyapunov) / fmax(1, m - 1));
}

static double histogram_distance(const histogram *h, const histogram *g)
{
    double sum = 0;
    for (int k = 0; k < BINS; k++)
        sum += fabs(h->count[k] / (double)h->total - g->count[k] / (double)g->total);
    return sum;
}

/* Brent's cycle of the run from its start: two copies of it. */
static void find_cycle(ew_chaos_row *row, ew_rounded *hare, ew_rounded *tortoise)
{
    slong power = 1, length = 1, steps = 1;
    ew_rounded_step(hare);
    while (!ew_rounded_same(hare, tortoise) && steps < MOST_CYCLE_STEPS &&
           ew_rounded_finite(hare)) {
        if (power == length) {
            ew_rounded_copy(tortoise, hare);
            power *= 2;
            length = 0;
        }
        ew_rounded_step(hare);
        length++;
        steps++;
    }
    row->cycle = steps < MOST_CYCLE_STEPS && ew_rounded_finite(hare) ? length : -1;
}

/* Steps before the cycle: one copy ahead by its length. */
static slong find_transient(ew_rounded *ahead, ew_rounded *behind, slong cycle)
{
    for (slong t = 0; t < cycle; t++)
        ew_rounded_step(ahead);
    slong transient = 0;
    while (!ew_rounded_same(ahead, behind)) {
        ew_rounded_step(ahead);
        ew_rounded_step(behind);
        transient++;
    }
    return transient;
}

/* Numbers of the format in [lo, hi], 0 < lo: binade by binade. */
static double numbers_between(const ew_format *format, double lo, double hi)
{
    double count = 0;
    while (lo < hi && lo > 0) {
        double top = fmin(hi, ldexp(1, ilogb(lo) + 1)),
               ulp = ldexp(1, ilogb(lo) + 1 - (int)format->bits);
        count += (top - lo) / ulp;
        lo = top;
    }
    return count;
}

typedef struct {
    const ew_mode_struct *mode;
    const ew_stress_plan *plan;
    const exact_run *exact;
} chaos_work;

static ew_rounded *start(const chaos_work *w, const ew_format *format)
{
    ew_rounding rounding = format->kind == EW_FLOATING || format->kind == EW_UNBOUNDED
                               ? w->plan->rounding
                               : EW_TO_NEAREST;
    return ew_rounded_new(format, rounding, w->plan->orders[0], EW_PAIR, w->mode, w->plan->seed);
}

static ew_status fill_row(ew_chaos_row *row, histogram *h, const chaos_work *w,
                          const ew_format *format)
{
    *row = (ew_chaos_row){
        .format = *format, .departs = -1, .predicted = -1, .transient = -1, .cycle = -1};
    ew_rounded *run = start(w, format), *other = start(w, format);
    ew_status status = run == NULL || other == NULL ? EW_RESOURCES : EW_OK;
    double range[2] = {0, 0};
    if (status == EW_OK) {
        row->departs = find_departure(run, w->exact);
        row->predicted = predict_departure(w->exact, format->bits);
        gather(row, h, range, other, w->mode, w->plan->steps);
    }
    ew_rounded_free(run);
    ew_rounded_free(other);
    if (status != EW_OK || format->kind != EW_FLOATING || format->bits > CYCLE_BITS ||
        w->plan->rounding == EW_STOCHASTIC)
        return status;
    row->expected_cycle = sqrt(acos(-1) * numbers_between(format, range[0], range[1]) / 8);
    run = start(w, format);
    other = start(w, format);
    if (run != NULL && other != NULL)
        find_cycle(row, run, other);
    ew_rounded_free(run);
    ew_rounded_free(other);
    run = start(w, format);
    other = start(w, format);
    if (run != NULL && other != NULL && row->cycle > 0)
        row->transient = find_transient(run, other, row->cycle);
    ew_rounded_free(run);
    ew_rounded_free(other);
    return EW_OK;
}

ew_status ew_chaos_run(ew_chaos_t chaos, const ew_mode_t mode, const ew_stress_plan *plan,
                       const ew_progress *progress)
{
    if (chaos == NULL || !ew_mode_is_positive(mode) || !ew_plan_fits(plan))
        return EW_BAD_INPUT;
    ew_chaos_clear(chaos);
    exact_run exact = {.b = _arb_vec_init(LONGEST_SHADOW),
                       .amplitude = calloc(LONGEST_SHADOW, sizeof(double))};
    chaos->rows = calloc((size_t)plan->format_count, sizeof(ew_chaos_row));
    ew_status status = exact.amplitude == NULL || chaos->rows == NULL ? EW_RESOURCES : EW_OK;
    if (status == EW_OK) {
        follow_exactly(&exact, mode);
        chaos_work w = {.mode = mode, .plan = plan, .exact = &exact};
        double edge = pow(ew_rational_double(mode->sigma), 1 / (double)mode->depth);
        histogram reference = {.lo = 0, .hi = 2 * edge}, halves = {0};
        ew_format format;
        ew_format_set_bits(&format, EW_UNBOUNDED, REFERENCE_BITS);
        status = fill_row(&chaos->reference, &reference, &w, &format);
        halves.total = reference.total - reference.total / 2;
        memcpy(halves.count, reference.first_half, sizeof halves.count);
        chaos->distance_noise = histogram_distance(&halves, &reference);
        for (slong f = 0; f < plan->format_count && status == EW_OK; f++) {
            histogram h = {.lo = 0, .hi = 2 * edge};
            status = fill_row(chaos->rows + f, &h, &w, plan->formats + f);
            chaos->rows[f].distance = h.total > 0 ? histogram_distance(&h, &reference) : NAN;
            chaos->count++;
            if (status == EW_OK &&
                !ew_progress_tick(progress, "formats", (ulong)f, (ulong)plan->format_count))
                status = EW_STOPPED;
        }
    }
    _arb_vec_clear(exact.b, LONGEST_SHADOW);
    free(exact.amplitude);
    return status;
}
