"""Boxes as a mixed-integer program: which of them to take so that a party's utility is largest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from winset.errors import LimitReached
from winset.model.draws import BoolArray, FloatArray, IntArray
from winset.model.issues import Clause
from winset.solve.clock import Clock
from winset.solve.milp import Program, solve
from winset.solve.rectangles import Boxes, disjoint, shared_outcome

_PROVEN = 0.01  # of a unit: how close the proven bound may come to the next whole number of units
_HALF = 0.5  # utilities are whole numbers: a floor half a unit lower leaves rounding no say


@dataclass(frozen=True, slots=True)
class BoxProgram:
    """Boxes whose gains are small whole numbers, each a variable that is 1 where the box is taken.

    Attributes
    ----------
    boxes : Boxes
    claims : tuple of Clause
        The boxes in the order of the variables; behind those of `boxes` come the ones that `below` adds.
    program : Program
        Without a cost. First a row for each party's utility, without bounds; then one for each set of pairwise
        disjoint boxes, of which at most one is taken, and one for each cover.
    """

    boxes: Boxes
    claims: tuple[Clause, ...]
    program: Program

    @classmethod
    def of(cls, boxes: Boxes) -> BoxProgram:
        """Make the program of these boxes."""
        rows = _Rows()
        for gains in boxes.gains.T:
            rows.add(range(len(gains)), gains)
        for members in cliques(disjoint(boxes.boxes, boxes.sizes)):
            rows.add(members, high=1.0)
        for cover in boxes.covers:
            rows.add(cover, low=1.0)
        return cls(boxes, boxes.boxes, rows.program(len(boxes.boxes)))

    def below(self, outcome: Sequence[int]) -> BoxProgram:
        """Return the program of those outcomes only that have a lower index than this one.

        They are, for each issue, the outcomes that agree in all issues before and have a lower option there:
        boxes of which every two are disjoint, and of which one is taken.
        """
        first = len(self.boxes.boxes)
        claims = (*self.boxes.boxes, *_below(outcome, self.boxes))
        apart = disjoint(claims, self.boxes.sizes)
        rows = _Rows()
        rows.add(range(first, len(claims)), low=1.0, high=1.0)
        for number in range(first):
            rows.add([number, *(first + np.flatnonzero(apart[number, first:]))], high=1.0)
        return BoxProgram(self.boxes, claims, rows.program(len(claims), self.program))

    def best(self, party: int | None, floor: FloatArray, clock: Clock, where: str) -> tuple[int, ...] | None:
        """Return an outcome that is best for one party among those that give every party its floor.

        Parameters
        ----------
        party : int or None
            None for any outcome that gives every party its floor.
        floor : float array, [P]
            In units; minus infinity for none.
        clock : Clock
        where : str
            How far the work has come, should it stop here.

        Returns
        -------
        tuple of int, or None
            None where the solver proved that there is no such outcome.

        Raises
        ------
        LimitReached
            When the time is up, or the solver does not prove an answer.
        """
        clock.check(where)
        program = self._asking(party, floor)
        solved = solve(program, clock.left())
        if solved.status == "infeasible":
            return None
        if solved.status != "optimal" or solved.x is None:
            clock.check(where)
            raise LimitReached(f"the solver came to no answer: {where}")
        if solved.bound < program.cost @ solved.x - 1.0 + _PROVEN:
            raise LimitReached(f"the solver did not prove its answer: {where}")
        taken = np.flatnonzero(solved.x > _HALF)
        outcome = shared_outcome((self.claims[number] for number in taken), self.boxes.sizes)
        if outcome is None:
            raise LimitReached(f"the solver's answer is no outcome: {where}")
        return outcome

    def _asking(self, party: int | None, floor: FloatArray) -> Program:
        """Return the program with this party's utility for its cost, and the floors."""
        cost, low = self.program.cost.copy(), self.program.row_low.copy()
        if party is not None:
            cost[: len(self.boxes.boxes)] = -self.boxes.gains[:, party]
        low[: len(floor)] = floor - self.boxes.constant - _HALF
        return replace(self.program, cost=cost, row_low=low)


def cliques(apart: BoolArray) -> list[list[int]]:
    """Return sets of pairwise disjoint boxes, such that every two disjoint boxes are in one together.

    Parameters
    ----------
    apart : bool array, [L, L]
        Which boxes are disjoint.

    Notes
    -----
    Greedy, for the smallest such family is hard to find: a pair that is in no set yet grows by the box which
    brings the most such pairs, then by the one which leaves the most to choose from, as long as there is one.
    """
    left = apart.copy()
    found = []
    for row in range(len(apart)):
        while left[row].any():
            members = [row, int(np.argmax(left[row]))]
            common = apart[members[0]] & apart[members[1]]
            while common.any():
                candidates = np.flatnonzero(common)
                fresh = left[members][:, candidates].sum(axis=0)
                room = apart[candidates][:, candidates].sum(axis=1)
                members.append(int(candidates[np.lexsort([-room, -fresh])[0]]))
                common &= apart[members[-1]]
            together = np.array(members)
            left[np.ix_(together, together)] = False
            found.append(sorted(members))
    return found


def _below(outcome: Sequence[int], boxes: Boxes) -> Iterator[Clause]:
    """Yield disjoint boxes that together hold the outcomes with a lower index."""
    same: list[tuple[int, tuple[int, ...]]] = []
    for issue, option in enumerate(outcome):
        lower = tuple(range(option))
        # Beside sides that are no runs, only single options surely keep the Helly property.
        apart = issue in boxes.free and issue not in boxes.runs
        for side in ((other,) for other in lower) if apart else (lower,) if lower else ():
            yield Clause((*same, (issue, side)))
        same.append((issue, (option,)))


@dataclass(slots=True)
class _Rows:
    """Rows of a program on the way."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    entries: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(
        self,
        columns: Iterable[int],
        entries: IntArray | None = None,
        low: float = -np.inf,
        high: float = np.inf,
    ) -> None:
        """Add a row; its entries are 1 where none are given."""
        columns = list(columns)
        self.rows += [len(self.low)] * len(columns)
        self.columns += columns
        self.entries += [1.0] * len(columns) if entries is None else entries.astype(np.float64).tolist()
        self.low.append(low)
        self.high.append(high)

    def program(self, count: int, before: Program | None = None) -> Program:
        """Return the program of so many variables, with these rows behind those of another."""
        rows = np.array(self.rows, dtype=np.int64)
        columns = np.array(self.columns, dtype=np.int64)
        entries, low, high = (np.array(part, dtype=np.float64) for part in (self.entries, self.low, self.high))
        if before is not None:
            rows = np.concatenate([before.rows, rows + len(before.row_low)])
            columns = np.concatenate([before.columns, columns])
            entries = np.concatenate([before.entries, entries])
            low = np.concatenate([before.row_low, low])
            high = np.concatenate([before.row_high, high])
        return Program(
            cost=np.zeros(count),
            integer=np.ones(count, dtype=np.bool_),
            low=np.zeros(count),
            high=np.ones(count),
            rows=rows,
            columns=columns,
            entries=entries,
            row_low=low,
            row_high=high,
        )
