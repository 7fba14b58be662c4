"""The zone of possible agreement, and the agreements that are most often acceptable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from winset.findings.base import Json, Provenance, Section, Status
from winset.model.issues import Option, Outcome


@dataclass(frozen=True, slots=True)
class AccountZone:
    """Probability of a zone among the draws that took one account; None when no draw did."""

    account: str
    title: str
    draws: int
    probability: float | None
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class CentralZone:
    """Whether the central reading has a zone, and how many outcomes lie in it."""

    account: str
    exists: bool | None
    size: int | None


@dataclass(frozen=True, slots=True)
class ZoneFinding:
    """How probable it is that some agreement is better than none for all whose consent is needed.

    Attributes
    ----------
    status : Status
        ``sampled``, or ``exact`` when the file leaves nothing to draw; ``unknown`` with the reason.
    probability, standard_error : float or None
        Share of draws with a zone; sqrt(p (1 - p) / D).
    draws : int
    by_account : tuple of AccountZone
    central : CentralZone
    mean_size : float or None
        Mean over draws of the number of outcomes in the zone.
    provenance : Provenance
    """

    status: Status
    probability: float | None
    standard_error: float | None
    draws: int
    by_account: tuple[AccountZone, ...]
    central: CentralZone
    mean_size: float | None
    provenance: Provenance

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "status": self.status.value,
            "probability": self.probability,
            "standard_error": self.standard_error,
            "draws": self.draws,
            "mean_size": self.mean_size,
            "by_account": {
                part.account: {
                    "title": part.title,
                    "draws": part.draws,
                    "probability": part.probability,
                    "standard_error": part.standard_error,
                }
                for part in self.by_account
            },
            "central": {
                "account": self.central.account,
                "exists": self.central.exists,
                "size": None if self.central.size is None else self.central.size,
            },
            "provenance": self.provenance.to_dict(),
        }

    def section(self) -> Section | None:
        """Return None: the report leads with this finding in its own form."""
        return None


@dataclass(frozen=True, slots=True)
class UtilityRange:
    """A party's utility over the draws: mean, 5 and 95 percent quantiles."""

    mean: float
    low: float
    high: float

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {"mean": self.mean, "p5": self.low, "p95": self.high}


@dataclass(frozen=True, slots=True)
class Agreement:
    """An outcome and how often it is acceptable.

    Attributes
    ----------
    outcome : tuple of int
        Option indices.
    terms : mapping
        Issue name to option.
    acceptability, standard_error : float
        Share of draws in which all whose consent is needed prefer it to their BATNA and no meant red line
        forbids it; sqrt(p (1 - p) / D).
    utilities : mapping
        Party id to its utility over all draws.
    """

    outcome: Outcome
    terms: Mapping[str, Option]
    acceptability: float
    standard_error: float
    utilities: Mapping[str, UtilityRange]


@dataclass(frozen=True, slots=True)
class AgreementsFinding:
    """The outcomes that are most often acceptable, best first; empty when none ever is."""

    status: Status
    agreements: tuple[Agreement, ...]
    provenance: Provenance

    def to_dict(self) -> Json:
        """Return the JSON form; the document's key ``agreements`` holds only the list."""
        return {
            "status": self.status.value,
            "agreements": [
                {
                    "terms": dict(agreement.terms),
                    "acceptability": agreement.acceptability,
                    "standard_error": agreement.standard_error,
                    "utilities": {party: range_.to_dict() for party, range_ in agreement.utilities.items()},
                }
                for agreement in self.agreements
            ],
            "provenance": self.provenance.to_dict(),
        }

    def section(self) -> Section | None:
        """Return None: the report shows this finding in its own form."""
        return None
