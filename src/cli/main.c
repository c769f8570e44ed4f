/* edgewise: a table of subcommands over the library. */
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/interrupt.h"
#include "num/words.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const command_t command_table[] = {
    {"verify", CMD_VERIFY, "check every claim and give each a verdict",
     "edgewise verify --depth 3 --eta 0.75 --sigma 1,0.95,0.9 --dim 10", cmd_verify},
    {"orbit", CMD_ORBIT,
     "all real roots of the orbit polynomial, or all cycles of a period, with proof",
     "edgewise orbit --depth 8 --s 2.2 --digits 50; cycles of period 3: edgewise orbit --depth 3 "
     "--s 3.2 --period 3",
     cmd_orbit},
    {"balance", CMD_BALANCE, "the balancing bound on alpha, and how tight it is",
     "edgewise balance --depth 2 --eta 1.15", cmd_balance},
    {"simulate", CMD_SIMULATE, "gradient descent in doubles, MPFR or balls",
     "edgewise simulate --depth 2 --eta 1.15 --alpha 1/4 --steps 20", cmd_simulate},
    {"train", CMD_TRAIN, "gradient descent of the whole network, or gradient flow",
     "edgewise train --depth 3 --eta 23/30 --sigma 1,0.95 --dim 4 --steps 1000 --every 50",
     cmd_train},
    {"spectrum", CMD_SPECTRUM, "eigenvalues of the Hessian, all or the largest",
     "edgewise spectrum --depth 3 --eta 0.8 --sigma 1,0.95,0.9 --dim 10", cmd_spectrum},
    {"target", CMD_TARGET,
     "rank and singular values of a matrix, with proof, and what a step size makes of them",
     "edgewise target examples/target.csv --depth 3 --eta 0.6", cmd_target},
    {"floquet", CMD_FLOQUET, "multipliers of the rank-p orbit, with proof",
     "edgewise floquet --depth 3 --eta 23/30 --sigma 1,0.95", cmd_floquet},
    {"stress", CMD_STRESS, "every claim in every number format, against its verdict",
     "edgewise stress --depth 3 --eta 23/30 --formats fp16,fp32,fp64; one claim: edgewise stress "
     "balancing-gap ...",
     cmd_stress},
    {"precision", CMD_PRECISION, "how many bits a claim needs, predicted and measured",
     "edgewise precision balancing-gap --depth 3 --eta 23/30 --steps 500", cmd_precision},
    {"chaos", CMD_CHAOS, "what rounding does to a chaotic trajectory, format by format",
     "edgewise chaos --depth 2 --eta 1.4 --alpha 1/4", cmd_chaos},
    {"edge", CMD_EDGE, "how close to s = 2 each format tells the regime", "edgewise edge --depth 2",
     cmd_edge},
    {"cascade", CMD_CASCADE, "period doubling to chaos: certified thresholds",
     "edgewise cascade --depth 3 --doublings 8", cmd_cascade},
    {"bifurcation", CMD_BIFURCATION, "where gradient descent ends, over a range of step sizes",
     "edgewise bifurcation --depth 3 --output diagram.png", cmd_bifurcation},
    {"map", CMD_MAP, "what gradient descent does over step size and init",
     "edgewise map --depth 3 --output map.svg", cmd_map},
    {"figure", CMD_FIGURE, "draw a figure (SVG, PNG, PDF) or write its data (CSV)",
     "edgewise figure bifurcation --output bifurcation.png", cmd_figure},
    {"report", CMD_REPORT, "verdicts, figures, thresholds and formats on one HTML page",
     "edgewise report --depth 3 --eta 4/5 --sigma 1,19/20,9/10 --dim 10", cmd_report},
    {"prove", CMD_PROVE, "theorems for every depth and step size at once, with certificates",
     "edgewise prove --certificate all.cert; one theorem: edgewise prove orbit-roots --region "
     "4:inf",
     cmd_prove},
    {"help", CMD_HELP, "this overview, or the help of a subcommand", "edgewise help orbit", NULL},
    {NULL, 0, NULL, NULL, NULL},
};

static const command_t *find_command(const char *name)
{
    for (const command_t *command = command_table; command->name != NULL; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

static int unknown_command(const char *name)
{
    for (const command_t *command = command_table; command->name != NULL; command++)
        if (ew_words_are_near(name, command->name))
            return complain(2, "unknown subcommand \"%.40s\"; did you mean %s?", name,
                            command->name);
    return complain(
        2,
        "unknown subcommand \"%.40s\"; allowed: verify, orbit, balance, simulate, train, spectrum, "
        "target, "
        "floquet, stress, precision, chaos, edge, cascade, bifurcation, map, figure, report, "
        "prove, "
        "help",
        name);
}

static int run_help(int argc, char **argv)
{
    if (argc > 1)
        return complain(
            2, "help: \"%.40s\" is one too many; help takes one subcommand, --completion or --man",
            argv[1]);
    if (argc > 0 && strcmp(argv[0], "--completion") == 0) {
        help_completion(stdout);
        return settings_finish(EW_OK, "help");
    }
    if (argc > 0 && strcmp(argv[0], "--man") == 0) {
        help_man(stdout);
        return settings_finish(EW_OK, "help");
    }
    const command_t *about = NULL;
    if (argc > 0 && strncmp(argv[0], "-", 1) != 0) {
        about = find_command(argv[0]);
        if (about == NULL)
            return unknown_command(argv[0]);
    } else if (argc > 0 && strcmp(argv[0], "--help") != 0 && strcmp(argv[0], "-h") != 0)
        return complain(2, "unknown option %.40s; help takes a subcommand, --completion or --man",
                        argv[0]);
    help_print(stdout, about);
    return settings_finish(EW_OK, "help");
}

static int run_command(const command_t *command, int argc, char **argv)
{
    options_t options = {0};
    int code = options_parse(&options, argc, argv, command->bit);
    if (code == 0 && options.text[OPT_HELP] != NULL) {
        help_print(stdout, command);
        code = settings_finish(EW_OK, "help");
    } else if (code == 0) {
        settings_t settings;
        code = settings_read(&settings, &options, command->bit);
        if (code == 0 && settings.certificate != NULL)
            code = file_allowed(settings.certificate);
        if (code == 0)
            code = command->run(&settings);
        settings_clear(&settings);
    }
    options_clear(&options);
    return code;
}

/* A standard stream that came closed must not become the next file that is opened; writing to it still fails. */
static void fill_streams(void)
{
    int descriptor;
    do
        descriptor = open("/dev/null", O_RDONLY);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor > STDERR_FILENO)
        close(descriptor);
}

int main(int argc, char **argv)
{
    int code;
    interrupt_guard_exit();
    fill_streams();
    if (argc < 2) {
        help_print(stderr, NULL);
        code = 2;
    } else if (strcmp(argv[1], "--version") == 0 && argc > 2)
        code = complain(2, "--version: takes nothing else");
    else if (strcmp(argv[1], "--version") == 0) {
        printf("edgewise %s\n", ew_version());
        code = settings_finish(EW_OK, "version");
    } else if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
               strcmp(argv[1], "-h") == 0)
        code = run_help(argc - 2, argv + 2);
    else {
        const command_t *command = find_command(argv[1]);
        code =
            command == NULL ? unknown_command(argv[1]) : run_command(command, argc - 2, argv + 2);
    }
    flint_cleanup_master();
    mpfr_free_cache();
    interrupt_finished();
    return code;
}
