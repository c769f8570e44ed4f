/* The subcommands: each reads its settings, calls the library and writes the report. They return the exit
 * code. */
#ifndef EDGEWISE_CLI_COMMANDS_H
#define EDGEWISE_CLI_COMMANDS_H

#include "cli/settings.h"

typedef struct {
    const char *name;
    int bit;
    const char *summary;
    const char *example;
    int (*run)(const settings_t *settings);
} command_t;

extern const command_t command_table[];

int cmd_verify(const settings_t *settings);
int cmd_orbit(const settings_t *settings);
int cmd_balance(const settings_t *settings);
int cmd_simulate(const settings_t *settings);
int cmd_train(const settings_t *settings);
int cmd_spectrum(const settings_t *settings);
int cmd_target(const settings_t *settings);
int cmd_floquet(const settings_t *settings);
int cmd_stress(const settings_t *settings);
int cmd_precision(const settings_t *settings);
int cmd_chaos(const settings_t *settings);
int cmd_edge(const settings_t *settings);
int cmd_cascade(const settings_t *settings);
int cmd_bifurcation(const settings_t *settings);
int cmd_map(const settings_t *settings);
int cmd_figure(const settings_t *settings);
int cmd_prove(const settings_t *settings);
int cmd_report(const settings_t *settings);

/* The balls and thresholds in a cascade's report. */
void cascade_report_init(ew_cascade_report *report);
void cascade_report_clear(ew_cascade_report *report);

/* Help: the overview (NULL) or that of one command; the completion script; the manual page. */
void help_print(FILE *out, const command_t *command);
void help_completion(FILE *out);
void help_man(FILE *out);

#endif
