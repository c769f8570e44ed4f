/* What would decide a claim that is UNDECIDED: an option with its value, or that none would. */
#include "claims/shared/case.h"
#include <math.h>
#include <stdio.h>

/* "--steps N" for about so many steps, rounded up to two digits. */
static void name_steps(char *text, size_t size, double steps)
{
    double unit = pow(10, fmax(0, floor(log10(steps)) - 1));
    if (isfinite(steps) && steps < 1e12)
        snprintf(text, size, "; --steps %.0f is predicted to do", ceil(steps / unit) * unit);
    else
        snprintf(text, size, "; the some 10^%.0f steps that it takes are more than --steps allows",
                 isfinite(steps) ? log10(steps) : 300.0);
}

/* The size of a multiplier's distance from 1, and of s from 2. */
static double distance(const arb_t multiplier)
{
    return fabs(1 - fabs(arf_get_d(arb_midref(multiplier), ARF_RND_NEAR)));
}

static double edge_distance(const ew_case *about)
{
    arb_t s;
    arb_init(s);
    ew_mode_s(s, about->mode, about->effort.prec);
    arb_sub_ui(s, s, 2, about->effort.prec);
    double d = fabs(arf_get_d(arb_midref(s), ARF_RND_NEAR));
    arb_clear(s);
    return d;
}

/* Steps until what contracts by 1 - rate in two steps is small enough for a proof, which is about rate^2.
 * theory/trapping.md (15) */
static double settling(double rate)
{
    return rate > 0 ? 3 * (10 + 2 * fmax(0, -log(rate))) / fmin(rate, 1) : INFINITY;
}

/* Where nothing was in sight: how many steps a slow approach takes, or 0 where none is expected. */
static double slow_approach(ew_case *about)
{
    double plateau = ew_plateau_length(about->mode);
    if (about->regime == EW_BELOW)
        return 1.1 * plateau + settling(edge_distance(about));
    const ew_stability_struct *stability = ew_case_stability(about);
    if (stability == NULL)
        return 0;
    if (stability->attracts == EW_YES)
        return 1.1 * plateau +
               fmax(settling(distance(stability->along)), settling(distance(stability->across)));
    double past =
        distance(stability->along); /* the cycle of period 4 has 1 - 4 past over four steps */
    return past < 0.02 ? 1.1 * plateau + fmax(settling(past), settling(distance(stability->across)))
                       : 0;
}

const char *ew_case_help(ew_case *about)
{
    const ew_follow_struct *follow = ew_case_follow(about);
    char *text = about->help;
    size_t size = sizeof about->help;
    text[0] = 0;
    double steps = follow->limit == EW_LIMIT_SIGHT ? slow_approach(about) : follow->needs;
    if (follow->limit == EW_LIMIT_PREC)
        snprintf(text, size, "; more bits are needed: --prec %ld", 2 * about->effort.max_prec);
    else if (follow->fate != EW_NOT_YET)
        snprintf(text, size, "; some X is too close to 1 or 2: more bits, --prec %ld",
                 2 * about->effort.max_prec);
    else if (steps > 0 && steps > (double)about->effort.max_steps)
        name_steps(text, size, steps);
    else if (follow->limit == EW_LIMIT_STEPS)
        snprintf(text, size, "; a cycle is in sight: more --steps");
    else
        snprintf(text, size,
                 "; no cycle is in sight in %ld steps: in chaos no option helps, else "
                 "more --steps",
                 about->effort.max_steps);
    return text;
}
