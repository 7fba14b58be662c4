"""Readings: ways of making an imprecise judgement precise, either in many draws or in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from winset.model.chain import OrderedBox
from winset.model.draws import BoolArray, FloatArray, IntArray
from winset.model.groups import by_member, group_bounds
from winset.model.issues import Issue
from winset.model.judgement import Groups, Number, Values, Weights
from winset.model.party import RedLine
from winset.model.streams import uniforms_at
from winset.model.weightset import WeightSet

_CENTRAL_DRAWS = 4096  # of which the central reading is the mean where there is no closed form


class Reading(Protocol):
    """Makes judgements precise. Axis D: the draws of the reading."""

    @property
    def rows(self) -> IntArray:
        """Numbers of the draws, [D]."""

    def number(self, number: Number) -> FloatArray:
        """Return a number, [D]."""

    def weights(self, weights: Weights) -> FloatArray:
        """Return weights, [D, I]."""

    def values(self, values: Values, issue: Issue) -> FloatArray:
        """Return the values of an issue's options, [D, K]."""

    def meant(self, line: RedLine) -> BoolArray:
        """Return whether a red line is meant, [D]."""


@dataclass(frozen=True)
class SampledReading:
    """Draws: every judgement uniform on what the file allows, each from the stream that its path names."""

    seed: int
    rows: IntArray

    def number(self, number: Number) -> FloatArray:
        """Return a number uniform on its interval, [D]."""
        if number.exact:
            return np.full(len(self.rows), number.midpoint)
        return number.low + (number.high - number.low) * uniforms_at(self.seed, number.path, self.rows)[:, 0]

    def weights(self, weights: Weights) -> FloatArray:
        """Return weights uniform on the set that the file leaves, [D, I]."""
        if weights.exact:
            return np.tile(np.array(weights.lower), (len(self.rows), 1))
        if weights.total is not None:
            return WeightSet.of(weights, weights.total).sample(self.seed, self.rows)
        bounds = Values(weights.path, weights.lower, weights.upper, weights.groups)
        return ordered_numbers(bounds, self.seed, self.rows)

    def values(self, values: Values, issue: Issue) -> FloatArray:
        """Return values uniform on the set that the file leaves, [D, K]."""
        if values.exact:
            return at_options(np.tile(np.array(values.lower), (len(self.rows), 1)), values, issue)
        drawn = ordered_numbers(values, self.seed, self.rows)
        return at_options(drawn if values.stated else _stretched(drawn), values, issue)

    def meant(self, line: RedLine) -> BoolArray:
        """Return whether a second uniform number falls below the line's firmness, [D]."""
        chance = uniforms_at(self.seed, f"{line.firmness.path}:meant", self.rows)[:, 0]
        return np.asarray(chance < self.number(line.firmness))


@dataclass(frozen=True)
class CentralReading:
    """One draw in the middle of what the file allows."""

    @property
    def rows(self) -> IntArray:
        """The number of the only draw: 0."""
        return np.zeros(1, dtype=np.int64)

    def number(self, number: Number) -> FloatArray:
        """Return the midpoint, [1]."""
        return np.array([number.midpoint])

    def weights(self, weights: Weights) -> FloatArray:
        """Return rank-order-centroid weights, midpoints, or what `WeightSet.centre` says, [1, I]."""
        if weights.exact:
            return np.array([weights.lower])
        if weights.total is not None:
            return WeightSet.of(weights, weights.total).centre()[None, :]
        return _centre(Values(weights.path, weights.lower, weights.upper, weights.groups))

    def values(self, values: Values, issue: Issue) -> FloatArray:
        """Return mean order statistics for a ranking, midpoints for bounds, zero if nothing is known, [1, K].

        A ranking with bounds of its own has no simple closed form; its values are the mean of 4096 draws that
        are the same for every seed.
        """
        if not values.stated:
            return np.zeros((1, len(issue.options)))
        return at_options(_centre(values), values, issue)

    def meant(self, line: RedLine) -> BoolArray:
        """Return whether the midpoint of the firmness is at least one half, [1]."""
        return np.array([line.firmness.midpoint >= 0.5])


def ordered_numbers(values: Values, seed: int, rows: IntArray) -> FloatArray:
    """Return numbers uniform within bounds and, where there is a ranking, its order. [D, K]."""
    if values.groups is None:
        lower, upper = np.array(values.lower), np.array(values.upper)
        drawn: FloatArray = lower + (upper - lower) * uniforms_at(seed, values.path, rows, len(lower))
        return drawn
    box = _box(values, values.groups)
    return by_member(box.sample(uniforms_at(seed, values.path, rows, box.columns)), values.groups)


def at_options(numbers: FloatArray, values: Values, issue: Issue) -> FloatArray:
    """Return the values of the options, [D, K], from those at the stated points, interpolated linearly."""
    if values.points is None:
        return numbers
    points = np.array(values.points)
    if len(points) == 1:
        return np.tile(numbers, (1, len(issue.options)))
    positions = np.array([float(option) for option in issue.options])
    left = np.clip(np.searchsorted(points, positions, side="right") - 1, 0, len(points) - 2)
    share = np.clip((positions - points[left]) / (points[left + 1] - points[left]), 0.0, 1.0)
    interpolated: FloatArray = numbers[:, left] * (1.0 - share) + numbers[:, left + 1] * share
    return interpolated


def _centre(values: Values) -> FloatArray:
    """Return the middle of bounds and order, [1, K]."""
    if values.groups is None:
        middle: FloatArray = 0.5 * (np.array([values.lower]) + np.array([values.upper]))
        return middle
    mean = _box(values, values.groups).centre()
    if mean is not None:
        return by_member(mean[None, :], values.groups)
    rows = np.arange(_CENTRAL_DRAWS, dtype=np.int64)
    named = Values(f"{values.path}:central", values.lower, values.upper, values.groups)
    sums = np.add.accumulate(ordered_numbers(named, 0, rows), axis=0)
    average: FloatArray = sums[-1:] / _CENTRAL_DRAWS
    return average


def _box(values: Values, groups: Groups) -> OrderedBox:
    return OrderedBox.of(*group_bounds(values.lower, values.upper, groups), values.path)


def _stretched(numbers: FloatArray) -> FloatArray:
    """Return each row mapped so that it spans 0 to 1; zero where it does not vary."""
    least = numbers.min(axis=1, keepdims=True)
    span = numbers.max(axis=1, keepdims=True) - least
    stretched: FloatArray = (numbers - least) / np.where(span > 0.0, span, 1.0)
    return stretched
