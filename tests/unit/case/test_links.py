"""Whether links leave an outcome: compared with trying every outcome."""

import itertools

import numpy as np

from support.build import random_clause, space_of
from support.case_text import case, read
from winset.case.links import outcome_left
from winset.model.issues import Clause


def by_trying(clauses, sizes):
    outcomes = itertools.product(*(range(size) for size in sizes))
    return any(not any(clause.matches(outcome) for clause in clauses) for outcome in outcomes)


def test_the_check_agrees_with_trying_every_outcome():
    rng = np.random.default_rng(5)
    answers = []
    for _ in range(400):
        sizes = [int(size) for size in rng.integers(1, 4, size=int(rng.integers(1, 5)))]
        space = space_of(*sizes)
        clauses = [random_clause(rng, space, int(rng.integers(1, 4))) for _ in range(int(rng.integers(0, 14)))]
        expected = by_trying(clauses, sizes)
        assert outcome_left(clauses, sizes) is expected
        answers.append(expected)
    assert 40 < answers.count(False) < 360


def test_a_large_space_with_many_links_is_decided():
    sizes = [10] * 30
    chain = [Clause.of({issue: [k], issue + 1: [k]}) for issue in range(29) for k in range(10)]
    assert outcome_left(chain, sizes) is True
    closed = [*chain, *(Clause.of({29: [k]}) for k in range(10))]
    assert outcome_left(closed, sizes) is False


def test_what_would_take_long_is_left_open():
    rng = np.random.default_rng(0)
    sizes = [60] * 40
    space = space_of(*sizes)
    clauses = [random_clause(rng, space, 4) for _ in range(600)]
    assert outcome_left(clauses, sizes) is None


def test_the_empty_clause_leaves_nothing_and_no_clause_leaves_all():
    assert outcome_left([Clause()], [2, 2]) is False
    assert outcome_left([], [2, 2]) is True


def test_links_that_leave_an_outcome_are_read():
    links = read(
        case(links="links: [{id: a, never: {form: truce}}, {id: b, never: {form: treaty, water: [0, 95]}}]")
    )
    assert [link.id for link in links.links] == ["a", "b"]
