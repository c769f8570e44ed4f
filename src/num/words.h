/* Words that were mistyped, and words to be shown. */
#ifndef EDGEWISE_NUM_WORDS_H
#define EDGEWISE_NUM_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Edit distance, for words of at most 31 letters. */
int ew_words_distance(const char *a, const char *b);

/* Near enough to ask "did you mean"? */
bool ew_words_are_near(const char *a, const char *b);

/* What ew_words_quote needs for at most that many bytes of text. */
#define EW_QUOTED_SIZE(most) (4 * (most) + 16)

/* The first `most` of `size` bytes in printable ASCII, NUL terminated: other characters as <U+FEFF>, other bytes as
 * \xff, and "..." where more follows. */
void ew_words_quote(char *out, const char *text, size_t size, size_t most);

#endif
