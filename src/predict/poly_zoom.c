/* From an interval whose roots stay together to a far narrower one that has them all. theory/expanded-roots.md (8)
 *
 * Where v roots are close together and the others far away, f'/f is near v / (x - centre): Newton's step, v times as long,
 * leads from either end near the centre, and how far apart the two steps end tells how near. That is a guess; what proves
 * it is that the sign changes of the narrow interval are as many as those of the whole. */
#include "predict/poly_isolate.h"

enum { ATTEMPTS = 3, LEAST_GAIN = 3 /* bits by which an interval worth the work is narrower */ };

/* x - v f(x) / f'(x). */
static void long_step(arb_t out, const arf_t x, slong v, const fmpz_poly_t f,
                      const fmpz_poly_t slope, slong prec)
{
    arb_t point, value;
    arb_init(point);
    arb_init(value);
    arb_set_arf(point, x);
    arb_fmpz_poly_evaluate_arb(value, f, point, prec);
    arb_fmpz_poly_evaluate_arb(out, slope, point, prec);
    arb_div(value, value, out, prec);
    arb_mul_si(value, value, v, prec);
    arb_sub(out, point, value, prec);
    arb_clear(point);
    arb_clear(value);
}

/* 2^exponent above the distance of two balls. */
static slong distance_exponent(const arb_t a, const arb_t b, slong prec)
{
    arb_t d;
    arf_t most;
    arb_init(d);
    arf_init(most);
    arb_sub(d, a, b, prec);
    arb_get_abs_ubound_arf(most, d, MAG_BITS);
    slong exponent = arf_is_zero(most) ? -prec : arf_abs_bound_lt_2exp_si(most);
    arb_clear(d);
    arf_clear(most);
    return exponent;
}

/* Where the roots may be, and about how far from there, as a power of two. More bits as long as these alone keep the two
 * steps apart, up to three times those that told the signs at the ends. */
static bool guess(arf_t centre, slong *exponent, const spot_struct *spot, slong roots,
                  const poly_task_t *task)
{
    fmpz_poly_t slope;
    arb_t left, right;
    arf_t hi;
    fmpz_poly_init(slope);
    arb_init(left);
    arb_init(right);
    arf_init(hi);
    fmpz_poly_derivative(slope, task->f);
    arf_add(hi, spot->lo, spot->width, ARF_PREC_EXACT, ARF_RND_DOWN);
    slong most = FLINT_MIN(4 * spot->prec, task->most), blur;
    bool finite;
    for (slong prec = spot->prec;; prec += prec / 2) {
        long_step(left, spot->lo, roots, task->f, slope, prec);
        long_step(right, hi, roots, task->f, slope, prec);
        finite = arb_is_finite(left) && arb_is_finite(right);
        *exponent = finite ? distance_exponent(left, right, prec) : 0;
        mag_max(arb_radref(left), arb_radref(left), arb_radref(right));
        arf_set_mag(centre, arb_radref(left));
        blur = arf_abs_bound_lt_2exp_si(centre);
        if ((finite && blur < *exponent - 2) || prec >= most)
            break;
    }
    arf_add(centre, arb_midref(left), arb_midref(right), ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(centre, centre, -1);
    if (finite) {
        arf_max(centre, centre, spot->lo);
        arf_min(centre, centre, hi);
    }
    fmpz_poly_clear(slope);
    arb_clear(left);
    arb_clear(right);
    arf_clear(hi);
    return finite;
}

/* The sign at x when that is inside the interval, else that at the end, which x becomes. */
static int end_sign(arf_t x, const arf_t end, int side, int at_end, slong *prec,
                    const poly_task_t *task)
{
    if (side * arf_cmp(x, end) >= 0) {
        arf_set(x, end);
        return at_end;
    }
    int sign = ew_poly_sign_at(task, x, prec);
    return sign == SIGN_UNKNOWN ? 0 : sign;
}

/* out = an interval of width 2^(exponent + 2) at most about the centre, within the old one. False where a sign at its ends is
 * not told, or 0. */
static bool about(spot_struct *out, const spot_struct *spot, const arf_t centre, slong exponent,
                  const poly_task_t *task)
{
    arf_t hi, end;
    arf_init(hi);
    arf_init(end);
    arf_add(end, spot->lo, spot->width, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(hi, centre, -exponent); /* a point of few bits near the centre */
    arf_floor(hi, hi);
    arf_mul_2exp_si(hi, hi, exponent);
    arf_set_si_2exp_si(out->lo, -1, exponent);
    arf_add(out->lo, out->lo, hi, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_set_si_2exp_si(out->width, 2, exponent);
    arf_add(hi, hi, out->width, ARF_PREC_EXACT, ARF_RND_DOWN);
    out->first = end_sign(out->lo, spot->lo, -1, spot->first, &out->prec, task);
    out->last = end_sign(hi, end, 1, spot->last, &out->prec, task);
    arf_sub(out->width, hi, out->lo, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_clear(hi);
    arf_clear(end);
    return out->first != 0 && out->last != 0;
}

static void spot_swap(spot_struct *a, spot_struct *b)
{
    spot_struct t = *a;
    *a = *b;
    *b = t;
}

/* Makes the coefficients on the interval and counts: has it that many sign changes, for certain? Where they may have, and some
 * are too faint to tell, as beside a root near an end, finer units are taken, down to what the signs at the ends took. */
static ew_status counts(bool *all, spot_struct *narrow, slong roots, const poly_task_t *task,
                        slong bits)
{
    slong least = 0, most = roots;
    ew_status status = EW_OK;
    for (; status == EW_OK && least < roots && most >= roots && bits <= 2 * narrow->prec;
         bits *= 2) {
        status = ew_bernstein_make(narrow->p, task, narrow->lo, narrow->width, WORD_MAX / 2, bits,
                                   &narrow->prec);
        if (status == EW_OK)
            most = ew_bernstein_variations(&least, narrow->p, narrow->first, narrow->last);
    }
    *all = status == EW_OK && least >= roots;
    return status == EW_UNDECIDED_STATUS ? EW_OK : status; /* halving may do with less */
}

ew_status ew_poly_zoom(bool *found, spot_struct *spot, slong roots, const poly_task_t *task,
                       slong bits)
{
    spot_struct narrow;
    arf_t centre;
    slong exponent, whole = arf_abs_bound_lt_2exp_si(spot->width);
    ew_status status = EW_OK;
    *found = false;
    arf_init(centre);
    arf_init(narrow.lo);
    arf_init(narrow.width);
    ew_bernstein_init(narrow.p);
    bool guessed = guess(centre, &exponent, spot, roots, task);
    exponent = FLINT_MAX(exponent + 2, whole - spot->prec);
    for (int i = 0; i < ATTEMPTS && guessed && !*found && status == EW_OK; i++) {
        if (exponent + 2 + LEAST_GAIN > whole)
            break;
        narrow.prec = spot->prec;
        if (about(&narrow, spot, centre, exponent, task))
            status = counts(found, &narrow, roots, task, bits);
        exponent = (exponent + whole) / 2; /* the roots may be wider apart than the steps end */
    }
    if (*found)
        spot_swap(spot, &narrow);
    arf_clear(centre);
    arf_clear(narrow.lo);
    arf_clear(narrow.width);
    ew_bernstein_clear(narrow.p);
    return status;
}
