#include "predict/cycle_jet.h"

void ew_cycle_jet_init(cycle_jet *j)
{
    arb_init(j->x);
    arb_init(j->p);
    arb_init(j->q);
    arb_init(j->pp);
    arb_init(j->pq);
    arb_init(j->c);
}

void ew_cycle_jet_clear(cycle_jet *j)
{
    arb_clear(j->x);
    arb_clear(j->p);
    arb_clear(j->q);
    arb_clear(j->pp);
    arb_clear(j->pq);
    arb_clear(j->c);
}

/* The map's value less x over s, its first and second derivatives over s, at x: g, g', g'' with f = x + s g. */
static void slopes(arb_t g, arb_t g1, arb_t g2, const arb_t x, slong depth, slong prec)
{
    arb_t w, t;
    arb_init(w);
    arb_init(t);
    if (depth == 0) { /* e^y - e^(2y) */
        arb_exp(w, x, prec);
        arb_sqr(t, w, prec);
        arb_sub(g, w, t, prec);
        arb_mul_2exp_si(t, t, 1);
        arb_sub(g1, w, t, prec);
        arb_mul_2exp_si(t, t, 1);
        arb_sub(g2, w, t, prec);
    } else { /* (x^(L-1) - x^(2L-1)) / L */
        arb_pow_ui(w, x, (ulong)FLINT_MAX(depth - 3, 0), prec);
        if (depth == 2)
            arb_set_si(g2, 0);
        else
            arb_mul_si(g2, w, (depth - 1) * (depth - 2), prec);
        if (depth > 2)
            arb_mul(w, w, x, prec); /* x^(L-2) */
        arb_mul_si(g1, w, depth - 1, prec);
        arb_mul(g, w, x, prec);
        arb_pow_ui(t, x, (ulong)depth, prec);
        arb_mul(w, w, t, prec); /* x^(2L-2) */
        arb_submul_ui(g1, w, 2 * (ulong)depth - 1, prec);
        arb_submul(g, w, x, prec);
        arb_pow_ui(w, x, 2 * (ulong)depth - 3, prec);
        arb_mul_si(w, w, (2 * depth - 1) * (2 * depth - 2), prec);
        arb_sub(g2, g2, w, prec);
        arb_div_si(g, g, depth, prec);
        arb_div_si(g1, g1, depth, prec);
        arb_div_si(g2, g2, depth, prec);
    }
    arb_clear(w);
    arb_clear(t);
}

/* One step of the jet. theory/cascade.md (2) */
static void jet_step(cycle_jet *j, const arb_t s, slong depth, slong prec)
{
    arb_t g, g1, g2, fx, fxx, t;
    arb_init(g);
    arb_init(g1);
    arb_init(g2);
    arb_init(fx);
    arb_init(fxx);
    arb_init(t);
    slopes(g, g1, g2, j->x, depth, prec);
    arb_mul(fx, s, g1, prec);
    arb_add_ui(fx, fx, 1, prec);
    arb_mul(fxx, s, g2, prec);
    /* pq <- (f_xx q + f_xs) p + f_x pq */
    arb_mul(t, fxx, j->q, prec);
    arb_add(t, t, g1, prec);
    arb_mul(t, t, j->p, prec);
    arb_mul(j->pq, j->pq, fx, prec);
    arb_add(j->pq, j->pq, t, prec);
    /* pp <- f_xx p^2 + f_x pp */
    arb_sqr(t, j->p, prec);
    arb_mul(t, t, fxx, prec);
    arb_mul(j->pp, j->pp, fx, prec);
    arb_add(j->pp, j->pp, t, prec);
    arb_mul(j->q, j->q, fx, prec);
    arb_add(j->q, j->q, g, prec);
    arb_mul(j->p, j->p, fx, prec);
    /* across: 2 - u, u = 1 + s g / x; in the limit 1, to leading order in 1/L */
    arb_mul(g, g, s, prec);
    if (depth > 0) {
        arb_div(t, g, j->x, prec);
        arb_sub_ui(t, t, 1, prec);
        arb_neg(t, t);
        arb_mul(j->c, j->c, t, prec);
    }
    arb_add(j->x, j->x, g, prec);
    arb_clear(g);
    arb_clear(g1);
    arb_clear(g2);
    arb_clear(fx);
    arb_clear(fxx);
    arb_clear(t);
}

void ew_cycle_jet_run(cycle_jet *j, const arb_t x, const arb_t s, slong n, slong depth, slong prec)
{
    arb_set(j->x, x);
    arb_one(j->p);
    arb_zero(j->q);
    arb_zero(j->pp);
    arb_zero(j->pq);
    arb_one(j->c);
    for (slong i = 0; i < n; i++)
        jet_step(j, s, depth, prec);
}
