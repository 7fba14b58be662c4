"""How two parties would divide the issues by points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from winset.findings.base import Json, Provenance, Section, Status

_READABLE = 1000  # denominators up to here are written as fractions, larger ones as decimals

Pair = tuple[Fraction, Fraction]
"""One number for each of the two parties."""


@dataclass(frozen=True, slots=True)
class DividedIssue:
    """Who gets an issue.

    Attributes
    ----------
    issue : str
        Name of the issue.
    points : pair of Fraction
        What it is worth to each party, of 100 in all.
    shares : pair of Fraction
        What part of it each party wins; they add up to 1.
    """

    issue: str
    points: Pair
    shares: Pair


@dataclass(frozen=True, slots=True)
class DivisionFinding:
    """The division of the issues by Adjusted Winner.

    Attributes
    ----------
    status : Status
    parties : mapping
        Id to name of the two parties, in order.
    issues : tuple of DividedIssue
        In the order of the space.
    totals : pair of Fraction
        Points that each party gets, of 100; the same for both.
    provenance : Provenance
    """

    status: Status
    parties: Mapping[str, str]
    issues: tuple[DividedIssue, ...]
    totals: Pair
    provenance: Provenance

    @property
    def divided(self) -> DividedIssue | None:
        """The one issue that neither party wins whole; None when there is none."""
        return next((issue for issue in self.issues if 0 < issue.shares[0] < 1), None)

    def to_dict(self) -> Json:
        """Return the JSON form: numbers as floats, and exactly under ``exact`` as texts such as ``"2/15"``."""
        return {
            "status": self.status.value,
            "totals": self._floats(self.totals),
            "exact": {"totals": self._texts(self.totals)},
            "issues": [
                {
                    "issue": issue.issue,
                    "points": self._floats(issue.points),
                    "shares": self._floats(issue.shares),
                    "exact": {"points": self._texts(issue.points), "shares": self._texts(issue.shares)},
                }
                for issue in self.issues
            ],
            "provenance": self.provenance.to_dict(),
        }

    def section(self) -> Section:
        """Return the form for readers."""
        first, second = self.parties.values()
        text = f"Adjusted Winner gives each party {mixed(self.totals[0])} of its 100 points."
        divided = self.divided
        whole = (
            "No issue has to be divided."
            if divided is None
            else f"Only {divided.issue} has to be divided: {self._holders(divided)}."
        )
        caution = "It goes by points alone: links, red lines and BATNAs are not looked at."
        return Section(
            title="Dividing the issues by points",
            sentences=(text, whole, caution),
            columns=("issue", f"points of {first}", f"points of {second}", "goes to"),
            rows=tuple(
                (issue.issue, mixed(issue.points[0]), mixed(issue.points[1]), self._holders(issue))
                for issue in self.issues
            ),
        )

    def _holders(self, issue: DividedIssue) -> str:
        """Return who wins the issue, with the parts where it is divided."""
        held = [(name, share) for name, share in zip(self.parties.values(), issue.shares, strict=True) if share]
        if len(held) == 1:
            return held[0][0]
        return " and ".join(f"{mixed(share)} to {name}" for name, share in held)

    def _floats(self, pair: Pair) -> dict[str, float]:
        return {party: float(number) for party, number in zip(self.parties, pair, strict=True)}

    def _texts(self, pair: Pair) -> dict[str, str]:
        return {party: str(number) for party, number in zip(self.parties, pair, strict=True)}


def mixed(number: Fraction) -> str:
    """Return a non-negative number for readers: ``66``, ``2/15``, ``65 5/6``; decimals where more readable."""
    if number.denominator > _READABLE:
        return f"{float(number):.4g}"
    whole, part = divmod(number, 1)
    if not part:
        return str(whole)
    return f"{whole} {part}" if whole else str(part)
