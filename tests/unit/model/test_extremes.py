"""Extremes over the whole space, against visiting every outcome."""

import itertools

import numpy as np
import pytest

from support.build import random_clause, space_of
from winset.errors import InputError
from winset.model.extremes import Elimination
from winset.model.issues import Clause


def by_visiting(parts, clauses, adds):
    """Return the smallest and the largest sum in every draw, [D] each."""
    sums = []
    for outcome in itertools.product(*(range(part.shape[1]) for part in parts)):
        total = sum(part[:, option] for part, option in zip(parts, outcome, strict=True))
        sums.append(total + sum(adds[:, t] for t, clause in enumerate(clauses) if clause.matches(outcome)))
    return np.min(sums, axis=0), np.max(sums, axis=0)


@pytest.mark.parametrize("seed", range(60))
def test_against_visiting_every_outcome(seed):
    rng = np.random.default_rng(seed)
    sizes = [int(size) for size in rng.integers(1, 5, rng.integers(1, 6))]
    space = space_of(*sizes)
    clauses = [random_clause(rng, space, int(rng.integers(1, 4))) for _ in range(rng.integers(0, 6))]
    if seed % 5 == 0:
        clauses.append(Clause())
    parts = [rng.normal(size=(7, size)) for size in sizes]
    adds = rng.normal(size=(7, len(clauses)))
    elimination = Elimination.of(sizes, clauses)
    least, most = by_visiting(parts, clauses, adds)
    assert elimination.smallest(parts, adds) == pytest.approx(least, abs=1e-12)
    assert elimination.largest(parts, adds) == pytest.approx(most, abs=1e-12)


def test_many_options_under_one_clause_count_as_two():
    half = tuple(range(500))
    clauses = [Clause.of({issue: half, issue + 1: half}) for issue in range(30)]
    elimination = Elimination.of([1000] * 31, clauses)
    assert {len(kinds) for kinds in elimination.kinds} == {2}
    parts = [np.linspace(0, 1, 1000)[None, :]] * 31
    # Upper halves everywhere give 31 and no interaction.
    assert elimination.largest(parts, np.full((1, 30), -5.0)).tolist() == pytest.approx([31.0])


def test_a_long_chain_is_no_obstacle():
    # 2^200 outcomes; every neighbouring pair that is not both b earns one.
    clauses = [Clause.of({issue: [0], issue + 1: [0]}) for issue in range(199)]
    elimination = Elimination.of([2] * 200, clauses)
    parts = [np.array([[0.0, 0.75]])] * 200
    # All a: 199. All b: 150.
    assert elimination.largest(parts, np.ones((1, 199))).tolist() == [199.0]
    assert elimination.smallest(parts, np.ones((1, 199))).tolist() == [75.0 - 0.0]


def test_draws_do_not_depend_on_each_other():
    rng = np.random.default_rng(0)
    clauses = [Clause.of({0: [0], 1: [1]}), Clause.of({1: [0], 2: [1, 2]})]
    elimination = Elimination.of([3, 3, 3], clauses)
    parts, adds = [rng.normal(size=(20, 3)) for _ in range(3)], rng.normal(size=(20, 2))
    whole = elimination.largest(parts, adds)
    singly = [elimination.largest([part[[row]] for part in parts], adds[[row]])[0] for row in range(20)]
    assert whole.tolist() == singly


def test_too_many_issues_tied_together_name_the_interactions():
    everything = Clause.of({issue: [0] for issue in range(30)})
    with pytest.raises(InputError, match="interactions 1 tie too many issues") as caught:
        Elimination.of([2] * 31, [Clause.of({30: [0]}), everything])
    assert caught.value.problems[0].code == "E901"
