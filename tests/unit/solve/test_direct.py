from __future__ import annotations

import math

import numpy as np
import pytest

from support.bargains import (
    NAMES,
    found_directly,
    large_table,
    picked_by_enumeration,
    picked_on_the_frontier,
    random_table,
    table_of,
)
from winset.findings.base import Status
from winset.model.issues import Clause
from winset.model.tolerances import GRID
from winset.solve import choice
from winset.solve.direct import Table, direct_solutions
from winset.solve.elimination import frontier
from winset.solve.grid import GridModel
from winset.solve.milp import Program, Solved

UNIT = 2**40


@pytest.mark.parametrize("block", range(5))
def test_direct_is_what_the_frontier_and_enumeration_give(block: int) -> None:
    """Two to four parties, with links, red lines and interactions; small numbers make ties likely."""
    for seed in range(block * 40, block * 40 + 40):
        table = random_table(np.random.default_rng(seed))
        found = found_directly(table)
        assert found == picked_on_the_frontier(table), seed
        assert found == picked_by_enumeration(table), seed


def test_by_hand() -> None:
    """A pie of 10 whose parts are worth more to the first party, and reservation values of 2 and 1."""
    pie = [(2 * part, 10 - part) for part in range(11)]
    found = direct_solutions(table_of([pie], (2, 1)))
    assert {
        name: direct.outcome.tolist() for name, direct in found.named().items() if direct.outcome is not None
    } == {
        "nash": [5],  # 8 * 4
        "kalai_smorodinsky": [5],  # least share of 16 and 8: one half
        "egalitarian": [4],  # 6 and 5
        "utilitarian": [9],  # 18 + 1
    }
    assert found.nash.value == pytest.approx(8 * 4)
    assert found.kalai_smorodinsky.value == pytest.approx(0.5)
    assert found.egalitarian.value == pytest.approx(5)
    assert found.utilitarian.value == pytest.approx(19)


def test_a_party_that_cannot_gain_is_left_out_of_the_product_and_of_the_shares() -> None:
    found = direct_solutions(table_of([[(0, 4, 1), (3, 2, 1), (5, 0, 1)]], (0, 0, 1)))
    assert found.nash.outcome is not None
    assert found.nash.outcome.tolist() == [1]
    assert found.nash.value == pytest.approx(6)
    assert found.kalai_smorodinsky.outcome is not None
    assert found.kalai_smorodinsky.outcome.tolist() == [1]


def test_where_somebody_gains_nothing_in_every_outcome_the_product_is_zero() -> None:
    found = direct_solutions(table_of([[(0, 4), (3, 0)]], (0, 0)))
    assert (found.nash.status, found.nash.value, found.nash.bound) == (Status.EXACT, 0.0, 0.0)


def test_nobody_can_gain() -> None:
    found = direct_solutions(table_of([[(1, 1), (0, 2), (1, 1)]], (1, 1)))
    for direct in found.named().values():
        assert direct.status is Status.EXACT
        assert direct.outcome is not None
        assert direct.outcome.tolist() == [0]


def test_an_empty_zone_is_proven() -> None:
    found = direct_solutions(table_of([[(0, 4), (3, 2), (5, 0)]], (4, 1)))
    assert found.empty
    assert all(direct.status is Status.EXACT and direct.outcome is None for direct in found.named().values())


def test_everything_forbidden_is_an_empty_zone() -> None:
    model = GridModel((np.array([[0, 1]]),), np.zeros(2, np.int64), forbidden=(Clause(),))
    assert direct_solutions(Table(model, np.zeros(2, np.int64), (0, 1), (0, 1))).empty


def test_a_solver_that_fails_gives_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "solve", lambda program, limit: Solved("unknown", None, -np.inf))
    found = direct_solutions(table_of([[(0, 4), (3, 2)]], (0, 0)))
    assert not found.empty
    assert all(direct.status is Status.UNKNOWN and direct.reason for direct in found.named().values())


def test_an_empty_zone_that_only_one_program_claims_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = choice.solve, []

    def lying(program: Program, limit: float | None) -> Solved:
        asked.append(program)
        return Solved("infeasible", None, np.inf) if len(asked) == 1 else real(program, limit)

    monkeypatch.setattr(choice, "solve", lying)
    found = direct_solutions(table_of([[(0, 4), (3, 2)]], (0, 0)))
    assert not found.empty
    assert found.nash.status is Status.UNKNOWN
    assert "did not confirm" in (found.nash.reason or "")


def test_no_time_gives_unknown_and_little_time_gives_a_bound() -> None:
    table = large_table(8, 90, 2)
    assert direct_solutions(table, 0.0).nash.status is Status.UNKNOWN
    found = direct_solutions(table, 3.0)
    for direct in found.named().values():
        assert direct.status in Status
        if direct.status is Status.BOUNDED:
            assert direct.value <= direct.bound
            assert direct.reason
    assert found.egalitarian.status is not Status.EXACT or found.egalitarian.outcome is not None


def test_outcomes_that_the_wide_rows_let_in_are_cut_off() -> None:
    """The best sum is short of a reservation value by less than what rows are wider."""
    short = [(2 * UNIT, 1 * UNIT - 2**11), (UNIT, UNIT)]
    model = GridModel((np.array(short),), np.zeros(2, np.int64))
    table = Table(model, np.array([0, UNIT]), (0, 1), (0, 1))
    assert found_directly(table) == dict.fromkeys(NAMES, (1,))


def test_what_falls_short_by_less_than_the_tolerance_is_in_the_zone() -> None:
    model = GridModel((np.array([(2 * UNIT, UNIT - 1000), (UNIT, UNIT)]),), np.zeros(2, np.int64))
    table = Table(model, np.array([0, UNIT]), (0, 1), (0, 1))
    assert found_directly(table)["utilitarian"] == (0,)


def test_parties_that_are_not_needed_may_lose_and_those_not_counted_do_not_matter() -> None:
    options = [(7, 1, 0), (4, 3, 9), (1, 5, 0)]
    found = found_directly(table_of([options], (2, 2, 5), counted=(0, 1), needed=(0,)))
    assert found["utilitarian"] == (0,)
    assert found["egalitarian"] == (1,)


@pytest.mark.slow
@pytest.mark.parametrize(("parties", "issues", "options"), [(3, 30, 5), (2, 100, 10)])
def test_large_spaces(parties: int, issues: int, options: int) -> None:
    """No other outcome that differs in one issue or two is better."""
    table = large_table(parties, issues, options)
    found = direct_solutions(table, 120.0)
    assert all(direct.status is Status.EXACT for direct in found.named().values())
    assert found.nash.outcome is not None
    base = np.log((table.model.utilities(found.nash.outcome) - table.reservation) * GRID).sum()
    for issue in range(issues):
        for option in range(options):
            other = found.nash.outcome.copy()
            other[issue] = option
            gains = (table.model.utilities(other) - table.reservation) * GRID
            assert (gains <= 0).any() or math.fsum(np.log(gains)) <= base + 1e-9


def test_the_frontier_of_ten_issues_gives_the_same() -> None:
    table = large_table(3, 10, 4)
    assert len(frontier(table.model).utilities) > 100
    assert found_directly(table) == picked_on_the_frontier(table)
