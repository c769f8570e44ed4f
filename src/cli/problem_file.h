/* Problem files: JSON with the keys of the option table, numbers read exactly from their text. */
#ifndef EDGEWISE_CLI_PROBLEM_FILE_H
#define EDGEWISE_CLI_PROBLEM_FILE_H

#include "cli/options.h"

/* Fills the options that the command line left open from the file in options->text[OPT_PROBLEM]. Returns 0, or
 * the exit code after one line on stderr. */
int problem_file_read(options_t *options, int command);

#endif
