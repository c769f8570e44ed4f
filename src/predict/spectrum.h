/* What the two ways to a spectrum share. */
#ifndef EDGEWISE_PREDICT_SPECTRUM_H
#define EDGEWISE_PREDICT_SPECTRUM_H

#include <edgewise/predict.h>

/* Empties the spectrum and makes room for that many entries. EW_OK or EW_RESOURCES. */
EW_MUST_CHECK ew_status ew_spectrum_reserve(ew_spectrum_t spectrum, double entries, slong prec);

/* One more entry, to be set through what is returned; modes from 1. */
arb_ptr ew_spectrum_add(ew_spectrum_t spectrum, slong multiplicity, ew_eigen_kind kind, slong i,
                        slong j);

/* Sets the sharpness. */
void ew_spectrum_finish(ew_spectrum_t spectrum, slong prec);

/* At most that many entries come out of the blocks of a point. */
double ew_point_eigenvalues(const ew_point_t point);

/* How many blocks modes i and j have in common: pairs of copies. */
slong ew_point_pairs(const ew_point_t point, slong i, slong j);

/* sum_{l=1..L} (x_i^(L-l) y_j^(l-1))^2: the eigenvalue of the entries (i,j) at a minimum, where the residual
 * vanishes and the block has rank one. theory/hessian-spectrum.md (5) */
void ew_minimum_eigenvalue(arb_t value, const ew_point_t point, slong i, slong j, slong prec);

#endif
