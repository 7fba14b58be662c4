"""From the text of a case file to located nodes, within limits that no file can exceed at any cost.

PyYAML's event stream (libyaml's where it is installed) is composed here, without recursion. What YAML offers
beyond plain data (tags, merge keys, several documents) is refused, and so is what two readers of YAML would
read differently: `no` unquoted, and keys written twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from winset.case import scalars
from winset.case.nodes import Entry, Node, Plain, Scalar, Sequence, Table, plain
from winset.case.problems import Problems, describe
from winset.case.syntax import explain, spot
from winset.case.text import CaseText, shorten

DEPTH_LIMIT: Final = 64
NODE_LIMIT: Final = 250_000
"""Nodes of a document with every alias written out."""
ALIAS_LIMIT: Final = 1_000

At = tuple[int, int]
"""Line and column, from 1."""

_Tagged = yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_STYLES: Final = (None, "")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # all but tab and line break


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    start: At
    anchor: str | None
    is_table: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    wrong: bool = False
    key: Scalar | None = None
    awaits_value: bool = False
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an anchor names; `node` is None while the collection is still `open`, and where it is wrong."""

    node: Node | None
    size: int = 1
    height: int = 1
    open: bool = False


def compose(text: CaseText, problems: Problems) -> Node:
    """Return the root of the document.

    Parameters
    ----------
    text : CaseText
    problems : Problems
        Gets what is wrong with the document as YAML.

    Raises
    ------
    InputError
        When the text is not YAML at all or exceeds a limit, with all problems so far.
    """
    composer = _Composer(problems)
    try:
        for event in yaml.parse(text.text, Loader=_LOADER):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        explain(error, text, problems)
    except yaml.reader.ReaderError as error:
        line, column = text.position(error.position)
        problems.add(spot(line, column), "E006", f"this is not YAML: {error.reason}")
        problems.stop()
    if composer.root is None and len(problems):
        problems.stop()
    if composer.root is None:
        problems.add(spot(1, 1), "E005", "the file is empty", allowed="a case: winset new writes a first one")
        problems.stop()
    return composer.root


class _Composer:
    """Puts events together; holds the collections that are open, the anchors, and what was counted."""

    def __init__(self, problems: Problems) -> None:
        self.root: Node | None = None
        self._problems = problems
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._nodes = 0
        self._aliases = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            at = _at(event)
            self._place(self._scalar(event, at), at, event.anchor)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(_at(event), "E008", "a second document begins here", "one case in one file")

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._refuse_tag(event)
        self._count(_at(event), 1)
        is_table = isinstance(event, yaml.MappingStartEvent)
        self._open.append(_Open(_at(event), event.anchor, is_table))
        self._check_depth(_at(event), 0)
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(None, open=True)

    def _end(self) -> None:
        done = self._open.pop()
        node: Node | None = Table(*done.start, done.entries, frozenset(done.dropped))
        if not done.is_table:
            node = Sequence(*done.start, tuple(done.items)) if not done.wrong else None
        self._place(node, done.start, done.anchor, done.size, done.height)

    def _alias(self, event: yaml.AliasEvent) -> None:
        at = _at(event)
        self._aliases += 1
        if self._aliases > ALIAS_LIMIT:
            self._stop(at, "E015", "too many aliases", f"at most {ALIAS_LIMIT:,} in a file")
        target = self._anchors.get(event.anchor or "")
        if target is None or target.open:
            what = "no anchor of this name comes before" if target is None else "it stands inside what it names"
            found = f"*{shorten(event.anchor or '')}"
            self._note(at, "E013", f"an alias that names nothing: {what}", found=found)
            target = _Anchored(None)
        self._count(at, target.size)
        self._check_depth(at, target.height)
        self._place(target.node, at, None, target.size, target.height)

    def _place(self, node: Node | None, at: At, anchor: str | None, size: int = 1, height: int = 1) -> None:
        """Put a complete node where it belongs; None stands for one that is wrong, and takes its list along."""
        if anchor:
            self._anchors[anchor] = _Anchored(node, size, height)
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.size += size
        parent.height = max(parent.height, height + 1)
        if not parent.is_table:
            parent.wrong = parent.wrong or node is None
            parent.items += [node] if node is not None else []
        elif parent.awaits_value:
            if parent.key is not None and node is not None:
                parent.entries[parent.key.text] = Entry(parent.key, node)
            elif parent.key is not None:
                parent.dropped.add(parent.key.text)
            parent.awaits_value = False
        else:
            parent.key = self._key(node, parent, at) if node is not None else None
            parent.awaits_value = True

    def _key(self, node: Node, parent: _Open, at: At) -> Scalar | None:
        """Return the key, or None where there is something wrong with it."""
        if not isinstance(node, Scalar) or node.value is None or isinstance(node.value, bool):
            allowed = "text or a number; a word such as true or null in quotes"
            self._note(at, "E016", "this cannot be a key", found=describe(plain(node)), allowed=allowed)
            return None
        if node.text == "<<":
            self._note(at, "E011", "merge keys are not part of a case file", found="<<")
            return None
        first = parent.entries.get(node.text)
        if first is not None:
            message = f"the key '{shorten(node.text)}' is written twice; first in line {first.key.line}"
            self._note(at, "E009", message)
            return None
        return node

    def _scalar(self, event: yaml.ScalarEvent, at: At) -> Scalar | None:
        self._count(at, 1)
        if self._refuse_tag(event):
            return None
        text = str(event.value)
        value: Plain = text
        if event.style in _PLAIN_STYLES:
            try:
                value = self._resolve(text, at)
            except OverflowError as error:
                allowed = f"at most {scalars.DIGITS_LIMIT} characters; text in quotes"
                message = "a number that is too long"
                self._note(at, "E017", message, found=str(error), allowed=allowed)
                return None
        elif _CONTROL.search(text):
            self._note(at, "E004", "text with a control character", found=shorten(text))
            value = text = _CONTROL.sub("", text)
        return Scalar(*at, text, value)

    def _resolve(self, text: str, at: At) -> Plain:
        if text.casefold() in scalars.AMBIGUOUS:
            message = f"write '{text}' in quotes: unquoted, some readers of YAML take it for a truth value"
            self._note(at, "E010", message, found=text, allowed=f'"{text}", or true or false')
            return text
        return scalars.resolve(text)

    def _refuse_tag(self, event: _Tagged) -> bool:
        """Note E012 for a tag; return whether there is one."""
        if event.tag is None:
            return False
        message = "tags are not part of a case file"
        self._note(_at(event), "E012", message, found=f"!<{shorten(event.tag)}>")
        return True

    def _count(self, at: At, size: int) -> None:
        self._nodes += size
        if self._nodes > NODE_LIMIT:
            allowed = f"at most {NODE_LIMIT:,} nodes, each alias written out"
            self._stop(at, "E015", "the document is too large", allowed)

    def _check_depth(self, at: At, height: int) -> None:
        if len(self._open) + height > DEPTH_LIMIT:
            self._stop(at, "E014", "nested too deeply", f"at most {DEPTH_LIMIT} levels")

    def _note(
        self, at: At, code: str, message: str, *, found: str | None = None, allowed: str | None = None
    ) -> None:
        self._problems.add(spot(*at), code, message, found=found, allowed=allowed)

    def _stop(self, at: At, code: str, message: str, allowed: str) -> None:
        self._note(at, code, message, allowed=allowed)
        self._problems.stop()


def _at(event: yaml.Event) -> At:
    mark = event.start_mark
    assert mark is not None  # events that were parsed from text have one
    return mark.line + 1, mark.column + 1
