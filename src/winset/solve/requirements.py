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
    """Requirements r: ``sum over issues i of gains[r, starts[i] + outcome[i]] >= least[r]``, in integers.

    Attributes
    ----------
    starts : int64 array, [I]
        Column of each issue's first option; its further options follow.
    gains : int64 array, [R, C]
        By requirement and column, one column for each option of each issue.
    least : int64 array, [R]
    graded : bool array, [R]
        Which requirements are of degree, as a utility is; the others (clauses) hold or do not.
    """

    starts: IntArray
    gains: IntArray
    least: IntArray
    graded: BoolArray

    @classmethod
    def one(cls, gains: Sequence[IntArray], least: int, *, graded: bool) -> Requirements:
        """Return one requirement, given gains by issue and option, in the largest unit that they have."""
        sizes = np.array([len(gain) for gain in gains], dtype=np.int64)
        row = np.concatenate(gains).astype(np.int64)
        unit = max(1, int(np.gcd.reduce(row)))
        asked = np.array([-(-least // unit)], dtype=np.int64)
        return cls(np.cumsum(sizes) - sizes, row[None, :] // unit, asked, np.array([graded]))

    @classmethod
    def all(cls, sizes: Sequence[int], parts: Sequence[Requirements]) -> Requirements:
        """Return all requirements of several in one, on issues of the given numbers of options."""
        return cls(
            np.cumsum(sizes) - np.array(sizes, dtype=np.int64),
            np.concatenate([np.zeros((0, sum(sizes)), dtype=np.int64), *(part.gains for part in parts)]),
            np.concatenate([np.zeros(0, dtype=np.int64), *(part.least for part in parts)]),
            np.concatenate([np.zeros(0, dtype=np.bool_), *(part.graded for part in parts)]),
        )

    @property
    def sizes(self) -> IntArray:
        """Number of options of each issue. Shape [I]."""
        return np.diff(self.starts, append=self.gains.shape[1])

    def take(self, rows: Sequence[int]) -> Requirements:
        """Return some of the requirements."""
        places = np.array(rows, dtype=np.int64)
        return Requirements(self.starts, self.gains[places], self.least[places], self.graded[places])

    def joined(self, other: Requirements) -> Requirements:
        """Return these requirements and then the others."""
        return Requirements.all(self.sizes.tolist(), [self, other])

    def rest(self, issues: IntArray, reached: IntArray) -> Requirements:
        """Return what the given issues have to attain where the others attain so much. Both are arrays, [R]."""
        sizes = self.sizes[issues]
        columns = [
            np.arange(start, start + size) for start, size in zip(self.starts[issues], sizes, strict=True)
        ]
        gains = self.gains[:, np.concatenate([np.zeros(0, dtype=np.int64), *columns])]
        return Requirements(np.cumsum(sizes) - sizes, gains, self.least - reached, self.graded)

    def values(self, outcomes: IntArray) -> IntArray:
        """Return what each outcome, [N, I], attains of each requirement. Shape [N, R]."""
        attained: IntArray = self.gains[:, self.starts + outcomes].sum(axis=2).T
        return attained


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
    """Requirements under weights, in integers: what each option costs, [C], and what all may cost together."""

    costs: IntArray
    budget: int
    used: BoolArray


def utility_requirement(model: GridModel, party: int, least: int) -> Requirements:
    """Return the requirement that a party of a model without interactions gets at least so much."""
    gains = [term[:, party] for term in model.terms]
    return Requirements.one(gains, least - int(model.constant[party]), graded=True)


def clause_requirement(model: GridModel, clause: Clause) -> Requirements:
    """Return the requirement that an outcome does not match the clause."""
    gains = [np.zeros(size, dtype=np.int64) for size in model.sizes]
    for issue, options in clause.terms:
        gains[issue][list(options)] = -1
    return Requirements.one(gains, 1 - len(clause.terms), graded=False)


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
    nothing = np.zeros((0, len(requirements.starts)), dtype=np.int64)
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
    whole = _weights(requirements)
    if whole is None:
        return None
    values = whole @ requirements.gains
    best = np.maximum.reduceat(values, requirements.starts)
    return _Weighed(
        costs=np.repeat(best, requirements.sizes) - values,
        budget=int(best.sum()) - int(whole @ requirements.least),
        used=whole > 0,
    )


def _weights(requirements: Requirements, spread: IntArray | int = 0) -> IntArray | None:
    """Return weights with little excess, so large that weighted sums just fit; None where they are too coarse.

    The spread, [R], is the size of what else is weighted.
    """
    most = np.maximum.reduceat(requirements.gains, requirements.starts, axis=1)
    size = (most - np.minimum.reduceat(requirements.gains, requirements.starts, axis=1)).sum(axis=1)
    unit = np.maximum(size.astype(np.float64), 1.0)
    weights = _dual(requirements, unit) / unit
    largest = np.maximum.reduceat(np.abs(requirements.gains), requirements.starts, axis=1).sum(axis=1)
    total = float(weights @ (largest + np.abs(requirements.least) + spread))
    if total == 0.0:
        return np.zeros(len(weights), dtype=np.int64)
    whole = np.floor(weights * 2.0 ** np.floor(np.log2(_SMALL / total) - 1.0))
    return None if whole.max() < 2.0**_FEWEST_BITS else whole.astype(np.int64)


def _dual(requirements: Requirements, unit: FloatArray) -> FloatArray:
    """Return the weights of the requirements, in units, with the least excess; zeros where the solver fails.

    Minimise ``w · (sum_i gains_i[0] - least) + sum_i v_i`` where ``v_i >= w · (gains_i[k] - gains_i[0])`` for
    every option k, no variable is negative, and the weights of the graded requirements add up to 1.
    """
    count, issues = len(requirements.least), len(requirements.starts)
    first = requirements.gains[:, requirements.starts]
    more = (requirements.gains - np.repeat(first, requirements.sizes, axis=1)) / unit[:, None]
    option, weight = np.nonzero(more.T)
    graded = np.flatnonzero(requirements.graded)
    options = more.shape[1]
    owner = np.repeat(np.arange(issues), requirements.sizes)
    further = np.flatnonzero(np.isin(np.arange(options), requirements.starts, invert=True))
    solved = solve(
        Program(
            cost=np.concatenate([(first.sum(axis=1) - requirements.least) / unit, np.ones(issues)]),
            integer=np.zeros(count + issues, dtype=np.bool_),
            low=np.zeros(count + issues),
            high=np.concatenate([np.where(requirements.graded, 1.0, _HEAVIEST), np.full(issues, np.inf)]),
            rows=np.concatenate([option, further, np.full(len(graded), options)]),
            columns=np.concatenate([weight, count + owner[further], graded]),
            entries=np.concatenate([-more[weight, option], np.ones(len(further) + len(graded))]),
            row_low=np.append(np.zeros(options), 1.0 if len(graded) else 0.0),
            row_high=np.append(np.full(options, np.inf), 1.0 if len(graded) else 0.0),
        )
    )
    return np.zeros(count) if solved.x is None else np.maximum(solved.x[:count], 0.0)


def _settle(requirements: Requirements, weighed: _Weighed, width: int) -> tuple[IntArray, bool]:
    """Return outcomes that meet the requirements, and whether none was dropped for want of width."""
    starts, gains = requirements.starts, requirements.gains.T  # [C, R]
    affordable = weighed.costs <= weighed.budget
    count = np.add.reduceat(affordable.astype(np.int64), starts)
    dearest = np.minimum.reduceat(np.where(affordable & (weighed.costs > 0), -weighed.costs, 1), starts)
    kept = np.split(np.flatnonzero(affordable), np.cumsum(count)[:-1])  # columns, by issue
    free = np.argsort(dearest, kind="stable")
    free = free[count[free] > 1]
    base = np.array([columns[0] for columns in kept], dtype=np.int64) - starts
    reached = gains[(starts + base)[count == 1]].sum(axis=0)[None, :]
    best = np.array([gains[kept[i]].max(axis=0) for i in free]).reshape(len(free), len(reached[0]))
    missing = requirements.least - (best[::-1].cumsum(axis=0)[::-1] - best)  # what has to be reached after each
    left = np.full(int(len(free) > 0 or (reached >= requirements.least).all()), weighed.budget)
    parents: list[IntArray] = [np.zeros((2, len(left)), dtype=np.int64)]
    complete = True
    for place, issue in enumerate(free):
        columns = kept[issue]
        after = left[:, None] - weighed.costs[columns]
        total = reached[:, None, :] + gains[columns]
        rows, picks = np.nonzero((after >= 0) & (total >= missing[place]).all(axis=2))
        after, reached = after[rows, picks], total[rows, picks]
        if len(rows) > min(width, _CROWD):
            chosen = _thinned(requirements, free[place + 1 :], reached)
            if len(chosen) > width:
                complete = False
                chosen = chosen[np.sort(np.argpartition(-after[chosen], width)[:width])]
            rows, picks, after, reached = rows[chosen], picks[chosen], after[chosen], reached[chosen]
        left = after
        parents.append(np.stack([rows, columns[picks] - starts[issue]]))
        if not len(rows):
            break
    return _traced(parents, free, base), complete


def _thinned(requirements: Requirements, rest: IntArray, reached: IntArray) -> IntArray:
    """Return which partial outcomes can still be completed by the rest of the issues, as other weights tell.

    The weights are those with the least excess for some of the partial outcomes.
    """
    kept = np.arange(len(reached))
    for number in range(_SAMPLES if len(rest) else 0):
        before = len(kept)
        if before <= _CROWD:
            break
        sample = reached[kept[(2 * number + 1) * before // (2 * _SAMPLES)]]
        to_go = requirements.rest(rest, sample)
        ahead = reached[kept] - sample
        whole = _weights(to_go, np.abs(ahead).max(axis=0))
        if whole is None:
            break
        most = int(np.maximum.reduceat(whole @ to_go.gains, to_go.starts).sum())
        kept = kept[ahead @ whole >= int(whole @ to_go.least) - most]
    return kept


def _traced(parents: Sequence[IntArray], free: IntArray, base: IntArray) -> IntArray:
    """Return the outcomes that the last partial outcomes are, each told by its parent and its last option."""
    rows = np.arange(parents[-1].shape[1])
    outcomes = np.repeat(base[None, :], len(rows), axis=0)
    for (above, options), issue in zip(parents[:0:-1], free[: len(parents) - 1][::-1], strict=True):
        outcomes[:, issue] = options[rows]
        rows = above[rows]
    return outcomes
