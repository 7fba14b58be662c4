"""Issues and their options, from the file to the model."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from winset.case.nodes import Place, Table
from winset.case.problems import Problems
from winset.case.schema import IssueEntry
from winset.case.scope import KnownIssue, keys
from winset.model.issues import Issue, Option

OPTIONS_LIMIT: Final = 100_000
"""Options of one issue."""

TOTAL_LIMIT: Final = 200_000
"""Options of all issues together."""

_ALLOWED: Final = f"at most {OPTIONS_LIMIT:,} for one issue, and {TOTAL_LIMIT:,} for all"

RESERVED_ISSUES: Final = frozenset({"ranking", "bounds", "source", "because"})
"""Keys beside the names of issues under `weights`."""

RESERVED_OPTIONS: Final = RESERVED_ISSUES | {"linear", "points"}
"""Keys beside the names of options under `values`."""


def known_issues(entries: dict[str, IssueEntry], place: Place, problems: Problems) -> dict[str, KnownIssue]:
    """Return the issues in the order of the file, those included whose definition is wrong.

    Notes
    -----
    E029 options and range together or neither, E035 an option twice, E036 a reserved name, E040 a step that
    does not divide the range, E041 too many options, E042 no issue at all.
    """
    names = list(keys(place))
    dropped = place.node.dropped if isinstance(place.node, Table) else frozenset()
    if not names and not dropped:
        problems.add(place, "E042", "there is no issue", allowed="at least one issue")
    known: dict[str, KnownIssue] = {}
    left = TOTAL_LIMIT
    for name in [*names, *sorted(dropped)]:
        entry = entries.get(name)
        limit = min(left, OPTIONS_LIMIT)
        issue = _issue(name, entry, place.at(name), problems, limit) if entry is not None else None
        left -= len(issue.options) if issue is not None else 0
        known[name] = KnownIssue(len(known), issue, ranged=entry is not None and entry.range is not None)
    return known


def _issue(name: str, entry: IssueEntry, place: Place, problems: Problems, limit: int) -> Issue | None:
    if name in RESERVED_ISSUES:
        reserved = ", ".join(sorted(RESERVED_ISSUES))
        message = f"'{name}' has a meaning of its own and cannot name an issue (nor can {reserved})"
        problems.add(place.by_key(), "E036", message)
        return None
    if place.damaged:
        return None
    if (entry.options is None) == (entry.range is None):
        message = "an issue has either options or a range"
        problems.add(place.by_key(), "E029", message, allowed="options: [...], or range: [lowest, highest]")
        return None
    options = (
        _listed(entry, place.at("options"), problems)
        if entry.range is None
        else _ranged(entry, place, problems, limit)
    )
    if options is None:
        return None
    numeric = all(not isinstance(option, str) for option in options)
    for key, given in (
        ("step", entry.step if entry.range is None else None),
        ("unit", None if numeric else entry.unit),
    ):
        if given is not None:
            message = f"'{key}' goes with numbers" if key == "unit" else "'step' goes with a range"
            problems.add(place.at(key).by_key(), "E029", message)
    meanings = tuple(entry.options.values()) if isinstance(entry.options, dict) else ()
    return Issue(
        name,
        options,
        ordered=numeric if entry.ordered is None else entry.ordered,
        unit=entry.unit,
        title=entry.title,
        meanings=meanings if any(meaning is not None for meaning in meanings) else (),
    )


def _listed(entry: IssueEntry, place: Place, problems: Problems) -> tuple[Option, ...] | None:
    """Return the options that are listed, or None where some repeat or clash with a key."""
    options = tuple(keys(place).values()) if isinstance(entry.options, dict) else entry.options or ()
    fine = True
    seen: set[str] = set()
    for number, option in enumerate(options):
        at = place.at(number) if not isinstance(entry.options, dict) else place.at(str(option)).by_key()
        if str(option) in seen:
            problems.add(at, "E035", "the option is listed twice", found=str(option))
            fine = False
        if option in RESERVED_OPTIONS:
            reserved = ", ".join(sorted(RESERVED_OPTIONS))
            message = f"'{option}' has a meaning of its own and cannot name an option (nor can {reserved})"
            problems.add(at, "E036", message)
            fine = False
        seen.add(str(option))
    if len(options) > OPTIONS_LIMIT:
        problems.add(place, "E041", "too many options", found=f"{len(options):,}", allowed=_ALLOWED)
        return None
    return options if fine else None


def _ranged(entry: IssueEntry, place: Place, problems: Problems, limit: int) -> tuple[Option, ...] | None:
    """Return the numbers of a range, each the float nearest to its exact decimal, integers where integral."""
    assert entry.range is not None
    low, high = (Fraction(repr(bound)) for bound in entry.range)
    step = Fraction(repr(entry.step if entry.step is not None else 1.0))
    if step <= 0:
        problems.add(
            place.at("step"), "E023", "out of range", found=f"{entry.step!r}", allowed="a step above 0"
        )
        return None
    steps = (high - low) / step
    if steps.denominator != 1:
        message = "the highest number is not a whole number of steps above the lowest"
        found = f"{entry.range[0]:g} to {entry.range[1]:g} in steps of {float(step):g}"
        problems.add(place.at("step"), "E040", message, found=found, allowed="a step that divides the range")
        return None
    if steps >= limit:
        found = f"{int(steps) + 1:,}" if steps < 10**15 else "more than 10^15"
        problems.add(place.at("range"), "E041", "too many options", found=found, allowed=_ALLOWED)
        return None
    unit = low.denominator * step.denominator
    first, stride = int(low * unit), int(step * unit)
    numerators = range(first, first + stride * int(steps) + 1, stride)
    return tuple(n // unit if n % unit == 0 else n / unit for n in numerators)
