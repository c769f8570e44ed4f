/* The formats by name, and the arithmetic that each gets. */
#include "num/arith.h"
#include "num/domain.h"
#include "num/words.h"
#include <float.h>
#include <math.h>
#include <string.h>

const ew_format ew_formats[] = {
    {"fp8-e4m3", EW_FLOATING, 4, -6, 8, false},   {"fp8-e5m2", EW_FLOATING, 3, -14, 15, true},
    {"bf16", EW_FLOATING, 8, -126, 127, true},    {"fp16", EW_FLOATING, 11, -14, 15, true},
    {"tf32", EW_FLOATING, 11, -126, 127, true},   {"fp32", EW_FLOATING, 24, -126, 127, true},
    {"fp64", EW_FLOATING, 53, -1022, 1023, true}, {"x87", EW_FLOATING, 64, -16382, 16383, true},
    {"dd", EW_PAIRED, 106, -1022, 1023, true},    {"quad", EW_FLOATING, 113, -16382, 16383, true},
    {"exact", EW_EXACT, 0, 0, 0, false},          {"", EW_FLOATING, 0, 0, 0, false}};

bool ew_format_fits(const ew_format *format)
{
    if (format == NULL || memchr(format->name, '\0', sizeof format->name) == NULL)
        return false;
    switch (format->kind) {
    case EW_EXACT:
        return true;
    case EW_PAIRED:
        return format->bits == 106;
    case EW_UNBOUNDED:
    case EW_BALLS:
        return format->bits >= 2 && format->bits <= EW_FORMAT_MOST_BITS;
    case EW_FLOATING: /* no exponent that a double, or MPFR beyond 24 bits, does not have */
        return format->bits >= 2 && format->bits <= EW_FORMAT_MOST_BITS &&
               format->least < format->greatest &&
               (format->bits <= 24 ? format->least >= -970 && format->greatest <= 1023
                                   : format->least >= -(1 << 20) && format->greatest <= 1 << 20);
    }
    return false;
}

void ew_format_set_bits(ew_format *format, ew_format_kind kind, slong bits)
{
    *format = (ew_format){.kind = kind, .bits = bits, .infinities = true};
    snprintf(format->name, sizeof format->name, "%s-%ld", kind == EW_BALLS ? "ball" : "mpfr", bits);
}

ew_status ew_format_named(ew_format *format, const char *name, const char **why)
{
    if (format == NULL || name == NULL)
        return EW_BAD_INPUT;
    const char *ignored = NULL;
    why = why != NULL ? why : &ignored;
    for (const ew_format *f = ew_formats; f->name[0] != '\0'; f++)
        if (strcmp(f->name, name) == 0) {
            *format = *f;
            return EW_OK;
        }
    bool mpfr = strncmp(name, "mpfr-", 5) == 0;
    if (!mpfr && strncmp(name, "ball-", 5) != 0) {
        *why = "is not a format";
        return EW_BAD_INPUT;
    }
    slong bits;
    if (ew_integer_parse(&bits, name + 5, 2, EW_FORMAT_MOST_BITS, why) != EW_OK)
        return EW_BAD_INPUT;
    ew_format_set_bits(format, mpfr ? EW_UNBOUNDED : EW_BALLS, bits);
    return EW_OK;
}

const char *ew_format_nearest(const char *name)
{
    if (name == NULL)
        return NULL;
    const char *nearest = NULL;
    int best = 100;
    for (const ew_format *f = ew_formats; f->name[0] != '\0'; f++) {
        if (!ew_words_are_near(name, f->name))
            continue;
        int d = ew_words_distance(name, f->name);
        if (d < best) {
            best = d;
            nearest = f->name;
        }
    }
    return nearest;
}

void ew_format_wider(ew_format *wider, const ew_format *format)
{
    const char *name = format->kind != EW_FLOATING && format->kind != EW_PAIRED ? NULL
                       : format->bits <= 11                                     ? "fp32"
                       : format->bits <= 24                                     ? "fp64"
                       : format->bits <= 106                                    ? "quad"
                                                                                : NULL;
    if (name != NULL && ew_format_named(wider, name, NULL) == EW_OK)
        return;
    if (format->kind == EW_EXACT)
        *wider = *format;
    else
        ew_format_set_bits(wider, format->kind == EW_BALLS ? EW_BALLS : EW_UNBOUNDED,
                           FLINT_MIN(2 * format->bits, EW_FORMAT_MOST_BITS));
}

static const char *const roundings[] = {"nearest", "zero", "up", "down", "stochastic"};

const char *ew_rounding_text(ew_rounding rounding)
{
    return EW_WORD_OF(roundings, rounding);
}

ew_status ew_rounding_named(ew_rounding *rounding, const char *name)
{
    if (rounding == NULL || name == NULL)
        return EW_BAD_INPUT;
    for (int i = 0; i < 5; i++)
        if (strcmp(name, roundings[i]) == 0) {
            *rounding = (ew_rounding)i;
            return EW_OK;
        }
    return EW_BAD_INPUT;
}

bool ew_machine_has_x87(void)
{
    return LDBL_MANT_DIG == 64 && LDBL_MAX_EXP == 16384;
}

static const ew_arith_ops *operations(const ew_format *format, ew_rounding rounding)
{
    switch (format->kind) {
    case EW_PAIRED:
        return &ew_dd_ops;
    case EW_EXACT:
        return &ew_exact_ops;
    case EW_BALLS:
        return &ew_ball_ops;
    case EW_UNBOUNDED:
        return &ew_mpfr_ops;
    case EW_FLOATING:
        break;
    }
    if (format->bits <= 24)
        return &ew_small_ops;
    if (rounding == EW_TO_NEAREST && format->bits == 53)
        return &ew_fp64_ops;
    if (rounding == EW_TO_NEAREST && format->bits == 64 && ew_machine_has_x87())
        return &ew_x87_ops;
    return &ew_mpfr_ops;
}

ew_status ew_arith_init(ew_arith *A, const ew_format *format, ew_rounding rounding, uint64_t seed)
{
    if (A == NULL || !ew_format_fits(format) || (unsigned)rounding > EW_STOCHASTIC)
        return EW_BAD_INPUT;
    bool rounds = format->kind == EW_FLOATING || format->kind == EW_UNBOUNDED;
    if (!rounds && rounding != EW_TO_NEAREST)
        return EW_BAD_INPUT;
    *A = (ew_arith){.format = *format, .rounding = rounding, .state = seed};
    A->ops = operations(format, rounding);
    if (A->ops ==
        &ew_small_ops) /* (2 - 2^(1-bits)) 2^greatest; without infinities one significand less */
        A->largest = ldexp(2 - ldexp(format->infinities ? 1 : 2, 1 - (int)format->bits),
                           (int)format->greatest);
    return EW_OK;
}

/* Into a format with any exponent, or one whose range is far within 2^+-30000. */
static void convert_arf(ew_number *z, ew_arith *to, const arf_t x)
{
    enum { FAR = 30000 };
    fmpq_t q;
    fmpq_init(q);
    if (to->format.kind == EW_UNBOUNDED && to->rounding != EW_STOCHASTIC) {
        static const mpfr_rnd_t directions[] = {MPFR_RNDN, MPFR_RNDZ, MPFR_RNDU, MPFR_RNDD};
        arf_get_mpfr(z->m, x, directions[to->rounding]);
    } else if (to->format.kind == EW_FLOATING && arf_cmpabs_2exp_si(x, FAR) > 0) {
        fmpq_set_si(q, arf_sgn(x), 1);
        fmpq_mul_2exp(q, q, FAR);
        to->ops->set_fmpq(z, q, to);
    } else if (to->format.kind == EW_FLOATING && !arf_is_zero(x) &&
               arf_cmpabs_2exp_si(x, -FAR) < 0) {
        fmpq_set_si(q, arf_sgn(x), 1);
        fmpq_div_2exp(q, q, FAR);
        to->ops->set_fmpq(z, q, to);
    } else {
        arf_get_fmpq(q, x);
        to->ops->set_fmpq(z, q, to);
    }
    fmpq_clear(q);
}

void ew_number_convert(ew_number *z, ew_arith *to, const ew_number *x, const ew_arith *from)
{
    bool source = from->ops == &ew_small_ops || from->ops == &ew_fp64_ops;
    if (source && to->ops == &ew_small_ops) {
        z->d = ew_small_round(x->d, to);
        return;
    }
    if (source && to->ops == &ew_fp64_ops) {
        z->d = x->d;
        return;
    }
    if (from->ops == to->ops && (to->ops == &ew_exact_ops || to->ops == &ew_ball_ops)) {
        to->ops->set(z, x); /* nothing is rounded */
        return;
    }
    arb_t value;
    arb_init(value);
    from->ops->get_arb(value, x);
    double special = arf_get_d(arb_midref(value), ARF_RND_NEAR);
    if (arf_is_finite(arb_midref(value)))
        convert_arf(z, to, arb_midref(value));
    else if (to->ops == &ew_mpfr_ops)
        mpfr_set_d(z->m, special, MPFR_RNDN);
    else if (to->ops == &ew_x87_ops)
        z->x = special;
    else {
        z->pair[0] = special;
        z->pair[1] = 0;
    }
    arb_clear(value);
}
