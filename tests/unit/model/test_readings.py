"""Single judgements made precise, as draws and in the central reading."""

import numpy as np
import pytest

from winset.model.issues import Clause, Issue
from winset.model.judgement import Number, Values, Weights
from winset.model.party import RedLine
from winset.model.readings import CentralReading, SampledReading

ROWS = np.arange(20_000)
DRAWN = SampledReading(0, ROWS)
CENTRAL = CentralReading()
LETTERS = Issue("i", ("a", "b", "c", "d"))


def line(low, high):
    return RedLine("l", Clause.of({0: [0]}), Number("l.firmness", low, high))


def test_an_interval_is_drawn_uniformly_and_read_at_its_midpoint():
    number = Number("n", 0.2, 0.6)
    found = DRAWN.number(number)
    assert np.abs(np.sort(found) - (0.2 + 0.4 * (ROWS + 0.5) / len(ROWS))).max() < 0.4 * 1.95 / np.sqrt(
        len(ROWS)
    )
    assert CENTRAL.number(number) == pytest.approx([0.4])


def test_an_exact_number_is_itself():
    assert (DRAWN.number(Number("n", 0.1, 0.1)) == 0.1).all()
    assert CENTRAL.number(Number("n", 0.1, 0.1)).tolist() == [0.1]


@pytest.mark.parametrize(("low", "high"), [(0.7, 0.9), (0.0, 1.0), (0.3, 0.3)])
def test_a_red_line_is_meant_with_its_firmness(low, high):
    share = DRAWN.meant(line(low, high)).mean()
    chance = (low + high) / 2
    assert share == pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / len(ROWS)))


def test_certain_lines():
    assert DRAWN.meant(line(1.0, 1.0)).all()
    assert not DRAWN.meant(line(0.0, 0.0)).any()


@pytest.mark.parametrize(("low", "high", "meant"), [(0.5, 0.5, True), (0.2, 0.7, False), (0.0, 1.0, True)])
def test_the_central_reading_means_a_line_from_one_half(low, high, meant):
    assert CENTRAL.meant(line(low, high)).tolist() == [meant]


def test_a_ranking_of_values_is_equally_spaced_in_the_middle():
    values = Values("v", (1.0, 0.0, 0.0, 0.0), (1.0, 1.0, 1.0, 0.0), ((0,), (2,), (1,), (3,)))
    assert CENTRAL.values(values, LETTERS) == pytest.approx(np.array([[1, 1 / 3, 2 / 3, 0]]))
    found = DRAWN.values(values, LETTERS)
    assert (found[:, 0] == 1).all()
    assert (found[:, 3] == 0).all()
    assert (found[:, 2] >= found[:, 1]).all()
    assert found.mean(axis=0) == pytest.approx([1, 1 / 3, 2 / 3, 0], abs=0.008)


def test_tied_options_are_worth_the_same():
    values = Values("v", (1.0, 0.0, 0.0, 0.0), (1.0, 1.0, 1.0, 0.0), ((0,), (1, 2), (3,)))
    found = DRAWN.values(values, LETTERS)
    assert np.array_equal(found[:, 1], found[:, 2])
    assert found[:, 1].std() == pytest.approx(np.sqrt(1 / 12), abs=0.01)
    assert CENTRAL.values(values, LETTERS).tolist() == [[1.0, 0.5, 0.5, 0.0]]


def test_a_ranking_with_bounds_is_read_at_its_mean():
    values = Values("v", (1.0, 0.0, 0.0, 0.0), (1.0, 1.0, 0.5, 0.0), ((0,), (1,), (2,), (3,)))
    found = CENTRAL.values(values, LETTERS)[0]
    # The lower of two ordered numbers, below one half: means 11/18 and 2/9 (areas 1/4 and 1/8).
    assert found == pytest.approx([1, 11 / 18, 2 / 9, 0], abs=0.02)
    assert np.array_equal(found, CentralReading().values(values, LETTERS)[0])


def test_intervals_are_read_at_their_midpoints():
    values = Values("v", (0.0, 0.2, 0.4, 1.0), (0.5, 0.2, 0.6, 1.0))
    assert CENTRAL.values(values, LETTERS) == pytest.approx(np.array([[0.25, 0.2, 0.5, 1.0]]))
    found = DRAWN.values(values, LETTERS)
    assert (found[:, 1] == 0.2).all()
    assert found.mean(axis=0) == pytest.approx([0.25, 0.2, 0.5, 1.0], abs=0.008)


def test_values_between_points_are_interpolated():
    issue = Issue("n", (0, 10, 20, 30, 40))
    values = Values("v", (0.0, 0.4, 1.0), (0.0, 0.8, 1.0), points=(0.0, 20.0, 40.0))
    assert CENTRAL.values(values, issue) == pytest.approx(np.array([[0, 0.3, 0.6, 0.8, 1.0]]))
    found = DRAWN.values(values, issue)
    assert np.allclose(found[:, 1], found[:, 2] / 2)
    assert np.allclose(found[:, 3], (found[:, 2] + 1) / 2)
    assert ((found[:, 2] >= 0.4) & (found[:, 2] <= 0.8)).all()


def test_points_need_not_be_options():
    issue = Issue("n", (0, 5, 10))
    values = Values("v", (0.0, 1.0, 0.0), (0.0, 1.0, 0.0), points=(0.0, 4.0, 10.0))
    assert CENTRAL.values(values, issue) == pytest.approx(np.array([[0.0, 5 / 6, 0.0]]))


def test_unknown_values_span_the_scale_in_every_draw_and_are_equal_in_the_middle():
    values = Values("v", (0.0,) * 4, (1.0,) * 4, stated=False)
    found = DRAWN.values(values, LETTERS)
    assert (found.min(axis=1) == 0).all()
    assert (found.max(axis=1) == 1).all()
    assert found.mean(axis=0) == pytest.approx([0.5] * 4, abs=0.015)
    assert (CENTRAL.values(values, LETTERS) == 0).all()


def test_unknown_values_of_a_single_option_are_zero():
    values = Values("v", (0.0,), (1.0,), stated=False)
    assert (DRAWN.values(values, Issue("i", ("a",))) == 0).all()


def test_weights_without_a_total_stay_as_they_are():
    exact = Weights("w", (3.0, 8.0), (3.0, 8.0), total=None)
    assert (DRAWN.weights(exact) == [3.0, 8.0]).all()
    assert CENTRAL.weights(exact).tolist() == [[3.0, 8.0]]
    loose = Weights("w", (1.0, 5.0), (3.0, 5.0), total=None)
    assert CENTRAL.weights(loose).tolist() == [[2.0, 5.0]]
    assert DRAWN.weights(loose)[:, 0].mean() == pytest.approx(2, abs=0.03)


@pytest.mark.parametrize(
    ("lower", "upper", "middle"),
    [
        ((0.2, 0.3, 0.1), (0.4, 0.5, 0.5), (0.3, 0.4, 0.3)),  # the midpoints add up
        ((0.5, 0.0, 0.0), (0.5, 1.0, 1.0), (0.5, 0.25, 0.25)),
        # They do not: the unknown ones reach 0.7 at most, and 0.3 + t (0.1 + 3 * 0.7) = 1.
        ((0.3, 0.0, 0.0, 0.0), (0.4, 1.0, 1.0, 1.0), (0.3 + 0.07 / 2.2, *[0.49 / 2.2] * 3)),
    ],
)
def test_weights_in_intervals_meet_the_total_in_the_middle(lower, upper, middle):
    assert CENTRAL.weights(Weights("w", lower, upper))[0] == pytest.approx(np.array(middle), abs=1e-12)


def test_ranked_weights_with_bounds_are_read_at_their_mean():
    weights = Weights("w", (0.0, 0.0, 0.0), (0.5, 1.0, 1.0), ((0,), (1,), (2,)))
    found = CENTRAL.weights(weights)[0]
    drawn = DRAWN.weights(weights)
    assert found.sum() == pytest.approx(1, abs=1e-12)
    assert found == pytest.approx(drawn.mean(axis=0), abs=0.01)
