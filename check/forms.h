/* The checker's own form of every theorem: its lemmas, what is to be shown at each point of a box, and when one interval
 * evaluation shows it all over the box. theory/proofs.md, with the same numbers. */
#ifndef EDGEWISE_CHECK_FORMS_H
#define EDGEWISE_CHECK_FORMS_H

#include "interval.h"

enum { FORMS = 14, REASONS = 3, VARIABLES = 3 };

typedef struct {
    const char *theorem, *name, *form;
    const char *reason[REASONS]; /* NULL past the last */
    int variables;
    const char *variable[VARIABLES];
    long lo[VARIABLES], hi[VARIABLES]; /* the box, in units of 1/512 */
    long least, most; /* the depths that need it; most 0: every one from `least` on. The variable e is 1/L */
    bool (*holds)(const iv *box, int reason);
} form;

typedef struct {
    const char *name, *words, *where; /* the statement; what its terms mean */
} theorem;

extern const form form_table[FORMS];
extern const theorem theorem_table[];                  /* for ranges of depths; the last has no name */
extern const theorem theorem_of_gap, theorem_of_roots; /* of one problem */

/* The orbit polynomial of one problem with two derivatives (the second halved) over x: r[0 .. 2].
 * theory/orbit-polynomial.md (3) */
void polynomial_over(iv r[3], iv x, unsigned long depth, const mpq_t eta, const mpq_t sigma);

#endif
