"""Issues, clauses and rules as plain documents."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from winset.model.issues import Clause, Issue, Option, Space
from winset.model.rule import Rule

#: Bounds of a range are read as floats, which hold every integer up to this one.
_EXACT_INTEGERS: Final = 2**53


def present(**fields: Any) -> dict[str, Any]:
    """Return the fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}


def issue_document(issue: Issue) -> dict[str, Any]:
    """Return an issue with its options, as a range where they are evenly spaced numbers."""
    document: dict[str, Any] = present(title=issue.title)
    step = _step(issue)
    if step is not None:
        document |= {"range": [issue.options[0], issue.options[-1]], "step": step}
    elif issue.meanings:
        document["options"] = dict(zip(issue.options, issue.meanings, strict=True))
    else:
        document["options"] = list(issue.options)
    if issue.ordered != issue.numeric:
        document["ordered"] = issue.ordered
    return document | present(unit=issue.unit)


def _step(issue: Issue) -> int | float | None:
    """Return the distance of neighbouring options, or None where the issue cannot be written as a range."""
    numbers = [option for option in issue.options if not isinstance(option, str)]
    if len(numbers) < max(2, len(issue.options)) or issue.meanings:
        return None
    if any(abs(number) > _EXACT_INTEGERS for number in numbers):
        return None
    exact = [Fraction(repr(number)) for number in numbers]
    step = exact[1] - exact[0]
    if step <= 0 or any(later - earlier != step for earlier, later in itertools.pairwise(exact)):
        return None
    width = int(step) if step.denominator == 1 else float(step)
    return width if Fraction(repr(width)) == step else None


def clause_document(clause: Clause, space: Space) -> dict[str, Any]:
    """Return a clause: for each issue an option or a list of options, of a range also intervals [low, high]."""
    return {space.issues[index].name: _options(space.issues[index], options) for index, options in clause.terms}


def _options(issue: Issue, options: tuple[int, ...]) -> Any:
    if len(options) == 1:
        return issue.options[options[0]]
    if _step(issue) is None:
        return [issue.options[option] for option in options]
    runs = [[issue.options[first], issue.options[last]] for first, last in _runs(options)]
    if len(runs) == 1:
        return runs[0]
    single: list[Option | list[Option]] = [run[0] if run[0] == run[1] else run for run in runs]
    if len(single) == 2 and not any(isinstance(part, list) for part in single):
        return runs  # two bare numbers would be the ends of an interval
    return single


def _runs(options: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of every run of consecutive indices."""
    first = last = options[0]
    for option in options[1:]:
        if option != last + 1:
            yield first, last
            first = option
        last = option
    yield first, last


def rule_document(rule: Rule, space: Space) -> dict[str, Any]:
    """Return an agreement rule: its form and members, vetoes, and what it needs for some terms only."""
    members = [member if isinstance(member, str) else rule_document(member, space) for member in rule.members]
    document: dict[str, Any] = (
        {"quota": rule.quota, "of": members} if rule.kind == "quota" else {rule.kind: members}
    )
    if rule.veto:
        document["veto"] = list(rule.veto)
    if rule.when:
        document["when"] = [
            {"terms": clause_document(condition.terms, space), "needs": rule_document(condition.needs, space)}
            for condition in rule.when
        ]
    return document
