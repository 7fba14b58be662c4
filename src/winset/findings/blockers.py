"""What blocks agreement."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from winset.findings.base import Json, Provenance, Section, Status
from winset.findings.demands import Demand
from winset.model.issues import Option
from winset.model.negotiation import Negotiation

Demands = tuple[Demand, ...]

_TERMS_TOLD = 6  # issues up to which an outcome is told in a sentence


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
class Price:
    """What a relaxation costs: the least total loss over the agreements that it opens.

    Attributes
    ----------
    losses : tuple of (Demand, float)
        What each demand's owner loses by its own preferences; for a red line, times its firmness.
    terms : dict
        The agreement: issue name to option.
    proven : bool
        Whether no agreement that the relaxation opens costs less.
    """

    losses: tuple[tuple[Demand, float], ...]
    terms: dict[str, Option]
    proven: bool

    @property
    def total(self) -> float:
        """The sum of the losses."""
        return sum(loss for _, loss in self.losses)

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "status": (Status.EXACT if self.proven else Status.BOUNDED).value,
            "total": self.total,
            "losses": {demand.key: loss for demand, loss in self.losses},
            "terms": self.terms,
        }


@dataclass(frozen=True, slots=True)
class Concession:
    """The least concession below the reservation values that opens the zone while every red line is kept.

    Attributes
    ----------
    shortfalls : dict of str to float
        By party whose consent makes it an agreement: how far its utility falls short of its reservation value.
        The largest is as small as can be, then the second largest, and so on.
    terms : dict
        The outcome: issue name to option.
    proven : bool
        Whether no outcome is better in that sense.
    """

    shortfalls: dict[str, float]
    terms: dict[str, Option]
    proven: bool

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "status": (Status.EXACT if self.proven else Status.BOUNDED).value,
            "shortfalls": self.shortfalls,
            "terms": self.terms,
        }


@dataclass(frozen=True, slots=True)
class BlockersFinding:
    """Conflicts and relaxations of the central reading, and what each demand costs over all draws.

    Attributes
    ----------
    status : Status
        Of conflicts and relaxations: ``exact``; ``bounded`` when there may be further ones; or ``unknown``,
        with the reason in the provenance.
    conflicts : tuple of tuple of Demand
        Every minimal set of demands that cannot stand together; empty when there is a zone.
    relaxations : tuple of tuple of Demand
        Every minimal set of demands whose lifting opens the zone, the cheapest first; empty when there is a
        zone, and also when nothing opens it.
    lift : tuple of Lift
        Every demand, by descending gain, then by key.
    provenance : Provenance
    blocked : bool or None
        Whether the central reading has no zone; None when unknown.
    account : str or None
        Account of the central reading.
    prices : tuple of (Price or None)
        Of the relaxations, in their order; None where a price was not found.
    concession : Concession or None
        None where there is a zone, where red lines and links alone leave no agreement, and where it was not
        found.
    """

    status: Status
    conflicts: tuple[Demands, ...]
    relaxations: tuple[Demands, ...]
    lift: tuple[Lift, ...]
    provenance: Provenance
    blocked: bool | None = None
    account: str | None = None
    prices: tuple[Price | None, ...] = ()
    concession: Concession | None = None

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "status": self.status.value,
            "account": self.account,
            "blocked": self.blocked,
            "conflicts": [[demand.key for demand in conflict] for conflict in self.conflicts],
            "relaxations": [[demand.key for demand in relaxation] for relaxation in self.relaxations],
            "prices": [None if price is None else price.to_dict() for price in self.prices],
            "concession": None if self.concession is None else self.concession.to_dict(),
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
            cheapest = self.prices[0] if len(self.prices) > 1 else None
            return (
                wording.conflict(self.conflicts[0], alone=True),
                *([wording.cheapest(self.relaxations[0], cheapest)] if cheapest else []),
                *([wording.concession(self.concession)] if self.concession else []),
            )
        conflicts = [wording.conflict(each) for each in self.conflicts]
        prices = self.prices or (None,) * len(self.relaxations)
        pairs = zip(self.relaxations, prices, strict=True)
        return (
            *_first(conflicts, most, "conflict", "conflicts"),
            *_first([wording.relaxation(*pair) for pair in pairs], most, "way out", "ways out"),
            *([wording.concession(self.concession)] if self.concession else []),
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

    def relaxation(self, demands: Demands, price: Price | None = None) -> str:
        """Return that lifting the demands opens the zone, and what it costs."""
        costs = "" if price is None else f" and {_costs(price)}"
        if len(demands) > 2:
            return f"Lifting all of these makes an agreement possible{costs}. {self._by_owner(demands)}"
        both = "both " if len(demands) == 2 else ""
        return f"Lifting {both}{self._lifted(demands)} makes an agreement possible{costs}."

    def cheapest(self, demands: Demands, price: Price) -> str:
        """Return which of several ways out is the cheapest."""
        return f"The cheapest way out is lifting {self._lifted(demands)}: it {_costs(price)}."

    def concession(self, concession: Concession) -> str:
        """Return how far parties have to go below their alternatives if no red line is lifted."""
        names = dict(zip(self.negotiation.party_ids, self.negotiation.party_names, strict=True))
        short = {names[party]: loss for party, loss in concession.shortfalls.items() if _told(loss)}
        if not short:
            return ""
        each = [f"{name} {loss:.2f}" for name, loss in short.items()]
        shares = " and ".join(filter(None, (", ".join(each[:-1]), each[-1])))
        at = f" ({self._terms(concession.terms)})" if len(concession.terms) <= _TERMS_TOLD else ""
        than = "its alternative" if len(short) == 1 else "their alternatives"
        least = "; no agreement asks for less" if concession.proven else ""
        return f"With every red line kept, an agreement{at} leaves {shares} of utility short of {than}{least}."

    def _terms(self, terms: dict[str, Option]) -> str:
        """Return ``boundary ridge, instrument treaty``."""
        space = self.negotiation.space
        outcome = space.find(terms)
        return ", ".join(
            f"{issue.name} {issue.label(k)}" for issue, k in zip(space.issues, outcome, strict=True)
        )

    def _lifted(self, demands: Demands) -> str:
        """Return one or two demands in words."""
        return " and ".join(self._phrase(demand) for demand in demands)

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


def _costs(price: Price) -> str:
    """Return ``costs its owner 0.12 of its utility``."""
    owners = {demand.party for demand, _ in price.losses}
    whose = "its owner" if len(owners) == 1 else "their owners"
    total = f"{price.total:.2f}" if _told(price.total) or not price.total else "less than 0.01"
    return f"costs {whose} {'' if price.proven else 'at most '}{total} of utility"


def _told(loss: float) -> bool:
    """Whether a loss is not nothing when written with two digits."""
    return loss >= 0.005


def _first(sentences: Sequence[str], most: int, one: str, several: str) -> tuple[str, ...]:
    """Return the first sentences, and one that counts the rest."""
    rest = len(sentences) - most
    if rest <= 0:
        return tuple(sentences)
    count = f"There is 1 further {one}." if rest == 1 else f"There are {rest:,} further {several}."
    return (*sentences[:most], count)
