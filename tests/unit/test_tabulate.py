"""Tables over the whole space, against plain loops."""

import numpy as np
import pytest

from support.build import random_clause, random_negotiation, space_of
from winset.model.issues import Clause
from winset.model.sampling import draw
from winset.solve.tabulate import any_mask, clause_mask, matching, utilities, utilities_at


def by_hand(draws, row, party, outcome):
    """Return a utility added up as `Draws` says."""
    total = draws.terms[0][row, party, outcome[0]]
    for term, option in zip(draws.terms[1:], outcome[1:], strict=True):
        total = total + term[row, party, option]
    total = total + draws.constant[row, party]
    for number, interaction in enumerate(draws.account.parties[party].preferences.interactions):
        if interaction.when.matches(outcome):
            total = total + draws.adds[party][row, number]
    return total


@pytest.mark.parametrize("seed", range(12))
def test_utilities_to_the_last_bit(seed):
    rng = np.random.default_rng(seed)
    sizes = [(3, 4, 2), (2,), (5, 1, 3, 2)][seed % 3]
    case = random_negotiation(rng, sizes=sizes, interactions=seed % 4, imprecise=True)
    (draws,) = draw(case, seed, 0, 4)
    outcomes = [case.space.outcome(index) for index in range(case.space.size)]
    chosen = np.array(outcomes)
    at_once = utilities_at(draws, chosen)
    assert at_once.shape == (4, case.space.size, 2)
    for party in range(2):
        table = utilities(draws, case.space, party)
        slow = [[by_hand(draws, row, party, outcome) for outcome in outcomes] for row in range(4)]
        assert table.tolist() == slow
        assert at_once[:, :, party].tolist() == slow


def test_tabulating_leaves_the_draws_as_they_were():
    case = random_negotiation(np.random.default_rng(0), sizes=(4,), interactions=2)
    (draws,) = draw(case, 0, 0, 2)
    before = draws.terms[0].copy()
    utilities(draws, case.space, 0)
    utilities_at(draws, np.array([[0], [1]]))
    assert np.array_equal(draws.terms[0], before)


@pytest.mark.parametrize("seed", range(10))
def test_masks_mark_what_the_clause_matches(seed):
    rng = np.random.default_rng(seed)
    space = space_of(3, 1, 4, 2)
    clauses = [random_clause(rng, space, 3) for _ in range(3)]
    outcomes = [space.outcome(index) for index in range(space.size)]
    for clause in (*clauses, Clause()):
        expected = [clause.matches(outcome) for outcome in outcomes]
        assert clause_mask(space, clause).tolist() == expected
        assert matching(clause, np.array(outcomes)).tolist() == expected
    anything = [any(clause.matches(outcome) for clause in clauses) for outcome in outcomes]
    assert any_mask(space, clauses).tolist() == anything
    assert not any_mask(space, []).any()
