"""Gradient descent of a d x d network in mpmath, as a user would write it with prefix and suffix products: reads depth,
dimension, bits, steps and alpha, eta and the target's entries, prints the loss after the steps and the median seconds per
step."""
import statistics
import sys
import time

from mpmath import mp, mpf, matrix

depth, dim, bits, steps = map(int, sys.stdin.readline().split())
mp.prec = bits


def number(text):
    top, _, bottom = text.partition("/")
    return mpf(int(top)) / int(bottom or 1)


eta, alpha = map(number, sys.stdin.readline().split())
target = matrix(dim, dim)
for i in range(dim):
    for j, text in enumerate(sys.stdin.readline().split()):
        target[i, j] = number(text)
weights = [alpha * mp.eye(dim) for _ in range(depth - 1)] + [mp.zeros(dim)]
times = []
for _ in range(steps):
    start = time.perf_counter()
    below = [weights[0]]
    for w in weights[1:]:
        below.append(w * below[-1])
    c = below[-1] - target
    gradient = [None] * depth
    for l in range(depth - 1, 0, -1):
        gradient[l] = c * below[l - 1].T
        c = weights[l].T * c
    gradient[0] = c
    weights = [w - eta * g for w, g in zip(weights, gradient)]
    times.append(time.perf_counter() - start)
product = weights[0]
for w in weights[1:]:
    product = w * product
error = product - target
print(mp.nstr(sum(x * x for x in error) / 2, 60))
print(statistics.median(times))
