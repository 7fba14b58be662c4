"""A party's utility, made of precise weights and values and put on its scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winset.model.draws import FloatArray
from winset.model.extremes import Elimination
from winset.model.issues import Outcome, Space
from winset.model.party import Interaction, Preferences
from winset.model.readings import Reading
from winset.model.tolerances import EQUAL_BOUNDS


@dataclass(frozen=True)
class Utility:
    """One party's utility in every draw of a reading; the parts are added up as `Draws` says.

    Attributes
    ----------
    terms : tuple of float array, [I] of [D, K]
    constant : float array, [D]
    interactions : tuple of Interaction
        Axis [T].
    adds : float array, [D, T]
    """

    terms: tuple[FloatArray, ...]
    constant: FloatArray
    interactions: tuple[Interaction, ...]
    adds: FloatArray

    def of(self, outcome: Outcome) -> FloatArray:
        """Return the utility of one outcome, [D], added in the order that `Draws` states: the same float."""
        total = self.terms[0][:, outcome[0]]
        for term, option in zip(self.terms[1:], outcome[1:], strict=True):
            total = total + term[:, option]
        total = total + self.constant
        for number, interaction in enumerate(self.interactions):
            if interaction.when.matches(outcome):
                total = total + self.adds[:, number]
        return total


def utility(space: Space, preferences: Preferences, reading: Reading) -> Utility:
    """Return a party's utility under a reading.

    On the peer scale it is ``sum_i w_i v_i(o_i)`` plus the interactions that match. On the unit scale that sum,
    U, becomes ``(U - min U) / (max U - min U)``, the extremes taken over the whole space, links and red lines
    disregarded. A party to whom all outcomes are equal gets utility 0 everywhere.
    """
    weights = reading.weights(preferences.weights)
    parts = [
        weights[:, number, None] * reading.values(values, issue)
        for number, (values, issue) in enumerate(zip(preferences.values, space.issues, strict=True))
    ]
    adds = np.empty((len(weights), len(preferences.interactions)))
    for number, interaction in enumerate(preferences.interactions):
        adds[:, number] = reading.number(interaction.adds)
    if preferences.scale == "peer":
        return Utility(tuple(parts), np.zeros(len(weights)), preferences.interactions, adds)
    return _unit(parts, preferences.interactions, adds)


def _unit(parts: Sequence[FloatArray], interactions: tuple[Interaction, ...], adds: FloatArray) -> Utility:
    """Return the utility mapped to [0, 1]."""
    # Each issue's worst option counts zero, so that without interactions the constant is exactly zero.
    parts = [part - part.min(axis=1, keepdims=True) for part in parts]
    if interactions:
        clauses = [interaction.when for interaction in interactions]
        elimination = Elimination.of([part.shape[1] for part in parts], clauses)
        least = elimination.smallest(parts, adds)
        span = elimination.largest(parts, adds) - least
    else:
        least = np.zeros(len(adds))
        span = np.zeros(len(adds))
        for part in parts:
            span = span + part.max(axis=1)
    divisor = np.where(
        span > EQUAL_BOUNDS, span, np.inf
    )  # dividing by infinity leaves an indifferent party zero
    return Utility(
        terms=tuple(part / divisor[:, None] for part in parts),
        constant=0.0 - least / divisor,
        interactions=interactions,
        adds=adds / divisor[:, None],
    )
