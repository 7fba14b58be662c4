"""What blocks agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.findings.base import Json, Provenance, Section, Status
from winset.findings.demands import Demand
from winset.model.negotiation import Negotiation

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
        Of conflicts and relaxations: ``exact``; ``bounded`` when there may be further conflicts; or ``unknown``
        with the reason in the provenance.
    conflicts : tuple of tuple of Demand
        Every minimal set of demands that cannot stand together; empty when there is a zone.
    relaxations : tuple of tuple of Demand
        Every minimal set of demands whose lifting opens the zone; empty when there is a zone, and also when
        nothing opens it.
    lift : tuple of Lift
        Every demand, by descending gain, then by key.
    provenance : Provenance
    blocked : bool or None
        Whether the central reading has no zone; None when unknown.
    account : str or None
        Account of the central reading.
    """

    status: Status
    conflicts: tuple[Demands, ...]
    relaxations: tuple[Demands, ...]
    lift: tuple[Lift, ...]
    provenance: Provenance
    blocked: bool | None = None
    account: str | None = None

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "status": self.status.value,
            "account": self.account,
            "blocked": self.blocked,
            "conflicts": [[demand.key for demand in conflict] for conflict in self.conflicts],
            "relaxations": [[demand.key for demand in relaxation] for relaxation in self.relaxations],
            "lift": [lift.to_dict() for lift in self.lift],
            "provenance": self.provenance.to_dict(),
        }

    def section(self) -> Section | None:
        """Return None: the report shows this finding in its own form."""
        return None

    def sentences(self, negotiation: Negotiation, most: int = 5) -> tuple[str, ...]:
        """Return the conflicts of the central reading, and what opens it, in words.

        Parameters
        ----------
        negotiation : Negotiation
            The one that the finding is about.
        most : int
            How many conflicts, and how many relaxations, are put into words; further ones are counted.

        Returns
        -------
        tuple of str
            Empty when there is a zone or nothing is known.
        """
        if self.blocked and not self.relaxations:
            return ("No agreement is possible, whichever demands are lifted: links and the rule leave none.",)
        phrase = _Phrase(negotiation, self.account)
        if len(self.conflicts) == 1 and self.status is Status.EXACT:
            # Each of its demands, lifted alone, then opens the zone.
            only = self.conflicts[0]
            return (f"No agreement can satisfy {phrase.together(only)}; {_without(len(only))}, one can.",)
        conflicts = [f"No agreement can satisfy {phrase.together(each)}." for each in self.conflicts]
        relaxations = [f"Lifting {phrase.lifted(each)} makes one possible." for each in self.relaxations]
        return (
            *_first(conflicts, most, "conflict", "conflicts"),
            *_first(relaxations, most, "way out", "ways out"),
        )


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Demands in words, with their owners."""

    negotiation: Negotiation
    account: str | None

    def demand(self, demand: Demand) -> str:
        """Return ``East's red line “no boundary along the road”``."""
        owner = demand.owner(self.negotiation)
        owner += "’" if owner.endswith("s") else "’s"
        if demand.kind == "red_line":
            return f"{owner} red line “{demand.describe(self.negotiation, self.account)}”"
        what = demand.alternative(self.negotiation, self.account)
        insistence = f"{owner} insistence on doing no worse than the alternative"
        return f"{insistence} ({what})" if what else insistence

    def together(self, demands: Demands) -> str:
        """Return demands that cannot stand together."""
        phrases = [self.demand(demand) for demand in demands]
        if len(phrases) == 2:
            return f"{phrases[0]} together with {phrases[1]}"
        return _listing(phrases) + (" together" if len(phrases) > 2 else "")

    def lifted(self, demands: Demands) -> str:
        """Return demands that are lifted together."""
        phrases = [self.demand(demand) for demand in demands]
        return ("both " if len(phrases) == 2 else "") + _listing(phrases)


def _without(count: int) -> str:
    """Return how to refer to lifting one of so many demands."""
    return {1: "without it", 2: "without either"}.get(count, "without any one of them")


def _listing(phrases: Sequence[str]) -> str:
    """Return ``a``, ``a and b``, or ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(phrases[:-1]), phrases[-1])))


def _first(sentences: Sequence[str], most: int, one: str, several: str) -> tuple[str, ...]:
    """Return the first sentences, and one that counts the rest."""
    rest = len(sentences) - most
    if rest <= 0:
        return tuple(sentences)
    count = f"There is 1 further {one}." if rest == 1 else f"There are {rest:,} further {several}."
    return (*sentences[:most], count)
