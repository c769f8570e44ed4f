"""Roots as a user would ask for them. roots.py numpy, roots.py mpmath: the coefficients from standard input, constant term first;
prints the seconds and the number of real roots found. roots.py findroot L digits: both orbit roots at s = 2.2 by mpmath's findroot
on the unexpanded form; prints the seconds and the larger root to 30 digits."""
import sys
import time


def show(seconds, what):
    print(seconds)
    print(what)


def by_numpy():
    import numpy
    c = numpy.array([float(int(line)) for line in sys.stdin][::-1])
    start = time.perf_counter()
    z = numpy.roots(c / abs(c).max())
    show(time.perf_counter() - start, sum(abs(z.imag) < 1e-8 * abs(z)))


def by_mpmath():
    from mpmath import mp
    c = [int(line) for line in sys.stdin][::-1]
    mp.dps = 15
    start = time.perf_counter()
    z = mp.polyroots(c, maxsteps=500, extraprec=300)
    show(time.perf_counter() - start, sum(abs(x.imag) < 1e-10 * abs(x) for x in z))


def by_findroot(depth, digits):
    from mpmath import mp, mpf
    mp.dps = digits + 5
    eta = mpf(22) / (10 * depth)

    def f(x):
        t = x**depth
        u = 1 + eta * x ** (depth - 2) * (1 - t)
        v = u ** (depth - 1)
        return (t * (1 + v * v * u) - (1 + v)) / (t - 1)

    start = time.perf_counter()
    guess = mpf(3) / (10 * depth)
    low = mp.findroot(f, (1 - guess, 1 - guess * 0.9))
    high = mp.findroot(f, (1 + guess * 0.5, 1 + guess * 0.45))
    seconds = time.perf_counter() - start
    show(seconds, mp.nstr(high, 30))


try:
    if sys.argv[1] == "findroot":
        by_findroot(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "numpy":
        by_numpy()
    else:
        by_mpmath()
except ImportError:
    sys.exit(1)
