/* The plateau: from a small alpha and L >= 3 the state creeps along the hyperbola b^2 - a^2 = alpha^2, for 10^33 steps
 * or more. Here they are counted without being taken. theory/plateau.md */
#ifndef EDGEWISE_OBSERVE_PLATEAU_H
#define EDGEWISE_OBSERVE_PLATEAU_H

#include <edgewise/observe.h>

/* The plateau in units with sigma = 1, where k = h b^(L-2) (1 - p), and in psi = artanh(a/b):
 * K0(psi) = h alpha^(L-2) cosh(psi)^(L-2) (1 - p0), p0 = alpha^L sinh(psi) cosh(psi)^(L-1). */
typedef struct {
    slong depth;
    slong prec;
    arb_t h, alpha;
    arb_t edge; /* sigma^(1/L), what lengths are to be multiplied by */
} ew_slow_struct;
typedef ew_slow_struct ew_slow_t[1];

/* The sweep over cells in psi: integrals up to psi, and bounds that hold for the orbit so far. 64 bits. */
typedef struct {
    const ew_slow_struct *slow;
    arb_t psi;
    arb_t m;     /* M = int K0 */
    arb_t n;     /* int q M / K0 */
    arb_t delta; /* |e - M| <= delta at every step with an angle up to psi */
    arb_t error; /* |F - steps| <= error likewise */
} ew_sweep_struct;
typedef ew_sweep_struct ew_sweep_t[1];

void ew_sweep_init(ew_sweep_t sweep, const ew_slow_t slow);
void ew_sweep_clear(ew_sweep_t sweep);

/* Goes on to the angle `psi`, a number beyond sweep->psi. False when the bounds could not be established: the cell is too
 * wide or k too large. theory/plateau.md (5) - (8) */
bool ew_sweep_advance(ew_sweep_t sweep, const arb_t psi);

void ew_slow_init(ew_slow_t slow, const ew_mode_t mode, slong prec);
void ew_slow_clear(ew_slow_t slow);

/* About a base ball: K0 there (kappa), and the series of ln(K0 / kappa) and of p0. */
void ew_slow_series(arb_t kappa, arb_poly_t log, arb_poly_t p, const arb_t base, slong terms,
                    const ew_slow_t slow);

/* q = -d ln K / d e at e = 0, a series from that of p0. */
void ew_slow_coupling(arb_poly_t q, const arb_poly_t p, slong terms, const ew_slow_t slow);

/* A state reached after many steps. */
typedef struct {
    fmpz_t steps; /* exactly how many */
    arb_t x, m;   /* encloses (a + b)/2 and (a - b)/2 after them */
    arb_t k;      /* encloses k there */
} ew_crossing_struct;
typedef ew_crossing_struct ew_crossing_t[1];

void ew_crossing_init(ew_crossing_t crossing);
void ew_crossing_clear(ew_crossing_t crossing);

/* How many steps before the exit ew_plateau_cross is to stop, at most `most`: the more the sharper is the box, but the
 * plateau is to be several times as long. 0 where it is too short for every number. */
slong ew_plateau_left(const ew_mode_t mode, slong most);

/* The state some `left` steps (at least 2^10; 2^18 where more are asked for) before the exit, as a box, and the number of steps to it, exactly. Along the way 0 < k < 1/2
 * and 0 < p < sigma. Returns EW_OK, EW_BAD_INPUT where the plateau is not long, EW_UNDECIDED_STATUS when the bounds failed
 * or would need more than 2^26 bits, EW_STOPPED. theory/plateau.md */
EW_MUST_CHECK ew_status ew_plateau_cross(ew_crossing_t crossing, const ew_mode_t mode, slong left,
                                         const ew_progress *progress);

#endif
