from __future__ import annotations

import numpy as np
import pytest

from support.build import space_of
from winset.solve.packing import Packing, lowest_of_runs


@pytest.mark.parametrize(
    "sizes", [(3,), (1,), (1, 1, 1), (3, 1, 4), (10,) * 40, (2,) * 64, (2,) * 65, (257, 65_537, 1, 2) * 5]
)
def test_packing_round_trips_and_compares_as_outcome_indices_do(sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(sizes))
    outcomes = np.stack([rng.integers(0, size, 50) for size in sizes], axis=1)
    outcomes[0], outcomes[1] = 0, np.array(sizes) - 1
    packing, space = Packing(sizes), space_of(*sizes)
    keys = packing.pack(outcomes)
    assert np.array_equal(packing.unpack(keys), outcomes)
    by_key = np.lexsort(keys.T[::-1])
    indices = [space.index(outcome) for outcome in outcomes[by_key].tolist()]
    assert indices == sorted(indices)
    assert indices[-1] == space.size - 1  # beyond 64 bits for the longer ones


def test_no_issue_straddles_two_words() -> None:
    packing = Packing((2**40, 2**40, 2**20))
    assert packing.places == ((0, 24), (1, 24), (1, 4))
    assert packing.words == 2


def test_lowest_of_runs_compares_word_by_word() -> None:
    keys = np.array([[1, 9], [1, 3], [2, 0], [5, 5], [0, 2**64 - 1], [0, 7]], dtype=np.uint64)
    assert lowest_of_runs(keys, [0, 3, 4]).tolist() == [1, 3, 5]
