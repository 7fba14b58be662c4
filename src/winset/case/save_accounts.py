"""What several accounts have in common, and what each adds to it, so that merging gives each account back.

Merging (`winset.case.accounts`) can add and replace, but take nothing away. Only what every account has can
therefore stand in the rest of the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

_Shape = Mapping[str, Any]
"""What merges inside a mapping: its keys, each with a shape of its own; what is not named is replaced whole."""

_ANY: Final = "*"  # every key, or every item of a list by its id; their order has to be kept
_PREFERENCES: Final[_Shape] = {"values": {}, "red_lines": {_ANY: {}}}
_PARTY: Final[_Shape] = {**_PREFERENCES, "batna": {}, "constituencies": {_ANY: _PREFERENCES}}
_READING: Final[_Shape] = {"parties": {_ANY: _PARTY}}

_BASIS: Final = ("source", "because")
_MISSING: Final = object()


def common(readings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what every reading has; where they differ in a detail, that of the first."""
    return _common_mapping(readings, _READING)


def difference(reading: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes that turn `base`, of `common`, into the reading."""
    return _mapping_changes(reading, base, _READING)


def _part(shape: _Shape, key: Any) -> _Shape | None:
    """Return the shape of what stands under a key, or None where it is replaced whole."""
    part: _Shape | None = shape.get(str(key), shape.get(_ANY))
    return part


def _common_mapping(versions: Sequence[Mapping[Any, Any]], shape: _Shape) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for number, key in enumerate(versions[0]):
        if _ANY in shape and any(list(version)[number : number + 1] != [key] for version in versions):
            break
        entries = [version.get(key, _MISSING) for version in versions]
        if any(entry is _MISSING for entry in entries):
            continue
        shared = _common_value(entries, _part(shape, key))
        if shared or not isinstance(shared, dict | list):
            result[key] = shared
    return result


def _common_value(entries: Sequence[Any], shape: _Shape | None) -> Any:
    if shape is None:
        return entries[0]
    if isinstance(entries[0], Mapping):
        return _common_mapping(entries, shape)
    shared = []
    for items in zip(*entries, strict=False):
        if len({item["id"] for item in items}) > 1:
            break
        shared.append(_common_mapping(items, shape[_ANY]))
    return shared


def _mapping_changes(full: Mapping[Any, Any], base: Mapping[Any, Any], shape: _Shape) -> dict[Any, Any]:
    changes: dict[Any, Any] = {}
    for key, value in full.items():
        if key not in base:
            changes[key] = value
        elif value != base[key]:
            changes[key] = _value_changes(value, base[key], _part(shape, key))
    if changes:  # a changed judgement says anew what it rests on: merging drops what the old one rested on
        changes |= {key: full[key] for key in _BASIS if key in full}
    return changes


def _value_changes(value: Any, base: Any, shape: _Shape | None) -> Any:
    if shape is None:
        return value
    if isinstance(value, Mapping):
        return _mapping_changes(value, base, shape)
    known = {item["id"]: item for item in base}
    changes = {item["id"]: _mapping_changes(item, known.get(item["id"], {}), shape[_ANY]) for item in value}
    return [{"id": name} | change for name, change in changes.items() if change]
