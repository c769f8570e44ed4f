/* What the writers of this room share. */
#ifndef EDGEWISE_REPORT_WRITE_H
#define EDGEWISE_REPORT_WRITE_H

#include "report/json.h"
#include <edgewise/report.h>

/* EW_OK, or EW_RESOURCES when anything written to `out` so far has failed; flushes. */
EW_MUST_CHECK ew_status ew_write_status(FILE *out);

/* Writes the document, a newline, and releases it. */
EW_MUST_CHECK ew_status ew_write_json(FILE *out, json_object *document);

/* Adds a member: a rational, a ball with as many right digits as it settles (at most `digits`). */
void ew_json_rational(json_object *object, const char *name, const fmpq_t value);
void ew_json_ball(json_object *object, const char *name, const arb_t value, slong digits);

/* Adds `name`_lo and `name`_hi, outward-rounded decimals. */
void ew_json_ends(json_object *object, const char *lo, const char *hi, const arb_t value,
                  slong digits);

/* A whole number: an integer where it fits a machine word, else its decimals as a string. `_count` rounds the ball's midpoint,
 * writes a larger one with as many right digits as the ball settles, and gives NULL where it is not finite. */
json_object *ew_json_whole(const fmpz_t value);
json_object *ew_json_count(const arb_t value, slong digits);

/* A new document with its schema number and the mode it is about. */
json_object *ew_json_document(const char *kind, const ew_mode_t mode);

/* Prints a label and the value with as many right digits as the ball settles. */
void ew_print_ball(FILE *out, const char *label, const arb_t value, slong digits);

/* Prints "depth L, eta = .., sigma = .." for headings. */
void ew_print_mode(FILE *out, const ew_mode_t mode);

/* Digits at which the outward-rounded decimals of neighbouring roots do not overlap, >= digits. */
slong ew_separating_digits(const ew_roots_t roots, slong digits);

/* The same of any enclosures, in ascending order. */
slong ew_separating_digits_of(arb_srcptr const *points, slong count, slong digits);

/* s as a ball good for that many digits, exact on the edge; and " (beyond the edge, below 2 sqrt 2)" with a newline, decided
 * exactly. */
void ew_step_ball(arb_t s, const ew_mode_t mode, slong digits);
void ew_print_regime(FILE *out, const ew_mode_t mode);

/* Adds "polynomial": the coefficients from the constant term, as strings. */
void ew_json_polynomial(json_object *document, const fmpz_poly_t poly);

/* "inf", "-inf" for the infinities of double and MPFR, which are numbers and which ew_decimal_best does not tell from
 * a ball without bounds; NULL for anything else. */
const char *ew_infinity_text(const arb_t x);

/* A number of a simulation for JSON: a decimal string, or for balls an object with outward-rounded ends. */
json_object *ew_json_number(const arb_t x, ew_arithmetic arithmetic, slong digits);

/* A comma and the number (width 0), or the number right-aligned in a column of that width. */
void ew_print_number(FILE *out, const arb_t x, slong digits, int width);

/* Columns for a sign, "0.0000" or an exponent of three digits, and the digits. */
int ew_column_width(slong digits);

/* Adds "problem", as every document on a whole problem has it. */
void ew_json_problem(json_object *document, const ew_problem_t problem);

/* "depth L, eta = .., d x d, rank r" on one line, with alpha. */
void ew_print_problem(FILE *out, const ew_problem_t problem);

/* What a stress table shows of a cell: "leaves @787 ~779". */
void ew_stress_entry(char *text, size_t size, const ew_cell *cell);

/* The cell with the claim and index of `like` in that format and order; NULL: none. */
const ew_cell *ew_stress_find(const ew_stress_report *report, const ew_cell *like,
                              const char *format, ew_order order);

/* Is cell i the first of its claim and index? */
bool ew_stress_is_first(const ew_stress_report *report, slong i);

/* Can no format tell anything about the claim and index of `like`? */
bool ew_stress_is_silent(const ew_stress_report *report, const ew_cell *like);

#endif
