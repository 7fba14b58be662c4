"""What the formats have in common: a domain, and one profile of preferences for every party."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Final

from winset.case.formats.source import (
    INCOMPLETE,
    MAX_ISSUES,
    MAX_OPTIONS,
    MAX_TOTAL_OPTIONS,
    UNREPRESENTABLE,
    Place,
)
from winset.model.issues import Clause, Issue, Option, Outcome, Space

#: Keys that stand beside the names of issues in `weights`, and beside those of options in `values.<issue>`.
RESERVED_ISSUES: Final = frozenset({"ranking", "bounds", "source", "because"})
RESERVED_OPTIONS: Final = RESERVED_ISSUES | {"linear", "points"}

#: Characters of a name or a title in a case file.
LINE_LIMIT: Final = 200

_NOT_PRINTED: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})  # controls, lone surrogates, line separators


@dataclass(frozen=True, slots=True)
class Domain:
    """What is negotiated.

    Attributes
    ----------
    title : str
    space : Space
        Issues and options under the names that a case file can have.
    keys : tuple of str
        What the profiles call each issue: its name, or its index in Genius. Axis [I].
    labels : tuple of tuple of Option
        What the profiles call each option. Axes [I][K].
    """

    title: str
    space: Space
    keys: tuple[str, ...]
    labels: tuple[tuple[Option, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Exact values of one issue: one for each option or, with `points`, at these positions."""

    values: tuple[float, ...]
    points: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Preferences of one party, exact, on the scale of its file.

    Attributes
    ----------
    file, name : str
        Name of the file without its folder, and the name for readers.
    weights : tuple of float
        Axis [I].
    rows : tuple of Row
        Axis [I].
    adds : tuple of (Clause, float)
        What is added where an outcome matches.
    reservation : float or None
        The reservation value; None exactly when `equals` is given.
    equals : tuple of int, or None
        The outcome that is worth as much as no agreement.
    because : str or None
        Why the reservation value is what it is, where the file leaves it to a rule.
    discount : float or None
        Discount factor per unit of normalised time, in (0, 1).
    notes : tuple of str
        What a reader should know: phrases that end in a colon, which the names of the files follow.
    """

    file: str
    name: str
    weights: tuple[float, ...]
    rows: tuple[Row, ...]
    reservation: float | None
    adds: tuple[tuple[Clause, float], ...] = ()
    equals: Outcome | None = None
    because: str | None = None
    discount: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawIssue:
    """An issue as a peer's file has it.

    Attributes
    ----------
    key, name : str
        What the profiles call it, and its name.
    options : tuple of Option
    ordered : bool
    place : Place
    meanings : tuple of (str or None)
        What the file says of each option for readers; empty where it says nothing.
    """

    key: str
    name: str
    options: tuple[Option, ...]
    ordered: bool
    place: Place
    meanings: tuple[str | None, ...] = ()


def make_domain(title: str, raw_issues: Iterable[RawIssue], place: Place) -> Domain:
    """Return the domain under names that a case file can have.

    A name that a case file reserves gets an underscore at its end; the name in the peer's file becomes the
    title of the issue, or the meaning of the option.

    Raises
    ------
    InputError
        Without issues, with an issue without options, with names that are empty, repeat or hold control
        characters, and beyond the limits on their number.
    """
    issues = _within_limits(raw_issues, place)
    names = [issue.name for issue in issues]
    made = tuple(_issue(raw, names) for raw in issues)
    _check_distinct([issue.name for issue in made], "two issues have the same name", place)
    _check_distinct([raw.key for raw in issues], "two issues have the same index", place)
    return Domain(
        title=title,
        space=Space(made),
        keys=tuple(raw.key for raw in issues),
        labels=tuple(raw.options for raw in issues),
    )


def _issue(raw: RawIssue, names: Sequence[str]) -> Issue:
    """Return the issue under names that a case file can have; `names` are those of all issues."""
    name = _free_name(raw.name, RESERVED_ISSUES, names)
    texts = [option for option in raw.options if isinstance(option, str)]
    options = tuple(
        _free_name(option, RESERVED_OPTIONS, texts) if isinstance(option, str) else option
        for option in raw.options
    )
    meanings = tuple(
        meaning or (str(old) if new != old else None)
        for new, old, meaning in zip(options, raw.options, raw.meanings or (None,) * len(options), strict=True)
    )
    return Issue(
        name=name,
        options=options,
        ordered=raw.ordered,
        title=raw.name if name != raw.name else None,
        meanings=meanings if any(meanings) else (),
    )


def _within_limits(raw_issues: Iterable[RawIssue], place: Place) -> list[RawIssue]:
    """Return the issues, each checked; stop at the first that exceeds a limit."""
    issues: list[RawIssue] = []
    total = 0
    for raw in raw_issues:
        _check_names(raw)
        total += len(raw.options)
        issues.append(raw)
        if len(issues) > MAX_ISSUES or total > MAX_TOTAL_OPTIONS:
            raise raw.place.refuse(
                UNREPRESENTABLE,
                "too many issues or options",
                allowed=f"at most {MAX_ISSUES:,} issues with {MAX_TOTAL_OPTIONS:,} options together",
            )
    if not issues:
        raise place.refuse(INCOMPLETE, "the domain has no issue", allowed="at least one issue")
    return issues


def _check_names(raw: RawIssue) -> None:
    if not raw.options:
        raise raw.place.refuse(
            INCOMPLETE, "the issue has no options", found=raw.name, allowed="at least one option"
        )
    if len(raw.options) > MAX_OPTIONS:
        raise raw.place.refuse(
            UNREPRESENTABLE,
            "the issue has too many options",
            found=raw.name,
            allowed=f"at most {MAX_OPTIONS:,}",
        )
    for text in (raw.name, *raw.options):
        if isinstance(text, str) and not is_line(text):
            raise raw.place.refuse(
                UNREPRESENTABLE,
                "a name that no case file can have",
                found=repr(text),
                allowed=f"one line of 1 to {LINE_LIMIT} characters that can be printed",
            )
    _check_distinct(raw.options, f"an option of {raw.name!r} repeats", raw.place)


def is_line(text: str) -> bool:
    """Whether a text can be a name or title in a case file: one line, not blank, not overlong."""
    return (
        0 < len(text) <= LINE_LIMIT
        and not text.isspace()
        and not any(unicodedata.category(character) in _NOT_PRINTED for character in text)
    )


def _check_distinct(names: Sequence[Option], message: str, place: Place) -> None:
    seen: set[Option] = set()
    for name in names:
        if name in seen or str(name) in seen:
            raise place.refuse(UNREPRESENTABLE, message, found=name, allowed="each name once")
        seen |= {name, str(name)}


def _free_name(name: str, reserved: Set[str], taken: Sequence[str]) -> str:
    """Return the name, with underscores at its end where a case file reserves it."""
    if name not in reserved:
        return name
    name += "_"
    while name in taken:
        name += "_"
    return name


def lowest(profile_weights: Sequence[float], rows: Sequence[Row], bias: float = 0.0) -> float:
    """Return the lowest utility of additive preferences: the sum of each issue's lowest contribution."""
    total = bias
    for weight, row in zip(profile_weights, rows, strict=True):
        total += min(weight * value for value in row.values)
    return total


def highest(profile_weights: Sequence[float], rows: Sequence[Row]) -> float:
    """Return the highest utility of additive preferences: the sum of each issue's highest contribution."""
    total = 0.0
    for weight, row in zip(profile_weights, rows, strict=True):
        total += max(weight * value for value in row.values)
    return total
