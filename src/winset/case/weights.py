"""Weights of the issues, from the file to the model."""

from __future__ import annotations

from collections.abc import Mapping

from winset.case.bounds import clash, fit, sums
from winset.case.nodes import Place
from winset.case.numbers import Frame, Limits, joint_basis, numbered, ranked, span_of, within
from winset.case.schema import Judged, WeightsEntry
from winset.case.scope import Scope
from winset.model.issues import Option
from winset.model.judgement import Groups, Weights

POINTS = 100.0


def weights(entry: WeightsEntry | None, place: Place, frame: Frame) -> Weights:
    """Return the weights that a party's or constituency's entry states.

    Whatever is wrong with them is noted in the scope's problems; the result is then of no use.

    Parameters
    ----------
    entry : WeightsEntry or None
        None where the file is silent or says `unknown`.
    place : Place
    frame : Frame

    Notes
    -----
    E023 out of range, E029 numbers beside a ranking, E030 unknown issue, E050 a ranking that misses an issue,
    E051 that repeats one, E052 no weights fit, E057 not exact on a peer's scale.
    """
    scope, count = frame.scope, len(frame.scope.issues)
    if entry is None:
        stated = frame.scale == "peer"  # there, nothing said means that the values count as they are
        least = (1.0 if stated else 0.0,) * count
        sum_ = None if stated else 1.0
        return Weights(place.path, least, (1.0,) * count, total=sum_, basis=frame.basis, stated=stated)
    numbers, at = numbered(entry, place, scope)
    basis = joint_basis(entry, place, numbers, at, frame)
    if frame.scale == "peer":
        return Weights(place.path, *_exact(entry, place, frame), total=None, basis=basis)
    spans = _spans(numbers, at, scope)
    total = POINTS if any(high > 1 for _, high in spans.values()) else 1.0
    lower, upper = [0.0] * count, [total] * count
    for index, span in spans.items():
        lower[index], upper[index] = span
    groups = _groups(entry, place, scope)
    stated = bool(spans) or entry.ranking is not None
    made = Weights(place.path, tuple(lower), tuple(upper), groups, 1.0, basis, stated)
    if entry.ranking is not None and groups is None:
        return made  # the ranking is wrong, and that was noted
    return _fitted(made, total, place, scope)


def _spans(numbers: Mapping[str, Judged], place: Place, scope: Scope) -> dict[int, tuple[float, float]]:
    """Return the bounds that are stated, by index of the issue."""
    found: dict[int, tuple[float, float]] = {}
    for name, judged in numbers.items():
        known = scope.issue(name, place.at(name).by_key())
        span = within(judged, place.at(name), scope, Limits(0.0, POINTS))
        if known is not None and span is not None:
            found[known.index] = span
    return found


def _groups(entry: WeightsEntry, place: Place, scope: Scope) -> Groups | None:
    if entry.ranking is None:
        return None

    def find(name: Option, at: Place) -> int | None:
        known = scope.issue(str(name), at)
        return known.index if known is not None else None

    return ranked(entry.ranking, place.at("ranking"), scope, tuple(scope.issues), find)


def _fitted(stated: Weights, total: float, place: Place, scope: Scope) -> Weights:
    """Return the weights divided by their total; note E052 where none fit."""
    lower, upper, names = stated.lower, stated.upper, list(scope.issues)
    clashing = clash(lower, upper, stated.groups) if stated.groups is not None else None
    if clashing is not None:
        better, worse = names[clashing.better], names[clashing.worse]
        message = (
            f"no weights fit: '{better}' ranks above '{worse}', but is at most {clashing.at_most:g} "
            f"where '{worse}' is at least {clashing.at_least:g}"
        )
        scope.problems.add(place.by_key(), "E052", message)
        return stated
    bounds = fit(lower, upper, stated.groups, total)
    if bounds is None:
        least, most = sums(lower, upper, stated.groups)
        possible = f"{least:g}" if least == most else f"between {least:g} and {most:g}"
        message = "no weights fit: they do not add up to their total"
        allowed = f"a sum of {total:g}" + ("" if total == 1 else " (numbers above 1 are points of 100)")
        scope.problems.add(place.by_key(), "E052", message, found=f"a sum of {possible}", allowed=allowed)
        return stated
    return Weights(stated.path, *bounds, stated.groups, 1.0, stated.basis, stated.stated)


def _exact(entry: WeightsEntry, place: Place, frame: Frame) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return weights that are exact and stated for every issue, as bounds; note E057 where they are not."""
    numbers, at = numbered(entry, place, frame.scope)
    found: dict[int, float] = {}
    for name, judged in numbers.items():
        known = frame.scope.issue(name, at.at(name).by_key())
        span = span_of(judged)
        if known is not None and span is not None and span[0] == span[1]:
            found[known.index] = span[0]
    missing = [name for name, known in frame.scope.issues.items() if known.index not in found]
    if missing and not at.damaged:
        frame.want_exact(place, "weight", missing)
    stated = tuple(found.get(index, 0.0) for index in range(len(frame.scope.issues)))
    return stated, stated
