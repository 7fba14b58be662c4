"""Bargaining solutions without the frontier: of any number of parties, on a space of any size.

Each solution is the outcome of the zone in which something is greatest, and is found by mixed-integer programs
over the encoding of `winset.solve.encode`:

- utilitarian: the sum of utilities, one program;
- egalitarian: the least gain, then the sum of the two least gains, and so on, which is the leximin;
- Kalai–Smorodinsky: each party's best gain, one program each; then as before, of the shares of these;
- Nash: the sum of logarithms of the shares, each bounded from above by tangents. The tangents at every outcome
  that is found are added until no outcome can be better than the best that was found.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from winset.findings.base import Status
from winset.model.draws import FloatArray, IntArray
from winset.model.tolerances import GRID, PROGRAM_TOLERANCE, UTILITY_TOLERANCE
from winset.solve.choice import (
    Among,
    Linear,
    Measure,
    Peak,
    Settled,
    Test,
    keeping,
    lowest,
    peak,
    settle,
    sum_of_lowest,
)
from winset.solve.encode import Row, Variable, encode
from winset.solve.grid import GridModel

_TIE = int(UTILITY_TOLERANCE / GRID)  # in multiples of the grid
_ROUNDS = 200  # programs for Nash's solution before it is given up
_RATIO = 1.25  # between the shares at which the first tangents touch: the logarithm is met within 0.7 %
_LEAST_SHARE = 1e-6  # below which tangents are steeper than the program's tolerances bear


@dataclass(frozen=True, slots=True)
class Direct:
    """One bargaining solution.

    Attributes
    ----------
    status : Status
        ``exact``: no outcome's value is better by more than `PROGRAM_TOLERANCE` (times the widest span of a
        utility; of Nash's product and of shares: relative), and ties are settled. ``bounded``: the time was up;
        no outcome's value exceeds `bound`. ``unknown``: nothing was found.
    outcome : int array, [I], or None
    utilities : int64 array, [P], or None
        Of the outcome, in multiples of the grid; exact.
    value, bound : float
        What the solution maximises, in utilities or shares, at the outcome, and what it is nowhere more than.
    reason : str or None
        Why the status is not better.
    """

    status: Status
    outcome: IntArray | None = None
    utilities: IntArray | None = None
    value: float = -math.inf
    bound: float = math.inf
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DirectSolutions:
    """The bargaining solutions; `empty` says that the solver proved that there is no outcome in the zone."""

    empty: bool
    nash: Direct
    kalai_smorodinsky: Direct
    egalitarian: Direct
    utilitarian: Direct

    def named(self) -> dict[str, Direct]:
        """Return them by name."""
        return {
            "nash": self.nash,
            "kalai_smorodinsky": self.kalai_smorodinsky,
            "egalitarian": self.egalitarian,
            "utilitarian": self.utilitarian,
        }


@dataclass(frozen=True, slots=True)
class Table:
    """Who bargains over what.

    Attributes
    ----------
    model : GridModel
        With what is not admissible among its forbidden clauses.
    reservation : int64 array, [P]
        Reservation values in multiples of the grid.
    counted : tuple of int
        Parties that the solutions take into account.
    needed : tuple of int
        Parties that must get at least their reservation value but for `UTILITY_TOLERANCE`.
    """

    model: GridModel
    reservation: IntArray
    counted: tuple[int, ...]
    needed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Clock:
    """Seconds, shared out among steps."""

    deadline: float | None

    def give(self, among: Among, steps: int) -> Among:
        """Return `among` with an equal share of what is left when this many steps are still to come."""
        if self.deadline is None:
            return among
        now = time.monotonic()
        return replace(among, deadline=now + (self.deadline - now) / steps)


def direct_solutions(table: Table, seconds: float | None = None) -> DirectSolutions:
    """Return the Nash, Kalai–Smorodinsky, egalitarian and utilitarian solutions of the zone.

    Parameters
    ----------
    table : Table
    seconds : float, optional
        Wall clock for all of them together.

    Returns
    -------
    DirectSolutions
        The same as `winset.analysis.solutions.solve` picks on the frontier's points in the zone, with the same
        ties; where solutions tie among parties that are not counted, the lowest outcome index.

    References
    ----------
    Ogryczak and Tamir (2003), Minimizing the sum of the k largest functions in linear time, Information
    Processing Letters 85(3), 117-122 (leximin). Duran and Grossmann (1986), An outer-approximation algorithm
    for a class of mixed-integer nonlinear programs, Mathematical Programming 36(3), 307-339 (Nash).
    """
    clock = _Clock(None if seconds is None else time.monotonic() + seconds)
    zone = _zone(table)
    gains = [Measure(p, int(table.reservation[p]), _unit(zone)) for p in table.counted]
    utilitarian = _utilitarian(clock.give(zone, 4), gains)
    if utilitarian.status is Status.EXACT and utilitarian.outcome is None:
        if _surely_empty(clock.give(zone, 1), table):
            return DirectSolutions(True, utilitarian, utilitarian, utilitarian, utilitarian)
        unknown = Direct(Status.UNKNOWN, reason="the zone seems empty, which a second program did not confirm")
        return DirectSolutions(False, unknown, unknown, unknown, unknown)
    egalitarian = _leximin(clock.give(zone, 3), gains, Fraction(_TIE, _unit(zone)), _unit(zone) * GRID)
    shares = _shares(clock.give(zone, 3), gains)
    if isinstance(shares, str):
        unknown = Direct(Status.UNKNOWN, reason=shares)
        return DirectSolutions(False, unknown, unknown, egalitarian, utilitarian)
    fair = _leximin(clock.give(zone, 2), shares, Fraction(UTILITY_TOLERANCE), 1.0)
    nash = _nash(clock.give(zone, 1), shares, fair)
    return DirectSolutions(False, nash, fair, egalitarian, utilitarian)


def _zone(table: Table) -> Among:
    """Return the outcomes that give every needed party at least its reservation value."""
    zone = Among(encode(table.model))
    for party in table.needed:
        gain = Measure(party, int(table.reservation[party]), _unit(zone))
        least = Fraction(-_TIE, gain.unit)
        row = gain.linear(zone.encoding).at_least(float(least))
        zone = zone.where([row], tests=[_reaches(gain, least)])
    return zone


def _surely_empty(zone: Among, table: Table) -> bool:
    """Whether the least gain of the needed parties is negative in every admissible outcome.

    A second way to prove that the zone is empty, which rests on a bound.
    """
    admissible = replace(zone, rows=(), tests=())
    gains = [Measure(party, int(table.reservation[party]), _unit(zone)) for party in table.needed]
    if not gains:
        return admissible.best(Linear.sum([])).nothing
    extended, value = sum_of_lowest(admissible, gains, 1)
    return extended.best(value).bound < -_TIE / _unit(zone)


def _reaches(measure: Measure, least: Fraction) -> Test:
    """Return the test that a measure is no less than something."""
    return lambda utilities: measure.exact(utilities) >= least


def _unit(among: Among) -> int:
    """Return how many multiples of the grid are the program's unit of utility."""
    return round(1.0 / among.encoding.scale)


def _utilitarian(among: Among, gains: Sequence[Measure]) -> Direct:
    """Return the outcome with the greatest sum; ties by the leximin of gains."""
    value = Linear.sum([gain.linear(among.encoding) for gain in gains])
    unit = _unit(among)

    def attained(utilities: IntArray) -> Fraction:
        return sum((gain.exact(utilities) for gain in gains), Fraction(0))

    best = peak(among, value, attained, len(gains) * PROGRAM_TOLERANCE)
    if best.outcome is None:
        return _none(best)
    least = best.value - Fraction(_TIE, unit)
    offset = sum(gain.offset for gain in gains)
    figures = (float(best.value * unit + offset) * GRID, (best.bound * unit + offset) * GRID)
    if not best.proven:
        return _answer(among, Settled(best.outcome, True), figures)
    if among.best(value, [best.outcome]).bound < float(least):
        return _answer(among, Settled(best.outcome, True), figures, proven=True)
    tied = among.where([value.at_least(float(least))], tests=[lambda utilities: attained(utilities) >= least])
    return _answer(among, settle(tied, gains, Fraction(_TIE, unit), best.outcome), figures, proven=True)


def _leximin(among: Among, measures: Sequence[Measure], tie: Fraction, size: float) -> Direct:
    """Return the leximin of the measures; `size` is the measures' unit, for the answer."""
    extended, value = sum_of_lowest(among, measures, 1) if measures else (among, Linear.sum([]))
    best = peak(extended, value, lambda utilities: sum(lowest(measures, utilities)[:1], Fraction(0)))
    if best.outcome is None:
        return _none(best)
    if not measures:
        return _answer(among, settle(among, (), tie, best.outcome), (0.0, 0.0), proven=True)
    least = best.value
    figures = (float(least) * size, best.bound * size)
    if not best.proven:
        return _answer(among, Settled(best.outcome, True), figures)
    if extended.best(value, [best.outcome]).bound < float(least - tie):
        return _answer(among, Settled(best.outcome, True), figures, proven=True)
    tied = keeping(extended, value, (measures, [least]), tie)
    return _answer(among, settle(tied, measures, tie, best.outcome, fixed=1), figures, proven=True)


def _shares(among: Among, gains: Sequence[Measure]) -> tuple[Measure, ...] | str:
    """Return the shares of the best gains of those who can gain, or why they are not known."""
    shares = []
    for gain in gains:
        best = peak(among, gain.linear(among.encoding), gain.exact)
        if best.outcome is None:
            return "a party's best gain in the zone was not found"
        if not best.proven:
            return "a party's best gain in the zone was not proven"
        if best.value * gain.unit > _TIE:
            shares.append(Measure(gain.party, gain.offset, int(best.value * gain.unit)))
    return tuple(shares)


@dataclass(frozen=True, slots=True)
class _Logs:
    """The sum of the logarithms of shares, bounded by tangents.

    Attributes
    ----------
    shares : tuple of Measure
    among : Among
        With a variable for each logarithm and the rows of the tangents.
    start : int
        The first of these variables.
    """

    shares: tuple[Measure, ...]
    among: Among
    start: int

    @classmethod
    def of(cls, among: Among, shares: Sequence[Measure], utilities: IntArray) -> _Logs:
        """Return it with tangents between the least share that may matter and 1.

        None matters that is less than the product of all shares in an outcome that is known.
        """
        least = math.log(math.prod(share.exact(utilities) for share in shares))
        low = max(math.exp(least), _LEAST_SHARE)
        points = np.geomspace(low, 1.0, 2 + math.ceil(-math.log(low) / math.log(_RATIO)))
        logs = cls(tuple(shares), among.where([], [Variable(least - 1.0, 0.0)] * len(shares)), among.free)
        return logs.touching([points] * len(shares))

    @property
    def value(self) -> Linear:
        """The sum of the logarithms."""
        return Linear(self.start + np.arange(len(self.shares)), np.ones(len(self.shares)))

    def touching(self, points: Sequence[FloatArray]) -> _Logs:
        """Return it with tangents at more points of each share: ``a log y <= a log a + y - a``."""
        rows = []
        for number, (share, places) in enumerate(zip(self.shares, points, strict=True)):
            part = share.linear(self.among.encoding)
            columns = np.append(part.columns, self.start + number)
            rows += [
                Row(columns, np.append(-part.entries, a), high=a * (math.log(a) - 1.0) + part.constant)
                for a in places
            ]
        return replace(self, among=self.among.where(rows))

    def at(self, utilities: IntArray) -> _Logs:
        """Return it with tangents at and beside an outcome's shares."""
        shares = [max(float(share.exact(utilities)), _LEAST_SHARE) for share in self.shares]
        return self.touching([share * np.array([0.97, 1.0, 1.03]) for share in shares])

    def product(self, utilities: IntArray) -> Fraction:
        """Return the product of the shares; a loss counts as none."""
        return math.prod((max(share.exact(utilities), Fraction(0)) for share in self.shares), start=Fraction(1))


def _nash(among: Among, shares: Sequence[Measure], fair: Direct) -> Direct:
    """Return the outcome with the greatest product of shares; ties by the leximin of shares."""
    if fair.outcome is None or fair.utilities is None:
        return fair
    least = lowest(shares, fair.utilities)[:1]
    scale = math.prod(share.unit * GRID for share in shares)
    if not least or least[0] <= 0:
        if fair.status is Status.EXACT:
            value = 0.0 if least else scale
            return replace(fair, value=value, bound=value)
        return Direct(Status.UNKNOWN, reason="no outcome was found in which everyone gains")
    found = _best_product(_Logs.of(among, shares, fair.utilities), fair.outcome)
    figures = (float(found.most) * scale, math.exp(found.bound) * scale)
    if not found.proven:
        return _answer(among, Settled(found.outcome, True), figures)
    if not found.tied and found.bound < math.log(found.enough):
        return _answer(among, Settled(found.outcome, True), figures, proven=True)
    logs, enough = found.logs, found.enough
    tied = logs.among.where(
        [logs.value.at_least(math.log(enough))], tests=[lambda utilities: logs.product(utilities) >= enough]
    )
    settled = settle(tied, shares, Fraction(UTILITY_TOLERANCE), found.outcome)
    return _answer(among, settled, figures, proven=True)


@dataclass(frozen=True, slots=True)
class _Product:
    """The greatest product of shares, as far as it was found.

    Attributes
    ----------
    logs : _Logs
        With the tangents that were added.
    seen : sequence of int array, [I]
        Outcomes that were looked at.
    products : sequence of Fraction
        Theirs.
    bound : float
        Of the logarithm of the product of every other outcome.
    """

    logs: _Logs
    seen: Sequence[IntArray]
    products: Sequence[Fraction]
    bound: float

    @property
    def outcome(self) -> IntArray:
        """The best of those that were looked at."""
        return self.seen[self.products.index(self.most)]

    @property
    def most(self) -> Fraction:
        """Its product."""
        return max(self.products)

    @property
    def enough(self) -> Fraction:
        """The least product that ties with it."""
        return self.most * (1 - Fraction(UTILITY_TOLERANCE))

    @property
    def proven(self) -> bool:
        """Whether no product is greater."""
        return self.bound <= math.log(self.most) + PROGRAM_TOLERANCE

    @property
    def tied(self) -> bool:
        """Whether several of those that were looked at tie."""
        return sum(product >= self.enough for product in self.products) > 1


def _best_product(logs: _Logs, outcome: IntArray) -> _Product:
    """Return the outcome with the greatest product of shares, given one: outer approximation by tangents."""
    value, bound = logs.value, math.inf
    seen: list[IntArray] = []
    products: list[Fraction] = []
    new: IntArray | None = outcome
    while new is not None and len(seen) < _ROUNDS:
        utilities = logs.among.utilities(new)
        seen.append(new)
        products.append(logs.product(utilities))
        logs = logs.at(utilities)
        best = _Product(logs, seen, products, bound)
        if bound < math.log(best.enough) or (best.tied and best.proven):
            break
        rival = logs.among.best(value, seen)
        bound, new = min(bound, rival.bound), rival.outcome
    return _Product(logs, seen, products, bound)


def _none(best: Peak) -> Direct:
    """Return that there is no outcome, or that none was found."""
    if best.nothing:
        return Direct(Status.EXACT, bound=-math.inf)
    return Direct(
        Status.UNKNOWN, reason="the solver found no outcome in the zone, and did not prove that there is none"
    )


def _answer(among: Among, settled: Settled, figures: tuple[float, float], proven: bool = False) -> Direct:
    """Return an outcome with its value and the bound of it."""
    value, bound = figures
    reason = None
    if not proven:
        reason = f"the time was up: its value is {value:.6g}, and no outcome's is above {bound:.6g}"
    elif not settled.proven:
        reason = "its value is the best, but the time was up before ties were settled"
    return Direct(
        status=Status.BOUNDED if reason else Status.EXACT,
        outcome=settled.outcome,
        utilities=among.utilities(settled.outcome),
        value=value,
        bound=max(value, bound),
        reason=reason,
    )
