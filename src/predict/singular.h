/* What the two ways to singular values share. */
#ifndef EDGEWISE_PREDICT_SINGULAR_H
#define EDGEWISE_PREDICT_SINGULAR_H

#include <edgewise/singular.h>

/* m or its transpose as unit times an integer matrix a of content 1 with no more rows than columns; a is initialised by
 * the caller with that shape, and zero with unit 1 for m = 0. */
void ew_singular_scale(fmpz_mat_t a, fmpq_t unit, const fmpq_mat_t m);

/* Room for `count` values in an empty list. EW_OK or EW_RESOURCES. */
EW_MUST_CHECK ew_status ew_singular_reserve(ew_singular_t values, slong count);

#endif
