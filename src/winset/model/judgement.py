"""Imprecise judgements: numbers, weights and values as a file states them, before any draw is taken.

Every judgement has a `path`, its dotted place in the case file. The path also names the judgement's stream of
random numbers, so that changing one judgement leaves the draws of all others as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from winset.model.tolerances import EQUAL_BOUNDS


@dataclass(frozen=True, slots=True)
class Basis:
    """What a judgement rests on: a source's id and the reasoning, either of which may be missing."""

    source: str | None = None
    because: str | None = None

    def __bool__(self) -> bool:
        return self.source is not None or self.because is not None


@dataclass(frozen=True, slots=True)
class Number:
    """A number known to lie in [low, high]; uniform on it in the draws, its midpoint in the central reading.

    Attributes
    ----------
    path : str
        Place in the case file, and name of the random stream.
    low, high : float
        Bounds, ``low <= high``; equal for an exact number.
    basis : Basis
        Source and reasoning.
    stated : bool
        False when the file is silent and the bounds are all that is possible.
    """

    path: str
    low: float
    high: float
    basis: Basis = field(default_factory=Basis)
    stated: bool = True

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"{self.path}: interval upside down: [{self.low}, {self.high}]")

    @property
    def exact(self) -> bool:
        """Whether there is nothing to draw."""
        return self.high - self.low <= EQUAL_BOUNDS

    @property
    def midpoint(self) -> float:
        """The central reading."""
        return 0.5 * (self.low + self.high)


Groups = tuple[tuple[int, ...], ...]
"""A ranking, best first; ties share a group."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A party's weights over the issues, as far as the file states them.

    The set that the draws are uniform on is
    ``{w : sum(w) = total, lower <= w <= upper, w in the order of groups, equal within a group}``.

    Attributes
    ----------
    path : str
        Place in the case file, and name of the random stream.
    lower, upper : tuple of float
        Bounds by issue. Axis [I].
    groups : tuple of tuple of int, or None
        Ranking of all issues, most important first, or None without one.
    total : float or None
        What the weights add up to: 1, or None on a peer's scale, where nothing is implied.
    basis, stated
        As in `Number`.
    """

    path: str
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    groups: Groups | None = None
    total: float | None = 1.0
    basis: Basis = field(default_factory=Basis)
    stated: bool = True

    @property
    def exact(self) -> bool:
        """Whether there is nothing to draw."""
        return all(high - low <= EQUAL_BOUNDS for low, high in zip(self.lower, self.upper, strict=True))


@dataclass(frozen=True, slots=True)
class Values:
    """A party's values for the options of one issue, as far as the file states them.

    The draws are uniform on ``{x : lower <= x <= upper, in the order of groups, equal within a group}``. Where
    `points` is given, `x` are the values at those positions and options in between are interpolated linearly;
    otherwise `x` are the options' values themselves. A ranking pins its best group to 1 and its worst to 0
    through the bounds.

    Attributes
    ----------
    path : str
        Place in the case file, and name of the random stream.
    lower, upper : tuple of float
        Bounds by option, axis [K], or by point.
    groups : tuple of tuple of int, or None
        Ranking of all options, best first, or None without one.
    points : tuple of float, or None
        Positions on the numeric scale of the issue, ascending.
    basis, stated
        As in `Number`. When nothing is stated, a draw is uniform on [0, 1] for each option and then stretched
        to span 0 to 1, so that the issue's weight keeps its meaning.
    """

    path: str
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    groups: Groups | None = None
    points: tuple[float, ...] | None = None
    basis: Basis = field(default_factory=Basis)
    stated: bool = True

    @property
    def exact(self) -> bool:
        """Whether there is nothing to draw."""
        return all(high - low <= EQUAL_BOUNDS for low, high in zip(self.lower, self.upper, strict=True))
