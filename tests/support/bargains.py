"""Bargaining problems on the integer grid, and their solutions the ordinary ways."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from support.build import random_clause, space_of
from winset.analysis.solutions import solve
from winset.findings.base import Status
from winset.model.draws import IntArray
from winset.model.tolerances import GRID, UTILITY_TOLERANCE
from winset.solve.direct import Table, direct_solutions
from winset.solve.elimination import frontier
from winset.solve.grid import GridInteraction, GridModel

NAMES = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
UNIT = round(1 / GRID)

Picked = dict[str, tuple[int, ...]]
"""Name of a solution to the outcome; empty where nothing is in the zone."""


def table_of(
    terms: Sequence[Sequence[Sequence[int]]],
    reservation: Sequence[int],
    counted: tuple[int, ...] | None = None,
    needed: tuple[int, ...] | None = None,
) -> Table:
    """Return additive utilities in whole numbers; everyone counts and is needed unless said otherwise."""
    everyone = tuple(range(len(reservation)))
    model = GridModel(tuple(np.array(term) * UNIT for term in terms), np.zeros(len(everyone), dtype=np.int64))
    return Table(
        model,
        np.array(reservation) * UNIT,
        everyone if counted is None else counted,
        everyone if needed is None else needed,
    )


def random_table(rng: np.random.Generator) -> Table:
    """Return two to four parties over a small space; coarse units make ties likely."""
    parties = int(rng.integers(2, 5))
    sizes = [int(size) for size in rng.integers(1, 5, int(rng.integers(2, 5)))]
    unit = UNIT // int(rng.choice([8, 20, 1000, UNIT]))
    high = UNIT // len(sizes) // unit
    space = space_of(*sizes)
    model = GridModel(
        terms=tuple(rng.integers(0, high + 1, (size, parties)) * unit for size in sizes),
        constant=np.zeros(parties, dtype=np.int64),
        interactions=tuple(
            GridInteraction(
                int(rng.integers(parties)),
                random_clause(rng, space, 3),
                int(rng.integers(-high, high + 1)) * unit,
            )
            for _ in range(rng.integers(0, 4))
        ),
        forbidden=tuple(random_clause(rng, space, 3) for _ in range(rng.integers(0, 4))),
    )
    everyone = tuple(range(parties))
    return Table(model, rng.integers(0, UNIT // 2 // unit + 1, parties) * unit, everyone, everyone)


def large_table(parties: int, issues: int, options: int, seed: int = 0) -> Table:
    """Return random additive utilities between 0 and 1, with reservation values of 0.15."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(issues), parties)
    terms = []
    for issue in range(issues):
        values = rng.random((options, parties))
        values = (values - values.min(axis=0)) / (values.max(axis=0) - values.min(axis=0))
        terms.append(np.rint(values * weights[:, issue] * UNIT).astype(np.int64))
    everyone = tuple(range(parties))
    model = GridModel(tuple(terms), np.zeros(parties, dtype=np.int64))
    return Table(model, np.full(parties, int(0.15 * UNIT)), everyone, everyone)


def found_directly(table: Table) -> Picked:
    """Return what is found without the frontier; all of it has to be exact."""
    found = direct_solutions(table)
    assert all(direct.status is Status.EXACT for direct in found.named().values())
    if found.empty:
        return {}
    return {
        name: tuple(direct.outcome.tolist())
        for name, direct in found.named().items()
        if direct.outcome is not None
    }


def picked_on_the_frontier(table: Table) -> Picked:
    """Return the solutions on the frontier's points in the zone."""
    found = frontier(table.model)
    return _picked(table, found.outcomes, found.utilities)


def picked_by_enumeration(table: Table) -> Picked:
    """Return the solutions among all outcomes in the zone."""
    every = itertools.product(*(range(size) for size in table.model.sizes))
    outcomes = [outcome for outcome in every if not table.model.forbids(outcome)]
    utilities = [table.model.utilities(outcome) for outcome in outcomes]
    shape = (len(outcomes), len(table.model.sizes))
    return _picked(
        table,
        np.array(outcomes, dtype=np.int64).reshape(shape),
        np.array(utilities, dtype=np.int64).reshape(len(outcomes), table.model.parties),
    )


def _picked(table: Table, outcomes: IntArray, utilities: IntArray) -> Picked:
    least = table.reservation - int(UTILITY_TOLERANCE / GRID)
    inside = (utilities >= least)[:, list(table.needed)].all(axis=1)
    if not inside.any():
        return {}
    outcomes, utilities = outcomes[inside], utilities[inside]
    order = np.lexsort(outcomes.T[::-1])
    counted = list(table.counted)
    picks = solve(utilities[order][:, counted] * GRID, table.reservation[counted] * GRID)
    return {name: tuple(outcomes[order][getattr(picks, name)].tolist()) for name in NAMES}
