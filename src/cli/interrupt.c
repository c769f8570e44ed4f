#include "cli/interrupt.h"
#include <signal.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stop;
static bool showing, shown;
static struct timespec started, last;

/* The computation did not come to a tick within a second of the interrupt: nothing is written before a result
 * is complete, so it may end here. */
static void give_up(int signal)
{
    (void)signal;
    static const char line[] = "edgewise: interrupted\n";
    ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
    (void)ignored;
    _exit(130);
}

static void ask_to_stop(int signal)
{
    (void)signal;
    stop = 1;
    alarm(1);
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
    clock_gettime(CLOCK_MONOTONIC, &started);
    showing = show && isatty(STDERR_FILENO);
    progress->tick = tick;
    progress->context = NULL;
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
