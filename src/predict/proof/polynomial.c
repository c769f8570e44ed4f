/* All real roots of one orbit polynomial, by bisection of the whole line with Phi and two derivatives over intervals.
 * theory/certificates.md (5), (6) */
#include "model/domain.h"
#include "predict/proof/cover.h"
#include "predict/proof/lemma.h"
#include <edgewise/proof.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SPLITS = 4000, SERIES = 3, SPARE_BITS = 32 };

/* Phi's Taylor series of three terms: theory/orbit-polynomial.md (3). */
typedef struct {
    arb_ptr x, low, u, sum, power, work;
} workspace;

typedef struct {
    const ew_mode_struct *mode;
    slong prec;
    bool at_edge;
    arb_t eta, sigma;
} problem;

typedef struct {
    const problem *about;
    arb_ptr balls; /* of the workspace */
    workspace w;
    arb_t ball;
} root_worker;

/* x^n over the ball x, from its ends: as narrow as it can be. */
static void power_over(arb_t r, const arb_t x, ulong n, slong prec)
{
    arb_t lo, hi;
    arb_init(lo);
    arb_init(hi);
    arb_get_interval_arf(arb_midref(lo), arb_midref(hi), x, prec);
    bool crosses = arf_sgn(arb_midref(lo)) < 0 && arf_sgn(arb_midref(hi)) > 0;
    arb_pow_ui(lo, lo, n, prec);
    arb_pow_ui(hi, hi, n, prec);
    arb_union(r, lo, hi, prec);
    if (crosses && n > 0 && n % 2 == 0) {
        arb_zero(lo);
        arb_union(r, r, lo, prec);
    }
    arb_clear(lo);
    arb_clear(hi);
}

/* r = x^n as a series: the chain rule, with powers over balls. `t`: two balls. */
static void series_power(arb_ptr r, arb_srcptr x, ulong n, arb_ptr t, slong prec)
{
    arb_zero(r + 1);
    arb_zero(r + 2);
    if (n >= 1) {
        power_over(t, x, n - 1, prec);
        arb_mul_ui(t, t, n, prec);
        arb_mul(r + 1, t, x + 1, prec);
        arb_mul(r + 2, t, x + 2, prec);
    }
    if (n >= 2) {
        power_over(t, x, n - 2, prec);
        arb_mul_ui(t, t, n, prec);
        arb_mul_ui(t, t, n - 1, prec);
        arb_mul_2exp_si(t, t, -1);
        arb_sqr(t + 1, x + 1, prec);
        arb_addmul(r + 2, t, t + 1, prec);
    }
    power_over(r, x, n, prec);
}

static void series_mul(arb_ptr r, arb_srcptr x, arb_srcptr y, arb_ptr t, slong prec)
{
    _arb_poly_mullow(t, x, SERIES, y, SERIES, SERIES, prec);
    _arb_vec_set(r, t, SERIES);
}

/* G = 1 + u + ... + u^(n-1) by doubling. */
static void series_geometric(workspace *w, ulong n, slong prec)
{
    ulong k = 0;
    _arb_vec_zero(w->sum, SERIES);
    for (int i = (int)FLINT_BIT_COUNT(n) - 1; i >= 0; i--) {
        if (k > 0) {
            series_power(w->power, w->u, k, w->work, prec);
            arb_add_ui(w->power, w->power, 1, prec);
            series_mul(w->sum, w->sum, w->power, w->work, prec);
        }
        k *= 2;
        if (n >> i & 1) {
            series_mul(w->sum, w->sum, w->u, w->work, prec);
            arb_add_ui(w->sum, w->sum, 1, prec);
            k++;
        }
    }
}

/* w->sum = Phi over the ball x. */
static void phi_over(workspace *w, const arb_t x, const problem *about)
{
    slong prec = about->prec;
    ulong depth = (ulong)about->mode->depth;
    arb_set(w->x, x);
    arb_one(w->x + 1);
    arb_zero(w->x + 2);
    series_power(w->low, w->x, depth - 2, w->work, prec);
    _arb_vec_scalar_mul(w->low, w->low, SERIES, about->eta, prec);
    series_power(w->u, w->x, depth, w->work, prec);
    _arb_vec_neg(w->u, w->u, SERIES);
    arb_add(w->u, w->u, about->sigma, prec);
    series_mul(w->u, w->u, w->low, w->work, prec);
    arb_add_ui(w->u, w->u, 1, prec);
    series_geometric(w, depth, prec);
    series_mul(w->sum, w->sum, w->low, w->work, prec);
    _arb_vec_scalar_mul(w->sum, w->sum, SERIES, about->sigma, prec);
    series_power(w->power, w->u, depth - 1, w->work, prec);
    series_mul(w->sum, w->sum, w->power, w->work, prec);
    series_power(w->power, w->u, 2 * depth - 1, w->work, prec);
    _arb_vec_sub(w->sum, w->power, w->sum, SERIES, prec);
    arb_add_ui(w->sum, w->sum, 1, prec);
}

static int sign_of(const arb_t x)
{
    return !arb_is_finite(x) ? 0 : arb_is_positive(x) ? 1 : arb_is_negative(x) ? -1 : 0;
}

static int sign_at(root_worker *worker, const arf_t x)
{
    arb_set_arf(worker->ball, x);
    phi_over(&worker->w, worker->ball, worker->about);
    return sign_of(worker->w.sum);
}

/* Is the edge, or minus it for even depths, inside? */
static bool holds_edge(root_worker *worker, const arf_struct *lo, const arf_struct *hi)
{
    const problem *about = worker->about;
    arb_ptr t = worker->w.work;
    ulong depth = (ulong)about->mode->depth;
    bool mirrored = arf_sgn(hi) <= 0;
    if (mirrored && depth % 2 == 1)
        return false;
    arb_set_arf(t, mirrored ? hi : lo);
    arb_set_arf(t + 1, mirrored ? lo : hi);
    arb_abs(t, t);
    arb_abs(t + 1, t + 1);
    arb_pow_ui(t, t, depth, about->prec);
    arb_pow_ui(t + 1, t + 1, depth, about->prec);
    return arf_sgn(lo) * arf_sgn(hi) > 0 && arb_lt(t, about->sigma) && arb_gt(t + 1, about->sigma);
}

/* No root at or beyond x: |x|^L >= sigma, u < 0 and |u|^L >= 3 there. theory/certificates.md (6) */
static bool is_beyond_roots(const arf_t x, const problem *about)
{
    slong prec = about->prec;
    ulong depth = (ulong)about->mode->depth;
    arb_t power, v;
    arb_init(power);
    arb_init(v);
    arb_set_arf(v, x);
    arb_pow_ui(power, v, depth, prec);
    arb_pow_ui(v, v, depth - 2, prec);
    arb_mul(v, v, about->eta, prec);
    arb_neg(v, v);
    arb_abs(power, power);
    bool beyond = arb_gt(power, about->sigma);
    if (arf_sgn(x) < 0 && depth % 2 == 1)
        arb_neg(power, power);
    arb_sub(power, about->sigma, power, prec);
    arb_mul(v, v, power, prec);
    arb_sub_ui(v, v, 1, prec); /* -u */
    beyond = beyond && arb_is_positive(v);
    arb_pow_ui(v, v, depth, prec);
    arb_sub_ui(v, v, 3, prec);
    beyond = beyond && arb_is_positive(v);
    arb_clear(power);
    arb_clear(v);
    return beyond;
}

static char root_decide(void *w, const arf_struct *lo, const arf_struct *hi, char hint)
{
    root_worker *worker = w;
    const problem *about = worker->about;
    (void)hint;
    if (arf_sgn(lo) * arf_sgn(hi) > 0 && is_beyond_roots(arf_sgn(lo) > 0 ? lo : hi, about))
        return 'e';
    arb_set_interval_arf(worker->ball, lo, hi, about->prec);
    phi_over(&worker->w, worker->ball, about);
    if (sign_of(worker->w.sum) != 0)
        return 'a';
    int slope = sign_of(worker->w.sum + 1), bend = sign_of(worker->w.sum + 2);
    if (slope != 0) {
        int product = sign_at(worker, lo) * sign_at(worker, hi);
        return product > 0 ? 'b' : product < 0 ? 'c' : 0;
    }
    return about->at_edge && bend != 0 && holds_edge(worker, lo, hi) ? 'd' : 0;
}

static void *root_start(const void *context)
{
    root_worker *worker = malloc(sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->about = context;
    worker->balls = _arb_vec_init(6 * SERIES);
    arb_ptr b = worker->balls;
    worker->w =
        (workspace){b, b + SERIES, b + 2 * SERIES, b + 3 * SERIES, b + 4 * SERIES, b + 5 * SERIES};
    arb_init(worker->ball);
    return worker;
}

static void root_stop(void *w)
{
    root_worker *worker = w;
    _arb_vec_clear(worker->balls, 6 * SERIES);
    arb_clear(worker->ball);
    free(worker);
}

/* A box for all roots, with ends such that dyadic roots are not where it is split: its width is a multiple of a prime. */
static void line_box(arf_t lo, arf_t hi, const problem *about)
{
    slong n = -100000;
    for (slong step = 131072; step > 0;
         step /= 2) { /* the largest n at which roots may lie beyond 2^n */
        arf_set_si_2exp_si(lo, -1, n + step);
        arf_set_si_2exp_si(hi, 1, n + step);
        if (!is_beyond_roots(lo, about) || !is_beyond_roots(hi, about))
            n += step;
    }
    arf_set_si_2exp_si(lo, -1000000007, n - 28);
    arf_set_si_2exp_si(hi, 1000000018, n - 28);
}

/* Counts the leaves of the tree. */
static void count_roots(ew_proof_t proof)
{
    ew_lemma_proof *p = proof->lemmas;
    p->leaves = p->undecided = proof->roots = 0;
    for (const char *c = p->tree; *c != '\0'; c++) {
        p->leaves += *c != '0';
        p->undecided += *c == COVER_UNDECIDED;
        proof->roots += *c == 'c' || *c == 'd';
    }
    arf_set(p->open_lo, p->lo);
    arf_set(p->open_hi, p->hi);
    p->midpoint_holds = true;
    ew_cover_find_undecided(p->open_lo, p->open_hi, p->tree, 1);
}

static ew_status prove_at(ew_proof_t proof, slong prec, const ew_progress *progress)
{
    ew_lemma_proof *p = proof->lemmas;
    problem about = {.mode = proof->mode, .prec = prec};
    arb_t unit;
    arb_init(about.eta);
    arb_init(about.sigma);
    arb_init(unit);
    arb_one(unit);
    arb_set_fmpq(about.eta, proof->mode->eta, prec);
    arb_set_fmpq(about.sigma, proof->mode->sigma, prec);
    about.at_edge = ew_mode_regime(proof->mode) == EW_EDGE;
    line_box(p->lo, p->hi, &about);
    p->prec = prec + SPARE_BITS;
    cover_job job = {.variables = 1,
                     .width = unit,
                     .start = root_start,
                     .stop = root_stop,
                     .decide = root_decide,
                     .context = &about,
                     .all_or_nothing = true,
                     .most = EW_ROOT_BOXES,
                     .deepest = (int)FLINT_MIN(prec, MOST_SPLITS)};
    free(p->tree);
    ew_status status = ew_cover_run(&p->tree, &job, p->lo, p->hi, NULL, progress);
    if (p->tree != NULL)
        count_roots(proof);
    arb_clear(about.eta);
    arb_clear(about.sigma);
    arb_clear(unit);
    return status;
}

ew_status ew_prove_real_roots(ew_proof_t proof, const ew_mode_t mode, slong prec, slong max_prec,
                              const ew_progress *progress)
{
    if (proof == NULL || !ew_mode_is_positive(mode) || !ew_prec_fits(prec) ||
        !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    static const char *const reasons[] = {"sign Phi is not 0",
                                          "monotone Phi' is not 0, Phi has one sign at both ends",
                                          "existence Phi' is not 0, Phi changes sign",
                                          "convex s = 2, Phi'' is not 0, the edge is inside",
                                          "exclusion |x|^L > sigma, u < 0, |u|^L > 3"};
    ew_lemma_proof *p = proof->lemmas;
    if (mode->depth < 2 || fmpq_sgn(mode->eta) <= 0 || fmpq_sgn(mode->sigma) <= 0 || prec < 32)
        return EW_BAD_INPUT;
    ew_mode_set(proof->mode, mode);
    proof->theorem = ew_theorem_of_roots.name;
    proof->words = ew_theorem_of_roots.words;
    proof->where = ew_theorem_of_roots.where;
    proof->of_problem = true;
    proof->count = 1;
    p->name = NULL;
    p->variables = 1;
    p->variable[0] = "x";
    for (int r = 0; r < EW_PROOF_REASONS; r++)
        p->reasons[r] = reasons[r];
    ew_status status;
    do {
        status = prove_at(proof, prec, progress);
        prec *= 2;
    } while (status == EW_OK && !ew_proof_is_complete(proof) && prec <= max_prec);
    return status == EW_OK && !ew_proof_is_complete(proof) ? EW_UNDECIDED_STATUS : status;
}
