/* A theorem's lemmas, one after the other. */
#include "model/domain.h"
#include "num/domain.h"
#include "predict/proof/cover.h"
#include "predict/proof/lemma.h"
#include <edgewise/proof.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST_SPLIT = 60 };

void ew_proof_init(ew_proof_t proof)
{
    memset(proof, 0, sizeof *proof);
    ew_mode_init(proof->mode);
    for (int i = 0; i < EW_PROOF_LEMMAS; i++)
        for (int k = 0; k < EW_PROOF_VARIABLES; k++) {
            arf_init(proof->lemmas[i].lo + k);
            arf_init(proof->lemmas[i].hi + k);
            arf_init(proof->lemmas[i].open_lo + k);
            arf_init(proof->lemmas[i].open_hi + k);
        }
}

void ew_proof_clear(ew_proof_t proof)
{
    ew_mode_clear(proof->mode);
    for (int i = 0; i < EW_PROOF_LEMMAS; i++) {
        free(proof->lemmas[i].tree);
        for (int k = 0; k < EW_PROOF_VARIABLES; k++) {
            arf_clear(proof->lemmas[i].lo + k);
            arf_clear(proof->lemmas[i].hi + k);
            arf_clear(proof->lemmas[i].open_lo + k);
            arf_clear(proof->lemmas[i].open_hi + k);
        }
    }
}

bool ew_proof_is_complete(const ew_proof_t proof)
{
    for (int i = 0; i < proof->count; i++)
        if (proof->lemmas[i].undecided > 0)
            return false;
    return proof->count > 0;
}

const char *ew_theorem_name(int i)
{
    return i >= 0 && i < THEOREM_COUNT ? ew_theorem_list[i].name : NULL;
}

const char *ew_lemma_name(const char *name)
{
    if (name == NULL)
        return NULL;
    for (int i = 0; i < LEMMA_COUNT; i++)
        if (strcmp(name, ew_lemma_table[i].name) == 0)
            return ew_lemma_table[i].name;
    return NULL;
}

static const theorem *find_theorem(const char *name)
{
    if (name == NULL)
        return NULL;
    for (int i = 0; i < THEOREM_COUNT; i++)
        if (strcmp(name, ew_theorem_list[i].name) == 0)
            return ew_theorem_list + i;
    return NULL;
}

const char *ew_theorem_words(const char *name)
{
    const theorem *about = find_theorem(name);
    return about != NULL ? about->words : NULL;
}

const char *ew_theorem_where(const char *name)
{
    const theorem *about = find_theorem(name);
    return about != NULL ? about->where : NULL;
}

slong ew_theorem_least(const char *name)
{
    if (name == NULL)
        return 0;
    slong least = 0;
    for (int i = 0; i < LEMMA_COUNT; i++)
        if (strcmp(name, ew_lemma_table[i].theorem) == 0 &&
            (least == 0 || ew_lemma_table[i].least < least))
            least = ew_lemma_table[i].least;
    return least;
}

/* ---- one lemma ---- */

typedef struct {
    const lemma *what;
    slong prec;
} lemma_context;

typedef struct {
    const lemma *what;
    jet_pool pool;
    arb_ptr box;
} lemma_worker;

static void *lemma_start(const void *context)
{
    const lemma_context *c = context;
    lemma_worker *worker = malloc(sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->what = c->what;
    ew_jet_pool_init(&worker->pool, LEMMA_JETS, c->prec);
    worker->box = _arb_vec_init(JET_VARIABLES);
    return worker;
}

static void lemma_stop(void *w)
{
    lemma_worker *worker = w;
    ew_jet_pool_clear(&worker->pool);
    _arb_vec_clear(worker->box, JET_VARIABLES);
    free(worker);
}

/* The first reason that holds all over the box, or only the one hinted at. */
static char lemma_decide(void *w, const arf_struct *lo, const arf_struct *hi, char hint)
{
    lemma_worker *worker = w;
    for (int k = 0; k < worker->what->variables; k++)
        arb_set_interval_arf(worker->box + k, lo + k, hi + k, worker->pool.prec);
    for (int r = 0; r < LEMMA_REASONS && worker->what->reason[r] != NULL; r++)
        if ((hint == 0 || hint == 'a' + r) && worker->what->holds(&worker->pool, worker->box, r))
            return (char)('a' + r);
    return 0;
}

/* e = 1/L over the depths alone: a dyadic box a little wider. */
static void depth_box(arf_t lo, arf_t hi, const lemma *what, slong first, slong last)
{
    arf_t n;
    arf_init(n);
    if (last > 0) {
        arf_set_si(n, last);
        arf_ui_div(lo, 1, n, 24, ARF_RND_DOWN);
        arf_mul_2exp_si(n, lo, -12);
        arf_sub(lo, lo, n, ARF_PREC_EXACT, ARF_RND_DOWN);
    }
    if (first > what->least) {
        arf_set_si(n, first);
        arf_ui_div(hi, 1, n, 24, ARF_RND_UP);
    }
    arf_clear(n);
}

/* What is known of the lemma before its proof. */
static void lemma_describe(ew_lemma_proof *p, const lemma *what, slong first, slong last,
                           slong prec)
{
    p->name = what->name;
    p->form = what->form;
    p->variables = what->variables;
    p->prec = prec;
    for (int r = 0; r < LEMMA_REASONS; r++)
        p->reasons[r] = what->reason[r];
    for (int k = 0; k < what->variables; k++) {
        p->variable[k] = what->variable[k];
        arf_set_si_2exp_si(p->lo + k, what->lo[k], -LEMMA_LOG_UNIT);
        arf_set_si_2exp_si(p->hi + k, what->hi[k], -LEMMA_LOG_UNIT);
        if (strcmp(what->variable[k], "e") == 0)
            depth_box(p->lo + k, p->hi + k, what, first, last);
    }
}

/* Where the first undecided box is, and what holds at its midpoint. */
static void lemma_look(ew_lemma_proof *p, const lemma *what)
{
    p->leaves = p->undecided = 0;
    for (const char *c = p->tree; *c != '\0'; c++) {
        p->leaves += *c < '0' || *c >= '0' + JET_VARIABLES;
        p->undecided += *c == COVER_UNDECIDED;
    }
    for (int k = 0; k < p->variables; k++) {
        arf_set(p->open_lo + k, p->lo + k);
        arf_set(p->open_hi + k, p->hi + k);
    }
    if (!ew_cover_find_undecided(p->open_lo, p->open_hi, p->tree, p->variables))
        return;
    lemma_context context = {what, 4 * p->prec};
    lemma_worker *worker = lemma_start(&context);
    arf_struct middle[JET_VARIABLES];
    for (int k = 0; k < p->variables; k++) {
        arf_init(middle + k);
        arf_add(middle + k, p->open_lo + k, p->open_hi + k, ARF_PREC_EXACT, ARF_RND_DOWN);
        arf_mul_2exp_si(middle + k, middle + k, -1);
    }
    p->midpoint_holds = worker != NULL && lemma_decide(worker, middle, middle, 0) != 0;
    for (int k = 0; k < p->variables; k++)
        arf_clear(middle + k);
    if (worker != NULL)
        lemma_stop(worker);
}

/* The lemma's tree in an earlier proof of the same box, or NULL. */
static const char *earlier_tree(const ew_proof_struct *earlier, const ew_lemma_proof *p)
{
    for (int i = 0; earlier != NULL && i < earlier->count; i++) {
        const ew_lemma_proof *q = earlier->lemmas + i;
        bool same = q->name != NULL && strcmp(q->name, p->name) == 0;
        for (int k = 0; k < p->variables && same; k++)
            same = arf_equal(p->lo + k, q->lo + k) && arf_equal(p->hi + k, q->hi + k);
        if (same)
            return q->tree;
    }
    return NULL;
}

static ew_status lemma_prove(ew_lemma_proof *p, const lemma *what, const ew_proof_struct *earlier,
                             const ew_progress *progress)
{
    lemma_context context = {what, p->prec};
    arb_ptr width = _arb_vec_init(JET_VARIABLES);
    for (int k = 0; k < what->variables; k++)
        arb_set_si(width + k, what->hi[k] - what->lo[k]);
    cover_job job = {.variables = what->variables,
                     .width = width,
                     .start = lemma_start,
                     .stop = lemma_stop,
                     .decide = lemma_decide,
                     .context = &context,
                     .deepest = DEEPEST_SPLIT};
    free(p->tree);
    ew_status status =
        ew_cover_run(&p->tree, &job, p->lo, p->hi, earlier_tree(earlier, p), progress);
    if (p->tree != NULL)
        lemma_look(p, what);
    _arb_vec_clear(width, JET_VARIABLES);
    return status;
}

/* The lemmas of theorem `name` that these depths need. */
static ew_status prove_lemmas(ew_proof_t proof, const char *name, slong prec,
                              const ew_proof_struct *earlier, const ew_progress *progress)
{
    ew_status status = EW_OK;
    proof->count = 0;
    for (int i = 0; i < LEMMA_COUNT && status != EW_RESOURCES; i++) {
        const lemma *what = ew_lemma_table + i;
        if (strcmp(what->theorem, name) != 0 || (proof->last != 0 && proof->last < what->least) ||
            (what->most != 0 && proof->first > what->most))
            continue;
        ew_lemma_proof *p = proof->lemmas + proof->count++;
        lemma_describe(p, what, proof->first, proof->last, prec);
        ew_status one = lemma_prove(p, what, earlier, progress);
        status = one != EW_OK ? one : status;
    }
    return status == EW_OK && !ew_proof_is_complete(proof) ? EW_UNDECIDED_STATUS : status;
}

static void proof_describe(ew_proof_t proof, const theorem *about, slong first, slong last)
{
    proof->theorem = about->name;
    proof->words = about->words;
    proof->where = about->where;
    proof->of_problem = false;
    proof->roots = -1;
    proof->first = first;
    proof->last = last;
}

ew_status ew_prove(ew_proof_t proof, const char *name, slong first, slong last, slong prec,
                   const ew_proof_struct *earlier, const ew_progress *progress)
{
    const theorem *about = find_theorem(name);
    slong least = ew_theorem_least(name);
    if (proof == NULL || !ew_prec_fits(prec) || first > EW_DEPTH_MAX || last > EW_DEPTH_MAX)
        return EW_BAD_INPUT;
    if (about == NULL || first < 2 || (last != 0 && last < FLINT_MAX(first, least)) || prec < 32)
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    proof_describe(proof, about, FLINT_MAX(first, least), last);
    return prove_lemmas(proof, name, prec, earlier, progress);
}

/* ---- one problem ---- */

/* Is s < 2 sqrt 2 (L = 2), s <= 17/4 - 3/L? */
static bool step_in_range(const ew_mode_t mode)
{
    if (mode->depth == 2)
        return ew_mode_cmp_s_sqrt8(mode) < 0;
    fmpq_t most;
    fmpq_init(most);
    fmpq_set_si(most, 17 * mode->depth - 12, 4 * (ulong)mode->depth);
    bool inside = ew_mode_cmp_s(mode, most) <= 0;
    fmpq_clear(most);
    return inside;
}

/* Is alpha <= sigma^(1/L)/sqrt(L)? With eta = alpha^2/sigma^2, s = L alpha^2/sigma^(2/L), to be compared with 1. */
static bool alpha_in_range(const ew_mode_t mode)
{
    ew_mode_t other;
    fmpq_t one;
    ew_mode_init(other);
    fmpq_init(one);
    fmpq_one(one);
    ew_mode_set(other, mode);
    fmpq_div(other->eta, mode->alpha, mode->sigma);
    fmpq_mul(other->eta, other->eta, other->eta);
    bool inside = fmpq_is_zero(mode->alpha) || ew_mode_cmp_s(other, one) <= 0;
    fmpq_clear(one);
    ew_mode_clear(other);
    return inside;
}

bool ew_gap_in_range(const ew_mode_t mode)
{
    if (!ew_mode_is_positive(mode))
        return false;
    return mode->depth >= 2 && fmpq_sgn(mode->eta) > 0 && fmpq_sgn(mode->sigma) > 0 &&
           fmpq_sgn(mode->alpha) >= 0 && step_in_range(mode) && alpha_in_range(mode);
}

ew_status ew_prove_gap(ew_proof_t proof, const ew_mode_t mode, slong prec,
                       const ew_progress *progress)
{
    if (proof == NULL || !ew_mode_is_positive(mode) || !ew_prec_fits(prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    if (prec < 32 || !ew_gap_in_range(mode))
        return EW_BAD_INPUT;
    proof_describe(proof, &ew_theorem_of_gap, mode->depth, mode->depth);
    proof->of_problem = true;
    ew_mode_set(proof->mode, mode);
    return prove_lemmas(proof, "balancing-gap", prec, NULL, progress);
}
