/* The inequalities to which the theorems for every depth are reduced, each over one box. theory/proofs.md (3) - (9) */
#ifndef EDGEWISE_PREDICT_PROOF_LEMMA_H
#define EDGEWISE_PREDICT_PROOF_LEMMA_H

#include "predict/proof/jet.h"

enum { LEMMA_REASONS = 3 };

/* At every point of the box one of the reasons holds; a leaf of the tree names one that holds all over it. */
typedef struct {
    const char *theorem;
    const char *name;
    const char *form;                  /* the functions, in words */
    const char *reason[LEMMA_REASONS]; /* each an inequality, or several; NULL past the last */
    int variables;
    const char *variable[JET_VARIABLES];        /* "e" is 1/L */
    slong lo[JET_VARIABLES], hi[JET_VARIABLES]; /* ends of the box, in units of 1/512 */
    slong least, most; /* the depths that need it; most 0: every one from `least` on */
    /* Does reason number r hold all over the box, with something to spare? */
    bool (*holds)(jet_pool *pool, arb_srcptr box, int r);
} lemma;

typedef struct {
    const char *name, *words, *where; /* the statement; what its terms mean */
} theorem;

enum { LEMMA_LOG_UNIT = 9, LEMMA_COUNT = 14, LEMMA_JETS = 1024, THEOREM_COUNT = 5 };

extern const lemma ew_lemma_table[LEMMA_COUNT];
extern const theorem ew_theorem_list[THEOREM_COUNT + 1];     /* the last has no name */
extern const theorem ew_theorem_of_gap, ew_theorem_of_roots; /* of one problem */

#endif
