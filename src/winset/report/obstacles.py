"""What stands in the way: each demand with the probability of a zone without it, and conflicts in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from winset.findings.answer import Analysis
from winset.findings.base import Status
from winset.findings.blockers import BlockersFinding, Lift
from winset.findings.demands import Demand
from winset.findings.zone import ZoneFinding
from winset.model.judgement import Basis, Number
from winset.model.negotiation import Negotiation
from winset.model.party import Party, RedLine
from winset.report.assumptions import short_source
from winset.report.words import clean, counted, percent, share, span

NEGLIGIBLE: Final = 0.005
"""A gain below half a point of percent: lifting the demand alone changes next to nothing."""

SHOWN: Final = 6
"""Demands that the short form names."""

BRIEF: Final = 2
"""Conflicts, and ways out of them, that the short form puts into words."""

FULL: Final = 10
"""Conflicts, and ways out of them, that the page puts into words."""


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A demand, and how probable a zone is without it.

    Attributes
    ----------
    party, what : str
        Whose it is, and the demand in words.
    standing : str
        How likely it is meant, or what the alternative is worth.
    source : str
        ``source: Reuters, 21 August 2025 and 2 more``, or what else it rests on, in short.
    bases : tuple of Basis
        All that it rests on.
    change : str
        ``64 % → 90 % (± 1)``.
    """

    party: str
    what: str
    standing: str
    source: str
    bases: tuple[Basis, ...]
    change: str


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands in the way.

    Attributes
    ----------
    rows : tuple of DemandRow
        Every demand, by descending gain.
    shown : int
        How many of them the short form names: those that make a difference, `SHOWN` at most.
    note : str
        What is to be said of the others; may be empty.
    sentences, brief : tuple of str
        Conflicts of the central reading and the ways out of them, at length and in short.
    """

    rows: tuple[DemandRow, ...]
    shown: int
    note: str
    sentences: tuple[str, ...]
    brief: tuple[str, ...]


def obstacles(analysis: Analysis) -> Obstacles:
    """Return what stands in the way, in words."""
    found = analysis.findings.get("blockers")
    if not isinstance(found, BlockersFinding):
        return Obstacles((), 0, "What stands in the way was not computed.", (), ())
    zone = analysis.findings.get("zone")
    base = zone.probability if isinstance(zone, ZoneFinding) else None
    gains = [lift.gain for lift in found.lift]
    shown = min(SHOWN, sum(gain is not None and gain >= NEGLIGIBLE for gain in gains))
    return Obstacles(
        rows=tuple(_row(lift, base, analysis.negotiation) for lift in found.lift),
        shown=shown,
        note=_note([gain for gain in gains if gain is not None], shown, base),
        sentences=_sentences(found, analysis.negotiation, FULL),
        brief=_sentences(found, analysis.negotiation, BRIEF),
    )


def _row(lift: Lift, base: float | None, negotiation: Negotiation) -> DemandRow:
    demand = lift.demand
    if lift.probability_without is None:
        change = ""
    else:
        change = share(lift.probability_without, lift.standard_error)
        change = f"{percent(base)} → {change}" if base is not None else change
    members = _members(demand, negotiation)
    red_line = demand.kind == "red_line"
    standing, bases = _red_line(members, demand.id) if red_line else _batna(members)
    return DemandRow(
        party=clean(members[0].name),
        what=clean(demand.describe(negotiation)),
        standing=standing,
        source=_source(bases, negotiation),
        bases=bases,
        change=change,
    )


def _members(demand: Demand, negotiation: Negotiation) -> list[Party]:
    """Return the demand's party in every account."""
    place = negotiation.party_ids.index(demand.party)
    return [account.parties[place] for account in negotiation.accounts]


def _red_line(members: list[Party], name: str) -> tuple[str, tuple[Basis, ...]]:
    """Return how likely a red line is meant, over all accounts, and what that rests on."""
    lines = [line for member in members for line in member.red_lines if line.id == name]
    return _meant(lines), _each(line.basis or line.firmness.basis for line in lines)


def _meant(lines: list[RedLine]) -> str:
    known = [line.firmness for line in lines if line.firmness.stated]
    if not known:
        return "whether it is meant is unknown"
    low, high = min(number.low for number in known), max(number.high for number in known)
    if low == high == 1.0:
        text = "meant"
    elif low == high == 0.0:
        text = "not meant"
    else:
        text = f"meant with a chance of {_chance(low, high)}"
    text += " or unknown" if len(known) < len(lines) else ""
    differ = len({(line.firmness.low, line.firmness.high) for line in lines}) > 1
    return f"{text}, depending on the account" if differ else text


def _chance(low: float, high: float) -> str:
    ends = [f"{100 * end:.0f}" for end in (low, high)]
    return f"{' to '.join(dict.fromkeys(ends))} %"


def _batna(members: list[Party]) -> tuple[str, tuple[Basis, ...]]:
    """Return what a party's alternative is worth to it, over all accounts, and what that rests on."""
    batnas = [member.batna for member in members]
    numbers = [batna.value for batna in batnas if batna.value is not None]
    text = _worth(numbers, members[0]) if numbers else "worth as much as an outcome that the file names"
    differ = len({(number.low, number.high) for number in numbers}) > 1 or 0 < len(numbers) < len(batnas)
    bases = _each(batna.basis or (batna.value.basis if batna.value else batna.basis) for batna in batnas)
    return f"{text}, depending on the account" if differ else text, bases


def _worth(numbers: list[Number], party: Party) -> str:
    stated = [number for number in numbers if number.stated]
    if not stated:
        return "its worth is unknown"
    scale = party.preferences.scale
    low, high = min(number.low for number in stated), max(number.high for number in stated)
    unknown = " or unknown" if len(stated) < len(numbers) else ""
    return f"worth {span(low, high, scale)}{unknown}"


def _each(bases: Iterable[Basis]) -> tuple[Basis, ...]:
    return tuple(dict.fromkeys(basis for basis in bases if basis))


def _source(bases: Sequence[Basis], negotiation: Negotiation) -> str:
    """Return the first source and the number of others; whether there is reasoning where there is no source."""
    sources = list(dict.fromkeys(filter(None, (short_source(basis, negotiation) for basis in bases))))
    if not sources:
        return "reasoned in the file" if bases else "no source"
    more = f" and {len(sources) - 1} more" if sources[1:] else ""
    return f"source: {sources[0]}{more}"


def _note(gains: Sequence[float], shown: int, base: float | None) -> str:
    """Return what is to be said of the demands after those shown. Gains descend."""
    if base is not None and base >= 1.0:
        return "Nothing: there is a zone in every reading."
    rest = gains[shown:]
    if not rest:
        return ""
    points = math.ceil(100 * rest[0])
    change = "less than 1 point" if rest[0] < 0.01 else f"at most {counted(points, 'point')}"
    if not shown:
        return "No single demand, lifted alone, makes a difference."
    if len(rest) == 1:
        return f"The other demand, lifted alone, changes this by {change}."
    return f"Each of the other {len(rest)} demands, lifted alone, changes this by {change}."


def _sentences(found: BlockersFinding, negotiation: Negotiation, most: int) -> tuple[str, ...]:
    if found.status is Status.UNKNOWN:
        return (f"Not known: {clean(found.provenance.reason or 'not computed')}.",)
    return tuple(clean(text) for text in found.sentences(negotiation, most))
