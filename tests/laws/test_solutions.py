"""Laws of the bargaining solutions."""

from __future__ import annotations

import itertools
from dataclasses import astuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from support.build import random_negotiation
from winset.analysis import frontier, solutions
from winset.analysis.context import Context
from winset.analysis.solutions import solve
from winset.findings.base import Status
from winset.model.draws import FloatArray
from winset.model.sampling import central
from winset.solve.constraints import meant_red_lines
from winset.solve.tabulate import utilities

seeds = st.integers(0, 2**32 - 1)


def zone_from(seed: int) -> tuple[FloatArray, FloatArray]:
    """Return up to 40 random points above a random disagreement point."""
    rng = np.random.default_rng(seed)
    parties = int(rng.integers(2, 5))
    points = rng.random((int(rng.integers(1, 41)), parties)).round(int(rng.integers(1, 4)))
    return points, np.minimum(points.min(axis=0), rng.random(parties).round(1))


@settings(max_examples=200, deadline=None)
@given(seeds, st.lists(st.tuples(st.floats(0.01, 100), st.floats(-10, 10)), min_size=4, max_size=4))
def test_nash_and_kalai_smorodinsky_do_not_mind_another_scale(
    seed: int, scales: list[tuple[float, float]]
) -> None:
    points, reservation = zone_from(seed)
    factor, shift = np.array(scales[: points.shape[1]]).T
    before, after = solve(points, reservation), solve(points * factor + shift, reservation * factor + shift)
    assert after.nash == before.nash
    assert after.kalai_smorodinsky == before.kalai_smorodinsky


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_no_solution_minds_the_order_of_the_parties(seed: int) -> None:
    points, reservation = zone_from(seed)
    before = solve(points, reservation)
    for order in itertools.permutations(range(points.shape[1])):
        assert solve(points[:, order], reservation[list(order)]) == before


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_each_solution_attains_its_maximum_and_no_tied_point_is_fairer(seed: int) -> None:
    points, reservation = zone_from(seed)
    gains = points - reservation
    ideal = gains.max(axis=0)
    shares = np.divide(gains, ideal, out=np.zeros_like(gains), where=ideal > 1e-9)
    picks = solve(points, reservation)
    product = gains[:, ideal > 1e-9].prod(axis=1)
    tied = product >= product.max() * (1 - 1e-9)
    assert tied[picks.nash]
    assert sorted(shares[picks.nash]) >= [value - 1e-8 for value in max(sorted(row) for row in shares[tied])]
    assert shares[picks.kalai_smorodinsky].min() >= shares.min(axis=1).max() - 1e-9
    assert gains[picks.egalitarian].min() >= gains.min(axis=1).max() - 1e-9
    assert points[picks.utilitarian].sum() >= points.sum(axis=1).max() - 1e-9


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_solutions_are_points_of_the_frontier_in_the_zone_and_the_best_of_the_whole_zone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sizes = (3, 4, 2)
    negotiation = random_negotiation(rng, parties=int(rng.integers(2, 4)), sizes=sizes, interactions=1)
    context = Context(negotiation, 1, 0, negotiation.leading_account)
    found, points = solutions.run(context), context.once(frontier.run).points
    draws, space = central(negotiation, negotiation.leading_account), negotiation.space
    parties = range(len(negotiation.party_ids))
    table = np.stack([utilities(draws, space, party)[0] for party in parties], axis=1)
    never = [link.never for link in negotiation.links]
    never += [line for lines in meant_red_lines(draws).values() for line in lines]
    inside = (table >= draws.reservation[0] - 1e-9).all(axis=1)
    inside &= [not any(clause.matches(space.outcome(row)) for clause in never) for row in range(space.size)]
    assert found.status is Status.EXACT
    if not inside.any():
        assert all(solution is None for _, solution in found.named())
        assert found.provenance.reason == "no point of the frontier lies in the zone"
        return
    zone = {point.outcome for point in points if point.in_zone}
    chosen = [solution for _, solution in found.named() if solution is not None]
    assert len(chosen) == 4
    assert all(solution.outcome in zone for solution in chosen)
    nash, kalai_smorodinsky, egalitarian, utilitarian = (
        np.array([list(solution.utilities.values())]) - draws.reservation[0] for solution in chosen
    )
    gains = table[inside] - draws.reservation[0]
    ideal = gains.max(axis=0)
    if (ideal > 1e-6).all():
        assert np.maximum(nash, 0).prod() >= np.maximum(gains, 0).prod(axis=1).max() * (1 - 1e-8)
        assert (kalai_smorodinsky / ideal).min() >= (gains / ideal).min(axis=1).max() - 1e-8
    assert egalitarian.min() >= gains.min(axis=1).max() - 1e-8
    assert utilitarian.sum() >= gains.sum(axis=1).max() - 1e-8


@given(st.floats(0, 1), st.floats(0, 1))
def test_one_point_is_every_solution(first: float, second: float) -> None:
    assert astuple(solve(np.array([[first, second]]), np.zeros(2))) == (0, 0, 0, 0)
