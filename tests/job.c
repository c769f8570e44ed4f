/* One test in a process and a directory of its own. */
#define _XOPEN_SOURCE 700
#include "job.h"
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUTPUT                                                                                     \
    ".output" /* what a test writes; hidden, so that a runner inside a test does not link it */

/* The codes that a test ends with; any other means that it did not come to its end. */
enum { PATH_SIZE = 4096, PASSED = 64, FAILED, SKIPPED };

/* What the tests reach in the build directory, by the paths they were compiled with. */
static const char *const built[] = {EW_PROGRAM, EW_CHECKER, EW_EXAMPLES_DIR, EW_TESTS_PROGRAM,
                                    EW_CONFIG,  EW_SHARED,  EW_STATIC,       EW_FAILING};

static const char *skip_reason; /* of the one test of this process */

void ew_skip(const char *reason)
{
    skip_reason = reason;
    printf("skipped: %s\n", reason);
    skip();
    abort(); /* it does not come back, but does not say so */
}

double ew_job_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Makes every directory on the way to `path`. */
static void make_way(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
}

/* A link at place/name to the same name under the root. */
static int link_one(const char *place, const char *root, const char *name)
{
    char from[PATH_SIZE], to[PATH_SIZE];
    if (snprintf(from, sizeof from, "%s/%s", place, name) >= PATH_SIZE ||
        snprintf(to, sizeof to, "%s/%s", root, name) >= PATH_SIZE)
        return 0;
    make_way(from);
    return symlink(to, from) == 0;
}

/* Is the entry of the root a build directory, or hidden? Neither is linked. */
static int is_left_out(const char *name)
{
    size_t size = strlen(name);
    return name[0] == '.' || strcmp(name, "build") == 0 ||
           (strncmp(EW_PROGRAM, name, size) == 0 && EW_PROGRAM[size] == '/');
}

static int furnish(const char *place)
{
    char root[PATH_SIZE], build[PATH_SIZE + 8];
    DIR *all = opendir(".");
    if (all == NULL || getcwd(root, sizeof root) == NULL)
        return 0;
    int fine = 1;
    for (struct dirent *entry = readdir(all); entry != NULL && fine; entry = readdir(all))
        fine = is_left_out(entry->d_name) || link_one(place, root, entry->d_name);
    closedir(all);
    snprintf(build, sizeof build, "%s/build", place);
    mkdir(build, 0777);
    for (size_t i = 0; i < sizeof built / sizeof built[0] && fine; i++)
        fine = built[i][0] == '/' || link_one(place, root, built[i]);
    return fine;
}

/* A new directory with the test's name in its own, to be found by. */
static char *new_place(const ew_job *job, const char *below)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s.XXXXXX", below, job->test->name);
    make_way(path);
    return mkdtemp(path) == NULL ? NULL : strdup(path);
}

/* In the child: the signals as they were, output into a file, and the test. */
static int run_here(const ew_job *job)
{
    sigset_t none;
    sigemptyset(&none);
    setpgid(0, 0);
    signal(SIGTERM, ew_run_end);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int in = open("/dev/null", O_RDONLY);
    if (chdir(job->place) != 0 || freopen(OUTPUT, "w", stdout) == NULL || in < 0)
        return FAILED;
    setvbuf(stdout, NULL, _IOLBF, 0);
    dup2(in, STDIN_FILENO);
    dup2(STDOUT_FILENO, STDERR_FILENO);
    int failed = _cmocka_run_group_tests(job->file, job->test, 1, NULL, NULL);
    return failed != 0 ? FAILED : skip_reason != NULL ? SKIPPED : PASSED;
}

int ew_job_start(ew_job *job, const char *below)
{
    job->place = new_place(job, below);
    job->end = EW_JOB_FAILED;
    if (job->place == NULL || !furnish(job->place)) {
        snprintf(job->why, sizeof job->why, "no directory for it in %s", below);
        return 0;
    }
    fflush(NULL);
    job->start = ew_job_clock();
    job->pid = fork();
    if (job->pid == 0)
        exit(run_here(job));
    if (job->pid < 0) {
        snprintf(job->why, sizeof job->why, "no process for it");
        return 0;
    }
    setpgid(job->pid, job->pid);
    job->end = EW_JOB_RUNS;
    return 1;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about;
    (void)kind;
    (void)where;
    return remove(path);
}

static FILE *output_of(const ew_job *job)
{
    char path[PATH_SIZE];
    if (job->place == NULL || snprintf(path, sizeof path, "%s/" OUTPUT, job->place) >= PATH_SIZE)
        return NULL;
    return fopen(path, "r");
}

/* The reason of a skip, as ew_skip printed it. */
static void read_reason(ew_job *job)
{
    FILE *output = output_of(job);
    char line[sizeof job->why + 16];
    while (output != NULL && fgets(line, sizeof line, output) != NULL)
        if (strncmp(line, "skipped: ", 9) == 0)
            snprintf(job->why, sizeof job->why, "%.*s", (int)strcspn(line + 9, "\n"), line + 9);
    if (output != NULL)
        fclose(output);
}

void ew_job_finish(ew_job *job, int status)
{
    kill(-job->pid, SIGKILL); /* what it left running */
    job->seconds = ew_job_clock() - job->start;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    job->end = code == PASSED ? EW_JOB_PASSED : code == SKIPPED ? EW_JOB_SKIPPED : EW_JOB_FAILED;
    if (code == SKIPPED)
        read_reason(job);
    else if (code >= 0 && job->end == EW_JOB_FAILED && code != FAILED && job->why[0] == '\0')
        snprintf(job->why, sizeof job->why, "left with exit code %d", code);
    else if (code < 0 && job->why[0] == '\0')
        snprintf(job->why, sizeof job->why, "died of signal %d, %s", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    if (job->end != EW_JOB_FAILED) {
        nftw(job->place, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        free(job->place);
        job->place = NULL;
    }
}

void ew_job_kill(const ew_job *job, int now)
{
    kill(now ? -job->pid : job->pid, now ? SIGKILL : SIGTERM);
}

void ew_job_show(const ew_job *job)
{
    FILE *output = output_of(job);
    char text[4096];
    for (size_t got; output != NULL && (got = fread(text, 1, sizeof text, output)) > 0;)
        fwrite(text, 1, got, stdout);
    if (output != NULL)
        fclose(output);
}
