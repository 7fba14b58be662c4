from __future__ import annotations

import numpy as np
import pytest

from support.build import random_clause, random_negotiation, space_of
from winset.model.issues import Clause
from winset.model.sampling import draw
from winset.solve.blocks import blocks
from winset.solve.tabulate import clause_mask, utilities


@pytest.mark.parametrize("cells", [1, 2, 5, 7, 12, 30, 100, 1000])
def test_blocks_make_up_the_space_in_order(cells: int) -> None:
    space = space_of(3, 5, 1, 4, 2)
    clauses = [random_clause(np.random.default_rng(seed), space, 3) for seed in range(5)]
    start = 0
    masks: list[list[np.ndarray]] = [[] for _ in clauses]
    for block in blocks(space, cells):
        assert block.start == start
        assert block.space.size <= cells
        first = tuple(run.start for run in block.ranges)
        assert space.index(first) == start
        for mask, clause in zip(masks, clauses, strict=True):
            mask.append(clause_mask(block.space, block.clause(clause)))
        start = block.outcomes.stop
    assert start == space.size
    for mask, clause in zip(masks, clauses, strict=True):
        assert np.array_equal(np.concatenate(mask), clause_mask(space, clause))


def test_few_blocks_even_for_a_long_issue() -> None:
    count = sum(1 for _ in blocks(space_of(1000, 3), 60))
    assert count == 50


def test_utilities_of_blocks_are_those_of_the_space() -> None:
    negotiation = random_negotiation(np.random.default_rng(4), sizes=(4, 3, 5), interactions=3, imprecise=True)
    (draws,) = draw(negotiation, 0, 0, 7)
    for party in range(2):
        parts = [utilities(b.draws(draws), b.space, party) for b in blocks(negotiation.space, 10)]
        assert np.array_equal(np.concatenate(parts, axis=1), utilities(draws, negotiation.space, party))


def test_a_clause_without_options_left_matches_nothing() -> None:
    space = space_of(4, 2)
    first = next(iter(blocks(space, 2)))
    assert not clause_mask(first.space, first.clause(Clause.of({0: [2, 3]}))).any()
    assert clause_mask(first.space, first.clause(Clause())).all()
