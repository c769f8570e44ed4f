/* Many trajectories of one depth at a time, side by side. Units with sigma = 1. */
#ifndef EDGEWISE_OBSERVE_LANES_H
#define EDGEWISE_OBSERVE_LANES_H

#include <edgewise/diagram.h>

enum { LANES = 32 };

typedef struct {
    double a[LANES], b[LANES], eta[LANES];
} lanes_t;

/* The same with a tangent vector each. */
typedef struct {
    double da[LANES], db[LANES];
} tangent_t;

/* `steps` steps of gradient descent in every lane. Operations and their order are the same in each lane, whatever the machine. */
void ew_lanes_run(lanes_t *lanes, slong depth, slong steps);

/* One step of the lanes and of their tangents. */
void ew_lanes_run_tangent(lanes_t *lanes, tangent_t *tangent, slong depth);

#endif
