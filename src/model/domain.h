/* What public functions ask of modes and problems before anything else: ew_mode_check and its like, without the words. */
#ifndef EDGEWISE_MODEL_DOMAIN_H
#define EDGEWISE_MODEL_DOMAIN_H

#include "num/domain.h"
#include <edgewise/model.h>

static inline bool ew_depth_fits(slong depth)
{
    return depth >= 2 && depth <= EW_DEPTH_MAX;
}

static inline bool ew_mode_fits(const ew_mode_struct *mode)
{
    return ew_mode_check(NULL, mode) == EW_OK;
}

/* A good mode that is not past the rank. */
static inline bool ew_mode_is_positive(const ew_mode_struct *mode)
{
    return ew_mode_fits(mode) && !fmpq_is_zero(mode->sigma);
}

static inline bool ew_problem_fits(const ew_problem_struct *problem)
{
    return ew_problem_check(NULL, problem) == EW_OK;
}

/* What ew_ball_mode_init made of a good mode and precision. */
static inline bool ew_ball_mode_fits(const ew_ball_mode_struct *ball)
{
    return ball != NULL && ball->depth >= 2;
}

#endif
