/* Words that were mistyped. */
#ifndef EDGEWISE_NUM_WORDS_H
#define EDGEWISE_NUM_WORDS_H

#include <stdbool.h>

/* Edit distance, for words of at most 31 letters. */
int ew_words_distance(const char *a, const char *b);

/* Near enough to ask "did you mean"? */
bool ew_words_are_near(const char *a, const char *b);

#endif
