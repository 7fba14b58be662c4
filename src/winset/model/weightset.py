"""Weights that add up to a total: the uniform distribution on what the file allows, and its middle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from winset.errors import InputError
from winset.model.chain import tighten
from winset.model.draws import FloatArray, IntArray
from winset.model.groups import by_member, group_bounds, singles
from winset.model.judgement import Groups, Weights
from winset.model.polytope import Polytope, add_up, narrowed, running_sum
from winset.model.proposals import Proposal, proposals
from winset.model.streams import uniforms, uniforms_at
from winset.model.tolerances import EQUAL_BOUNDS, SUM_TOLERANCE
from winset.model.walk import walk

_PILOT = 256  # points by which proposals are compared, always the same ones
_GOOD = 0.5  # a proposal that is accepted this often is taken without trying the others
_ATTEMPTS = (1, 4, 16, 64)  # points proposed for a draw in each round of rejection; part of what a seed means
_CENTRAL_DRAWS = 4096  # of which the central reading is the mean where there is no closed form


@dataclass(frozen=True)
class WeightSet:
    """What the file says of weights that add up to a total.

    Attributes
    ----------
    path : str
        Name of the random stream.
    groups : tuple of tuple of int
        Tied weights, most important first; one weight a group without a ranking. Axis [G].
    fixed : float array, [G]
        Weights of the groups that have no choice; undefined for the others.
    free : int array
        Groups that have a choice.
    polytope : Polytope or None
        Where their weights lie; None when nothing is free.
    """

    path: str
    groups: Groups
    fixed: FloatArray
    free: IntArray
    polytope: Polytope | None

    @classmethod
    def of(cls, weights: Weights, total: float) -> WeightSet:
        """Make the set; raise InputError when it is empty.

        Notes
        -----
        With the bounds tightened along the ranking, the set is empty exactly when the total lies outside the
        sums of the bounds, and it is one point when it equals one of them.
        """
        groups = weights.groups or singles(len(weights.lower))
        lower, upper = group_bounds(weights.lower, weights.upper, groups)
        ordered = weights.groups is not None
        if ordered:
            lower, upper = tighten(lower, upper)
        members = np.array([float(len(group)) for group in groups])
        least, most = add_up(members * lower), add_up(members * upper)
        if (lower > upper + EQUAL_BOUNDS).any() or not least - SUM_TOLERANCE <= total <= most + SUM_TOLERANCE:
            raise InputError.single(
                "E904",
                f"{weights.path}: no weights satisfy the bounds, the ranking and the total together",
                found=f"sums from {least:g} to {most:g}",
                allowed=f"a sum of {total:g}",
            )
        if total - least <= EQUAL_BOUNDS or most - total <= EQUAL_BOUNDS:
            nothing = np.empty(0, dtype=np.int64)
            return cls(weights.path, groups, lower if total - least <= EQUAL_BOUNDS else upper, nothing, None)
        whole = narrowed(Polytope(lower, np.maximum(lower, upper), members, ordered, total))
        free = np.flatnonzero(whole.upper - whole.lower > EQUAL_BOUNDS)
        if len(free) == 0:
            return cls(weights.path, groups, whole.lower, free, None)
        rest = total - add_up(np.delete(members * whole.lower, free))
        part = Polytope(whole.lower[free], whole.upper[free], members[free], ordered, rest)
        return cls(weights.path, groups, whole.lower, free, part)

    def sample(self, seed: int, rows: IntArray) -> FloatArray:
        """Return the weights in the given draws, [D, I]."""
        drawn = np.tile(self.fixed, (len(rows), 1))
        if self.polytope is not None:
            drawn[:, self.free] = sample(self.polytope, seed, self.path, rows)
        return by_member(drawn, self.groups)

    def centre(self) -> FloatArray:
        """Return the central reading, [I].

        - A ranking alone: the mean of the polytope's vertices, that is, rank-order-centroid weights.
        - Bounds alone: ``lower + t (upper - lower)``, the bounds narrowed to what the total leaves possible,
          and t such that it is met: the midpoints, where they add up.
        - Both: the mean of 4096 draws that are the same for every seed.
        """
        middle = self.fixed.copy()
        if self.polytope is not None:
            middle[self.free] = _centre(self.polytope, self.path)
        weights: FloatArray = by_member(middle[None, :], self.groups)[0]
        return weights


def sample(polytope: Polytope, seed: int, stream: str, rows: IntArray) -> FloatArray:
    """Return points uniform on the polytope, [D, G]: by rejection, and by a walk where that finds none."""
    proposal = _best(polytope, stream) if polytope.bounded else proposals(polytope)[0]
    drawn = np.empty((len(rows), len(polytope.lower)))
    pending = np.arange(len(rows))
    for number, attempts in enumerate(_ATTEMPTS):
        name = f"{stream}:round{number}"
        numbers = uniforms_at(seed, name, rows[pending], attempts * proposal.columns)
        found = np.zeros(len(pending), dtype=np.bool_)
        for attempt in range(attempts):
            columns = slice(attempt * proposal.columns, (attempt + 1) * proposal.columns)
            points = proposal.points(numbers[:, columns])
            fresh = polytope.holds(points) & ~found
            drawn[pending[fresh]] = points[fresh]
            found |= fresh
            if found.all():
                return drawn
        pending = pending[~found]
    drawn[pending] = walk(polytope, seed, stream, rows[pending])
    return drawn


def _best(polytope: Polytope, stream: str) -> Proposal:
    """Return the proposal that a fixed pilot, the same for every seed, finds accepted most often."""
    best, best_rate = proposals(polytope)[0], -1.0
    for number, proposal in enumerate(proposals(polytope)):
        numbers = uniforms(0, f"{stream}:pilot{number}", 0, _PILOT, proposal.columns)
        rate = float(np.count_nonzero(polytope.holds(proposal.points(numbers)))) / _PILOT
        if rate > best_rate:
            best, best_rate = proposal, rate
        if rate >= _GOOD:
            break
    return best


def _centre(polytope: Polytope, stream: str) -> FloatArray:
    if not polytope.ordered:
        return polytope.start
    if not polytope.bounded:
        size = len(polytope.lower)
        shares = polytope.total / (size * running_sum(polytope.members))
        return running_sum(shares[::-1])[::-1]
    rows = np.arange(_CENTRAL_DRAWS, dtype=np.int64)
    sums = np.add.accumulate(sample(polytope, 0, f"{stream}:central", rows), axis=0)
    mean: FloatArray = sums[-1] / _CENTRAL_DRAWS
    return mean
