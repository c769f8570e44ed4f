/* Each claim in each number format, as a table of letters. */
#include "report/figures/figures.h"
#include <string.h>

/* Good, neither, bad. */
enum { GOOD, NEITHER, LOST };

static int shade_of(ew_outcome_kind outcome)
{
    return outcome == EW_AGREES ? GOOD : outcome == EW_CANNOT_TELL ? NEITHER : LOST;
}

enum { MOST_ROWS = 200 };

static bool same_row(const ew_cell *a, const ew_cell *b)
{
    return strcmp(a->claim, b->claim) == 0 && a->index == b->index;
}

/* The first cell of each claim and singular value about which some format can tell something. */
static slong find_rows(const ew_cell **rows, const ew_cells_t cells)
{
    slong count = 0;
    for (slong k = 0; k < cells->count && count < MOST_ROWS; k++) {
        const ew_cell *cell = cells->cells + k;
        bool known = cell->outcome == EW_CANNOT_TELL;
        for (slong row = 0; row < count && !known; row++)
            known = same_row(rows[row], cell);
        if (!known)
            rows[count++] = cell;
    }
    if (count == 0)
        rows[count++] = cells->cells; /* one, to show that there is nothing */
    return count;
}

/* A row for each claim and singular value, a column for each format. */
static void draw(ew_figure_t figure, const ew_cells_t cells, const ew_stress_plan *plan)
{
    const ew_format *formats = plan->formats;
    slong columns = plan->format_count;
    const ew_cell *rows[MOST_ROWS];
    slong count = find_rows(rows, cells);
    int table = ew_figure_table(figure, "cells", "column,row,shade,outcome", 4);
    for (slong row = 0; row < count; row++)
        for (slong column = 0; column < columns; column++) {
            double outcome = EW_CANNOT_TELL;
            for (slong k = 0; k < cells->count; k++) {
                const ew_cell *cell = cells->cells + k;
                if (same_row(rows[row], cell) && cell->order == plan->orders[0] &&
                    strcmp(formats[column].name, cell->format.name) == 0)
                    outcome = (double)cell->outcome;
            }
            ew_figure_row(figure, table,
                          (double[]){(double)column, (double)(count - 1 - row),
                                     shade_of((ew_outcome_kind)outcome), outcome});
        }
    figure->height = 90 + 15 * (int)count;
    ew_figure_draw(figure, "set ytics (");
    for (slong row = 0; row < count; row++) {
        ew_figure_draw(figure, "%s'%s", row > 0 ? ", " : "", rows[row]->claim);
        if (rows[row]->index > 0)
            ew_figure_draw(figure, ", %ld", rows[row]->index);
        ew_figure_draw(figure, "' %ld", count - 1 - row);
    }
    ew_figure_draw(figure, ") font ',9'\nset xtics rotate by 40 right font ',9' (");
    for (slong j = 0; j < columns; j++) {
        ew_figure_draw(figure, "%s'%s' %ld", j > 0 ? ", " : "", formats[j].name, j);
    }
    ew_figure_draw(figure,
                   ")\nset palette defined (0 '#dff0e8', 1 '#f0f0f0', 2 '#f6d5c0')\nset cbrange "
                   "[0:2]\nunset colorbox\nunset grid\nset border 0\nset tics scale 0\nset xrange "
                   "[-0.5:%g]\nset yrange [-0.5:%g]\nset lmargin 30\nset bmargin 5\n"
                   "letter(k) = word('✓ R C P L S O ·', int(k) + 1)\n",
                   (double)columns - 0.5, (double)count - 0.5);
    ew_figure_draw(figure, "plot $cells using 1:2:3 with image notitle, $cells using "
                           "1:2:(letter($4)) with labels font ',10' notitle\n");
}

void ew_figure_of_stress(ew_figure_t figure, const ew_cells_t cells, const ew_stress_plan *plan)
{
    draw(figure, cells, plan);
    const ew_table *drawn = figure->table;
    slong lost = 0;
    for (slong k = 0; k < drawn->rows; k++)
        lost += drawn->cell[k * drawn->width + 2] == LOST;
    figure->name = "stress";
    ew_figure_name(figure, "Which arithmetic tells the truth");
    ew_figure_say(figure,
                  "Each claim tried in each format as a script would, order of operations %s, %ld "
                  "steps, against its certified verdict: %ld of %ld cells lose the truth. ✓ "
                  "agrees, R false refutation, C false confirmation, P wrong period, L left the "
                  "orbit, S stuck, O overflow, · cannot tell (as in the rows left out).",
                  ew_order_text(plan->orders[0]), plan->steps, lost, drawn->rows);
}

ew_status ew_figure_stress(ew_figure_t figure, const ew_problem_t problem,
                           const ew_progress *progress)
{
    slong formats = 0; /* all that round */
    while (ew_formats[formats].kind != EW_EXACT)
        formats++;
    ew_order order = EW_TREE;
    ew_stress_plan plan = {.formats = ew_formats,
                           .format_count = formats,
                           .orders = &order,
                           .order_count = 1,
                           .rounding = EW_TO_NEAREST,
                           .steps = 1000,
                           .seed = 1};
    ew_effort effort = ew_effort_default();
    effort.progress = progress;
    ew_cells_t cells;
    ew_cells_init(cells);
    ew_status status = ew_stress(cells, problem, &plan, &effort);
    if (status == EW_OK)
        ew_figure_of_stress(figure, cells, &plan);
    ew_cells_clear(cells);
    return status;
}
