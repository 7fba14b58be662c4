"""Paths to what a file judges: ``parties.east.batna.value``; how they are written, and which there are.

The steps of a path are separated by dots. A step that holds a dot or an equals sign, or begins with a quotation
mark, stands in single or double quotes, in which the quotation mark itself is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from winset.case import schema
from winset.case.nodes import Node, Scalar, Sequence, Table
from winset.errors import nearest_name

Steps = tuple[str, ...]

_STEP: Final = re.compile(
    r"""\"(?P<double>(?:[^"]|"")*)"|'(?P<single>(?:[^']|'')*)'|(?P<plain>[^."'=][^.=]*)"""
)
_PLAIN: Final = re.compile(r"""[^."'=\s](?:[^.=]*[^.=\s])?""")


def read_path(text: str) -> tuple[Steps, int] | None:
    """Return the steps of the path that a text begins with, and where it ends; None without a path."""
    steps: list[str] = []
    at = 0
    while (match := _STEP.match(text, at)) is not None:
        if (plain := match["plain"]) is not None:
            step = plain.strip()
        elif (double := match["double"]) is not None:
            step = double.replace('""', '"')
        else:
            step = match["single"].replace("''", "'")
        steps.append(step)
        at = match.end()
        if not text.startswith(".", at):
            return tuple(steps), at
        at += 1
    return None


def write_path(steps: Steps) -> str:
    """Return the path, its steps in quotes where they have to be."""
    return ".".join(step if _PLAIN.fullmatch(step) else '"' + step.replace('"', '""') + '"' for step in steps)


@dataclass(frozen=True, slots=True)
class Part:
    """What can stand under one place of a file.

    Attributes
    ----------
    keys : mapping
        The fixed keys, and what can stand under each.
    each : Part or None
        What can stand under every further name.
    names : {"own", "issues", "any"}
        Which further names there are: those that the file has at this place (of a list: ids, else numbers from
        0), the issues, or any; whether one of the last is an option of the issue is found out when it is read.
    """

    keys: Mapping[str, Part] = field(default_factory=dict)
    each: Part | None = None
    names: Literal["own", "issues", "any"] = "own"

    def step(self, name: str, node: Node | None, issues: Steps) -> Part | None:
        """Return what can stand under a name; None where there is no such name."""
        if name in self.keys:
            return self.keys[name]
        return self.each if self.names == "any" or name in self.further(node, issues) else None

    def further(self, node: Node | None, issues: Steps) -> Steps:
        """Return the names besides the fixed keys, as far as they can be listed."""
        if self.each is None or self.names == "any":
            return ()
        return issues if self.names == "issues" else own_names(node)


def own_names(node: Node | None) -> Steps:
    """Return the keys of a table, or for each item of a list its id, else its number."""
    if isinstance(node, Table):
        return tuple(node.entries)
    if not isinstance(node, Sequence):
        return ()
    named = (item.value("id") if isinstance(item, Table) else None for item in node.items)
    return tuple(id_.text if isinstance(id_, Scalar) else str(index) for index, id_ in enumerate(named))


def under(node: Node | None, name: str) -> Node | None:
    """Return what stands under a key of a table or under a name of a list's item; None where nothing does."""
    if isinstance(node, Table):
        return node.value(name)
    names = own_names(node)
    return node.items[names.index(name)] if isinstance(node, Sequence) and name in names else None


_LEAF: Final = Part()


def _part(model: type[schema.Part], **keys: Part) -> Part:
    return Part({name: keys.get(name, _LEAF) for name in model.model_fields})


def _with_names(part: Part, names: Literal["issues", "any"]) -> Part:
    return Part(part.keys, _LEAF, names)


_CLAUSE: Final = Part({}, _LEAF, "issues")
_BY_OPTION: Final = Part({}, _LEAF, "any")
_VALUES: Final = _with_names(_part(schema.ValuesEntry, bounds=_BY_OPTION, points=_BY_OPTION), "any")
_PREFERENCES: Final[Mapping[str, Part]] = {
    "weights": _with_names(_part(schema.WeightsEntry, bounds=_CLAUSE), "issues"),
    "values": Part({}, _VALUES, "issues"),
    "interactions": Part({}, _part(schema.InteractionEntry, when=_CLAUSE)),
    "red_lines": Part({}, _part(schema.RedLineEntry, never=_CLAUSE)),
}
_PARTY: Final = _part(
    schema.PartyEntry,
    batna=_part(schema.BatnaEntry),
    constituencies=Part({}, _part(schema.ConstituencyEntry, **_PREFERENCES)),
    **_PREFERENCES,
)
READING: Final = _part(schema.Reading, parties=Part({}, _PARTY))
"""What every account has: the parties and the rule."""

_ACCOUNT: Final = Part({**READING.keys, "credence": _LEAF})
FILE: Final = Part({**READING.keys, "accounts": Part({}, _ACCOUNT)})
"""What of a file can be set: in every account, in one of them, and the credence of each."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a path leads nowhere: the step that is not there, the names that are, and the path that was meant."""

    step: str
    allowed: Steps
    nearest: str | None


def unknown(steps: Steps, node: Node | None, part: Part, issues: Steps) -> Unknown | None:
    """Return why a path leads nowhere from a node; None where it leads somewhere.

    The nearest path takes, wherever a step is not there, the name closest to it.
    """
    first: tuple[str, Steps] | None = None
    meant: list[str] = []
    for step in steps:
        inner = part.step(step, node, issues)
        if inner is None:
            names = (*part.keys, *part.further(node, issues))
            first = first or (step, names)
            near = nearest_name(step, names)
            inner = part.step(near, node, issues) if near is not None else None
            if near is None or inner is None:
                return Unknown(*first, None)
            step = near
        meant.append(step)
        node, part = under(node, step), inner
    return None if first is None else Unknown(*first, write_path(tuple(meant)))
