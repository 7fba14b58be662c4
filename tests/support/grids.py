"""Random models on the integer grid, and random agreement rules."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from support.build import random_clause, space_of
from winset.model.rule import Condition, Rule
from winset.solve.grid import GridInteraction, GridModel


def random_grid_model(rng: np.random.Generator) -> GridModel:
    """Return one to four parties on a small space; small numbers make ties likely."""
    parties = int(rng.integers(1, 5))
    sizes = [int(size) for size in rng.integers(1, 5, int(rng.integers(1, 5)))]
    high = int(rng.choice([2, 4, 8, 2**40]))
    space = space_of(*sizes)
    return GridModel(
        terms=tuple(rng.integers(-high, high + 1, (size, parties)) for size in sizes),
        constant=rng.integers(-5, 5, parties),
        interactions=tuple(
            GridInteraction(
                int(rng.integers(parties)), random_clause(rng, space, 3), int(rng.integers(-high, high + 1))
            )
            for _ in range(rng.integers(0, 4))
        ),
        forbidden=tuple(random_clause(rng, space, 3) for _ in range(rng.integers(0, 4))),
    )


def random_rule(rng: np.random.Generator, sizes: Sequence[int], parties: Sequence[str], depth: int = 2) -> Rule:
    """Return a rule of any kind, nested, with vetoes and conditions; its quota may be out of reach or zero."""
    count = int(rng.integers(1, len(parties) + 1))
    members: list[str | Rule] = [str(party) for party in rng.choice(parties, count, replace=False)]
    if depth and rng.random() < 0.4:
        members[int(rng.integers(count))] = random_rule(rng, sizes, parties, depth - 1)
    conditions = int(rng.integers(0, 3)) if depth else 0
    return Rule(
        kind=("all", "any", "quota")[int(rng.integers(3))],
        members=tuple(members),
        quota=int(rng.integers(0, count + 2)),
        veto=tuple(str(party) for party in rng.choice(parties, int(rng.integers(0, 2)), replace=False)),
        when=tuple(
            Condition(random_clause(rng, space_of(*sizes), 2), random_rule(rng, sizes, parties, depth - 1))
            for _ in range(conditions)
        ),
    )
