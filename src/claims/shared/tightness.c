/* How tight a bound on alpha can be: the alpha at which contraction starts to fail, bracketed with
 * proof on both sides. theory/balancing-gap.md (tightness) */
#include "claims/shared/case.h"
#include "model/domain.h"

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

/* A search over alpha = n unit: n = good contracts, n = bad grows (-1 while none is known). */
typedef struct {
    const ew_mode_struct *mode;
    const ew_effort *effort;
    fmpq_t unit;
    arb_t safe; /* a gap for which lemma B holds */
    slong good;
    slong bad;
} search_t;

static void ew_search_init(search_t *search, const ew_mode_t mode, const ew_effort *effort)
{
    search->mode = mode;
    search->effort = effort;
    fmpq_init(search->unit);
    arb_init(search->safe);
    arb_t edge;
    arb_init(edge);
    ew_mode_edge(edge, mode, 64);
    slong exponent = (slong)(0.30103 * (double)arf_abs_bound_lt_2exp_si(arb_midref(edge)));
    fmpq_set_si(search->unit, 10, 1);
    fmpq_pow_si(search->unit, search->unit, exponent - 4);
    arb_clear(edge);

    fmpq_t better;
    fmpz_t n;
    fmpq_init(better);
    fmpz_init(n);
    slong prec = FLINT_MIN(effort->prec, effort->max_prec);
    ew_balance_better_bound(better, mode, prec);
    arb_set_fmpq(search->safe, better, prec);
    arb_sqr(search->safe, search->safe, prec);
    fmpq_div(better, better, search->unit);
    fmpz_fdiv_q(n, fmpq_numref(better), fmpq_denref(better));
    search->good = fmpz_get_si(n);
    search->bad = -1;
    fmpq_clear(better);
    fmpz_clear(n);
}

static void ew_search_clear(search_t *search)
{
    fmpq_clear(search->unit);
    arb_clear(search->safe);
}

/* The behaviour from alpha = n unit, with more precision as needed; notes it in the search. */
static behaviour classify(fmpq_t alpha, slong *step, slong n, search_t *search)
{
    fmpq_mul_si(alpha, search->unit, n);
    behaviour what = BLURRED;
    slong most = FLINT_MIN(search->effort->max_prec, 8192);
    for (slong prec = FLINT_MIN(128, most); what == BLURRED && prec > 0;
         prec = ew_case_more_bits(prec, most))
        what = run(step, search->mode, alpha, search->safe, prec);
    if (what == CONTRACTS)
        search->good = n;
    if (what == GROWS)
        search->bad = n;
    return what;
}

/* Up from the proved bound in steps of a twentieth until contraction fails. False when told to stop. */
static bool climb(fmpq_t alpha, slong *step, search_t *search)
{
    enum { TRIALS = 240 };
    slong trial = search->good;
    for (ulong i = 0; i < TRIALS && search->bad < 0; i++) {
        if (!ew_progress_tick(search->effort->progress, "looking where contraction fails", i,
                              TRIALS))
            return false;
        trial += trial / 20 + 1;
        classify(alpha, step, trial, search);
    }
    return true;
}

ew_status ew_balance_tightness(fmpq_t contracts_at, fmpq_t grows_at, slong *grows_step,
                               const ew_mode_t mode, const ew_effort *effort)
{
    if (grows_step == NULL || !ew_mode_is_positive(mode) || !ew_effort_fits(effort))
        return EW_BAD_INPUT;
    search_t search;
    ew_search_init(&search, mode, effort);
    fmpq_zero(grows_at);
    *grows_step = -1;
    slong step;
    bool going = climb(grows_at, &step, &search), known = true;
    while (going && known && search.bad - search.good > 1)
        known = classify(grows_at, &step, search.good + (search.bad - search.good) / 2, &search) <=
                GROWS;
    if (search.bad >= 0) /* the same run again, for its alpha and step */
        classify(grows_at, grows_step, search.bad, &search);
    else
        fmpq_zero(grows_at);
    fmpq_mul_si(contracts_at, search.unit, search.good);
    ew_status status = !going                               ? EW_STOPPED
                       : search.good > 0 && search.bad >= 0 ? EW_OK
                                                            : EW_UNDECIDED_STATUS;
    ew_search_clear(&search);
    return status;
}
