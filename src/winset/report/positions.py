"""What each party wants on each issue, in the central reading of one account."""

from __future__ import annotations

from dataclasses import dataclass

from winset.model.judgement import Basis, Values
from winset.model.negotiation import Account, Negotiation
from winset.model.party import RedLine
from winset.model.sampling import central
from winset.report.stated import LISTED_OPTIONS
from winset.report.words import clean, ranked, utility

_SAME = 1e-9  # values of the central reading that differ by less are a tie


@dataclass(frozen=True, slots=True)
class Position:
    """One party's position on one issue.

    Attributes
    ----------
    values : tuple of float
        Value of each option within the issue: 1 the best, 0 the worst. Axis [K]. All 0 where it is all one.
    weight : float
        What the issue can move: the party's utility at its best option less that at its worst.
    weight_text : str
        The weight as readers see it.
    order : str
        The options, best first.
    stated : bool
        False where the file says nothing of what the party wants here.
    lines : tuple of str
        Red lines that speak of the issue, in words.
    forbidden : tuple of int
        Options that a red line on this issue alone, meant in the central reading, rules out.
    bases : tuple of Basis
        What the values and the lines rest on, each once.
    """

    values: tuple[float, ...]
    weight: float
    weight_text: str
    order: str
    stated: bool
    lines: tuple[str, ...]
    forbidden: tuple[int, ...]
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Positions:
    """Every party's position on every issue under one account. Rows are issues, columns parties."""

    account: str
    cells: tuple[tuple[Position, ...], ...]


def positions(negotiation: Negotiation, account: Account) -> Positions:
    """Return the issue-by-party matrix of an account's central reading."""
    reading = central(negotiation, account)
    cells = tuple(
        tuple(
            _position(
                negotiation,
                account,
                (issue, party),
                tuple(float(term) for term in reading.terms[issue][0, party]),
                tuple(bool(meant) for meant in reading.meant[party][0]),
            )
            for party in range(len(account.parties))
        )
        for issue in range(len(negotiation.space.issues))
    )
    return Positions(account.id, cells)


def _position(
    negotiation: Negotiation,
    account: Account,
    place: tuple[int, int],
    terms: tuple[float, ...],
    meant: tuple[bool, ...],
) -> Position:
    issue, party = place
    member = account.parties[party]
    stated = member.preferences.values[issue]
    weight = max(terms) - min(terms)
    values = tuple((term - min(terms)) / weight if weight > _SAME else 0.0 for term in terms)
    speaking = [line for line in member.red_lines if issue in line.never.scope]
    forbidden = {
        option
        for line, is_meant in zip(member.red_lines, meant, strict=True)
        if is_meant and line.never.scope == (issue,)
        for option in line.never.terms[0][1]
    }
    return Position(
        values=values,
        weight=weight,
        weight_text=utility(weight, member.preferences.scale) if stated.stated else "not known",
        order=_order(negotiation, issue, values, stated),
        stated=stated.stated,
        lines=tuple(_line(line, negotiation) for line in speaking),
        forbidden=tuple(sorted(forbidden)),
        bases=_bases(stated, speaking),
    )


def _order(negotiation: Negotiation, issue: int, values: tuple[float, ...], stated: Values) -> str:
    """Return the options best first; the ends alone where there are many."""
    if not stated.stated:
        return "not known"
    matter = negotiation.space.issues[issue]
    if max(values) - min(values) < _SAME:
        return "all alike"
    ranks: list[list[int]] = []
    for option in sorted(range(len(values)), key=lambda option: (-values[option], option)):
        if ranks and abs(values[ranks[-1][-1]] - values[option]) < _SAME:
            ranks[-1].append(option)
        else:
            ranks.append([option])
    if len(values) > LISTED_OPTIONS:
        ends = (ranks[0], ranks[-1])
        best, worst = (clean(matter.label(end[0])) + (" and others" if end[1:] else "") for end in ends)
        return f"{best} best, {worst} worst"
    return ranked([[clean(matter.label(option)) for option in rank] for rank in ranks])


def _line(line: RedLine, negotiation: Negotiation) -> str:
    return clean(line.what or f"never {line.never.describe(negotiation.space)}")


def _bases(values: Values, lines: list[RedLine]) -> tuple[Basis, ...]:
    found = [values.basis, *(line.basis or line.firmness.basis for line in lines)]
    return tuple(dict.fromkeys(basis for basis in found if basis))
