/* Bernstein coefficients in fixed-point numbers. theory/expanded-roots.md (3) - (6)
 *
 * Halving is de Casteljau's triangle of averages, n^2 / 2 of them, each rounded down: it is stable, so that a few limbs
 * do where the exact numbers would have n bits more with every halving. */
#include "predict/bernstein.h"
#include <stdlib.h>
#include <string.h>

enum {
    GUARD = 64 /* bits of the conversion */,
    TOLD = 1 << 24 /* limbs added between two words on progress, about */
};

static const char text[] = "isolating roots";

__extension__ typedef __int128 wide_t;
__extension__ typedef unsigned __int128 uwide_t;

void ew_bernstein_init(bernstein_t p)
{
    p->b = NULL;
    p->n = p->limbs = p->error = 0;
}

void ew_bernstein_clear(bernstein_t p)
{
    flint_free(p->b);
    ew_bernstein_init(p);
}

double ew_bernstein_bytes(const bernstein_t p)
{
    return 8.0 * (double)(p->n + 1) * (double)p->limbs;
}

/* Rows of so many limbs between two words on progress. */
static slong rows_told(slong n, slong limbs)
{
    return 1 + TOLD / (n * limbs + 1);
}

static mp_ptr new_limbs(slong n, slong limbs)
{
    return flint_calloc((size_t)(n + 1) * (size_t)limbs, sizeof(mp_limb_t));
}

static bool is_negative(mp_srcptr x, slong limbs)
{
    return (mp_limb_signed_t)x[limbs - 1] < 0;
}

/* Fewer limbs where all coefficients leave two bits of them free. */
static void narrow(bernstein_t p)
{
    slong needed = 1;
    for (slong i = 0; i <= p->n; i++) {
        mp_srcptr x = p->b + i * p->limbs;
        mp_limb_t fill = is_negative(x, p->limbs) ? ~UWORD(0) : 0;
        slong used = p->limbs;
        while (used > needed && x[used - 1] == fill &&
               ((x[used - 2] ^ fill) >> (FLINT_BITS - 2)) == 0)
            used--;
        needed = FLINT_MAX(needed, used);
    }
    if (needed == p->limbs)
        return;
    for (slong i = 0; i <= p->n; i++)
        memmove(p->b + i * needed, p->b + i * p->limbs, (size_t)needed * sizeof(mp_limb_t));
    p->limbs = needed;
    p->b = flint_realloc(p->b, (size_t)(p->n + 1) * (size_t)needed * sizeof(mp_limb_t));
}

/* ---- From the monomial basis ----------------------------------------------------------------- */

/* terms[k] = f^(k)(lo) width^k / k! in balls. */
static void taylor(arb_ptr terms, const fmpz_poly_struct *f, const arf_t lo, const arf_t width,
                   slong prec)
{
    slong n = fmpz_poly_degree(f);
    arb_t x, power;
    arb_init(x);
    arb_init(power);
    for (slong k = 0; k <= n; k++)
        arb_set_round_fmpz(terms + k, f->coeffs + k, prec);
    arb_set_arf(x, lo);
    if (!arf_is_zero(lo))
        _arb_poly_taylor_shift(terms, x, n + 1, prec);
    arb_set_arf(x, width);
    arb_one(power);
    for (slong k = 1; k <= n; k++) {
        arb_mul(power, power, x, prec);
        arb_mul(terms + k, terms + k, power, prec);
    }
    arb_clear(x);
    arb_clear(power);
}

/* An exponent above that of the sum of the |terms|, which no coefficient exceeds, and of the largest radius. (3) */
static void sizes(slong *size, slong *blur, arb_srcptr terms, slong n)
{
    arf_t t;
    mag_t sum, most, one;
    arf_init(t);
    mag_init(sum);
    mag_init(most);
    mag_init(one);
    for (slong k = 0; k <= n; k++) {
        arb_get_mag(one, terms + k);
        mag_add(sum, sum, one);
        mag_max(most, most, arb_radref(terms + k));
    }
    arf_set_mag(t, sum);
    *size = arf_abs_bound_lt_2exp_si(t);
    arf_set_mag(t, most);
    *blur = arf_is_zero(t) ? WORD_MIN / 4 : arf_abs_bound_lt_2exp_si(t);
    arf_clear(t);
    mag_clear(sum);
    mag_clear(most);
    mag_clear(one);
}

/* The terms with radii below 2^-(n + GUARD) units, and the units. */
static ew_status sharp_terms(arb_ptr terms, slong *size, slong *unit, const poly_task_t *task,
                             const arf_t lo, const arf_t width, slong bits, slong *prec)
{
    slong n = fmpz_poly_degree(task->f), finest = *size;
    for (;;) {
        if (!ew_progress_tick(task->progress, text, (ulong)*prec, 0))
            return EW_STOPPED;
        if (ew_memory_check((double)(n + 1) * (double)*prec) != EW_OK) /* of some bytes a word */
            return EW_RESOURCES;
        slong blur, few = 16;
        taylor(terms, task->f, lo, width, *prec);
        sizes(size, &blur, terms, n);
        *unit = FLINT_MIN(*size, finest) - bits;
        slong lacking = blur + 2 - (*unit - n - GUARD); /* dividing adds a little */
        if (lacking <= 0)
            return EW_OK;
        if (*prec >= task->most)
            return EW_UNDECIDED_STATUS;
        slong next = *size - blur < few ? 2 * *prec : *prec + lacking + few;
        *prec = FLINT_MIN(next, task->most);
    }
}

/* terms[k] 2^-unit / C(n, k), the forward differences at 0. (3) */
static void to_differences(arb_ptr terms, slong n, slong unit, slong prec)
{
    arb_t scale;
    arb_init(scale);
    arb_one(scale);
    for (slong k = 0; k <= n; k++) {
        arb_mul(terms + k, terms + k, scale, prec);
        arb_mul_2exp_si(terms + k, terms + k, -unit);
        arb_mul_si(scale, scale, k + 1, prec);
        if (k < n)
            arb_div_si(scale, scale, n - k, prec);
    }
    arb_clear(scale);
}

/* A ball times 2^shift, rounded down, modulo 2^(64 limbs). False where its radius is above one unit then. */
static bool to_fixed(mp_ptr out, arb_t x, slong shift, slong limbs)
{
    fmpz_t whole;
    fmpz_init(whole);
    arb_mul_2exp_si(x, x, shift);
    bool fine = mag_cmp_2exp_si(arb_radref(x), 0) <= 0;
    if (fine) {
        arf_get_fmpz(whole, arb_midref(x), ARF_RND_FLOOR);
        fmpz_fdiv_r_2exp(whole, whole, (ulong)(FLINT_BITS * limbs));
        fmpz_get_ui_array(out, limbs, whole);
    }
    fmpz_clear(whole);
    return fine;
}

/* out = the low limbs of x 2^-shift, rounded down; x has enough of them. */
static void take(mp_ptr out, slong limbs, mp_srcptr x, slong x_limbs, slong shift)
{
    slong skip = shift / FLINT_BITS, bit = shift % FLINT_BITS;
    for (slong j = 0; j < limbs; j++) {
        mp_limb_t fill = is_negative(x, x_limbs) ? ~UWORD(0) : 0;
        mp_limb_t low = skip + j < x_limbs ? x[skip + j] : fill;
        mp_limb_t high = skip + j + 1 < x_limbs ? x[skip + j + 1] : fill;
        out[j] = bit == 0 ? low : (low >> bit) | (high << (FLINT_BITS - bit));
    }
}

/* The coefficients from their differences at 0, which are below 2^bits units. (4) */
static ew_status sum_up(bernstein_t p, arb_ptr terms, slong n, slong bits,
                        const ew_progress *progress)
{
    slong shift = n + GUARD, limbs = (bits + shift + 2) / FLINT_BITS + 1;
    if (ew_memory_check(32.0 * (double)(n + 1) * (double)limbs) != EW_OK)
        return EW_RESOURCES;
    ew_bernstein_clear(p);
    p->n = n;
    p->limbs = (bits + 2) / FLINT_BITS + 1;
    p->error = 2;
    p->b = new_limbs(n, p->limbs);
    mp_ptr d = new_limbs(n, limbs);
    slong told = rows_told(n, limbs);
    bool fine = true;
    for (slong k = 0; k <= n && fine; k++)
        fine = to_fixed(d + k * limbs, terms + k, shift, limbs);
    /* Row i has the differences at i / n. What is wrong in it grows by at most 2^(n - i) from here on, so i low bits
     * are not needed any more; wrapping round does no harm, as the coefficients themselves fit. */
    bool stopped = false;
    for (slong i = 0; i <= n && fine && !stopped; i++) {
        slong skip = i / FLINT_BITS;
        stopped = i % told == told - 1 && !ew_progress_tick(progress, text, (ulong)i, (ulong)n);
        take(p->b + i * p->limbs, p->limbs, d, limbs, shift);
        for (slong k = 0; k < n - i; k++)
            mpn_add_n(d + k * limbs + skip, d + k * limbs + skip, d + (k + 1) * limbs + skip,
                      limbs - skip);
    }
    flint_free(d);
    return stopped ? EW_STOPPED : fine ? EW_OK : EW_UNDECIDED_STATUS;
}

ew_status ew_bernstein_make(bernstein_t p, const poly_task_t *task, const arf_t lo,
                            const arf_t width, slong size, slong bits, slong *prec)
{
    slong n = fmpz_poly_degree(task->f), unit;
    arb_ptr terms = _arb_vec_init(n + 1);
    ew_status status = sharp_terms(terms, &size, &unit, task, lo, width, bits, prec);
    if (status == EW_OK) {
        slong all = FLINT_MAX(size - unit, 1);
        to_differences(terms, n, unit, all + n + 2 * GUARD);
        status = sum_up(p, terms, n, all, task->progress);
    }
    _arb_vec_clear(terms, n + 1);
    if (status == EW_OK)
        narrow(p);
    return status;
}

/* ---- Halving --------------------------------------------------------------------------------- */

/* Sum and shift in one loop, the number of limbs known to the compiler: calls would cost more than the work. */
static inline __attribute__((always_inline)) void average_fixed(mp_ptr b, slong count, slong limbs)
{
    for (slong k = 0; k < count; k++, b += limbs) {
        uwide_t sum = (uwide_t)b[0] + b[limbs];
        for (slong j = 1; j < limbs; j++) {
            mp_limb_t low = (mp_limb_t)sum;
            sum = (sum >> FLINT_BITS) + b[j] + b[limbs + j];
            b[j - 1] = (low >> 1) | ((mp_limb_t)sum << (FLINT_BITS - 1));
        }
        b[limbs - 1] = (mp_limb_t)((mp_limb_signed_t)(mp_limb_t)sum >> 1);
    }
}

static void average_few(mp_ptr b, slong count, slong limbs)
{
    switch (limbs) {
    case 3:
        average_fixed(b, count, 3);
        break;
    case 4:
        average_fixed(b, count, 4);
        break;
    case 5:
        average_fixed(b, count, 5);
        break;
    case 6:
        average_fixed(b, count, 6);
        break;
    case 7:
        average_fixed(b, count, 7);
        break;
    default:
        average_fixed(b, count, 8);
    }
}

/* b[k] <- (b[k] + b[k + 1]) / 2 rounded down, for k < count. */
static void average_row(mp_ptr b, slong count, slong limbs)
{
    if (limbs == 1) {
        mp_limb_signed_t *x = (mp_limb_signed_t *)b;
        for (slong k = 0; k < count; k++)
            x[k] = (x[k] + x[k + 1]) >> 1;
    } else if (limbs == 2) {
        wide_t left;
        memcpy(&left, b, sizeof left);
        for (slong k = 0; k < count; k++) {
            wide_t right, middle;
            memcpy(&right, b + 2 * k + 2, sizeof right);
            middle = (left + right) >> 1;
            memcpy(b + 2 * k, &middle, sizeof middle);
            left = right;
        }
    } else if (limbs <= 8)
        average_few(b, count, limbs);
    else
        for (slong k = 0; k < count; k++, b += limbs) {
            mpn_add_n(b, b, b + limbs, limbs);
            mp_limb_t sign = b[limbs - 1] & ~(~UWORD(0) >> 1);
            mpn_rshift(b, b, limbs, 1);
            b[limbs - 1] |= sign;
        }
}

ew_status ew_bernstein_split(bernstein_t p, bernstein_t right, const ew_progress *progress)
{
    slong n = p->n, limbs = p->limbs;
    size_t bytes = (size_t)limbs * sizeof(mp_limb_t);
    mp_ptr left = new_limbs(n, limbs);
    memcpy(left, p->b, bytes);
    slong told = rows_told(n, limbs);
    bool stopped = false;
    for (slong i = 1; i <= n && !stopped; i++) {
        stopped = i % told == 0 && !ew_progress_tick(progress, text, (ulong)i, (ulong)n);
        average_row(p->b, n - i + 1, limbs);
        memcpy(left + i * limbs, p->b, bytes);
    }
    ew_bernstein_clear(right);
    *right = *p;
    p->b = left;
    p->error = right->error = p->error + n / 2 + 1; /* half a unit with every row */
    narrow(p);
    narrow(right);
    return stopped ? EW_STOPPED : EW_OK;
}

/* ---- Signs ----------------------------------------------------------------------------------- */

/* The sign of x against the bound `error` >= 0: 0 when |x| <= error. */
static int sign_beyond(mp_srcptr x, slong limbs, slong error)
{
    bool negative = is_negative(x, limbs);
    mp_limb_t fill = negative ? ~UWORD(0) : 0;
    bool small = (is_negative(x, 1) == negative);
    for (slong j = 1; j < limbs && small; j++)
        small = x[j] == fill;
    if (small) {
        mp_limb_signed_t value = (mp_limb_signed_t)x[0];
        if (value <= error && value >= -error)
            return 0;
    }
    return negative ? -1 : 1;
}

int ew_bernstein_first_sign(const bernstein_t p)
{
    return sign_beyond(p->b, p->limbs, p->error);
}

slong ew_bernstein_variations(slong *least, const bernstein_t p, int first, int last)
{
    /* the most changes so far, with the last sign + or -; -1 where that cannot be */
    slong plus = first > 0 ? 0 : -1, minus = first < 0 ? 0 : -1;
    int before = first;
    *least = 0;
    for (slong i = 1; i <= p->n; i++) {
        int sign = i == p->n ? last : sign_beyond(p->b + i * p->limbs, p->limbs, p->error);
        slong to_plus = minus < 0 ? plus : FLINT_MAX(plus, minus + 1);
        slong to_minus = plus < 0 ? minus : FLINT_MAX(minus, plus + 1);
        plus = sign >= 0 ? to_plus : -1;
        minus = sign <= 0 ? to_minus : -1;
        *least += sign == -before;
        before = sign != 0 ? sign : before;
    }
    return FLINT_MAX(plus, minus);
}

bool ew_bernstein_is_faint(const bernstein_t p)
{
    slong bound = 8 * p->n * p->error;
    for (slong i = 0; i <= p->n; i++)
        if (sign_beyond(p->b + i * p->limbs, p->limbs, bound) != 0)
            return false;
    return true;
}
