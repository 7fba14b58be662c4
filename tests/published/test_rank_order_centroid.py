"""Rank-order-centroid weights.

Edwards and Barron (1994), SMARTS and SMARTER: improved simple methods for multiattribute utility measurement,
Organizational Behavior and Human Decision Processes 60, 306-325; Barron and Barrett (1996), Decision quality
using ranked attribute weights, Management Science 42(11), 1515-1523: ``w_k = (1/n) sum_{i=k}^{n} 1/i``, printed
to four decimals.
"""

from fractions import Fraction

import pytest

from winset.model.judgement import Weights
from winset.model.weightset import WeightSet

PRINTED = {
    2: (0.7500, 0.2500),
    3: (0.6111, 0.2778, 0.1111),
    4: (0.5208, 0.2708, 0.1458, 0.0625),
    5: (0.4567, 0.2567, 0.1567, 0.0900, 0.0400),
}


def centre(groups, count):
    return WeightSet.of(Weights("w", (0.0,) * count, (1.0,) * count, groups), 1.0).centre()


@pytest.mark.parametrize("count", PRINTED)
def test_printed_weights(count):
    found = centre(tuple((issue,) for issue in range(count)), count)
    assert found == pytest.approx(PRINTED[count], abs=5e-5)


@pytest.mark.parametrize("count", [1, 6, 12])
def test_the_formula(count):
    found = centre(tuple((issue,) for issue in range(count)), count)
    exact = [sum(Fraction(1, i) for i in range(k, count + 1)) / count for k in range(1, count + 1)]
    assert found == pytest.approx([float(weight) for weight in exact], abs=1e-14)


def test_ties_take_the_mean_of_the_vertices():
    # Vertices of {a >= b = c = d}: (1, 0, 0, 0) and (1/4, 1/4, 1/4, 1/4).
    assert centre(((0,), (1, 2, 3)), 4) == pytest.approx([5 / 8, 1 / 8, 1 / 8, 1 / 8])
