"""Which agreements leave nothing on the table? The Pareto frontier of the central reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from winset.analysis.context import Context, Limits
from winset.analysis.step import AnalysisStep
from winset.errors import LimitReached
from winset.findings.base import Provenance, Status
from winset.findings.frontier import FrontierFinding, FrontierPoint
from winset.model.draws import FloatArray, IntArray
from winset.model.issues import Outcome
from winset.model.tolerances import ELIMINATION_LIMIT, GRID
from winset.solve.constraints import forbidden_clauses, meant_red_lines, zone_at
from winset.solve.elimination import partials_within
from winset.solve.grid import GridModel, on_grid
from winset.solve.structure import Method, find_frontier
from winset.solve.tabulate import utilities_at

_ROUNDED = (
    "utilities are no multiples of one unit and were rounded, to be told apart: an outcome that is not shown "
    "may be better by no more than the gap"
)
_RESPECTED = "links and meant red lines are respected, reservation values are not"
_METHODS: dict[Method, str] = {
    "elimination": (
        "exact: issues are eliminated one at a time, dominated partial outcomes dropped; utilities are "
        f"compared in multiples of 2^-40; {_RESPECTED}"
    ),
    "cover": (
        "issues are eliminated one at a time, dominated partial outcomes dropped; where too many were "
        "left, those with nearly the same utilities and the same future were merged; the gap is the sum of "
        f"what the merges can cost; every point is an outcome with its own utilities; {_RESPECTED}"
    ),
    "sweep": (
        "interactions, links and red lines are boxes that share an outcome when every two of them do; for each "
        "point, mixed-integer programs find and prove which boxes are best for one party and give the other "
        f"more than the point before; every outcome's utilities are counted again in integers; {_RESPECTED}"
    ),
}
_REFERENCES: dict[Method, tuple[str, ...]] = {
    "elimination": (
        "Nemhauser & Ullmann (1969), Discrete dynamic programming and capital allocation, "
        "Management Science 15(9)",
        "Kung, Luccio & Preparata (1975), On finding the maxima of a set of vectors, Journal of the ACM 22(4)",
        "Rollón & Larrosa (2006), Bucket elimination for multiobjective optimization problems, "
        "Journal of Heuristics 12(4)",
    ),
    "cover": (
        "Nemhauser & Ullmann (1969), Discrete dynamic programming and capital allocation, "
        "Management Science 15(9)",
        "Papadimitriou & Yannakakis (2000), On the approximability of trade-offs and optimal access of "
        "web sources, Proceedings of the 41st Symposium on Foundations of Computer Science",
    ),
    "sweep": (
        "Helly (1923), Über Mengen konvexer Körper mit gemeinschaftlichen Punkten, "
        "Jahresbericht der Deutschen Mathematiker-Vereinigung 32",
        "Haimes, Lasdon & Wismer (1971), On a bicriterion formulation of the problems of integrated system "
        "identification and system optimization, IEEE Transactions on Systems, Man, and Cybernetics 1(3)",
        "Huangfu & Hall (2018), Parallelizing the dual revised simplex method, "
        "Mathematical Programming Computation 10(1)",
    ),
}


def run(context: Context) -> FrontierFinding:
    """Return every admissible outcome that no admissible outcome dominates, in the central reading.

    An outcome is admissible when no link rules it out and the rule passes with the consent of everyone whose
    meant red lines it leaves alone. It is dominated when another is at least as good for every party, needed or
    not, and better for one. At a limit, a cover of the frontier with status ``bounded``, or status ``unknown``.
    """
    draws = context.central
    negotiation = context.negotiation
    links = [link.never for link in negotiation.links]
    parameters: dict[str, Any] = {"account": draws.account.id}
    try:
        forbidden = forbidden_clauses(draws.account.rule, meant_red_lines(draws), links)
        parameters["forbidden_clauses"] = len(forbidden)
        model = on_grid(draws, 0, forbidden)
        clock = context.clock.half()  # the solutions, which come next, do without the frontier if they must
        found = find_frontier(model, clock, _room(model, context.limits))
    except LimitReached as reached:
        provenance = _provenance("elimination", parameters, str(reached))
        return _finding(context, Status.UNKNOWN, (), provenance)
    outcomes = found.frontier.outcomes
    parameters |= {"method": found.method, "because": found.why}
    utilities = utilities_at(draws, outcomes)[0]
    in_zone = zone_at(draws, outcomes, utilities)
    points = tuple(
        FrontierPoint(
            outcome=(outcome := _outcome(outcomes[row])),
            terms=negotiation.space.terms(outcome),
            utilities=dict(zip(negotiation.party_ids, utilities[row].tolist(), strict=True)),
            in_zone=bool(in_zone[row]),
        )
        for row in _reading_order(outcomes, utilities)
    )
    if found.exact:
        return _finding(context, Status.EXACT, points, _provenance(found.method, parameters))
    gap = dict(zip(negotiation.party_ids, (found.gap * GRID).tolist(), strict=True))
    for limit in found.reasons:
        context.clock.note(limit)
    reason = "; ".join(found.reasons) if found.reasons else _ROUNDED
    finding = _finding(context, Status.BOUNDED, points, _provenance(found.method, parameters, reason))
    return replace(finding, gap=gap)


def _room(model: GridModel, limits: Limits) -> int:
    """Return how many partial outcomes the search may hold at once."""
    return ELIMINATION_LIMIT if limits.bytes is None else partials_within(model, limits.bytes)


def _provenance(method: Method, parameters: dict[str, Any], reason: str | None = None) -> Provenance:
    """Return how the frontier was found."""
    return Provenance(_METHODS[method], parameters, None, _REFERENCES[method], reason)


def _finding(
    context: Context, status: Status, points: tuple[FrontierPoint, ...], provenance: Provenance
) -> FrontierFinding:
    """Return the finding with what the context says of it."""
    reservation = context.central.reservation[0].tolist()
    return FrontierFinding(
        status=status,
        account=context.central.account.id,
        points=points,
        reservation=dict(zip(context.negotiation.party_ids, reservation, strict=True)),
        provenance=provenance,
    )


def _reading_order(outcomes: IntArray, utilities: FloatArray) -> list[int]:
    """Return rows by descending utility of the first party, then by outcome index."""
    order: list[int] = np.lexsort([*outcomes.T[::-1], -utilities[:, 0]]).tolist()
    return order


def _outcome(options: IntArray) -> Outcome:
    """Return option indices as Python integers."""
    return tuple(int(option) for option in options)


ANALYSIS = AnalysisStep("frontier", 30, "Which agreements leave nothing on the table?", run)
