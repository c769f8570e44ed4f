/* Drawing by gnuplot. */
#ifndef EDGEWISE_CLI_PLOT_H
#define EDGEWISE_CLI_PLOT_H

#include <edgewise/figure.h>

/* May a figure be written under that name? NULL may. 0; or, after one line on stderr, 2 when the ending says
 * nothing, 4 when it or the data beside it cannot be written. */
int plot_allowed(const char *name);

/* The same for a page: its name ends in .html. */
int page_allowed(const char *name);

/* Writes the figure, by the name's ending: a picture (.svg, .png, .pdf) with its data beside it as .csv, the
 * data alone (.csv), or the gnuplot script (.gp). 0, or 4 after one line on stderr: gnuplot missing or
 * failing (the data are there then), a file that cannot be written; 130: interrupted. */
int plot_write(const ew_figure_t figure, const char *name);

/* The drawing as SVG in memory, for a page (cli/svg.h).
 * NULL, and one line on stderr, when that fails. free(). */
char *plot_svg(const ew_figure_t figure);

#endif
