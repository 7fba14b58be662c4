from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from support.boxes import random_box, random_box_model
from winset.errors import LimitReached
from winset.solve.clock import Clock
from winset.solve.elimination import frontier
from winset.solve.enumeration import frontier_by_enumeration
from winset.solve.grid import GridInteraction, GridModel
from winset.solve.structure import find_frontier


def overlapping(seed: int, issues: int = 8, boxes: int = 30, parties: int = 2) -> GridModel:
    """Return boxes over issues chosen at random: many clauses are open at a time, whatever the order."""
    rng = np.random.default_rng(seed)
    sizes = [4] * issues
    return GridModel(
        terms=tuple(np.zeros((size, parties), dtype=np.int64) for size in sizes),
        constant=np.zeros(parties, dtype=np.int64),
        interactions=tuple(
            GridInteraction(number % parties, random_box(rng, sizes, 3), int(rng.integers(1, 100)))
            for number in range(boxes)
        ),
    )


def test_either_method_gives_the_same_outcomes() -> None:
    methods = set()
    for seed in range(10):
        model = overlapping(seed)
        for limit in (1_000_000, 500):
            found = find_frontier(model, limit=limit)
            methods.add((limit, found.method))
            whole = frontier(model)
            assert found.exact
            assert np.array_equal(found.frontier.outcomes, whole.outcomes)
            assert np.array_equal(found.frontier.utilities, whole.utilities)
    assert methods == {(1_000_000, "elimination"), (500, "sweep")}


def test_it_says_why() -> None:
    model = overlapping(0)
    assert "few of the 30 interactions" in find_frontier(model).why
    swept = find_frontier(model, limit=500)
    assert swept.why.startswith("elimination stopped: the frontier needs")
    assert swept.why.endswith("for the options of all 8 issues")
    additive = replace(random_box_model(4), interactions=(), forbidden=())
    assert "additive" in find_frontier(additive).why


@pytest.mark.parametrize("parties", [1, 3])
def test_other_numbers_of_parties_are_not_swept(parties: int) -> None:
    model = overlapping(0, parties=parties)
    assert find_frontier(model).method == "elimination"
    with pytest.raises(LimitReached, match="the frontier needs"):
        find_frontier(model, limit=500)


def test_a_long_frontier_is_no_matter_of_states() -> None:
    # Additive but for one link: two states, hundreds of points, each of which a sweep would have to find.
    rng = np.random.default_rng(0)
    terms = tuple(rng.integers(0, 2**40, (5, 2)) for _ in range(30))
    model = GridModel(terms, np.zeros(2, dtype=np.int64), forbidden=(random_box(rng, [5] * 30, 2),))
    found = find_frontier(model, limit=500)
    assert found.method == "cover"
    assert not found.exact
    assert found.reasons[0].startswith("more than 500 partial outcomes do not fit")


def test_when_the_time_is_up_it_says_how_far_it_came() -> None:
    found = find_frontier(overlapping(0), Clock(0.0))
    assert found.method == "cover"
    assert found.reasons == (
        "the time limit of 0 s was reached: the search for the frontier stood with 8 of 8 issues to go",
    )


def test_small_models_of_every_kind() -> None:
    for seed in range(60):
        model = random_box_model(seed)
        found, slow = find_frontier(model), frontier_by_enumeration(model)
        assert np.array_equal(found.frontier.outcomes, slow.outcomes), seed
