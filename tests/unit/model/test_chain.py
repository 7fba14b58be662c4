"""Ordered numbers within bounds, against throwing points at the box."""

import numpy as np
import pytest

from support.imprecise import distance
from winset.errors import InputError
from winset.model.chain import OrderedBox, tighten
from winset.model.streams import uniforms
from winset.model.tolerances import CHAIN_LIMIT

COUNT = 8_000
# Two samples of this size from one distribution are further apart than this once in ten thousand columns.
APART = 2.3 * np.sqrt(2 / COUNT)

CASES = {
    "one chain": ([0, 0, 0], [1, 1, 1]),
    "a number in the middle is bounded": ([0, 0.4, 0], [1, 0.6, 1]),
    "bounds that overlap": ([0.5, 0.2, 0.1, 0], [1, 0.9, 0.6, 0.5]),
    "a fixed number between": ([0, 0, 0.5, 0, 0], [1, 0.8, 0.5, 1, 1]),
    "pinned ends": ([1, 0, 0.3, 0], [1, 1, 0.7, 0]),
    "bounds that leave the order nothing to do": ([0.7, 0.4, 0.1], [0.9, 0.6, 0.3]),
}


def drawn(lower, upper, count=COUNT, seed=0):
    box = OrderedBox.of(np.array(lower, dtype=float), np.array(upper, dtype=float), "x")
    return box.sample(uniforms(seed, "x", 0, count, box.columns))


@pytest.mark.parametrize("name", CASES)
def test_it_is_uniform(name):
    lower, upper = CASES[name]
    rng = np.random.default_rng(1)
    points = rng.uniform(lower, upper, size=(1_500_000, len(lower)))
    kept = points[(np.diff(points, axis=1) <= 0).all(axis=1)][:COUNT]
    assert len(kept) == COUNT
    found = drawn(lower, upper)
    assert distance(found, kept) < APART
    # Columns one by one do not show how numbers go together; their gaps do.
    assert distance(-np.diff(found, axis=1), -np.diff(kept, axis=1)) < APART


def test_the_share_of_each_cell_is_exact():
    # Two numbers in order, the lower one in [0, 1/2]: the set has area 3/8, and in 1/8 of it both lie below.
    found = drawn([0, 0], [1, 0.5], 40_000)
    assert np.mean(found[:, 0] < 0.5) == pytest.approx(1 / 3, abs=4 * np.sqrt(2 / 9 / 40_000))


def test_bounds_and_order_hold_for_many_ranks():
    rng = np.random.default_rng(2)
    lower = np.sort(rng.uniform(0, 0.5, CHAIN_LIMIT))[::-1]
    upper = np.minimum(lower + rng.uniform(0.1, 0.4, CHAIN_LIMIT), 1)
    found = drawn(lower, upper, 50)
    assert (found >= lower).all()
    assert (found <= upper).all()
    assert (np.diff(found, axis=1) <= 0).all()


def test_a_ranking_without_bounds_may_be_long():
    found = drawn([0.0] * 1000, [1.0] * 1000, 20)
    assert (np.diff(found, axis=1) <= 0).all()
    assert found.mean() == pytest.approx(0.5, abs=0.01)


def test_tightening_keeps_the_set():
    lower, upper = tighten(np.array([0.0, 0.4, 0.2]), np.array([0.9, 1.0, 0.3]))
    assert lower.tolist() == [0.4, 0.4, 0.2]
    assert upper.tolist() == [0.9, 0.9, 0.3]


def test_centre_is_the_mean_order_statistic():
    box = OrderedBox.of(np.array([1.0, 0.0, 0.0, 0.0, 0.0]), np.array([1.0, 1.0, 1.0, 1.0, 0.0]), "x")
    assert box.centre().tolist() == [1.0, 0.75, 0.5, 0.25, 0.0]
    assert OrderedBox.of(np.array([0.0, 0.0]), np.array([1.0, 0.5]), "x").centre() is None


def test_an_empty_set_names_the_judgement():
    with pytest.raises(InputError, match=r"parties\.a\.values\.b: the bounds contradict") as caught:
        OrderedBox.of(np.array([0.0, 0.6]), np.array([0.5, 1.0]), "parties.a.values.b")
    assert caught.value.problems[0].code == "E903"


def test_too_many_ranks_with_bounds_name_the_limit():
    count = CHAIN_LIMIT + 1
    with pytest.raises(InputError, match=f"at most {CHAIN_LIMIT} ranks") as caught:
        OrderedBox.of(np.zeros(count), np.linspace(1, 0.5, count), "x")
    assert caught.value.problems[0].code == "E902"
