/* Attractors over a range of parameters: bifurcation diagrams and maps of behaviour, in doubles, many trajectories at a time.
 * Units with sigma = 1 throughout: only the depth and s matter, and alpha stands for alpha / sigma^(1/L). All of it is an
 * observation in doubles; theory/diagram.md says what it may be used for. */
#ifndef EDGEWISE_DIAGRAM_H
#define EDGEWISE_DIAGRAM_H

#include <edgewise/observe.h>
#include <stdint.h>

EW_BEGIN_API

/* What a trajectory is seen to do. */
typedef enum {
    EW_SEEN_CONVERGES, /* to a minimum */
    EW_SEEN_PERIODIC,  /* recurs with a period of 2 .. 64 */
    EW_SEEN_CHAOS,     /* no such period, and a Lyapunov exponent above twice its sampling error */
    EW_SEEN_UNSETTLED, /* neither: a long transient, a period above 64, or quasi-periodic */
    EW_SEEN_SADDLE,    /* at rest, or nearly, with p far from sigma: on the plateau */
    EW_SEEN_DIVERGES,
    EW_SEEN_COUNT
} ew_behaviour;

/* "converges", "periodic", "chaos", "unsettled", "saddle", "diverges"; static storage. */
const char *ew_behaviour_text(ew_behaviour behaviour);

/* What is on the horizontal axis; the rest stays fixed. */
typedef enum { EW_AXIS_S, EW_AXIS_ALPHA, EW_AXIS_DEPTH } ew_axis;

typedef struct {
    ew_dynamics dynamics; /* EW_PAIR from (0, alpha), or EW_BALANCED from alpha */
    slong depth;
    double s;
    const double *alphas; /* the starts, at least one; the first gives what `column` says */
    slong starts;
    ew_axis axis;
    double from, to; /* values of the first and the last column */
    slong columns;   /* >= 2 */
    double low, high;
    slong rows;      /* the range of b that is shown, from the bottom; >= 1 */
    slong transient; /* steps before anything is recorded */
    slong samples;   /* steps recorded; >= 256 */
    int threads;     /* 0: all the machine has. The result does not depend on it. */
} ew_diagram_spec;

/* One trajectory, seen. */
typedef struct {
    double s, alpha;
    slong depth;
    ew_behaviour behaviour;
    int period; /* 1 .. 64, or 0 */
    double lyapunov,
        lyapunov_error; /* largest exponent per step of (a, b), of the balanced map alone for EW_BALANCED, and its sampling error;
                           NaN where it diverged */
    double least, greatest; /* of b */
} ew_seen;

typedef struct {
    ew_diagram_spec spec;
    uint32_t
        *count; /* count[column * rows + row]: visits of b, all starts together; held at 2^32 - 1 */
    ew_seen *column; /* of the first start */
    bool *differs;   /* does another start end in another behaviour or period? */
} ew_diagram_struct;
typedef ew_diagram_struct ew_diagram_t[1];

void ew_diagram_init(ew_diagram_t diagram);
void ew_diagram_clear(ew_diagram_t diagram);

/* Bytes that a diagram needs, for ew_memory_check. */
double ew_diagram_bytes(const ew_diagram_spec *spec);

/* The value on the axis of a column. */
double ew_diagram_value(const ew_diagram_spec *spec, slong column);

/* Runs it. `spec` is copied, its alphas are not. Returns EW_OK, EW_STOPPED, EW_RESOURCES, or EW_BAD_INPUT for a bad
 * specification: a number that is not finite, an empty range, a length below those said above. */
EW_MUST_CHECK ew_status ew_diagram_run(ew_diagram_t diagram, const ew_diagram_spec *spec,
                                       const ew_progress *progress);

/* ---- The map of behaviour over (s, alpha) ------------------------------------------------------- */

typedef struct {
    slong depth;
    double s_from, s_to;
    slong columns; /* >= 2 */
    double alpha_from, alpha_to;
    slong rows; /* >= 2 */
    slong transient, samples;
    int threads;
} ew_map_spec;

typedef struct {
    ew_map_spec spec;
    uint8_t *behaviour; /* ew_behaviour of cell [row * columns + column], row 0 at alpha_from */
    uint8_t *period;
} ew_map_struct;
typedef ew_map_struct ew_map_t[1];

void ew_map_init(ew_map_t map);
void ew_map_clear(ew_map_t map);
double ew_map_bytes(const ew_map_spec *spec);

/* Runs the pair (0, alpha) in every cell. Returns as ew_diagram_run. */
EW_MUST_CHECK ew_status ew_map_run(ew_map_t map, const ew_map_spec *spec,
                                   const ew_progress *progress);

EW_END_API

#endif
