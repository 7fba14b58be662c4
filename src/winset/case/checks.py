"""What a case rests on: its judgements, counted by kind, and those that name neither source nor reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from winset.model.judgement import Basis, Number, Values, Weights
from winset.model.negotiation import Account, Negotiation
from winset.model.party import Batna, Constituency, Party, Preferences, RedLine

Kind = Literal["numbers", "intervals", "rankings", "unknown"]

_KINDS: Final[tuple[Kind, ...]] = ("rankings", "intervals", "numbers", "unknown")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement of one account.

    Attributes
    ----------
    path : str
        Its place in the case file.
    what : str
        The same in words.
    kind : {"numbers", "intervals", "rankings", "unknown"}
        In which form it is stated, or that it is not.
    basis : Basis
    content : object
        The judgement itself.
    """

    path: str
    what: str
    kind: Kind
    basis: Basis
    content: object


@dataclass(frozen=True, slots=True)
class Unsourced:
    """A judgement, or a link, that names neither a source nor a reason."""

    path: str
    what: str


def unsourced(negotiation: Negotiation) -> tuple[Unsourced, ...]:
    """Return the judgements and links without a source and without a reason, in the order of the model.

    What one account judges differently from another rests on that account's source where it names none.
    What is unknown is no judgement.
    """
    accounts = [(account, tuple(judgements(account))) for account in negotiation.accounts]
    contents: dict[str, set[object]] = {}
    for _, made in accounts:
        for judgement in made:
            contents.setdefault(judgement.path, set()).add(judgement.content)
    found: dict[str, str] = {
        f"links.{link.id}": f"link {link.id}" for link in negotiation.links if not link.basis
    }
    if len(accounts) > 1:
        for account, _ in accounts:
            if account.credence.stated and not account.credence.basis:
                found[account.credence.path] = f"credence of the account {account.title}"
    for account, made in accounts:
        for judgement in made:
            own = len(contents[judgement.path]) > 1 and bool(account.basis)
            if judgement.kind != "unknown" and not judgement.basis and not own:
                found.setdefault(judgement.path, judgement.what)
    return tuple(Unsourced(path, what) for path, what in found.items())


def assumed(negotiation: Negotiation) -> dict[Kind, int]:
    """Return how many judgements are rankings, intervals, exact numbers, and unknown.

    One judgement is a number of the file, all weights of a party, or all its values for one issue. What several
    accounts judge alike counts once.
    """
    distinct = {
        (judgement.path, judgement.content): judgement.kind
        for account in negotiation.accounts
        for judgement in judgements(account)
    }
    kinds = list(distinct.values())
    return {kind: kinds.count(kind) for kind in _KINDS}


def judgements(account: Account) -> Iterator[Judgement]:
    """Yield the judgements of an account, party by party; its credence is not among them."""
    for party in account.parties:
        yield from _of_party(party)


def _of_party(party: Party) -> Iterator[Judgement]:
    yield _batna(party.batna, party)
    yield from _of_preferences(party.preferences, party.name)
    yield from _of_red_lines(party.red_lines, party.name)
    if party.discount is not None:
        yield _number(party.discount, f"{party.name}: discount factor")
    for constituency in party.constituencies:
        yield from _of_constituency(constituency, f"{party.name}, {constituency.name}")


def _batna(batna: Batna, party: Party) -> Judgement:
    what = f"{party.name}: value of its BATNA"
    if batna.value is not None:
        return _number(batna.value, what)
    return Judgement(f"parties.{party.id}.batna.value", what, "numbers", batna.basis, batna.equals)


def _of_preferences(preferences: Preferences, whose: str) -> Iterator[Judgement]:
    yield _set(preferences.weights, f"{whose}: weights of the issues")
    for values in preferences.values:
        yield _set(values, f"{whose}: values for {values.path.rpartition('.values.')[2]}")
    for index, interaction in enumerate(preferences.interactions):
        yield _number(interaction.adds, f"{whose}: what interaction {index} adds")


def _of_red_lines(red_lines: tuple[RedLine, ...], whose: str) -> Iterator[Judgement]:
    for line in red_lines:
        yield _number(line.firmness, f"{whose}: firmness of {line.id}")


def _of_constituency(constituency: Constituency, whose: str) -> Iterator[Judgement]:
    yield _number(constituency.accepts_above, f"{whose}: utility from which it accepts")
    if constituency.preferences is not None:
        yield from _of_preferences(constituency.preferences, whose)
    yield from _of_red_lines(constituency.red_lines, whose)


def _number(number: Number, what: str) -> Judgement:
    kind: Kind = "unknown" if not number.stated else "numbers" if number.exact else "intervals"
    return Judgement(number.path, what, kind, number.basis, number)


def _set(stated: Weights | Values, what: str) -> Judgement:
    kind: Kind = "numbers" if stated.exact else "intervals"
    if stated.groups is not None:
        kind = "rankings"
    if not stated.stated:
        kind = "unknown"
    return Judgement(stated.path, what, kind, stated.basis, stated)
