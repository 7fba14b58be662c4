"""Random models of two parties whose preferences are boxes, and more."""

from __future__ import annotations

import numpy as np

from support.build import random_clause, space_of
from winset.model.issues import Clause
from winset.solve.grid import GridInteraction, GridModel


def random_box(rng: np.random.Generator, sizes: list[int], issues: int) -> Clause:
    """Return a clause whose sides are runs of adjacent options."""
    scope = rng.choice(len(sizes), min(issues, len(sizes)), replace=False)
    ends = {int(issue): sorted(rng.integers(0, sizes[issue], 2)) for issue in scope}
    return Clause.of({issue: range(low, high + 1) for issue, (low, high) in ends.items()})


def random_box_model(seed: int, *, large: bool = False) -> GridModel:
    """Return two parties on a small space; `large` amounts have no common unit.

    Amounts are often of both signs, the same clause is often both parties', some issues are worth something by
    themselves, some terms are forbidden, and in every third model the sides are no runs of options.
    """
    rng = np.random.default_rng(seed)
    sizes = [int(size) for size in rng.integers(1, 6, int(rng.integers(1, 5)))]
    high = 2**40 if large else int(rng.choice([2, 5, 50]))
    low = 0 if rng.random() < 0.4 else -high
    runs = rng.random() < 2 / 3

    def clause() -> Clause:
        return random_box(rng, sizes, 3) if runs else random_clause(rng, space_of(*sizes), 3)

    def term(size: int) -> np.ndarray:
        return rng.integers(-high, high + 1, (size, 2)) if rng.random() < 0.4 else np.full((size, 2), 3)

    clauses = [
        each for each in (clause() for _ in range(rng.integers(0, 8))) for _ in range(rng.integers(1, 3))
    ]
    return GridModel(
        terms=tuple(term(size) for size in sizes),
        constant=rng.integers(-5, 5, 2),
        interactions=tuple(
            GridInteraction(int(rng.integers(2)), each, int(rng.integers(low, high + 1))) for each in clauses
        ),
        forbidden=tuple(clause() for _ in range(rng.integers(0, 3))),
    )
