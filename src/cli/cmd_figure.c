/* edgewise figure: one figure as a picture, or its data. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/plot.h"
#include "num/words.h"
#include <stdio.h>
#include <string.h>

/* The names, for a message. */
static void list_names(char *out, size_t size)
{
    size_t used = 0;
    for (const ew_figure_row_struct *row = ew_figure_list; row->name != NULL; row++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", row->name);
}

static int check_name(const char *name)
{
    char names[400];
    list_names(names, sizeof names);
    if (name == NULL)
        return complain(2, "figure: which one? allowed: %s", names);
    for (const ew_figure_row_struct *row = ew_figure_list; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return 0;
    for (const ew_figure_row_struct *row = ew_figure_list; row->name != NULL; row++)
        if (ew_words_are_near(name, row->name))
            return complain(2, "\"%.40s\" is not a figure; did you mean %s?", name, row->name);
    return complain(2, "\"%.40s\" is not a figure; allowed: %s", name, names);
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && strcmp(name + length - tail, end) == 0;
}

/* By the name's ending: the data as CSV, the script, or the picture. */
static int write_figure(const ew_figure_t figure, const char *name)
{
    if (ends_with(name, ".gp"))
        return plot_script(figure, name);
    if (!ends_with(name, ".csv"))
        return plot_draw(figure, plot_format(name), name);
    fresh_file fresh;
    int code = fresh_open(&fresh, name);
    if (code != 0)
        return code;
    return fresh_close(&fresh, ew_figure_write_csv(fresh.file, figure) == EW_OK);
}

int cmd_figure(const settings_t *settings)
{
    char standard[64];
    int code = check_name(settings->claim);
    if (code != 0)
        return code;
    snprintf(standard, sizeof standard, "%s.svg", settings->claim);
    const char *name = settings->output != NULL ? settings->output : standard;
    if (plot_format(name) == NULL && !ends_with(name, ".csv") && !ends_with(name, ".gp"))
        return complain(
            2, "--output: \"%.200s\" has no known ending; allowed: .svg, .png, .pdf, .csv, .gp",
            name);
    ew_figure_t figure;
    ew_figure_init(figure);
    ew_status status =
        ew_figure_make(figure, settings->claim, settings->problem, &settings->progress);
    interrupt_erase();
    if (status == EW_OK)
        code = write_figure(figure, name);
    if (status == EW_OK && code == 0 && !settings->quiet)
        printf("%s: %s\n%s\n", name, figure->title, figure->caption);
    ew_figure_clear(figure);
    return code != 0 ? code : settings_finish(status, "figure");
}
