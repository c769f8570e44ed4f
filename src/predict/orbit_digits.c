/* Many digits of the real roots of Phi. theory/orbit-roots.md (14) - (16)
 *
 * F = x^L (1 + u^(2L-1)) - sigma (1 + u^(L-1)) has the roots of Phi and x^L = sigma, and takes 12 long multiplications for
 * L = 8, Phi 17; its slope takes three more when the powers are shared, as x u' = (2L-2)(u - 1) - L sigma eta x^(L-2) takes
 * none. eta and sigma are small rationals as a rule: to multiply by them is not a long multiplication. */
#include "predict/orbit_digits.h"

enum { LONG = 1 << 20 }; /* bits of numbers whose products are told of one by one */

bool ew_orbit_may_go_on(hunt_t *hunt, slong done, slong total)
{
    if (!hunt->stopped)
        hunt->stopped =
            !ew_progress_tick(hunt->progress, "sharpening roots", (ulong)done, (ulong)total);
    return !hunt->stopped;
}

/* Within one evaluation, after `done` of some 16 products. */
static bool goes_on(hunt_t *hunt, slong done, slong prec)
{
    return prec < LONG ? !hunt->stopped : ew_orbit_may_go_on(hunt, done, 16);
}

/* What F is made of, at one x. */
typedef struct {
    arb_t T, k, u, K; /* x^L, u - 1, u, sigma eta x^(L-2) */
    arb_t low, mid;   /* u^(L-2), u^(L-1) */
    arb_t top, S;     /* u^(2L-2), x^L (1 + u^(2L-1)) */
} parts_struct;

static void parts_init(parts_struct *p)
{
    arb_ptr all[] = {p->T, p->k, p->u, p->K, p->low, p->mid, p->top, p->S};
    for (int i = 0; i < 8; i++)
        arb_init(all[i]);
}

static void parts_clear(parts_struct *p)
{
    arb_ptr all[] = {p->T, p->k, p->u, p->K, p->low, p->mid, p->top, p->S};
    for (int i = 0; i < 8; i++)
        arb_clear(all[i]);
}

static void mul_rational(arb_t x, const fmpq_t q, slong prec)
{
    arb_mul_fmpz(x, x, fmpq_numref(q), prec);
    if (!fmpz_is_one(fmpq_denref(q)))
        arb_div_fmpz(x, x, fmpq_denref(q), prec);
}

/* power = x^n. */
static void whole_power(arb_t power, const arb_t x, slong n, hunt_t *hunt, slong prec)
{
    arb_one(power);
    for (slong bit = n > 0 ? (slong)FLINT_BIT_COUNT(n) - 1 : -1; bit >= 0; bit--) {
        if (!goes_on(hunt, 2, prec))
            return;
        arb_sqr(power, power, prec);
        if ((n >> bit) & 1)
            arb_mul(power, power, x, prec);
    }
}

/* power = x^(n-2) and square = x^2, n >= 2. */
static void two_powers(arb_t power, arb_t square, const arb_t x, slong n, hunt_t *hunt, slong prec)
{
    arb_sqr(square, x, prec);
    whole_power(power, square, (n - 2) / 2, hunt, prec);
    if (n % 2 != 0)
        arb_mul(power, power, x, prec);
}

/* T, k, u and K. (15) */
static void factor_parts(parts_struct *p, const arb_t x, hunt_t *hunt, slong prec)
{
    const ew_mode_struct *mode = hunt->mode;
    arb_t sigma;
    arb_init(sigma);
    two_powers(p->K, p->T, x, mode->depth, hunt, prec);
    if (goes_on(hunt, 4, prec))
        arb_mul(p->T, p->T, p->K, prec);
    arb_set_fmpq(sigma, mode->sigma, prec);
    mul_rational(p->K, mode->eta, prec);
    arb_sub(p->k, sigma, p->T, prec);
    if (goes_on(hunt, 5, prec))
        arb_mul(p->k, p->k, p->K, prec);
    arb_add_ui(p->u, p->k, 1, prec);
    mul_rational(p->K, mode->sigma, prec);
    arb_clear(sigma);
}

/* All parts, and F. */
static void all_parts(arb_t F, parts_struct *p, const arb_t x, hunt_t *hunt, slong prec)
{
    factor_parts(p, x, hunt, prec);
    two_powers(p->low, p->S, p->u, hunt->mode->depth, hunt, prec);
    if (goes_on(hunt, 8, prec))
        arb_mul(p->mid, p->low, p->u, prec);
    if (goes_on(hunt, 9, prec))
        arb_sqr(p->top, p->mid, prec);
    if (goes_on(hunt, 10, prec))
        arb_mul(p->S, p->top, p->u, prec);
    arb_add_ui(p->S, p->S, 1, prec);
    if (goes_on(hunt, 11, prec))
        arb_mul(p->S, p->S, p->T, prec);
    arb_add_ui(F, p->mid, 1, prec);
    mul_rational(F, hunt->mode->sigma, prec);
    arb_sub(F, p->S, F, prec);
}

/* x u'. (15) */
static void factor_slope(arb_t slope, const parts_struct *p, const ew_mode_t mode, slong prec)
{
    arb_t t;
    arb_init(t);
    arb_mul_si(slope, p->k, 2 * mode->depth - 2, prec);
    arb_mul_si(t, p->K, mode->depth, prec);
    arb_sub(slope, slope, t, prec);
    arb_clear(t);
}

/* x F' = L S + x u' ((2L-1) T u^(2L-2) - (L-1) sigma u^(L-2)). (16) */
static void slope(arb_t out, const arb_t x, hunt_t *hunt, slong prec)
{
    const ew_mode_struct *mode = hunt->mode;
    slong L = mode->depth;
    parts_struct p;
    arb_t t;
    parts_init(&p);
    arb_init(t);
    all_parts(out, &p, x, hunt, prec);
    if (goes_on(hunt, 13, prec))
        arb_mul(p.T, p.T, p.top, prec);
    arb_mul_si(p.T, p.T, 2 * L - 1, prec);
    arb_mul_si(p.low, p.low, L - 1, prec);
    mul_rational(p.low, mode->sigma, prec);
    arb_sub(p.T, p.T, p.low, prec);
    factor_slope(t, &p, mode, prec);
    if (goes_on(hunt, 14, prec))
        arb_mul(t, t, p.T, prec);
    arb_mul_si(p.S, p.S, L, prec);
    arb_add(out, t, p.S, prec);
    parts_clear(&p);
    arb_clear(t);
}

/* N = m - f X / (x f'): f is small, so that the quotient needs wp - had bits only. */
static void image(arb_t N, const arb_t f, const arb_t x_slope, const arb_t X, slong wp, slong had)
{
    slong few = wp - had + 64;
    arb_t step, m;
    arb_init(step);
    arb_init(m);
    arb_div(step, f, x_slope, few);
    arb_mul(step, step, X, few);
    arb_get_mid_arb(m, X);
    arb_sub(N, m, step, wp);
    arb_clear(step);
    arb_clear(m);
}

void ew_orbit_image(arb_t N, const arb_t X, hunt_t *hunt, slong wp, slong had)
{
    parts_struct p;
    arb_t f, m, d;
    parts_init(&p);
    arb_init(f);
    arb_init(m);
    arb_init(d);
    slope(d, X, hunt, wp / 2 + 32);
    arb_get_mid_arb(m, X);
    all_parts(f, &p, m, hunt, wp);
    image(N, f, d, X, wp, had);
    if (arb_contains_zero(X) || hunt->stopped)
        arb_indeterminate(N);
    parts_clear(&p);
    arb_clear(f);
    arb_clear(m);
    arb_clear(d);
}

void ew_orbit_outer_image(arb_t N, const arb_t X, hunt_t *hunt, slong wp, slong had)
{
    parts_struct p;
    arb_t f, m, d;
    parts_init(&p);
    arb_init(f);
    arb_init(m);
    arb_init(d);
    factor_parts(&p, X, hunt, wp / 2 + 32);
    factor_slope(d, &p, hunt->mode, wp / 2 + 32);
    arb_get_mid_arb(m, X);
    factor_parts(&p, m, hunt, wp);
    arb_add_ui(f, p.u, 1, wp);
    image(N, f, d, X, wp, had);
    if (arb_contains_zero(X) || hunt->stopped)
        arb_indeterminate(N);
    parts_clear(&p);
    arb_clear(f);
    arb_clear(m);
    arb_clear(d);
}

void ew_orbit_partner(arb_t y, const arb_t x, hunt_t *hunt, slong prec)
{
    parts_struct p;
    parts_init(&p);
    factor_parts(&p, x, hunt, prec);
    if (goes_on(hunt, 15, prec))
        arb_mul(y, x, p.u, prec);
    parts_clear(&p);
}
