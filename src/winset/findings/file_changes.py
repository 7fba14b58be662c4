"""What changed between two case files, judgement by judgement."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from winset.findings.base import Json

Path = tuple[str, ...]

_BASIS = frozenset({"source", "because"})
_WHOLE = frozenset(
    {
        "never",
        "when",
        "terms",
        "rule",
        "equals",
        "adds",
        "value",
        "firmness",
        "accepts_above",
        "credence",
        "discount",
    }
)
_ONE_OF_MANY = {
    "sources": "source",
    "statements": "statement",
    "issues": "issue",
    "options": "option",
    "links": "link",
    "parties": "party",
    "red_lines": "red line",
    "constituencies": "constituency",
    "interactions": "interaction",
    "accounts": "account",
}
_OPENED = frozenset({*_ONE_OF_MANY, "values", "batna"})  # one part is compared even where the other has none


@dataclass(frozen=True, slots=True)
class FileChange:
    """One thing that the files say differently.

    Attributes
    ----------
    kind : {"changed", "added", "removed"}
    what : str
        What was changed: "party", "red line", "option", ..., or "judgement" for what is said of them.
    path : tuple of str
        Where; begins with ``accounts`` and a name where not every account says it.
    before, after : value
        As a case file writes them; None where there is nothing.
    """

    kind: Literal["changed", "added", "removed"]
    what: str
    path: Path
    before: Any
    after: Any

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "kind": self.kind,
            "what": self.what,
            "path": list(self.path),
            "before": self.before,
            "after": self.after,
        }


def file_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FileChange, ...]:
    """Return what changed, in the order of the file; what every account says alike is listed once.

    Parameters
    ----------
    before, after : mapping
        Cases as plain documents: the keys of a case file, and under each of ``accounts`` its `title`,
        `credence`, basis, and its whole ``reading`` of parties and rule.
    """
    sides = _named(before), _named(after)
    heads = [{key: value for key, value in side.items() if key != "accounts"} for side in sides]
    accounts = [side["accounts"] for side in sides]
    own = [
        {name: {k: v for k, v in account.items() if k != "reading"} for name, account in side.items()}
        for side in accounts
    ]
    return (
        *_changes(heads[0], heads[1], ()),
        *_changes(own[0], own[1], ("accounts",)),
        *_readings(accounts[0], accounts[1]),
    )


def _named(value: Any) -> Any:
    """Return a document whose keys are text, as those of JSON are; options can be numbers."""
    if isinstance(value, Mapping):
        return {str(key): _named(inner) for key, inner in value.items()}
    return [_named(item) for item in value] if isinstance(value, list | tuple) else value


def _readings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FileChange]:
    """Yield what changed in parties and rule; without its account where it changed alike in all compared."""
    pairs = _pairs(before, after)
    found: dict[Path, dict[str, dict[str, FileChange]]] = {}
    for name, (one, other) in pairs.items():
        for change in _changes(one, other, ()):
            found.setdefault(change.path, {}).setdefault(_canonical(change.to_dict()), {})[name] = change
    for by_account in (each for at_path in found.values() for each in at_path.values()):
        if len(by_account) == len(pairs):
            yield next(iter(by_account.values()))
            continue
        for name, change in by_account.items():
            path = ("accounts", name, *change.path)
            yield FileChange(change.kind, change.what, path, change.before, change.after)


def _pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return by account the readings to compare: those of the same name, or with one account on a side, all."""
    shared = [name for name in after if name in before]
    if shared:
        return {name: (before[name]["reading"], after[name]["reading"]) for name in shared}
    if len(before) == 1:
        [only] = before.values()
        return {name: (only["reading"], account["reading"]) for name, account in after.items()}
    if len(after) == 1:
        [only] = after.values()
        return {name: (account["reading"], only["reading"]) for name, account in before.items()}
    return {}


def _changes(before: Any, after: Any, path: Path) -> Iterator[FileChange]:
    if _canonical(before) == _canonical(after):
        return
    one, other = _parts(before, path), _parts(after, path)
    if one is None or other is None or _taken_whole(one, other, path):
        yield FileChange("changed", "judgement", path, before, after)
        return
    for key in dict.fromkeys((*one, *other)):
        inner = (*path, key)
        if key in one and key in other:
            yield from _changes(one[key], other[key], inner)
        elif key in _OPENED and isinstance(found := one.get(key, other.get(key)), Mapping | list):
            yield from _changes(one.get(key, type(found)()), other.get(key, type(found)()), inner)
        elif key in other:
            yield FileChange("added", _what(inner), inner, None, other[key])
        else:
            yield FileChange("removed", _what(inner), inner, one[key], None)
    if path[-1:] == ("options",) and [key for key in one if key in other] != [
        key for key in other if key in one
    ]:
        yield FileChange("changed", "order of the options", path, list(one), list(other))


def _parts(node: Any, path: Path) -> Mapping[str, Any] | None:
    """Return what a node consists of, by name; None for a number, text, or list that is one judgement."""
    if isinstance(node, Mapping):
        return node
    if path[-1:] == ("options",):
        return {str(option): None for option in node}
    if not isinstance(node, Sequence) or isinstance(node, str):
        return None
    if path[-1:] == ("interactions",):
        return _interactions(node)
    if not all(isinstance(item, Mapping) and "id" in item for item in node):
        return None
    return {str(item["id"]): {key: value for key, value in item.items() if key != "id"} for item in node}


def _interactions(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return interactions by their terms, which is what makes two of them the same."""
    named: dict[str, Any] = {}
    for item in items:
        name = json.dumps(item["when"], ensure_ascii=False)
        while name in named:
            name += "'"
        named[name] = item
    return named


def _taken_whole(before: Mapping[str, Any], after: Mapping[str, Any], path: Path) -> bool:
    """Whether two mappings are one judgement, to be shown as a whole."""
    if not path:
        return False
    if path[-1] in _WHOLE:
        return True
    form_matters = path[-1] in ("weights", "bounds", "points") or path[-2:-1] == ("values",)
    return form_matters and before.keys() - _BASIS != after.keys() - _BASIS


def _what(path: Path) -> str:
    return _ONE_OF_MANY.get(path[-2], "judgement") if len(path) > 1 else "judgement"


def _canonical(value: Any) -> str:
    """Return a text that is the same for the same content, whatever the order of keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
