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

int cmd_figure(const settings_t *settings)
{
    char standard[64];
    int code = check_name(settings->claim);
    if (code != 0)
        return code;
    snprintf(standard, sizeof standard, "%s.svg", settings->claim);
    const char *name = settings->output != NULL ? settings->output : standard;
    code = plot_allowed(name);
    if (code != 0)
        return code;
    ew_figure_t figure;
    ew_figure_init(figure);
    ew_status status =
        ew_figure_make(figure, settings->claim, settings->problem, &settings->progress);
    interrupt_erase();
    if (status == EW_BAD_INPUT)
        code = complain(2, "figure: drawn in doubles, and this problem's numbers are beyond their "
                           "range");
    if (status == EW_OK)
        code = plot_write(figure, name);
    if (status == EW_OK && code == 0 && !settings->quiet)
        printf("%s: %s\n%s\n", name, figure->title, figure->caption);
    ew_figure_clear(figure);
    return code != 0 ? code : settings_finish(status, "figure");
}
