/* All real roots of an expanded integer polynomial, with multiplicities. theory/expanded-roots.md
 *
 * f = content x^v times powers of square-free, coprime factors; a factor h(x^m) is solved for x^m, for both signs of it
 * where m is odd; the positive roots of a square-free polynomial are isolated by poly_isolate.c and sharpened here. */
#include "num/domain.h"
#include "predict/poly_isolate.h"
#include "predict/word.h"
#include <edgewise/isolate.h>
#include <edgewise/predict.h>
#include <stdlib.h>

/* A root t of a polynomial h while it is sharpened. */
typedef struct {
    arb_t t; /* holds one root of h and no other, once `newton` or `exact` is set */
    bracket_struct bracket;
    slong source; /* which h; -1 for the root 0 */
    slong prec;   /* bits that told the signs near it so far */
    bool newton, exact;
    bool
        asked; /* whether the root is a number of few bits, as small divisors of the coefficients would have it */
} found_struct;

/* A root x = side t^(1/power) of f; two of them share one t where the power is even. */
typedef struct {
    arb_t x;
    slong t; /* which found_struct */
    slong power;
    int side;
    slong multiplicity;
} sought_struct;

/* All that is made for one f. */
typedef struct {
    fmpz_poly_struct *h; /* the polynomials that were isolated, and their derivatives */
    fmpz_poly_struct *dh;
    slong sources;
    found_struct *found;
    slong found_count;
    sought_struct *list;
    slong count;
    slong max_prec;
    slong most; /* bits of a working precision */
    ew_real_roots_struct *out;
    const ew_progress *asked; /* the caller's */
    const ew_progress *progress;
    bool stopped;
} workshop_t;

/* Asks the caller, and remembers a no. */
static bool may_go_on(void *context, const char *what, ulong done, ulong total)
{
    workshop_t *shop = context;
    if (!shop->stopped)
        shop->stopped = !ew_progress_tick(shop->asked, what, done, total);
    return !shop->stopped;
}

void ew_real_roots_init(ew_real_roots_t roots)
{
    roots->list = NULL;
    roots->count = roots->cells = roots->bits = 0;
}

void ew_real_roots_clear(ew_real_roots_t roots)
{
    for (slong i = 0; i < roots->count; i++)
        arb_clear(roots->list[i].x);
    flint_free(roots->list);
    ew_real_roots_init(roots);
}

static void workshop_clear(workshop_t *shop)
{
    for (slong i = 0; i < shop->sources; i++) {
        fmpz_poly_clear(shop->h + i);
        fmpz_poly_clear(shop->dh + i);
    }
    for (slong i = 0; i < shop->found_count; i++) {
        arb_clear(shop->found[i].t);
        arf_clear(shop->found[i].bracket.lo);
        arf_clear(shop->found[i].bracket.hi);
    }
    for (slong i = 0; i < shop->count; i++)
        arb_clear(shop->list[i].x);
    flint_free(shop->found);
    flint_free(shop->h);
    flint_free(shop->dh);
    flint_free(shop->list);
}

/* A new t: 0, or the one of a bracket. With it x = side t^(1/power), and -x for even powers. */
static void seek(workshop_t *shop, slong source, slong multiplicity, slong power, int side,
                 const bracket_struct *bracket)
{
    shop->found =
        flint_realloc(shop->found, (size_t)(shop->found_count + 1) * sizeof(found_struct));
    found_struct *found = shop->found + shop->found_count++;
    arb_init(found->t);
    arf_init(found->bracket.lo);
    arf_init(found->bracket.hi);
    found->source = source;
    found->newton = false;
    found->asked = false;
    found->prec = 64;
    found->exact = bracket == NULL || bracket->sign == 0;
    if (bracket == NULL)
        arb_zero(found->t);
    else if (found->exact)
        arb_set_arf(found->t, bracket->lo);
    else {
        arf_set(found->bracket.lo, bracket->lo);
        arf_set(found->bracket.hi, bracket->hi);
        found->bracket.sign = bracket->sign;
    }
    for (int mirror = 1; mirror >= (power % 2 == 0 ? -1 : 1); mirror -= 2) {
        shop->list = flint_realloc(shop->list, (size_t)(shop->count + 1) * sizeof(sought_struct));
        sought_struct *root = shop->list + shop->count++;
        arb_init(root->x);
        root->t = shop->found_count - 1;
        root->power = power;
        root->side = side * mirror;
        root->multiplicity = multiplicity;
    }
}

/* ---- Isolation ---------------------------------------------------------------------------------- */

/* A new source: h(side t). */
static slong add_source(workshop_t *shop, const fmpz_poly_t h, int side)
{
    size_t bytes = (size_t)(shop->sources + 1) * sizeof(fmpz_poly_struct);
    shop->h = flint_realloc(shop->h, bytes);
    shop->dh = flint_realloc(shop->dh, bytes);
    fmpz_poly_struct *f = shop->h + shop->sources;
    fmpz_poly_init(f);
    fmpz_poly_init(shop->dh + shop->sources);
    fmpz_poly_set(f, h);
    for (slong i = 1; side < 0 && i < fmpz_poly_length(f); i += 2)
        fmpz_neg(f->coeffs + i, f->coeffs + i);
    fmpz_poly_derivative(shop->dh + shop->sources, f);
    return shop->sources++;
}

/* The roots of h on one side of 0. */
static ew_status isolate_side(workshop_t *shop, const fmpz_poly_t h, slong multiplicity,
                              slong power, int side)
{
    brackets_t brackets;
    ew_brackets_init(brackets);
    slong source = add_source(shop, h, side);
    poly_task_t task = {shop->h + source, shop->most, shop->progress};
    ew_status status = ew_poly_isolate_positive(brackets, &task);
    for (slong i = 0; i < brackets->count && status == EW_OK; i++)
        seek(shop, source, multiplicity, power, side, brackets->list + i);
    shop->out->cells += brackets->cells;
    shop->out->bits = FLINT_MAX(shop->out->bits, brackets->bits);
    ew_brackets_clear(brackets);
    return status;
}

/* A square-free factor without the root 0. */
static ew_status isolate_factor(workshop_t *shop, const fmpz_poly_t factor, slong multiplicity)
{
    slong power = (slong)fmpz_poly_deflation(factor);
    fmpz_poly_t h;
    fmpz_poly_init(h);
    fmpz_poly_deflate(h, factor, (ulong)power);
    ew_status status = isolate_side(shop, h, multiplicity, power, 1);
    if (status == EW_OK && power % 2 != 0)
        status = isolate_side(shop, h, multiplicity, power, -1);
    fmpz_poly_clear(h);
    return status;
}

/* Is f, with a leading coefficient that the prime does not divide, coprime to its derivative modulo the prime? Then it
 * is square-free. (1) */
static bool is_square_free_mod(const fmpz_poly_t f, const ew_word_t word)
{
    ulong prime = word->mod.n;
    if (ew_word_reduce(word, fmpz_poly_lead(f)) == 0)
        return false;
    nmod_poly_t g, dg;
    nmod_poly_init(g, prime);
    nmod_poly_init(dg, prime);
    fmpz_poly_get_nmod_poly(g, f);
    nmod_poly_derivative(dg, g);
    nmod_poly_gcd(g, g, dg);
    bool yes = nmod_poly_degree(g) == 0;
    nmod_poly_clear(g);
    nmod_poly_clear(dg);
    return yes;
}

static bool is_square_free(const fmpz_poly_t f)
{
    if (fmpz_poly_degree(f) <= 1)
        return true;
    ew_word_t word;
    ew_word_init(word, f, f, f);
    for (int i = 0; i < 2; i++) {
        ew_word_next(word);
        if (is_square_free_mod(f, word))
            return true;
    }
    return false;
}

/* The factors, multiplied with their exponents, give f, and multiplied without give a square-free polynomial. (1) */
static bool factors_stand(const fmpz_poly_factor_t factors, const fmpz_poly_t f)
{
    fmpz_poly_t product, radical;
    fmpz_poly_init(product);
    fmpz_poly_init(radical);
    fmpz_poly_set_fmpz(product, &factors->c);
    fmpz_poly_one(radical);
    for (slong i = 0; i < factors->num; i++) {
        fmpz_poly_mul_KS(radical, radical, factors->p + i);
        for (slong k = 0; k < factors->exp[i]; k++)
            fmpz_poly_mul_KS(product, product, factors->p + i);
    }
    bool stand = fmpz_poly_equal(product, f) && is_square_free(radical);
    fmpz_poly_clear(product);
    fmpz_poly_clear(radical);
    return stand;
}

static ew_status isolate_all(workshop_t *shop, const fmpz_poly_t given)
{
    fmpz_poly_t f;
    fmpz_poly_init(f);
    slong zeros = 0;
    while (fmpz_is_zero(given->coeffs + zeros))
        zeros++;
    fmpz_poly_shift_right(f, given, zeros);
    fmpz_poly_primitive_part(f, f);
    if (zeros > 0)
        seek(shop, -1, zeros, 1, 1, NULL);
    ew_status status = EW_OK;
    if (is_square_free(f)) {
        if (fmpz_poly_degree(f) > 0)
            status = isolate_factor(shop, f, 1);
    } else {
        fmpz_poly_factor_t factors;
        fmpz_poly_factor_init(factors);
        fmpz_poly_factor_squarefree(factors, f);
        if (!factors_stand(factors, f))
            status = EW_UNDECIDED_STATUS;
        for (slong i = 0; i < factors->num && status == EW_OK; i++)
            status = isolate_factor(shop, factors->p + i, factors->exp[i]);
        fmpz_poly_factor_clear(factors);
    }
    fmpz_poly_clear(f);
    return status;
}

/* ---- Sharpening --------------------------------------------------------------------------------- */

/* t = the whole of the bracket. */
static void from_bracket(found_struct *root)
{
    arf_t half;
    arf_init(half);
    arf_add(arb_midref(root->t), root->bracket.lo, root->bracket.hi, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(arb_midref(root->t), arb_midref(root->t), -1);
    arf_sub(half, root->bracket.hi, root->bracket.lo, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(half, half, -1);
    arf_get_mag(arb_radref(root->t), half); /* upwards */
    arf_clear(half);
}

/* Cuts the bracket at a point in it, whose sign says which part has the root. False when the sign is not told. */
static bool cut(found_struct *root, arf_t point, const poly_task_t *task)
{
    int sign = ew_poly_sign_at(task, point, &root->prec);
    if (sign == SIGN_UNKNOWN)
        return false;
    if (sign == 0) {
        arb_set_arf(root->t, point);
        root->exact = true;
    } else if (sign == root->bracket.sign)
        arf_swap(root->bracket.lo, point);
    else
        arf_swap(root->bracket.hi, point);
    return true;
}

/* Halves the bracket, or, where one end is far larger than the other, the quotient of the two. */
static bool bisect(found_struct *root, const poly_task_t *task)
{
    slong low = arf_abs_bound_lt_2exp_si(root->bracket.lo);
    slong high = arf_abs_bound_lt_2exp_si(root->bracket.hi);
    arf_t middle;
    arf_init(middle);
    if (high > low + 2)
        arf_set_si_2exp_si(middle, 1, low + (high - low) / 2);
    else {
        arf_add(middle, root->bracket.lo, root->bracket.hi, ARF_PREC_EXACT, ARF_RND_DOWN);
        arf_mul_2exp_si(middle, middle, -1);
    }
    bool told = cut(root, middle, task);
    arf_clear(middle);
    return told;
}

/* A dyadic root is a multiple of 2^-v where 2^v is in the leading coefficient. Asks once whether it is the one multiple in a
 * bracket that is narrow enough to have no other. (9) */
static bool ask_if_dyadic(found_struct *root, const poly_task_t *task)
{
    slong v = (slong)fmpz_val2(fmpz_poly_lead(task->f));
    arf_t point;
    arf_init(point);
    arf_sub(point, root->bracket.hi, root->bracket.lo, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(point, point, v);
    slong wide = arf_cmp_si(point, 1) < 0 ? 0 : arf_abs_bound_lt_2exp_si(point);
    bool told = true;
    for (slong i = 0; wide <= 8 && i < wide && told && !root->exact; i++) /* soon narrow enough */
        told = bisect(root, task);
    if (wide <= 8 && told && !root->exact) {
        root->asked = true;
        arf_mul_2exp_si(point, root->bracket.hi, v);
        arf_ceil(point, point);
        arf_sub_si(point, point, 1, ARF_PREC_EXACT, ARF_RND_DOWN);
        arf_mul_2exp_si(point, point, -v);
        if (arf_cmp(point, root->bracket.lo) > 0)
            told = cut(root, point, task);
    }
    arf_clear(point);
    return told;
}

/* Plain Newton steps from the middle of the bracket, at twice the bits that signs took; and if the signs on either side of where
 * they lead say so, a bracket of half of these bits: the steps prove nothing, the signs all. (9) */
static bool leap(found_struct *root, const fmpz_poly_t dh, const poly_task_t *task)
{
    const fmpz_poly_struct *h = task->f;
    slong prec = 2 * root->prec;
    arb_t x, value, slope;
    arf_t lo, hi, step, small;
    arb_init(x), arb_init(value), arb_init(slope);
    arf_init(lo), arf_init(hi), arf_init(step), arf_init(small);
    arf_add(arb_midref(x), root->bracket.lo, root->bracket.hi, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(arb_midref(x), arb_midref(x), -1);
    arf_sub(step, root->bracket.hi, root->bracket.lo, MAG_BITS, ARF_RND_DOWN);
    arf_mul_2exp_si(small, arb_midref(x), -prec / 4);
    bool shrinks = true;
    while (shrinks && arf_cmpabs(step, small) > 0) {
        arf_set(lo, step); /* the step before: the next is to be at most half of it */
        arb_fmpz_poly_evaluate_arb(value, h, x, prec);
        arb_fmpz_poly_evaluate_arb(slope, dh, x, prec);
        arf_div(step, arb_midref(value), arb_midref(slope), MAG_BITS, ARF_RND_DOWN);
        arf_mul_2exp_si(lo, lo, -1);
        shrinks = arf_is_finite(step) && arf_cmpabs(step, lo) < 0;
        arf_div(step, arb_midref(value), arb_midref(slope), prec, ARF_RND_DOWN);
        arf_sub(arb_midref(x), arb_midref(x), step, prec / 2, ARF_RND_DOWN);
    }
    arf_mul_2exp_si(small, small, 3);
    arf_sub(lo, arb_midref(x), small, prec, ARF_RND_DOWN);
    arf_add(hi, arb_midref(x), small, prec, ARF_RND_DOWN);
    bool leapt = shrinks && arf_cmp(lo, root->bracket.lo) > 0 &&
                 arf_cmp(hi, root->bracket.hi) < 0 &&
                 ew_poly_sign_at(task, lo, &root->prec) == root->bracket.sign &&
                 ew_poly_sign_at(task, hi, &root->prec) == -root->bracket.sign;
    if (leapt) {
        arf_swap(root->bracket.lo, lo);
        arf_swap(root->bracket.hi, hi);
    }
    arb_clear(x), arb_clear(value), arb_clear(slope);
    arf_clear(lo), arf_clear(hi), arf_clear(step), arf_clear(small);
    return leapt;
}

/* One Newton step on t at `prec` bits. A finite image proves that h has no other root in t, which the bracket's root is in.
 * It is relied upon once it is far narrower than t, so that the next ones will be. */
static void newton(found_struct *root, const fmpz_poly_t dh, const fmpz_poly_t h, slong prec)
{
    arb_t m, value, slope;
    mag_t much;
    arb_init(m);
    arb_init(value);
    arb_init(slope);
    mag_init(much);
    arb_fmpz_poly_evaluate_arb(slope, dh, root->t, prec);
    if (!arb_contains_zero(slope)) {
        arb_get_mid_arb(m, root->t);
        arb_fmpz_poly_evaluate_arb(value, h, m, prec);
        arb_div(value, value, slope, prec);
        arb_sub(value, m, value, prec);
        mag_mul_2exp_si(much, arb_radref(root->t), -3);
        if (arb_is_finite(value) && (root->newton || mag_cmp(arb_radref(value), much) < 0)) {
            arb_intersection(root->t, root->t, value, prec);
            root->newton = true;
        }
    }
    arb_clear(m);
    arb_clear(value);
    arb_clear(slope);
    mag_clear(much);
}

/* Cuts the logarithms of the ends until one is at most four times the other. */
static bool cut_to_size(found_struct *root, const poly_task_t *task)
{
    bool told = true;
    for (slong left = FLINT_BITS; told && !root->exact && left > 0; left--) {
        if (arf_abs_bound_lt_2exp_si(root->bracket.hi) <=
            arf_abs_bound_lt_2exp_si(root->bracket.lo) + 2)
            break;
        told = bisect(root, task);
    }
    return told;
}

/* Narrows the bracket until it is as narrow as asked, which is all that is needed, or Newton's method gains on it. Each round
 * cuts it four times, and signs in a narrow one take as many bits as that is narrow. */
static ew_status approach(found_struct *root, const fmpz_poly_t dh, const poly_task_t *task,
                          slong bits)
{
    bool told = ask_if_dyadic(root, task) && cut_to_size(root, task);
    while (told && !root->exact) {
        if (!ew_progress_tick(task->progress, "sharpening roots", (ulong)root->prec, 0))
            return EW_STOPPED;
        from_bracket(root);
        if (arb_rel_accuracy_bits(root->t) > bits)
            break;
        bool leapt = leap(root, dh, task);
        from_bracket(root);
        newton(root, dh, task->f, 2 * root->prec);
        if (root->newton)
            break;
        for (int i = 0; i < 4 && told && !root->exact; i++)
            told = bisect(root, task);
        if (leapt) /* h' is blurred over a narrow bracket: more bits */
            root->prec = FLINT_MIN(2 * root->prec, task->most);
        if (told && !root->asked && !root->exact)
            told = ask_if_dyadic(root, task);
    }
    return told ? EW_OK : EW_UNDECIDED_STATUS;
}

/* t to a relative radius below 2^-bits, with working precisions up to twice the larger of task->most and bits. */
static ew_status sharpen(found_struct *root, const workshop_t *shop, slong bits)
{
    if (root->exact)
        return EW_OK;
    const fmpz_poly_struct *h = shop->h + root->source, *dh = shop->dh + root->source;
    poly_task_t task = {h, shop->most, shop->progress};
    ew_status status = root->newton ? EW_OK : approach(root, dh, &task, bits);
    slong prec = 2 * root->prec, had = 0;
    while (status == EW_OK && !root->exact && arb_rel_accuracy_bits(root->t) <= bits) {
        if (prec > 2 * FLINT_MAX(shop->most, bits))
            return EW_UNDECIDED_STATUS;
        if (!ew_progress_tick(shop->progress, "sharpening roots", (ulong)had, (ulong)bits))
            return EW_STOPPED;
        newton(root, dh, h, prec);
        slong has =
            FLINT_MIN(arb_rel_accuracy_bits(root->t), bits + 1); /* exact ones have no end */
        bool stalls = has <= had + 1;
        prec = stalls ? 2 * prec : FLINT_MAX(prec, FLINT_MIN(2 * has, bits) + 128);
        had = has;
    }
    return status;
}

/* x to a relative radius below 2^-bits. */
static ew_status solve(sought_struct *root, const workshop_t *shop, slong bits)
{
    found_struct *found = shop->found + root->t;
    ew_status status = sharpen(found, shop, bits + 4);
    arb_root_ui(root->x, found->t, (ulong)root->power, bits + 32);
    if (root->side < 0)
        arb_neg(root->x, root->x);
    return status;
}

static int by_midpoint(const void *left, const void *right)
{
    const sought_struct *a = left, *b = right;
    return arf_cmp(arb_midref(a->x), arb_midref(b->x));
}

static bool ascending(const workshop_t *shop)
{
    for (slong i = 1; i < shop->count; i++)
        if (!arb_lt(shop->list[i - 1].x, shop->list[i].x))
            return false;
    return true;
}

/* Sharpens all, further than asked until no two overlap. */
static ew_status separate(workshop_t *shop, slong prec)
{
    for (slong bits = prec; bits <= 4 * shop->max_prec + 1024; bits *= 2) {
        for (slong i = 0; i < shop->count; i++) {
            if (!ew_progress_tick(shop->progress, "sharpening roots", (ulong)i, (ulong)shop->count))
                return EW_STOPPED;
            ew_status status = solve(shop->list + i, shop, bits);
            if (status != EW_OK)
                return status;
        }
        if (shop->count > 1)
            qsort(shop->list, (size_t)shop->count, sizeof(sought_struct), by_midpoint);
        if (ascending(shop))
            return EW_OK;
    }
    return EW_UNDECIDED_STATUS;
}

ew_status ew_poly_real_roots(ew_real_roots_t roots, const fmpz_poly_t f, slong prec, slong max_prec,
                             const ew_progress *progress)
{
    if (roots == NULL || f == NULL || !ew_prec_fits(prec) || !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    ew_real_roots_clear(roots);
    if (fmpz_poly_is_zero(f))
        return EW_BAD_INPUT;
    if (prec > max_prec)
        return EW_UNDECIDED_STATUS;
    ew_status enough = ew_memory_check((double)prec * (double)fmpz_poly_length(f));
    if (enough != EW_OK)
        return enough;
    workshop_t shop = {.max_prec = max_prec, .out = roots, .asked = progress};
    const ew_progress own = {may_go_on, &shop};
    shop.progress = &own;
    shop.most = 4 * max_prec + 1024 + 4 * fmpz_poly_degree(f);
    ew_status status = isolate_all(&shop, f);
    if (status == EW_OK)
        status = separate(&shop, prec);
    if (shop.stopped)
        status = EW_STOPPED;
    if (status == EW_OK && shop.count > 0) {
        roots->list = flint_malloc((size_t)shop.count * sizeof(ew_real_root_struct));
        for (; roots->count < shop.count; roots->count++) {
            ew_real_root_struct *root = roots->list + roots->count;
            arb_init(root->x);
            arb_set(root->x, shop.list[roots->count].x);
            root->multiplicity = shop.list[roots->count].multiplicity;
        }
    }
    workshop_clear(&shop);
    return status;
}
