/* Text and JSON for what the other rooms return. docs/json.md is the reference of the JSON.
 *
 * Every function that writes returns EW_OK, or EW_RESOURCES when writing fails. */
#ifndef EDGEWISE_REPORT_H
#define EDGEWISE_REPORT_H

#include <edgewise/claims.h>
#include <edgewise/diagram.h>
#include <edgewise/dynatomic.h>
#include <edgewise/proof.h>
#include <edgewise/singular.h>
#include <edgewise/stress.h>

EW_BEGIN_API

/* The number in the `schema` member of every JSON document. */
#define EW_JSON_SCHEMA 1

/* How text is written: colour only when asked, never alone; no more than `width` columns if it can be
 * helped. */
typedef struct {
    bool colour;
    int width;
} ew_style;

/* What `edgewise orbit` shows. */
typedef struct {
    ew_mode_t mode;
    ew_roots_t roots;
    ew_stability_t stability; /* set when the roots have rho_1 and rho_2 */
    arb_t flip_threshold;
    const fmpz_poly_struct *polynomial; /* the expanded Phi, or NULL when not asked for */
    slong digits;
} ew_orbit_report;

/* What `edgewise orbit --period` shows. */
typedef struct {
    ew_mode_t mode;
    ew_cycles_t cycles;
    const fmpz_poly_struct *polynomial; /* the expanded Phi_n, or NULL when not asked for */
    slong digits;
} ew_cycles_report;

/* What `edgewise balance` shows. */
typedef struct {
    ew_mode_t mode;
    bool in_domain;      /* 2 < s < 2 sqrt 2 */
    bool bound_exists;   /* s < 2 sqrt 2 */
    arb_t bound;         /* the poster's bound */
    fmpq_t better;       /* proved bound, 0 when none */
    fmpq_t contracts_at; /* an alpha from which |gap| is proved never to grow, 0 when none */
    fmpq_t grows_at;     /* an alpha from which X > 2 is proved at step grows_step */
    slong grows_step;    /* -1 when there is no grows_at */
    slong digits;
} ew_balance_report;

/* Each writes one document to `out` and returns EW_OK, or EW_RESOURCES when writing fails. */
EW_MUST_CHECK ew_status ew_report_orbit_text(FILE *out, const ew_orbit_report *report,
                                             ew_style style);
EW_MUST_CHECK ew_status ew_report_orbit_json(FILE *out, const ew_orbit_report *report);
EW_MUST_CHECK ew_status ew_report_cycles_text(FILE *out, const ew_cycles_report *report,
                                              ew_style style);
EW_MUST_CHECK ew_status ew_report_cycles_json(FILE *out, const ew_cycles_report *report);
EW_MUST_CHECK ew_status ew_report_balance_text(FILE *out, const ew_balance_report *report,
                                               ew_style style);
EW_MUST_CHECK ew_status ew_report_balance_json(FILE *out, const ew_balance_report *report);
EW_MUST_CHECK ew_status ew_report_verify_text(FILE *out, const ew_findings_t findings,
                                              const ew_problem_t problem, ew_style style);
EW_MUST_CHECK ew_status ew_report_verify_json(FILE *out, const ew_findings_t findings,
                                              const ew_problem_t problem);

/* How the steps of a simulation are written. */
typedef struct {
    ew_arithmetic arithmetic;
    ew_dynamics dynamics;
    slong digits;
} ew_step_format;

/* What the run has come to, written with its last recorded step. */
typedef struct {
    ew_fate fate;
    slong period; /* 1 for EW_CONVERGES, the cycle's for EW_PERIODIC, else 0 */
    bool proved;  /* by a ball trajectory in a trapping region; else observed */
} ew_outcome;

/* One recorded step, as a line of CSV (after the line of ew_report_step_csv_head), as a line of an aligned
 * table (likewise), or as one JSON object on a line. `outcome` is NULL but for the last step.
 * Each returns EW_OK, or EW_RESOURCES when writing fails. */
EW_MUST_CHECK ew_status ew_report_step_csv_head(FILE *out, const ew_sim *sim,
                                                const ew_step_format *format);
EW_MUST_CHECK ew_status ew_report_step_csv(FILE *out, const ew_record_t record, const ew_sim *sim,
                                           const ew_step_format *format);
EW_MUST_CHECK ew_status ew_report_step_text_head(FILE *out, const ew_sim *sim,
                                                 const ew_step_format *format);
EW_MUST_CHECK ew_status ew_report_step_text(FILE *out, const ew_record_t record, const ew_sim *sim,
                                            const ew_step_format *format);
EW_MUST_CHECK ew_status ew_report_step_json(FILE *out, const ew_record_t record, const ew_sim *sim,
                                            const ew_step_format *format,
                                            const ew_outcome *outcome);

/* ---- Networks ------------------------------------------------------------------------------ */

/* How the steps of a training are written. */
typedef struct {
    ew_arithmetic arithmetic;
    bool sharpness;
    slong digits;
} ew_train_format;

/* What a training has come to. */
typedef struct {
    bool diverges; /* a loss that is not finite, or beyond 10^100 */
    slong left_at; /* the first recorded step with an angle above 1/1000, or -1 */
} ew_train_outcome;

/* One recorded step of a network, as ew_report_step_*; JSON has all quantities, CSV too, the table those that fit:
 * the largest distance of a layer, the first four products and gaps. */
EW_MUST_CHECK ew_status ew_report_train_csv_head(FILE *out, const ew_net_record_t record,
                                                 const ew_train_format *format);
EW_MUST_CHECK ew_status ew_report_train_csv(FILE *out, const ew_net_record_t record,
                                            const ew_train_format *format);
EW_MUST_CHECK ew_status ew_report_train_text_head(FILE *out, const ew_net_record_t record,
                                                  const ew_train_format *format);
EW_MUST_CHECK ew_status ew_report_train_text(FILE *out, const ew_net_record_t record,
                                             const ew_train_format *format);
EW_MUST_CHECK ew_status ew_report_train_json(FILE *out, const ew_net_record_t record,
                                             const ew_train_format *format,
                                             const ew_train_outcome *outcome);

/* What `edgewise target` shows. */
typedef struct {
    ew_singular_t values;
    slong depth;  /* 0: not given */
    bool has_eta; /* only with a depth */
    fmpq_t eta;   /* not owned */
    slong oscillating,
        undecided; /* with eta: values beyond the edge, and those not told, with multiplicity */
    slong digits;
} ew_target_report;

EW_MUST_CHECK ew_status ew_report_target_text(FILE *out, const ew_target_report *report,
                                              ew_style style);
EW_MUST_CHECK ew_status ew_report_target_json(FILE *out, const ew_target_report *report);

/* What `edgewise spectrum` shows. */
typedef struct {
    const ew_problem_struct *problem;
    const char *at;         /* which point, in words */
    bool certified;         /* the values are enclosures */
    ew_spectrum_t spectrum; /* sorted */
    slong rank;             /* of a target whose values are not the problem's; 0: they are */
    slong top;              /* more than 0: only the top k of the whole network were computed */
    const double *largest;  /* those */
    slong digits;
} ew_spectrum_report;

EW_MUST_CHECK ew_status ew_report_spectrum_text(FILE *out, const ew_spectrum_report *report,
                                                ew_style style);
EW_MUST_CHECK ew_status ew_report_spectrum_csv(FILE *out, const ew_spectrum_report *report);
EW_MUST_CHECK ew_status ew_report_spectrum_json(FILE *out, const ew_spectrum_report *report);

/* What `edgewise floquet` shows. */
typedef struct {
    const ew_problem_struct *problem;
    ew_floquet_t floquet;
    const int *phase; /* one per singular value */
    slong outside, undecided;
    arb_t largest;
    arb_t departure;
    slong bits;
    slong digits;
} ew_floquet_report;

EW_MUST_CHECK ew_status ew_report_floquet_text(FILE *out, const ew_floquet_report *report,
                                               ew_style style);
EW_MUST_CHECK ew_status ew_report_floquet_csv(FILE *out, const ew_floquet_report *report);
EW_MUST_CHECK ew_status ew_report_floquet_json(FILE *out, const ew_floquet_report *report);

/* What `edgewise stress` shows. */
typedef struct {
    const ew_problem_struct *problem; /* not owned */
    const ew_stress_plan *plan;       /* not owned */
    ew_cells_t cells;
} ew_stress_report;

EW_MUST_CHECK ew_status ew_report_stress_text(FILE *out, const ew_stress_report *report,
                                              ew_style style);
EW_MUST_CHECK ew_status ew_report_stress_csv(FILE *out, const ew_stress_report *report);
EW_MUST_CHECK ew_status ew_report_stress_json(FILE *out, const ew_stress_report *report);

/* What `edgewise precision` shows. */
typedef struct {
    const ew_problem_struct *problem; /* not owned */
    const ew_stress_plan *plan;       /* not owned */
    ew_precision *rows;
    slong count;
} ew_precision_report;

EW_MUST_CHECK ew_status ew_report_precision_text(FILE *out, const ew_precision_report *report,
                                                 ew_style style);
EW_MUST_CHECK ew_status ew_report_precision_csv(FILE *out, const ew_precision_report *report);
EW_MUST_CHECK ew_status ew_report_precision_json(FILE *out, const ew_precision_report *report);

/* What `edgewise chaos` and `edgewise edge` show. Nothing but the results is owned. */
typedef struct {
    const ew_mode_struct *mode;
    const ew_stress_plan *plan;
    ew_chaos_t chaos;
} ew_chaos_report;

typedef struct {
    slong depth, most_k;
    const ew_stress_plan *plan;
    ew_edge_row *rows;
} ew_edge_report;

EW_MUST_CHECK ew_status ew_report_chaos_text(FILE *out, const ew_chaos_report *report,
                                             ew_style style);
EW_MUST_CHECK ew_status ew_report_chaos_csv(FILE *out, const ew_chaos_report *report);
EW_MUST_CHECK ew_status ew_report_chaos_json(FILE *out, const ew_chaos_report *report);
EW_MUST_CHECK ew_status ew_report_edge_text(FILE *out, const ew_edge_report *report,
                                            ew_style style);
EW_MUST_CHECK ew_status ew_report_edge_csv(FILE *out, const ew_edge_report *report);
EW_MUST_CHECK ew_status ew_report_edge_json(FILE *out, const ew_edge_report *report);

/* What `edgewise prove` shows: each theorem, for which depths, by how many boxes, and where it is undecided. */
EW_MUST_CHECK ew_status ew_report_proofs_text(FILE *out, const ew_proof_struct *proofs, slong count,
                                              ew_style style);
EW_MUST_CHECK ew_status ew_report_proofs_json(FILE *out, const ew_proof_struct *proofs,
                                              slong count);

/* The certificate of `count` proofs, which build/edgewise-check reads (docs/certificates.md). Depends on the proofs alone.
 * Returns EW_OK, EW_RESOURCES, or EW_BAD_INPUT for a NULL, a negative count, or a proof without its trees (not tried, or ended by
 * EW_RESOURCES). */
EW_MUST_CHECK ew_status ew_certificate_write(FILE *out, const ew_proof_struct *proofs, slong count);

/* The trees of a theorem in a certificate, for ew_prove to go on from; nothing else of it is read, nothing is trusted.
 *   proof  out: initialised; its count is 0 when the theorem is not in it
 * Returns EW_OK, EW_BAD_INPUT when it is no certificate, EW_RESOURCES. */
EW_MUST_CHECK ew_status ew_certificate_read(ew_proof_t proof, FILE *in, const char *theorem);

/* What `edgewise cascade` shows; depth 0: the limit. */
typedef struct {
    slong depth, digits;
    ew_cascade_t cascade;
    bool has_crises;
    arb_t zero, escape; /* where the attractor meets 0, and the second cycle; of finite depth */
    bool has_window;
    ew_threshold_struct window[3];
} ew_cascade_report;

EW_MUST_CHECK ew_status ew_report_cascade_text(FILE *out, const ew_cascade_report *report,
                                               ew_style style);
EW_MUST_CHECK ew_status ew_report_cascade_csv(FILE *out, const ew_cascade_report *report);
EW_MUST_CHECK ew_status ew_report_cascade_json(FILE *out, const ew_cascade_report *report);

/* What `edgewise bifurcation` shows. */
typedef struct {
    ew_diagram_t diagram;
    double unit; /* S, so that eta = s / S in the problem's own units; 0: the axis is not eta */
    bool checked;
    double check;           /* the value on the axis */
    ew_follow_t follow;     /* what balls prove there */
    ew_status check_status; /* of ew_follow */
} ew_diagram_report;

EW_MUST_CHECK ew_status ew_report_diagram_text(FILE *out, const ew_diagram_report *report,
                                               ew_style style);
EW_MUST_CHECK ew_status ew_report_diagram_csv(FILE *out, const ew_diagram_report *report);
EW_MUST_CHECK ew_status ew_report_diagram_json(FILE *out, const ew_diagram_report *report);

/* The map: a summary; a line for each cell; the cells as rows of numbers (docs/json.md). */
EW_MUST_CHECK ew_status ew_report_map_text(FILE *out, const ew_map_t map, ew_style style);
EW_MUST_CHECK ew_status ew_report_map_csv(FILE *out, const ew_map_t map);
EW_MUST_CHECK ew_status ew_report_map_json(FILE *out, const ew_map_t map);

EW_END_API

#endif
