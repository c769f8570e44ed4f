/* Whole processes: from the start of the program to its end. */
#include "bench.h"
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* argv, run to its end with its output thrown away. Spawned: a fork would copy the page tables of all that PARI holds. */
static void run(void *context)
{
    char *const *argv = context;
    posix_spawn_file_actions_t actions;
    pid_t child;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawn(&child, argv[0], &actions, NULL, argv, environ) == 0)
        waitpid(child, NULL, 0);
    posix_spawn_file_actions_destroy(&actions);
}

static int line(char *const *argv, const char *name, double most)
{
    char goal[32] = "";
    if (access(argv[0], X_OK) != 0) {
        printf("  %-54s not there\n", name);
        return 0;
    }
    double ms = 1e3 * ew_bench_median(run, (void *)argv);
    int fine = most <= 0 || ms < most;
    if (most > 0)
        snprintf(goal, sizeof goal, "< %g ms", most);
    printf("  %-54s %8.2f  %s%s\n", name, ms, goal, fine ? "" : "  SHORT");
    ew_bench_record((ew_bench_row){"processes", name, "", ms, ew_bench_spread(), 0, 0, goal, fine});
    return !fine;
}

int ew_bench_program(void)
{
    char program[] = "build/edgewise";
    char *help[] = {program, "help", NULL};
    char *orbit[] = {program, "orbit",    "--depth", "1000000", "--s",
                     "2.2",   "--digits", "1000",    NULL};
    char *empty[] = {"build/empty", NULL};
    printf("\nwhole processes (ms)\n");
    int missed = line(orbit, "orbit --depth 1000000 --digits 1000", 50);
    missed += line(help, "help", 5);
    line(empty, "the limit: main() { } on FLINT and Arb alone", 0);
    return missed;
}
