/* What the parts of the table share. */
#ifndef EDGEWISE_CLAIMS_STRESS_STRESS_H
#define EDGEWISE_CLAIMS_STRESS_STRESS_H

#include "claims/stress/script.h"

/* Is it a plan that can be carried out? Its claim is not looked at. */
bool ew_plan_fits(const ew_stress_plan *plan);
bool ew_plan_orders_fit(
    const ew_stress_plan *plan); /* but for its formats, which precision tries of itself */

/* A new cell, with nothing in it. */
ew_cell *ew_cells_add(ew_cells_t cells);

/* The finding of that claim and index, or NULL. */
const ew_finding_struct *ew_stress_finding(const ew_findings_t findings, const char *claim,
                                           slong index);

/* Is this claim asked for? */
bool ew_stress_wants(const ew_stress_plan *plan, const char *claim);

/* Can a script try this claim about the network? */
bool ew_stress_knows_network(const char *claim);

/* The plan's rounding where the format knows it. */
ew_rounding ew_stress_rounding(const ew_stress_plan *plan, const ew_format *format);

/* The cells of the claims about the network. */
EW_MUST_CHECK ew_status ew_stress_network(ew_cells_t cells, const ew_problem_t problem,
                                          const ew_findings_t findings, const ew_stress_plan *plan,
                                          const ew_progress *progress);

#endif
