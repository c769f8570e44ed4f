/* What the writers of this room share. */
#ifndef EDGEWISE_REPORT_WRITE_H
#define EDGEWISE_REPORT_WRITE_H

#include <edgewise/report.h>
#include <json-c/json.h>

/* EW_OK, or EW_RESOURCES when anything written to `out` so far has failed; flushes. */
ew_status ew_write_status(FILE *out);

/* Writes the document, a newline, and releases it. */
ew_status ew_write_json(FILE *out, json_object *document);

/* Adds a member: a rational, a ball with as many right digits as it settles (at most `digits`). */
void ew_json_rational(json_object *object, const char *name, const fmpq_t value);
void ew_json_ball(json_object *object, const char *name, const arb_t value, slong digits);

/* Adds `name`_lo and `name`_hi, outward-rounded decimals. */
void ew_json_ends(json_object *object, const char *lo, const char *hi, const arb_t value,
                  slong digits);

/* A new document with its schema number and the mode it is about. */
json_object *ew_json_document(const char *kind, const ew_mode_t mode);

/* Prints a label and the value with as many right digits as the ball settles. */
void ew_print_ball(FILE *out, const char *label, const arb_t value, slong digits);

/* Prints "depth L, eta = .., sigma = .." for headings. */
void ew_print_mode(FILE *out, const ew_mode_t mode);

/* Digits at which the outward-rounded decimals of neighbouring roots do not overlap, >= digits. */
slong ew_separating_digits(const ew_roots_t roots, slong digits);

#endif
