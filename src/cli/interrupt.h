/* The progress line, and a clean end on Ctrl-C or when the program is ended from outside. */
#ifndef EDGEWISE_CLI_INTERRUPT_H
#define EDGEWISE_CLI_INTERRUPT_H

#include <edgewise/num.h>
#include <sys/types.h>

/* Starts to watch for SIGINT, and for the signals that end a program, and fills `progress`; `show`: a line on
 * stderr if that is a terminal, from half a second on, whether the work ticks or not. */
void interrupt_start(ew_progress *progress, bool show);

/* Was Ctrl-C pressed? */
bool interrupt_asked(void);

/* From here until interrupt_keep a sudden end removes the file of this name, which need not exist yet. The name
 * is not copied: both calls take the same pointer. False when eight files are watched already. */
bool interrupt_remove(const char *name);
void interrupt_keep(const char *name);

/* A sudden end ends this process group, too; 0: none. */
void interrupt_child(pid_t group);

/* Ends the program where `bytes` more are not to be had: removes the files named above, writes one line on stderr and exits
 * with code 4, from any thread. */
_Noreturn void interrupt_no_memory(double bytes);

/* From here until interrupt_finished an exit() is one that a library called, and becomes exit code 4 with nothing
 * unfinished left behind. */
void interrupt_guard_exit(void);
void interrupt_finished(void);

/* Erases the progress line, before anything else is written to the terminal; the next tick brings it back. */
void interrupt_erase(void);

/* Erases the progress line; from here on the caller ends the program itself. */
void interrupt_end(void);

#endif
