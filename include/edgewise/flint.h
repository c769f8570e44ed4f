/* The one place where FLINT 2.9 with its separate Arb 2.23 and FLINT 3 differ: where the headers
 * live. Everything else in the project includes this header. */
#ifndef EDGEWISE_FLINT_H
#define EDGEWISE_FLINT_H

#include <gmp.h>
#include <mpfr.h>
#include <stdbool.h>
#include <stdio.h>

#include <flint/flint.h>
#include <flint/fmpq.h>
#include <flint/fmpq_mat.h>
#include <flint/fmpq_poly.h>
#include <flint/fmpq_vec.h>
#include <flint/fmpz.h>
#include <flint/fmpz_poly.h>
#include <flint/fmpz_poly_factor.h>
#include <flint/fmpz_vec.h>
#include <flint/nmod_poly.h>
#include <flint/ulong_extras.h>

#if __has_include(<flint/nmod.h>)
#include <flint/nmod.h>
#else
#include <flint/nmod_vec.h>
#endif

#if __has_include(<flint/arb.h>)
#include <flint/acb_calc.h>
#include <flint/acb_mat.h>
#include <flint/arb.h>
#include <flint/arb_fmpz_poly.h>
#include <flint/arb_mat.h>
#include <flint/arb_poly.h>
#else
#include <acb_calc.h>
#include <acb_mat.h>
#include <arb.h>
#include <arb_fmpz_poly.h>
#include <arb_mat.h>
#include <arb_poly.h>
#endif

#endif
