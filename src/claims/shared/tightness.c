/* How tight a bound on alpha can be: the alpha at which contraction starts to fail, bracketed with
 * proof on both sides. theory/balancing-gap.md (tightness) */
#include <edgewise/claims.h>

/* OPEN: nothing proved within the steps; BLURRED: a sign was not decided at this precision. */
typedef enum { CONTRACTS, GROWS, OPEN, BLURRED } behaviour;

enum { LONGEST_RUN = 4000 };

/* One ball run from (0, alpha): GROWS at the first X > 2; CONTRACTS once the state is in the region of
 * lemma B (a >= 0, b > 0, r <= 0, gap at most `safe`), X < 2 at every step before. */
static behaviour run(slong *step, const ew_mode_t mode, const fmpq_t alpha, const arb_t safe,
                     slong prec)
{
    ew_ball_mode_t ball;
    arb_t a, b, k, r, X, gap, two;
    ew_ball_mode_init(ball, mode, prec);
    arb_init(a);
    arb_init(b);
    arb_init(k);
    arb_init(r);
    arb_init(X);
    arb_init(gap);
    arb_init(two);
    arb_set_ui(two, 2);
    arb_set_fmpq(b, alpha, prec);
    arb_sqr(gap, b, prec);
    behaviour what = OPEN;
    for (*step = 0; *step < LONGEST_RUN; (*step)++) {
        bool upright = arb_is_nonnegative(a) && arb_is_positive(b);
        ew_pair_step_ball(a, b, k, r, ball);
        if (upright && arb_is_nonpositive(r) && arb_le(gap, safe)) {
            what = CONTRACTS;
            break;
        }
        arb_sqr(X, k, prec);
        if (!arb_lt(X, two)) { /* X > 2 makes a gap grow that is not zero */
            what = arb_gt(X, two) && arb_is_positive(gap) ? GROWS : BLURRED;
            break;
        }
        arb_sub_ui(X, X, 1, prec); /* |gap| <- |X - 1| |gap| */
        arb_abs(X, X);
        arb_mul(gap, gap, X, prec);
    }
    ew_ball_mode_clear(ball);
    arb_clear(a);
    arb_clear(b);
    arb_clear(k);
    arb_clear(r);
    arb_clear(X);
    arb_clear(gap);
    arb_clear(two);
    return what;
}

/* The behaviour from alpha = n unit, with more precision as needed. */
static behaviour classify(fmpq_t alpha, slong *step, slong n, const fmpq_t unit,
                          const ew_mode_t mode, const arb_t safe, const ew_effort *effort)
{
    fmpq_mul_si(alpha, unit, n);
    behaviour what = BLURRED;
    for (slong prec = 128; what == BLURRED && prec <= FLINT_MIN(effort->max_prec, 8192); prec *= 4)
        what = run(step, mode, alpha, safe, prec);
    return what;
}

ew_status ew_balance_tightness(fmpq_t contracts_at, fmpq_t grows_at, slong *grows_step,
                               const ew_mode_t mode, const ew_effort *effort)
{
    fmpq_zero(grows_at);
    *grows_step = -1;
    ew_balance_better_bound(contracts_at, mode, effort->prec);
    arb_t safe, edge;
    fmpq_t unit, alpha;
    arb_init(safe);
    arb_init(edge);
    fmpq_init(unit);
    fmpq_init(alpha);
    arb_set_fmpq(safe, contracts_at, effort->prec);
    arb_sqr(safe, safe, effort->prec);
    ew_mode_edge(edge, mode, 64);
    slong exponent = (slong)(0.30103 * (double)arf_abs_bound_lt_2exp_si(arb_midref(edge)));
    fmpq_set_si(unit, 10, 1);
    fmpq_pow_si(unit, unit, exponent - 4);

    /* up from the proved bound in steps of a twentieth to a failure, then bisection */
    fmpq_div(alpha, contracts_at, unit);
    fmpz_t n;
    fmpz_init(n);
    fmpz_fdiv_q(n, fmpq_numref(alpha), fmpq_denref(alpha));
    slong good = fmpz_get_si(n), bad = -1, step, trial = good;
    fmpz_clear(n);
    ew_status status = EW_OK;
    for (int i = 0; i < 240 && bad < 0; i++) {
        if (!ew_progress_tick(effort->progress, "looking where contraction fails", (ulong)i, 240)) {
            status = EW_STOPPED;
            break;
        }
        trial += trial / 20 + 1;
        behaviour what = classify(alpha, &step, trial, unit, mode, safe, effort);
        if (what == CONTRACTS)
            good = trial;
        if (what == GROWS)
            bad = trial;
    }
    while (status == EW_OK && bad - good > 1) {
        trial = good + (bad - good) / 2;
        behaviour what = classify(alpha, &step, trial, unit, mode, safe, effort);
        if (what == OPEN || what == BLURRED)
            break;
        *(what == GROWS ? &bad : &good) = trial;
    }
    if (bad >= 0) /* the same exact run again, for its step */
        classify(grows_at, grows_step, bad, unit, mode, safe, effort);
    if (status == EW_OK && good > 0 && !fmpq_is_zero(contracts_at))
        fmpq_mul_si(contracts_at, unit, good);
    if (status == EW_OK && (bad < 0 || fmpq_is_zero(contracts_at)))
        status = EW_UNDECIDED_STATUS;
    arb_clear(safe);
    arb_clear(edge);
    fmpq_clear(unit);
    fmpq_clear(alpha);
    return status;
}
