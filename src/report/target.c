/* The report of `edgewise target`. */
#include "report/write.h"
#include <stdlib.h>
#include <string.h>

enum { LONGEST_EXACT = 24 };

/* What a depth and a step make of a singular value. */
typedef struct {
    arb_t s, edge; /* edge = 2/S */
    bool bounded;  /* else edge is a lower bound: 0 is in the enclosure of sigma */
    ew_regime regime;
    bool decided;
} step_t;

/* The step at the edge of stability, 2/S. */
static void set_edge(step_t *step, const ew_singular_value_struct *value, slong depth, slong prec)
{
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    ew_singular_s(step->edge, value, depth, one, prec);
    step->bounded = !arb_contains_nonpositive(step->edge);
    if (!step->bounded) {
        arb_get_ubound_arf(arb_midref(step->edge), step->edge, prec);
        mag_zero(arb_radref(step->edge));
    }
    arb_ui_div(step->edge, 2, step->edge, prec);
    fmpq_clear(one);
}

static void step_init(step_t *step, const ew_singular_value_struct *value,
                      const ew_target_report *report)
{
    slong prec = ew_digits_to_bits(report->digits);
    arb_init(step->s);
    arb_init(step->edge);
    set_edge(step, value, report->depth, prec);
    step->decided = report->has_eta &&
                    ew_singular_regime(&step->regime, value, report->depth, report->eta) == EW_OK;
    if (step->decided && step->regime == EW_EDGE)
        arb_set_ui(step->s, 2);
    else if (report->has_eta)
        ew_singular_s(step->s, value, report->depth, report->eta, prec);
}

static void step_clear(step_t *step)
{
    arb_clear(step->s);
    arb_clear(step->edge);
}

/* Does the enclosure meet that of the value before? They may be equal then. */
static bool meets_previous(const ew_singular_t values, slong i)
{
    return i > 0 && arb_overlaps(values->list[i].x, values->list[i - 1].x);
}

/* "3/2", "sqrt(2)", or in words what it is where that is longer; in `text`. */
static void exact_text(char text[LONGEST_EXACT + 8], const ew_singular_value_struct *value)
{
    char *number = ew_rational_text(value->value);
    bool known = value->kind == EW_RATIONAL || value->kind == EW_SQUARE_ROOT;
    if (known && number != NULL && strlen(number) <= LONGEST_EXACT)
        sprintf(text, value->kind == EW_RATIONAL ? "%s" : "sqrt(%s)", number);
    else
        strcpy(text, ew_number_kind_text(value->kind));
    free(number);
}

/* Two blanks and the number, right-aligned; a lower bound is marked. */
static void print_column(FILE *out, const arb_t x, slong digits, bool bounded)
{
    char *text = bounded ? ew_decimal_best(x, digits) : ew_decimal_lower(x, digits);
    int width = ew_column_width(digits);
    fprintf(out, "  %s%*s", bounded ? "" : ">=", bounded ? width : width - 2,
            text == NULL ? "" : text);
    free(text);
}

static void print_value(FILE *out, const ew_target_report *report, slong i)
{
    const ew_singular_value_struct *value = report->values->list + i;
    char exact[LONGEST_EXACT + 8];
    exact_text(exact, value);
    print_column(out, value->x, report->digits, true);
    fprintf(out, "  %5ld", value->multiplicity);
    if (report->depth > 0) {
        step_t step;
        step_init(&step, value, report);
        print_column(out, step.edge, report->digits, step.bounded);
        if (report->has_eta) {
            print_column(out, step.s, report->digits, true);
            fprintf(out, "  %-9s", step.decided ? ew_regime_text(step.regime) : "undecided");
        }
        step_clear(&step);
    }
    fprintf(out, "  %s%s\n", exact,
            meets_previous(report->values, i) ? ", perhaps the one above again" : "");
}

static void print_heading(FILE *out, const ew_target_report *report)
{
    int width = ew_column_width(report->digits);
    fprintf(out, "  %*s  %5s", width, "sigma", "times");
    if (report->depth > 0)
        fprintf(out, "  %*s", width, "2/S");
    if (report->has_eta)
        fprintf(out, "  %*s  %-9s", width, "s", "edge");
    fputs("  exactly\n", out);
}

/* How many values oscillate, counted with their multiplicities. */
static void print_oscillating(FILE *out, const ew_target_report *report)
{
    if (report->undecided > 0)
        fprintf(out, "beyond the edge: at least %ld; undecided for %ld, which more bits may tell\n",
                report->oscillating, report->undecided);
    else if (report->oscillating == 0)
        fputs("beyond the edge: none\n", out);
    else
        fprintf(out, "beyond the edge: the p = %ld largest of %ld\n", report->oscillating,
                report->values->rank);
}

ew_status ew_report_target_text(FILE *out, const ew_target_report *report, ew_style style)
{
    const ew_singular_struct *values = report->values;
    fprintf(out, "%s%ld x %ld, rank %ld%s, proved by elimination modulo primes\n",
            style.colour ? "\033[1m" : "", values->rows, values->cols, values->rank,
            style.colour ? "\033[0m" : "");
    if (report->depth > 0) {
        fprintf(out, "depth %ld", report->depth);
        char *eta = report->has_eta ? ew_rational_text(report->eta) : NULL;
        fprintf(out, eta == NULL ? "\n" : ", eta = %s\n", eta);
        free(eta);
    }
    fputs(values->way == EW_BY_POLYNOMIAL
              ? "all singular values, by the characteristic polynomial of the Gram matrix: "
                "multiplicities are exact\n"
              : "all singular values enclosed about those of LAPACK: which are equal is not told\n",
          out);
    if (values->count > 0)
        print_heading(out, report);
    for (slong i = 0; i < values->count; i++)
        print_value(out, report, i);
    if (values->zeros > 0)
        fprintf(out, "  %*s  %5ld\n", ew_column_width(report->digits), "0", values->zeros);
    if (report->has_eta)
        print_oscillating(out, report);
    return ew_write_status(out);
}

/* Adds the rational, or null where the value is of another kind. */
static void add_exact(json_object *object, const char *name, const ew_singular_value_struct *value,
                      ew_number_kind kind)
{
    if (value->kind == kind)
        ew_json_rational(object, name, value->value);
    else
        json_object_object_add(object, name, NULL);
}

/* Adds s, its ends and the regime; null without an eta. */
static void add_step(json_object *object, const ew_target_report *report, const step_t *step)
{
    static const char *const names[] = {"s", "s_lo", "s_hi", "regime"};
    if (!report->has_eta) {
        for (int i = 0; i < 4; i++)
            json_object_object_add(object, names[i], NULL);
        return;
    }
    ew_json_ball(object, "s", step->s, report->digits);
    ew_json_ends(object, "s_lo", "s_hi", step->s, report->digits);
    json_object_object_add(object, "regime",
                           step->decided ? json_object_new_string(ew_regime_text(step->regime))
                                         : NULL);
}

/* Adds 2/S and its ends; null without a depth, and where it has no upper end. */
static void add_edge(json_object *object, const ew_target_report *report, const step_t *step)
{
    json_object_object_add(object, "edge", NULL);
    json_object_object_add(object, "edge_lo", NULL);
    json_object_object_add(object, "edge_hi", NULL);
    if (report->depth == 0)
        return;
    ew_json_ends(object, "edge_lo", "edge_hi", step->edge, report->digits);
    if (step->bounded)
        ew_json_ball(object, "edge", step->edge, report->digits);
    else
        json_object_object_add(object, "edge_hi", NULL);
}

static json_object *value_json(const ew_target_report *report, slong i)
{
    const ew_singular_value_struct *value = report->values->list + i;
    json_object *object = json_object_new_object();
    step_t step = {.decided = false};
    ew_json_ball(object, "sigma", value->x, report->digits);
    ew_json_ends(object, "sigma_lo", "sigma_hi", value->x, report->digits);
    json_object_object_add(object, "multiplicity", json_object_new_int64(value->multiplicity));
    json_object_object_add(object, "is", json_object_new_string(ew_number_kind_text(value->kind)));
    add_exact(object, "rational", value, EW_RATIONAL);
    add_exact(object, "square", value, EW_SQUARE_ROOT);
    json_object_object_add(object, "may_equal_previous",
                           json_object_new_boolean(meets_previous(report->values, i)));
    if (report->depth > 0)
        step_init(&step, value, report);
    add_edge(object, report, &step);
    add_step(object, report, &step);
    if (report->depth > 0)
        step_clear(&step);
    return object;
}

ew_status ew_report_target_json(FILE *out, const ew_target_report *report)
{
    const ew_singular_struct *values = report->values;
    json_object *document = json_object_new_object(), *list = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("target"));
    json_object_object_add(document, "depth",
                           report->depth > 0 ? json_object_new_int64(report->depth) : NULL);
    if (report->has_eta)
        ew_json_rational(document, "eta", report->eta);
    else
        json_object_object_add(document, "eta", NULL);
    json_object_object_add(document, "rows", json_object_new_int64(values->rows));
    json_object_object_add(document, "cols", json_object_new_int64(values->cols));
    json_object_object_add(document, "rank", json_object_new_int64(values->rank));
    json_object_object_add(document, "zeros", json_object_new_int64(values->zeros));
    json_object_object_add(document, "way",
                           json_object_new_string(ew_singular_way_text(values->way)));
    for (slong i = 0; i < values->count; i++)
        json_object_array_add(list, value_json(report, i));
    json_object_object_add(document, "values", list);
    json_object_object_add(document, "oscillating",
                           report->has_eta ? json_object_new_int64(report->oscillating) : NULL);
    json_object_object_add(document, "undecided",
                           report->has_eta ? json_object_new_int64(report->undecided) : NULL);
    return ew_write_json(out, document);
}
