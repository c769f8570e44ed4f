/* Bifurcation diagrams and maps of behaviour. theory/diagram.md */
#include "model/domain.h"
#include "num/word.h"
#include "observe/lanes.h"
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef _OPENMP
#include <omp.h>
#endif

enum {
    BATCHES = 16, /* of the Lyapunov exponent's sampling error */
    LONGEST = 64, /* period looked for */
    RENORMALISE = 8,
    DEEPEST = 1000000000,
    MOST_THREADS = 1024,
    ASK_EVERY = 1 << 18 /* steps of LANES trajectories, until a stop is heard: tenths of a second */
};
#define TOO_FAR 1e6
#define SAME 1e-8

const char *ew_behaviour_text(ew_behaviour behaviour)
{
    static const char *const names[] = {"converges", "periodic", "chaos",
                                        "unsettled", "saddle",   "diverges"};
    return EW_WORD_OF(names, behaviour);
}

/* Where the visits of a lane are counted; count == NULL: nowhere. */
typedef struct {
    uint32_t *count[LANES];
    double low, high;
    slong rows;
} bins_t;

static void put(const bins_t *bins, const lanes_t *lanes, ew_seen *seen)
{
    for (int i = 0; i < LANES; i++) {
        double b = lanes->b[i];
        seen[i].least = fmin(seen[i].least, b);
        seen[i].greatest = fmax(seen[i].greatest, b);
        if (bins->count[i] == NULL || !(b >= bins->low && b < bins->high))
            continue;
        slong row = (slong)((b - bins->low) / (bins->high - bins->low) * (double)bins->rows);
        uint32_t *visits = bins->count[i] + (row < bins->rows ? row : bins->rows - 1);
        *visits += *visits < UINT32_MAX; /* all starts of a column count here: held, not wrapped */
    }
}

/* What the threads of a run share: how far it is, and whether it was stopped. */
typedef struct {
    const ew_progress *progress;
    const char *what;
    slong total;
    atomic_long done; /* of the total */
    atomic_bool stopped;
} asker_t;

static bool is_first_thread(void)
{
#ifdef _OPENMP
    return omp_get_thread_num() == 0;
#else
    return true;
#endif
}

/* The caller's own thread asks, until it is told to stop; the others hear of it. */
static bool goes_on(asker_t *asker)
{
    if (is_first_thread() && !atomic_load(&asker->stopped) &&
        !ew_progress_tick(asker->progress, asker->what, (ulong)atomic_load(&asker->done),
                          (ulong)asker->total))
        atomic_store(&asker->stopped, true);
    return !atomic_load(&asker->stopped);
}

/* The records phase: visits, and the growth of a tangent vector in batches. `balanced`: one along a = b, kept there against rounding,
 * which would turn it across where that shrinks more slowly. False when stopped. */
static bool record(ew_seen *seen, const bins_t *bins, lanes_t *lanes, slong depth, bool balanced,
                   slong samples, asker_t *asker)
{
    tangent_t tangent;
    double sum[LANES] = {0}, squares[LANES] = {0}, batch[LANES] = {0};
    slong length = samples / BATCHES;
    for (int i = 0; i < LANES; i++) {
        tangent.da[i] = 1;
        tangent.db[i] = 1;
        seen[i].least = INFINITY;
        seen[i].greatest = -INFINITY;
    }
    for (slong t = 1; t <= length * BATCHES; t++) {
        put(bins, lanes, seen);
        ew_lanes_run_tangent(lanes, &tangent, depth);
        if (t % ASK_EVERY == 0 && !goes_on(asker))
            return false;
        if (t % RENORMALISE != 0 && t % length != 0)
            continue;
        for (int i = 0; i < LANES; i++) {
            double size = hypot(tangent.da[i], tangent.db[i]);
            batch[i] += log(size);
            tangent.da[i] /= size;
            tangent.db[i] = balanced ? tangent.da[i] : tangent.db[i] / size;
            if (t % length == 0) {
                batch[i] /= (double)length;
                sum[i] += batch[i];
                squares[i] += batch[i] * batch[i];
                batch[i] = 0;
            }
        }
    }
    for (int i = 0; i < LANES; i++) {
        double mean = sum[i] / BATCHES;
        seen[i].lyapunov = mean;
        seen[i].lyapunov_error = sqrt(fmax(0, squares[i] / BATCHES - mean * mean) / (BATCHES - 1));
    }
    return true;
}

/* The smallest period 1 .. 64 with which each lane recurs, twice over; 0: none. */
static void find_periods(ew_seen *seen, lanes_t *lanes, slong depth)
{
    lanes_t start = *lanes;
    int hits[LANES][LONGEST + 1];
    memset(hits, 0, sizeof hits);
    for (int t = 1; t <= 2 * LONGEST; t++) {
        ew_lanes_run(lanes, depth, 1);
        for (int i = 0; i < LANES; i++) {
            double off = fabs(lanes->a[i] - start.a[i]) + fabs(lanes->b[i] - start.b[i]);
            if (off < SAME * (fabs(start.a[i]) + fabs(start.b[i])))
                for (int n = 1; n <= LONGEST; n++)
                    if (t == n || t == 2 * n)
                        hits[i][n]++;
        }
    }
    for (int i = 0; i < LANES; i++) {
        seen[i].period = 0;
        for (int n = LONGEST; n >= 1; n--)
            if (hits[i][n] == 2)
                seen[i].period = n;
    }
}

static void judge(ew_seen *seen, const lanes_t *lanes, slong depth)
{
    for (int i = 0; i < LANES; i++) {
        double a = lanes->a[i], b = lanes->b[i];
        ew_seen *s = seen + i;
        bool stays = fabs(a) + fabs(b) < TOO_FAR; /* false for NaN */
        double r = a * pow(b, (double)depth - 1) - 1;
        if (!stays) {
            s->behaviour = EW_SEEN_DIVERGES;
            s->period = 0;
            s->lyapunov = s->lyapunov_error = s->least = s->greatest = NAN;
        } else if (s->period == 1)
            s->behaviour = fabs(r) < 1e-3 ? EW_SEEN_CONVERGES : EW_SEEN_SADDLE;
        else if (s->period > 1)
            s->behaviour = EW_SEEN_PERIODIC;
        else if (s->greatest < 0.5 || (fabs(r) > 0.5 && s->greatest - s->least < 0.1))
            s->behaviour = EW_SEEN_SADDLE; /* creeping along the plateau */
        else
            s->behaviour = s->lyapunov > 2 * s->lyapunov_error ? EW_SEEN_CHAOS : EW_SEEN_UNSETTLED;
        if (s->behaviour == EW_SEEN_SADDLE)
            s->period = 0; /* at rest there or creeping by, which differs by rounding alone */
    }
}

/* The steps before anything is recorded; false when stopped. */
static bool pass_transient(lanes_t *lanes, slong depth, slong transient, asker_t *asker)
{
    for (slong t = 0; t < transient; t += ASK_EVERY) {
        if (!goes_on(asker))
            return false;
        ew_lanes_run(lanes, depth, FLINT_MIN(ASK_EVERY, transient - t));
    }
    return goes_on(asker);
}

/* Up to LANES trajectories of one depth; `count` of `seen` are wanted, their s, alpha and depth set. */
static void observe(ew_seen *wanted, slong count, const bins_t *bins, ew_dynamics dynamics,
                    slong transient, slong samples, asker_t *asker)
{
    lanes_t lanes;
    ew_seen seen[LANES] = {{0}};
    slong depth = wanted[0].depth;
    for (int i = 0; i < LANES; i++) { /* what is not wanted repeats the first */
        seen[i] = wanted[i < count ? i : 0];
        lanes.a[i] = dynamics == EW_BALANCED ? seen[i].alpha : 0;
        lanes.b[i] = seen[i].alpha;
        lanes.eta[i] = seen[i].s / (double)depth;
    }
    if (!pass_transient(&lanes, depth, transient, asker) ||
        !record(seen, bins, &lanes, depth, dynamics == EW_BALANCED, samples, asker))
        return;
    find_periods(seen, &lanes, depth);
    judge(seen, &lanes, depth);
    for (slong i = 0; i < count; i++)
        wanted[i] = seen[i];
}

static int threads_of(int asked)
{
#ifdef _OPENMP
    return asked > 0 ? asked : omp_get_max_threads();
#else
    (void)asked;
    return 1;
#endif
}

/* Runs all cells, LANES of them at a time, on so many threads; the caller's own waits for the others' last and asks
 * meanwhile. */
static ew_status run_all(void (*run)(void *out, slong first, slong count, asker_t *asker),
                         void *out, int threads, asker_t *asker)
{
#pragma omp parallel num_threads(threads)
    {
#pragma omp for schedule(dynamic) nowait
        for (slong first = 0; first < asker->total; first += LANES) {
            slong count = FLINT_MIN(LANES, asker->total - first);
            if (!atomic_load(&asker->stopped))
                run(out, first, count, asker);
            atomic_fetch_add(&asker->done, count);
        }
        while (is_first_thread() && atomic_load(&asker->done) < asker->total) {
            goes_on(asker);
            nanosleep(&(struct timespec){0, 10000000}, NULL);
        }
    }
    return goes_on(asker) ? EW_OK : EW_STOPPED;
}

/* ---- Diagrams ----------------------------------------------------------------------------------- */

void ew_diagram_init(ew_diagram_t diagram)
{
    memset(diagram, 0, sizeof *diagram);
}

void ew_diagram_clear(ew_diagram_t diagram)
{
    free(diagram->count);
    free(diagram->column);
    free(diagram->differs);
    ew_diagram_init(diagram);
}

double ew_diagram_bytes(const ew_diagram_spec *spec)
{
    return (double)spec->columns * ((double)spec->rows * sizeof(uint32_t) + sizeof(ew_seen) + 1);
}

double ew_diagram_value(const ew_diagram_spec *spec, slong column)
{
    double value =
        spec->from + (spec->to - spec->from) * (double)column / (double)(spec->columns - 1);
    return spec->axis == EW_AXIS_DEPTH ? floor(value + 0.5) : value;
}

/* What is known of a trajectory before it runs. */
static ew_seen planned(const ew_diagram_spec *spec, slong column, slong start)
{
    double value = ew_diagram_value(spec, column);
    ew_seen seen = {.s = spec->s, .alpha = spec->alphas[start], .depth = spec->depth};
    if (spec->axis == EW_AXIS_S)
        seen.s = value;
    else if (spec->axis == EW_AXIS_ALPHA)
        seen.alpha = value;
    else
        seen.depth = ew_word_between(value, 0, DEEPEST);
    return seen;
}

/* The columns from `first` on that one call of observe() can take: of one depth. `out`: a diagram. */
static void run_columns(void *out, slong first, slong count, asker_t *asker)
{
    ew_diagram_struct *diagram = out;
    const ew_diagram_spec *spec = &diagram->spec;
    for (slong start = 0; start < spec->starts; start++)
        for (slong done = 0; done < count;) {
            ew_seen seen[LANES] = {{0}};
            bins_t bins = {.low = spec->low, .high = spec->high, .rows = spec->rows};
            slong together = 0;
            for (; done + together < count; together++) {
                slong column = first + done + together;
                seen[together] = planned(spec, column, start);
                if (seen[together].depth != seen[0].depth)
                    break;
                bins.count[together] = diagram->count + column * spec->rows;
            }
            observe(seen, together, &bins, spec->dynamics, spec->transient, spec->samples, asker);
            for (slong i = 0; i < together; i++) {
                ew_seen *column = diagram->column + first + done + i;
                if (start == 0)
                    *column = seen[i];
                else if (seen[i].behaviour != column->behaviour || seen[i].period != column->period)
                    diagram->differs[first + done + i] = true;
            }
            done += together;
        }
}

static bool is_range(double from, double to)
{
    return isfinite(from) && isfinite(to) && from < to;
}

static bool lengths_fit(slong columns, slong rows, slong transient, slong samples, int threads)
{
    return columns >= 2 && columns <= DEEPEST && rows >= 1 && rows <= DEEPEST && transient >= 0 &&
           samples >= 256 && threads >= 0 && threads <= MOST_THREADS;
}

static bool diagram_fits(const ew_diagram_spec *spec)
{
    if (spec == NULL || (spec->dynamics != EW_PAIR && spec->dynamics != EW_BALANCED) ||
        (unsigned)spec->axis > EW_AXIS_DEPTH || !ew_depth_fits(spec->depth) || !isfinite(spec->s) ||
        !is_range(spec->from, spec->to) || !is_range(spec->low, spec->high) ||
        spec->alphas == NULL || spec->starts < 1 || spec->starts > DEEPEST ||
        !lengths_fit(spec->columns, spec->rows, spec->transient, spec->samples, spec->threads))
        return false;
    for (slong i = 0; i < spec->starts; i++)
        if (!isfinite(spec->alphas[i]))
            return false;
    return spec->axis != EW_AXIS_DEPTH || (spec->from >= 2 && spec->to <= DEEPEST);
}

ew_status ew_diagram_run(ew_diagram_t diagram, const ew_diagram_spec *spec,
                         const ew_progress *progress)
{
    if (diagram == NULL || !diagram_fits(spec))
        return EW_BAD_INPUT;
    ew_diagram_clear(diagram);
    if (ew_memory_check(ew_diagram_bytes(spec)) != EW_OK)
        return EW_RESOURCES;
    diagram->spec = *spec;
    slong columns = spec->columns;
    diagram->count = calloc((size_t)columns * (size_t)spec->rows, sizeof *diagram->count);
    diagram->column = calloc((size_t)columns, sizeof *diagram->column);
    diagram->differs = calloc((size_t)columns, sizeof *diagram->differs);
    if (diagram->count == NULL || diagram->column == NULL || diagram->differs == NULL)
        return EW_RESOURCES;
    asker_t asker = {.progress = progress, .what = "columns", .total = spec->columns};
    return run_all(run_columns, diagram, threads_of(spec->threads), &asker);
}

/* ---- Maps of behaviour ---------------------------------------------------------------------------- */

void ew_map_init(ew_map_t map)
{
    memset(map, 0, sizeof *map);
}

void ew_map_clear(ew_map_t map)
{
    free(map->behaviour);
    free(map->period);
    ew_map_init(map);
}

double ew_map_bytes(const ew_map_spec *spec)
{
    return 2 * (double)spec->columns * (double)spec->rows;
}

static void run_cells(void *out, slong first, slong count, asker_t *asker)
{
    ew_map_struct *map = out;
    const ew_map_spec *spec = &map->spec;
    ew_seen seen[LANES] = {{0}};
    bins_t bins = {.rows = 0};
    for (slong i = 0; i < count; i++) {
        double x = (double)((first + i) % spec->columns) / (double)(spec->columns - 1);
        double y = (double)((first + i) / spec->columns) / (double)(spec->rows - 1);
        seen[i] = (ew_seen){.s = spec->s_from + (spec->s_to - spec->s_from) * x,
                            .alpha = spec->alpha_from + (spec->alpha_to - spec->alpha_from) * y,
                            .depth = spec->depth};
    }
    observe(seen, count, &bins, EW_PAIR, spec->transient, spec->samples, asker);
    for (slong i = 0; i < count; i++) {
        map->behaviour[first + i] = (uint8_t)seen[i].behaviour;
        map->period[first + i] = (uint8_t)seen[i].period;
    }
}

static bool map_fits(const ew_map_spec *spec)
{
    return spec != NULL && ew_depth_fits(spec->depth) && is_range(spec->s_from, spec->s_to) &&
           is_range(spec->alpha_from, spec->alpha_to) && spec->rows >= 2 &&
           lengths_fit(spec->columns, spec->rows, spec->transient, spec->samples, spec->threads);
}

ew_status ew_map_run(ew_map_t map, const ew_map_spec *spec, const ew_progress *progress)
{
    if (map == NULL || !map_fits(spec))
        return EW_BAD_INPUT;
    ew_map_clear(map);
    if (ew_memory_check(ew_map_bytes(spec)) != EW_OK)
        return EW_RESOURCES;
    map->spec = *spec;
    slong cells = spec->columns * spec->rows;
    map->behaviour = malloc((size_t)cells);
    map->period = malloc((size_t)cells);
    if (map->behaviour == NULL || map->period == NULL)
        return EW_RESOURCES;
    asker_t asker = {.progress = progress, .what = "cells", .total = cells};
    return run_all(run_cells, map, threads_of(spec->threads), &asker);
}
