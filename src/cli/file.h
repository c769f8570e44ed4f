/* Every file that the program writes: it appears whole or not at all. */
#ifndef EDGEWISE_CLI_FILE_H
#define EDGEWISE_CLI_FILE_H

#include <stdbool.h>
#include <stdio.h>

/* A file that gets its name only when it is complete: written to one beside it that no other process writes
 * (NAME.part.PROCESS.N), then put on disk and renamed, so that of several writers the last leaves its own. Symbolic links are
 * followed, a file that is replaced leaves its permissions to the new one, and what is no plain file (/dev/full, /dev/stdout, a
 * pipe) is written to itself. What ends the program before removes the unfinished one (cli/interrupt.h). */
typedef struct {
    FILE *file;
    char *name;   /* as it was given, for messages */
    char *target; /* where its links lead */
    char *aside;  /* NULL: written to itself */
} fresh_file;

/* Opens it. 0, or 4 after one line on stderr. */
int fresh_open(fresh_file *fresh, const char *name);

/* Gives it its name; `fine` false: removes it. 0, or 4 after one line on stderr. */
int fresh_close(fresh_file *fresh, bool fine);

/* Can a file of that name be written? Asked before the work that makes its contents, by making one and removing it. 0, or 4
 * after one line on stderr. */
int file_allowed(const char *name);

#endif
