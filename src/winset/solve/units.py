"""Utilities counted in whole units: small integers, which a floating-point solver tells apart without doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winset.model.draws import FloatArray, IntArray
from winset.model.tolerances import UNIT_RANGE
from winset.solve.grid import GridInteraction, GridModel

_ROUNDING = (
    1.0  # grid steps by which an amount may miss a multiple of the unit: rounding to the grid is half of one
)


@dataclass(frozen=True, slots=True)
class Units:
    """A `GridModel` counted in units, one for each party.

    Attributes
    ----------
    model : GridModel
        Utilities in units, from an origin of each party's own; at most `UNIT_RANGE` apart.
    gap : int64 array, [P]
        Grid steps. When one outcome has at least as many units as another, its utility falls short of the
        other's by no more than this.
    exact : bool
        Whether every amount is a multiple of the unit, to within rounding to the grid.
    unit : float array, [P]
        Grid steps.
    """

    model: GridModel
    gap: IntArray
    exact: bool
    unit: FloatArray


def in_units(model: GridModel) -> Units:
    """Return the model in units.

    A party's unit is the largest number of which all its amounts are multiples, if the utilities then span no
    more than `UNIT_RANGE` units; otherwise a `UNIT_RANGE`-th of what they span, to which amounts are rounded.

    Notes
    -----
    With r(o) the utility of outcome o less its units, ``u(o) - u(o') >= r(o) - r(o')`` where o has at least as
    many units as o'. The gap is the largest that the right side can be short of zero: the sum, over issues and
    interactions, of how far apart their parts of r can be.
    """
    lowest = [terms.min(axis=0) for terms in model.terms]
    terms = [term - low for term, low in zip(model.terms, lowest, strict=True)]
    scales = [_unit(*_amounts(terms, model.interactions, party)) for party in range(model.parties)]
    unit = np.array([size for size, _ in scales])
    counted = [np.rint(term / unit).astype(np.int64) for term in terms]
    rest = [term - count * unit for term, count in zip(terms, counted, strict=True)]
    gap = np.sum([part.max(axis=0) - part.min(axis=0) for part in rest], axis=0)
    interactions = []
    for interaction in model.interactions:
        count = round(interaction.adds / unit[interaction.party])
        interactions.append(GridInteraction(interaction.party, interaction.when, count))
        gap[interaction.party] += abs(interaction.adds - count * unit[interaction.party])
    return Units(
        model=GridModel(
            tuple(counted), np.zeros(model.parties, dtype=np.int64), tuple(interactions), model.forbidden
        ),
        gap=np.ceil(gap).astype(np.int64),
        exact=all(whole for _, whole in scales),
        unit=unit,
    )


def common_unit(amounts: Sequence[int], least: float) -> float | None:
    """Return the largest number of which all amounts are multiples, each to within one; None if below `least`.

    Parameters
    ----------
    amounts : sequence of int
        Not all zero.
    least : float
        Numbers up to half of this count as zero.

    Notes
    -----
    Euclid's algorithm, in which a remainder that is small against `least` is taken for none. The amounts are
    rounded, and so is its result: it is settled by the amounts in ascending order, each of which says how many
    units it is, and then checked against all.
    """
    sizes = sorted({abs(amount) for amount in amounts} - {0})
    unit = 0.0
    for size in sizes:
        larger, smaller = float(size), unit
        while smaller > least / 2:
            larger, smaller = smaller, abs(larger - round(larger / smaller) * smaller)
        unit = larger
    if unit < least / 2:
        return None
    for size in sizes:
        unit = size / round(size / unit) if size > unit / 2 else unit
    missed = max(abs(size - round(size / unit) * unit) for size in sizes)
    return unit if missed <= _ROUNDING and unit >= least else None


def _unit(amounts: Sequence[int], span: int) -> tuple[float, bool]:
    """Return one party's unit, in grid steps, and whether its amounts are multiples of it."""
    if not span:
        return 1.0, True
    least = span / UNIT_RANGE
    unit = common_unit(amounts, least)
    return (max(least, 1.0), least <= 1.0) if unit is None else (unit, True)


def _amounts(
    terms: Sequence[IntArray], interactions: Sequence[GridInteraction], party: int
) -> tuple[list[int], int]:
    """Return every amount of one party, and the most by which its utilities can differ."""
    adds = [interaction.adds for interaction in interactions if interaction.party == party]
    columns = [term[:, party] for term in terms]
    span = sum(int(column.max()) for column in columns) + sum(abs(added) for added in adds)
    return [*(int(amount) for column in columns for amount in column), *adds], span
