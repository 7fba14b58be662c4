"""Weights: uniform on the polytope that the file leaves, against exact moments and plain rejection."""

import numpy as np
import pytest

from support.imprecise import distance, rejected
from winset.errors import InputError
from winset.model.judgement import Weights
from winset.model.polytope import Polytope
from winset.model.proposals import proposals
from winset.model.streams import uniforms
from winset.model.walk import walk
from winset.model.weightset import WeightSet

COUNT = 8_000
APART = 2.3 * np.sqrt(2 / COUNT)  # see test_chain
ROWS = np.arange(COUNT)


def weights_of(lower, upper, groups=None) -> Weights:
    return Weights("w", tuple(map(float, lower)), tuple(map(float, upper)), groups)


def ranking(count):
    return tuple((issue,) for issue in range(count))


def drawn(weights: Weights, rows=ROWS, seed=0):
    return WeightSet.of(weights, 1.0).sample(seed, rows)


def polytope_of(weights: Weights) -> Polytope:
    polytope = WeightSet.of(weights, 1.0).polytope
    assert polytope is not None
    return polytope


SETS = {
    "nothing known": weights_of([0] * 4, [1] * 4),
    "ranking": weights_of([0] * 4, [1] * 4, ranking(4)),
    "ranking, not in file order": weights_of([0] * 4, [1] * 4, ((2,), (0,), (3,), (1,))),
    "upper bounds": weights_of([0] * 4, [0.4, 0.5, 0.3, 0.6]),
    "lower bounds": weights_of([0.1, 0.2, 0.3, 0], [1] * 4),
    "some intervals, some unknown": weights_of([0.3, 0.1, 0, 0, 0], [0.4, 0.2, 1, 1, 1]),
    "ranking with bounds": weights_of([0.3, 0, 0.05, 0], [0.5, 0.3, 1, 0.1], ranking(4)),
    "close to the lower bounds": weights_of([0.5, 0.3, 0.1, 0], [1, 1, 1, 1], ranking(4)),
    "close to the upper bounds": weights_of([0, 0, 0, 0], [0.4, 0.35, 0.2, 0.15]),
}


@pytest.mark.parametrize("name", SETS)
def test_it_is_uniform(name):
    weights = SETS[name]
    found = drawn(weights)
    kept = rejected(weights, COUNT, np.random.default_rng(1))
    assert distance(found, kept) < APART
    assert distance(np.diff(found, axis=1), np.diff(kept, axis=1)) < APART


@pytest.mark.parametrize("name", SETS)
def test_every_draw_lies_in_the_set(name):
    weights = SETS[name]
    found = drawn(weights)
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-12
    assert (found >= weights.lower).all()
    assert (found <= weights.upper).all()
    if weights.groups is not None:
        assert (np.diff(found[:, [group[0] for group in weights.groups]], axis=1) <= 0).all()


@pytest.mark.parametrize("count", [2, 3, 7])
def test_moments_of_a_ranking_are_exact(count):
    # w = s V with s uniform on the standard simplex: E s = 1/n, Cov s = (I/n - 11'/n^2) / (n + 1).
    vertices = np.tril(np.ones((count, count))) / np.arange(1, count + 1)[:, None]
    simplex = (np.eye(count) / count - np.full((count, count), 1 / count**2)) / (count + 1)
    covariance = vertices.T @ simplex @ vertices
    rows = np.arange(40_000)
    found = drawn(weights_of([0] * count, [1] * count, ranking(count)), rows)
    error = np.sqrt(np.diag(covariance) / len(rows))
    assert (np.abs(found.mean(axis=0) - vertices.mean(axis=0)) < 4 * error).all()
    assert np.abs(np.cov(found.T) - covariance).max() < 0.04 * covariance.max()


def test_ties_are_equal_and_uniform():
    # a over the tie (b, c): a = s1 + s2 / 3 and b = c = s2 / 3, so b is uniform on [0, 1/3].
    found = drawn(weights_of([0] * 3, [1] * 3, ((0,), (1, 2))))
    assert np.array_equal(found[:, 1], found[:, 2])
    places = np.sort(found[:, 1]) * 3
    assert np.abs(places - (np.arange(COUNT) + 0.5) / COUNT).max() < 1.95 / np.sqrt(COUNT)


def test_exact_weights_beside_unknown_ones():
    found = drawn(weights_of([0.25, 0, 0, 0.5], [0.25, 1, 1, 0.5]))
    assert (found[:, [0, 3]] == [0.25, 0.5]).all()
    assert found[:, 1].mean() == pytest.approx(0.125, abs=0.004)
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-12


@pytest.mark.parametrize(
    ("weights", "only"),
    [
        (weights_of([0.5, 0.3, 0.2], [1, 1, 1]), [0.5, 0.3, 0.2]),
        (weights_of([0, 0, 0], [0.5, 0.3, 0.2]), [0.5, 0.3, 0.2]),
        (weights_of([0, 0, 0], [1 / 3, 1, 1], ranking(3)), [1 / 3, 1 / 3, 1 / 3]),
        (weights_of([0.25, 0.25, 0], [0.25, 0.25, 1]), [0.25, 0.25, 0.5]),
        (weights_of([0], [1]), [1.0]),
        (weights_of([0, 0], [1, 1], ((0, 1),)), [0.5, 0.5]),
    ],
)
def test_a_set_of_one_point(weights, only):
    assert drawn(weights, np.arange(3)) == pytest.approx(np.array([only] * 3), abs=1e-12)
    assert WeightSet.of(weights, 1.0).centre() == pytest.approx(np.array(only), abs=1e-12)


def test_an_empty_set_says_which_sums_are_possible():
    with pytest.raises(InputError, match=r"sums from 0\.2 to 0\.8") as caught:
        WeightSet.of(weights_of([0.1, 0.1], [0.4, 0.4]), 1.0)
    assert caught.value.problems[0].code == "E904"


@pytest.mark.parametrize("name", sorted(set(SETS) - {"nothing known", "ranking"}))
def test_every_proposal_is_uniform_once_rejected(name):
    polytope = polytope_of(SETS[name])
    known = WeightSet.of(SETS[name], 1.0)
    reference = drawn(SETS[name])[:, [known.groups[group][0] for group in known.free]]
    for proposal in proposals(polytope):
        points = proposal.points(uniforms(3, "p", 0, 60_000, proposal.columns))
        kept = points[polytope.holds(points)]
        if len(kept) > 300:
            assert distance(kept, reference) < 2.3 * np.sqrt(1 / COUNT + 1 / len(kept))


HARD = {
    "10 narrow intervals": weights_of(np.arange(10, 0, -1) / 55 * 0.9, np.arange(10, 0, -1) / 55 * 1.1),
    "10 ranked in intervals": weights_of(
        np.arange(10, 0, -1) / 55 * 0.8, np.arange(10, 0, -1) / 55 * 1.2, ranking(10)
    ),
    "8, half of them small": weights_of([0] * 8, [0.02] * 4 + [1] * 4),
}


@pytest.mark.parametrize("name", HARD)
def test_the_walk_agrees_with_rejection(name):
    weights = HARD[name]
    polytope = polytope_of(weights)
    count = 4_000
    walked = walk(polytope, 0, "walk", np.arange(count))
    exact = drawn(weights, np.arange(count), seed=1)
    assert polytope.holds(np.clip(walked, polytope.lower, polytope.upper)).all()
    assert np.abs(walked.sum(axis=1) - 1).max() < 1e-12
    assert distance(walked, exact) < 2.3 * np.sqrt(2 / count)
    error = np.abs(walked.mean(axis=0) - exact.mean(axis=0)) / exact.std(axis=0)
    assert error.max() < 4 * np.sqrt(2 / count)


def test_equal_narrow_intervals_have_the_mean_that_symmetry_gives():
    found = drawn(weights_of([0.09] * 10, [0.11] * 10))
    assert np.abs(found.mean(axis=0) - 0.1).max() < 4 * found.std() / np.sqrt(COUNT)


def test_draws_that_rejection_leaves_take_the_walk():
    # A ranking whose bounds cut across it: one point in some 300 is accepted, so that most draws walk.
    lower = [0.11, 0.06, 0.11, 0.12, 0.12, 0.11, 0, 0.1, 0.08]
    upper = [0.14, 0.16, 0.13, 0.27, 0.13, 0.16, 0.4, 0.11, 0.1]
    weights = weights_of(lower, upper, ranking(9))
    polytope = polytope_of(weights)
    rates = []
    for proposal in proposals(polytope):
        points = proposal.points(uniforms(0, "p", 0, 10_000, proposal.columns))
        rates.append(polytope.holds(points).mean())
    assert max(rates) < 0.01
    proposal = proposals(polytope)[int(np.argmax(rates))]
    points = proposal.points(uniforms(1, "p", 0, 500_000, proposal.columns))
    exact = points[polytope.holds(points)]
    free = WeightSet.of(weights, 1.0).free
    rows = np.arange(3_000)
    found = drawn(weights, rows)
    assert distance(found[:, free], exact) < 2.3 * np.sqrt(1 / len(rows) + 1 / len(exact))
    assert (found >= np.array(lower) - 1e-12).all()
    assert (found <= np.array(upper) + 1e-12).all()
    assert (np.diff(found, axis=1) <= 1e-12).all()
    assert np.array_equal(drawn(weights, rows[70:90]), found[70:90])
    assert np.array_equal(drawn(weights, rows[7::500]), found[7::500])
