"""Which agreements leave nothing on the table? The Pareto frontier of the central reading."""

from __future__ import annotations

from typing import Any

import numpy as np

from winset.analysis.context import Context
from winset.analysis.step import AnalysisStep
from winset.errors import LimitReached
from winset.findings.base import Provenance, Status
from winset.findings.frontier import FrontierFinding, FrontierPoint
from winset.model.draws import FloatArray, IntArray
from winset.model.issues import Outcome
from winset.solve.constraints import forbidden_clauses, meant_red_lines, zone_at
from winset.solve.elimination import frontier
from winset.solve.grid import on_grid
from winset.solve.tabulate import utilities_at

_METHOD = (
    "exact: issues are eliminated one at a time, dominated partial outcomes dropped; utilities are compared in "
    "multiples of 2^-40; links and meant red lines are respected, reservation values are not"
)
_REFERENCES = (
    "Nemhauser & Ullmann (1969), Discrete dynamic programming and capital allocation, Management Science 15(9)",
    "Kung, Luccio & Preparata (1975), On finding the maxima of a set of vectors, Journal of the ACM 22(4)",
    "Rollón & Larrosa (2006), Bucket elimination for multiobjective optimization problems, "
    "Journal of Heuristics 12(4)",
)


def run(context: Context) -> FrontierFinding:
    """Return every admissible outcome that no admissible outcome dominates, in the central reading.

    An outcome is admissible when no link rules it out and the rule passes with the consent of everyone whose
    meant red lines it leaves alone. It is dominated when another is at least as good for every party, needed or
    not, and better for one. Status ``unknown`` when a limit was reached.
    """
    draws = context.central
    negotiation = context.negotiation
    links = [link.never for link in negotiation.links]
    parameters: dict[str, Any] = {"account": draws.account.id}
    try:
        forbidden = forbidden_clauses(draws.account.rule, meant_red_lines(draws), links)
        parameters["forbidden_clauses"] = len(forbidden)
        outcomes = frontier(on_grid(draws, 0, forbidden)).outcomes
    except LimitReached as reached:
        return _finding(
            context, Status.UNKNOWN, (), Provenance(_METHOD, parameters, None, _REFERENCES, str(reached))
        )
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
    return _finding(context, Status.EXACT, points, Provenance(_METHOD, parameters, None, _REFERENCES))


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
