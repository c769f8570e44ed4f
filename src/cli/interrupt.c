#define _DEFAULT_SOURCE /* the size of a terminal */
#include "cli/interrupt.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

/* The progress line. A thread draws it, so that it shows the seconds also while a library call takes long; ticks only
 * say what it is about. The lock guards all of this. */
static pthread_mutex_t line_lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    bool showing; /* there is a thread that draws */
    bool wanted;  /* nothing else is being written to the terminal */
    char what[60];
    ulong done, total;
    struct timespec started;
} line;
static atomic_bool shown; /* read by signal handlers, too */

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

static atomic_flag ending = ATOMIC_FLAG_INIT;
static bool finished;

void interrupt_no_memory(double bytes)
{
    while (atomic_flag_test_and_set(&ending)) /* another thread says it, and ends this one */
        pause();
    clean_up();
    char text[120], memory[32];
    ew_memory_text(memory, sizeof memory, bytes);
    int length = snprintf(text, sizeof text, "%sedgewise: out of memory: no room for %s more\n",
                          atomic_load(&shown) ? "\r\033[K" : "", memory);
    ssize_t ignored = write(STDERR_FILENO, text, (size_t)length);
    (void)ignored;
    _exit(4);
}

/* Libraries that lack something may end the program themselves, after a line of their own and with an exit code that means
 * something else here: libgomp without a thread, Fortran's. */
static void end_for_library(void)
{
    if (finished)
        return;
    clean_up();
    _exit(4);
}

void interrupt_guard_exit(void)
{
    atexit(end_for_library);
}

void interrupt_finished(void)
{
    finished = true;
}

/* Seconds of processor time that this process has had. */
static double worked(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double worked_before; /* the interrupt */

/* The computation did not come to a tick within a second of the interrupt, or within four where others have the
 * processor: nothing has its name before it is complete, so it may end here. */
static void give_up(int signal)
{
    static int waits;
    (void)signal;
    if (++waits < 4 && worked() - worked_before < 0.2) {
        alarm(1);
        return;
    }
    clean_up();
    static const char text[] = "\r\033[Kedgewise: interrupted\n";
    size_t skip = atomic_load(&shown) ? 0 : 4; /* what erases the progress line */
    ssize_t ignored = write(STDERR_FILENO, text + skip, sizeof text - 1 - skip);
    (void)ignored;
    _exit(130);
}

static void ask_to_stop(int signal)
{
    (void)signal;
    if (stop == 0) { /* an impatient second one does not put it off */
        worked_before = worked();
        alarm(1);
    }
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

/* Columns that the line may take: all but the last, where the cursor would go on to the next line. */
static int columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        size.ws_col = 80;
    return size.ws_col - 1;
}

static void draw(void)
{
    struct timespec now;
    char text[120], count[60] = "";
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = since(&line.started, &now);
    if (!line.wanted || seconds < 0.5)
        return;
    if (line.total > 0)
        snprintf(count, sizeof count, " %lu of %lu,", line.done, line.total);
    else if (line.done > 0)
        snprintf(count, sizeof count, " %lu,", line.done);
    int room = columns();
    if (snprintf(text, sizeof text, "%s:%s %.0f s", line.what, count, seconds) > room)
        snprintf(text, sizeof text, "%s: %.0f s", line.what, seconds);
    fprintf(stderr, "\r\033[K%.*s", room, text);
    fflush(stderr);
    atomic_store(&shown, true);
}

/* Draws the line five times a second, for as long as the program runs. */
static void *draw_on(void *unused)
{
    (void)unused;
    for (;;) {
        nanosleep(&(struct timespec){0, 200000000}, NULL);
        pthread_mutex_lock(&line_lock);
        draw();
        pthread_mutex_unlock(&line_lock);
    }
    return NULL;
}

/* Starts that thread, without signals: their handlers run where the work is done. Without it there is no line. */
static void start_drawing(void)
{
    pthread_t thread;
    sigset_t all, before;
    clock_gettime(CLOCK_MONOTONIC, &line.started);
    snprintf(line.what, sizeof line.what, "working");
    line.wanted = true;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    line.showing = pthread_create(&thread, NULL, draw_on, NULL) == 0;
    if (line.showing)
        pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Writes out what is finished of a stream of rows, a few times a second: a sudden end drops what is not. */
static void flush_rows(void)
{
    static struct timespec flushed;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (since(&flushed, &now) > 0.1) {
        fflush(stdout); /* whoever ends the command looks at ferror */
        flushed = now;
    }
}

static bool tick(void *context, const char *what, ulong done, ulong total)
{
    (void)context;
    if (line.showing) {
        pthread_mutex_lock(&line_lock);
        snprintf(line.what, sizeof line.what, "%s", what);
        line.done = done;
        line.total = total;
        line.wanted = true;
        pthread_mutex_unlock(&line_lock);
    }
    flush_rows();
    return stop == 0;
}

void interrupt_start(ew_progress *progress, bool show)
{
    struct sigaction action = {.sa_handler = ask_to_stop};
    sigaction(SIGINT, &action, NULL);
    action.sa_handler = give_up;
    sigaction(SIGALRM, &action, NULL);
    static const int ends[] = {SIGTERM, SIGHUP, SIGQUIT, SIGABRT};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct sigaction before;
        action = (struct sigaction){.sa_handler = be_ended, .sa_flags = SA_RESETHAND | SA_NODEFER};
        if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(ends[i], &action, NULL);
    }
    action = (struct sigaction){.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &action, NULL); /* a file that may not grow is told as a full disk is */
    if (show && isatty(STDERR_FILENO))
        start_drawing();
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
    pthread_mutex_lock(&line_lock);
    line.wanted = false;
    if (atomic_exchange(&shown, false))
        fputs("\r\033[K", stderr);
    pthread_mutex_unlock(&line_lock);
}

void interrupt_end(void)
{
    alarm(0);
    interrupt_erase();
}
