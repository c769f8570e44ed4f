#include "cli/svg.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Removes from `from` to the end of `to`, wherever they stand, in one pass. */
static void cut(char *text, const char *from, const char *to)
{
    char *write = text, *read = text, *start, *end;
    while ((start = strstr(read, from)) != NULL &&
           (end = strstr(start + strlen(from), to)) != NULL) {
        memmove(write, read, (size_t)(start - read));
        write += start - read;
        read = end + strlen(to);
    }
    memmove(write, read, strlen(read) + 1);
}

/* Puts shorter text in the place of `from`, wherever it stands. */
static void shorten(char *text, const char *from, const char *to)
{
    char *write = text, *read = text, *start;
    while ((start = strstr(read, from)) != NULL) {
        memmove(write, read, (size_t)(start - read));
        write += start - read;
        memcpy(write, to, strlen(to));
        write += strlen(to);
        read = start + strlen(from);
    }
    memmove(write, read, strlen(read) + 1);
}

/* Where an empty group that starts here ends; NULL: it is none. */
static const char *end_of_empty(const char *text)
{
    if (strncmp(text, "<g", 2) != 0 || (text[2] != ' ' && text[2] != '>'))
        return NULL;
    const char *end = strchr(text, '>');
    if (end == NULL)
        return NULL;
    end++;
    end += strspn(end, " \t\n");
    if (strncmp(end, "</g>", 4) != 0)
        return NULL;
    end += 4;
    return end + strspn(end, " \t\n");
}

/* Removes the groups with nothing in them, and white space that only indents; true when it did. */
static bool cut_empty(char *text)
{
    bool some = false;
    char *write = text;
    for (const char *read = text; *read != '\0';) {
        const char *end = end_of_empty(read);
        some = some || end != NULL;
        if (end != NULL)
            read = end;
        else if (read[0] == '\n' && read[1] == '\n')
            read++;
        else if ((*read == '\t' || *read == ' ') && write > text && write[-1] == '\n')
            read++;
        else
            *write++ = *read++;
    }
    *write = '\0';
    return some;
}

static void strip(char *svg)
{
    static const char *const parts[][2] = {
        {"<script type=\"text/javascript\" xlink:href", "/>"},
        {"<script", "</script>"},
        {"<filter", "</filter>"},
        {"<!--", "-->"},
        {"<title>", "</title>"}, /* a browser would show it over every mark */
        {"<rect x=\"0\" y=\"0\"", "/>"},
        {" onload=\"", "\""},
        {" onclick=\"", "\""},
        {" onmouseout=\"", "\""},
        {" onmousemove=\"gnuplot_svg.moveCoordBox", "\""},
        {" id=\"gnuplot_canvas", "\""},
        {"<text id=\"coord_text", "</text>"},
        {"<rect id=\"hypertextbox", "/>"},
        {"<text id=\"hypertext", "</text>"},
        {"<image id=\"hyperimage", "/>"},
        {"<image x='10' y=", "/>"}, /* a button for the grid */
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        cut(svg, parts[i][0], parts[i][1]);
    shorten(svg, "onmousemove=\"gnuplot_svg.showHypertext(evt,'", "data-says=\"");
    shorten(svg, "')\">", "\">");
    while (cut_empty(svg))
        ;
}

/* Marks are symbols with names that all drawings share, "gpPt6", "gpDot": puts the drawing's own before them. */
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

char *svg_for_page(char *text, const char *name)
{
    char *svg = strstr(text, "<svg");
    if (svg == NULL)
        return NULL;
    strip(svg);
    return rename_marks(svg, name);
}
