from __future__ import annotations

import numpy as np
import pytest

from winset.solve.hitting import hitting_sets, minimal_masks, minimal_sets


def brute_force(family: list[int], elements: int) -> set[int]:
    """Every minimal hitting set among all subsets of the elements."""
    hitting = [mask for mask in range(1 << elements) if all(mask & members for members in family)]
    return {mask for mask in hitting if not any(other != mask and other & mask == other for other in hitting)}


@pytest.mark.parametrize("seed", range(200))
def test_hitting_sets_equal_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    elements = int(rng.integers(1, 9))
    family = [int(mask) for mask in rng.integers(1, 1 << elements, size=int(rng.integers(0, 12)))]
    found = hitting_sets(family)
    assert found.complete
    assert len(set(found.sets)) == len(found.sets)
    assert set(found.sets) == brute_force(family, elements)


def test_the_ends() -> None:
    assert hitting_sets([]).sets == (0,)
    assert hitting_sets([0b11, 0]).sets == ()
    assert hitting_sets([0b1, 0b10, 0b100]).sets == (0b111,)
    assert hitting_sets([0b111]).sets == (0b1, 0b10, 0b100)


def test_hitting_twice_gives_the_family_back() -> None:
    # Minimal families and their minimal hitting sets are dual: Berge (1989), Hypergraphs, chapter 2.
    rng = np.random.default_rng(7)
    for _ in range(30):
        family = [int(mask) for mask in rng.integers(1, 1 << 12, size=8)]
        assert hitting_sets(hitting_sets(family).sets).sets == minimal_sets(family)


def test_pairs_double_with_each_pair() -> None:
    # n disjoint pairs have 2**n minimal hitting sets.
    pairs = [0b11 << 2 * number for number in range(10)]
    assert len(hitting_sets(pairs).sets) == 2**10


def test_a_limit_leaves_true_sets_and_says_so() -> None:
    pairs = [0b11 << 2 * number for number in range(30)]
    found = hitting_sets(pairs, limit=500)
    assert not found.complete
    assert 0 < len(found.sets) < 500
    assert all(mask.bit_count() == 30 and all(mask & pair for pair in pairs) for mask in found.sets)
    assert hitting_sets(pairs[:3], limit=15).complete  # 1 + 2 + 4 + 8 steps
    assert not hitting_sets(pairs[:3], limit=14).complete


def test_minimal_masks_equal_minimal_sets() -> None:
    rng = np.random.default_rng(1)
    for bits in (3, 10, 64):
        masks = (
            rng.integers(0, 1 << bits, size=200, dtype=np.uint64, endpoint=False)
            if bits < 64
            else (rng.integers(0, 2**64, size=200, dtype=np.uint64) | np.uint64(1 << 63))
        )
        assert minimal_masks(masks).tolist() == list(minimal_sets(masks.tolist()))
    assert minimal_masks(np.empty(0, dtype=np.uint64)).tolist() == []
