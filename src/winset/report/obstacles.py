"""What stands in the way: each demand with the probability of a zone without it, and conflicts in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from winset.findings.answer import Analysis
from winset.findings.base import Status
from winset.findings.blockers import BlockersFinding, Lift
from winset.findings.demands import Demand
from winset.findings.zone import ZoneFinding
from winset.model.judgement import Basis, Number
from winset.model.negotiation import Negotiation
from winset.model.party import Party, RedLine
from winset.report.assumptions import source_text
from winset.report.words import clean, listing, percent, share, span, utility

NEGLIGIBLE = 0.005
"""A gain below half a point of percent: lifting the demand alone changes next to nothing."""


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A demand, and how probable a zone is without it.

    Attributes
    ----------
    key : str
        As files and options write it.
    party, what : str
        Whose it is, and the demand in words.
    standing : str
        How likely it is meant, or what the alternative is worth.
    basis : str
        What that rests on.
    change : str
        ``64 % → 90 % (± 1)``.
    counts : bool
        Whether lifting it alone changes anything worth a line.
    """

    key: str
    party: str
    what: str
    standing: str
    basis: str
    change: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands in the way.

    Attributes
    ----------
    rows : tuple of DemandRow
        By descending gain.
    others : str
        What is to be said of the demands that count for nothing alone; empty where all count.
    sentences : tuple of str
        Conflicts and relaxations of the central reading.
    """

    rows: tuple[DemandRow, ...]
    others: str
    sentences: tuple[str, ...]


def obstacles(analysis: Analysis) -> Obstacles:
    """Return what stands in the way, in words."""
    found = analysis.findings.get("blockers")
    if not isinstance(found, BlockersFinding):
        return Obstacles((), "What stands in the way was not computed.", ())
    zone = analysis.findings.get("zone")
    base = zone.probability if isinstance(zone, ZoneFinding) else None
    rows = tuple(_row(lift, base, analysis.negotiation) for lift in found.lift)
    return Obstacles(rows, _others(rows, base), _sentences(found, analysis.negotiation))


def _row(lift: Lift, base: float | None, negotiation: Negotiation) -> DemandRow:
    demand = lift.demand
    if lift.probability_without is None:
        change = ""
    else:
        change = share(lift.probability_without, lift.standard_error)
        change = f"{percent(base)} → {change}" if base is not None else change
    standing, basis = (
        _red_line(demand, negotiation) if demand.kind == "red_line" else _batna(demand, negotiation)
    )
    return DemandRow(
        key=clean(demand.key),
        party=clean(_members(demand, negotiation)[0].name),
        what=clean(demand.describe(negotiation)),
        standing=standing,
        basis=basis,
        change=change,
        counts=lift.gain is not None and lift.gain >= NEGLIGIBLE,
    )


def _members(demand: Demand, negotiation: Negotiation) -> list[Party]:
    """Return the demand's party in every account."""
    place = negotiation.party_ids.index(demand.party)
    return [account.parties[place] for account in negotiation.accounts]


def _red_line(demand: Demand, negotiation: Negotiation) -> tuple[str, str]:
    """Return how likely a red line is meant, over all accounts, and what that rests on."""
    members = _members(demand, negotiation)
    lines = [line for member in members for line in member.red_lines if line.id == demand.id]
    bases = dict.fromkeys(line.basis or line.firmness.basis for line in lines)
    return _meant(lines), _rests_on(bases, negotiation)


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
    differ = len({(number.low, number.high) for number in known}) > 1
    return f"{text}, depending on the account" if differ else text


def _chance(low: float, high: float) -> str:
    ends = [f"{100 * end:.0f}" for end in (low, high)]
    return f"{' to '.join(dict.fromkeys(ends))} %"


def _batna(demand: Demand, negotiation: Negotiation) -> tuple[str, str]:
    """Return what a party's alternative is worth to it, over all accounts, and what that rests on."""
    members = _members(demand, negotiation)
    batnas = [member.batna for member in members]
    numbers = [batna.value for batna in batnas if batna.value is not None]
    bases = dict.fromkeys(
        batna.basis or (batna.value.basis if batna.value is not None else batna.basis) for batna in batnas
    )
    text = _worth(numbers, members[0]) if numbers else "worth as much as an outcome that the file names"
    differ = len({(number.low, number.high) for number in numbers}) > 1 or 0 < len(numbers) < len(batnas)
    return f"{text}, depending on the account" if differ else text, _rests_on(bases, negotiation)


def _worth(numbers: list[Number], party: Party) -> str:
    stated = [number for number in numbers if number.stated]
    if not stated:
        return "its worth is unknown"
    scale = party.preferences.scale
    low, high = min(number.low for number in stated), max(number.high for number in stated)
    return f"worth {span(low, high, scale) if high > low else utility(low, scale)}"


def _rests_on(bases: Iterable[Basis], negotiation: Negotiation) -> str:
    """Return the sources; the reasoning only where there is no source, as the page gives both in full."""
    texts = (source_text(basis, negotiation) or clean(basis.because or "") for basis in bases)
    return listing(dict.fromkeys(text for text in texts if text))


def _others(rows: tuple[DemandRow, ...], base: float | None) -> str:
    """Return what is to be said of demands that change nothing when lifted alone."""
    if base is not None and base >= 1.0:
        return "Nothing: there is a zone in every reading."
    known = [row for row in rows if row.change]
    quiet = [row for row in known if not row.counts]
    if not quiet:
        return ""
    if len(quiet) == len(known):
        return "No single demand, lifted alone, changes this by as much as 1 point."
    if len(quiet) == 1:
        return "The other demand, lifted alone, changes this by less than 1 point."
    return f"Each of the other {len(quiet)} demands, lifted alone, changes this by less than 1 point."


def _sentences(found: BlockersFinding, negotiation: Negotiation) -> tuple[str, ...]:
    if found.status is Status.UNKNOWN:
        return (f"Not known: {clean(found.provenance.reason or 'not computed')}.",)
    return tuple(clean(text) for text in found.sentences(negotiation))
