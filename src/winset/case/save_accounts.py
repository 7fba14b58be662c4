"""What several accounts have in common, and what each adds to it, so that merging gives each account back.

Merging: mappings merge key by key, lists whose items have an `id` merge by it, and everything else is replaced
whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

#: Mappings that are replaced whole; so is each entry of `values`.
_WHOLE: Final = frozenset(
    {"rule", "weights", "value", "never", "firmness", "credence", "accepts_above", "discount"}
)
_MISSING: Final = object()


def common(readings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what every reading has; where they differ in a detail, that of the first."""
    return dict(_common_mapping(readings, ""))


def difference(reading: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes that turn `base`, of `common`, into the reading."""
    return _mapping_changes(reading, base, "")


def _merges(value: Any, name: str, parent: str) -> bool:
    return isinstance(value, Mapping) and name not in _WHOLE and parent != "values"


def _by_id(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(i, Mapping) and "id" in i for i in value)


def _common_mapping(versions: Sequence[Mapping[Any, Any]], name: str) -> dict[Any, Any]:
    """Return the keys that all have, up to the first that one lacks where the order of keys has a meaning."""
    first = versions[0]
    result: dict[Any, Any] = {}
    for number, key in enumerate(first):
        entries = [version.get(key, _MISSING) for version in versions]
        if name == "constituencies":
            shared = all(list(version)[number : number + 1] == [key] for version in versions)
            if not shared:
                break
        elif any(entry is _MISSING for entry in entries):
            continue
        result[key] = _common_value(entries, str(key), name)
    return result


def _common_value(entries: Sequence[Any], name: str, parent: str) -> Any:
    if all(_merges(entry, name, parent) for entry in entries):
        return _common_mapping(entries, name)
    if all(_by_id(entry) for entry in entries):
        shared = []
        for items in zip(*entries, strict=False):  # as long as every account has the same item next
            if len({item["id"] for item in items}) > 1:
                break
            shared.append(_common_mapping(items, name))
        return shared
    return entries[0]


def _mapping_changes(full: Mapping[Any, Any], base: Mapping[Any, Any], name: str) -> dict[Any, Any]:
    changes: dict[Any, Any] = {}
    for key, value in full.items():
        if key not in base:
            changes[key] = value
        elif value != base[key]:
            changes[key] = _value_changes(value, base[key], str(key), name)
    return changes


def _value_changes(value: Any, base: Any, name: str, parent: str) -> Any:
    if _merges(value, name, parent) and _merges(base, name, parent):
        return _mapping_changes(value, base, name)
    if _by_id(value) and isinstance(base, list):
        known = {item["id"]: item for item in base}
        changed = []
        for item in value:
            changes = _mapping_changes(item, known.get(item["id"], {}), name)
            if changes:
                changed.append({"id": item["id"], **changes})
        return changed
    return value
