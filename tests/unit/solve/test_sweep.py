from __future__ import annotations

import itertools

import numpy as np
import pytest

from support.boxes import random_box_model
from winset.errors import LimitReached
from winset.model.issues import Clause
from winset.solve import boxprogram
from winset.solve.boxprogram import cliques
from winset.solve.clock import Clock
from winset.solve.enumeration import frontier_by_enumeration
from winset.solve.grid import GridInteraction, GridModel
from winset.solve.milp import Program, Solved, solve
from winset.solve.sweep import sweep


@pytest.mark.parametrize("block", range(10))
def test_the_sweep_equals_enumeration_outcome_for_outcome(block: int) -> None:
    for seed in range(block * 30, block * 30 + 30):
        model = random_box_model(seed)
        fast, slow = sweep(model), frontier_by_enumeration(model)
        assert fast.exact, seed
        assert np.array_equal(fast.frontier.outcomes, slow.outcomes), seed
        assert np.array_equal(fast.frontier.utilities, slow.utilities), seed


def test_without_a_common_unit_every_outcome_is_within_the_gap() -> None:
    rounded = 0
    for seed in range(1000, 1030):
        model = random_box_model(seed, large=True)
        fast, slow = sweep(model), frontier_by_enumeration(model)
        rounded += not fast.exact
        for outcome, utilities in zip(fast.frontier.outcomes, fast.frontier.utilities, strict=True):
            assert not model.forbids(outcome.tolist())
            assert np.array_equal(model.utilities(outcome), utilities)
        for point in slow.utilities:
            assert (fast.frontier.utilities + fast.gap >= point).all(axis=1).any(), seed
        assert (fast.gap < 2**40 / 1000).all()
    assert rounded > 15


def bonus(party: int, adds: int, **sides: list[int]) -> GridInteraction:
    return GridInteraction(party, Clause.of({"xyz".index(issue): side for issue, side in sides.items()}), adds)


def flat(*sizes: int) -> tuple[np.ndarray, ...]:
    return tuple(np.zeros((size, 2), dtype=np.int64) for size in sizes)


def test_three_boxes_by_hand() -> None:
    # The first party's boxes meet at x = 2, y = 1; the second's box leaves them out.
    model = GridModel(
        flat(4, 3),
        np.zeros(2, dtype=np.int64),
        (bonus(0, 3, x=[0, 1, 2]), bonus(0, 4, x=[2, 3], y=[1]), bonus(1, 5, x=[3])),
    )
    found = sweep(model)
    assert found.frontier.utilities.tolist() == [[7, 0], [4, 5]]
    assert found.frontier.outcomes.tolist() == [[2, 1], [3, 1]]
    assert (found.boxes, found.free) == (3, 2)


def test_a_loss_cannot_be_left_out() -> None:
    # Taking 4 at x = 1 costs 9 where y is 0 as well, so the way out is y = 1.
    model = GridModel(flat(2, 2), np.zeros(2, dtype=np.int64), (bonus(0, 4, x=[1]), bonus(0, -9, x=[1], y=[0])))
    assert sweep(model).frontier.outcomes.tolist() == [[1, 1]]
    nowhere = GridModel(model.terms, model.constant, (bonus(0, 4, x=[1]), bonus(0, -9, x=[1], y=[0, 1])))
    assert sweep(nowhere).frontier.utilities.tolist() == [[0, 0]]


def test_nothing_is_left_where_everything_is_forbidden() -> None:
    halves = (Clause.of({0: [0]}), Clause.of({0: [1], 1: [0, 1]}))
    found = sweep(GridModel(flat(2, 2), np.zeros(2, dtype=np.int64), forbidden=halves))
    assert found.exact
    assert len(found.frontier.outcomes) == 0


def test_a_sweep_is_for_two_parties() -> None:
    terms = (np.zeros((2, 3), dtype=np.int64),)
    with pytest.raises(ValueError, match="two parties, not 3"):
        sweep(GridModel(terms, np.zeros(3, dtype=np.int64)))


def ticking(seconds: float) -> Clock:
    """Return a clock on which a second passes whenever it is looked at."""
    ticks = itertools.count()
    return Clock(seconds, now=lambda: float(next(ticks)))


def test_when_the_time_is_up_it_gives_what_it_has_with_its_bound() -> None:
    partial = 0
    for seed in range(12):
        model = random_box_model(seed)
        try:
            found = sweep(model, ticking(15.0))
        except LimitReached:  # before the first point
            continue
        whole = frontier_by_enumeration(model)
        partial += not found.exact
        assert found.exact == (len(found.frontier.utilities) == len(whole.utilities))
        assert found.exact == (not found.reasons)
        for point in whole.utilities:
            assert (found.frontier.utilities + found.gap >= point).all(axis=1).any(), seed
    assert partial > 2


def test_before_the_first_point_there_is_no_bound() -> None:
    with pytest.raises(LimitReached, match=r"time limit of 3 s was reached: the sweep .* stands at 0 points"):
        sweep(random_box_model(3), ticking(3.0))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Solved("unknown", None, -np.inf), "came to no answer"),
        (Solved("feasible", np.ones(2), -9.0), "came to no answer"),
        (Solved("optimal", np.zeros(2), -9.0), "did not prove"),
        (Solved("optimal", np.ones(2), -1.0), "no outcome"),
    ],
)
def test_a_solver_that_fails_is_not_believed(
    answer: Solved, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = GridModel(
        flat(2), np.zeros(2, dtype=np.int64), (bonus(0, 3, x=[0]), bonus(1, 2, x=[1]))
    )  # two disjoint boxes

    def answering(program: Program, time_limit: float | None = None) -> Solved:
        return answer

    monkeypatch.setattr(boxprogram, "solve", answering)
    with pytest.raises(LimitReached, match=message):
        sweep(model)


def test_answers_that_contradict_each_other_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    model = GridModel(flat(2), np.zeros(2, dtype=np.int64), (bonus(0, 3, x=[0]), bonus(1, 2, x=[1])))
    calls = itertools.count()

    def forgetful(program: Program, time_limit: float | None = None) -> Solved:
        return Solved("infeasible", None, np.inf) if next(calls) == 1 else solve(program, time_limit)

    monkeypatch.setattr(boxprogram, "solve", forgetful)
    with pytest.raises(LimitReached, match="contradict each other"):
        sweep(model)


def test_every_disjoint_pair_is_in_a_clique_and_only_disjoint_boxes_are() -> None:
    rng = np.random.default_rng(0)
    for count in range(1, 25):
        upper = np.triu(rng.random((count, count)) < rng.random(), k=1)
        apart = upper | upper.T
        covered = np.zeros_like(apart)
        for members in cliques(apart):
            pairs = np.ix_(members, members)
            assert (apart[pairs] | np.eye(len(members), dtype=np.bool_)).all()
            covered[pairs] = True
        assert (covered | ~apart).all()
