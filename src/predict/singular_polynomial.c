/* Singular values as roots of the characteristic polynomial of the Gram matrix, in exact arithmetic.
 * theory/target.md (3) - (5) */
#include "num/domain.h"
#include "predict/singular.h"
#include <edgewise/isolate.h>

enum { PRIME_BITS = 62 };

/* Bits that bound every coefficient of the characteristic polynomial of a a^T. theory/target.md (4) */
static slong coefficient_bits(const fmpz_mat_t a)
{
    slong k = fmpz_mat_nrows(a);
    fmpz_t trace;
    fmpz_init(trace);
    for (slong i = 0; i < k; i++)
        for (slong j = 0; j < fmpz_mat_ncols(a); j++)
            fmpz_addmul(trace, fmpz_mat_entry(a, i, j), fmpz_mat_entry(a, i, j));
    fmpz_cdiv_q_ui(trace, trace, (ulong)k);
    fmpz_add_ui(trace, trace, 1);
    slong bits = k * (slong)fmpz_bits(trace);
    fmpz_clear(trace);
    return bits;
}

/* g = a a^T modulo the prime that g was made with. */
static void gram_modulo(nmod_mat_t g, const fmpz_mat_t a)
{
    nmod_mat_t b, bt;
    nmod_mat_init(b, fmpz_mat_nrows(a), fmpz_mat_ncols(a), g->mod.n);
    nmod_mat_init(bt, fmpz_mat_ncols(a), fmpz_mat_nrows(a), g->mod.n);
    fmpz_mat_get_nmod_mat(b, a);
    nmod_mat_transpose(bt, b);
    nmod_mat_mul(g, b, bt);
    nmod_mat_clear(b);
    nmod_mat_clear(bt);
}

/* Joins the polynomial modulo one more prime to f, which is right modulo `modulus`. */
static void join(fmpz_poly_t f, fmpz_t modulus, const fmpz_mat_t a, ulong prime)
{
    nmod_mat_t g;
    nmod_poly_t residue;
    nmod_mat_init(g, fmpz_mat_nrows(a), fmpz_mat_nrows(a), prime);
    nmod_poly_init(residue, prime);
    gram_modulo(g, a);
    nmod_mat_charpoly_danilevsky(residue, g);
    fmpz_poly_CRT_ui(f, f, modulus, residue, 1);
    fmpz_mul_ui(modulus, modulus, prime);
    nmod_poly_clear(residue);
    nmod_mat_clear(g);
}

/* A second route: is f(x) = det(x - a a^T) at a place modulo another prime? */
static bool stands(const fmpz_poly_t f, const fmpz_mat_t a, ulong prime)
{
    slong k = fmpz_mat_nrows(a);
    ulong x = prime / 3;
    nmod_mat_t g;
    nmod_poly_t residue;
    nmod_mat_init(g, k, k, prime);
    nmod_poly_init(residue, prime);
    gram_modulo(g, a);
    nmod_mat_neg(g, g);
    for (slong i = 0; i < k; i++)
        nmod_mat_entry(g, i, i) = n_addmod(nmod_mat_entry(g, i, i), x, prime);
    fmpz_poly_get_nmod_poly(residue, f);
    bool equal = nmod_mat_det(g) == nmod_poly_evaluate_nmod(residue, x);
    nmod_poly_clear(residue);
    nmod_mat_clear(g);
    return equal;
}

/* f = det(x - a a^T), by primes whose product exceeds twice every coefficient. */
static ew_status characteristic(fmpz_poly_t f, const fmpz_mat_t a, const ew_progress *progress)
{
    slong needed = coefficient_bits(a) + 1;
    ulong prime = UWORD(1) << PRIME_BITS;
    fmpz_t modulus;
    fmpz_init_set_ui(modulus, 1);
    fmpz_poly_zero(f);
    ew_status status = EW_OK;
    for (slong bits = 0; bits <= needed && status == EW_OK; bits += PRIME_BITS) {
        prime = n_nextprime(prime, 1);
        if (ew_progress_tick(progress, "characteristic polynomial", (ulong)bits, (ulong)needed))
            join(f, modulus, a, prime);
        else
            status = EW_STOPPED;
    }
    fmpz_clear(modulus);
    if (status == EW_OK && !stands(f, a, n_nextprime(prime, 1)))
        status = EW_UNDECIDED_STATUS;
    return status;
}

/* Is the root the whole number n? It is when there is one in its enclosure, and f vanishes there. */
static bool is_whole(fmpz_t n, const ew_real_root_struct *root, const fmpz_poly_t f)
{
    if (!arb_get_unique_fmpz(n, root->x))
        return false;
    fmpz_t value;
    fmpz_init(value);
    fmpz_poly_evaluate_fmpz(value, f, n);
    bool vanishes = fmpz_is_zero(value);
    fmpz_clear(value);
    return vanishes;
}

/* The singular value unit sqrt(root): what it is, and its enclosure. theory/target.md (5) */
static void set_value(ew_singular_value_struct *value, const ew_real_root_struct *root,
                      const fmpz_poly_t f, const fmpq_t unit, slong prec)
{
    fmpz_t n;
    arb_t scale;
    fmpz_init(n);
    arb_init(scale);
    arb_set_fmpq(scale, unit, prec + 16);
    value->multiplicity = root->multiplicity;
    value->kind = EW_IRRATIONAL;
    if (!is_whole(n, root, f))
        arb_sqrt(value->x, root->x, prec + 16);
    else if (fmpz_is_square(n)) {
        value->kind = EW_RATIONAL;
        fmpz_sqrt(n, n);
        fmpq_mul_fmpz(value->value, unit, n);
        arb_set_fmpz(value->x, n);
    } else {
        value->kind = EW_SQUARE_ROOT;
        fmpq_mul(value->value, unit, unit);
        fmpq_mul_fmpz(value->value, value->value, n);
        arb_sqrt_fmpz(value->x, n, prec + 16);
    }
    arb_mul(value->x, value->x, scale, prec + 16);
    arb_clear(scale);
    fmpz_clear(n);
}

/* The list from the roots of f = x^zeros g, ascending. They are all there: real, positive, and rank in number. */
static ew_status take_roots(ew_singular_t values, const ew_real_roots_t roots, const fmpz_poly_t f,
                            const fmpq_t unit, slong prec)
{
    slong total = 0;
    for (slong i = 0; i < roots->count; i++)
        total += arb_is_positive(roots->list[i].x) ? roots->list[i].multiplicity : 0;
    if (total != values->rank)
        return EW_UNDECIDED_STATUS;
    ew_status status = ew_singular_reserve(values, roots->count);
    for (slong i = 0; i < values->count; i++)
        set_value(values->list + i, roots->list + roots->count - 1 - i, f, unit, prec);
    return status;
}

/* The accuracy with which whole numbers among the roots are told: a quarter, for roots up to the trace. */
static slong telling_bits(const fmpz_poly_t f)
{
    slong k = fmpz_poly_degree(f);
    return k < 1 ? 2 : (slong)fmpz_bits(fmpz_poly_get_coeff_ptr(f, k - 1)) + 4;
}

static ew_status solve(ew_singular_t values, fmpz_poly_t f, const fmpq_t unit, slong prec,
                       slong max_prec, const ew_progress *progress)
{
    ew_real_roots_t roots;
    ew_real_roots_init(roots);
    slong zeros = 0;
    while (fmpz_is_zero(fmpz_poly_get_coeff_ptr(f, zeros)))
        zeros++;
    fmpz_poly_shift_right(f, f, zeros);
    ew_status status = zeros == values->zeros ? EW_OK : EW_UNDECIDED_STATUS;
    slong asked = FLINT_MAX(prec + 8, telling_bits(f));
    if (status == EW_OK && values->rank > 0)
        status = ew_poly_real_roots(roots, f, asked, FLINT_MAX(max_prec, 8 * asked), progress);
    if (status == EW_OK)
        status = take_roots(values, roots, f, unit, prec);
    ew_real_roots_clear(roots);
    return status;
}

ew_status ew_singular_by_polynomial(ew_singular_t values, const fmpq_mat_t m, slong prec,
                                    slong max_prec, const ew_progress *progress)
{
    if (values == NULL || m == NULL || !ew_prec_fits(prec) || !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    slong rows = fmpq_mat_nrows(m), cols = fmpq_mat_ncols(m);
    slong k = FLINT_MIN(rows, cols);
    ew_singular_clear(values);
    if (k == 0 || prec < 2 || max_prec < prec)
        return EW_BAD_INPUT;
    values->way = EW_BY_POLYNOMIAL;
    values->rows = rows;
    values->cols = cols;
    ew_status status = ew_matrix_rank(&values->rank, m, progress);
    values->zeros = k - values->rank;
    if (status != EW_OK)
        return status;
    fmpz_mat_t a;
    fmpq_t unit;
    fmpz_poly_t f;
    fmpz_mat_init(a, k, FLINT_MAX(rows, cols));
    fmpq_init(unit);
    fmpz_poly_init(f);
    ew_singular_scale(a, unit, m);
    status = ew_memory_check((double)k * (double)coefficient_bits(a) / 8);
    if (status == EW_OK)
        status = characteristic(f, a, progress);
    if (status == EW_OK)
        status = solve(values, f, unit, prec, max_prec, progress);
    fmpz_poly_clear(f);
    fmpq_clear(unit);
    fmpz_mat_clear(a);
    return status;
}

bool ew_singular_is_affordable(const fmpq_mat_t m)
{
    slong rows = fmpq_mat_nrows(m), cols = fmpq_mat_ncols(m), k = FLINT_MIN(rows, cols);
    if (k == 0 || k > 400)
        return k == 0;
    fmpz_mat_t a;
    fmpq_t unit;
    fmpz_mat_init(a, k, FLINT_MAX(rows, cols));
    fmpq_init(unit);
    ew_singular_scale(a, unit, m);
    double bits = (double)coefficient_bits(a), n = (double)k;
    fmpz_mat_clear(a);
    fmpq_clear(unit);
    return n * n * n * bits < 1e11;
}
