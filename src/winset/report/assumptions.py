"""What an answer assumes: every judgement of the file, in words, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from winset.case.checks import assumed, unsourced
from winset.model.judgement import Basis
from winset.model.negotiation import Account, Negotiation
from winset.model.party import Constituency, Party, Preferences, RedLine
from winset.report.dates import date
from winset.report.stated import Kind, kind, number_stated, values_stated, weights_stated
from winset.report.words import clean, count, counted, listing


@dataclass(frozen=True, slots=True)
class Assumption:
    """One judgement.

    Attributes
    ----------
    party : str
        Id of the party that it is about; empty for the accounts themselves.
    path : str
        Place in the case file.
    what, value : str
        What is judged, and how the file states it.
    kind : Kind
    basis : Basis
        The judgement's own, else that of what it belongs to.
    accounts : tuple of str
        Ids of the accounts that state it so.
    """

    party: str
    path: str
    what: str
    value: str
    kind: Kind
    basis: Basis
    accounts: tuple[str, ...] = ()

    @property
    def unsourced(self) -> bool:
        """Whether something is stated with neither a source nor a reason."""
        return self.kind is not Kind.UNKNOWN and not self.basis


def assumptions(negotiation: Negotiation) -> tuple[Assumption, ...]:
    """Return every judgement, by party in file order; what accounts share is listed once.

    What one account judges differently from another rests on that account's source where it names none.
    """
    made = [(account, item) for account in negotiation.accounts for item in _of_account(account, negotiation)]
    values: dict[str, set[str]] = {}
    for _, item in made:
        values.setdefault(item.path, set()).add(item.value)
    found: dict[tuple[str, str, Basis], Assumption] = {}
    for account, item in made:
        basis = item.basis or (account.basis if len(values[item.path]) > 1 else item.basis)
        key = (item.path, item.value, basis)
        so_far = found[key].accounts if key in found else ()
        found[key] = replace(item, basis=basis, accounts=(*so_far, account.id))
    places = {party: place for place, party in enumerate(("", *negotiation.party_ids))}
    order = {path: place for place, path in enumerate(values)}
    return tuple(sorted(found.values(), key=lambda item: (places[item.party], order[item.path])))


def summary(negotiation: Negotiation) -> str:
    """Return how much of what was assumed: ``9 rankings, 7 intervals, 2 numbers; 3 without a source``."""
    counts = assumed(negotiation)
    amounts = (
        (counts["rankings"], counted(counts["rankings"], "ranking")),
        (counts["intervals"], counted(counts["intervals"], "interval")),
        (counts["numbers"], counted(counts["numbers"], "number")),
        (counts["unknown"], f"{count(counts['unknown'])} unknown"),
    )
    missing = len(unsourced(negotiation))
    tail = f"{missing} without a source" if missing else "each with a source or a reason"
    return f"{', '.join(text for amount, text in amounts if amount)}; {tail}"


def source_text(basis: Basis, negotiation: Negotiation) -> str:
    """Return the source that a judgement rests on, its title and date; empty where none is named."""
    if basis.source is None:
        return ""
    source = negotiation.sources.get(basis.source)
    if source is None:
        return clean(basis.source)
    when = date(source.date)
    return clean(source.title) + (f", {when}" if when else "")


def short_source(basis: Basis, negotiation: Negotiation) -> str:
    """Return the source in short: who published it, or else its title, and its date."""
    source = negotiation.sources.get(basis.source) if basis.source is not None else None
    if source is None or source.publisher is None:
        return source_text(basis, negotiation)
    when = date(source.date)
    return clean(source.publisher) + (f", {when}" if when else "")


def _of_account(account: Account, negotiation: Negotiation) -> Iterator[Assumption]:
    if len(negotiation.accounts) > 1:
        credence = account.credence
        yield Assumption(
            party="",
            path=credence.path,
            what=f"credence of the account “{clean(account.title)}”",
            value=number_stated(credence),
            kind=kind(credence),
            basis=credence.basis,
        )
    for party in account.parties:
        yield from _of_party(party, negotiation)


def _of_party(party: Party, negotiation: Negotiation) -> Iterator[Assumption]:
    owner = party.id
    yield from _of_batna(owner, party, negotiation)
    yield from _of_preferences(owner, "", party.preferences, negotiation)
    yield from _of_red_lines(owner, "", party.red_lines, negotiation)
    for constituency in party.constituencies:
        yield from _of_constituency(owner, constituency, negotiation)
    if party.discount is not None:
        number = party.discount
        value = number_stated(number)
        yield Assumption(owner, number.path, "discount factor", value, kind(number), number.basis)


def _of_batna(owner: str, party: Party, negotiation: Negotiation) -> Iterator[Assumption]:
    batna = party.batna
    what = "what no agreement is worth to it" + (f" ({clean(batna.what)})" if batna.what else "")
    if batna.value is not None:
        value = number_stated(batna.value, party.preferences.scale)
        basis = batna.value.basis or batna.basis
        yield Assumption(owner, batna.value.path, what, value, kind(batna.value), basis)
    elif batna.equals is not None:
        terms = zip(negotiation.space.issues, batna.equals, strict=True)
        same = ", ".join(clean(f"{issue.name} {issue.label(option)}") for issue, option in terms)
        path = f"parties.{party.id}.batna.value"
        yield Assumption(owner, path, what, f"as much as {same}", Kind.NUMBER, batna.basis)


def _of_preferences(
    owner: str, of: str, preferences: Preferences, negotiation: Negotiation
) -> Iterator[Assumption]:
    space, scale = negotiation.space, preferences.scale
    weights = preferences.weights
    stated = weights_stated(weights, space, scale)
    yield Assumption(owner, weights.path, f"{of}weights of the issues", stated, kind(weights), weights.basis)
    for issue, values in zip(space.issues, preferences.values, strict=True):
        what = f"{of}value of the options of {clean(issue.name)}"
        stated = values_stated(values, issue, scale)
        yield Assumption(owner, values.path, what, stated, kind(values), values.basis)
    for interaction in preferences.interactions:
        adds = interaction.adds
        what = f"{of}what it adds that {clean(interaction.when.describe(space))}"
        yield Assumption(owner, adds.path, what, number_stated(adds, scale), kind(adds), adds.basis)


def _of_red_lines(
    owner: str, of: str, lines: Iterable[RedLine], negotiation: Negotiation
) -> Iterator[Assumption]:
    for line in lines:
        words = clean(line.what or f"never {line.never.describe(negotiation.space)}")
        firmness = line.firmness
        what = f"{of}chance that “{words}” is meant"
        basis = firmness.basis or line.basis
        yield Assumption(owner, firmness.path, what, number_stated(firmness), kind(firmness), basis)


def _of_constituency(owner: str, constituency: Constituency, negotiation: Negotiation) -> Iterator[Assumption]:
    of = f"{clean(constituency.name)}: "
    number = constituency.accepts_above
    basis = number.basis or constituency.basis
    what = f"{of}utility from which it accepts"
    yield Assumption(owner, number.path, what, number_stated(number), kind(number), basis)
    if constituency.preferences is not None:
        yield from _of_preferences(owner, of, constituency.preferences, negotiation)
    yield from _of_red_lines(owner, of, constituency.red_lines, negotiation)


def accounts_text(assumption: Assumption, negotiation: Negotiation) -> str:
    """Return which accounts state it so; empty where all do."""
    if len(assumption.accounts) == len(negotiation.accounts):
        return ""
    return listing(clean(negotiation.account(name).title) for name in assumption.accounts)
