"""Outcomes that meet additive requirements, in spaces of any size: found, listed, or proven not to be.

Every requirement is a sum over the issues that has to reach a least value. A weighted sum of the requirements
is one that every such outcome meets as well, and whose best value is found issue by issue. Where even this
falls short of what is required, there is no such outcome. Where it exceeds it by little, few options of each
issue are left: an option that costs more than the excess can be in no such outcome. The weights with the least
excess solve a small linear program, the dual of the relaxation to fractions of options. It comes from the
solver in floating point; all that is concluded from the weights, rounded to integers, is concluded in integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from winset.model.draws import BoolArray, FloatArray, IntArray
from winset.model.issues import Clause
from winset.model.tolerances import REQUIREMENT_WIDTHS
from winset.solve.grid import GridModel
from winset.solve.milp import Program, solve

_SMALL: Final = 2.0**62
"""Weighted sums stay below this, so that 64 bits hold them."""

_FEWEST_BITS: Final = 8.0
"""Weights that have to be rounded to fewer bits tell too little."""

_CROWD: Final = 8_192
"""Partial outcomes that are not worth another linear program."""

_SAMPLES: Final = 6
"""Further linear programs for one crowd."""

_HEAVIEST: Final = 8.0
"""Largest weight of a clause, in shares of a party's whole span: what keeps the linear program bounded."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """Requirements r: ``sum over issues i of gains[i][r, outcome[i]] >= least[r]``, in integers.

    Attributes
    ----------
    gains : tuple of int64 array, [I] of [R, K]
    least : int64 array, [R]
    graded : bool array, [R]
        Which requirements are of degree, as a utility is; the others (clauses) hold or do not.
    """

    gains: tuple[IntArray, ...]
    least: IntArray
    graded: BoolArray

    @classmethod
    def all(cls, sizes: Sequence[int], parts: Sequence[Requirements]) -> Requirements:
        """Return all requirements of several in one, on issues of the given numbers of options."""
        return cls(
            tuple(
                np.concatenate([np.zeros((0, size), dtype=np.int64), *(part.gains[issue] for part in parts)])
                for issue, size in enumerate(sizes)
            ),
            np.concatenate([np.zeros(0, dtype=np.int64), *(part.least for part in parts)]),
            np.concatenate([np.zeros(0, dtype=np.bool_), *(part.graded for part in parts)]),
        )

    def take(self, rows: Sequence[int]) -> Requirements:
        """Return some of the requirements."""
        places = np.array(rows, dtype=np.int64)
        return Requirements(tuple(gain[places] for gain in self.gains), self.least[places], self.graded[places])

    def joined(self, other: Requirements) -> Requirements:
        """Return these requirements and then the others."""
        return Requirements.all([gain.shape[1] for gain in self.gains], [self, other])

    def raised(self, rise: IntArray) -> Requirements:
        """Return the requirements with higher, or lower, least values. The rise is by requirement, [R]."""
        return Requirements(self.gains, self.least + rise, self.graded)

    def values(self, outcomes: IntArray) -> IntArray:
        """Return what each outcome, [N, I], attains of each requirement. Shape [N, R]."""
        total = np.zeros((len(outcomes), len(self.least)), dtype=np.int64)
        for issue, gain in enumerate(self.gains):
            total += gain[:, outcomes[:, issue]].T
        return total


@dataclass(frozen=True, slots=True)
class Found:
    """Outcomes that meet requirements.

    Attributes
    ----------
    outcomes : int64 array, [N, I]
        Option indices.
    complete : bool
        Whether these are all there are. With N = 0: it is proven that there is none.
    needed : bool array, [R]
        Where there is none: requirements that suffice to show it.
    """

    outcomes: IntArray
    complete: bool
    needed: BoolArray


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Requirements under weights, in integers: what each option costs, and what all may cost together."""

    costs: tuple[IntArray, ...]
    budget: int
    used: BoolArray


def utility_requirement(model: GridModel, party: int, least: int) -> Requirements:
    """Return the requirement that a party of a model without interactions gets at least so much."""
    return Requirements(
        tuple(term[None, :, party] for term in model.terms),
        np.array([least - int(model.constant[party])], dtype=np.int64),
        np.ones(1, dtype=np.bool_),
    )


def clause_requirement(model: GridModel, clause: Clause) -> Requirements:
    """Return the requirement that an outcome does not match the clause."""
    gains = [np.zeros((1, size), dtype=np.int64) for size in model.sizes]
    for issue, options in clause.terms:
        gains[issue][0, list(options)] = -1
    return Requirements(
        tuple(gains), np.array([1 - len(clause.terms)], dtype=np.int64), np.zeros(1, dtype=np.bool_)
    )


def find(requirements: Requirements, widths: Sequence[int] = REQUIREMENT_WIDTHS) -> Found:
    """Return outcomes that meet all requirements, or the proof that there is none.

    Parameters
    ----------
    requirements : Requirements
    widths : sequence of int
        Partial outcomes that are kept at once. Of more, those with most of the budget left are kept, and when
        nothing comes of these the next width is tried. Nothing found at the last is no proof.

    Notes
    -----
    Weights w >= 0, one a requirement, make of the requirements ``sum_i v_i(o_i) >= w · least`` with
    ``v_i(k) = w · gains_i[k]``. With ``b = sum_i max v_i - w · least``, the outcome's options together cost no
    more than b, option k of issue i costing ``max v_i - v_i(k)``. Issues are settled one after the other, the
    costliest first; a partial outcome is dropped when its cost exceeds b, or a requirement is out of reach even
    with the best options of the issues to come.

    References
    ----------
    Geoffrion (1974), Lagrangean relaxation for integer programming, Mathematical Programming Study 2, 82-114
    (the bound, and fixing by it).
    """
    nothing = np.zeros((0, len(requirements.gains)), dtype=np.int64)
    weighed = _weighed(requirements)
    if weighed is None:
        return Found(nothing, False, np.ones(len(requirements.least), dtype=np.bool_))
    if weighed.budget < 0:
        return Found(nothing, True, weighed.used)
    needed = np.ones(len(requirements.least), dtype=np.bool_)
    for width in widths:
        outcomes, complete = _settle(requirements, weighed, width)
        if complete or len(outcomes):
            return Found(outcomes, complete, needed)
    return Found(nothing, False, needed)


def _weighed(requirements: Requirements) -> _Weighed | None:
    """Return the requirements under weights that leave little excess; None where the numbers are too large."""
    size = _sizes(requirements)
    whole = _whole(requirements, _dual(requirements, size) / size)
    if whole is None:
        return None
    values = [whole @ gain for gain in requirements.gains]
    return _Weighed(
        costs=tuple(value.max() - value for value in values),
        budget=sum(int(value.max()) for value in values) - int(whole @ requirements.least),
        used=whole > 0,
    )


def _sizes(requirements: Requirements) -> FloatArray:
    """Return by how much the outcomes differ in each requirement, at least 1. Shape [R]."""
    size = np.zeros(len(requirements.least))
    for gain in requirements.gains:
        size += gain.max(axis=1) - gain.min(axis=1)
    return np.maximum(size, 1.0)


def _whole(requirements: Requirements, weights: FloatArray) -> IntArray | None:
    """Return weights as integers, so large that weighted sums just fit; None where they would be too coarse."""
    total = float(weights @ np.abs(requirements.least))
    total += float(sum(weights @ np.abs(gain).max(axis=1) for gain in requirements.gains))
    if total == 0.0:
        return np.zeros(len(weights), dtype=np.int64)
    whole = np.floor(weights * 2.0 ** np.floor(np.log2(_SMALL / total) - 1.0))
    return None if whole.max() < 2.0**_FEWEST_BITS else whole.astype(np.int64)


def _dual(requirements: Requirements, size: FloatArray) -> FloatArray:
    """Return the weights of the scaled requirements with the least excess; zeros where the solver fails.

    Minimise ``w · (sum_i gains_i[0] - least) + sum_i v_i`` where ``v_i >= w · (gains_i[k] - gains_i[0])`` for
    every option k, no variable is negative, and the weights of the graded requirements add up to 1.
    """
    count, issues = len(requirements.least), len(requirements.gains)
    first = sum((gain[:, 0] for gain in requirements.gains), -requirements.least)
    more = np.concatenate([(gain[:, 1:] - gain[:, :1]).T for gain in requirements.gains]) / size  # [options, R]
    owner = np.repeat(np.arange(issues), [gain.shape[1] - 1 for gain in requirements.gains])
    option, weight = np.nonzero(more)
    graded = np.flatnonzero(requirements.graded)
    options = len(owner)
    solved = solve(
        Program(
            cost=np.concatenate([first / size, np.ones(issues)]),
            integer=np.zeros(count + issues, dtype=np.bool_),
            low=np.zeros(count + issues),
            high=np.concatenate([np.where(requirements.graded, 1.0, _HEAVIEST), np.full(issues, np.inf)]),
            rows=np.concatenate([option, np.arange(options), np.full(len(graded), options)]),
            columns=np.concatenate([weight, count + owner, graded]),
            entries=np.concatenate([-more[option, weight], np.ones(options), np.ones(len(graded))]),
            row_low=np.append(np.zeros(options), 1.0 if len(graded) else 0.0),
            row_high=np.append(np.full(options, np.inf), 1.0 if len(graded) else 0.0),
        )
    )
    return np.zeros(count) if solved.x is None else np.maximum(solved.x[:count], 0.0)


def _settle(requirements: Requirements, weighed: _Weighed, width: int) -> tuple[IntArray, bool]:
    """Return outcomes that meet the requirements, and whether none was dropped for want of width."""
    kept = [np.flatnonzero(cost <= weighed.budget) for cost in weighed.costs]
    second = [
        int(np.sort(cost[options])[1]) if len(options) > 1 else -1
        for cost, options in zip(weighed.costs, kept, strict=True)
    ]
    free = np.argsort([-cost for cost in second], kind="stable")[: sum(cost >= 0 for cost in second)]
    base = np.array([options[0] for options in kept], dtype=np.int64)
    reached = np.zeros((1, len(requirements.least)), dtype=np.int64)
    for issue in set(range(len(kept))) - set(free.tolist()):
        reached[0] += requirements.gains[issue][:, base[issue]]
    best = np.array([requirements.gains[i][:, kept[i]].max(axis=1) for i in free]).reshape(
        len(free), len(reached[0])
    )
    missing = requirements.least - (best[::-1].cumsum(axis=0)[::-1] - best)  # what has to be reached after each
    left = np.full(int((reached >= requirements.least).all()) if not len(free) else 1, weighed.budget)
    parents: list[IntArray] = [np.zeros((2, len(left)), dtype=np.int64)]
    complete = True
    for place, issue in enumerate(free):
        options = kept[issue]
        after = left[:, None] - weighed.costs[issue][options]
        total = reached[:, None, :] + requirements.gains[issue][:, options].T
        rows, picks = np.nonzero((after >= 0) & (total >= missing[place]).all(axis=2))
        after = after[rows, picks]
        reached = total[rows, picks]
        if len(after) > _CROWD:
            crowd = _thinned(requirements, free[place + 1 :], reached)
            rows, picks, after = rows[crowd], picks[crowd], after[crowd]
        if len(after) > width:
            complete = False
            chosen = np.sort(np.argpartition(-after, width)[:width])
            rows, picks, after = rows[chosen], picks[chosen], after[chosen]
        reached, left = total[rows, picks], after
        parents.append(np.stack([rows, options[picks]]))
        if not len(rows):
            break
    return _traced(parents, free, base), complete


def _thinned(requirements: Requirements, rest: IntArray, reached: IntArray) -> IntArray:
    """Return which partial outcomes can still be completed by the rest of the issues, as other weights tell.

    The weights are those with the least excess for some of the partial outcomes.
    """
    kept = np.arange(len(reached))
    gains = tuple(requirements.gains[issue] for issue in rest)
    size = _sizes(requirements)
    for number in range(_SAMPLES):
        before = len(kept)
        if before <= _CROWD:
            break
        sample = reached[kept[(2 * number + 1) * before // (2 * _SAMPLES)]]
        to_go = Requirements(gains, requirements.least - sample, requirements.graded)
        whole = _whole(requirements, _dual(to_go, size) / size)
        if whole is None:
            break
        most = sum(int((whole @ gain).max()) for gain in gains) - int(whole @ requirements.least)
        kept = kept[reached[kept] @ whole >= -most]
    return kept


def _traced(parents: Sequence[IntArray], free: IntArray, base: IntArray) -> IntArray:
    """Return the outcomes that the last partial outcomes are, each told by its parent and its last option."""
    rows = np.arange(parents[-1].shape[1])
    outcomes = np.repeat(base[None, :], len(rows), axis=0)
    for (above, options), issue in zip(parents[:0:-1], free[: len(parents) - 1][::-1], strict=True):
        outcomes[:, issue] = options[rows]
        rows = above[rows]
    return outcomes
