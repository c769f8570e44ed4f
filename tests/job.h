/* A test as a job: a process and a directory of its own. */
#ifndef EDGEWISE_TESTS_JOB_H
#define EDGEWISE_TESTS_JOB_H

#include "test.h"
#include <sys/types.h>

typedef enum { EW_JOB_WAITS, EW_JOB_RUNS, EW_JOB_PASSED, EW_JOB_FAILED, EW_JOB_SKIPPED } ew_job_end;

typedef struct {
    const char *file; /* of the test, from the root */
    const struct CMUnitTest *test;
    double seconds; /* it took, or will take by what is known */
    double start;
    pid_t pid;
    char *place; /* its directory; NULL when it is gone */
    ew_job_end end;
    char why[200]; /* it failed or was skipped */
} ew_job;

/* Seconds of a clock that only goes forward. */
double ew_job_clock(void);

/* Starts the test in a new directory under `below`; false, and `why`, when that fails. The directory looks like the
 * current one, the root of the sources: a link for each entry, but a build directory with nothing in it but links
 * to the programs. */
int ew_job_start(ew_job *job, const char *below);

/* Takes the status that wait gave for it; removes its directory if it passed or was skipped. */
void ew_job_finish(ew_job *job, int status);

/* Ends a running test and what it started: asks first, and with `now` does not. */
void ew_job_kill(const ew_job *job, int now);

/* Prints all that a failed test wrote. */
void ew_job_show(const ew_job *job);

#endif
