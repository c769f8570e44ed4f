/* Figures: numbers from the other rooms as tables, and a gnuplot script that draws them. The tables are the figure's data, and are
 * written as CSV as well. Drawing is gnuplot's, run by the program (src/cli/plot.c). */
#ifndef EDGEWISE_FIGURE_H
#define EDGEWISE_FIGURE_H

#include <edgewise/claims.h>
#include <edgewise/diagram.h>
#include <edgewise/stress.h>

EW_BEGIN_API

/* Numbers in rows; `columns` names them, separated by commas. A matrix has no names. */
typedef struct {
    const char *name, *columns; /* static */
    double *cell;
    slong rows, width, room;
} ew_table;

enum { EW_FIGURE_TABLES = 12 };

typedef struct {
    const char *name;  /* static */
    char *title;       /* a heading */
    char *caption;     /* what is seen, what of it is certified, in a few sentences */
    char *script;      /* gnuplot commands; table NAME is the data block $NAME */
    int width, height; /* of the drawing, in points */
    ew_table table[EW_FIGURE_TABLES];
    int tables;
} ew_figure_struct;
typedef ew_figure_struct ew_figure_t[1];

void ew_figure_init(ew_figure_t figure);
void ew_figure_clear(ew_figure_t figure);

/* A new table of `width` numbers a row; its index. `name` and `columns` are static. */
int ew_figure_table(ew_figure_t figure, const char *name, const char *columns, slong width);

/* A new table for a matrix of pixels, as gnuplot's "nonuniform matrix" has it: the first row, which this writes, is the
 * number of columns and the x of each, from x_first in steps of x_step; every row that follows is its y and the values. Its width
 * is columns + 1. */
int ew_figure_matrix(ew_figure_t figure, const char *name, slong columns, double x_first,
                     double x_step);

/* Appends a row of the table's width; NaN is a gap. */
void ew_figure_row(ew_figure_t figure, int table, const double *row);

/* Append (printf style) to the caption and to the script; set the title. */
void ew_figure_say(ew_figure_t figure, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ew_figure_draw(ew_figure_t figure, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ew_figure_name(ew_figure_t figure, const char *title);

/* The figures there are. */
typedef struct {
    const char *name, *what; /* static */
    ew_status (*make)(ew_figure_t figure, const ew_problem_t problem, const ew_progress *progress);
} ew_figure_row_struct;

/* In the order of the report, ended by name = NULL. */
extern const ew_figure_row_struct ew_figure_list[];

/* Makes a figure of the list from a problem. Returns EW_OK, EW_BAD_INPUT for an unknown name or a problem with numbers beyond the
 * range of doubles, EW_UNDECIDED_STATUS (something in it
 * could not be certified), EW_STOPPED, EW_RESOURCES. */
EW_MUST_CHECK ew_status ew_figure_make(ew_figure_t figure, const char *name,
                                       const ew_problem_t problem, const ew_progress *progress);

/* Pictures of what a run has computed already; of the cells those in plan->orders[0]. */
void ew_figure_of_diagram(ew_figure_t figure, const ew_diagram_t diagram);
void ew_figure_of_map(ew_figure_t figure, const ew_map_t map);
void ew_figure_of_stress(ew_figure_t figure, const ew_cells_t cells, const ew_stress_plan *plan);

/* Writes the whole gnuplot input: `terminal` is what follows "set terminal", `output` the file it is to write; NULL:
 * its standard output. Returns EW_OK, EW_RESOURCES when writing fails, or EW_BAD_INPUT for a NULL. */
EW_MUST_CHECK ew_status ew_figure_write_script(FILE *out, const ew_figure_t figure,
                                               const char *terminal, const char *output);

/* Writes the tables, one after the other, each with a line of its columns' names before it. Returns likewise. */
EW_MUST_CHECK ew_status ew_figure_write_csv(FILE *out, const ew_figure_t figure);

EW_END_API

#endif
