from __future__ import annotations

import numpy as np
import pytest

from support.boxes import random_box_model
from winset.model.tolerances import GRID, UNIT_RANGE
from winset.solve.grid import GridModel
from winset.solve.units import common_unit, in_units


@pytest.mark.parametrize("denominator", [2, 7, 536, 662, 2353, 9973])
@pytest.mark.parametrize("seed", range(5))
def test_the_unit_of_rounded_fractions_is_found(denominator: int, seed: int) -> None:
    counts = np.random.default_rng(seed).integers(1, 3000, 40)
    unit = common_unit(np.rint(counts / denominator / GRID).astype(np.int64).tolist(), 1e7)
    assert unit is not None
    assert (
        np.rint(counts / denominator / GRID / unit).astype(int).tolist()
        == (counts // np.gcd.reduce(counts)).tolist()
    )


def test_numbers_that_have_none_have_none() -> None:
    assert common_unit([2**40, round(2**40 * np.sqrt(2)), round(2**40 * np.pi)], 1e7) is None
    assert common_unit([12, -18, 0, 30], 1e-3) == 6.0
    assert common_unit([3, 10**6], 8.0) is None


def test_an_indifferent_party_is_counted_in_any_unit() -> None:
    terms = (np.array([[0, 4], [0, 8]], dtype=np.int64),)
    units = in_units(GridModel(terms, np.array([3, 3])))
    assert units.exact
    assert units.model.terms[0].tolist() == [[0, 0], [0, 1]]


@pytest.mark.parametrize("large", [False, True])
def test_more_units_are_more_utility_but_for_the_gap(large: bool) -> None:
    for seed in range(40):
        model = random_box_model(seed, large=large)
        units = in_units(model)
        outcomes = np.stack(np.unravel_index(np.arange(np.prod(model.sizes)), model.sizes), axis=1)
        exact = np.array([model.utilities(outcome) for outcome in outcomes])
        counted = np.array([units.model.utilities(outcome) for outcome in outcomes])
        assert (counted.max(axis=0) - counted.min(axis=0) <= UNIT_RANGE * 1.01).all()
        assert units.exact or large
        for party in range(2):
            ahead = counted[:, None, party] >= counted[None, :, party]
            short = exact[None, :, party] - exact[:, None, party]
            assert (short[ahead] <= units.gap[party]).all()
            if units.exact:
                assert (np.sign(np.diff(exact[:, party])) == np.sign(np.diff(counted[:, party]))).all()
