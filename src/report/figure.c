#include "model/domain.h"
#include <edgewise/figure.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "report/figures/figures.h"
#include "report/write.h"

void ew_figure_init(ew_figure_t figure)
{
    memset(figure, 0, sizeof *figure);
    figure->width = 520;
    figure->height = 360;
}

void ew_figure_clear(ew_figure_t figure)
{
    for (int i = 0; i < figure->tables; i++)
        flint_free(figure->table[i].cell);
    flint_free(figure->title);
    flint_free(figure->caption);
    flint_free(figure->script);
    ew_figure_init(figure);
}

int ew_figure_table(ew_figure_t figure, const char *name, const char *columns, slong width)
{
    if (figure->tables == EW_FIGURE_TABLES)
        flint_abort();
    figure->table[figure->tables] = (ew_table){.name = name, .columns = columns, .width = width};
    return figure->tables++;
}

void ew_figure_row(ew_figure_t figure, int table, const double *row)
{
    if (table < 0 || table >= figure->tables || row == NULL)
        return;
    ew_table *t = figure->table + table;
    if (t->rows == t->room) {
        t->room = 2 * t->room + 64;
        t->cell = flint_realloc(t->cell, (size_t)(t->room * t->width) * sizeof(double));
    }
    memcpy(t->cell + t->rows++ * t->width, row, (size_t)t->width * sizeof(double));
}

int ew_figure_matrix(ew_figure_t figure, const char *name, slong columns, double x_first,
                     double x_step)
{
    int table = ew_figure_table(figure, name, NULL, columns + 1);
    double *row = flint_malloc((size_t)(columns + 1) * sizeof(double));
    row[0] = (double)columns;
    for (slong j = 0; j < columns; j++)
        row[j + 1] = x_first + (double)j * x_step;
    ew_figure_row(figure, table, row);
    flint_free(row);
    return table;
}

/* Appends to a growing string. */
static void append(char **text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    size_t old = *text == NULL ? 0 : strlen(*text);
    *text = flint_realloc(*text, old + (size_t)size + 1);
    vsnprintf(*text + old, (size_t)size + 1, format, again);
    va_end(again);
}

void ew_figure_say(ew_figure_t figure, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append(&figure->caption, format, arguments);
    va_end(arguments);
}

void ew_figure_draw(ew_figure_t figure, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append(&figure->script, format, arguments);
    va_end(arguments);
}

void ew_figure_name(ew_figure_t figure, const char *title)
{
    flint_free(figure->title);
    figure->title = flint_malloc(strlen(title) + 1);
    strcpy(figure->title, title);
}

ew_status ew_figure_make(ew_figure_t figure, const char *name, const ew_problem_t problem,
                         const ew_progress *progress)
{
    if (figure == NULL || name == NULL || !ew_problem_fits(problem))
        return EW_BAD_INPUT;
    for (const ew_figure_row_struct *row = ew_figure_list; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0) {
            figure->name = row->name;
            if (!ew_figure_fits(problem))
                return EW_BAD_INPUT;
            return row->make(figure, problem, progress);
        }
    return EW_BAD_INPUT;
}

static void write_cells(FILE *out, const ew_table *table, char separator)
{
    for (slong i = 0; i < table->rows; i++)
        for (slong j = 0; j < table->width; j++) {
            double x = table->cell[i * table->width + j];
            if (isfinite(x))
                fprintf(out, "%.9g", x);
            else if (separator == ' ')
                fputs("NaN", out);
            fputc(j + 1 < table->width ? separator : '\n', out);
        }
}

/* Colours that the colour-blind tell apart (Okabe and Ito), each with a dash and a point of its own. */
static const char *const style =
    "set linetype 1 lc rgb '#0072B2' lw 1.6 pt 7 dt 1\n"
    "set linetype 2 lc rgb '#D55E00' lw 1.6 pt 5 dt 2\n"
    "set linetype 3 lc rgb '#009E73' lw 1.6 pt 9 dt 4\n"
    "set linetype 4 lc rgb '#CC79A7' lw 1.6 pt 11 dt 5\n"
    "set linetype 5 lc rgb '#E69F00' lw 1.6 pt 13 dt 3\n"
    "set linetype 6 lc rgb '#56B4E9' lw 1.6 pt 4 dt 1\n"
    "set border 3\nset tics nomirror\nset grid lc rgb '#cccccc' lw 0.5\n"
    "set key above samplen 2 spacing 1.05\nset encoding utf8\n";

ew_status ew_figure_write_script(FILE *out, const ew_figure_t figure, const char *terminal,
                                 const char *output)
{
    if (out == NULL || figure == NULL || terminal == NULL)
        return EW_BAD_INPUT;
    fprintf(out, "set terminal %s\n", terminal);
    if (output != NULL)
        fprintf(out, "set output '%s'\n", output);
    for (int i = 0; i < figure->tables; i++) {
        fprintf(out, "$%s << END\n", figure->table[i].name);
        write_cells(out, figure->table + i, ' ');
        fputs("END\n", out);
    }
    fputs(style, out);
    fputs(figure->script, out);
    return ew_write_status(out);
}

ew_status ew_figure_write_csv(FILE *out, const ew_figure_t figure)
{
    if (out == NULL || figure == NULL)
        return EW_BAD_INPUT;
    for (int i = 0; i < figure->tables; i++) {
        const ew_table *table = figure->table + i;
        fprintf(out, "%s# %s\n", i > 0 ? "\n" : "", table->name);
        if (table->columns != NULL)
            fprintf(out, "%s\n", table->columns);
        write_cells(out, table, ',');
    }
    return ew_write_status(out);
}
