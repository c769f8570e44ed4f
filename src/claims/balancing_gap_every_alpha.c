/* balancing-gap-every-alpha: theory/balancing-gap-every-alpha.md. False for every L and 2 < s < 2 sqrt 2:
 * r_t is a polynomial in alpha, negative at alpha = 0, and from any alpha some r_t is >= 0 as every
 * minimum repels; so between 0 and that alpha r_t vanishes, and the gap stays. Here the sign change is
 * bracketed by exact rationals wherever the trajectory can be run. */
#include "claims/checks.h"
#include "claims/shared/case.h"
#include <stdlib.h>

/* Steps that may be spent on one trajectory and on all of them. */
enum { LONGEST_RUN = 200000, ALL_RUNS = 2000000 };

/* The sign of r_t from (0, alpha), by balls; 0 when undecided. With first_positive not NULL the run
 * ends at the first step at which r is certainly positive, which is returned there (or -1). */
static int residual_sign(ew_case *about, const fmpq_t alpha, slong t, slong *first_positive)
{
    int sign = 0;
    arb_t a, b, k, r;
    arb_init(a);
    arb_init(b);
    arb_init(k);
    arb_init(r);
    slong most = FLINT_MIN(about->effort.max_prec, 4096);
    for (slong prec = FLINT_MIN(128, most); sign == 0 && prec > 0;
         prec = ew_case_more_bits(prec, most)) {
        ew_ball_mode_t ball;
        ew_ball_mode_init(ball, about->mode, prec);
        arb_zero(a);
        arb_set_fmpq(b, alpha, prec);
        for (slong i = 0; i <= t; i++) {
            ew_pair_step_ball(a, b, k, r, ball);
            sign = arb_is_positive(r) ? 1 : arb_is_negative(r) ? -1 : 0;
            if (sign == 0)
                break;
            if (first_positive != NULL && sign > 0) {
                *first_positive = i;
                break;
            }
            if (i % 1024 == 0 &&
                !ew_progress_tick(about->effort.progress, "bracketing alpha", (ulong)i, (ulong)t)) {
                about->stopped = EW_STOPPED;
                break;
            }
        }
        ew_ball_mode_clear(ball);
        if (about->stopped != EW_OK)
            break;
    }
    arb_clear(a);
    arb_clear(b);
    arb_clear(k);
    arb_clear(r);
    return sign;
}

/* unit = 10^e and n with n unit just below the bound, n of about `digits` digits. */
static void just_below(fmpz_t n, fmpq_t unit, const arb_t bound, slong digits)
{
    slong exponent = (slong)(0.30103 * (double)arf_abs_bound_lt_2exp_si(arb_midref(bound)));
    fmpq_set_si(unit, 10, 1);
    fmpq_pow_si(unit, unit, exponent - digits);
    arb_t t;
    arb_init(t);
    arb_div_fmpz(t, bound, fmpq_numref(unit), 128);
    arb_mul_fmpz(t, t, fmpq_denref(unit), 128);
    arb_floor(t, t, 128);
    arf_get_fmpz(n, arb_midref(t), ARF_RND_FLOOR);
    fmpz_sub_ui(n, n, 1);
    arb_clear(t);
}

static void scaled(fmpq_t alpha, const fmpz_t n, const fmpq_t unit)
{
    fmpq_mul_fmpz(alpha, unit, n);
}

/* Narrows lo < hi (in units), r_t(lo) < 0 < r_t(hi), within the budget of steps. */
static void narrow(fmpz_t lo, fmpz_t hi, const fmpq_t unit, slong t, ew_case *about)
{
    fmpz_t mid, width;
    fmpq_t alpha;
    fmpz_init(mid);
    fmpz_init(width);
    fmpq_init(alpha);
    for (slong spent = 0; spent < ALL_RUNS; spent += t + 1) {
        fmpz_sub(width, hi, lo);
        if (fmpz_cmp_ui(width, 1) <= 0)
            break;
        fmpz_fdiv_q_2exp(width, width, 1);
        fmpz_add(mid, lo, width);
        scaled(alpha, mid, unit);
        int sign = residual_sign(about, alpha, t, NULL);
        if (sign == 0)
            break;
        fmpz_set(sign < 0 ? lo : hi, mid);
    }
    fmpz_clear(mid);
    fmpz_clear(width);
    fmpq_clear(alpha);
}

/* An alpha in (0, bound) at which some r_t vanishes, bracketed: alpha_lo, alpha_hi and t. NULL, or what stood in the
 * way. */
static const char *bracket(fmpq_t alpha_lo, fmpq_t alpha_hi, slong *t, const arb_t bound,
                           ew_case *about)
{
    const char *obstacle = NULL;
    fmpz_t lo, hi;
    fmpq_t unit;
    fmpz_init(lo);
    fmpz_init(hi);
    fmpq_init(unit);
    just_below(hi, unit, bound, 13);
    scaled(alpha_hi, hi, unit);
    *t = -1;
    int end = residual_sign(about, alpha_hi, LONGEST_RUN, t);
    if (end == 0)
        obstacle = "the sign of r just below the bound was not decided at every step";
    else if (end < 0)
        obstacle = "no overshoot just below the bound in the steps followed";
    else { /* r_t < 0 for small alpha: go down until it is */
        int sign = 1;
        fmpz_set(lo, hi);
        for (int i = 0; i < 400 && sign > 0; i++) {
            fmpz_mul_ui(lo, lo, 15);
            fmpz_fdiv_q_2exp(lo, lo, 4);
            scaled(alpha_lo, lo, unit);
            sign = residual_sign(about, alpha_lo, *t, NULL);
            if (sign > 0)
                fmpz_set(hi, lo);
        }
        if (sign >= 0)
            obstacle = "no smaller alpha was found from which r is negative at that step";
    }
    if (obstacle == NULL) {
        narrow(lo, hi, unit, *t, about);
        scaled(alpha_lo, lo, unit);
        scaled(alpha_hi, hi, unit);
    }
    fmpz_clear(lo);
    fmpz_clear(hi);
    fmpq_clear(unit);
    return obstacle;
}

/* REFUTED by the sign change of r at step t between two exact alphas. */
static void refute(ew_finding_t finding, const fmpq_t lo, const fmpq_t hi, slong t)
{
    arb_t x, y;
    arb_init(x);
    arb_init(y);
    arb_set_fmpq(x, lo, 128);
    arb_set_fmpq(y, hi, 128);
    arb_union(x, x, y, 128);
    char *alpha = ew_decimal_best(x, 12);
    ew_finding_rational(finding, "alpha_lo", lo);
    ew_finding_rational(finding, "alpha_hi", hi);
    ew_finding_integer(finding, "step", t);
    ew_finding_decide(
        finding, EW_REFUTED, "this L, eta, sigma",
        "an alpha near %s lands on a minimum at step %ld, and its gap stays (r changes sign "
        "between two exact alphas)",
        alpha, t);
    free(alpha);
    arb_clear(x);
    arb_clear(y);
}

void ew_check_balancing_gap_every_alpha(ew_finding_t finding, ew_case *about)
{
    if (!ew_case_in_balancing_range(finding, about))
        return;
    arb_t bound;
    fmpq_t lo, hi;
    slong t;
    arb_init(bound);
    fmpq_init(lo);
    fmpq_init(hi);
    const char *obstacle = "the bound was not computed";
    if (ew_balance_bound(bound, about->mode, about->effort.prec) == EW_OK) {
        ew_finding_ball(finding, "bound", bound);
        obstacle = bracket(lo, hi, &t, bound, about);
    }
    arb_t check;
    arb_init(check);
    if (obstacle == NULL && ew_case_cmp_bound(check, about, hi) >= 0)
        obstacle = "the bracket was not proved to lie below the bound";
    if (obstacle == NULL)
        refute(finding, lo, hi, t);
    else
        ew_finding_decide(finding, EW_REFUTED, "this L, eta, sigma",
                          "some alpha in (0, bound) lands on a minimum (intermediate values, "
                          "theory); not bracketed: %s (%d steps, %ld bits at most)",
                          obstacle, LONGEST_RUN, FLINT_MIN(about->effort.max_prec, 4096));
    arb_clear(check);
    arb_clear(bound);
    fmpq_clear(lo);
    fmpq_clear(hi);
}
