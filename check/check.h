/* Checks a certificate of Edgewise (docs/certificates.md). */
#ifndef EDGEWISE_CHECK_CHECK_H
#define EDGEWISE_CHECK_CHECK_H

#include <stddef.h>
#include <stdio.h>

enum { CHECK_PROVED = 0, CHECK_WRONG = 1, CHECK_NO_CERTIFICATE = 2 };

/* Reads `size` bytes and writes to `out` each theorem that they prove. Of what is wrong, one line is written to
 * `complaint` (at most `room` bytes with the NUL). Returns CHECK_PROVED only if all of it is proved. */
int certificate_check(const char *text, size_t size, FILE *out, char *complaint, size_t room);

#endif
