/* The one runner: every test in a process and a directory of its own, several at a time.
 *
 * usage: tests [-j JOBS] [-t SECONDS] [-f FILE] [NAME]
 *
 * NAME and FILE are patterns of the shell, FILE with or without its folder and its .c. JOBS: the number of cores if not
 * said. A test that runs for more than SECONDS (600) has failed. Run it from the root of the sources. */
#include "job.h"
#include <errno.h>
#include <fnmatch.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    ew_job *jobs; /* those of the filter first */
    size_t count, chosen, started, ended;
    long at_once, limit;
    const char *name, *file;
    char place[1000]; /* the directory of the runner's program */
    int signal;       /* that ends the run */
} run_t;

static ew_job *registered;
static size_t registered_count;

void ew_tests_register(const char *file, const struct CMUnitTest *tests, size_t count)
{
    registered = realloc(registered, (registered_count + count) * sizeof *registered);
    if (registered == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        registered[registered_count++] =
            (ew_job){.file = file, .test = tests + i, .seconds = 1, .end = EW_JOB_WAITS};
}

unsigned long ew_test_seed(void)
{
    static unsigned long seed;
    const char *text = getenv("EW_TEST_SEED");
    if (seed == 0 && text != NULL && strcmp(text, "random") == 0)
        seed = (unsigned long)time(NULL);
    else if (seed == 0 && (text == NULL || *text == '\0'))
        seed = 20251;
    else if (seed == 0) {
        char *end;
        errno = 0;
        seed = strtoul(text, &end, 10);
        if (*end != '\0' || errno != 0 || seed == 0) {
            fprintf(stderr, "tests: the seed '%s' is neither a positive integer nor 'random'\n",
                    text);
            exit(2);
        }
    }
    return seed;
}

/* Does the pattern match the path, its last part, or that without the ending? */
static int file_matches(const char *pattern, const char *path)
{
    const char *slash = strrchr(path, '/');
    char base[200];
    snprintf(base, sizeof base, "%s", slash == NULL ? path : slash + 1);
    if (fnmatch(pattern, path, 0) == 0 || fnmatch(pattern, base, 0) == 0)
        return 1;
    base[strcspn(base, ".")] = '\0';
    return fnmatch(pattern, base, 0) == 0;
}

static int is_chosen(const run_t *run, const ew_job *job)
{
    return (run->name == NULL || fnmatch(run->name, job->test->name, 0) == 0) &&
           (run->file == NULL || file_matches(run->file, job->file));
}

/* How long tests took, "SECONDS FILE NAME" a line: a hint in which order to start them, so a file that is not there or
 * not like that does no harm. */
static void read_times(run_t *run, const char *path)
{
    FILE *times = fopen(path, "r");
    char line[600], file[200], name[200];
    double seconds;
    while (times != NULL && fgets(line, sizeof line, times) != NULL)
        if (sscanf(line, "%lf %199s %199s", &seconds, file, name) == 3)
            for (size_t i = 0; i < run->count; i++)
                if (strcmp(run->jobs[i].test->name, name) == 0 &&
                    strcmp(run->jobs[i].file, file) == 0)
                    run->jobs[i].seconds = seconds;
    if (times != NULL)
        fclose(times);
}

static void write_times(const run_t *run, const char *path)
{
    FILE *times = fopen(path, "w");
    for (size_t i = 0; i < run->count && times != NULL; i++)
        fprintf(times, "%.2f %s %s\n", run->jobs[i].seconds, run->jobs[i].file,
                run->jobs[i].test->name);
    if (times != NULL)
        fclose(times);
}

/* The longest first, then by file and name. */
static int by_time(const void *left, const void *right)
{
    const ew_job *a = left, *b = right;
    if (a->seconds != b->seconds)
        return a->seconds < b->seconds ? 1 : -1;
    int files = strcmp(a->file, b->file);
    return files != 0 ? files : strcmp(a->test->name, b->test->name);
}

/* The chosen tests to the front, the longest first. */
static void choose(run_t *run)
{
    char times[1020];
    read_times(run, "tests/times.txt");
    snprintf(times, sizeof times, "%s/tests.times", run->place);
    read_times(run, times);
    for (size_t i = 0; i < run->count; i++)
        if (is_chosen(run, run->jobs + i)) {
            ew_job job = run->jobs[run->chosen];
            run->jobs[run->chosen++] = run->jobs[i];
            run->jobs[i] = job;
        }
    qsort(run->jobs, run->chosen, sizeof run->jobs[0], by_time);
}

/* What ended is said; a failure with all that the test wrote. */
static void say_end(const ew_job *job)
{
    static const char *const words[] = {
        [EW_JOB_PASSED] = "  OK  ", [EW_JOB_FAILED] = " FAIL ", [EW_JOB_SKIPPED] = " SKIP "};
    if (job->end == EW_JOB_FAILED)
        ew_job_show(job);
    printf("[%s] %s (%s) %.2f s%s%s\n", words[job->end], job->test->name, job->file, job->seconds,
           job->why[0] == '\0' ? "" : ": ", job->why);
    if (job->end == EW_JOB_FAILED && job->place != NULL)
        printf("         its directory is kept: %s\n", job->place);
    fflush(stdout);
}

static void start_next(run_t *run)
{
    char below[1020];
    snprintf(below, sizeof below, "%s/run", run->place);
    ew_job *job = run->jobs + run->started++;
    if (!ew_job_start(job, below)) {
        run->ended++;
        say_end(job);
    }
}

static void take_ended(run_t *run)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (size_t i = 0; i < run->started; i++)
            if (run->jobs[i].end == EW_JOB_RUNS && run->jobs[i].pid == pid) {
                ew_job_finish(run->jobs + i, status);
                run->ended++;
                say_end(run->jobs + i);
            }
}

/* Ends what runs for too long: first it is asked to end its own programs, then made to. */
static void end_late(run_t *run)
{
    for (size_t i = 0; i < run->started; i++) {
        ew_job *job = run->jobs + i;
        double late = ew_job_clock() - job->start - (double)run->limit;
        if (job->end != EW_JOB_RUNS || late <= 0)
            continue;
        snprintf(job->why, sizeof job->why, "ran for more than %ld s", run->limit);
        ew_job_kill(job, late > 2);
    }
}

static void end_all(run_t *run)
{
    for (int now = 0; now < 2; now++) {
        for (size_t i = 0; i < run->started; i++)
            if (run->jobs[i].end == EW_JOB_RUNS)
                ew_job_kill(run->jobs + i, now);
        for (int wait = 0; wait < 20 && run->ended < run->started; wait++) {
            nanosleep(&(struct timespec){0, 100000000}, NULL);
            take_ended(run);
        }
    }
}

/* All tests, `at_once` at a time; a signal ends them. */
static void run_all(run_t *run)
{
    sigset_t signals;
    sigemptyset(&signals);
    static const int all[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        sigaddset(&signals, all[i]);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    while (run->ended < run->chosen) {
        while (run->started < run->chosen && run->started - run->ended < (size_t)run->at_once)
            start_next(run);
        int got = sigtimedwait(&signals, NULL, &(struct timespec){1, 0});
        if (got > 0 && got != SIGCHLD) {
            run->signal = got;
            end_all(run);
            return;
        }
        take_ended(run);
        end_late(run);
    }
}

/* The ten slowest, the failures with the command that repeats each, and the line that CI reads. */
static int summary(run_t *run)
{
    size_t count[EW_JOB_SKIPPED + 1] = {0};
    printf("the slowest:\n");
    qsort(run->jobs, run->chosen, sizeof run->jobs[0], by_time);
    for (size_t i = 0; i < run->chosen; i++) {
        count[run->jobs[i].end]++;
        if (i < 10)
            printf("  %7.2f s  %s (%s)\n", run->jobs[i].seconds, run->jobs[i].test->name,
                   run->jobs[i].file);
    }
    for (size_t i = 0; i < run->chosen; i++)
        if (run->jobs[i].end == EW_JOB_FAILED)
            printf("failed; again: make " EW_TEST_GOAL " SEED=%lu FILE='%s' FILTER='%s'\n",
                   ew_test_seed(), run->jobs[i].file, run->jobs[i].test->name);
    printf("%zu passed, %zu failed", count[EW_JOB_PASSED], count[EW_JOB_FAILED]);
    if (count[EW_JOB_SKIPPED] > 0)
        printf(", %zu skipped", count[EW_JOB_SKIPPED]);
    printf("\n");
    return count[EW_JOB_FAILED] != 0;
}

/* A positive whole number, or the end. */
static long positive(const char *text)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (*end != '\0' || errno != 0 || value < 1) {
        fprintf(stderr, "tests: '%s' is not a positive integer\n", text);
        exit(2);
    }
    return value;
}

static void read_arguments(run_t *run, int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "j:t:f:")) != -1) {
        if (option == 'j')
            run->at_once = positive(optarg);
        else if (option == 't')
            run->limit = positive(optarg);
        else if (option == 'f')
            run->file = optarg;
        else
            exit(2);
    }
    if (optind < argc)
        run->name = argv[optind++];
    if (optind < argc) {
        fprintf(stderr, "tests: one name pattern, not '%s' too\n", argv[optind]);
        exit(2);
    }
    const char *slash = strrchr(argv[0], '/');
    snprintf(run->place, sizeof run->place, "%.*s", slash == NULL ? 1 : (int)(slash - argv[0]),
             slash == NULL ? "." : argv[0]);
}

int main(int argc, char **argv)
{
    run_t run = {.jobs = registered,
                 .count = registered_count,
                 .at_once = sysconf(_SC_NPROCESSORS_ONLN),
                 .limit = 600};
    read_arguments(&run, argc, argv);
    choose(&run);
    if (run.chosen == 0) {
        fprintf(stderr, "tests: no test matches the filter\n");
        return 2;
    }
    printf("seed %lu, %zu tests, %ld at a time (again: make " EW_TEST_GOAL
           " SEED=%lu FILE='...' FILTER='...')\n",
           ew_test_seed(), run.chosen, run.at_once, ew_test_seed());
    run_all(&run);
    if (run.signal != 0) {
        fprintf(stderr, "tests: stopped by signal %d with %zu of %zu done\n", run.signal, run.ended,
                run.chosen);
        _exit(128 + run.signal);
    }
    char times[1020];
    snprintf(times, sizeof times, "%s/tests.times", run.place);
    write_times(&run, times);
    int failed = summary(&run);
    for (size_t i = 0; i < run.count; i++)
        free(run.jobs[i].place);
    free(registered);
    return failed;
}
