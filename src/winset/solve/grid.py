"""A negotiation's precise model in integers: what the exact search works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winset.errors import InputError
from winset.model.draws import Draws, IntArray
from winset.model.issues import Clause
from winset.model.tolerances import GRID

_CAPACITY = 2.0**62  # half of what 64 bits hold with a sign, so that differences fit as well


@dataclass(frozen=True, slots=True)
class GridInteraction:
    """An amount, in multiples of the grid, added to one party's utility where an outcome matches the clause."""

    party: int
    when: Clause
    adds: int


@dataclass(frozen=True, slots=True)
class GridModel:
    """Utilities as integer multiples of `winset.model.tolerances.GRID`, and the clauses that are forbidden.

    Sums of integers are exact, so they depend neither on their order nor on the processor, and equal utilities
    are equal.

    Attributes
    ----------
    terms : tuple of int64 array, [I] of [K, P]
        What each option contributes to each party's utility.
    constant : int64 array, [P]
    interactions : tuple of GridInteraction
    forbidden : tuple of Clause
        Outcomes that match one of these are left out.
    """

    terms: tuple[IntArray, ...]
    constant: IntArray
    interactions: tuple[GridInteraction, ...] = ()
    forbidden: tuple[Clause, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of options of each issue. Axis [I]."""
        return tuple(len(term) for term in self.terms)

    @property
    def parties(self) -> int:
        """Number of parties P."""
        return len(self.constant)

    def utilities(self, outcome: Sequence[int] | IntArray) -> IntArray:
        """Return each party's utility of the outcome, [P]."""
        options = [int(option) for option in outcome]
        total = self.constant.copy()
        for term, option in zip(self.terms, options, strict=True):
            total += term[option]
        for interaction in self.interactions:
            if interaction.when.matches(options):
                total[interaction.party] += interaction.adds
        return total

    def forbids(self, outcome: Sequence[int] | IntArray) -> bool:
        """Whether a forbidden clause matches the outcome."""
        options = [int(option) for option in outcome]
        return any(clause.matches(options) for clause in self.forbidden)


def on_grid(draws: Draws, row: int = 0, forbidden: tuple[Clause, ...] = ()) -> GridModel:
    """Return one draw in integers.

    Parameters
    ----------
    draws : Draws
    row : int
        Which of the draws, counted from 0 within `draws`.
    forbidden : tuple of Clause
        Carried over.

    Raises
    ------
    InputError
        E910 when a utility is not finite or so large that sums might not fit into 64 bits.
    """
    terms = [term[row].T for term in draws.terms]
    adds = [added[row] for added in draws.adds]
    size = float(np.abs(draws.constant[row]).max(initial=0.0))
    size += sum(float(np.abs(term).max(initial=0.0)) for term in terms)
    size += sum(float(np.abs(added).sum()) for added in adds)
    if not size < _CAPACITY * GRID:  # also catches what is not a number
        raise InputError.single(
            "E910",
            "utilities are too large for exact search",
            found=f"utilities that may add up to {size:g}",
            allowed=f"less than {_CAPACITY * GRID:,.0f}",
        )
    return GridModel(
        terms=tuple(np.rint(term / GRID).astype(np.int64) for term in terms),
        constant=np.rint(draws.constant[row] / GRID).astype(np.int64),
        interactions=tuple(
            GridInteraction(party, interaction.when, round(float(added) / GRID))
            for party, member in enumerate(draws.account.parties)
            for interaction, added in zip(member.preferences.interactions, adds[party], strict=True)
        ),
        forbidden=forbidden,
    )
