/* Checks a certificate of Edgewise (docs/certificates.md). */
#ifndef EDGEWISE_CHECK_CHECK_H
#define EDGEWISE_CHECK_CHECK_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { CHECK_PROVED = 0, CHECK_WRONG = 1, CHECK_NO_CERTIFICATE = 2, CHECK_LIMIT = 3 };

/* Reads `size` bytes and, once all of them are known to be sound, writes to `out` each theorem that they prove. Of what
 * is wrong, one line is written to `complaint` (at most `room` bytes with the NUL). `work`: interval_budget. Returns
 * CHECK_PROVED only if all of it is proved; CHECK_LIMIT where a limit of the checker (docs/certificates.md) was met
 * before anything wrong. */
int certificate_check(const char *text, size_t size, uint64_t work, FILE *out, char *complaint, size_t room);

#endif
