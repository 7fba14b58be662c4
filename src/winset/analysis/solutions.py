"""Where would a fair-minded arbitrator settle? Bargaining solutions on the frontier's points in the zone.

Where the frontier is not known exactly, they are found directly, if the rule asks for everyone's consent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from winset.analysis import frontier
from winset.analysis.context import Context
from winset.analysis.step import AnalysisStep
from winset.findings.base import Provenance, Status
from winset.findings.frontier import FrontierPoint, Solution, SolutionsFinding
from winset.model.draws import FloatArray, IntArray
from winset.model.tolerances import GRID, SOLUTIONS_SECONDS, UTILITY_TOLERANCE
from winset.solve.constraints import always_needed, forbidden_clauses, meant_red_lines
from winset.solve.direct import Direct, Table, direct_solutions
from winset.solve.grid import on_grid
from winset.solve.tabulate import utilities_at

_WORST_LAST: Final = (Status.EXACT, Status.BOUNDED, Status.UNKNOWN)

_METHOD = (
    "exact, among the frontier's points in the zone: Nash maximises the product of gains over the reservation "
    "values, Kalai–Smorodinsky the least share of the best gain in the zone, egalitarian the least gain, "
    "utilitarian the sum of utilities; ties by leximin, then by outcome index"
)
_DIRECT = (
    "without the frontier: by mixed-integer programs over the zone, whose answers are verified in integers; "
    "what is maximised and where ties go is as with the frontier; Nash's product by tangents to the logarithms "
    "of shares"
)
_NOT_DIRECT = (
    "the frontier is not known exactly, and without it solutions are sought only where the rule asks for the "
    "consent of the same parties whatever the terms, each of them"
)
_TOO_LATE = "the frontier is not known exactly, and the time was up before solutions were sought without it"
_REFERENCES = (
    "Nash (1950), The bargaining problem, Econometrica 18(2)",
    "Kalai & Smorodinsky (1975), Other solutions to Nash's bargaining problem, Econometrica 43(3)",
    "Kalai (1977), Proportional solutions to bargaining situations: interpersonal utility comparisons, "
    "Econometrica 45(7) (egalitarian)",
    "Myerson (1981), Utilitarianism, egalitarianism, and the timing effect in social choice problems, "
    "Econometrica 49(4) (utilitarian)",
)
_DIRECT_REFERENCES = (
    *_REFERENCES,
    "Duran & Grossmann (1986), An outer-approximation algorithm for a class of mixed-integer nonlinear "
    "programs, Mathematical Programming 36(3)",
    "Ogryczak & Tamir (2003), Minimizing the sum of the k largest functions in linear time, "
    "Information Processing Letters 85(3)",
    "Huangfu & Hall (2018), Parallelizing the dual revised simplex method, "
    "Mathematical Programming Computation 10(1)",
)


@dataclass(frozen=True, slots=True)
class Picks:
    """Which of the points each solution picks: row numbers."""

    nash: int
    kalai_smorodinsky: int
    egalitarian: int
    utilitarian: int


def solve(points: FloatArray, reservation: FloatArray) -> Picks:
    """Return the bargaining solutions among finitely many points.

    With gains ``g = points - reservation``, best gains ``b = max over points of g`` and shares ``s = g / b`` (0
    for a party that cannot gain at any point):

    - Nash maximises ``prod g`` over the parties that can gain; a loss counts as no gain;
    - Kalai–Smorodinsky maximises ``min s``;
    - egalitarian maximises ``min g``;
    - utilitarian maximises ``sum points``.

    Parameters
    ----------
    points : float array, [N, P]
        Utilities of the points of the zone, N >= 1, of the parties taken into account.
    reservation : float array, [P]
        Reservation values: the disagreement point.

    Returns
    -------
    Picks

    Notes
    -----
    Values that differ by less than `UTILITY_TOLERANCE` (for products: relative to the largest) are tied. Ties
    of Nash and Kalai–Smorodinsky go to the leximin of shares, so that both stay invariant to rescaling a
    party's utility (for the latter this is the lexicographic extension of Imai 1983); ties of egalitarian and
    utilitarian to the leximin of gains; then to the lowest row.

    Raises
    ------
    ValueError
        Without any point.
    """
    if not len(points):
        raise ValueError("no point to choose from")
    gains = points - reservation
    best = gains.max(axis=0)
    able = best > UTILITY_TOLERANCE
    shares = np.where(able, gains / np.where(able, best, 1.0), 0.0)
    # In ascending order, so that the rounding of the product does not depend on the order of the parties.
    product = np.sort(np.maximum(shares[:, able], 0.0), axis=1).prod(axis=1)
    total = np.sort(points, axis=1).sum(axis=1)
    everyone = np.arange(len(points))
    return Picks(
        nash=_leximin(shares, np.flatnonzero(product >= product.max() * (1.0 - UTILITY_TOLERANCE))),
        kalai_smorodinsky=_leximin(shares, everyone),
        egalitarian=_leximin(gains, everyone),
        utilitarian=_leximin(gains, np.flatnonzero(total >= total.max() - UTILITY_TOLERANCE)),
    )


def _leximin(values: FloatArray, rows: IntArray) -> int:
    """Return the row whose lowest value is highest, of such the second lowest, and so on; the first of ties."""
    ascending = np.sort(values, axis=1)
    for column in ascending.T:
        rows = rows[column[rows] >= column[rows].max() - UTILITY_TOLERANCE]
    return int(rows[0])


def run(context: Context) -> SolutionsFinding:
    """Return the solutions of the central reading; None each where nothing is in the zone, or nothing is known.

    Taken into account are the parties whose consent is needed whatever the terms, or all where there is none.
    """
    found = context.once(frontier.run)
    if found.status is not Status.EXACT:
        return _without_frontier(context)
    considered = always_needed(context.central.account.rule) or context.negotiation.party_ids
    zone = sorted((point for point in found.points if point.in_zone), key=lambda point: point.outcome)
    reason = None if zone else "no point of the frontier lies in the zone"
    provenance = Provenance(_METHOD, {"parties": list(considered)}, None, _REFERENCES, reason)
    if not zone:
        return SolutionsFinding(found.status, None, None, None, None, provenance)
    picks = solve(
        np.array([[point.utilities[party] for party in considered] for point in zone]),
        np.array([found.reservation[party] for party in considered]),
    )
    return SolutionsFinding(
        status=found.status,
        nash=_solution(zone[picks.nash]),
        kalai_smorodinsky=_solution(zone[picks.kalai_smorodinsky]),
        egalitarian=_solution(zone[picks.egalitarian]),
        utilitarian=_solution(zone[picks.utilitarian]),
        provenance=provenance,
    )


def _without_frontier(context: Context) -> SolutionsFinding:
    """Return the solutions found directly, each with what it maximises and the bound of it."""
    rule = context.central.account.rule
    parties = rule.parties()
    parameters: dict[str, Any] = {"parties": list(parties)}
    if set(always_needed(rule)) != set(parties) or rule.conditions() or not rule.passes(frozenset(parties), ()):
        unknown = Provenance(_METHOD, parameters, None, _REFERENCES, _NOT_DIRECT)
        return SolutionsFinding(Status.UNKNOWN, None, None, None, None, unknown)
    left = context.clock.left()
    if left == 0.0:
        late = Provenance(_DIRECT, parameters, None, _DIRECT_REFERENCES, _TOO_LATE)
        return SolutionsFinding(Status.UNKNOWN, None, None, None, None, late)
    seconds = SOLUTIONS_SECONDS if left is None else left
    found = direct_solutions(_table(context, parties), seconds)
    each = found.named()
    reasons = {name: direct.reason for name, direct in each.items() if direct.reason is not None}
    if reasons:
        context.clock.note(f"bargaining solutions were sought for {seconds:.3g} s without the frontier")
    reason = "; ".join(f"{name.replace('_', '–')}: {text}" for name, text in reasons.items()) or None
    if found.empty:
        reason = "no outcome lies in the zone: two different programs prove it"
    settled = {name: _settled(context, direct) for name, direct in each.items()}
    return SolutionsFinding(
        status=max((direct.status for direct in each.values()), key=_WORST_LAST.index),
        **settled,
        provenance=Provenance(_DIRECT, parameters, None, _DIRECT_REFERENCES, reason),
        bounds={
            name: (direct.value, direct.bound) for name, direct in each.items() if direct.outcome is not None
        },
    )


def _table(context: Context, parties: Sequence[str]) -> Table:
    """Return the central reading in integers, with the parties that the rule asks for."""
    draws, negotiation = context.central, context.negotiation
    links = [link.never for link in negotiation.links]
    forbidden = forbidden_clauses(draws.account.rule, meant_red_lines(draws), links)
    numbers = tuple(negotiation.party_ids.index(party) for party in parties)
    reservation = np.rint(draws.reservation[0] / GRID).astype(np.int64)
    return Table(on_grid(draws, 0, forbidden), reservation, counted=numbers, needed=numbers)


def _settled(context: Context, direct: Direct) -> Solution | None:
    """Return an outcome that was found directly as a solution."""
    if direct.outcome is None:
        return None
    outcome = tuple(int(option) for option in direct.outcome)
    utilities = utilities_at(context.central, direct.outcome[None])[0, 0].tolist()
    negotiation = context.negotiation
    return Solution(
        outcome,
        negotiation.space.terms(outcome),
        dict(zip(negotiation.party_ids, utilities, strict=True)),
    )


def _solution(point: FrontierPoint) -> Solution:
    """Return a point of the frontier as a solution."""
    return Solution(point.outcome, point.terms, point.utilities)


ANALYSIS = AnalysisStep("solutions", 40, "Where would a fair-minded arbitrator settle?", run)
