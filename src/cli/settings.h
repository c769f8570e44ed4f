/* The options as values: the problem, and how to work and to write. */
#ifndef EDGEWISE_CLI_SETTINGS_H
#define EDGEWISE_CLI_SETTINGS_H

#include "cli/options.h"
#include <edgewise.h>

/* What a diagram's horizontal axis is. */
typedef enum { AXIS_S, AXIS_ETA, AXIS_ALPHA, AXIS_DEPTH } axis_id;

/* Where `spectrum` looks. */
typedef enum { AT_MINIMUM, AT_REACHED, AT_LOW, AT_HIGH } point_id;

typedef struct {
    ew_problem_t problem;
    slong index; /* which singular value, from 1 */
    slong digits;
    slong period; /* of orbit */
    bool alpha_given;
    int method; /* of orbit: ew_orbit_method, or -1: not given */
    slong prec; /* 0: not given */
    slong steps;
    slong every;
    ew_arithmetic arithmetic;
    ew_dynamics dynamics;
    bool haar;
    ulong seed;
    ew_start_kind start;
    fmpq_t off_diagonal;
    bool flow;
    bool sharpness;
    int at; /* point_id */
    bool steps_given;
    slong top; /* 0: the whole spectrum */
    slong bits;
    const char *phases; /* NULL: not given */
    ew_format format;   /* arithmetic EW_IN_FORMAT */
    ew_format *formats; /* of --formats, or the standard ones; owned */
    slong format_count;
    ew_order orders[4];
    slong order_count;
    ew_rounding rounding;
    slong most_bits;
    bool limit;
    slong doublings, window; /* 0: no window */
    const char *
        claim; /* stress, precision: the claim asked about; prove: the theorem; figure: its name; or NULL */
    const char *output;                        /* NULL: the default */
    const char *region, *certificate, *resume; /* of prove; NULL: not given */
    int axis;                                  /* axis_id */
    fmpq_t from, to, view[2];                  /* has_..: given */
    bool has_from, has_to, has_view;
    fmpq *starts; /* start_count of them, owned */
    slong start_count, columns, rows, transient, samples, threads;
    bool has_check;
    fmpq_t check;
    bool has_depth, has_eta; /* of target: given */
    bool has_target;
    bool
        sigma_unknown; /* a network of the matrix itself: the problem's singular values are none of its */
    fmpq_mat_t target; /* has_target: the matrix of --target; dim is its own */
    bool json;
    bool csv;
    bool quiet;
    bool polynomial;
    ew_style style;
    ew_progress progress;
} settings_t;

/* Reads everything that `command` takes, problem file included. Returns 0, or the exit code after one line on
 * stderr; `settings` is to be cleared in either case. */
int settings_read(settings_t *settings, options_t *options, int command);
void settings_clear(settings_t *settings);

/* The mode of --index. */
void settings_mode(ew_mode_t mode, const settings_t *settings);

/* The precision of a simulation in MPFR or balls: --prec, or 128 bits. */
slong settings_prec(const settings_t *settings);

/* The cap on the precision: --prec, or 32768 and what the digits need. */
slong settings_max_prec(const settings_t *settings);

/* The network of the options and its target (initialised by the caller), at step 0. 0, or the exit code after one
 * line on stderr; *net is then NULL. */
int settings_network(ew_target_t target, ew_net **net, const settings_t *settings);

/* Ends a command: the exit code for a library status and for writing to stdout, with one line on stderr where
 * something failed. `what` was being done. */
int settings_finish(ew_status status, const char *what);

#endif
