/* Phi expanded over the integers by two routes. theory/orbit-polynomial.md (5), (6)
 *
 * With eta = n/d, sigma = p/q, D = d q and U = D u = D + n p x^(L-2) - n q x^(2L-2), the multiple
 *
 *     D^(2L-1) Phi = D^(2L-1) + U^(2L-1) - n p x^(L-2) U^(L-1) H_L,   H_L = sum_i U^i D^(L-1-i)
 *
 * has integer coefficients. FLINT's own choice of multiplication can return a wrong product, so every
 * product goes through Kronecker substitution and the result is checked modulo random primes. */
#include "model/domain.h"
#include "predict/word.h"
#include <edgewise/predict.h>

slong ew_orbit_poly_degree(slong depth)
{
    if (!ew_depth_fits(depth))
        return 0;
    if (depth > (slong)1 << 30)
        return 0;
    return (2 * depth - 1) * (2 * depth - 2);
}

double ew_orbit_poly_bytes(const ew_mode_t mode)
{
    if (!ew_mode_is_positive(mode))
        return D_INF;
    double L = (double)mode->depth;
    double bits =
        (double)(fmpz_bits(fmpq_numref(mode->eta)) + fmpz_bits(fmpq_denref(mode->eta)) +
                 fmpz_bits(fmpq_numref(mode->sigma)) + fmpz_bits(fmpq_denref(mode->sigma)));
    /* degree times the bits of U^(2L-1); some ten such objects live during a Kronecker product */
    return 10 * (2 * L - 1) * (2 * L - 2) * (16 + (2 * L - 1) * (bits + 2) / 8);
}

bool ew_poly_product_stands(const fmpz_poly_t product, const fmpz_poly_t a, const fmpz_poly_t b)
{
    ew_word_t word;
    ew_word_init(word, product, a, b);
    bool stands = true;
    for (int i = 0; i < 2 && stands; i++) {
        ew_word_next(word);
        stands = ew_word_eval(word, product) ==
                 nmod_mul(ew_word_eval(word, a), ew_word_eval(word, b), word->mod);
    }
    return stands;
}

/* The integers n, p, q, D and the trinomial U of a mode. */
typedef struct {
    slong depth;
    fmpz_t np;
    fmpz_t D;
    fmpz_poly_t U;
} parts_t;

static void parts_init(parts_t *parts, const ew_mode_t mode)
{
    slong L = mode->depth;
    fmpz_t nq;
    fmpz_init(nq);
    parts->depth = L;
    fmpz_init(parts->np);
    fmpz_init(parts->D);
    fmpz_poly_init(parts->U);
    fmpz_mul(parts->np, fmpq_numref(mode->eta), fmpq_numref(mode->sigma));
    fmpz_mul(parts->D, fmpq_denref(mode->eta), fmpq_denref(mode->sigma));
    fmpz_mul(nq, fmpq_numref(mode->eta), fmpq_denref(mode->sigma));
    fmpz_neg(nq, nq);
    fmpz_poly_set_coeff_fmpz(parts->U, 2 * L - 2, nq);
    fmpz_poly_set_coeff_fmpz(parts->U, L - 2, parts->np);
    fmpz_poly_get_coeff_fmpz(nq, parts->U, 0);
    fmpz_add(nq, nq, parts->D); /* for L = 2 the constant term has both */
    fmpz_poly_set_coeff_fmpz(parts->U, 0, nq);
    fmpz_clear(nq);
}

static void parts_clear(parts_t *parts)
{
    fmpz_clear(parts->np);
    fmpz_clear(parts->D);
    fmpz_poly_clear(parts->U);
}

/* P = U^n and H = H_n = sum_{i<n} U^i D^(n-1-i), by doubling on n. */
static void homogeneous_sum(fmpz_poly_t P, fmpz_poly_t H, const parts_t *parts, slong n)
{
    fmpz_poly_t t;
    fmpz_t Dm;
    fmpz_poly_init(t);
    fmpz_init(Dm);
    fmpz_poly_one(P);
    fmpz_poly_zero(H);
    for (int bit = (int)FLINT_BIT_COUNT((ulong)n) - 1; bit >= 0; bit--) {
        fmpz_pow_ui(Dm, parts->D, (ulong)(n >> (bit + 1))); /* H_2m = H_m (D^m + U^m) */
        fmpz_poly_set_fmpz(t, Dm);
        fmpz_poly_add(t, t, P);
        fmpz_poly_mul_KS(H, H, t);
        fmpz_poly_mul_KS(P, P, P);
        if ((n >> bit) & 1) { /* H_(m+1) = D H_m + U^m */
            fmpz_poly_scalar_mul_fmpz(H, H, parts->D);
            fmpz_poly_add(H, H, P);
            fmpz_poly_mul_KS(P, P, parts->U);
        }
    }
    fmpz_clear(Dm);
    fmpz_poly_clear(t);
}

/* D^(2L-1) Phi at a point modulo a prime from the unexpanded identity. */
static ulong unexpanded_mod(const ew_word_t word, const parts_t *parts)
{
    slong L = parts->depth;
    nmod_t mod = word->mod;
    ulong D = ew_word_reduce(word, parts->D), np = ew_word_reduce(word, parts->np);
    ulong U = ew_word_eval(word, parts->U), H = 0, P = 1;
    for (slong i = 0; i < L; i++) { /* H_(i+1) = D H_i + U^i; P ends as U^(L-1) */
        H = nmod_add(nmod_mul(H, D, mod), P, mod);
        if (i < L - 1)
            P = nmod_mul(P, U, mod);
    }
    ulong top = nmod_mul(nmod_mul(P, P, mod), U, mod);
    ulong tail = nmod_mul(nmod_mul(np, nmod_pow_ui(word->point, (ulong)L - 2, mod), mod),
                          nmod_mul(P, H, mod), mod);
    return nmod_sub(nmod_add(nmod_pow_ui(D, 2 * (ulong)L - 1, mod), top, mod), tail, mod);
}

/* True when phi, of the right degree, agrees with the identity at random points modulo primes. */
static bool poly_stands(const fmpz_poly_t phi, const parts_t *parts)
{
    ew_word_t word;
    ew_word_init(word, phi, parts->U, parts->U);
    bool stands = fmpz_poly_degree(phi) == ew_orbit_poly_degree(parts->depth);
    for (int i = 0; i < 4 && stands; i++) {
        ew_word_next(word);
        stands = ew_word_eval(word, phi) == unexpanded_mod(word, parts);
    }
    return stands;
}

static void make_primitive(fmpz_poly_t phi)
{
    fmpz_t content;
    fmpz_init(content);
    fmpz_poly_content(content, phi); /* non-negative: the sign of Phi stays */
    fmpz_poly_scalar_divexact_fmpz(phi, phi, content);
    fmpz_clear(content);
}

static ew_status poly_memory(const ew_mode_t mode)
{
    if (ew_orbit_poly_degree(mode->depth) == 0)
        return EW_RESOURCES;
    return ew_memory_check(ew_orbit_poly_bytes(mode));
}

ew_status ew_orbit_poly_build(fmpz_poly_t phi, const ew_mode_t mode)
{
    if (phi == NULL || !ew_mode_is_positive(mode))
        return EW_BAD_INPUT;
    ew_status status = poly_memory(mode);
    if (status != EW_OK)
        return status;
    slong L = mode->depth;
    parts_t parts;
    parts_init(&parts, mode);
    fmpz_poly_t P, H;
    fmpz_t Dn;
    fmpz_poly_init(P);
    fmpz_poly_init(H);
    fmpz_init(Dn);

    homogeneous_sum(P, H, &parts, L - 1);
    fmpz_poly_scalar_mul_fmpz(H, H, parts.D); /* H_L */
    fmpz_poly_add(H, H, P);
    fmpz_poly_mul_KS(H, H, P);
    fmpz_poly_shift_left(H, H, L - 2);
    fmpz_poly_scalar_mul_fmpz(H, H, parts.np);
    fmpz_poly_mul_KS(P, P, P);
    fmpz_poly_mul_KS(P, P, parts.U);
    fmpz_pow_ui(Dn, parts.D, 2 * (ulong)L - 1);
    fmpz_poly_sub(P, P, H);
    fmpz_poly_set_fmpz(H, Dn);
    fmpz_poly_add(phi, P, H);
    if (poly_stands(phi, &parts))
        make_primitive(phi);
    else
        status = EW_UNDECIDED_STATUS; /* the library below returned a wrong product */

    fmpz_clear(Dn);
    fmpz_poly_clear(P);
    fmpz_poly_clear(H);
    parts_clear(&parts);
    return status;
}

/* phi = F / (q x^L - p), from the lowest coefficient: F_k = q phi_(k-L) - p phi_k. False when it does
 * not divide. */
static bool divide_binomial(fmpz_poly_t phi, const fmpz_poly_t F, const fmpq_t sigma, slong L)
{
    slong length = fmpz_poly_length(F) - L;
    bool exact = true;
    fmpz_t c, t;
    fmpz_init(c);
    fmpz_init(t);
    fmpz_poly_zero(phi);
    fmpz_poly_fit_length(phi, length);
    for (slong k = 0; k < length + L && exact; k++) {
        fmpz_poly_get_coeff_fmpz(c, F, k);
        if (k >= L) {
            fmpz_poly_get_coeff_fmpz(t, phi, k - L);
            fmpz_mul(t, t, fmpq_denref(sigma));
            fmpz_sub(c, t, c);
        } else
            fmpz_neg(c, c);
        if (k >= length)
            exact = fmpz_is_zero(c);
        else if ((exact = fmpz_divisible(c, fmpq_numref(sigma)))) {
            fmpz_divexact(c, c, fmpq_numref(sigma));
            fmpz_poly_set_coeff_fmpz(phi, k, c);
        }
    }
    fmpz_clear(c);
    fmpz_clear(t);
    return exact;
}

ew_status ew_orbit_poly_by_division(fmpz_poly_t phi, const ew_mode_t mode)
{
    if (phi == NULL || !ew_mode_is_positive(mode))
        return EW_BAD_INPUT;
    ew_status status = poly_memory(mode);
    if (status != EW_OK)
        return status;
    slong L = mode->depth;
    parts_t parts;
    parts_init(&parts, mode);
    fmpz_poly_t F, P, Q;
    fmpz_t DL;
    fmpz_poly_init(F);
    fmpz_poly_init(P);
    fmpz_poly_init(Q);
    fmpz_init(DL);

    /* F = q x^L (D^(2L-1) + U^(2L-1)) - p D^L (D^(L-1) + U^(L-1)); powers by plain multiplication */
    fmpz_poly_one(P);
    for (slong i = 0; i < 2 * L - 1; i++) {
        fmpz_poly_mul_KS(P, P, parts.U);
        if (i == L - 2)
            fmpz_poly_set(Q, P);
    }
    fmpz_pow_ui(DL, parts.D, 2 * (ulong)L - 1);
    fmpz_poly_set_fmpz(F, DL);
    fmpz_poly_add(P, P, F);
    fmpz_poly_shift_left(P, P, L);
    fmpz_poly_scalar_mul_fmpz(P, P, fmpq_denref(mode->sigma));
    fmpz_pow_ui(DL, parts.D, (ulong)L);
    fmpz_poly_scalar_mul_fmpz(Q, Q, DL);
    fmpz_poly_add(Q, Q, F);
    fmpz_poly_scalar_mul_fmpz(Q, Q, fmpq_numref(mode->sigma));
    fmpz_poly_sub(F, P, Q);
    if (divide_binomial(phi, F, mode->sigma, L))
        make_primitive(phi);
    else
        status = EW_UNDECIDED_STATUS;

    fmpz_clear(DL);
    fmpz_poly_clear(F);
    fmpz_poly_clear(P);
    fmpz_poly_clear(Q);
    parts_clear(&parts);
    return status;
}
