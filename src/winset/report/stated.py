"""Imprecise judgements in words: what the file states of a number, of weights, of values."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from winset.model.issues import Issue, Space
from winset.model.judgement import Number, Values, Weights
from winset.report.words import UNKNOWN, Scale, clean, ranked, span, utility

LISTED_OPTIONS = 12
"""Options that are listed one by one; of more, the first and last are named."""


class Kind(StrEnum):
    """How precisely a judgement is stated."""

    NUMBER = "number"
    INTERVAL = "interval"
    RANKING = "ranking"
    UNKNOWN = "unknown"


def kind(judgement: Number | Weights | Values) -> Kind:
    """Return how precisely a judgement is stated: a ranking where there is one, whatever bounds it has."""
    if not judgement.stated:
        return Kind.UNKNOWN
    if not isinstance(judgement, Number) and judgement.groups is not None:
        return Kind.RANKING
    return Kind.NUMBER if judgement.exact else Kind.INTERVAL


def number_stated(number: Number, scale: Scale = "unit") -> str:
    """Return a number as stated: ``.2 to .4``, or unknown."""
    return span(number.low, number.high, scale) if number.stated else UNKNOWN


def weights_stated(weights: Weights, space: Space, scale: Scale = "unit") -> str:
    """Return weights as stated: a ranking of the issues, and what bounds it names."""
    if not weights.stated:
        return UNKNOWN
    return _stated(weights, [clean(name) for name in space.names], scale)


def values_stated(values: Values, issue: Issue, scale: Scale = "unit") -> str:
    """Return the values of an issue's options as stated."""
    if not values.stated:
        return UNKNOWN
    if values.points is not None:
        return _numbers([position(point, issue) for point in values.points], values, scale)
    labels = [clean(issue.label(option)) for option in range(len(issue.options))]
    return _even(values, labels) or _stated(values, labels, scale)


def position(point: float, issue: Issue) -> str:
    """Return a position on a numeric issue's scale with its unit."""
    unit = {None: "", "percent": " %", "%": " %"}.get(issue.unit, f" {issue.unit}")
    return clean(f"{point:g}{unit}")


def _even(values: Values, labels: Sequence[str]) -> str | None:
    """Return words for exact values that rise or fall in even steps over more than three options."""
    if not values.exact or len(labels) <= 3:
        return None
    first, last = values.lower[0], values.lower[-1]
    step = (last - first) / (len(labels) - 1)
    even = all(abs(value - (first + step * k)) < 1e-9 for k, value in enumerate(values.lower))
    if not even or not step:
        return None
    return f"{'rising' if step > 0 else 'falling'} evenly from {labels[0]} to {labels[-1]}"


def _stated(judgement: Weights | Values, labels: Sequence[str], scale: Scale) -> str:
    """Return the ranking, then the bounds that say more than the ranking does."""
    if judgement.groups is None:
        return _numbers(labels, judgement, scale)
    groups = [[labels[member] for member in group] for group in judgement.groups]
    text = ranked(groups) if len(labels) <= LISTED_OPTIONS else _ends(groups)
    if isinstance(judgement, Values):
        ends = {judgement.groups[0], judgement.groups[-1]}  # a ranking itself pins these to 1 and 0
        told = [member for group in judgement.groups if group not in ends for member in group]
    else:
        told = [member for group in judgement.groups for member in group]
    bounds = [
        f"{labels[member]} {span(judgement.lower[member], judgement.upper[member], scale)}"
        for member in told
        if judgement.lower[member] > 0.0 or judgement.upper[member] < 1.0
    ]
    return f"{text}; {', '.join(bounds)}" if bounds else text


def _ends(groups: Sequence[Sequence[str]]) -> str:
    between = sum(len(group) for group in groups[1:-1])
    return f"{' = '.join(groups[0])} best, {' = '.join(groups[-1])} worst, {between} ranked between them"


def _numbers(labels: Sequence[str], judgement: Weights | Values, scale: Scale) -> str:
    texts = [
        f"{label} {span(low, high, scale)}"
        for label, low, high in zip(labels, judgement.lower, judgement.upper, strict=True)
    ]
    if len(texts) > LISTED_OPTIONS:
        left_out = len(texts) - LISTED_OPTIONS
        best = max(judgement.upper)
        ends = utility(min(judgement.lower), scale), utility(best, scale)
        return f"{', '.join(texts[:LISTED_OPTIONS])} and {left_out} more, all within {ends[0]} to {ends[1]}"
    return ", ".join(texts)
