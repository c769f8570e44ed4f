/* More about traps than the public header shows. theory/trapping.md (4) .. (6) */
#ifndef EDGEWISE_OBSERVE_TRAP_H
#define EDGEWISE_OBSERVE_TRAP_H

#include <edgewise/observe.h>

/* What certainly holds at every step of every trajectory in the trap. */
typedef struct {
    bool never_lands; /* r != 0, X != 0 and X != 1 */
    bool contracts;   /* X < 2 */
} ew_trap_facts;

ew_trap_facts ew_trap_examine(const ew_trap_t trap, const ew_mode_t mode);

void ew_trap_set(ew_trap_t out, const ew_trap_t in);

/* The trap of half the size around the same point: a trap again, as it is a smaller ball of the
 * norm in which the map contracts. */
void ew_trap_halve(ew_trap_t trap);

/* About how many steps from the state (x, m) into the trap, from the rates at which the cycle attracts: a prediction, in
 * doubles. Never negative; an infinity where it does not attract. theory/trapping.md (15) */
double ew_trap_wait(const ew_trap_t trap, const arb_t x, const arb_t m, const ew_ball_mode_t ball);

#endif
