"""Outcome indices, terms and clauses."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.build import space_of
from winset.model.issues import Clause, Issue, Space


def test_index_is_mixed_radix_with_the_last_issue_fastest():
    space = space_of(2, 3, 2)
    assert [space.outcome(index) for index in range(space.size)] == list(
        itertools.product(range(2), range(3), range(2))
    )


def test_index_is_exact_beyond_64_bits():
    space = space_of(*[10] * 100)
    assert space.size == 10**100
    last = space.outcome(10**100 - 1)
    assert last == (9,) * 100
    assert space.index(last) == 10**100 - 1


@given(st.lists(st.integers(1, 7), min_size=1, max_size=8), st.data())
def test_index_and_outcome_are_inverse(sizes, data):
    space = space_of(*sizes)
    index = data.draw(st.integers(0, space.size - 1))
    assert space.index(space.outcome(index)) == index


@pytest.mark.parametrize("outcome", [(0,), (0, 3), (-1, 0), (2, 0)])
def test_index_refuses_what_is_no_outcome(outcome):
    with pytest.raises(ValueError, match=r"outcome of 2 issues|outside"):
        space_of(2, 3).index(outcome)


@pytest.mark.parametrize("index", [-1, 6])
def test_outcome_refuses_an_index_out_of_range(index):
    with pytest.raises(ValueError, match=r"outside 0\.\.5"):
        space_of(2, 3).outcome(index)


def test_terms_name_issues_and_options():
    space = Space((Issue("price", (10, 20), unit="EUR"), Issue("when", ("now", "later"))))
    assert space.terms((1, 0)) == {"price": 20, "when": "now"}
    assert space.find({"when": "now", "price": 20}) == (1, 0)
    assert space.issues[0].label(1) == "20 EUR"


def test_clause_matches_when_every_issue_named_fits():
    clause = Clause.of({2: [1], 0: [1, 0, 1]})
    assert clause.terms == ((0, (0, 1)), (2, (1,)))
    assert clause.matches((0, 5, 1))
    assert not clause.matches((2, 5, 1))
    assert Clause().matches((3, 3, 3))


def test_conjoined_clauses_match_what_both_match():
    space = space_of(3, 3)
    one, other = Clause.of({0: [0, 1]}), Clause.of({0: [1, 2], 1: [2]})
    both = one.conjoin(other)
    assert both is not None
    for index in range(space.size):
        outcome = space.outcome(index)
        assert both.matches(outcome) == (one.matches(outcome) and other.matches(outcome))
    assert Clause.of({0: [0]}).conjoin(Clause.of({0: [2]})) is None


def test_clause_in_words():
    space = Space(
        (
            Issue("boundary", ("river", "ridge", "road")),
            Issue("water", tuple(range(0, 101, 5)), ordered=True, unit="percent"),
        )
    )
    clause = Clause.of({0: [1, 2], 1: range(12)})
    assert clause.describe(space) == "boundary is ridge or road, and water is 0 to 55 %"
    assert Clause().describe(space) == "any terms"
