from __future__ import annotations

import itertools

import numpy as np
import pytest

from support.grids import random_grid_model
from winset.model.issues import Clause
from winset.solve.encode import Encoding, Row, Variable, encode
from winset.solve.grid import GridInteraction, GridModel
from winset.solve.milp import Program, solve


def holds(program: Program, x: np.ndarray) -> bool:
    row = np.bincount(program.rows, program.entries * x[program.columns], len(program.row_low))
    return bool((row >= program.row_low - 1e-12).all() and (row <= program.row_high + 1e-12).all())


def point(encoding: Encoding, outcome: tuple[int, ...]) -> np.ndarray:
    """Return the variables of an outcome."""
    x = np.zeros(encoding.size)
    x[encoding.starts + np.array(outcome)] = 1.0
    for column, interaction in zip(encoding.indicators, encoding.model.interactions, strict=True):
        if column >= 0:
            x[column] = interaction.when.matches(outcome)
    return x


@pytest.mark.parametrize("block", range(3))
def test_exactly_the_outcomes_that_are_not_forbidden_satisfy_the_rows(block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        model = random_grid_model(np.random.default_rng(seed))
        encoding = encode(model)
        program = encoding.program(Row(np.zeros(0, np.int64), np.zeros(0)))
        for outcome in itertools.product(*(range(size) for size in model.sizes)):
            x = point(encoding, outcome)
            assert holds(program, x) == (not model.forbids(outcome)), (seed, outcome)
            assert encoding.outcome(x).tolist() == list(outcome)
            for column in set(encoding.indicators[encoding.indicators >= 0].tolist()):
                other = x.copy()
                other[column] = 1.0 - x[column]
                assert not holds(program, other), (seed, outcome)


def test_utilities_are_those_of_the_model() -> None:
    for seed in range(100):
        model = random_grid_model(np.random.default_rng(seed))
        encoding = encode(model)
        for outcome in itertools.product(*(range(size) for size in model.sizes)):
            x, exact = point(encoding, outcome), model.utilities(outcome)
            for party in range(model.parties):
                columns, coefficients, constant = encoding.utility(party)
                value = float(coefficients @ x[columns]) + constant
                assert value == pytest.approx(exact[party] * encoding.scale, abs=1e-12)


def test_the_unit_is_that_of_the_widest_utility() -> None:
    model = GridModel((np.array([[0, 0], [3 * 2**40, 2**40]]),), np.zeros(2, dtype=np.int64))
    assert encode(model).scale == 2.0**-42
    assert encode(GridModel((np.array([[0], [2**40]]),), np.zeros(1, dtype=np.int64))).scale == 2.0**-40
    assert encode(GridModel((np.array([[7]]),), np.zeros(1, dtype=np.int64))).scale == 1.0


def test_interactions_with_one_clause_share_an_indicator_and_an_empty_clause_needs_none() -> None:
    clause = Clause.of({0: [1], 1: [0]})
    model = GridModel(
        (np.zeros((2, 2), dtype=np.int64),) * 2,
        np.zeros(2, dtype=np.int64),
        (GridInteraction(0, clause, 4), GridInteraction(1, clause, -2), GridInteraction(1, Clause(), 8)),
    )
    encoding = encode(model)
    assert encoding.indicators.tolist() == [4, 4, -1]
    assert encoding.size == 5
    assert encoding.utility(1)[2] == 8 * encoding.scale


def test_everything_is_forbidden_by_an_empty_clause() -> None:
    model = GridModel((np.zeros((2, 1), np.int64),), np.zeros(1, np.int64), forbidden=(Clause(),))
    assert solve(encode(model).program(Row(np.zeros(1, np.int64), np.ones(1)))).status == "infeasible"


def test_a_question_may_add_rows_and_variables() -> None:
    model = GridModel((np.array([[0], [2], [4]]),), np.zeros(1, dtype=np.int64))
    encoding = encode(model)
    columns, coefficients, _ = encoding.utility(0)
    short = Row(np.append(columns, encoding.size), np.append(coefficients, 1.0), low=1.5)
    cost = Row(np.array([encoding.size]), np.ones(1))
    without = encoding.without(np.array([2]))
    found = solve(encoding.program(cost, [short, without], [Variable(high=3.0)]))
    assert found.x is not None
    assert encoding.outcome(found.x).tolist() == [1]
    assert found.bound == pytest.approx(1.0)
