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
void ew_check_oscillation_threshold(ew_finding_t finding, ew_case *about);

void ew_check_static_singular_vectors(ew_finding_t finding, ew_network_case *about);
void ew_check_static_singular_vectors_stable(ew_finding_t finding, ew_network_case *about);
void ew_check_loss_decouples(ew_finding_t finding, ew_network_case *about);
void ew_check_rank_p_decomposition(ew_finding_t finding, ew_network_case *about);
void ew_check_rank_p_decomposition_literal(ew_finding_t finding, ew_network_case *about);
void ew_check_rank_p_attracts(ew_finding_t finding, ew_network_case *about);
void ew_check_hessian_spectrum(ew_finding_t finding, ew_network_case *about);
void ew_check_hessian_spectrum_past_rank(ew_finding_t finding, ew_network_case *about);
void ew_check_flow_conserves(ew_finding_t finding, ew_network_case *about);
void ew_check_balanced_flattest(ew_finding_t finding, ew_network_case *about);
void ew_check_progressive_sharpening(ew_finding_t finding, ew_network_case *about);

#endif
