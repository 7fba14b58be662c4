from __future__ import annotations

import numpy as np
import pytest

from winset.model.draws import IntArray
from winset.solve.dominance import undominated
from winset.solve.packing import WordArray


def keys_of(rows: IntArray) -> WordArray:
    """A row's key is its number."""
    return rows[:, None].astype(np.uint64)


def plainly(points: IntArray, groups: IntArray) -> set[int]:
    """Return undominated rows by comparing every pair."""
    kept = set()
    for row, point in enumerate(points):
        peers = groups == groups[row]
        at_least = (points >= point).all(axis=1) & peers
        equal = (points == point).all(axis=1) & peers
        if not (at_least & ~equal).any() and np.flatnonzero(equal)[0] == row:
            kept.add(row)
    return kept


@pytest.mark.parametrize("parties", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("high", [2, 6, 2**50])
@pytest.mark.parametrize("groups", [1, 5])
def test_undominated_is_what_comparing_every_pair_leaves(parties: int, high: int, groups: int) -> None:
    rng = np.random.default_rng(parties * 100 + groups)
    for count in (1, 2, 30, 200):
        points = rng.integers(-high, high + 1, (count, parties))
        group = rng.integers(0, groups, count)
        assert set(undominated(points, keys_of, group).tolist()) == plainly(points, group)


@pytest.mark.parametrize("parties", [3, 4, 5])
def test_dividing_agrees_with_pairs_on_a_wide_frontier(parties: int) -> None:
    rng = np.random.default_rng(parties)
    share = rng.dirichlet(np.ones(parties), 1500) + rng.normal(0, 0.02, (1500, parties))
    for unit in (20, 2**40):  # a coarse grid makes many equal columns
        points = np.rint(share * unit).astype(np.int64)
        kept = undominated(points, keys_of)
        assert set(kept.tolist()) == plainly(points, np.zeros(len(points), dtype=np.int64))


def test_rows_come_by_group_then_by_descending_points() -> None:
    points = np.array([[1, 3], [3, 1], [2, 2], [0, 0], [5, 5]])
    assert undominated(points, keys_of, np.array([1, 1, 1, 0, 0])).tolist() == [4, 1, 2, 0]


def test_of_equal_points_the_lowest_key_stays_wherever_it_stands() -> None:
    points = np.array([[1, 1], [1, 1], [1, 1], [0, 1]])
    keys = np.array([[7], [3], [5], [0]], dtype=np.uint64)
    for columns in (points, np.column_stack([points, points[:, 0]])):
        assert undominated(columns, lambda rows: keys[rows]).tolist() == [1]
