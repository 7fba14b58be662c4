"""The document as a tree of nodes, each with its line and column, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Plain = str | int | float | bool | None
"""What a scalar can mean under the core schema of YAML 1.2."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text, a number, a truth value or nothing. `line` and `column` count from 1, here as in every node."""

    line: int
    column: int
    text: str
    value: Plain


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list. `damaged` says that items were taken out as wrong, already reported."""

    line: int
    column: int
    items: tuple[Node, ...]
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a table, and what stands under it."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Table:
    """A YAML mapping, by the text of its keys. `dropped` holds keys taken out as wrong, already reported."""

    line: int
    column: int
    entries: Mapping[str, Entry] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()

    def value(self, key: str) -> Node | None:
        """Return what stands under `key`, or None."""
        entry = self.entries.get(key)
        return entry.value if entry is not None else None

    def having(self, key: str, node: Node) -> Table:
        """Return the table with `node` under `key`."""
        entry = Entry(Scalar(node.line, node.column, key, key), node)
        return replace(self, entries={**self.entries, key: entry})


Node = Scalar | Sequence | Table


@dataclass(frozen=True, slots=True)
class Place:
    """A node, the dotted path that leads to it, and the key that names it.

    The path of a list item that has an `id` goes by that, of any other by its number.
    """

    node: Node
    path: str = ""
    key: Scalar | None = None

    @property
    def line(self) -> int:
        """Line of the node."""
        return self.node.line

    @property
    def column(self) -> int:
        """Column of the node."""
        return self.node.column

    @property
    def damaged(self) -> bool:
        """Whether parts of the node were taken out as wrong, so that what is missing there says nothing."""
        node = self.node
        return bool(node.dropped) if isinstance(node, Table) else isinstance(node, Sequence) and node.damaged

    def at(self, *steps: str | int) -> Place:
        """Return the place that these keys and item numbers lead to.

        Where the file is silent the path goes on and the position stays that of the last node there is.
        """
        place = self
        for step in steps:
            place = place._step(step)
        return place

    def _step(self, step: str | int) -> Place:
        node, key, name = self.node, self.key, str(step)
        if isinstance(node, Table) and (entry := node.entries.get(name)) is not None:
            node, key = entry.value, entry.key
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node, key = node.items[step], None
            named = node.value("id") if isinstance(node, Table) else None
            if isinstance(named, Scalar) and isinstance(named.value, str):
                name = named.value
        return Place(node, f"{self.path}.{name}" if self.path else name, key)

    def by_key(self) -> Place:
        """Return the same place with the position of the key that names it."""
        return self if self.key is None else Place(self.key, self.path)


def plain(node: Node) -> Any:
    """Return the node as dict, list and scalars; keys as text. Depth is bounded by the composer."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(entry.value) for key, entry in node.entries.items()}


def size(node: Node) -> int:
    """Return the number of nodes, aliases written out."""
    if isinstance(node, Scalar):
        return 1
    inside = node.items if isinstance(node, Sequence) else [entry.value for entry in node.entries.values()]
    return 1 + sum(size(item) for item in inside)


def without(node: Node, wrong: frozenset[int]) -> Node:
    """Return the tree without the nodes whose `id()` is in `wrong`."""
    if isinstance(node, Sequence):
        items = tuple(without(item, wrong) for item in node.items if id(item) not in wrong)
        return replace(node, items=items, damaged=node.damaged or len(items) < len(node.items))
    if isinstance(node, Table):
        kept = {
            key: Entry(entry.key, without(entry.value, wrong))
            for key, entry in node.entries.items()
            if id(entry.value) not in wrong
        }
        return replace(node, entries=kept, dropped=node.dropped | (node.entries.keys() - kept.keys()))
    return node


def moved(node: Node, lines: int) -> Node:
    """Return the tree with every position so many lines further down. Depth is bounded by the composer."""
    if isinstance(node, Sequence):
        return replace(node, line=node.line + lines, items=tuple(moved(item, lines) for item in node.items))
    if isinstance(node, Table):
        entries = {
            name: Entry(replace(entry.key, line=entry.key.line + lines), moved(entry.value, lines))
            for name, entry in node.entries.items()
        }
        return replace(node, line=node.line + lines, entries=entries)
    return replace(node, line=node.line + lines)
