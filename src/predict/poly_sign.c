/* The exact sign of an integer polynomial at a dyadic point. theory/expanded-roots.md (6)
 *
 * Balls tell it, with more and more bits, wherever the point is no root. A root p / 2^q, p odd, has 2^q for a divisor of the
 * leading coefficient and p for one of the lowest: few points pass that, and these are asked in rationals. */
#include "predict/poly_isolate.h"

/* x = p / 2^q in lowest terms could be a root by its divisors; f(0) != 0. */
static bool may_vanish(const fmpz_poly_t f, const arf_t x)
{
    fmpz_t p, e;
    fmpz_init(p);
    fmpz_init(e);
    arf_get_fmpz_2exp(p, e, x);
    slong even = fmpz_is_zero(f->coeffs) ? 0 : (slong)fmpz_val2(f->coeffs);
    bool may = fmpz_sgn(e) >= 0 ? fmpz_cmp_si(e, even) <= 0
                                : fmpz_cmp_si(e, -(slong)fmpz_val2(fmpz_poly_lead(f))) >= 0;
    may = may && fmpz_divisible(f->coeffs, p);
    fmpz_clear(p);
    fmpz_clear(e);
    return may;
}

static bool vanishes(const fmpz_poly_t f, const arf_t x)
{
    fmpq_t q, value;
    fmpq_init(q);
    fmpq_init(value);
    arf_get_fmpq(q, x);
    fmpz_poly_evaluate_fmpq(value, f, q);
    bool zero = fmpq_is_zero(value);
    fmpq_clear(q);
    fmpq_clear(value);
    return zero;
}

/* By balls of that precision; 0 when they do not tell. */
static int sign_by_balls(const fmpz_poly_t f, const arb_t x, slong prec)
{
    arb_t value;
    arb_init(value);
    arb_fmpz_poly_evaluate_arb(value, f, x, prec);
    int sign = arb_is_positive(value) ? 1 : arb_is_negative(value) ? -1 : 0;
    arb_clear(value);
    return sign;
}

int ew_poly_sign_at(const poly_task_t *task, const arf_t point, slong *prec)
{
    if (arf_is_zero(point))
        return fmpz_sgn(task->f->coeffs);
    arb_t x;
    arb_init(x);
    arb_set_arf(x, point);
    int sign = sign_by_balls(task->f, x, *prec);
    if (sign == 0 && !(may_vanish(task->f, point) && vanishes(task->f, point))) {
        sign = SIGN_UNKNOWN;
        while (sign == SIGN_UNKNOWN && *prec < task->most &&
               ew_progress_tick(task->progress, "isolating roots", (ulong)*prec, 0)) {
            *prec = FLINT_MIN(2 * *prec, task->most);
            sign = sign_by_balls(task->f, x, *prec);
            sign = sign == 0 ? SIGN_UNKNOWN : sign;
        }
    }
    arb_clear(x);
    return sign;
}
