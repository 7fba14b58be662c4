"""Sets around a polytope that can be drawn from in closed form, for rejection.

Every proposal is uniform on a set that meets the total and contains the polytope; the points that lie in the
polytope are uniform on it. Which set is the closest depends on the bounds.

References
----------
Devroye (1986), Non-Uniform Random Variate Generation, Springer: rejection II.3; uniform spacings V.2, by which
the gaps between sorted uniform numbers are uniform on the simplex.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from winset.model.chain import OrderedBox
from winset.model.draws import FloatArray
from winset.model.polytope import Polytope, add_up, running_sum, weighted_sum
from winset.model.tolerances import CHAIN_LIMIT


@dataclass(frozen=True)
class Proposal:
    """A set to draw from.

    Attributes
    ----------
    columns : int
        Uniform numbers that one point takes.
    points : callable
        Turns uniform numbers, [D, columns], into points, [D, G]. A point that the proposal itself turns down is
        NaN.
    """

    columns: int
    points: Callable[[FloatArray], FloatArray]


def proposals(polytope: Polytope) -> tuple[Proposal, ...]:
    """Return the sets to try, the simplest first."""
    mixed = (_mixed(polytope, tight) for tight in range(1, len(polytope.lower) - 1))
    return (*shapes(polytope), *mixed)


def shapes(polytope: Polytope) -> tuple[Proposal, ...]:
    """Return the sets around the polytope that never turn a point down themselves."""
    gaps = len(polytope.lower) - 1
    kinds = [from_lower, from_upper]
    if polytope.ordered:
        kinds = [ranked_from_lower, ranked_from_upper, *kinds]
    simplices = tuple(Proposal(gaps, partial(kind, polytope)) for kind in kinds)
    if polytope.ordered and gaps > CHAIN_LIMIT:
        return simplices
    return (*simplices, _box(polytope))


def simplex(numbers: FloatArray) -> FloatArray:
    """Return points uniform on ``{s >= 0, sum(s) = 1}``, [D, n], from uniform numbers, [D, n - 1]."""
    edges = np.empty((len(numbers), numbers.shape[1] + 2))
    edges[:, 0], edges[:, -1] = 0.0, 1.0
    edges[:, 1:-1] = np.sort(numbers, axis=1)
    return edges[:, 1:] - edges[:, :-1]


def from_lower(polytope: Polytope, numbers: FloatArray) -> FloatArray:
    """Return what is left above the lower bounds, shared out uniformly."""
    room = polytope.total - add_up(polytope.members * polytope.lower)
    return polytope.lower + simplex(numbers) * (room / polytope.members)


def from_upper(polytope: Polytope, numbers: FloatArray) -> FloatArray:
    """Return the upper bounds less what they exceed the total by, shared out uniformly."""
    excess = add_up(polytope.members * polytope.upper) - polytope.total
    return polytope.upper - simplex(numbers) * (excess / polytope.members)


def ranked_from_lower(polytope: Polytope, numbers: FloatArray) -> FloatArray:
    """Return points in order, uniform above the lowest lower bound.

    The set of ordered x with ``sum_g n_g x_g = 1`` is a simplex with the vertices
    ``V_j = (1, ..., 1, 0, ..., 0) / (n_1 + ... + n_j)``, so ``x_g = sum_{j >= g} s_j / (n_1 + ... + n_j)`` with
    s uniform on the standard simplex.
    """
    base = float(polytope.lower[-1])
    ahead = running_sum(polytope.members)
    shares = simplex(numbers) * ((polytope.total - ahead[-1] * base) / ahead)
    return base + np.add.accumulate(shares[:, ::-1], axis=1)[:, ::-1]


def ranked_from_upper(polytope: Polytope, numbers: FloatArray) -> FloatArray:
    """Return points in order, uniform below the highest upper bound: `ranked_from_lower` upside down."""
    top = float(polytope.upper[0])
    behind = running_sum(polytope.members[::-1])[::-1]
    shares = simplex(numbers) * ((behind[0] * top - polytope.total) / behind)
    return top - np.add.accumulate(shares, axis=1)


def _box(polytope: Polytope) -> Proposal:
    """Return all numbers but the widest, uniform within their bounds and order, and that one from the total."""
    widest = int(np.argmax(polytope.members * (polytope.upper - polytope.lower)))
    lower, upper = np.delete(polytope.lower, widest), np.delete(polytope.upper, widest)
    members = np.delete(polytope.members, widest)
    chain = OrderedBox.of(lower, upper, "weights") if polytope.ordered else None

    def points(numbers: FloatArray) -> FloatArray:
        others = chain.sample(numbers) if chain is not None else lower + (upper - lower) * numbers
        rest = (polytope.total - weighted_sum(others, members)) / polytope.members[widest]
        return np.insert(others, widest, rest, axis=1)

    return Proposal(chain.columns if chain is not None else len(lower), points)


def _mixed(polytope: Polytope, tight: int) -> Proposal:
    """Return the `tight` numbers with the narrowest bounds, uniform within them; the others share what is left.

    The b others lie on a simplex whose volume goes with the power b - 1 of what is left, so that a point is
    kept with probability ``(left / most that can be left) ** (b - 1)``. This fits weights of which some are
    known and the others are not.
    """
    lower, upper, members = polytope.lower, polytope.upper, polytope.members
    order = np.argsort(members * (upper - lower), kind="stable")
    near, far = order[:tight], order[tight:]
    most = polytope.total - add_up(members * lower)

    def points(numbers: FloatArray) -> FloatArray:
        drawn = np.empty((len(numbers), len(lower)))
        drawn[:, near] = lower[near] + (upper[near] - lower[near]) * numbers[:, :tight]
        left = np.maximum(most - weighted_sum(drawn[:, near] - lower[near], members[near]), 0.0)
        drawn[:, far] = lower[far] + simplex(numbers[:, tight:-1]) * (left[:, None] / members[far])
        kept = np.ones(len(numbers))
        for _ in range(len(far) - 1):
            kept = kept * (left / most)
        drawn[numbers[:, -1] >= kept] = np.nan
        return drawn

    return Proposal(len(lower), points)
