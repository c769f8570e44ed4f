#include "cli/interrupt.h"
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stop;
static bool showing, shown;
static struct timespec started, last;

/* What a sudden end has to see to. Read by signal handlers, on whatever thread they come: lock-free atomics. */
enum { MOST_UNFINISHED = 8 };
static _Atomic(const char *) unfinished[MOST_UNFINISHED];
static atomic_int child_group;

/* Leaves no file that is not complete, and no program of ours behind. */
static void clean_up(void)
{
    int child = atomic_load(&child_group);
    if (child > 0)
        kill(-child, SIGKILL);
    for (int i = 0; i < MOST_UNFINISHED; i++) {
        const char *name = atomic_load(&unfinished[i]);
        if (name != NULL)
            unlink(name);
    }
}

/* The computation did not come to a tick within a second of the interrupt: nothing has its name before it
 * is complete, so it may end here. */
static void give_up(int signal)
{
    (void)signal;
    clean_up();
    static const char line[] = "edgewise: interrupted\n";
    ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
    (void)ignored;
    _exit(130);
}

static void ask_to_stop(int signal)
{
    (void)signal;
    if (stop == 0) /* an impatient second one does not put it off */
        alarm(1);
    stop = 1;
}

/* Ends by the signal itself, whose action is the default again. */
static void be_ended(int signal)
{
    clean_up();
    raise(signal);
}

static double since(const struct timespec *then, const struct timespec *now)
{
    return (double)(now->tv_sec - then->tv_sec) + 1e-9 * (double)(now->tv_nsec - then->tv_nsec);
}

/* Rewrites the progress line a few times a second, from half a second on. */
static bool tick(void *context, const char *what, ulong done, ulong total)
{
    (void)context;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (showing && since(&started, &now) > 0.5 && (!shown || since(&last, &now) > 0.1)) {
        if (total > 0)
            fprintf(stderr, "\r\033[K%s: %lu of %lu, %.0f s", what, done, total,
                    since(&started, &now));
        else
            fprintf(stderr, "\r\033[K%s: %lu, %.0f s", what, done, since(&started, &now));
        fflush(stderr);
        last = now;
        shown = true;
    }
    return stop == 0;
}

void interrupt_start(ew_progress *progress, bool show)
{
    struct sigaction action = {.sa_handler = ask_to_stop};
    sigaction(SIGINT, &action, NULL);
    action.sa_handler = give_up;
    sigaction(SIGALRM, &action, NULL);
    static const int ends[] = {SIGTERM, SIGHUP, SIGQUIT};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct sigaction before;
        action = (struct sigaction){.sa_handler = be_ended, .sa_flags = SA_RESETHAND | SA_NODEFER};
        if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(ends[i], &action, NULL);
    }
    action = (struct sigaction){.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &action, NULL); /* a file that may not grow is told as a full disk is */
    clock_gettime(CLOCK_MONOTONIC, &started);
    showing = show && isatty(STDERR_FILENO);
    progress->tick = tick;
    progress->context = NULL;
}

bool interrupt_asked(void)
{
    return stop != 0;
}

bool interrupt_remove(const char *name)
{
    for (int i = 0; i < MOST_UNFINISHED; i++) {
        const char *none = NULL;
        if (atomic_compare_exchange_strong(&unfinished[i], &none, name))
            return true;
    }
    return false;
}

void interrupt_keep(const char *name)
{
    for (int i = 0; i < MOST_UNFINISHED; i++) {
        const char *same = name;
        atomic_compare_exchange_strong(&unfinished[i], &same, NULL);
    }
}

void interrupt_child(pid_t group)
{
    atomic_store(&child_group, (int)group);
}

void interrupt_erase(void)
{
    if (shown)
        fputs("\r\033[K", stderr);
    shown = false;
}

void interrupt_end(void)
{
    alarm(0);
    interrupt_erase();
}
