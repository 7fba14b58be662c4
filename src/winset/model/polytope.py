"""The set that weights are known to lie in: bounds, an order, and a sum."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from winset.model.chain import tighten
from winset.model.draws import BoolArray, FloatArray

_HALVINGS = 60  # of the search for the starting point: beyond float64's 53 bits


@dataclass(frozen=True)
class Polytope:
    """``{x : sum(members * x) = total, lower <= x <= upper}``, in descending order where `ordered`. Axis [G].

    Attributes
    ----------
    lower, upper : float array, [G]
        Bounds, ``lower < upper``; tightened along the order.
    members : float array, [G]
        How many weights each number stands for.
    ordered : bool
    total : float
        Strictly between the sums of the bounds, so that the set is flat in no direction but that of the sum.
    """

    lower: FloatArray
    upper: FloatArray
    members: FloatArray
    ordered: bool
    total: float

    def holds(self, points: FloatArray) -> BoolArray:
        """Whether each of the points, [D, G], which are taken to meet the total, lies in the set. [D]."""
        inside = ((points >= self.lower) & (points <= self.upper)).all(axis=1)
        if self.ordered:
            inside &= (points[:, :-1] >= points[:, 1:]).all(axis=1)
        return np.asarray(inside)

    @cached_property
    def bounded(self) -> bool:
        """Whether bounds cut anything off the (ordered) simplex of non-negative numbers with this total."""
        ahead = running_sum(self.members) if self.ordered else self.members
        floor = np.zeros(len(self.members))
        if self.ordered:
            floor[0] = self.total / ahead[-1]
        return bool((self.lower > floor).any() or (self.upper < self.total / ahead).any())

    @cached_property
    def start(self) -> FloatArray:
        """A point inside the set, on no face of it. [G].

        ``x_g = lower_g + f_g (upper_g - lower_g)``. Without an order every ``f_g`` is the same t. With one,
        ``f_g = t / (t + (1 - t) c_g)`` and ``c_g = g / (G + 1 - g)`` for g = 1 ... G, which descends strictly
        and at t = 1/2 passes through the mean order statistics. t is such that the total is met.
        """
        size = len(self.lower)
        if not self.ordered:
            least, most = add_up(self.members * self.lower), add_up(self.members * self.upper)
            return self._at((self.total - least) / (most - least), np.ones(size))
        rank = np.arange(1, size + 1)
        slant = rank / (size + 1 - rank)
        low, high = 0.0, 1.0
        for _ in range(_HALVINGS):
            middle = 0.5 * (low + high)
            if add_up(self.members * self._at(middle, slant)) < self.total:
                low = middle
            else:
                high = middle
        return self._at(high, slant)

    def _at(self, share: float, slant: FloatArray) -> FloatArray:
        fraction = share / (share + (1.0 - share) * slant)
        point: FloatArray = self.lower + fraction * (self.upper - self.lower)
        return point


def add_up(numbers: FloatArray) -> float:
    """Return the sum, added left to right."""
    return float(running_sum(numbers)[-1]) if len(numbers) else 0.0


def running_sum(numbers: FloatArray) -> FloatArray:
    """Return the sums of the first 1, 2, ... numbers, added left to right."""
    sums: FloatArray = np.add.accumulate(numbers)
    return sums


def weighted_sum(points: FloatArray, members: FloatArray) -> FloatArray:
    """Return ``sum_g members_g * points[:, g]``, added left to right; rows do not depend on each other."""
    total = np.zeros(len(points))
    for group, count in enumerate(members.tolist()):
        total = total + count * points[:, group]
    return total


def narrowed(polytope: Polytope) -> Polytope:
    """Return the same set with bounds that the total implies: no number can exceed what the others leave."""
    room = polytope.total - add_up(polytope.members * polytope.lower)
    excess = add_up(polytope.members * polytope.upper) - polytope.total
    upper = np.minimum(polytope.upper, polytope.lower + room / polytope.members)
    lower = np.maximum(polytope.lower, polytope.upper - excess / polytope.members)
    if polytope.ordered:
        lower, upper = tighten(lower, upper)
    return Polytope(lower, upper, polytope.members, polytope.ordered, polytope.total)
