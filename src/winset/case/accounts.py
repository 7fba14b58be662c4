"""Accounts: what each changes is put into the rest of the file, before anything is made of it.

The merge works on located nodes, so that a problem in an account is reported where it stands. Mappings merge
key by key and lists of items with ids by id, but only as deep as `_CHANGES` says; all else is replaced whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from winset.case.bounds import fit, sums
from winset.case.nodes import Entry, Node, Place, Scalar, Sequence, Table
from winset.case.numbers import span_of
from winset.case.problems import Problems
from winset.case.schema import AccountEntry
from winset.case.scope import Scope
from winset.model.judgement import Number

_ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class _Merge:
    """A part that merges: how the parts under it do (`_ANY`: all of them); what is not named is replaced.

    A `judged` part says what it rests on in `source` and `because`. A change that judges anew does not keep the
    old basis, which spoke of the old judgement.
    """

    parts: Mapping[str, _Merge] = field(default_factory=dict)
    judged: frozenset[str] = frozenset()


_BATNA: Final = _Merge(judged=frozenset({"value"}))
_RED_LINES: Final = _Merge({_ANY: _Merge(judged=frozenset({"never", "firmness"}))})
_PREFERENCES: Final = {"values": _Merge(), "red_lines": _RED_LINES}
_CONSTITUENCY: Final = _Merge(
    _PREFERENCES, frozenset({"accepts_above", "weights", "values", "interactions", "red_lines"})
)
_PARTY: Final = _Merge({**_PREFERENCES, "batna": _BATNA, "constituencies": _Merge({_ANY: _CONSTITUENCY})})
_CHANGES: Final = _Merge({"parties": _Merge({_ANY: _PARTY})})


def reading(root: Table, account: Node | None) -> Table:
    """Return the parties and the rule of the file as an account has them.

    Parameters
    ----------
    root : Table
        The whole document.
    account : Node or None
        The account's node; None for the file as written.
    """
    kept = {key: entry for key, entry in root.entries.items() if key in ("parties", "rule")}
    base = Table(root.line, root.column, kept, root.dropped)
    changes = account.value("changes") if isinstance(account, Table) else None
    merged = _merged(base, changes, _CHANGES) if changes is not None else base
    return merged if isinstance(merged, Table) else base


def _merged(base: Node, change: Node, how: _Merge) -> Node:
    if isinstance(base, Table) and isinstance(change, Table):
        entries = dict(base.entries)
        if change.entries.keys() & how.judged:
            entries = {key: entry for key, entry in entries.items() if key not in ("source", "because")}
        for key, entry in change.entries.items():
            part = how.parts.get(key, how.parts.get(_ANY))
            before = entries.get(key)
            if part is not None and before is not None:
                entry = Entry(entry.key, _merged(before.value, entry.value, part))
            entries[key] = entry
        return replace(base, entries=entries, dropped=base.dropped | change.dropped)
    if isinstance(base, Sequence) and isinstance(change, Sequence) and _ANY in how.parts:
        items: dict[str | int, Node] = {_id(item) or index: item for index, item in enumerate(base.items)}
        for index, item in enumerate(change.items):
            name = _id(item) or -1 - index
            items[name] = _merged(items[name], item, how.parts[_ANY]) if name in items else item
        return replace(base, items=tuple(items.values()))
    return change


def _id(node: Node) -> str | None:
    named = node.value("id") if isinstance(node, Table) else None
    return named.text if isinstance(named, Scalar) else None


def check_parties(
    accounts: Mapping[str, AccountEntry], place: Place, known: tuple[str, ...], problems: Problems
) -> None:
    """Note E032 where an account changes a party that the file does not have."""
    names = frozenset(known)
    for name, account in accounts.items():
        changed = account.changes.parties if account.changes is not None else None
        for party in changed or {}:
            if party not in names:
                at = place.at(name, "changes", "parties", party).by_key()
                problems.add(at, "E032", "there is no such party", found=party, valid=known)


def credences(accounts: Mapping[str, AccountEntry], place: Place, scope: Scope) -> tuple[Number, ...]:
    """Return the accounts' credences: as stated, or equal where none is.

    Notes
    -----
    E021 a credence missing where others are given, E064 credences that cannot sum to one.
    """
    given = {name: account for name, account in accounts.items() if "credence" in account.model_fields_set}
    bases = {name: scope.basis(account, place.at(name)) for name, account in accounts.items()}
    paths = {name: place.at(name, "credence").path for name in accounts}
    if not given:
        even = 1.0 / len(accounts)
        return tuple(Number(paths[name], even, even, bases[name], stated=False) for name in accounts)
    for name in [name for name in accounts if name not in given and not place.at(name).damaged]:
        message = "the credence is missing; other accounts have one"
        scope.problems.add(place.at(name).by_key(), "E021", message, allowed="a credence for all, or for none")
    spans = {name: span_of(account.credence) for name, account in accounts.items()}
    lower = [span[0] if (span := spans[name]) is not None else 0.0 for name in accounts]
    upper = [span[1] if (span := spans[name]) is not None else 1.0 for name in accounts]
    bounds = fit(lower, upper, None, 1.0)
    if bounds is None:
        least, most = sums(lower, upper, None)
        found = f"{least:g}" if least == most else f"between {least:g} and {most:g}"
        message = "the credences of the accounts do not add up to 1"
        scope.problems.add(place.by_key(), "E064", message, found=f"a sum of {found}", allowed="a sum of 1")
        bounds = tuple(lower), tuple(upper)
    return tuple(
        Number(
            paths[name],
            low,
            high,
            scope.basis(account.credence, place.at(name, "credence"), bases[name]),
            stated=spans[name] is not None,
        )
        for (name, account), low, high in zip(accounts.items(), *bounds, strict=True)
    )
