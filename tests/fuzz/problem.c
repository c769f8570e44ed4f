/* Problem files: accepted, or refused with exit code 2 or 4 and one printable line that starts with the program's name. What is
 * accepted is a problem in its range. */
#define _GNU_SOURCE
#include "cli/settings.h"
#include "fuzz.h"
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

static void check_problem(const settings_t *s)
{
    MUST(s->problem->depth >= 2 && s->problem->depth <= 1000000000);
    MUST(s->problem->count >= 1 && s->problem->dim >= s->problem->count);
    MUST(fmpq_sgn(s->problem->eta) > 0);
    for (slong i = 0; i < s->problem->count; i++)
        MUST(fmpq_sgn(s->problem->sigma + i) > 0);
}

/* The command line's signal handlers are not for here: libFuzzer keeps its time by SIGALRM. */
static int read_quietly(settings_t *settings, options_t *options, int command)
{
    static const int taken[] = {SIGINT, SIGALRM, SIGTERM, SIGHUP, SIGQUIT, SIGXFSZ};
    enum { COUNT = sizeof taken / sizeof taken[0] };
    struct sigaction before[COUNT];
    sigset_t block, mask;
    sigfillset(&block);
    sigprocmask(SIG_BLOCK, &block, &mask);
    for (int i = 0; i < COUNT; i++)
        sigaction(taken[i], NULL, before + i);
    int code = settings_read(settings, options, command);
    for (int i = 0; i < COUNT; i++)
        sigaction(taken[i], before + i, NULL);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int commands[] = {CMD_VERIFY, CMD_SIMULATE, CMD_TRAIN, CMD_ORBIT};
    if (size < 1)
        return 0;
    char name[64], *said = NULL;
    size_t length = 0;
    int file = memfd_create("problem", 0);
    MUST(file >= 0 && write(file, data + 1, size - 1) == (ssize_t)size - 1);
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    FILE *real = stderr, *heard = open_memstream(&said, &length);
    MUST(heard != NULL);
    stderr = heard;
    options_t options = {0};
    settings_t settings;
    options_set(&options, OPT_PROBLEM, name, false);
    int code = read_quietly(&settings, &options, commands[data[0] % 4]);
    stderr = real;
    fclose(heard);
    if (code == 0) {
        MUST(length == 0);
        check_problem(&settings);
    } else {
        MUST(code == 2 || code == 4);
        MUST(length > 11 && strncmp(said, "edgewise: ", 10) == 0 && said[length - 1] == '\n');
        said[length - 1] = '\0';
        MUST(fuzz_is_line(said));
    }
    settings_clear(&settings);
    options_clear(&options);
    free(said);
    close(file);
    return 0;
}
