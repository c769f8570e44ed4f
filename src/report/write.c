#include "report/write.h"
#include "num/word.h"
#include <stdlib.h>

ew_status ew_write_status(FILE *out)
{
    return fflush(out) == 0 && !ferror(out) ? EW_OK : EW_RESOURCES;
}

ew_status ew_write_json(FILE *out, json_object *document)
{
    const int flags =
        JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE;
    fputs(json_object_to_json_string_ext(document, flags), out);
    fputc('\n', out);
    json_object_put(document);
    return ew_write_status(out);
}

/* Adds a decimal that this call frees. */
static void add_text(json_object *object, const char *name, char *text)
{
    json_object_object_add(object, name, text == NULL ? NULL : json_object_new_string(text));
    free(text);
}

void ew_json_rational(json_object *object, const char *name, const fmpq_t value)
{
    add_text(object, name, ew_rational_text(value));
}

void ew_json_ball(json_object *object, const char *name, const arb_t value, slong digits)
{
    add_text(object, name, ew_decimal_best(value, digits));
}

void ew_json_ends(json_object *object, const char *lo, const char *hi, const arb_t value,
                  slong digits)
{
    add_text(object, lo, ew_decimal_lower(value, digits));
    add_text(object, hi, ew_decimal_upper(value, digits));
}

json_object *ew_json_document(const char *kind, const ew_mode_t mode)
{
    json_object *document = json_object_new_object();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string(kind));
    json_object_object_add(document, "depth", json_object_new_int64(mode->depth));
    ew_json_rational(document, "eta", mode->eta);
    ew_json_rational(document, "sigma", mode->sigma);
    return document;
}

void ew_print_ball(FILE *out, const char *label, const arb_t value, slong digits)
{
    char *text = ew_decimal_best(value, digits);
    fprintf(out, "%s%s", label, text);
    free(text);
}

json_object *ew_json_whole(const fmpz_t value)
{
    slong n;
    if (ew_word_from_fmpz(&n, value))
        return json_object_new_int64(n);
    char *text = fmpz_get_str(NULL, 10, value);
    json_object *string = json_object_new_string(text);
    flint_free(text);
    return string;
}

json_object *ew_json_count(const arb_t value, slong digits)
{
    slong n;
    if (!arb_is_finite(value))
        return NULL;
    if (ew_word_from_arb(&n, value))
        return json_object_new_int64(n);
    char *text = ew_decimal_best(value, digits);
    json_object *string = json_object_new_string(text);
    free(text);
    return string;
}

void ew_print_mode(FILE *out, const ew_mode_t mode)
{
    char *eta = ew_rational_text(mode->eta), *sigma = ew_rational_text(mode->sigma);
    fprintf(out, "depth %ld, eta = %s, sigma = %s", mode->depth, eta, sigma);
    free(eta);
    free(sigma);
}

slong ew_separating_digits_of(arb_srcptr const *points, slong count, slong digits)
{
    arb_t gap;
    arb_init(gap);
    for (slong i = 1; i < count; i++) {
        if (arb_is_zero(points[i]))
            continue; /* its decimal is exact */
        arb_sub(gap, points[i], points[i - 1], 64);
        slong bits = arf_abs_bound_lt_2exp_si(arb_midref(points[i])) -
                     arf_abs_bound_lt_2exp_si(arb_midref(gap));
        digits = FLINT_MAX(digits, (slong)(0.30103 * (double)bits) + 3);
    }
    arb_clear(gap);
    return digits;
}

slong ew_separating_digits(const ew_roots_t roots, slong digits)
{
    for (slong i = 1; i < roots->count; i++) {
        arb_srcptr pair[] = {roots->roots[i - 1].x, roots->roots[i].x};
        digits = ew_separating_digits_of(pair, 2, digits);
    }
    return digits;
}

void ew_step_ball(arb_t s, const ew_mode_t mode, slong digits)
{
    if (ew_mode_regime(mode) == EW_EDGE)
        arb_set_ui(s, 2);
    else
        ew_mode_s(s, mode, ew_digits_to_bits(digits));
}

void ew_print_regime(FILE *out, const ew_mode_t mode)
{
    ew_regime regime = ew_mode_regime(mode);
    fprintf(out, " (%s the edge", regime == EW_EDGE ? "at" : ew_regime_text(regime));
    if (regime == EW_BEYOND) {
        int sign = ew_mode_cmp_s_sqrt8(mode);
        fprintf(out, ", %s 2 sqrt 2", sign < 0 ? "below" : sign == 0 ? "at" : "above");
    }
    fputs(")\n", out);
}

void ew_json_polynomial(json_object *document, const fmpz_poly_t poly)
{
    json_object *list = json_object_new_array();
    for (slong i = 0; i < fmpz_poly_length(poly); i++) {
        char *text = fmpz_get_str(NULL, 10, poly->coeffs + i);
        json_object_array_add(list, json_object_new_string(text));
        flint_free(text);
    }
    json_object_object_add(document, "polynomial", list);
}

const char *ew_infinity_text(const arb_t x)
{
    if (!arb_is_exact(x) || !arf_is_inf(arb_midref(x)))
        return NULL;
    return arf_sgn(arb_midref(x)) < 0 ? "-inf" : "inf";
}

json_object *ew_json_number(const arb_t x, ew_arithmetic arithmetic, slong digits)
{
    if (arithmetic != EW_BALL) {
        char *text = ew_infinity_text(x) == NULL ? ew_decimal_best(x, digits) : NULL;
        json_object *string = json_object_new_string(text != NULL ? text : ew_infinity_text(x));
        free(text);
        return string;
    }
    json_object *ends = json_object_new_object();
    ew_json_ends(ends, "lo", "hi", x, digits);
    return ends;
}

void ew_print_number(FILE *out, const arb_t x, slong digits, int width)
{
    char *text = ew_infinity_text(x) == NULL ? ew_decimal_best(x, digits) : NULL;
    fprintf(out, "%c%*s", width == 0 ? ',' : ' ', width, text != NULL ? text : ew_infinity_text(x));
    free(text);
}

int ew_column_width(slong digits)
{
    return (int)FLINT_MIN(FLINT_MAX(digits, 9), 1000000000) + 7;
}

void ew_json_problem(json_object *document, const ew_problem_t problem)
{
    json_object *object = json_object_new_object(), *list = json_object_new_array();
    json_object_object_add(object, "depth", json_object_new_int64(problem->depth));
    ew_json_rational(object, "eta", problem->eta);
    for (slong i = 0; i < problem->count; i++) {
        char *text = ew_rational_text(problem->sigma + i);
        json_object_array_add(list, json_object_new_string(text));
        free(text);
    }
    json_object_object_add(object, "sigma", list);
    ew_json_rational(object, "alpha", problem->alpha);
    json_object_object_add(object, "dim", json_object_new_int64(problem->dim));
    json_object_object_add(document, "problem", object);
}

void ew_print_problem(FILE *out, const ew_problem_t problem)
{
    char *eta = ew_rational_text(problem->eta), *alpha = ew_rational_text(problem->alpha);
    fprintf(out, "depth %ld, eta = %s, alpha = %s, %ld x %ld, rank %ld\n", problem->depth, eta,
            alpha, problem->dim, problem->dim, problem->count);
    free(eta);
    free(alpha);
}
