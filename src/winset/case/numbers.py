"""Imprecise numbers and rankings, from the file to the model: what weights, values and all others share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from winset.case import nodes
from winset.case.leaves import Span
from winset.case.names import RankedNames
from winset.case.nodes import Place
from winset.case.schema import Based, Judged, ValuesEntry, WeightsEntry
from winset.case.scope import Scope
from winset.model.issues import Option
from winset.model.judgement import Basis, Groups, Number


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number can be at all; None where there is no limit."""

    low: float | None = None
    high: float | None = None

    def allow(self, span: tuple[float, float]) -> bool:
        """Whether both bounds of `span` lie within the limits."""
        return (self.low is None or span[0] >= self.low) and (self.high is None or span[1] <= self.high)

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return "any number" if self.low is None else f"{self.low:g} or more"
        return f"{self.low:g} to {self.high:g}"


UNIT = Limits(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a party's judgements share: names, the scale, and what those rest on that do not say it."""

    scope: Scope
    scale: Literal["unit", "peer"]
    basis: Basis

    @property
    def utilities(self) -> Limits:
        """What a utility can be."""
        return UNIT if self.scale == "unit" else Limits()

    def want_exact(self, place: Place, what: str, missing: Sequence[str]) -> None:
        """Note E057: on a peer's scale something is not stated exactly."""
        of = f"; not so: {', '.join(missing[:12])}{', ...' if len(missing) > 12 else ''}" if missing else ""
        message = f"on a peer's scale every {what} is an exact number{of}"
        self.scope.problems.add(place.by_key(), "E057", message)


def span_of(judged: Judged) -> Span:
    """Return the bounds that are written, with or without what they rest on."""
    return judged.value if isinstance(judged, Based) else judged


def written(span: tuple[float, float]) -> str:
    """Return a number or an interval as a file writes it."""
    low, high = span
    return f"{low:g}" if low == high else f"[{low:g}, {high:g}]"


def within(judged: Judged, place: Place, scope: Scope, limits: Limits) -> Span:
    """Return the bounds; None, and E023 noted, where they exceed the limits."""
    span = span_of(judged)
    if span is not None and not limits.allow(span):
        scope.problems.add(place, "E023", "out of range", found=written(span), allowed=str(limits))
        return None
    return span


def number(judged: Judged, place: Place, scope: Scope, limits: Limits, enclosing: Basis) -> Number:
    """Return an imprecise number; where it is unknown, all that the limits allow.

    Notes
    -----
    E021 when it is unknown and nothing limits it; E023 when it is out of range; E033 for an unknown source.
    """
    basis = scope.basis(judged, place, enclosing)
    span = within(judged, place, scope, limits)
    if span is not None:
        return Number(place.path, *span, basis)
    if limits.low is None or limits.high is None:
        if span_of(judged) is None:
            message = "a number is needed: without limits, unknown says nothing"
            scope.problems.add(place, "E021", message, allowed="a number, or [low, high]")
        return Number(place.path, 0.0, 0.0, basis, stated=False)
    return Number(place.path, limits.low, limits.high, basis, stated=False)


def numbered(
    entry: WeightsEntry | ValuesEntry, place: Place, scope: Scope
) -> tuple[Mapping[str, Judged], Place]:
    """Return the numbers by name, given beside each other or as `bounds`, and where they stand.

    Notes
    -----
    E029 when names stand beside `ranking`, `bounds` or another form.
    """
    direct: Mapping[str, Judged] = entry.__pydantic_extra__ or {}
    forms = [
        form for form in ("ranking", "bounds", "linear", "points") if getattr(entry, form, None) is not None
    ]
    if direct and forms:
        message = f"numbers cannot stand beside '{forms[0]}'"
        allowed = f"either '{forms[0]}' or numbers; with a ranking, numbers go under 'bounds'"
        scope.problems.add(place.at(next(iter(direct))).by_key(), "E029", message, allowed=allowed)
    if entry.bounds is not None:
        return entry.bounds, place.at("bounds")
    return direct, place


def joint_basis(entry: Based, place: Place, numbers: Mapping[str, Judged], at: Place, frame: Frame) -> Basis:
    """Return what numbers rest on: what the entry says, else what each says put together, else the frame's."""
    own = frame.scope.basis(entry, place)
    each = {name: frame.scope.basis(judged, at.at(name)) for name, judged in numbers.items()}
    if own or not any(each.values()):
        return own or frame.basis
    sources = list(dict.fromkeys(basis.source for basis in each.values() if basis.source is not None))
    reasons = [f"{name}: {basis.because}" for name, basis in each.items() if basis.because is not None]
    if len(sources) > 1:
        reasons = [f"{name}: {basis.because or basis.source}" for name, basis in each.items() if basis]
    return Basis(sources[0] if len(sources) == 1 else None, "; ".join(reasons) or None)


def ranked(
    ranking: RankedNames,
    place: Place,
    scope: Scope,
    names: tuple[str, ...],
    find: Callable[[Option, Place], int | None],
) -> Groups | None:
    """Return a ranking by index, or None where something is wrong with it.

    Parameters
    ----------
    ranking : tuple of tuple of Option
    place : Place
    scope : Scope
    names : tuple of str
        All that has to be ranked, by index.
    find : callable
        Gives the index of a name, or None and notes a problem.

    Notes
    -----
    E050 when a name is missing, E051 when one is repeated.
    """
    groups: list[tuple[int, ...]] = []
    seen: set[int] = set()
    fine = True
    for number_, group in enumerate(ranking):
        at = place.at(number_)
        members: list[int] = []
        for tied, name in enumerate(group):
            here = at.at(tied) if isinstance(at.node, nodes.Sequence) else at
            index = find(name, here)
            if index is not None and index in seen:
                scope.problems.add(here, "E051", "the ranking repeats a name", found=str(name))
            fine = fine and index is not None and index not in seen
            if index is not None:
                seen.add(index)
                members.append(index)
        groups.append(tuple(members))
    missing = [name for index, name in enumerate(names) if index not in seen]
    if missing and fine:
        message = f"the ranking misses {', '.join(missing[:12])}{', ...' if len(missing) > 12 else ''}"
        scope.problems.add(place, "E050", message, allowed="every one exactly once; ties in brackets")
    return tuple(groups) if fine and not missing else None
