/* Singular values out of the matrix of --target. */
#ifndef EDGEWISE_CLI_TARGET_FILE_H
#define EDGEWISE_CLI_TARGET_FILE_H

#include "cli/settings.h"

/* Sets the problem's singular values to those of the matrix, which have to be rational, by proof: all of them, or where
 * `one` that of --index, which becomes the only one. 0, or the exit code after one line on stderr. */
int target_file_sigma(settings_t *settings, options_t *options, bool one);

#endif
