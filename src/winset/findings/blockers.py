"""What blocks agreement."""

from __future__ import annotations

from dataclasses import dataclass

from winset.findings.base import Json, Provenance, Section, Status
from winset.findings.demands import Demand

Demands = tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Lift:
    """The probability of a zone were one demand lifted.

    Attributes
    ----------
    demand : Demand
    probability_without, standard_error : float or None
        Share of draws with a zone once the demand is gone; sqrt(p (1 - p) / D).
    gain : float or None
        How much that is above the probability with the demand, on the same draws.
    gain_error : float or None
        Standard error of the gain (paired: the same draws with and without).
    """

    demand: Demand
    probability_without: float | None
    standard_error: float | None
    gain: float | None
    gain_error: float | None

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "demand": self.demand.key,
            "probability_without": self.probability_without,
            "standard_error": self.standard_error,
            "gain": self.gain,
            "gain_standard_error": self.gain_error,
        }


@dataclass(frozen=True, slots=True)
class BlockersFinding:
    """Conflicts and relaxations of the central reading, and what each demand costs over all draws.

    Attributes
    ----------
    status : Status
        Of conflicts and relaxations: ``exact``, or ``unknown`` with the reason in the provenance.
    conflicts : tuple of tuple of Demand
        Every minimal set of demands that cannot stand together; empty when there is a zone.
    relaxations : tuple of tuple of Demand
        Every minimal set of demands whose lifting opens the zone; empty when there is a zone, and also when
        nothing opens it.
    lift : tuple of Lift
        Every demand, by descending gain.
    provenance : Provenance
    """

    status: Status
    conflicts: tuple[Demands, ...]
    relaxations: tuple[Demands, ...]
    lift: tuple[Lift, ...]
    provenance: Provenance

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "status": self.status.value,
            "conflicts": [[demand.key for demand in conflict] for conflict in self.conflicts],
            "relaxations": [[demand.key for demand in relaxation] for relaxation in self.relaxations],
            "lift": [lift.to_dict() for lift in self.lift],
            "provenance": self.provenance.to_dict(),
        }

    def section(self) -> Section | None:
        """Return None: the report shows this finding in its own form."""
        return None
