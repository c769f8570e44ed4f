/* Running the program from a test: shell lines with $E, and documents against their schemas. */
#ifndef EDGEWISE_TESTS_CLI_EXPECT_H
#define EDGEWISE_TESTS_CLI_EXPECT_H

#include "test.h"
#include <string.h>

/* Runs a shell line with $E the program; expects the code, and that the output contains `part`. */
static inline void expect_line(const char *line, int code, const char *part)
{
    char command[3000];
    assert_true((size_t)snprintf(command, sizeof command, "E=" EW_PROGRAM "; %s", line) <
                sizeof command);
    ew_run run = ew_run_shell(command);
    if (run.code != code || (part != NULL && strstr(run.out, part) == NULL)) {
        printf("%s%s", run.out, run.err); /* a message of cmocka's is cut short */
        fail_msg("%s: code %d (wanted %d) or not \"%s\" in this", line, run.code, code, part);
    }
    ew_run_free(&run);
}

/* Validates the output of a command against docs/schema/NAME.json; `count` documents in all. */
static inline void expect_valid(const char *arguments, const char *name, const char *count)
{
    char line[1000];
    snprintf(
        line, sizeof line,
        "$E %s > build/document; /usr/bin/python3 tests/cli/validate.py docs/schema/%s.json %s < "
        "build/document",
        arguments, name,
        strcmp(name, "simulate") == 0 || strcmp(name, "train") == 0 ? "--lines" : "");
    expect_line(line, 0, count);
}

#endif
