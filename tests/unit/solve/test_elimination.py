from __future__ import annotations

import numpy as np
import pytest

from support.build import random_clause, space_of
from support.grids import random_grid_model
from winset.errors import LimitReached
from winset.model.issues import Clause
from winset.solve.elimination import elimination_order, frontier
from winset.solve.enumeration import frontier_by_enumeration
from winset.solve.grid import GridInteraction, GridModel


def additive(*terms: list[tuple[int, ...]], **rest: tuple[object, ...]) -> GridModel:
    arrays = tuple(np.array(term, dtype=np.int64) for term in terms)
    return GridModel(arrays, np.zeros(arrays[0].shape[1], dtype=np.int64), **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize("block", range(10))
def test_elimination_in_any_order_equals_enumeration(block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        rng = np.random.default_rng(seed)
        model = random_grid_model(rng)
        slow = frontier_by_enumeration(model)
        for order in (None, rng.permutation(len(model.sizes)).tolist()):
            fast = frontier(model, order=order)
            assert np.array_equal(fast.outcomes, slow.outcomes), (seed, order)
            assert np.array_equal(fast.utilities, slow.utilities), (seed, order)


def test_a_small_case_by_hand() -> None:
    model = additive([(0, 3), (2, 0)], [(0, 2), (1, 1), (3, 0)])
    found = frontier(model)
    assert found.utilities.tolist() == [[5, 0], [3, 3], [1, 4], [0, 5]]
    assert found.outcomes.tolist() == [[1, 2], [0, 2], [0, 1], [0, 0]]


def test_forbidding_the_best_leaves_the_next() -> None:
    model = additive([(0,), (1,)], [(0,), (1,)], forbidden=(Clause.of({0: [1], 1: [1]}),))
    assert frontier(model).outcomes.tolist() == [[0, 1]]


def test_an_interaction_counts_once_its_clause_is_complete() -> None:
    clause = Clause.of({0: [0], 2: [1]})
    model = additive([(0,), (5,)], [(0,), (0,)], [(0,), (0,)], interactions=(GridInteraction(0, clause, 9),))
    found = frontier(model)
    assert found.outcomes.tolist() == [[0, 0, 1]]
    assert found.utilities.tolist() == [[9]]


def test_clauses_without_issues_concern_every_outcome() -> None:
    bonus = GridInteraction(1, Clause(), 4)
    found = frontier(additive([(1, 0), (0, 1)], interactions=(bonus,)))
    assert found.utilities.tolist() == [[1, 4], [0, 5]]
    assert len(frontier(additive([(1, 0), (0, 1)], forbidden=(Clause(),))).outcomes) == 0


def test_nothing_is_left_where_everything_is_forbidden() -> None:
    halves = (Clause.of({0: [0]}), Clause.of({0: [1], 1: [0, 1]}))
    found = frontier(additive([(1, 0), (0, 1)], [(1, 0), (0, 1)], [(0, 0)], forbidden=halves))
    assert found.outcomes.shape == (0, 3)
    assert found.utilities.shape == (0, 2)


def test_of_equal_outcomes_the_lowest_index_stays_beyond_64_bits() -> None:
    zero_sum = [(option, -option) for option in range(4)]
    model = GridModel(tuple(np.array(zero_sum) for _ in range(60)), np.zeros(2, dtype=np.int64))
    for order in (None, range(59, -1, -1)):
        found = frontier(model, order=order)
        assert found.utilities[:, 0].tolist() == list(range(180, -1, -1))
        lowest = [[0] * (59 - total // 3) + [total % 3] + [3] * (total // 3) for total in range(180)]
        assert found.outcomes[::-1][:180].tolist() == lowest


def test_the_limit_is_an_error_that_says_how_far_it_came() -> None:
    rng = np.random.default_rng(0)
    model = GridModel(tuple(rng.integers(0, 2**30, (6, 3)) for _ in range(8)), np.zeros(3, dtype=np.int64))
    with pytest.raises(LimitReached, match="more than 500 partial outcomes at once, with 3 of 8 issues to go"):
        frontier(model, limit=500)


def test_states_are_limited_too() -> None:
    rng = np.random.default_rng(1)
    space = space_of(*[4] * 12)
    clauses = tuple(random_clause(rng, space, 6) for _ in range(300))
    model = additive(*[[(0, 0)] * 4] * 12, forbidden=clauses)
    with pytest.raises(LimitReached, match="too many states at once"):
        frontier(model, limit=3000)


def test_issues_that_share_clauses_are_eliminated_together_and_free_ones_last() -> None:
    clauses = (Clause.of({0: [0], 4: [0]}), Clause.of({2: [0], 4: [1]}), Clause.of({1: [0], 5: [0]}))
    model = additive(*[[(0,), (1,)]] * 6, forbidden=clauses)
    order = elimination_order(model)
    assert sorted(order) == list(range(6))
    assert order[-1] == 3
    assert set(order[:2]) == {0, 4} or set(order[:2]) == {1, 5}
