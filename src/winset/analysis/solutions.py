"""Where would a fair-minded arbitrator settle? Bargaining solutions on the frontier's points in the zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from winset.analysis import frontier
from winset.analysis.context import Context
from winset.analysis.step import AnalysisStep
from winset.findings.base import Provenance, Status
from winset.findings.frontier import FrontierPoint, Solution, SolutionsFinding
from winset.model.draws import FloatArray, IntArray
from winset.model.tolerances import UTILITY_TOLERANCE
from winset.solve.constraints import always_needed

_METHOD = (
    "exact, among the frontier's points in the zone: Nash maximises the product of gains over the reservation "
    "values, Kalai–Smorodinsky the least share of the best gain in the zone, egalitarian the least gain, "
    "utilitarian the sum of utilities; ties by leximin, then by outcome index"
)
_REFERENCES = (
    "Nash (1950), The bargaining problem, Econometrica 18(2)",
    "Kalai & Smorodinsky (1975), Other solutions to Nash's bargaining problem, Econometrica 43(3)",
    "Kalai (1977), Proportional solutions to bargaining situations: interpersonal utility comparisons, "
    "Econometrica 45(7) (egalitarian)",
    "Myerson (1981), Utilitarianism, egalitarianism, and the timing effect in social choice problems, "
    "Econometrica 49(4) (utilitarian)",
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
    """Return the solutions of the central reading; None each where no point of the frontier is in the zone.

    Taken into account are the parties whose consent is needed whatever the terms, or all where there is none.
    """
    found = context.once(frontier.run)
    considered = always_needed(context.central.account.rule) or context.negotiation.party_ids
    zone = sorted((point for point in found.points if point.in_zone), key=lambda point: point.outcome)
    reason = found.provenance.reason
    if found.status is Status.EXACT and not zone:
        reason = "no point of the frontier lies in the zone"
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


def _solution(point: FrontierPoint) -> Solution:
    """Return a point of the frontier as a solution."""
    return Solution(point.outcome, point.terms, point.utilities)


ANALYSIS = AnalysisStep("solutions", 40, "Where would a fair-minded arbitrator settle?", run)
