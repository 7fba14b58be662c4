from __future__ import annotations

import numpy as np
import pytest

from support.grids import random_grid_model
from winset.errors import LimitReached
from winset.model.tolerances import GRID
from winset.solve.clock import Clock, OutOfTime
from winset.solve.cover import Cover, cover, merged
from winset.solve.elimination import Frontier, begin, frontier
from winset.solve.enumeration import frontier_by_enumeration
from winset.solve.grid import GridModel


def additive(seed: int, parties: int, issues: int, options: int) -> GridModel:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(issues), parties)
    terms = tuple(
        np.rint(rng.random((options, parties)) * weights[:, issue] / GRID).astype(np.int64)
        for issue in range(issues)
    )
    return GridModel(terms, np.zeros(parties, dtype=np.int64))


def covers(found: Cover, exact: Frontier) -> bool:
    """Whether every exact point has an outcome that gives each party at least as much less its gap."""
    enough = found.frontier.utilities[None, :, :] + found.gap >= exact.utilities[:, None, :]
    return bool(enough.all(axis=2).any(axis=1).all())


def are_real(model: GridModel, found: Frontier) -> bool:
    """Whether every outcome is allowed and has the utilities that it is said to have."""
    for outcome, utilities in zip(found.outcomes, found.utilities, strict=True):
        options = tuple(int(option) for option in outcome)
        total = model.constant + sum(term[option] for term, option in zip(model.terms, options, strict=True))
        for interaction in model.interactions:
            total[interaction.party] += interaction.adds * interaction.when.matches(options)
        if any(clause.matches(options) for clause in model.forbidden) or (total != utilities).any():
            return False
    return True


@pytest.mark.parametrize("block", range(4))
def test_every_point_of_the_frontier_is_covered_within_the_gap(block: int) -> None:
    rng = np.random.default_rng(block)
    merges = 0
    for number in range(100):
        model = random_grid_model(rng)
        exact = frontier_by_enumeration(model)
        try:
            found = cover(begin(model), int(rng.choice([4, 6, 10, 20])), Clock())
        except LimitReached:  # more states than that: there is no cover, and none is claimed
            continue
        assert covers(found, exact), (block, number)
        assert are_real(model, found.frontier), (block, number)
        if found.exact:
            assert np.array_equal(found.frontier.outcomes, exact.outcomes), (block, number)
        merges += not found.exact
    assert merges >= 5


@pytest.mark.parametrize(
    ("parties", "issues", "options", "limit"),
    [(2, 20, 4, 100), (3, 10, 4, 300), (3, 10, 4, 1_000), (5, 8, 3, 300), (8, 8, 3, 1_000)],
)
def test_the_gap_bounds_what_is_lost_and_the_limit_what_is_held(
    parties: int, issues: int, options: int, limit: int
) -> None:
    model = additive(parties, parties, issues, options)
    exact = frontier(model)
    found = cover(begin(model), limit, Clock())
    assert not found.exact
    assert 0 < len(found.frontier.outcomes) <= min(limit, len(exact.outcomes))
    assert covers(found, exact)
    assert are_real(model, found.frontier)
    assert "partial outcomes do not fit" in found.reasons[0]


def test_a_wider_limit_gives_a_smaller_gap_and_none_where_all_fits() -> None:
    model = additive(1, 3, 10, 4)
    gaps = [int(cover(begin(model), limit, Clock()).gap.max()) for limit in (50, 100, 300, 10_000)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > gaps[2] > 0
    assert gaps[-1] == 0


def test_parties_of_different_scales_lose_in_proportion() -> None:
    model = additive(2, 3, 10, 4)
    scales = np.array([1, 16, 1024])
    scaled = GridModel(tuple(term * scales for term in model.terms), model.constant)
    plain, wide = cover(begin(model), 500, Clock()), cover(begin(scaled), 500, Clock())
    assert not plain.exact
    assert wide.gap.tolist() == (plain.gap * scales).tolist()


def test_when_the_time_is_up_the_search_goes_on_to_its_end() -> None:
    model = additive(3, 6, 8, 4)
    exact = frontier(model)
    ticks = iter(range(10**9))
    clock = Clock(10.0, now=lambda: float(next(ticks)))  # a second each time somebody looks
    found = cover(begin(model), 10**6, clock)
    assert 0 < len(found.frontier.outcomes) < len(exact.outcomes)
    assert not found.exact
    assert covers(found, exact)
    assert found.reasons[0].startswith("the time limit of 10 s was reached: the search for the frontier stood")
    assert clock.reached == found.reasons[:1]


def test_a_stopped_clock_raises_wherever_it_was_handed_to() -> None:
    interrupted: list[bool] = []
    clock = Clock(stopped=lambda: bool(interrupted))
    part = clock.half()
    clock.check("nothing done")
    assert clock.left() is None
    interrupted.append(True)
    assert clock.left() == part.left() == 0.0
    with pytest.raises(OutOfTime, match="interrupted: half done"):
        part.check("half done")
    assert clock.reached == ("interrupted: half done",)


def test_half_a_clock_runs_out_at_half_of_what_is_left() -> None:
    time = [0.0]
    clock = Clock(10.0, now=lambda: time[0])
    time[0] = 4.0
    part = clock.half()
    assert part.left() == 3.0
    time[0] = 7.5
    with pytest.raises(OutOfTime, match=r"half of the time limit of 10 s was reached: here"):
        part.check("here")
    clock.check("there")
    assert clock.left() == 2.5


def test_merged_rows_stand_for_all_of_their_state() -> None:
    rng = np.random.default_rng(7)
    utilities = rng.integers(-(2**40), 2**40, (3_000, 4))
    states = rng.integers(0, 5, 3_000)
    for room in (1, 5, 100, 3_000):
        rows, lost = merged(utilities, states, room)
        assert len(rows) <= max(room, 5)
        for state in range(5):
            own, kept = utilities[states == state], utilities[rows[states[rows] == state]]
            assert (own[:, None, :] <= kept[None, :, :] + lost).all(axis=2).any(axis=1).all()
    assert not lost.any()
