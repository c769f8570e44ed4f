/* The polynomial of a program, expanded. theory/slp.md (7) */
#include "predict/slp_eval.h"

/* numerator / denominator, in lowest terms, denominator > 0 */
typedef struct {
    fmpz_poly_t numerator;
    fmpz_t denominator;
} fraction_struct;

static void reduce(fraction_struct *f)
{
    fmpz_t common;
    fmpz_init(common);
    fmpz_poly_content(common, f->numerator);
    fmpz_gcd(common, common, f->denominator);
    if (!fmpz_is_one(common) && !fmpz_is_zero(common)) {
        fmpz_poly_scalar_divexact_fmpz(f->numerator, f->numerator, common);
        fmpz_divexact(f->denominator, f->denominator, common);
    }
    fmpz_clear(common);
}

/* a + sign b. */
static void sum(fraction_struct *out, const fraction_struct *a, const fraction_struct *b, int sign)
{
    fmpz_poly_t t;
    fmpz_poly_init(t);
    fmpz_poly_scalar_mul_fmpz(out->numerator, a->numerator, b->denominator);
    fmpz_poly_scalar_mul_fmpz(t, b->numerator, a->denominator);
    if (sign > 0)
        fmpz_poly_add(out->numerator, out->numerator, t);
    else
        fmpz_poly_sub(out->numerator, out->numerator, t);
    fmpz_mul(out->denominator, a->denominator, b->denominator);
    fmpz_poly_clear(t);
}

static void power(fraction_struct *out, const fraction_struct *a, ulong n)
{
    fmpz_poly_one(out->numerator);
    for (int bit = n > 0 ? (int)FLINT_BIT_COUNT(n) - 1 : -1; bit >= 0; bit--) {
        fmpz_poly_mul_KS(out->numerator, out->numerator, out->numerator);
        if ((n >> bit) & 1)
            fmpz_poly_mul_KS(out->numerator, out->numerator, a->numerator);
    }
    fmpz_pow_ui(out->denominator, a->denominator, n);
}

static void apply(fraction_struct *f, slong i, const ew_slp_op *op)
{
    const fraction_struct *a = f + op->a, *b = f + op->b;
    switch (op->kind) {
    case EW_SLP_CONSTANT:
        fmpz_poly_set_fmpz(f[i].numerator, fmpq_numref(op->c));
        fmpz_set(f[i].denominator, fmpq_denref(op->c));
        break;
    case EW_SLP_X:
        fmpz_poly_set_coeff_si(f[i].numerator, 1, 1);
        break;
    case EW_SLP_ADD:
    case EW_SLP_SUB:
        sum(f + i, a, b, op->kind == EW_SLP_ADD ? 1 : -1);
        break;
    case EW_SLP_MUL:
        fmpz_poly_mul_KS(f[i].numerator, a->numerator, b->numerator);
        fmpz_mul(f[i].denominator, a->denominator, b->denominator);
        break;
    case EW_SLP_POW:
        power(f + i, a, op->n);
        break;
    }
    reduce(f + i);
}

/* The same value at 3/2 as the program run there in rationals. */
static bool stands(const fraction_struct *f, const ew_slp_t p)
{
    fmpq_t x, value, other;
    fmpq_init(x);
    fmpq_init(value);
    fmpq_init(other);
    fmpq_set_si(x, 3, 2);
    fmpz_poly_evaluate_fmpq(value, f->numerator, x);
    fmpq_div_fmpz(value, value, f->denominator);
    bool same = ew_slp_eval_exact(other, p, x) == EW_OK && fmpq_equal(value, other);
    fmpq_clear(x);
    fmpq_clear(value);
    fmpq_clear(other);
    return same;
}

/* Of a fraction: the bits of the sum of the |coefficients| of the numerator, and of the denominator. */
typedef struct {
    double numerator, denominator;
} size_struct;

static size_struct size_of(const ew_slp_op *op, const size_struct *s, size_struct x)
{
    size_struct a = s[op->a], b = s[op->b];
    switch (op->kind) {
    case EW_SLP_CONSTANT:
        return (size_struct){
            (double)fmpz_bits(fmpq_numref(op->c)),
            fmpz_is_one(fmpq_denref(op->c)) ? 0 : (double)fmpz_bits(fmpq_denref(op->c))};
    case EW_SLP_X:
        return x;
    case EW_SLP_POW:
        return (size_struct){(double)op->n * a.numerator, (double)op->n * a.denominator};
    case EW_SLP_MUL:
        return (size_struct){a.numerator + b.numerator, a.denominator + b.denominator};
    case EW_SLP_ADD:
    case EW_SLP_SUB:
        break;
    }
    double left = a.numerator + b.denominator, right = b.numerator + a.denominator;
    return (size_struct){(left > right ? left : right) + 1, a.denominator + b.denominator};
}

double ew_slp_exact_bits(const ew_slp_t p, double numerator, double denominator)
{
    size_struct *s = flint_malloc((size_t)p->count * sizeof(size_struct));
    size_struct x = {numerator, denominator};
    double most = 0;
    for (slong i = 0; i < p->count; i++) {
        s[i] = size_of(p->ops + i, s, x);
        double bits = s[i].numerator + s[i].denominator;
        most = bits > most ? bits : most;
    }
    flint_free(s);
    return most;
}

bool ew_slp_expand(fmpz_poly_t f, const ew_slp_t p, const ew_progress *progress)
{
    fraction_struct *all = flint_malloc((size_t)p->count * sizeof(fraction_struct));
    bool going = true;
    for (slong i = 0; i < p->count; i++) {
        fmpz_poly_init(all[i].numerator);
        fmpz_init_set_ui(all[i].denominator, 1);
    }
    for (slong i = 0; i < p->count && going; i++) {
        apply(all, i, p->ops + i);
        going = ew_progress_tick(progress, "isolating roots", (ulong)i, (ulong)p->count);
    }
    bool fine = going && stands(all + p->count - 1, p);
    if (fine)
        fmpz_poly_swap(f, all[p->count - 1].numerator);
    for (slong i = 0; i < p->count; i++) {
        fmpz_poly_clear(all[i].numerator);
        fmpz_clear(all[i].denominator);
    }
    flint_free(all);
    return fine;
}
