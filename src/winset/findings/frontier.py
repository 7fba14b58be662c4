"""The Pareto frontier, and the bargaining solutions on it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from winset.findings.base import Json, Provenance, Section, Status
from winset.model.issues import Option, Outcome


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """An undominated outcome.

    Attributes
    ----------
    outcome : tuple of int
        Option indices; of several outcomes with the same utilities the one with the lowest index.
    terms : mapping
        Issue name to option.
    utilities : mapping
        Party id to utility.
    in_zone : bool
        Whether the rule passes with the consent of those who get at least their reservation value and none of
        whose meant red lines is crossed.
    """

    outcome: Outcome
    terms: Mapping[str, Option]
    utilities: Mapping[str, float]
    in_zone: bool

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {"terms": dict(self.terms), "utilities": dict(self.utilities), "in_zone": self.in_zone}


@dataclass(frozen=True, slots=True)
class FrontierFinding:
    """The Pareto frontier of the central reading.

    Attributes
    ----------
    status : Status
    account : str
        Account of the central reading.
    points : tuple of FrontierPoint
        By descending utility of the first party, then by outcome index.
    reservation : mapping
        Party id to reservation value in the central reading.
    provenance : Provenance
    gap : mapping or None
        Where the status is ``bounded``, party id to gap: for each point of the true frontier some point here
        gives every party at least as much less its gap. None where there is no such bound, or none is needed.
    """

    status: Status
    account: str
    points: tuple[FrontierPoint, ...]
    reservation: Mapping[str, float]
    provenance: Provenance
    gap: Mapping[str, float] | None = None

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "status": self.status.value,
            "account": self.account,
            "size": len(self.points),
            "gap": None if self.gap is None else dict(self.gap),
            "reservation": dict(self.reservation),
            "points": [point.to_dict() for point in self.points],
            "provenance": self.provenance.to_dict(),
        }

    def section(self) -> Section | None:
        """Return None: the report shows this finding as a picture."""
        return None


@dataclass(frozen=True, slots=True)
class Solution:
    """The outcome that a bargaining solution picks."""

    outcome: Outcome
    terms: Mapping[str, Option]
    utilities: Mapping[str, float]

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {"terms": dict(self.terms), "utilities": dict(self.utilities)}


@dataclass(frozen=True, slots=True)
class SolutionsFinding:
    """Bargaining solutions of the zone; None each where nothing is in the zone, or nothing is known.

    Attributes
    ----------
    status : Status
        The worst of the four.
    nash, kalai_smorodinsky, egalitarian, utilitarian : Solution or None
        The egalitarian solution is the lexicographic max-min.
    provenance : Provenance
    bounds : mapping
        Where they were found without the frontier: each one's name to what it maximises (product of gains,
        least share, least gain, sum of utilities) at its outcome, and what that is nowhere more than.
    """

    status: Status
    nash: Solution | None
    kalai_smorodinsky: Solution | None
    egalitarian: Solution | None
    utilitarian: Solution | None
    provenance: Provenance
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def named(self) -> tuple[tuple[str, Solution | None], ...]:
        """Return pairs of the solution's name for readers and the solution."""
        return (
            ("Nash", self.nash),
            ("Kalai–Smorodinsky", self.kalai_smorodinsky),
            ("egalitarian", self.egalitarian),
            ("utilitarian", self.utilitarian),
        )

    def to_dict(self) -> Json:
        """Return the JSON form."""

        def form(solution: Solution | None) -> Json | None:
            return None if solution is None else solution.to_dict()

        document: Json = {
            "status": self.status.value,
            "nash": form(self.nash),
            "kalai_smorodinsky": form(self.kalai_smorodinsky),
            "egalitarian": form(self.egalitarian),
            "utilitarian": form(self.utilitarian),
        }
        if self.bounds:
            document["bounds"] = {
                name: {"value": value, "bound": bound if math.isfinite(bound) else None}
                for name, (value, bound) in self.bounds.items()
            }
        document["provenance"] = self.provenance.to_dict()
        return document

    def section(self) -> Section | None:
        """Return None: the report marks the solutions where their outcomes are shown."""
        return None
