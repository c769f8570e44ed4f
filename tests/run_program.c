/* Running a program with both its outputs read as they come. */
#include "test.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile pid_t running; /* the program that runs now, the head of its group */

void ew_run_end(int signal)
{
    if (running > 0) {
        kill(-running, SIGKILL);
        kill(running, SIGKILL); /* it may not be the head yet */
    }
    _exit(128 + signal);
}

typedef struct {
    char *text;
    size_t size;
    size_t room;
} buffer_t;

/* Reads what is there; false at the end of the file. */
static int take(buffer_t *buffer, int fd)
{
    if (buffer->size + 4096 + 1 > buffer->room) {
        buffer->room = 2 * buffer->room + 8192;
        buffer->text = realloc(buffer->text, buffer->room);
        assert_non_null(buffer->text);
    }
    ssize_t got = read(fd, buffer->text + buffer->size, 4096);
    if (got > 0)
        buffer->size += (size_t)got;
    buffer->text[buffer->size] = '\0';
    return got > 0 || (got < 0 && errno == EINTR);
}

/* In the child: wire the descriptors and become the program. */
static void become(const char *const argv[], int in, const int out[2], const int err[2])
{
    setpgid(0, 0); /* a time-out ends what it started, too */
    signal(SIGTERM, SIG_DFL);
    dup2(in, STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    close(out[0]);
    close(err[0]);
    execvp(argv[0], (char *const *)argv);
    _exit(127);
}

/* The input as a file at its start, so that nothing has to be fed while reading. */
static int input_file(const char *input)
{
    if (input == NULL)
        return open("/dev/null", O_RDONLY);
    FILE *file = tmpfile();
    assert_non_null(file);
    int fd = dup(fileno(file)); /* lives on when the stream is closed */
    fclose(file);
    assert_true(fd >= 0);
    size_t size = strlen(input);
    assert_int_equal(write(fd, input, size), (ssize_t)size);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

ew_run ew_run_argv(const char *const argv[], const char *input)
{
    int in = input_file(input), out[2], err[2];
    assert_int_equal(pipe(out), 0);
    assert_int_equal(pipe(err), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        become(argv, in, out, err);
    running = child;
    close(in);
    close(out[1]);
    close(err[1]);
    buffer_t text[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    struct pollfd ends[2] = {{out[0], POLLIN, 0}, {err[0], POLLIN, 0}};
    time_t start = time(NULL);
    int late = 0;
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        if (!late && time(NULL) - start > 600) {
            late = 1;
            kill(-child, SIGKILL);
        }
        if (poll(ends, 2, 1000) <= 0)
            continue;
        for (int i = 0; i < 2; i++)
            if (ends[i].fd >= 0 && ends[i].revents != 0 && !take(text + i, ends[i].fd)) {
                close(ends[i].fd);
                ends[i].fd = -1;
            }
    }
    int status;
    waitpid(child, &status, 0);
    running = 0;
    if (late) {
        free(text[0].text);
        free(text[1].text);
        fail_msg("%s ran for more than 600 s", argv[0]);
    }
    return (ew_run){.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                    .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                    .out = text[0].text,
                    .err = text[1].text,
                    .out_size = text[0].size};
}

ew_run ew_run_shell(const char *command)
{
    return ew_run_argv((const char *const[]){"/bin/sh", "-c", command, NULL}, NULL);
}

void ew_run_free(ew_run *run)
{
    free(run->out);
    free(run->err);
    run->out = run->err = NULL;
}
