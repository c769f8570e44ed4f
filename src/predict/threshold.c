/* Cycles with a given multiplier, certified by Krawczyk's operator on (cycle, step size). theory/cascade.md (1) - (4) */
#include "num/domain.h"
#include "predict/cycle_jet.h"
#include <edgewise/predict.h>
#include <math.h>

void ew_threshold_init(ew_threshold_t t)
{
    t->period = 0;
    t->multiplier = 0;
    arb_init(t->s);
    arb_init(t->x);
    arb_init(t->across);
}

void ew_threshold_clear(ew_threshold_t t)
{
    arb_clear(t->s);
    arb_clear(t->x);
    arb_clear(t->across);
}

/* F = (x_n - x, p_n - mu) and its Jacobian by (x, s), at the point `at` = (x, s). theory/cascade.md (1) */
static void system_eval(arb_mat_t F, arb_mat_t J, const arb_mat_t at, slong n, const arb_t mu,
                        slong depth, slong prec)
{
    cycle_jet jet;
    ew_cycle_jet_init(&jet);
    ew_cycle_jet_run(&jet, arb_mat_entry(at, 0, 0), arb_mat_entry(at, 1, 0), n, depth, prec);
    arb_sub(arb_mat_entry(F, 0, 0), jet.x, arb_mat_entry(at, 0, 0), prec);
    arb_sub(arb_mat_entry(F, 1, 0), jet.p, mu, prec);
    arb_sub_ui(arb_mat_entry(J, 0, 0), jet.p, 1, prec);
    arb_set(arb_mat_entry(J, 0, 1), jet.q);
    arb_set(arb_mat_entry(J, 1, 0), jet.pp);
    arb_set(arb_mat_entry(J, 1, 1), jet.pq);
    ew_cycle_jet_clear(&jet);
}

/* Newton's iteration on midpoints. */
static bool polish(arb_mat_t at, slong n, const arb_t mu, slong depth, slong prec)
{
    arb_mat_t F, J;
    arb_mat_init(F, 2, 1);
    arb_mat_init(J, 2, 2);
    bool fine = true, done = false;
    for (int i = 0; i < 60 && fine && !done; i++) {
        arb_mat_get_mid(at, at);
        system_eval(F, J, at, n, mu, depth, prec);
        arb_mat_get_mid(F, F);
        arb_mat_get_mid(J, J);
        fine = arb_mat_solve(F, J, F, prec);
        arb_mat_sub(at, at, F, prec);
        fine = fine && arb_mat_is_finite(at);
        done = arf_cmpabs_2exp_si(arb_midref(arb_mat_entry(F, 0, 0)), -prec + prec / 4) < 0 &&
               arf_cmpabs_2exp_si(arb_midref(arb_mat_entry(F, 1, 0)), -prec + prec / 4) < 0;
    }
    arb_mat_get_mid(at, at);
    arb_mat_clear(F);
    arb_mat_clear(J);
    return fine && done;
}

/* Krawczyk: K = c - Y F(c) + (1 - Y J(X)) (X - c), c the centre of X and Y near J(c)^-1. K inside X proves one and only one zero
 * in X for every mu, and that it lies in K. theory/cascade.md (3) */
static bool krawczyk(arb_mat_t K, const arb_mat_t X, slong n, const arb_t mu, slong depth,
                     slong prec)
{
    arb_mat_t c, F, J, Y, R, unit;
    arb_mat_init(c, 2, 1);
    arb_mat_init(F, 2, 1);
    arb_mat_init(R, 2, 1);
    arb_mat_init(J, 2, 2);
    arb_mat_init(Y, 2, 2);
    arb_mat_init(unit, 2, 2);
    arb_mat_get_mid(c, X);
    system_eval(F, J, c, n, mu, depth, prec);
    arb_mat_get_mid(J, J);
    bool inside = arb_mat_inv(Y, J, prec);
    if (inside) {
        arb_mat_get_mid(Y, Y);
        arb_mat_mul(K, Y, F, prec);
        arb_mat_sub(K, c, K, prec);
        system_eval(F, J, X, n, mu, depth, prec);
        arb_mat_mul(J, Y, J, prec);
        arb_mat_one(unit);
        arb_mat_sub(J, unit, J, prec);
        arb_mat_sub(R, X, c, prec);
        arb_mat_mul(R, J, R, prec);
        arb_mat_add(K, K, R, prec);
        for (slong i = 0; i < 2; i++)
            inside = inside && arb_is_finite(arb_mat_entry(K, i, 0)) &&
                     arb_contains_interior(arb_mat_entry(X, i, 0), arb_mat_entry(K, i, 0));
    }
    arb_mat_clear(c);
    arb_mat_clear(F);
    arb_mat_clear(R);
    arb_mat_clear(J);
    arb_mat_clear(Y);
    arb_mat_clear(unit);
    return inside;
}

/* The zero near the midpoints of `at`, which becomes its enclosure. */
static bool certify(arb_mat_t at, slong n, const arb_t mu, slong depth, slong prec)
{
    arb_mat_t X, K;
    arb_mat_init(X, 2, 1);
    arb_mat_init(K, 2, 1);
    bool proved = false;
    for (slong bits = prec - prec / 4; !proved && bits > prec / 4; bits -= prec / 8) {
        arb_mat_set(X, at);
        arb_add_error_2exp_si(arb_mat_entry(X, 0, 0), -bits);
        arb_add_error_2exp_si(arb_mat_entry(X, 1, 0), -bits);
        proved = krawczyk(K, X, n, mu, depth, prec);
    }
    if (proved)
        arb_mat_set(at, K);
    arb_mat_clear(X);
    arb_mat_clear(K);
    return proved;
}

/* No smaller period: f^d(x) != x for every proper divisor d of n, certainly. theory/cascade.md (4) */
static bool has_exact_period(const ew_threshold_t t, slong depth, slong prec)
{
    cycle_jet jet;
    ew_cycle_jet_init(&jet);
    bool exact = true;
    for (slong d = 1; d < t->period && exact; d++) {
        if (t->period % d != 0)
            continue;
        ew_cycle_jet_run(&jet, t->x, t->s, d, depth, prec);
        exact = !arb_overlaps(jet.x, t->x);
    }
    ew_cycle_jet_clear(&jet);
    return exact;
}

void ew_threshold_minimum(ew_threshold_t out, slong depth, slong multiplier)
{
    out->period = 1;
    out->multiplier = multiplier;
    arb_set_si(out->s, 1 - multiplier);
    arb_set_ui(out->x, depth > 0);
    arb_one(out->across);
}

/* Balls grow by a few bits a step. */
static slong working_bits(slong prec, slong period)
{
    return 2 * prec + 64 + 10 * period;
}

/* Certifies the zero near the midpoints of `at`. */
static ew_status finish(ew_threshold_t out, arb_mat_t at, slong depth, slong period,
                        slong multiplier, slong wp)
{
    arb_t mu;
    arb_init(mu);
    arb_set_si(mu, multiplier);
    bool fine = polish(at, period, mu, depth, wp) && certify(at, period, mu, depth, wp);
    out->period = period;
    out->multiplier = multiplier;
    arb_set(out->x, arb_mat_entry(at, 0, 0));
    arb_set(out->s, arb_mat_entry(at, 1, 0));
    fine = fine && has_exact_period(out, depth, wp);
    if (fine) {
        cycle_jet jet;
        ew_cycle_jet_init(&jet);
        ew_cycle_jet_run(&jet, out->x, out->s, period, depth, wp);
        arb_set(out->across, jet.c);
        ew_cycle_jet_clear(&jet);
    }
    arb_clear(mu);
    return fine ? EW_OK : EW_UNDECIDED_STATUS;
}

ew_status ew_threshold_certify(ew_threshold_t out, slong depth, slong period, slong multiplier,
                               double x, double s, slong prec)
{
    if (out == NULL || !ew_cycle_fits(depth, period, multiplier, prec) || !isfinite(x) ||
        !isfinite(s))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    arb_mat_t at;
    arb_mat_init(at, 2, 1);
    arb_set_d(arb_mat_entry(at, 0, 0), x);
    arb_set_d(arb_mat_entry(at, 1, 0), s);
    ew_status status = finish(out, at, depth, period, multiplier, working_bits(prec, period));
    arb_mat_clear(at);
    return status;
}

ew_status ew_threshold_continue(ew_threshold_t out, const ew_threshold_t from, slong depth,
                                slong multiplier, slong prec)
{
    if (out == NULL || from == NULL || !ew_cycle_fits(depth, from->period, multiplier, prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    enum { STEPS = 8 };
    slong wp = working_bits(prec, from->period), rough = working_bits(32, from->period);
    arb_mat_t at, last;
    arb_t mu;
    arb_mat_init(at, 2, 1);
    arb_mat_init(last, 2, 1);
    arb_init(mu);
    arb_set(arb_mat_entry(at, 0, 0), from->x);
    arb_set(arb_mat_entry(at, 1, 0), from->s);
    arb_mat_get_mid(at, at);
    arb_mat_set(last, at);
    bool fine = true;
    for (slong k = 1; k < STEPS && fine;
         k++) { /* start ahead along the line through the last two */
        arb_set_si(mu, (STEPS - k) * from->multiplier + k * multiplier);
        arb_div_si(mu, mu, STEPS, wp);
        arb_mat_swap(at, last);
        arb_mat_scalar_mul_2exp_si(last, last, 1);
        arb_mat_sub(at, last, at, wp);
        arb_mat_scalar_mul_2exp_si(last, last, -1);
        fine = polish(at, from->period, mu, depth, rough);
    }
    ew_status status =
        fine ? finish(out, at, depth, from->period, multiplier, wp) : EW_UNDECIDED_STATUS;
    arb_mat_clear(at);
    arb_mat_clear(last);
    arb_clear(mu);
    return status;
}
