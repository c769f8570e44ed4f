/* The checks, one per file; the registry is their only caller. */
#ifndef EDGEWISE_CLAIMS_CHECKS_H
#define EDGEWISE_CLAIMS_CHECKS_H

#include <edgewise/claims.h>

void ew_check_orbit_degree(ew_finding_t finding, ew_case *about);
void ew_check_orbit_low_root(ew_finding_t finding, ew_case *about);
void ew_check_orbit_high_root(ew_finding_t finding, ew_case *about);
void ew_check_orbit_only_two(ew_finding_t finding, ew_case *about);
void ew_check_orbit_attracts(ew_finding_t finding, ew_case *about);
void ew_check_balancing_gap(ew_finding_t finding, ew_case *about);
void ew_check_balancing_gap_every_alpha(ew_finding_t finding, ew_case *about);
void ew_check_balancing_gap_almost_every_alpha(ew_finding_t finding, ew_case *about);
void ew_check_balancing_below_edge(ew_finding_t finding, ew_case *about);
void ew_check_balancing_beyond_edge(ew_finding_t finding, ew_case *about);

#endif
