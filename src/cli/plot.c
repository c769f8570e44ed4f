/* Runs gnuplot on a script of ew_figure_write_script. */
#include "cli/plot.h"
#include "cli/options.h"
#include <errno.h>
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

int fresh_open(fresh_file *fresh, const char *name)
{
    fresh->name = join(name, "");
    fresh->aside = join(name, ".part");
    fresh->file = fresh->name != NULL && fresh->aside != NULL ? fopen(fresh->aside, "w") : NULL;
    if (fresh->file != NULL)
        return 0;
    int code = complain(4, "%s: cannot write: %s", name, strerror(errno));
    free(fresh->name);
    free(fresh->aside);
    return code;
}

int fresh_close(fresh_file *fresh, bool fine)
{
    int code = 0;
    bool written = fflush(fresh->file) == 0 && !ferror(fresh->file);
    written = fclose(fresh->file) == 0 && written;
    if (!fine || !written || rename(fresh->aside, fresh->name) != 0) {
        if (fine)
            code = complain(4, "%s: cannot write: %s", fresh->name, strerror(errno));
        unlink(fresh->aside);
    }
    free(fresh->name);
    free(fresh->aside);
    return code;
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

int plot_allowed(const char *name)
{
    if (name == NULL || ending_of(name) != NULL)
        return 0;
    return complain(
        2, "--output: \"%.200s\" has no known ending; allowed: .svg, .png, .pdf, .csv, .gp", name);
}

/* Runs gnuplot on a script; its exit code, 127 when there is none. Its complaints go to the descriptor. */
static int run_gnuplot(const char *script, int complaints)
{
    char *arguments[] = {"gnuplot", (char *)script, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
    pid_t child;
    int status = 0, failed = posix_spawnp(&child, "gnuplot", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0)
        return 127;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 126;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 126;
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

/* The script in a file of its own, and gnuplot on it. `output` must hold no quote. */
static int draw_to(const ew_figure_t figure, const char *format, bool in_page, const char *output)
{
    char setting[200], name[] = "/tmp/edgewise-XXXXXX";
    int descriptor = mkstemp(name);
    FILE *script = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (script == NULL)
        return complain(4, "%s: cannot write: %s", name, strerror(errno));
    terminal(setting, sizeof setting, figure, format, in_page);
    bool fine = ew_figure_write_script(script, figure, setting, output) == EW_OK;
    fine = fclose(script) == 0 && fine;
    FILE *complaints = tmpfile();
    char why[200] = "no file for its messages";
    int code = 126;
    if (fine && complaints != NULL) {
        code = run_gnuplot(name, fileno(complaints));
        find_reason(why, sizeof why, complaints);
    }
    if (complaints != NULL)
        fclose(complaints);
    unlink(name);
    if (code == 127)
        return complain(
            4, "%s: gnuplot is not installed, so there is no picture; the data are written",
            figure->name);
    return code == 0 ? 0 : complain(4, "%s: gnuplot could not draw it: %s", figure->name, why);
}

/* gnuplot takes the name in single quotes, where a quote is written twice. */
static char *quoted(const char *name)
{
    char *text = malloc(2 * strlen(name) + 1), *c = text;
    for (; text != NULL && *name != '\0'; name++) {
        if (*name == '\'')
            *c++ = '\'';
        *c++ = *name;
    }
    if (text != NULL)
        *c = '\0';
    return text;
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
    return fresh_close(&fresh,
                       ew_figure_write_script(fresh.file, figure, setting, output) == EW_OK);
}

static int write_data(const ew_figure_t figure, const char *name)
{
    fresh_file fresh;
    int code = fresh_open(&fresh, name);
    if (code != 0)
        return code;
    return fresh_close(&fresh, ew_figure_write_csv(fresh.file, figure) == EW_OK);
}

static int write_picture(const ew_figure_t figure, const char *format, const char *name)
{
    fresh_file fresh;
    int code = fresh_open(&fresh, name);
    if (code != 0)
        return code;
    char *output = quoted(fresh.aside);
    code = output == NULL ? complain(4, "%s", "out of memory")
                          : draw_to(figure, format, false, output);
    free(output);
    fseek(fresh.file, 0, SEEK_END);
    if (code == 0 && ftell(fresh.file) <= 0)
        code = complain(4, "%s: gnuplot could not write it", name);
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
    char *data = join(name, ".");
    if (data == NULL)
        return complain(4, "out of memory");
    strcpy(strrchr(data, '.') - strlen(ending), "csv"); /* the dot added above is the last */
    int code = write_data(figure, data);
    int drawn = write_picture(figure, ending, name);
    free(data);
    return code != 0 ? code : drawn;
}

static char *read_all(const char *name)
{
    FILE *file = fopen(name, "r");
    if (file == NULL)
        return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = size > 0 ? malloc((size_t)size + 1) : NULL;
    if (text != NULL) {
        size_t got = fread(text, 1, (size_t)size, file);
        text[got] = '\0';
    }
    fclose(file);
    return text;
}

/* Removes from `from` to the end of `to`, wherever they stand. */
static void cut(char *text, const char *from, const char *to)
{
    char *start = text;
    while ((start = strstr(start, from)) != NULL) {
        char *end = strstr(start + strlen(from), to);
        if (end == NULL)
            return;
        end += strlen(to);
        memmove(start, end, strlen(end) + 1);
    }
}

/* Leaves the drawing: no scripts, none of gnuplot's handlers but those of the points, no names that another
 * picture has, too, and no background. */
static void strip(char *svg)
{
    static const char *const parts[][2] = {
        {"<script type=\"text/javascript\" xlink:href", "/>"},
        {"<script", "</script>"},
        {"<filter", "</filter>"},
        {"<!--", "-->"},
        {"<rect x=\"0\" y=\"0\"", "/>"},
        {" onload=\"", "\""},
        {" onclick=\"", "\""},
        {" onmousemove=\"gnuplot_svg.moveCoordBox", "\""},
        {" id=\"gnuplot_canvas", "\""},
        {"<text id=\"coord_text", "</text>"},
        {"<rect id=\"hypertextbox", "/>"},
        {"<text id=\"hypertext", "</text>"},
        {"<image id=\"hyperimage", "/>"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        cut(svg, parts[i][0], parts[i][1]);
}

/* "gpXYZ" of one picture must not meet that of the next on the same page. */
static char *rename_marks(const char *text, const char *name)
{
    size_t count = 0, length = strlen(name);
    for (const char *c = strstr(text, "gp"); c != NULL; c = strstr(c + 2, "gp"))
        count++;
    char *out = malloc(strlen(text) + count * length + 1), *end = out;
    for (; out != NULL && *text != '\0';) {
        bool mark = (strncmp(text, "gpPt", 4) == 0 || strncmp(text, "gpDot", 5) == 0);
        if (mark) {
            memcpy(end, name, length);
            end += length;
        }
        *end++ = *text++;
        if (mark)
            *end++ = *text++;
    }
    if (out != NULL)
        *end = '\0';
    return out;
}

char *plot_svg(const ew_figure_t figure)
{
    char name[] = "/tmp/edgewise-XXXXXX";
    int descriptor = mkstemp(name);
    if (descriptor < 0) {
        complain(4, "%s: cannot write: %s", name, strerror(errno));
        return NULL;
    }
    close(descriptor);
    int code = draw_to(figure, "svg", true, name);
    char *text = code == 0 ? read_all(name) : NULL, *out = NULL;
    unlink(name);
    char *body = text == NULL ? NULL : strstr(text, "<svg");
    if (body != NULL) {
        strip(body);
        out = rename_marks(body, figure->name);
    }
    free(text);
    if (out == NULL && code == 0)
        complain(4, "%s: gnuplot's picture could not be read", figure->name);
    return out;
}
