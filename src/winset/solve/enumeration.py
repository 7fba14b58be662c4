"""The Pareto frontier by looking at every outcome and every pair: slow, and obviously right."""

from __future__ import annotations

import itertools

import numpy as np

from winset.model.draws import IntArray
from winset.solve.elimination import Frontier
from winset.solve.grid import GridModel


def frontier_by_enumeration(model: GridModel) -> Frontier:
    """Return what `winset.solve.elimination.frontier` returns, from the definition.

    Every outcome is written down, its utilities are added up, and it stays unless it is forbidden, another
    outcome is at least as good for every party and better for one, or one with a lower index is equal.
    Quadratic in the number of outcomes: for small spaces, and for tests.
    """
    outcomes = [
        outcome
        for outcome in itertools.product(*(range(size) for size in model.sizes))
        if not model.forbids(outcome)
    ]
    shape = (len(outcomes), model.parties)
    table = np.array([model.utilities(outcome) for outcome in outcomes], dtype=np.int64).reshape(shape)
    kept = [row for row in range(len(table)) if _stays(table, row)]
    chosen = np.array([outcomes[row] for row in kept], dtype=np.int64).reshape(-1, len(model.sizes))
    return Frontier.ordered(chosen, table[kept])


def _stays(table: IntArray, row: int) -> bool:
    """Whether no row dominates this one, and no earlier row equals it."""
    at_least = (table >= table[row]).all(axis=1)
    better = at_least & (table > table[row]).any(axis=1)
    earlier = (table[:row] == table[row]).all(axis=1)
    return not bool(better.any()) and not bool(earlier.any())
