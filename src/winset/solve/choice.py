"""The best of all outcomes by one measure or several, by mixed-integer programs, verified in integers.

The solver works in float64 and within tolerances. Asked for outcomes in a slab hardly wider than these, it may
say that there are none where there are. Rows are therefore wider than what they ask; every outcome that the
solver returns is looked at again in exact arithmetic, and one that fails is cut off before the solver is asked
again. Where it can be, the claim that no other outcome is as good rests on the bound of a value, not on an
empty slab.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from winset.model.draws import FloatArray, IntArray
from winset.model.tolerances import PROGRAM_MARGIN, PROGRAM_TOLERANCE
from winset.solve.encode import Encoding, Row, Variable
from winset.solve.milp import Solved, solve

_RETRIES = 50  # outcomes that are cut off, one after the other, before a question is given up
_ROUNDS = 30  # outcomes that are left out, one after the other, before a proof is given up
_PLACES = 2**20  # outcome indices are compared in digits up to this, which the program's tolerances tell apart

Exact = Callable[[IntArray], Fraction]
"""The value of an outcome, given every party's utility in multiples of the grid, [P]."""

Test = Callable[[IntArray], bool]
"""Whether an outcome, given every party's utility in multiples of the grid, [P], is among those looked for."""


@dataclass(frozen=True, slots=True)
class Linear:
    """``entries @ x[columns] + constant``."""

    columns: IntArray
    entries: FloatArray
    constant: float = 0.0

    def at_least(self, least: float) -> Row:
        """Return the row that this is no less than something, widened by `PROGRAM_MARGIN`."""
        return Row(self.columns, self.entries, low=least - self.constant - PROGRAM_MARGIN)

    @classmethod
    def sum(cls, parts: Sequence[Linear]) -> Linear:
        """Return the sum."""
        columns = np.concatenate([np.zeros(0, dtype=np.int64), *(part.columns for part in parts)])
        entries = np.concatenate([np.zeros(0), *(part.entries for part in parts)])
        return cls(columns, entries, sum(part.constant for part in parts))


@dataclass(frozen=True, slots=True)
class Measure:
    """A party's utility as ``(utility - offset) / unit``, exact: its gain, or its share of its best gain."""

    party: int
    offset: int
    unit: int

    def exact(self, utilities: IntArray) -> Fraction:
        """Return the measure, given every party's utility in multiples of the grid, [P]."""
        return Fraction(int(utilities[self.party]) - self.offset, self.unit)

    def linear(self, encoding: Encoding) -> Linear:
        """Return the measure in the encoding's variables."""
        columns, coefficients, constant = encoding.utility(self.party)
        factor = 1.0 / (self.unit * encoding.scale)
        return Linear(columns, coefficients * factor, (constant - self.offset * encoding.scale) * factor)


@dataclass(frozen=True, slots=True)
class Best:
    """The outcome in which a row's value is greatest.

    Attributes
    ----------
    outcome : int array, [I], or None
        None where there is none, or none was found.
    bound : float
        No outcome's value is greater; minus infinity where there is no outcome, as far as the solver can tell.
    """

    outcome: IntArray | None
    bound: float

    @property
    def nothing(self) -> bool:
        """Whether the solver proved that there is no such outcome."""
        return self.outcome is None and self.bound == -np.inf


@dataclass(frozen=True, slots=True)
class Among:
    """The outcomes among which to choose.

    Attributes
    ----------
    encoding : Encoding
    deadline : float or None
        By `time.monotonic`.
    rows : tuple of Row
        What they satisfy, widened by `PROGRAM_MARGIN`.
    variables : tuple of Variable
        Those that the rows use besides the encoding's.
    tests : tuple of Test
        What they satisfy, exactly.
    """

    encoding: Encoding
    deadline: float | None = None
    rows: tuple[Row, ...] = ()
    variables: tuple[Variable, ...] = ()
    tests: tuple[Test, ...] = ()

    @property
    def free(self) -> int:
        """Column of the next variable."""
        return self.encoding.size + len(self.variables)

    def where(
        self, rows: Sequence[Row], variables: Sequence[Variable] = (), tests: Sequence[Test] = ()
    ) -> Among:
        """Return those outcomes that satisfy more."""
        return replace(
            self,
            rows=(*self.rows, *rows),
            variables=(*self.variables, *variables),
            tests=(*self.tests, *tests),
        )

    def utilities(self, outcome: IntArray) -> IntArray:
        """Return every party's utility, in multiples of the grid. Shape [P]."""
        return self.encoding.model.utilities(outcome)

    def has(self, outcome: IntArray) -> bool:
        """Whether the outcome is among them: exact."""
        utilities = self.utilities(outcome)
        return not self.encoding.model.forbids(outcome) and all(test(utilities) for test in self.tests)

    def best(self, value: Linear, without: Sequence[IntArray] = ()) -> Best:
        """Return the outcome in which the value is greatest, of all outcomes but a few."""
        cost = Row(value.columns, -value.entries)
        rows = [*self.rows, *(self.encoding.without(outcome) for outcome in without)]
        for _ in range(_RETRIES):
            found = self._solve(cost, rows)
            bound = value.constant - found.bound
            if found.x is None:
                return Best(None, bound)
            outcome = self.encoding.outcome(found.x)
            if self.has(outcome):
                return Best(outcome, bound)
            rows.append(self.encoding.without(outcome))
        return Best(None, np.inf)

    def _solve(self, cost: Row, rows: Sequence[Row]) -> Solved:
        """Hand the question to the solver, with the time that is left."""
        left = None if self.deadline is None else self.deadline - time.monotonic()
        return solve(self.encoding.program(cost, rows, self.variables), left)


@dataclass(frozen=True, slots=True)
class Peak:
    """The outcome with the greatest value of those that were looked at.

    Attributes
    ----------
    outcome : int array, [I], or None
        None where none was found.
    value : Fraction
        Its value, exact.
    bound : float
        No outcome's value is greater; minus infinity where there is no outcome, as far as the solver can tell.
    proven : bool
        Whether the bound meets the value.
    alone : bool
        Whether the solver proved that there is no other outcome.
    """

    outcome: IntArray | None
    value: Fraction
    bound: float
    proven: bool
    alone: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the solver proved that there is no such outcome."""
        return self.outcome is None and self.bound == -np.inf


def peak(
    among: Among, value: Linear, exact: Exact, slack: float = 0.0, outcome: IntArray | None = None
) -> Peak:
    """Return the outcome with the greatest value.

    Variables that are whole but for the solver's tolerance can lift the bound above what any outcome
    attains. As long as the bound does not meet the value, the outcome is left out and the solver asked again.

    Parameters
    ----------
    among : Among
    value : Linear
    exact : Exact
        The value of an outcome, given every party's utility.
    slack : float
        How much the bound may exceed the value, besides `PROGRAM_TOLERANCE`.
    outcome : int array, [I], optional
        An outcome that is known and need not be found.
    """
    seen = [] if outcome is None else [outcome]
    values = [exact(among.utilities(one)) for one in seen]
    for _ in range(_ROUNDS):
        best = among.best(value, seen)
        meets = bool(values) and best.bound <= float(max(values)) + slack + PROGRAM_TOLERANCE
        if best.outcome is not None:
            seen.append(best.outcome)
            values.append(exact(among.utilities(best.outcome)))
            meets = best.bound <= float(max(values)) + slack + PROGRAM_TOLERANCE
        if meets or best.outcome is None:
            bound = max([best.bound, *(float(known) for known in values)])
            alone = best.nothing and len(seen) == 1
            return Peak(*_greatest(seen, values), bound, meets, alone)
    return Peak(*_greatest(seen, values), np.inf, False)


def _greatest(seen: Sequence[IntArray], values: Sequence[Fraction]) -> tuple[IntArray | None, Fraction]:
    """Return the first outcome with the greatest value, and the value."""
    if not seen:
        return None, Fraction(0)
    number = values.index(max(values))
    return seen[number], values[number]


@dataclass(frozen=True, slots=True)
class Settled:
    """An outcome of the best, and whether it is proven to be the one that ties go to."""

    outcome: IntArray
    proven: bool


def lowest(measures: Sequence[Measure], utilities: IntArray) -> list[Fraction]:
    """Return the measures of an outcome in ascending order."""
    return sorted(measure.exact(utilities) for measure in measures)


def sum_of_lowest(among: Among, measures: Sequence[Measure], count: int) -> tuple[Among, Linear]:
    """Return the sum of the `count` lowest measures, to be maximised, and `among` with the variables for it.

    The sum of the k lowest of y is the greatest ``k t - sum d`` with ``d >= 0`` and ``d >= t - y``
    (Ogryczak and Tamir 2003).
    """
    parts = [measure.linear(among.encoding) for measure in measures]
    if count == len(parts):
        return among, Linear.sum(parts)
    level = among.free
    below = level + 1 + np.arange(len(parts) if count > 1 else 0)
    rows = []
    for number, part in enumerate(parts):
        columns = np.concatenate([part.columns, [level], below[number : number + 1]])
        entries = np.concatenate([part.entries, [-1.0], np.ones(len(below[number : number + 1]))])
        rows.append(Row(columns.astype(np.int64), entries, low=-part.constant))
    extended = among.where(rows, [Variable(low=-np.inf), *[Variable()] * len(below)])
    entries = np.concatenate([[float(count)], -np.ones(len(below))])
    return extended, Linear(np.append(level, below), entries)


def settle(
    among: Among, measures: Sequence[Measure], tolerance: Fraction, outcome: IntArray, fixed: int = 0
) -> Settled:
    """Return the leximin of the measures, and of outcomes that tie the one of the lowest index.

    Parameters
    ----------
    among : Among
    measures : sequence of Measure
    tolerance : Fraction
        Measures that differ by no more are tied.
    outcome : int array, [I]
        One of them.
    fixed : int
        How many of the lowest measures are the same in all of them.
    """
    targets = lowest(measures, among.utilities(outcome))[:fixed]
    for count in range(fixed + 1, len(measures) + 1):
        extended, value = sum_of_lowest(among, measures, count)
        found = peak(extended, value, _lowest_sum(measures, count), count * float(tolerance), outcome)
        if found.outcome is None or found.alone or not found.proven:
            return Settled(outcome, found.alone)
        outcome = found.outcome
        targets.append(lowest(measures, among.utilities(outcome))[count - 1])
        among = keeping(extended, value, (measures, targets), tolerance)
    return _first(among, outcome)


def _lowest_sum(measures: Sequence[Measure], count: int) -> Exact:
    """Return the sum of the `count` lowest measures as a function of an outcome's utilities."""
    return lambda utilities: sum(lowest(measures, utilities)[:count], Fraction(0))


def keeping(
    among: Among, value: Linear, reached: tuple[Sequence[Measure], Sequence[Fraction]], tolerance: Fraction
) -> Among:
    """Return the outcomes whose lowest measures, which add up to the value, reach the targets.

    But for the tolerance, each of them.
    """
    measures, targets = reached
    place, least = len(targets) - 1, targets[-1] - tolerance
    row = value.at_least(float(sum(targets)) - len(targets) * float(tolerance))
    return among.where([row], tests=[lambda utilities: lowest(measures, utilities)[place] >= least])


def _first(among: Among, outcome: IntArray) -> Settled:
    """Return the outcome of the lowest index, given one of them: digit by digit, several issues a digit."""
    encoding = among.encoding
    if among.best(Linear(encoding.starts[:1], np.zeros(1)), [outcome]).nothing:
        return Settled(outcome, True)
    sizes = encoding.model.sizes
    start = 0
    while start < len(sizes):
        stop, places = start, 1
        while stop < len(sizes) and (stop == start or places * sizes[stop] <= _PLACES):
            places *= sizes[stop]
            stop += 1
        columns, entries = [], []
        for issue in range(start, stop):
            places //= sizes[issue]
            columns.append(encoding.options(issue, range(sizes[issue])))
            entries.append(-float(places) * np.arange(sizes[issue]))
        best = among.best(Linear(np.concatenate(columns), np.concatenate(entries)))
        if best.outcome is None:
            return Settled(outcome, False)
        outcome = best.outcome
        if -best.bound <= float(sum(-e[o] for e, o in zip(entries, outcome[start:stop], strict=True))) - 0.5:
            return Settled(outcome, False)
        among = among.where(
            [Row(encoding.starts[i : i + 1] + outcome[i], np.ones(1), low=1.0) for i in range(start, stop)]
        )
        start = stop
    return Settled(outcome, True)
