"""What blocks agreement."""

from __future__ import annotations

import itertools
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
        wording = _Wording(negotiation, self.account)
        if len(self.conflicts) == 1 and self.status is Status.EXACT:
            # Each of its demands, lifted alone, then opens the zone.
            return (wording.conflict(self.conflicts[0], alone=True),)
        conflicts = [wording.conflict(each) for each in self.conflicts]
        relaxations = [wording.relaxation(each) for each in self.relaxations]
        return (
            *_first(conflicts, most, "conflict", "conflicts"),
            *_first(relaxations, most, "way out", "ways out"),
        )


@dataclass(frozen=True, slots=True)
class _Wording:
    """Sets of demands in words: one or two in a sentence, more of them by owner."""

    negotiation: Negotiation
    account: str | None

    def conflict(self, demands: Demands, *, alone: bool = False) -> str:
        """Return that demands cannot stand together; `alone` when no other conflict remains without one."""
        if len(demands) > 2:
            tail = "; without any one of them, one can" if alone else ""
            return f"No agreement can satisfy all of these together{tail}. {self._by_owner(demands)}"
        together = " together with ".join(self._phrase(demand) for demand in demands)
        tail = f"; without {'it' if len(demands) == 1 else 'either'}, one can" if alone else ""
        return f"No agreement can satisfy {together}{tail}."

    def relaxation(self, demands: Demands) -> str:
        """Return that lifting the demands opens the zone."""
        if len(demands) > 2:
            return f"Lifting all of these makes an agreement possible. {self._by_owner(demands)}"
        both = "both " if len(demands) == 2 else ""
        lifted = " and ".join(self._phrase(demand) for demand in demands)
        return f"Lifting {both}{lifted} makes an agreement possible."

    def _phrase(self, demand: Demand) -> str:
        """Return ``East’s red line “no boundary along the road”``."""
        owner = demand.owner(self.negotiation)
        owner += "’" if owner.endswith("s") else "’s"
        if demand.kind == "red_line":
            return f"{owner} red line {self._quoted(demand)}"
        what = demand.alternative(self.negotiation, self.account)
        insistence = f"{owner} insistence on doing no worse than the alternative"
        return f"{insistence} ({what})" if what else insistence

    def _by_owner(self, demands: Demands) -> str:
        """Return ``East: no worse than without agreement; “no boundary along the road”. West: ...``."""
        parts = []
        for owner, owned in itertools.groupby(demands, lambda demand: demand.owner(self.negotiation)):
            texts = [
                self._quoted(demand) if demand.kind == "red_line" else "no worse than without agreement"
                for demand in owned
            ]
            parts.append(f"{owner}: {'; '.join(texts)}.")
        return " ".join(parts)

    def _quoted(self, demand: Demand) -> str:
        """Return a red line as the file words it, in quotation marks."""
        return f"“{demand.describe(self.negotiation, self.account)}”"


def _first(sentences: Sequence[str], most: int, one: str, several: str) -> tuple[str, ...]:
    """Return the first sentences, and one that counts the rest."""
    rest = len(sentences) - most
    if rest <= 0:
        return tuple(sentences)
    count = f"There is 1 further {one}." if rest == 1 else f"There are {rest:,} further {several}."
    return (*sentences[:most], count)
