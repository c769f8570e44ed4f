/* Edgewise: theorems about gradient descent beyond the edge of stability, checked with proof.
 *
 * The umbrella header. One header per room, in the order in which they build on each other:
 *
 *   num      exact rationals from text, decimals with proved digits, status codes, progress
 *   format   number formats and their arithmetic, from fp8 to balls
 *   model    the learning problem: depth, step size, singular values, init; its regime; its maps
 *   predict  what the theorems say: orbit polynomial, its roots, multipliers, the balancing bound
 *   isolate  all real roots of any integer polynomial
 *   singular  all singular values of a rational matrix, exactly, and its rank
 *   slp      real roots of straight-line programs, without expanding them
 *   dynatomic  points of period n: the polynomial, and all real cycles
 *   proof    theorems for all depths and step sizes at once, with certificates
 *   observe  what gradient descent does: simulators, cycle detection, trapping regions
 *   diagram  attractors over ranges of parameters: bifurcation diagrams, maps of behaviour
 *   claims   one claim each: statement, hypothesis, check(predict, observe) -> verdict
 *   stress   each claim tried in a number format, and held against its verdict
 *   report   text and JSON for what the other rooms return
 *   figure   figures as tables and gnuplot scripts
 *   page     all of a problem on one HTML page
 *
 * Conventions, as in FLINT and Arb: `ew_thing_t x; ew_thing_init(x); ... ew_thing_clear(x);`, output
 * arguments first, `slong prec` (bits) last. A ball (`arb_t`) returned by this library always
 * contains the true value. The library never prints, exits, or reads argv or the environment.
 *
 * Bad arguments: a mode or problem that ew_mode_check or ew_problem_check refuses, a precision that is not 2 to EW_PREC_MAX, a
 * NULL that is not said to be allowed, a member that an enumeration does not have. A function that returns a status answers
 * EW_BAD_INPUT, one that returns a pointer NULL; a ball that cannot be computed is not finite; other answers (a sign, a count)
 * then mean nothing. Objects have to be initialised before.
 *
 * Memory: what input can make large is asked for before it is allocated, and refused with EW_RESOURCES. The small allocations of
 * FLINT, GMP and MPFR cannot be refused like that: one that fails ends the process by FLINT's or GMP's abort. A host that wants
 * to do something first sets a function of its own, which must not return, by flint_set_abort(), and allocation functions of its
 * own by __flint_set_memory_functions() and mp_set_memory_functions(), before its first call. If that function leaves by
 * longjmp(), what the interrupted call had allocated, and every object that it was given, is lost: not to be used or cleared.
 */
#ifndef EDGEWISE_H
#define EDGEWISE_H

#include <edgewise/claims.h>
#include <edgewise/diagram.h>
#include <edgewise/dynatomic.h>
#include <edgewise/figure.h>
#include <edgewise/format.h>
#include <edgewise/isolate.h>
#include <edgewise/model.h>
#include <edgewise/num.h>
#include <edgewise/observe.h>
#include <edgewise/page.h>
#include <edgewise/predict.h>
#include <edgewise/proof.h>
#include <edgewise/report.h>
#include <edgewise/singular.h>
#include <edgewise/slp.h>
#include <edgewise/stress.h>

#endif
