"""Values of an issue's options, from the file to the model."""

from __future__ import annotations

from collections.abc import Mapping

from winset.case.bounds import clash
from winset.case.nodes import Place
from winset.case.numbers import Frame, joint_basis, numbered, ranked, within
from winset.case.scalars import number as read_number
from winset.case.schema import Judged, ValuesEntry
from winset.case.scope import KnownIssue, Scope, keys
from winset.model.issues import Issue, Option
from winset.model.judgement import Basis, Groups, Values

_EVEN = 0.5  # value of options among which none is better


def values(entry: ValuesEntry | None, place: Place, known: KnownIssue, frame: Frame) -> Values:
    """Return the values of one issue's options that a party's or constituency's entry states.

    Whatever is wrong with them is noted in the scope's problems; the result is then of no use.

    Parameters
    ----------
    entry : ValuesEntry or None
        None where the file is silent or says `unknown`.
    place : Place
    known : KnownIssue
    frame : Frame

    Notes
    -----
    A ranking gives its best group 1 and its worst 0 (0.5 where all are tied), unless `bounds` say otherwise.

    E023 out of range, E029 two forms at once, E031 unknown option, E050 a ranking that misses an option, E051
    that repeats one, E053 bounds that contradict the ranking, E054 `linear` or `points` without numbers or
    order, E055 points that do not reach the ends, E057 not exact on a peer's scale.
    """
    if known.issue is None:
        return Values(place.path, (), ())
    made = _stated(entry, place, known, known.issue, frame) if entry is not None else None
    if made is None:
        count = len(known.issue.options)
        made = Values(place.path, (0.0,) * count, (1.0,) * count, basis=frame.basis, stated=False)
    if frame.scale == "peer" and not place.damaged and not (made.exact and made.stated and made.groups is None):
        names = known.names if made.points is None else [f"{point:g}" for point in made.points]
        loose = [n for n, low, high in zip(names, made.lower, made.upper, strict=True) if low != high]
        frame.want_exact(place, "value", loose)
    return made


def _stated(entry: ValuesEntry, place: Place, known: KnownIssue, issue: Issue, frame: Frame) -> Values | None:
    """Return the values in the form that the entry has; None, and a problem noted, where the form is wrong."""
    scope = frame.scope
    forms = [form for form in ("ranking", "linear", "points") if getattr(entry, form) is not None]
    if len(forms) > 1:
        message = f"'{forms[1]}' cannot stand beside '{forms[0]}'"
        scope.problems.add(place.at(forms[1]).by_key(), "E029", message, allowed="one of them")
    if entry.linear is not None:
        value = _line(entry, place, issue, scope)
        return Values(place.path, value, value, basis=scope.basis(entry, place, frame.basis)) if value else None
    if entry.points is not None:
        return _points(entry, entry.points, place, issue, frame)
    numbers, at = numbered(entry, place, scope)
    basis = joint_basis(entry, place, numbers, at, frame)
    spans = _spans(numbers, at, known, frame)
    lower, upper = [0.0] * len(issue.options), [1.0] * len(issue.options)
    groups = _groups(entry, place, known, scope)
    if groups is not None:
        for index, pinned in _pins(groups).items():
            lower[index] = upper[index] = pinned
    for index, span in spans.items():
        lower[index], upper[index] = span
    _check_order(lower, upper, groups, known, place, scope)
    stated = bool(spans) or entry.ranking is not None
    return Values(place.path, tuple(lower), tuple(upper), groups, basis=basis, stated=stated)


def _spans(
    numbers: Mapping[str, Judged], place: Place, known: KnownIssue, frame: Frame
) -> dict[int, tuple[float, float]]:
    """Return the bounds that are stated, by index of the option."""
    found: dict[int, tuple[float, float]] = {}
    written_keys = keys(place)
    for name, judged in numbers.items():
        at = place.at(name)
        index = frame.scope.option(known, written_keys.get(name, name), at.by_key())
        span = within(judged, at, frame.scope, frame.utilities)
        if index is not None and index in found:
            frame.scope.problems.add(at.by_key(), "E035", "the option is named twice", found=name)
        elif index is not None and span is not None:
            found[index] = span
    return found


def _groups(entry: ValuesEntry, place: Place, known: KnownIssue, scope: Scope) -> Groups | None:
    if entry.ranking is None:
        return None

    def find(option: Option, at: Place) -> int | None:
        return scope.option(known, option, at)

    return ranked(entry.ranking, place.at("ranking"), scope, known.names, find)


def _pins(groups: Groups) -> dict[int, float]:
    """Return the values that a ranking alone settles: 1 for the best group, 0 for the worst."""
    if len(groups) == 1:
        return dict.fromkeys(groups[0], _EVEN)
    return {**dict.fromkeys(groups[0], 1.0), **dict.fromkeys(groups[-1], 0.0)}


def _check_order(
    lower: list[float], upper: list[float], groups: Groups | None, known: KnownIssue, place: Place, scope: Scope
) -> None:
    """Note E053 where bounds and ranking contradict each other."""
    found = clash(lower, upper, groups) if groups is not None else None
    if found is None:
        return
    better, worse = known.names[found.better], known.names[found.worse]
    if found.better == found.worse or better == worse:
        message = f"no value of '{better}' fits the bounds"
    else:
        message = (
            f"no values fit: '{better}' does not rank below '{worse}', but is at most {found.at_most:g} "
            f"where '{worse}' is at least {found.at_least:g}"
        )
    allowed = "bounds in the order of the ranking; the best option is 1 and the worst 0 unless bounded"
    scope.problems.add(place.by_key(), "E053", message, allowed=allowed)


def _line(entry: ValuesEntry, place: Place, issue: Issue, scope: Scope) -> tuple[float, ...] | None:
    """Return values from 0 to 1 along the numbers or the order of the options; None, and E054, without."""
    numbers = [option for option in issue.options if not isinstance(option, str)]
    if len(numbers) < len(issue.options):
        if not issue.ordered:
            message = "'linear' needs numbers or an order; the issue's options have neither"
            scope.problems.add(
                place.at("linear"), "E054", message, allowed="ordered: true at the issue, or a ranking"
            )
            return None
        numbers = list(range(len(issue.options)))
    low, high = min(numbers), max(numbers)
    if low == high:
        return (_EVEN,) * len(numbers)
    if entry.linear == "increasing":
        return tuple((number - low) / (high - low) for number in numbers)
    return tuple((high - number) / (high - low) for number in numbers)


def _points(
    entry: ValuesEntry, points: Mapping[str, Judged], place: Place, issue: Issue, frame: Frame
) -> Values | None:
    """Return values at points of a numeric issue; None, and E054 or E055 noted, where there are none."""
    scope, at = frame.scope, place.at("points")
    numbers = [option for option in issue.options if not isinstance(option, str)]
    if len(numbers) < len(issue.options):
        allowed = "a ranking, or a number for each option"
        scope.problems.add(at.by_key(), "E054", "'points' needs an issue of numbers", allowed=allowed)
        return None
    low, high = float(min(numbers)), float(max(numbers))
    positions: dict[float, tuple[float, float]] = {}
    stated = False
    for name, judged in points.items():
        position = read_number(name)
        if isinstance(position, str) or not low <= position <= high or float(position) in positions:
            allowed = f"numbers from {low:g} to {high:g}, each once"
            scope.problems.add(
                at.at(name).by_key(), "E055", "not a point of this issue", found=name, allowed=allowed
            )
            return None
        span = within(judged, at.at(name), scope, frame.utilities)
        positions[float(position)] = span or (0.0, 1.0)
        stated = stated or span is not None
    if at.damaged:
        return None
    if low not in positions or high not in positions:
        message = "the points do not reach both ends of the issue"
        scope.problems.add(at.by_key(), "E055", message, allowed=f"a value at {low:g} and one at {high:g}")
        return None
    order = sorted(positions)
    lower, upper = (tuple(positions[point][end] for point in order) for end in (0, 1))
    basis: Basis = joint_basis(entry, place, points, at, frame)
    return Values(place.path, lower, upper, points=tuple(order), basis=basis, stated=stated)
