/* Help and completion, out of the tables of subcommands and options. */
#include "cli/commands.h"
#include <edgewise/claims.h>
#include <string.h>

static const char exits[] =
    "Exit codes: 0 all claims hold, 1 something refuted, 2 bad input, 3 undecided only, "
    "4 memory, disk\nor a missing part, 130 interrupted.\n";

static void print_overview(FILE *out)
{
    fputs("edgewise: theorems about gradient descent beyond the edge of stability, checked with "
          "proof\n\n"
          "usage: edgewise SUBCOMMAND [CLAIM] [PROBLEM.json] [OPTIONS]\n\n",
          out);
    for (const command_t *command = command_table; command->name != NULL; command++)
        fprintf(out, "  %-9s %s\n", command->name, command->summary);
    fprintf(
        out,
        "\nedgewise SUBCOMMAND --help lists the options; edgewise --version tells the version.\n%s",
        exits);
}

static void print_option(FILE *out, const option_row *row, int command)
{
    char help[OPTION_TEXT], allowed[OPTION_TEXT], standard[OPTION_TEXT];
    bool has = option_part(standard, row->standard, command) != NULL;
    char left[32];
    snprintf(left, sizeof left, "--%s%s%s", row->name, row->argument != NULL ? " " : "",
             row->argument != NULL ? row->argument : "");
    fprintf(out, "  %-20s %s\n", left, option_part(help, row->help, command));
    if (option_part(allowed, row->allowed, command) != NULL)
        fprintf(out, "  %-20s   %s%s%s\n", "", allowed, has ? "; default: " : "",
                has ? standard : "");
}

/* The symbols of the claims' statements, in lines of at most a hundred columns. */
static void print_symbols(FILE *out)
{
    enum { WIDTH = 100 };
    fputc('\n', out);
    for (const char *text = ew_claim_symbols(); *text != '\0'; text += *text == ' ') {
        size_t length = strlen(text);
        if (length > WIDTH)
            for (length = WIDTH; length > 1 && text[length] != ' ';)
                length--;
        fprintf(out, "%.*s\n", (int)length, text);
        text += length;
    }
}

void help_print(FILE *out, const command_t *command)
{
    if (command == NULL || command->bit == CMD_HELP) {
        print_overview(out);
        return;
    }
    fprintf(out, "edgewise %s: %s\n\nexample: %s\n\n", command->name, command->summary,
            command->example);
    for (int id = 0; id < OPT_COUNT; id++)
        if (option_table[id].commands & command->bit)
            print_option(out, option_table + id, command->bit);
    if (command->bit == CMD_VERIFY)
        print_symbols(out);
    fprintf(out, "\nNumbers are exact rationals: 0.3, 3e-2, 37/50.\n%s", exits);
}

void help_completion(FILE *out)
{
    fputs("# bash completion: source <(edgewise help --completion)\n_edgewise() {\n"
          "    local words\n    case ${COMP_WORDS[1]} in\n",
          out);
    for (const command_t *command = command_table; command->name != NULL; command++) {
        fprintf(out, "    %s) words=\"", command->name);
        for (int id = 0; id < OPT_COUNT; id++)
            if (option_table[id].commands & command->bit)
                fprintf(out, "--%s ", option_table[id].name);
        fputs("\" ;;\n", out);
    }
    fputs("    *) words=\"", out);
    for (const command_t *command = command_table; command->name != NULL; command++)
        fprintf(out, "%s ", command->name);
    fputs("\" ;;\n    esac\n"
          "    COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\n"
          "complete -o default -F _edgewise edgewise\n",
          out);
}

/* Text for troff: a dash that stays a dash, no line that starts with a dot. */
static void print_roff(FILE *out, const char *text)
{
    for (; *text != '\0'; text++)
        fputs(*text == '-' ? "\\-" : (const char[]){*text, '\0'}, out);
}

static void man_option(FILE *out, const option_row *row, int command)
{
    char text[OPTION_TEXT];
    fprintf(out, ".TP\n\\-\\-%s %s\n", row->name, row->argument != NULL ? row->argument : "");
    print_roff(out, option_part(text, row->help, command));
    if (option_part(text, row->allowed, command) != NULL) {
        fputs(" (", out);
        print_roff(out, text);
        if (option_part(text, row->standard, command) != NULL)
            fprintf(out, "; default: %s", text);
        fputc(')', out);
    }
    fputc('\n', out);
}

void help_man(FILE *out)
{
    fprintf(out,
            ".TH EDGEWISE 1 \"\" \"edgewise %s\"\n.SH NAME\nedgewise \\- theorems about gradient "
            "descent "
            "beyond the edge of stability, checked with proof\n",
            ew_version());
    for (const command_t *command = command_table; command->name != NULL; command++) {
        fprintf(out, ".SH edgewise %s\n", command->name);
        print_roff(out, command->summary);
        fputs(".\n.PP\nExample: ", out);
        print_roff(out, command->example);
        fputc('\n', out);
        for (int id = 0; id < OPT_COUNT; id++) {
            if (option_table[id].commands & command->bit)
                man_option(out, option_table + id, command->bit);
        }
    }
    fputs(".SH EXIT STATUS\n", out);
    print_roff(out, exits);
}
