/* A drawing of gnuplot's as a part of a page. */
#ifndef EDGEWISE_CLI_SVG_H
#define EDGEWISE_CLI_SVG_H

/* The <svg> element in a file of gnuplot's, for a page with others like it: without scripts, background, buttons and
 * empty groups; every mark that has a text as <g data-says="text">; names that start with `name`. Changes `text`.
 * NULL: no such element, or no memory. free(). */
char *svg_for_page(char *text, const char *name);

#endif
