"""The structure of a document, checked against the schema.

A wrong part is reported and dropped, and the rest is checked again; so one run finds what is wrong with the
structure and, in the parts that are left, what is wrong with the content.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from winset.case.nodes import Node, Place, Scalar, Table, plain, without
from winset.case.problems import Problems, describe
from winset.case.schema import TAGS, Part, UnknownKey

M = TypeVar("M", bound=Part)

_ROUNDS: Final = 8  # a wrong part takes its parent along when the parent needs it; parts nest no deeper
_KEY: Final = "[key]"  # pydantic's mark for a key in a location


def check(
    model: type[M], root: Table, problems: Problems, stand_ins: Mapping[str, Node] | None = None
) -> tuple[M, Table] | None:
    """Return what the document says and the tree it was read from, without the parts that are wrong.

    Parameters
    ----------
    model : type of Part
        The schema.
    root : Table
    problems : Problems
        Gets what is wrong.
    stand_ins : mapping, optional
        What to go on with where a required key of the root is missing or wrong.

    Returns
    -------
    tuple of (Part, Table), or None
        None when nothing can be read of the document.
    """
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(plain(root)), root
        except ValidationError as error:
            details = error.errors(include_url=False)
        wrong: set[int] = set()
        absent: set[str] = set()
        for detail in details:
            _note(detail, Place(root), problems, wrong, absent)
        if id(root) in wrong or problems.full or not absent <= (stand_ins or {}).keys():
            return None
        root = _without(root, wrong)
        for key in absent:
            root = root.having(key, (stand_ins or {})[key])
    return None


def _without(root: Table, wrong: set[int]) -> Table:
    kept = without(root, frozenset(wrong))
    assert isinstance(kept, Table)  # `without` keeps the kind of its root
    return kept


def _note(detail: Any, root: Place, problems: Problems, wrong: set[int], absent: set[str]) -> None:
    """Report one of pydantic's errors; add the node to drop to `wrong`, or a key of the root to `absent`."""
    place, on_key = _follow(root, detail["loc"])
    kind = detail["type"]
    if kind == "missing":
        key = str(detail["loc"][-1])
        table = place.node
        if not (isinstance(table, Table) and key in table.dropped):
            at = place.by_key() if place.path else place
            problems.add(at, "E021", f"the key '{key}' is missing")
        if table is root.node:
            absent.add(key)
        else:
            wrong.add(id(table))
        return
    wrong.add(id(place.node))
    if kind == "extra_forbidden" and isinstance(detail["input"], UnknownKey):
        valid = detail["input"].allowed
        found = place.key.text if place.key else ""
        problems.add(place.by_key(), "E020", "there is no such key", found=found, valid=valid)
        return
    told = detail.get("ctx", {})
    if "inner" not in told:  # one of pydantic's own
        needed = {"dict_type": "a mapping", "tuple_type": "a list"}.get(kind)
        message = f"{needed} is needed here" if needed else "this cannot stand here"
        problems.add(place, "E022", message, found=describe(detail["input"]))
        return
    spot = place.at(*told["inner"])
    spot = spot.by_key() if on_key or told["on_key"] else spot
    problems.add(spot, kind, told["message"], found=told["found"], allowed=told["allowed"])


def _follow(root: Place, location: tuple[str | int, ...]) -> tuple[Place, bool]:
    """Return the place that a location of pydantic's leads to, and whether it means the key there."""
    place = root
    steps = list(location)
    on_key = bool(steps) and steps[-1] == _KEY
    for step in steps[:-1] if on_key else steps:
        if step in TAGS and not _has(place, step):
            continue
        if not _has(place, step):
            break  # a missing key: its parent is the place
        place = place.at(step)
    return place, on_key


def _has(place: Place, step: str | int) -> bool:
    if isinstance(place.node, Table):
        return str(step) in place.node.entries
    return not isinstance(place.node, Scalar) and isinstance(step, int) and step < len(place.node.items)
