/* The report of `edgewise balance`. */
#include "report/write.h"
#include <stdlib.h>

/* The ratio of a proved alpha to the poster's bound, for the reader. */
static void ratio(arb_t out, const fmpq_t alpha, const arb_t bound)
{
    arb_set_fmpq(out, alpha, 64);
    arb_div(out, out, bound, 64);
}

/* "  label  0.3107 = 1.35 bounds" */
static void print_alpha(FILE *out, const char *label, const fmpq_t alpha,
                        const ew_balance_report *report)
{
    arb_t x;
    arb_init(x);
    arb_set_fmpq(x, alpha, 64);
    ew_print_ball(out, label, x, 6);
    if (report->bound_exists) {
        ratio(x, alpha, report->bound);
        ew_print_ball(out, "  (", x, 4);
        fputs(" times the bound)", out);
    }
    fputc('\n', out);
    arb_clear(x);
}

ew_status ew_report_balance_text(FILE *out, const ew_balance_report *report, ew_style style)
{
    const char *strong = style.colour ? "\033[1m" : "", *plain = style.colour ? "\033[0m" : "";
    fputs(strong, out);
    ew_print_mode(out, report->mode);
    fprintf(out, "%s\n  the theorem speaks about 2 < s < 2 sqrt 2: %s\n", plain,
            report->in_domain ? "s is inside" : "s is outside, the theorem is vacuous");
    if (report->bound_exists) {
        ew_print_ball(out, "  bound on alpha          ", report->bound, report->digits);
        fputc('\n', out);
    }
    if (fmpq_is_zero(report->better))
        fputs("  proved for every alpha  none found\n", out);
    else
        print_alpha(out, "  proved for every alpha up to ", report->better, report);
    if (fmpq_is_zero(report->contracts_at))
        fputs("  |gap| never grows from alpha = (none found)\n", out);
    else
        print_alpha(out, "  |gap| never grows from alpha = ", report->contracts_at, report);
    if (report->grows_step < 0)
        fputs("  |gap| grows from alpha =       (none found)\n", out);
    else {
        print_alpha(out, "  |gap| grows from alpha =       ", report->grows_at, report);
        fprintf(out, "    (proved; it grows at step %ld)\n", report->grows_step);
    }
    return ew_write_status(out);
}

/* Adds an alpha, or null for none. */
static void add_alpha(json_object *object, const char *name, const fmpq_t alpha, bool known)
{
    if (known)
        ew_json_rational(object, name, alpha);
    else
        json_object_object_add(object, name, NULL);
}

static json_object *tightness_json(const ew_balance_report *report)
{
    bool grows = report->grows_step >= 0;
    json_object *tightness = json_object_new_object();
    add_alpha(tightness, "contracts_at", report->contracts_at, !fmpq_is_zero(report->contracts_at));
    add_alpha(tightness, "grows_at", report->grows_at, grows);
    json_object_object_add(tightness, "step",
                           grows ? json_object_new_int64(report->grows_step) : NULL);
    if (report->bound_exists && grows) {
        arb_t x;
        arb_init(x);
        ratio(x, report->grows_at, report->bound);
        ew_json_ball(tightness, "ratio", x, 6);
        arb_clear(x);
    } else
        json_object_object_add(tightness, "ratio", NULL);
    return tightness;
}

ew_status ew_report_balance_json(FILE *out, const ew_balance_report *report)
{
    json_object *document = ew_json_document("balance", report->mode);
    arb_t s;
    arb_init(s);
    ew_mode_s(s, report->mode, ew_digits_to_bits(report->digits));
    ew_json_ball(document, "s", s, report->digits);
    arb_clear(s);
    json_object *domain = json_object_new_object();
    json_object_object_add(domain, "s_above", json_object_new_string("2"));
    json_object_object_add(domain, "s_below", json_object_new_string("2*sqrt(2)"));
    json_object_object_add(domain, "inside", json_object_new_boolean(report->in_domain));
    json_object_object_add(document, "domain", domain);
    if (report->bound_exists) {
        ew_json_ball(document, "bound", report->bound, report->digits);
        ew_json_ends(document, "bound_lo", "bound_hi", report->bound, report->digits);
    } else {
        json_object_object_add(document, "bound", NULL);
        json_object_object_add(document, "bound_lo", NULL);
        json_object_object_add(document, "bound_hi", NULL);
    }
    add_alpha(document, "proved_bound", report->better, !fmpq_is_zero(report->better));
    json_object_object_add(document, "tightness", tightness_json(report));
    return ew_write_json(out, document);
}
