"""Writes a negotiation as a case file (schema version 1), for people to read and edit.

``load_text(to_yaml(negotiation), file)`` gives the negotiation back, but for its `file`.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from winset.case.save_accounts import common, difference
from winset.case.save_party import (
    basis_document,
    clause_document,
    number_document,
    party_document,
    present,
)
from winset.case.save_yaml import section
from winset.model.issues import Issue, Space
from winset.model.negotiation import Account, Negotiation, Source, Statement
from winset.model.rule import Rule

_VERSION: Final = 1


def to_yaml(negotiation: Negotiation) -> str:
    """Return the text of a case file.

    Numbers are written with the fewest digits that give them back, text is quoted where a reader of YAML could
    take it for something else, and what the negotiation does not state is left out. With several accounts, what
    they agree on stands once and each account lists its own changes.

    Raises
    ------
    ValueError
        For a negotiation that no case file describes: a clause on a numeric issue whose options are not all
        those between two numbers.
    """
    space = negotiation.space
    readings = [_reading(account, space) for account in negotiation.accounts]
    base = common(readings)
    sections: list[tuple[str, Any]] = [
        ("winset", _VERSION),
        ("case", negotiation.id),
        ("title", negotiation.title),
        ("as_of", negotiation.as_of),
        ("about", negotiation.about),
        ("sources", {key: _source(source) for key, source in negotiation.sources.items()}),
        ("statements", {key: _statement(item) for key, item in negotiation.statements.items()}),
        ("issues", {issue.name: _issue(issue) for issue in space.issues}),
        (
            "links",
            [
                {"id": link.id, "never": clause_document(link.never, space), **basis_document(link.basis)}
                for link in negotiation.links
            ],
        ),
        ("rule", base["rule"]),
        ("parties", base["parties"]),
    ]
    if not _is_plain(negotiation.accounts):
        accounts = {
            account.id: _account(account, difference(reading, base))
            for account, reading in zip(negotiation.accounts, readings, strict=True)
        }
        sections.append(("accounts", accounts))
    header = "".join(section(name, value) for name, value in sections[:5] if value is not None)
    body = [section(name, value) for name, value in sections[5:] if value]
    return "\n".join([header, *body])


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


def _issue(issue: Issue) -> dict[str, Any]:
    document: dict[str, Any] = present(title=issue.title)
    steps = _range(issue)
    if steps is not None:
        document |= steps
    elif issue.meanings:
        document["options"] = dict(zip(issue.options, issue.meanings, strict=True))
    else:
        document["options"] = list(issue.options)
    if issue.ordered and steps is None:
        document["ordered"] = True
    return document | present(unit=issue.unit)


def _range(issue: Issue) -> dict[str, Any] | None:
    """Return the issue as a range, or None when its options are not evenly spaced numbers."""
    if not issue.numeric or not issue.ordered or issue.meanings or len(issue.options) < 2:
        return None
    exact = [Decimal(repr(option)) for option in issue.options]
    step = exact[1] - exact[0]
    if step <= 0 or any(later - earlier != step for earlier, later in itertools.pairwise(exact)):
        return None
    width = int(step) if step == step.to_integral_value() else float(step)
    return {"range": [issue.options[0], issue.options[-1]], "step": width}


def _reading(account: Account, space: Space) -> dict[str, Any]:
    """Return what an account says of the rule and the parties."""
    return {
        "rule": _rule(account.rule, space),
        "parties": {party.id: party_document(party, space) for party in account.parties},
    }


def _account(account: Account, changes: Mapping[str, Any]) -> dict[str, Any]:
    return (
        present(title=account.title, credence=number_document(account.credence))
        | basis_document(account.basis)
        | ({"changes": changes} if changes else {})
    )


def _rule(rule: Rule, space: Space) -> dict[str, Any]:
    members = [member if isinstance(member, str) else _rule(member, space) for member in rule.members]
    document: dict[str, Any] = (
        {"quota": rule.quota, "of": members} if rule.kind == "quota" else {rule.kind: members}
    )
    if rule.veto:
        document["veto"] = list(rule.veto)
    if rule.when:
        document["when"] = [
            {"terms": clause_document(condition.terms, space), "needs": _rule(condition.needs, space)}
            for condition in rule.when
        ]
    return document
