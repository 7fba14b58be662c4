"""What if: judgements of a case file replaced for one run.

A change goes by its path and is read by the same reader as the file, so that errors name the option with line
and column within it. It is put into the parties and the rule after an account's changes have been merged;
`accounts.NAME` before the path puts it into one account only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from winset.case.compose import compose
from winset.case.nodes import Entry, Node, Scalar, Table, moved
from winset.case.nodes import Sequence as List
from winset.case.paths import FILE, READING, Part, Steps, own_names, read_path, under, unknown
from winset.case.problems import Problems, listing
from winset.case.text import CaseText, decode, lines_before, shorten
from winset.errors import InputError, Problem

_FORM: Final = "PATH=YAML, such as parties.east.batna.value=0.2"
_SHOWN: Final = 200

_SAYS_NOTHING: Final = frozenset(
    {"source", "because", "id", "name", "kind", "what", "statements", "veto", "votes"}
)
"""Keys that judge nothing: with one of them changed, the judgement beside it rests on what it rested on."""


@dataclass(frozen=True, slots=True)
class Change:
    """One judgement replaced: the path, the text of what is to stand there, and how errors call the two."""

    path: str
    text: str
    option: str

    def __str__(self) -> str:
        return shorten(f"{self.path}={self.text.strip()}", _SHOWN)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is supposed: judgements replaced, then demands set aside (keys as `Demand.key`)."""

    changes: tuple[Change, ...] = ()
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes or self.without)

    @classmethod
    def of(cls, changes: Mapping[str, Any] | Iterable[str] = (), without: Iterable[str] = ()) -> WhatIf:
        """Return what is supposed.

        Parameters
        ----------
        changes : mapping of str to value, or iterable of str
            By path, what stands there: numbers, text, lists and mappings as a case file has them; or texts
            ``PATH=YAML``.
        without : iterable of str
            Demands to set aside: ``red_line:PARTY.ID`` or ``batna:PARTY``.

        Raises
        ------
        InputError
            E811 for a text of another form or a value that no case file can hold.
        """
        if isinstance(changes, Mapping):
            made = [_written(path, value) for path, value in changes.items()]
        else:
            made = [_parsed(text) for text in changes]
        wrong = [one for one in made if isinstance(one, Problem)]
        if wrong:
            raise InputError(wrong)
        return cls(tuple(one for one in made if isinstance(one, Change)), tuple(without))

    @property
    def texts(self) -> tuple[str, ...]:
        """What is supposed, for readers."""
        return (*map(str, self.changes), *(shorten(f"without {key}", _SHOWN) for key in self.without))


AS_WRITTEN: Final = WhatIf()


def _parsed(text: str) -> Change | Problem:
    found = read_path(text)
    if found is None or text[found[1] : found[1] + 1] != "=":
        return Problem("E811", "not a change", shorten(text, _SHOWN), _FORM, file="--set")
    path = text[: found[1]].strip()
    return Change(path, text[found[1] + 1 :], f"--set {shorten(path, _SHOWN)}")


def _written(path: str, value: Any) -> Change | Problem:
    option = f"changes[{shorten(path, _SHOWN)!r}]"
    try:
        return Change(path, json.dumps(value, ensure_ascii=False, allow_nan=False), option)
    except (TypeError, ValueError, RecursionError):
        allowed = "finite numbers, text, lists and mappings"
        message = "this cannot stand in a case file"
        return Problem("E811", message, shorten(repr(value)), allowed, file=option)


@dataclass(frozen=True, slots=True)
class Override:
    """A change, read: its steps, the account that it is for (None: every one), and what stands there."""

    change: Change
    account: str | None
    steps: Steps
    node: Node

    @property
    def full(self) -> Steps:
        """The steps, those to the account included."""
        return self.steps if self.account is None else ("accounts", self.account, *self.steps)


@dataclass(frozen=True, slots=True)
class Overrides:
    """The changes of a run, read, and their texts, whose lines count on from those of the file."""

    each: tuple[Override, ...] = ()
    texts: tuple[CaseText, ...] = ()

    def in_reading(self, tree: Table, account: str | None, issues: Steps) -> Table:
        """Return the parties and the rule as an account has them, changed; unknown paths change nothing."""
        for one in self.each:
            if one.account in (None, account) and one.steps != _CREDENCE:
                changed = _put(tree, one.steps, one, READING, issues)
                tree = changed if isinstance(changed, Table) else tree
        return tree

    def in_file(self, root: Table) -> Table:
        """Return the document with the accounts' credences changed; unknown accounts change nothing."""
        for one in self.each:
            if one.account is not None and one.steps == _CREDENCE:
                changed = _put(root, ("accounts", one.account, *_CREDENCE), one, FILE, ())
                root = changed if isinstance(changed, Table) else root
        return root

    def check(self, readings: Mapping[str | None, Table], issues: Steps) -> None:
        """Raise for every path that leads nowhere in every account.

        Parameters
        ----------
        readings : mapping of str to Table
            Parties and rule by account; by None in a file without accounts.
        issues : tuple of str

        Raises
        ------
        InputError
            E812, with the nearest path that leads somewhere.
        """
        accounts = Table(1, 1)
        for name, tree in readings.items():
            accounts = accounts if name is None else accounts.having(name, tree)
        grounds = [tree.having("accounts", accounts) for tree in readings.values()]
        wrong = []
        for one in self.each:
            lost = [unknown(one.full, ground, FILE, issues) for ground in grounds]
            if lost[0] is not None and None not in lost:
                wrong.append(_no_path(one.change, lost[0].step, lost[0].allowed, lost[0].nearest))
        if wrong:
            raise InputError(wrong)


_CREDENCE: Final[Steps] = ("credence",)
_TOO_SHORT: Final[tuple[Steps, ...]] = (("parties",),)
_STARTS: Final = (
    "parties.NAME...",
    "rule",
    "accounts.NAME.parties.NAME...",
    "accounts.NAME.rule",
    "accounts.NAME.credence",
)
NOTHING_CHANGED: Final = Overrides()


def read_changes(changes: Sequence[Change], file: CaseText) -> Overrides:
    """Return the changes, read; their lines count on from those of the file.

    Raises
    ------
    InputError
        With every problem of every change: E811 for what is no path, and what a file's text can have.
    """
    wrong: list[Problem] = []
    read = []
    for change in changes:
        try:
            read.append(_read(change))
        except InputError as error:
            wrong += error.problems
    if wrong:
        raise InputError(wrong)
    texts = tuple(text for text, _ in read)
    before = lines_before((file, *texts))[1:]
    each = (replace(one, node=moved(one.node, lines)) for (_, one), lines in zip(read, before, strict=True))
    return Overrides(tuple(each), texts)


def _read(change: Change) -> tuple[CaseText, Override]:
    found = read_path(change.path)
    if found is None or found[1] < len(change.path.rstrip()):
        allowed = "steps separated by dots; one that holds a dot or '=' in quotes"
        raise InputError([Problem("E811", "not a path", change.path[:_SHOWN], allowed, file=change.option)])
    text = decode(change.text if change.text.strip() else "null", change.option)
    problems = Problems(text)
    node = compose(text, problems)
    if len(problems):
        problems.stop()
    steps, account = found[0], None
    if steps[0] == "accounts" and len(steps) > 2:
        account, steps = steps[1], steps[2:]
    if steps in _TOO_SHORT or steps[0] == "accounts":
        raise InputError([_no_path(change, None, _STARTS, None)])
    return text, Override(change, account, steps, node)


def _no_path(change: Change, step: str | None, allowed: Sequence[str], nearest: str | None) -> Problem:
    message = "the path ends too early" if step is None else "there is no such path"
    found = None if step is None else f"'{shorten(step)}'"
    names = listing(allowed) if allowed else None
    return Problem("E812", message, found, names, nearest, shorten(change.path, _SHOWN), change.option)


def issue_names(root: Table) -> Steps:
    """Return the names of the issues as far as the document has any."""
    return own_names(root.value("issues"))


def _put(node: Node | None, steps: Steps, change: Override, part: Part, issues: Steps) -> Node | None:
    """Return the node with the change at the end of the steps; None where they lead nowhere.

    What a judgement rested on is dropped with it: nobody's source vouches for what is supposed.
    """
    step, rest, at = steps[0], steps[1:], change.node
    inner = part.step(step, node, issues)
    if inner is None:
        return None
    value = _put(under(node, step), rest, change, inner, issues) if rest else at
    if value is None:
        return None
    if isinstance(node, List):
        number = own_names(node).index(step)
        return replace(node, items=(*node.items[:number], value, *node.items[number + 1 :]))
    table = node if isinstance(node, Table) else Table(at.line, at.column)
    old = table.entries.get(step)
    key = (
        old.key
        if old is not None and rest
        else Scalar(at.line, at.column, step, old.key.value if old else step)
    )
    judges = "source" in part.keys and change.steps[-1] not in _SAYS_NOTHING
    kept = {k: e for k, e in table.entries.items() if not (judges and k in ("source", "because"))}
    return replace(table, entries={**kept, step: Entry(key, value)}, dropped=table.dropped - {step})
