"""Bounds and rankings together: which numbers they allow, and what to say when there are none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from winset.model.judgement import Groups
from winset.model.tolerances import EQUAL_BOUNDS, SUM_TOLERANCE

Bounds = tuple[tuple[float, ...], tuple[float, ...]]
"""Lower and upper bounds."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two ranks whose bounds contradict their order: the better one stays below the worse one."""

    better: int
    worse: int
    at_most: float
    at_least: float


def propagate(lower: Sequence[float], upper: Sequence[float], groups: Groups) -> Bounds:
    """Return the bounds by group that follow from bounds and ranking, best group first.

    A group is at least what any of its own members and of the groups after it has to be, and at most what its
    own and those before may be: ``l'_g = max(l_h : h >= g)``, ``u'_g = min(u_h : h <= g)``.
    """
    low = [max(lower[member] for member in group) for group in groups]
    high = [min(upper[member] for member in group) for group in groups]
    for group in range(len(groups) - 2, -1, -1):
        low[group] = max(low[group], low[group + 1])
    for group in range(1, len(groups)):
        high[group] = min(high[group], high[group - 1])
    return tuple(low), tuple(high)


def clash(lower: Sequence[float], upper: Sequence[float], groups: Groups) -> Clash | None:
    """Return two members whose bounds contradict the ranking, or None."""
    low, high = propagate(lower, upper, groups)
    for group in range(len(groups)):
        if low[group] > high[group] + EQUAL_BOUNDS:
            before = [member for part in groups[: group + 1] for member in part]
            after = [member for part in groups[group:] for member in part]
            better = min(before, key=lambda member: upper[member])
            worse = max(after, key=lambda member: lower[member])
            return Clash(better, worse, upper[better], lower[worse])
    return None


def sums(lower: Sequence[float], upper: Sequence[float], groups: Groups | None) -> tuple[float, float]:
    """Return the least and the greatest sum of numbers within the bounds and in the order of the groups."""
    if groups is None:
        return math.fsum(lower), math.fsum(upper)
    low, high = propagate(lower, upper, groups)
    sizes = [len(group) for group in groups]
    return (
        math.fsum(size * bound for size, bound in zip(sizes, low, strict=True)),
        math.fsum(size * bound for size, bound in zip(sizes, high, strict=True)),
    )


def fit(lower: Sequence[float], upper: Sequence[float], groups: Groups | None, total: float) -> Bounds | None:
    """Return the bounds divided so that numbers within them can sum to 1, or None where they cannot.

    A shortfall or excess within `SUM_TOLERANCE` is taken as rounding and divided out, so that exact numbers
    come out as exact numbers that sum to 1.

    Parameters
    ----------
    lower, upper : sequence of float
        Bounds by issue (or whatever is summed).
    groups : tuple of tuple of int, or None
        Ranking, best first.
    total : float
        What the numbers are to sum to as the file writes them: 1, or 100 for points.
    """
    least, most = sums(lower, upper, groups)
    if least > total * (1 + SUM_TOLERANCE) or most < total * (1 - SUM_TOLERANCE):
        return None
    divisor = total
    if least > total * (1 + EQUAL_BOUNDS):
        divisor = least
    elif most < total * (1 - EQUAL_BOUNDS):
        divisor = most
    return tuple(bound / divisor for bound in lower), tuple(bound / divisor for bound in upper)
