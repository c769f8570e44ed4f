/* Certificates as files. */
#ifndef EDGEWISE_CLI_CERTIFICATE_H
#define EDGEWISE_CLI_CERTIFICATE_H

#include "cli/settings.h"

/* Writes the certificate of these proofs under that name, whole or not at all. 0, or 4 after one line on stderr. */
int certificate_write(const char *name, const ew_proof_struct *proofs, slong count);

/* Isolates the real roots of the orbit polynomials of the problem's singular values `from` up to but not `to` again, by
 * bisection, and writes the certificate to --certificate. 0, or an exit code after one line on stderr. */
int certificate_of_roots(const settings_t *settings, slong from, slong to);

/* Proves the theorem balancing-gap for the problem, or without --alpha for every alpha at its depth, step and singular
 * value, when they lie in the theorem's range, and writes the certificate to --certificate. 0, or an exit code after one line on stderr. */
int certificate_of_trap(const settings_t *settings);

#endif
