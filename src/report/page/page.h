/* What the parts of the page share. */
#ifndef EDGEWISE_REPORT_PAGE_H
#define EDGEWISE_REPORT_PAGE_H

#include "report/write.h"
#include <edgewise/page.h>

/* Writes text with the characters escaped that mean something in HTML, also inside quotes. */
void ew_page_text(FILE *out, const char *text);

/* Writes a rational, and a ball with as many right digits as it settles. */
void ew_page_rational(FILE *out, const fmpq_t q);
void ew_page_ball(FILE *out, const arb_t x, slong digits);

/* Writes "edgewise COMMAND --depth .. --eta .. EXTRA"; and the same as a block that can be copied. */
void ew_page_command_words(FILE *out, const ew_page *page, const char *command, const char *extra);
void ew_page_command(FILE *out, const ew_page *page, const char *command, const char *extra);

/* The sections. */
void ew_page_verdicts(FILE *out, const ew_page *page);
void ew_page_evidence(FILE *out, const ew_page *page);
void ew_page_predictions(FILE *out, const ew_page *page);
void ew_page_thresholds(FILE *out, const ew_page *page);
void ew_page_stress(FILE *out, const ew_page *page);
void ew_page_inputs(FILE *out, const ew_page *page);

/* A sign beside the word of a verdict; static storage. */
const char *ew_page_sign(ew_verdict verdict);

#endif
