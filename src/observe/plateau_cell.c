/* One cell of the plateau: the integrals of M and q M / K0 over it, and bounds for what a step inside it adds to e - M
 * and to F - steps. theory/plateau.md (4) - (8); names as there. */
#include "observe/plateau.h"

enum { WORD = 64, TERMS = 8 };

void ew_sweep_init(ew_sweep_t sweep, const ew_slow_t slow)
{
    sweep->slow = slow;
    arb_init(sweep->psi);
    arb_init(sweep->m);
    arb_init(sweep->n);
    arb_init(sweep->delta);
    arb_init(sweep->error);
}

void ew_sweep_clear(ew_sweep_t sweep)
{
    arb_clear(sweep->psi);
    arb_clear(sweep->m);
    arb_clear(sweep->n);
    arb_clear(sweep->delta);
    arb_clear(sweep->error);
}

/* f <- f + c. */
static void add_constant(arb_poly_t f, const arb_t c)
{
    arb_t t;
    arb_init(t);
    arb_poly_get_coeff_arb(t, f, 0);
    arb_add(t, t, c, WORD);
    arb_poly_set_coeff_arb(f, 0, t);
    arb_clear(t);
}

void ew_slow_series(arb_t kappa, arb_poly_t log, arb_poly_t p, const arb_t base, slong terms,
                    const ew_slow_t slow)
{
    arb_poly_t x, s, c;
    arb_t t;
    arb_poly_init(x);
    arb_poly_init(s);
    arb_poly_init(c);
    arb_init(t);
    arb_poly_set_coeff_arb(x, 0, base);
    arb_poly_set_coeff_si(x, 1, 1);
    arb_poly_sinh_cosh_series(s, c, x, terms, WORD);
    arb_poly_scalar_mul(s, s, slow->alpha, WORD);
    arb_poly_scalar_mul(c, c, slow->alpha, WORD);
    arb_poly_pow_ui_trunc_binexp(p, c, (ulong)slow->depth - 1, terms, WORD);
    arb_poly_mullow(p, p, s, terms, WORD);
    arb_poly_neg(s, p);
    arb_one(t);
    add_constant(s, t);
    arb_poly_log_series(log, c, terms, WORD); /* cheap in width: no power is taken */
    arb_set_si(t, slow->depth - 2);
    arb_poly_scalar_mul(log, log, t, WORD);
    arb_poly_log_series(x, s, terms, WORD);
    arb_poly_add(log, log, x, WORD);
    arb_poly_get_coeff_arb(kappa, log, 0);
    arb_exp(kappa, kappa, WORD);
    arb_mul(kappa, kappa, slow->h, WORD);
    arb_zero(t);
    arb_poly_set_coeff_arb(log, 0, t);
    arb_poly_clear(x);
    arb_poly_clear(s);
    arb_poly_clear(c);
    arb_clear(t);
}

/* (L - 2)/2 - (L/2) p / (1 - p). */
void ew_slow_coupling(arb_poly_t q, const arb_poly_t p, slong terms, const ew_slow_t slow)
{
    arb_poly_t rest;
    arb_t t;
    arb_poly_init(rest);
    arb_init(t);
    arb_poly_neg(rest, p);
    arb_one(t);
    add_constant(rest, t);
    arb_poly_div_series(q, p, rest, terms, WORD);
    arb_set_si(t, -slow->depth);
    arb_mul_2exp_si(t, t, -1);
    arb_poly_scalar_mul(q, q, t, WORD);
    arb_set_si(t, slow->depth - 2);
    arb_mul_2exp_si(t, t, -1);
    add_constant(q, t);
    arb_poly_clear(rest);
    arb_clear(t);
}

/* K0 over its value kappa at a base, and q M / K0, M(base) = m. */
static void integrands(arb_t kappa, arb_poly_t k0, arb_poly_t f, const arb_t base, const arb_t m,
                       slong terms, const ew_slow_t slow)
{
    arb_poly_t p, q, log;
    arb_t t;
    arb_poly_init(p);
    arb_poly_init(q);
    arb_poly_init(log);
    arb_init(t);
    ew_slow_series(kappa, log, p, base, terms, slow);
    arb_poly_exp_series(k0, log, terms, WORD);
    ew_slow_coupling(q, p, terms, slow);
    arb_poly_integral(f, k0, WORD); /* M / kappa */
    arb_div(t, m, kappa, WORD);
    add_constant(f, t);
    arb_poly_neg(log, log);
    arb_poly_exp_series(log, log, terms, WORD);
    arb_poly_mullow(f, f, log, terms, WORD);
    arb_poly_mullow(f, f, q, terms, WORD);
    arb_poly_clear(p);
    arb_poly_clear(q);
    arb_poly_clear(log);
    arb_clear(t);
}

/* The integral from 0 to x of a polynomial of TERMS terms, with Taylor's remainder: coefficient number TERMS of `rest`,
 * the series about the whole cell. */
static void integrate(arb_t out, const arb_poly_t f, const arb_t x, const arb_poly_t rest)
{
    arb_poly_t primitive;
    arb_t t, power;
    arb_poly_init(primitive);
    arb_init(t);
    arb_init(power);
    arb_poly_integral(primitive, f, WORD);
    arb_poly_evaluate(out, primitive, x, WORD);
    arb_poly_get_coeff_arb(t, rest, TERMS);
    arb_pow_ui(power, x, TERMS + 1, WORD);
    arb_mul(t, t, power, WORD);
    arb_add_error(out, t);
    arb_poly_clear(primitive);
    arb_clear(t);
    arb_clear(power);
}

/* M and N at the cell's end; `middle`, `half`, `whole` describe it. */
static void advance_integrals(arb_t m, arb_t n, const ew_sweep_t sweep, const arb_t middle,
                              const arb_t half, const arb_t whole)
{
    arb_poly_t k0, f, k0_rest, f_rest;
    arb_t left, right, minus, kappa, bound;
    arb_poly_init(k0);
    arb_poly_init(f);
    arb_poly_init(k0_rest);
    arb_poly_init(f_rest);
    arb_init(left);
    arb_init(right);
    arb_init(minus);
    arb_init(kappa);
    arb_init(bound);
    arb_neg(minus, half);
    integrands(kappa, k0, f, whole, sweep->m, 1, sweep->slow); /* for K0 over the cell */
    arb_mul(bound, kappa, half, WORD);
    arb_mul_2exp_si(bound, bound, 1);
    arb_add(bound, bound, sweep->m, WORD);
    arb_union(bound, bound, sweep->m, WORD); /* M over the cell */
    integrands(kappa, k0_rest, f_rest, whole, bound, TERMS + 1, sweep->slow);
    integrands(left, k0, f, middle, sweep->m, TERMS, sweep->slow);
    arb_div(kappa, kappa, left, WORD); /* both series over K0 in the middle */
    arb_poly_scalar_mul(k0_rest, k0_rest, kappa, WORD);
    arb_set(kappa, left);
    integrate(left, k0, minus, k0_rest);
    integrate(right, k0, half, k0_rest);
    arb_mul(left, left, kappa, WORD);
    arb_mul(right, right, kappa, WORD);
    arb_sub(bound, sweep->m, left, WORD); /* M in the middle */
    arb_add(m, bound, right, WORD);
    integrands(kappa, k0, f, middle, bound, TERMS, sweep->slow);
    integrate(left, f, minus, f_rest);
    integrate(right, f, half, f_rest);
    arb_sub(right, right, left, WORD);
    arb_add(n, sweep->n, right, WORD);
    arb_poly_clear(k0);
    arb_poly_clear(f);
    arb_poly_clear(k0_rest);
    arb_poly_clear(f_rest);
    arb_clear(left);
    arb_clear(right);
    arb_clear(minus);
    arb_clear(kappa);
    arb_clear(bound);
}

/* Enclosures over all angles that a step from the cell can meet. */
typedef struct {
    arb_t kappa;    /* K0 */
    arb_t low, top; /* its ends */
    arb_t l1, l2;   /* derivatives of ln K0 */
    arb_t q, q1;
    arb_t p;
    arb_t m; /* M / K0 */
} cell_bounds;

static void bounds_init(cell_bounds *c)
{
    arb_init(c->kappa);
    arb_init(c->low);
    arb_init(c->top);
    arb_init(c->l1);
    arb_init(c->l2);
    arb_init(c->q);
    arb_init(c->q1);
    arb_init(c->p);
    arb_init(c->m);
}

static void bounds_clear(cell_bounds *c)
{
    arb_clear(c->kappa);
    arb_clear(c->low);
    arb_clear(c->top);
    arb_clear(c->l1);
    arb_clear(c->l2);
    arb_clear(c->q);
    arb_clear(c->q1);
    arb_clear(c->p);
    arb_clear(c->m);
}

/* False when K0 is not certainly in (0, 1/8): the estimates need k <= 1/2. `m` encloses M over the cell. */
static bool bounds_make(cell_bounds *c, const arb_t wide, const arb_t m, const ew_slow_t slow)
{
    arb_poly_t p, log, q;
    arb_poly_init(p);
    arb_poly_init(log);
    arb_poly_init(q);
    arb_t eighth;
    arb_init(eighth);
    arb_set_d(eighth, 0.125);
    ew_slow_series(c->kappa, log, p, wide, 3, slow);
    arb_poly_get_coeff_arb(c->p, p, 0);
    bool fine = arb_is_positive(c->kappa) && arb_lt(c->kappa, eighth);
    if (fine) {
        arb_get_lbound_arf(arb_midref(c->low), c->kappa, WORD);
        arb_get_ubound_arf(arb_midref(c->top), c->kappa, WORD);
        arb_poly_get_coeff_arb(c->l1, log, 1);
        arb_poly_get_coeff_arb(c->l2, log, 2);
        arb_mul_2exp_si(c->l2, c->l2, 1);
        ew_slow_coupling(q, p, 2, slow);
        arb_poly_get_coeff_arb(c->q, q, 0);
        arb_poly_get_coeff_arb(c->q1, q, 1);
        arb_div(c->m, m, c->kappa, WORD);
    }
    arb_poly_clear(p);
    arb_poly_clear(log);
    arb_poly_clear(q);
    arb_clear(eighth);
    return fine;
}

/* What one step does at most: F grows by 1 +- kappa^2 first, e - M by +- kappa^3 second, psi by kappa w. */
typedef struct {
    arb_t first, second, w;
} step_bounds;

/* |x| as a number above it. */
static void upper(arb_t out, const arb_t x)
{
    arf_t t;
    arf_init(t);
    arb_get_abs_ubound_arf(t, x, WORD);
    arb_set_arf(out, t);
    arf_clear(t);
}

/* chi''/2 over 0 <= e <= top: chi(e) = (e^(-beta e) - p e^(-(L-1) e)) / (1 - p), beta = (L-2)/2. */
static void curvature(arb_t c2, const arb_t p, const arb_t top, slong depth)
{
    arb_t e, t, rest;
    arb_init(e);
    arb_init(t);
    arb_init(rest);
    arb_zero(e);
    arb_union(e, e, top, WORD);
    arb_neg(e, e);
    arb_mul_si(t, e, depth - 1, WORD);
    arb_exp(t, t, WORD);
    arb_mul(t, t, p, WORD);
    arb_mul_si(t, t, depth - 1, WORD);
    arb_mul_si(t, t, depth - 1, WORD);
    arb_mul_si(c2, e, depth - 2, WORD);
    arb_mul_2exp_si(c2, c2, -1);
    arb_exp(c2, c2, WORD);
    arb_mul_si(c2, c2, depth - 2, WORD);
    arb_mul_si(c2, c2, depth - 2, WORD);
    arb_mul_2exp_si(c2, c2, -2);
    arb_sub(c2, c2, t, WORD);
    arb_sub_ui(rest, p, 1, WORD);
    arb_neg(rest, rest);
    arb_div(c2, c2, rest, WORD);
    arb_mul_2exp_si(c2, c2, -1);
    arb_clear(e);
    arb_clear(t);
    arb_clear(rest);
}

/* z0 = |ell'| + |ell''| kappa w / 2 and z = exp(kappa w z0); then the remainder of int exp(-ell) beyond its second term,
 * over kappa^2: (|ell''| + z0^2 z) w^3 / 6. */
static void exponential_bounds(arb_t z0, arb_t z, arb_t rest, const cell_bounds *c, const arb_t w)
{
    arb_t t;
    arb_init(t);
    arb_mul(t, c->top, w, WORD);
    upper(rest, c->l2);
    arb_mul(z0, rest, t, WORD);
    arb_mul_2exp_si(z0, z0, -1);
    upper(z, c->l1);
    arb_add(z0, z0, z, WORD);
    arb_mul(z, t, z0, WORD);
    arb_exp(z, z, WORD);
    arb_sqr(t, z0, WORD);
    arb_addmul(rest, t, z, WORD);
    arb_pow_ui(t, w, 3, WORD);
    arb_mul(rest, rest, t, WORD);
    arb_div_ui(rest, rest, 6, WORD);
    arb_clear(t);
}

/* The quantities of theory/plateau.md (5), as balls; `slope` is x2 kappa - q m, `most` a number above w. */
typedef struct {
    arb_t x2, qm, slope, chi, w1, w2, w, most;
    arb_t z0, z, rest;
} step_terms;

static void terms_init(step_terms *s)
{
    arb_ptr all[] = {s->x2, s->qm,   s->slope, s->chi, s->w1,  s->w2,
                     s->w,  s->most, s->z0,    s->z,   s->rest};
    for (int i = 0; i < 11; i++)
        arb_init(all[i]);
}

static void terms_clear(step_terms *s)
{
    arb_ptr all[] = {s->x2, s->qm,   s->slope, s->chi, s->w1,  s->w2,
                     s->w,  s->most, s->z0,    s->z,   s->rest};
    for (int i = 0; i < 11; i++)
        arb_clear(all[i]);
}

/* chi, w1, w2, w, given |e - M| <= delta. False when 0 < k < 1/2 or 0 < w < 2 is not certain. */
static bool terms_make(step_terms *s, const cell_bounds *c, const arb_t delta, const arb_t most_m,
                       slong depth)
{
    arb_t d, t, u;
    arb_init(d);
    arb_init(t);
    arb_init(u);
    arb_sqr(t, c->low, WORD);
    arb_div(t, delta, t, WORD);
    arb_add_error(d, t); /* e - M = kappa^2 d */
    arb_add(t, most_m, delta, WORD);
    curvature(u, c->p, t, depth);
    arb_mul(t, c->kappa, d, WORD);
    arb_add(t, t, c->m, WORD);
    arb_sqr(t, t, WORD);
    arb_mul(s->x2, u, t, WORD);
    arb_submul(s->x2, c->q, d, WORD);
    arb_mul(s->qm, c->q, c->m, WORD);
    arb_mul(s->slope, c->kappa, s->x2, WORD);
    arb_sub(s->slope, s->slope, s->qm, WORD);
    arb_mul(s->chi, s->slope, c->kappa, WORD);
    arb_add_ui(s->chi, s->chi, 1, WORD);
    arb_mul(t, s->chi, c->kappa, WORD); /* k itself */
    arb_set_d(u, 0.5);
    bool fine = arb_is_positive(t) && arb_lt(t, u);
    arb_set_ui(t, 1); /* artanh x = x + x^3 u, u in [1/3, 2/5] */
    arb_div_ui(t, t, 3, WORD);
    arb_set_ui(u, 2);
    arb_div_ui(u, u, 5, WORD);
    arb_union(u, u, t, WORD);
    arb_pow_ui(t, s->chi, 3, WORD);
    arb_mul(s->w2, t, u, WORD);
    arb_add(s->w2, s->w2, s->x2, WORD);
    arb_mul(s->w1, c->kappa, s->w2, WORD);
    arb_sub(s->w1, s->qm, s->w1, WORD);
    arb_mul(s->w, c->kappa, s->w1, WORD);
    arb_sub_ui(s->w, s->w, 1, WORD);
    arb_neg(s->w, s->w);
    arb_set_ui(u, 2);
    fine = fine && arb_is_positive(s->w) && arb_lt(s->w, u);
    upper(s->most, s->w);
    exponential_bounds(s->z0, s->z, s->rest, c, s->most);
    arb_clear(d);
    arb_clear(t);
    arb_clear(u);
    return fine;
}

/* theory/plateau.md (7): |-(q m - kappa x2)(chi + 1) + w1 - ell' w^2 / 2| + kappa (5 chi^4 / 8 + rest). */
static void second_bound(arb_t bound, const step_terms *s, const cell_bounds *c)
{
    arb_t t;
    arb_init(t);
    arb_add_ui(t, s->chi, 1, WORD);
    arb_mul(bound, s->slope, t, WORD);
    arb_add(bound, bound, s->w1, WORD);
    arb_sqr(t, s->w, WORD);
    arb_mul(t, t, c->l1, WORD);
    arb_mul_2exp_si(t, t, -1);
    arb_sub(bound, bound, t, WORD);
    upper(bound, bound);
    arb_pow_ui(t, s->chi, 4, WORD);
    arb_mul_ui(t, t, 5, WORD);
    arb_mul_2exp_si(t, t, -3);
    arb_add(t, t, s->rest, WORD);
    arb_addmul(bound, t, c->top, WORD);
    upper(bound, bound);
    arb_clear(t);
}

/* The last two terms of theory/plateau.md (6), without the factor w^2 / 4:
 * |ell''| + 2 [ (z0 z (|q| + |q'| kappa w) + |q'|)(m + kappa w z) + |q| z ]. */
static void coupling_bound(arb_t bound, const step_terms *s, const cell_bounds *c)
{
    arb_t q, q1, kw, t;
    arb_init(q);
    arb_init(q1);
    arb_init(kw);
    arb_init(t);
    upper(q, c->q);
    upper(q1, c->q1);
    arb_mul(kw, c->top, s->most, WORD);
    arb_mul(t, q1, kw, WORD);
    arb_add(t, t, q, WORD);
    arb_mul(t, t, s->z0, WORD);
    arb_mul(t, t, s->z, WORD);
    arb_add(t, t, q1, WORD);
    upper(bound, c->m);
    arb_addmul(bound, kw, s->z, WORD);
    arb_mul(bound, bound, t, WORD);
    arb_addmul(bound, q, s->z, WORD);
    arb_mul_2exp_si(bound, bound, 1);
    upper(t, c->l2);
    arb_add(bound, bound, t, WORD);
    arb_clear(q);
    arb_clear(q1);
    arb_clear(kw);
    arb_clear(t);
}

/* theory/plateau.md (6). */
static void first_bound(arb_t bound, const step_terms *s, const cell_bounds *c)
{
    arb_t t;
    arb_init(t);
    arb_mul(t, c->l1, s->w, WORD);
    arb_mul_2exp_si(t, t, -1);
    arb_sub(t, t, s->qm, WORD);
    arb_mul(t, t, s->w1, WORD);
    arb_add(t, t, s->w2, WORD);
    upper(bound, t);
    arb_add(bound, bound, s->rest, WORD);
    coupling_bound(t, s, c);
    arb_mul(t, t, s->most, WORD);
    arb_mul(t, t, s->most, WORD);
    arb_mul_2exp_si(t, t, -2);
    arb_add(bound, bound, t, WORD);
    upper(bound, bound);
    arb_clear(t);
}

static bool step_bounds_make(step_bounds *bounds, const cell_bounds *c, const arb_t delta,
                             const arb_t most_m, slong depth)
{
    step_terms s;
    terms_init(&s);
    bool fine = terms_make(&s, c, delta, most_m, depth);
    if (fine) {
        first_bound(bounds->first, &s, c);
        second_bound(bounds->second, &s, c);
        arb_set(bounds->w, s.w);
        fine = arb_is_finite(bounds->first) && arb_is_finite(bounds->second);
    }
    terms_clear(&s);
    return fine;
}

/* delta and error at the cell's end: at most (width / (kappa w) + 1) steps start in it. The bound of e - M enters its own
 * derivation, so it is guessed and then confirmed. */
static bool advance_bounds(ew_sweep_t sweep, const cell_bounds *c, const arb_t width,
                           const arb_t most_m, const arb_t inflation)
{
    enum { TRIES = 30 };
    step_bounds s;
    arb_t guess, delta, steps, t;
    arb_init(s.first);
    arb_init(s.second);
    arb_init(s.w);
    arb_init(guess);
    arb_init(delta);
    arb_init(steps);
    arb_init(t);
    bool fine = false;
    upper(guess, sweep->delta);
    for (int i = 0; i < TRIES && !fine; i++) {
        if (!step_bounds_make(&s, c, guess, most_m, sweep->slow->depth))
            break;
        arb_mul(t, c->low, s.w, WORD);
        arb_div(steps, width, t, WORD);
        arb_add_ui(steps, steps, 1, WORD);
        upper(steps, steps);
        arb_pow_ui(t, c->top, 3, WORD);
        arb_mul(t, t, s.second, WORD);
        arb_mul(t, t, steps, WORD);
        arb_add(delta, sweep->delta, t, WORD);
        upper(delta, delta);
        fine = arb_le(delta, guess);
        if (!fine)
            arb_mul_2exp_si(guess, delta, 1);
    }
    arb_mul(t, c->top, s.w, WORD); /* a step ends within what the bounds are for */
    fine = fine && arb_lt(t, inflation);
    if (fine) {
        arb_swap(sweep->delta, delta);
        arb_sqr(t, c->top, WORD);
        arb_mul(t, t, s.first, WORD);
        arb_mul(t, t, steps, WORD);
        arb_add(sweep->error, sweep->error, t, WORD);
        upper(sweep->error, sweep->error);
    }
    arb_clear(s.first);
    arb_clear(s.second);
    arb_clear(s.w);
    arb_clear(guess);
    arb_clear(delta);
    arb_clear(steps);
    arb_clear(t);
    return fine;
}

/* Twice the largest step to be expected from psi, and more: bounds are made for angles up to there beyond the cell. */
static void set_inflation(arb_t inflation, const arb_t psi, const ew_slow_t slow)
{
    arb_poly_t p, log;
    arb_poly_init(p);
    arb_poly_init(log);
    ew_slow_series(inflation, log, p, psi, 1, slow);
    upper(inflation, inflation);
    arb_mul_2exp_si(inflation, inflation, 2);
    arb_poly_clear(p);
    arb_poly_clear(log);
}

bool ew_sweep_advance(ew_sweep_t sweep, const arb_t psi)
{
    cell_bounds c;
    arb_ptr all = _arb_vec_init(8), middle = all, half = all + 1, whole = all + 2, width = all + 3;
    arb_ptr inflation = all + 4, m = all + 5, n = all + 6, t = all + 7;
    bounds_init(&c);
    arb_sub(width, psi, sweep->psi,
            ARF_PREC_EXACT); /* of numbers: the cell is middle +- half exactly */
    arb_mul_2exp_si(half, width, -1);
    arb_add(middle, psi, sweep->psi, ARF_PREC_EXACT);
    arb_mul_2exp_si(middle, middle, -1);
    arb_union(whole, sweep->psi, psi, WORD);
    advance_integrals(m, n, sweep, middle, half, whole);
    set_inflation(inflation, psi, sweep->slow);
    arb_add(t, psi, inflation, WORD);
    arb_union(whole, whole, t, WORD);
    arb_union(t, sweep->m, m, WORD); /* M over the cell */
    bool fine = bounds_make(&c, whole, t, sweep->slow);
    upper(t, m);
    fine = fine && advance_bounds(sweep, &c, width, t, inflation);
    if (fine) {
        arb_set(sweep->psi, psi);
        arb_swap(sweep->m, m);
        arb_swap(sweep->n, n);
    }
    bounds_clear(&c);
    _arb_vec_clear(all, 8);
    return fine;
}
