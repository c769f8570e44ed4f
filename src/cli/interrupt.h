/* The progress line, and a clean end on Ctrl-C. */
#ifndef EDGEWISE_CLI_INTERRUPT_H
#define EDGEWISE_CLI_INTERRUPT_H

#include <edgewise/num.h>

/* Starts to watch for SIGINT and fills `progress`; `show`: a line on stderr if that is a terminal. */
void interrupt_start(ew_progress *progress, bool show);

/* Erases the progress line, before anything else is written to the terminal. */
void interrupt_erase(void);

/* Erases the progress line; from here on the caller ends the program itself. */
void interrupt_end(void);

#endif
