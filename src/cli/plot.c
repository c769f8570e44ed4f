/* Runs gnuplot on a script of ew_figure_write_script. */
#include "cli/plot.h"
#include "cli/file.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/svg.h"
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static char *join(const char *left, const char *right)
{
    char *both = malloc(strlen(left) + strlen(right) + 1);
    if (both != NULL) {
        strcpy(both, left);
        strcat(both, right);
    }
    return both;
}

static const char *const endings[] = {"svg", "png", "pdf", "csv", "gp", NULL};

/* What follows the last dot, among the endings; NULL when it is none of them. */
static const char *ending_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (int i = 0; endings[i] != NULL && dot != NULL && dot > name; i++)
        if (strcmp(dot + 1, endings[i]) == 0)
            return endings[i];
    return NULL;
}

/* The name of the data beside a picture; NULL for what is no picture. */
static char *data_name(const char *name)
{
    const char *ending = ending_of(name);
    if (strcmp(ending, "csv") == 0 || strcmp(ending, "gp") == 0)
        return NULL;
    char *data = join(name, "");
    if (data != NULL)
        strcpy(data + strlen(name) - strlen(ending), "csv"); /* the endings have three letters */
    return data;
}

int plot_allowed(const char *name)
{
    if (name == NULL)
        return 0;
    if (ending_of(name) == NULL)
        return complain(
            2, "--output: \"%.200s\" has no known ending; allowed: .svg, .png, .pdf, .csv, .gp",
            name);
    char *data = data_name(name);
    int code = file_allowed(name);
    if (code == 0 && data != NULL)
        code = file_allowed(data);
    free(data);
    return code;
}

int page_allowed(const char *name)
{
    size_t length = strlen(name);
    if (length > 5 && strcmp(name + length - 5, ".html") == 0)
        return file_allowed(name);
    return complain(2, "--output: \"%.200s\" does not end in .html; allowed: a name that does",
                    name);
}

/* Starts gnuplot in a process group of its own, so that Ctrl-C comes to this program alone, which ends it. It has
 * no name of a file: `streams` are its standard input, output and error. 0, or the error. */
static int start_gnuplot(pid_t *child, FILE *const streams[3])
{
    /* -d: whatever the user's own settings are */
    char *arguments[] = {"gnuplot", "-d", "-", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    for (int k = 0; k < 3; k++)
        posix_spawn_file_actions_adddup2(&actions, fileno(streams[k]), k);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);
    int failed = posix_spawnp(child, "gnuplot", &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

enum { NO_PROGRAM = 127, FAILED = 126, INTERRUPTED = 130 };

/* Runs gnuplot; its exit code, or one of those above. */
static int run_gnuplot(FILE *const streams[3])
{
    pid_t child;
    int status = 0;
    if (interrupt_asked())
        return INTERRUPTED;
    int failed = start_gnuplot(&child, streams);
    if (failed != 0)
        return failed == ENOENT ? NO_PROGRAM : FAILED;
    interrupt_child(child);
    pid_t ended;
    while ((ended = waitpid(child, &status, 0)) < 0 && errno == EINTR)
        if (interrupt_asked())
            kill(-child, SIGKILL);
    interrupt_child(0);
    if (interrupt_asked())
        return INTERRUPTED;
    return ended == child && WIFEXITED(status) ? WEXITSTATUS(status) : FAILED;
}

/* The terminal for a format. */
static void terminal(char *out, size_t size, const ew_figure_t figure, const char *format,
                     bool in_page)
{
    int w = figure->width, h = figure->height;
    if (strcmp(format, "png") == 0)
        snprintf(out, size, "pngcairo size %d,%d font 'sans,22' linewidth 2 pointscale 2 enhanced",
                 2 * w, 2 * h);
    else if (strcmp(format, "pdf") == 0)
        snprintf(out, size, "pdfcairo size %.2fin,%.2fin font 'sans,10' enhanced", w / 80.0,
                 h / 80.0);
    else
        snprintf(out, size,
                 "svg size %d,%d dynamic font 'sans-serif,13' enhanced mouse %s name '%s'%s", w, h,
                 in_page ? "" : "standalone", figure->name,
                 in_page ? "" : " background rgb 'white'");
}

/* The line of gnuplot's complaints that says what was wrong: the last that holds "line". */
static void find_reason(char *out, size_t size, FILE *complaints)
{
    char line[400];
    snprintf(out, size, "%s", "it gave no reason");
    rewind(complaints);
    while (fgets(line, sizeof line, complaints) != NULL) {
        const char *says = strstr(line, "line ");
        if (says != NULL)
            snprintf(out, size, "%.*s", (int)strcspn(says, "\n"), says);
    }
}

/* Draws into an open file, from its start. No other name is made: the script goes through a file without one. */
static int draw_to(FILE *picture, const ew_figure_t figure, const char *format, bool in_page)
{
    char setting[200], why[200] = "no file for its script";
    FILE *script = tmpfile(), *complaints = tmpfile();
    int code = FAILED;
    terminal(setting, sizeof setting, figure, format, in_page);
    if (script != NULL && complaints != NULL &&
        ew_figure_write_script(script, figure, setting, NULL) == EW_OK && fflush(script) == 0) {
        rewind(script);
        code = run_gnuplot((FILE *const[]){script, picture, complaints});
        find_reason(why, sizeof why, complaints);
    }
    if (script != NULL)
        fclose(script);
    if (complaints != NULL)
        fclose(complaints);
    if (code == INTERRUPTED) {
        interrupt_end();
        return complain(130, "interrupted");
    }
    if (code == NO_PROGRAM)
        return complain(
            4, "%s: gnuplot is not installed, so there is no picture; the data are written",
            figure->name);
    return code == 0 ? 0 : complain(4, "%s: gnuplot could not draw it: %s", figure->name, why);
}

/* Does it end as a picture of its format does? gnuplot is silent about a full disk. */
static bool is_whole(FILE *picture, const char *format)
{
    static const char *const marks[][2] = {{"svg", "</svg>"}, {"png", "IEND"}, {"pdf", "%%EOF"}};
    char end[33] = "";
    fseek(picture, 0, SEEK_END);
    long size = ftell(picture);
    if (size <= 0 || fseek(picture, size > 32 ? size - 32 : 0, SEEK_SET) != 0)
        return false;
    size_t got = fread(end, 1, 32, picture);
    for (size_t i = 0; i < 3; i++)
        for (size_t at = 0; strcmp(marks[i][0], format) == 0 && at < got; at++)
            if (strncmp(end + at, marks[i][1], strlen(marks[i][1])) == 0)
                return true;
    return false;
}

/* Closes what was written; with one line where it was not. */
static int finish(fresh_file *fresh, ew_status status)
{
    if (status == EW_OK)
        return fresh_close(fresh, true);
    int code = complain(4, "%s: cannot write: %s", fresh->name, strerror(errno));
    fresh_close(fresh, false);
    return code;
}

/* All of `from`; false when it cannot be read. */
static bool copy_all(FILE *to, FILE *from)
{
    char part[4096];
    rewind(from);
    for (size_t got; (got = fread(part, 1, sizeof part, from)) > 0;)
        fwrite(part, 1, got, to);
    return !ferror(from);
}

/* The gnuplot script that draws the figure as NAME.svg. */
static int write_script(const ew_figure_t figure, const char *name)
{
    char setting[200], output[80];
    fresh_file fresh;
    int code = fresh_open(&fresh, name);
    if (code != 0)
        return code;
    terminal(setting, sizeof setting, figure, "svg", false);
    snprintf(output, sizeof output, "%s.svg", figure->name);
    return finish(&fresh, ew_figure_write_script(fresh.file, figure, setting, output));
}

static int write_data(const ew_figure_t figure, const char *name)
{
    fresh_file fresh;
    int code = fresh_open(&fresh, name);
    if (code != 0)
        return code;
    return finish(&fresh, ew_figure_write_csv(fresh.file, figure));
}

/* Draws the figure and writes it under that name. Drawn elsewhere first: gnuplot may leave off in the middle. */
static int write_picture(const ew_figure_t figure, const char *name, const char *ending)
{
    fresh_file fresh;
    int code = fresh_open(&fresh, name);
    if (code != 0)
        return code;
    FILE *picture = tmpfile();
    if (picture == NULL)
        code = complain(4, "%s: no temporary file: %s", figure->name, strerror(errno));
    if (code == 0)
        code = draw_to(picture, figure, ending, false);
    if (code == 0 && (!is_whole(picture, ending) || !copy_all(fresh.file, picture)))
        code = complain(4, "%s: cannot write: the picture came out cut off", name);
    if (picture != NULL)
        fclose(picture);
    int closing = fresh_close(&fresh, code == 0);
    return code != 0 ? code : closing;
}

int plot_write(const ew_figure_t figure, const char *name)
{
    const char *ending = ending_of(name);
    if (strcmp(ending, "csv") == 0)
        return write_data(figure, name);
    if (strcmp(ending, "gp") == 0)
        return write_script(figure, name);
    char *data = data_name(name);
    int code = data == NULL ? complain(4, "out of memory") : write_data(figure, data);
    if (code == 0)
        code = write_picture(figure, name, ending);
    free(data);
    return code;
}

static char *read_all(FILE *file)
{
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = size > 0 ? malloc((size_t)size + 1) : NULL;
    if (text != NULL) {
        size_t got = fread(text, 1, (size_t)size, file);
        text[got] = '\0';
    }
    return text;
}

char *plot_svg(const ew_figure_t figure)
{
    FILE *picture = tmpfile();
    if (picture == NULL) {
        complain(4, "%s: no temporary file: %s", figure->name, strerror(errno));
        return NULL;
    }
    int code = draw_to(picture, figure, "svg", true);
    char *text = code == 0 ? read_all(picture) : NULL;
    bool whole = text != NULL && is_whole(picture, "svg");
    fclose(picture);
    char *out = whole ? svg_for_page(text, figure->name) : NULL;
    free(text);
    if (out == NULL && code == 0)
        complain(4, "%s: gnuplot's picture could not be read", figure->name);
    return out;
}
