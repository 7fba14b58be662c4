"""The Pareto frontier of two parties by a sequence of mixed-integer programs.

The first party's best outcome is sought among those that give the second more than the last one found does,
until none gives it more: the epsilon-constraint method (Haimes, Lasdon and Wismer 1971) in steps of one unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from winset.errors import LimitReached
from winset.model.draws import FloatArray, IntArray
from winset.model.issues import Outcome
from winset.solve.boxprogram import BoxProgram
from winset.solve.clock import Clock
from winset.solve.dominance import undominated
from winset.solve.elimination import Frontier
from winset.solve.grid import GridModel
from winset.solve.packing import Packing
from winset.solve.rectangles import boxes_of
from winset.solve.units import Units, in_units

_NONE: FloatArray = np.full(2, -np.inf)  # no floor for either party


@dataclass(frozen=True, slots=True)
class Sweep:
    """A frontier found by a sweep.

    Attributes
    ----------
    frontier : Frontier
        Outcomes with their exact utilities in grid steps, none of which dominates another.
    exact : bool
        Whether it is the whole frontier, utilities counted in units.
    gap : int64 array, [P]
        Grid steps. Every outcome that the model allows exceeds one of the frontier by this at most, for every
        party at once; where `exact`, no more than rounding to the grid.
    reasons : tuple of str
        The limits that were reached, in words.
    boxes, free : int
        Number of boxes, and of issues whose options needed none.
    programs : int
        Number of programs solved.
    """

    frontier: Frontier
    exact: bool
    gap: IntArray
    reasons: tuple[str, ...]
    boxes: int
    free: int
    programs: int


def sweep(model: GridModel, clock: Clock | None = None) -> Sweep:
    """Return the Pareto frontier of two parties.

    Parameters
    ----------
    model : GridModel
        Of two parties.
    clock : Clock, optional
        How much time there is.

    Raises
    ------
    LimitReached
        When the time is up, or the solver does not prove an answer, before the first point is found. Later the
        points found so far are returned: nothing exceeds the last of them by more than what the second party
        lacks there to its largest utility of all.
    ValueError
        When there are not two parties.

    Notes
    -----
    In units all utilities are whole numbers. With b the second party's utility at the last point, every
    outcome not looked at yet that could be undominated gives it at least b + 1. Of these, the largest a' for
    the first party, and then the largest b' for the second among those that give the first a', is the next
    point: what dominated it would have been found instead. At the end the second party has its largest utility
    of all, which is found beforehand. Every program is solved to proven optimality, and every outcome's
    utilities are counted again in integers. Of the outcomes with these utilities the one with the lowest index
    is reached by asking for a lower one until there is none.
    """
    if model.parties != 2:
        raise ValueError(f"a sweep is for two parties, not {model.parties}")
    units = in_units(model)
    search = _Search(BoxProgram.of(boxes_of(units.model)), units, clock or Clock())
    points, lacking = search.points()
    outcomes = np.array(points, dtype=np.int64).reshape(-1, len(model.sizes))
    utilities = np.array([model.utilities(row) for row in outcomes], dtype=np.int64).reshape(-1, 2)
    if not units.exact:
        packing = Packing(model.sizes)
        rows = undominated(utilities, lambda rows: packing.pack(outcomes[rows]))
        outcomes, utilities = outcomes[rows], utilities[rows]
    boxes = search.program.boxes
    return Sweep(
        frontier=Frontier.ordered(outcomes, utilities),
        exact=units.exact and not search.reasons,
        gap=units.gap + np.array([0, np.ceil(lacking * units.unit[1])], dtype=np.int64),
        reasons=search.reasons,
        boxes=len(boxes.boxes),
        free=len(boxes.free),
        programs=search.solved,
    )


@dataclass(slots=True)
class _Search:
    """The sweep under way."""

    program: BoxProgram
    units: Units
    clock: Clock
    found: int = 0
    solved: int = 0
    reasons: tuple[str, ...] = ()

    def points(self) -> tuple[list[Outcome], int]:
        """Return an outcome for every point, and the units that the second party lacks at the last."""
        outcomes: list[Outcome] = []
        top = self._best(self.program, 1, _NONE)
        if top is None:
            return outcomes, 0
        floor, most = _NONE, int(self._count(top)[1])
        while floor[1] <= most:
            try:
                outcomes.append(self._next(floor))
            except LimitReached as reached:
                if not outcomes:
                    raise
                self.reasons = (str(reached),)
                break
            self.found += 1
            floor = np.array([-np.inf, self._count(outcomes[-1])[1] + 1.0])
        return outcomes, most - int(self._count(outcomes[-1])[1])

    def _next(self, floor: FloatArray) -> Outcome:
        """Return the point with the largest utility of the first party above the floor."""
        first = self._surely(self._best(self.program, 0, floor))
        largest = self._count(first)[0]
        outcome = self._surely(self._best(self.program, 1, np.array([largest, floor[1]])))
        point = self._count(outcome)
        if point[0] != largest:
            raise LimitReached(f"the solver's answers contradict each other: {self._where()}")
        if not self.units.exact:
            return outcome
        lower: Outcome | None = outcome
        while lower is not None:
            outcome = lower
            lower = self._best(self.program.below(outcome), None, point.astype(np.float64))
        return outcome

    def _best(self, program: BoxProgram, party: int | None, floor: FloatArray) -> Outcome | None:
        """Return what the program finds, verified in integers."""
        self.solved += 1
        outcome = program.best(party, floor, self.clock, self._where())
        if outcome is not None and (self.units.model.forbids(outcome) or (self._count(outcome) < floor).any()):
            raise LimitReached(f"the solver's answer is wrong: {self._where()}")
        return outcome

    def _surely(self, outcome: Outcome | None) -> Outcome:
        """Return an outcome that there has to be, for an earlier program had one."""
        if outcome is None:
            raise LimitReached(f"the solver's answers contradict each other: {self._where()}")
        return outcome

    def _count(self, outcome: Outcome) -> IntArray:
        """Return the outcome's utilities in units."""
        return self.units.model.utilities(outcome)

    def _where(self) -> str:
        """How far the sweep has come."""
        return f"the sweep of the frontier stands at {self.found} points"
