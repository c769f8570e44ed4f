/* The rank of a rational matrix, by elimination modulo primes: each gives a bound from below, and enough of them
 * together one from above. theory/target.md (1), (2) */
#include <edgewise/num.h>
#include <stdlib.h>

enum { PRIME_BITS = 62 };

/* Bits of the Euclidean length of row i, rounded up; 0 for a row of zeros. */
static slong row_bits(const fmpz_mat_t a, slong i)
{
    fmpz_t sum;
    fmpz_init(sum);
    for (slong j = 0; j < fmpz_mat_ncols(a); j++)
        fmpz_addmul(sum, fmpz_mat_entry(a, i, j), fmpz_mat_entry(a, i, j));
    slong bits = ((slong)fmpz_bits(sum) + 1) / 2;
    fmpz_clear(sum);
    return bits;
}

static int larger_first(const void *a, const void *b)
{
    const slong *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

/* Bits that bound every minor of each size, by Hadamard: bounds[n] those of the (n + 1)-th order. */
static void minor_bits(slong *bounds, const fmpz_mat_t a)
{
    slong rows = fmpz_mat_nrows(a);
    for (slong i = 0; i < rows; i++)
        bounds[i] = row_bits(a, i);
    qsort(bounds, (size_t)rows, sizeof(slong), larger_first);
    for (slong i = 1; i < rows; i++)
        bounds[i] += bounds[i - 1];
}

static slong rank_modulo(const fmpz_mat_t a, ulong prime)
{
    nmod_mat_t reduced;
    nmod_mat_init(reduced, fmpz_mat_nrows(a), fmpz_mat_ncols(a), prime);
    fmpz_mat_get_nmod_mat(reduced, a);
    slong rank = nmod_mat_rank(reduced);
    nmod_mat_clear(reduced);
    return rank;
}

/* Primes until the largest rank seen is full, or their product exceeds every minor of the next order. */
static ew_status eliminate(slong *rank, const fmpz_mat_t a, const slong *bounds,
                           const ew_progress *progress)
{
    slong full = FLINT_MIN(fmpz_mat_nrows(a), fmpz_mat_ncols(a));
    ulong prime = UWORD(1) << PRIME_BITS;
    *rank = 0;
    for (slong bits = 0; *rank < full && bits <= bounds[*rank]; bits += PRIME_BITS) {
        if (!ew_progress_tick(progress, "elimination", (ulong)bits, (ulong)bounds[*rank] + 1))
            return EW_STOPPED;
        prime = n_nextprime(prime, 1);
        slong found = rank_modulo(a, prime);
        *rank = FLINT_MAX(*rank, found);
    }
    return EW_OK;
}

ew_status ew_matrix_rank(slong *rank, const fmpq_mat_t m, const ew_progress *progress)
{
    if (rank == NULL || m == NULL)
        return EW_BAD_INPUT;
    slong rows = fmpq_mat_nrows(m), cols = fmpq_mat_ncols(m);
    *rank = 0;
    if (rows == 0 || cols == 0)
        return EW_OK;
    if (ew_memory_check(40.0 * (double)rows * (double)cols) != EW_OK)
        return EW_RESOURCES;
    slong *bounds = malloc((size_t)rows * sizeof(slong));
    if (bounds == NULL)
        return EW_RESOURCES;
    fmpz_mat_t a;
    fmpz *scales = _fmpz_vec_init(rows);
    fmpz_mat_init(a, rows, cols);
    fmpq_mat_get_fmpz_mat_rowwise(a, scales, m);
    minor_bits(bounds, a);
    ew_status status = eliminate(rank, a, bounds, progress);
    fmpz_mat_clear(a);
    _fmpz_vec_clear(scales, rows);
    free(bounds);
    return status;
}
