"""Writes a negotiation as a case file (schema version 1), for people to read and edit.

``load_text(to_yaml(negotiation), file)`` gives the negotiation back, but for its `file`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from winset.case.save_accounts import common, difference
from winset.case.save_party import basis_document, number_document, party_document
from winset.case.save_terms import clause_document, issue_document, present, rule_document
from winset.case.save_yaml import section
from winset.model.issues import Space
from winset.model.negotiation import Account, Link, Negotiation, Source, Statement

_VERSION: Final = 1


def to_yaml(negotiation: Negotiation) -> str:
    """Return the text of a case file.

    Numbers are written with the fewest digits that give them back, text is quoted where a reader of YAML could
    take it for something else, and what the negotiation does not state is left out. With several accounts, what
    they agree on stands once and each account lists its own changes.
    """
    space = negotiation.space
    readings = [_reading(account, space) for account in negotiation.accounts]
    base = common(readings)
    accounts = {
        account.id: _account(account, difference(reading, base))
        for account, reading in zip(negotiation.accounts, readings, strict=True)
    }
    header = present(
        winset=_VERSION,
        case=negotiation.id,
        title=negotiation.title,
        as_of=negotiation.as_of,
        about=negotiation.about,
    )
    body = {
        "sources": {key: _source(source) for key, source in negotiation.sources.items()},
        "statements": {key: _statement(item) for key, item in negotiation.statements.items()},
        "issues": {issue.name: issue_document(issue) for issue in space.issues},
        "links": [_link(link, space) for link in negotiation.links],
        "rule": base["rule"],
        "parties": base["parties"],
        "accounts": {} if _is_plain(negotiation.accounts) else accounts,
    }
    first = "".join(section(name, value) for name, value in header.items())
    return "\n".join([first, *(section(name, value) for name, value in body.items() if value)])


def document(negotiation: Negotiation) -> dict[str, Any]:
    """Return what a case says as plain mappings, lists and scalars, by the keys of a case file.

    Unlike in a file, each of ``accounts`` holds its whole reading of parties and rule, under ``reading``.
    """
    space = negotiation.space
    return {
        **present(title=negotiation.title, as_of=negotiation.as_of, about=negotiation.about),
        "sources": {key: _source(source) for key, source in negotiation.sources.items()},
        "statements": {key: _statement(item) for key, item in negotiation.statements.items()},
        "issues": {issue.name: issue_document(issue) for issue in space.issues},
        "links": [_link(link, space) for link in negotiation.links],
        "accounts": {
            account.id: _account(account, {}) | {"reading": _reading(account, space)}
            for account in negotiation.accounts
        },
    }


def _is_plain(accounts: Sequence[Account]) -> bool:
    """Whether the file needs no `accounts`: there is only the reading that it gives itself."""
    only = accounts[0]
    return len(accounts) == 1 and only.id == "as_written" and not only.basis


def _source(source: Source) -> dict[str, Any]:
    return present(
        title=source.title,
        author=source.author,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        note=source.note,
    )


def _statement(statement: Statement) -> dict[str, Any]:
    return present(
        by=statement.by,
        to=statement.to,
        date=statement.date,
        where=statement.where,
        quote=statement.quote,
        summary=statement.summary,
        source=statement.source,
    )


def _link(link: Link, space: Space) -> dict[str, Any]:
    return {"id": link.id, "never": clause_document(link.never, space)} | basis_document(link.basis)


def _reading(account: Account, space: Space) -> dict[str, Any]:
    """Return what an account says of the rule and the parties."""
    return {
        "rule": rule_document(account.rule, space),
        "parties": {party.id: party_document(party, space) for party in account.parties},
    }


def _account(account: Account, changes: Mapping[str, Any]) -> dict[str, Any]:
    credence = number_document(account.credence, account.basis)
    if credence is None and account.credence.low < account.credence.high:
        credence = "unknown"  # to say nothing would mean that all accounts have the same
    return (
        present(title=account.title, credence=credence)
        | basis_document(account.basis)
        | ({"changes": changes} if changes else {})
    )
