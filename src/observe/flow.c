/* Gradient flow of the whole network, by GSL. */
#include "observe/net.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t scalars(const ew_net *net)
{
    return (size_t)(net->depth * net->dim * net->dim);
}

/* dW/dt = -G(W), through the network's own weights. */
static int velocity(double time, const double weights[], double out[], void *context)
{
    (void)time;
    const ew_net *net = context;
    const ew_net_double *state = net->state;
    memcpy(state->weights, weights, scalars(net) * sizeof(double));
    ew_net_double_gradient(out, net);
    for (size_t k = 0; k < scalars(net); k++)
        out[k] = -out[k];
    return GSL_SUCCESS;
}

ew_status ew_net_flow(ew_net *net, double dt, double tolerance)
{
    if (net == NULL || net->target->arithmetic != EW_DOUBLE || !isfinite(dt) || dt < 0 ||
        !isfinite(tolerance) || tolerance <= 0)
        return EW_BAD_INPUT;
    ew_net_double *state = net->state;
    gsl_odeiv2_system system = {velocity, NULL, scalars(net), net};
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rk8pd,
                                                              dt / 16, tolerance, tolerance);
    double *weights = malloc(scalars(net) * sizeof(double));
    ew_status status = EW_RESOURCES;
    if (driver != NULL && weights != NULL) {
        double time = 0;
        memcpy(weights, state->weights, scalars(net) * sizeof(double));
        gsl_odeiv2_driver_set_nmax(driver, 1000000);
        status = gsl_odeiv2_driver_apply(driver, &time, dt, weights) == GSL_SUCCESS
                     ? EW_OK
                     : EW_UNDECIDED_STATUS;
        memcpy(state->weights, weights, scalars(net) * sizeof(double));
        net->steps++;
    }
    if (driver != NULL)
        gsl_odeiv2_driver_free(driver);
    free(weights);
    gsl_set_error_handler(handler);
    return status;
}
