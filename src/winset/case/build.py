"""From a checked document to the negotiation that it describes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from winset.case import accounts as accounts_of
from winset.case.issues import known_issues
from winset.case.links import links
from winset.case.nodes import Node, Place, Scalar, Table, size
from winset.case.overrides import NOTHING_CHANGED, Overrides
from winset.case.parties import party, title_of
from winset.case.problems import Problems
from winset.case.rules import rule
from winset.case.schema import CaseFile, Reading
from winset.case.scope import Scope
from winset.case.structure import check
from winset.model.issues import Space
from winset.model.judgement import Number
from winset.model.negotiation import Account, Negotiation, Source, Statement
from winset.model.party import Party
from winset.model.rule import Rule

READ_LIMIT: Final = 400_000
"""Nodes of the parties, times accounts: reading so many takes some seconds."""

VALUES_LIMIT: Final = 2_000_000
"""Values of options, over all parties, constituencies and accounts."""

_STAND_INS: Final[dict[str, Node]] = {
    "winset": Scalar(1, 1, "1", 1),
    "case": Scalar(1, 1, "case", "case"),
    "title": Scalar(1, 1, "case", "case"),
    "parties": Table(1, 1),
}
_WHOLE: Final = "as_written"


def build(root: Node, problems: Problems, overrides: Overrides = NOTHING_CHANGED) -> Negotiation:
    """Return the negotiation that the document describes, with what is overridden.

    Raises
    ------
    InputError
        With every problem, when there is one.
    """
    if not isinstance(root, Table):
        allowed = "a mapping, with winset: 1 as its first line"
        problems.add(Place(root), "E018", "a case file is a mapping", allowed=allowed)
        problems.stop()
    checked = check(CaseFile, overrides.in_file(root), problems, _STAND_INS)
    if checked is None:
        problems.stop()
    parties_known = "parties" in root.entries and "parties" not in checked[1].dropped
    case, root = checked
    place = Place(root)
    scope = _scope(case, place, problems)
    _check_size(case, place, scope)
    made = links(case.links or (), place.at("links"), scope)
    readings = _readings(case, root, overrides)
    accounts = _accounts(case, readings, place, scope) if parties_known else ()
    if len(problems):
        problems.stop()
    overrides.check(readings, tuple(scope.issues))
    return Negotiation(
        id=case.case,
        title=case.title,
        space=Space(tuple(known.issue for known in scope.issues.values() if known.issue is not None)),
        accounts=accounts,
        links=made,
        as_of=case.as_of,
        about=case.about,
        sources={id_: Source(id_, **entry.model_dump()) for id_, entry in (case.sources or {}).items()},
        statements={
            id_: Statement(id_, **entry.model_dump()) for id_, entry in (case.statements or {}).items()
        },
    )


def _scope(case: CaseFile, place: Place, problems: Problems) -> Scope:
    """Return the names that the file defines, those included whose definition is wrong."""
    scope = Scope(
        problems,
        known_issues(case.issues, place.at("issues"), problems),
        dict.fromkeys(_names(place.at("sources"))),
        dict.fromkeys(_names(place.at("statements"))),
    )
    for id_, statement in (case.statements or {}).items():
        if statement.source is not None:
            scope.check_source(statement.source, place.at("statements", id_, "source"))
    return scope


def _check_size(case: CaseFile, place: Place, scope: Scope) -> None:
    """Stop with E015 or E041 where the parties' judgements would be out of all proportion to the file."""
    readings = max(1, len(case.accounts or {}))
    total = readings * size(place.at("parties").node)
    if readings > 1 and total > READ_LIMIT:
        message, found = "too many accounts for so large a file", f"{total:,} values in all"
        scope.problems.add(
            place.at("accounts").by_key(), "E015", message, found=found, allowed=f"{READ_LIMIT:,}"
        )
        scope.problems.stop()
    options = sum(1 + len(known.names) for known in scope.issues.values())
    parties = list(case.parties.values())
    for account in (case.accounts or {}).values():
        parties += (account.changes.parties or {}).values() if account.changes is not None else ()
    readers = len(parties) + sum(len(party.constituencies or {}) for party in parties)
    if options * readers * readings > VALUES_LIMIT:
        message, found = "too many options for so many parties and accounts", f"{options:,} options in all"
        allowed = f"options, times parties and constituencies, times accounts: {VALUES_LIMIT:,}"
        scope.problems.add(place.at("issues").by_key(), "E041", message, found=found, allowed=allowed)
        scope.problems.stop()


def _names(place: Place) -> tuple[str, ...]:
    """Return the keys of a table, the dropped ones last; nothing where the file is silent."""
    if not isinstance(place.node, Table) or place.key is None:
        return ()
    return (*place.node.entries, *sorted(place.node.dropped))


def _readings(case: CaseFile, root: Table, overrides: Overrides) -> dict[str | None, Table]:
    """Return parties and rule as each account has them; by None where the file has no accounts."""
    at, issues = Place(root).at("accounts"), _names(Place(root).at("issues"))
    nodes = {id_: at.at(id_).node for id_ in case.accounts} if case.accounts else {None: None}
    return {
        id_: overrides.in_reading(accounts_of.reading(root, node), id_, issues) for id_, node in nodes.items()
    }


def _accounts(
    case: CaseFile, readings: Mapping[str | None, Table], place: Place, scope: Scope
) -> tuple[Account, ...]:
    """Return the accounts; one for the file as written where it has none."""
    if not case.accounts:
        parties, needed = _read(readings[None], scope)
        return (
            Account(_WHOLE, title_of(_WHOLE), Number(f"accounts.{_WHOLE}.credence", 1.0, 1.0), parties, needed),
        )
    at = place.at("accounts")
    accounts_of.check_parties(case.accounts, at, _names(place.at("parties")), scope.problems)
    credences = accounts_of.credences(case.accounts, at, scope)
    made = []
    for (id_, entry), credence in zip(case.accounts.items(), credences, strict=True):
        parties, needed = _read(readings[id_], scope)
        basis = scope.basis(entry, at.at(id_))
        made.append(Account(id_, entry.title or title_of(id_), credence, parties, needed, basis))
    return tuple(made)


def _read(reading: Table, scope: Scope) -> tuple[tuple[Party, ...], Rule]:
    """Return the parties and the rule as an account has them."""
    checked = check(Reading, reading, scope.problems)
    if checked is None:
        return (), Rule("all", ())
    entries, tree = checked
    place = Place(tree)
    names = _names(place.at("parties"))
    if not names:
        scope.problems.add(place.at("parties"), "E042", "there is no party", allowed="at least one party")
    parties = tuple(
        party(id_, entry, place.at("parties", id_), scope) for id_, entry in entries.parties.items()
    )
    return parties, rule(entries.rule, place.at("rule"), scope, names)
