from __future__ import annotations

import numpy as np
import pytest

from support.build import negotiation_of, party_of, preferences_of, random_negotiation, space_of
from support.slow_blockers import by_all_subsets, least_concession, price
from support.slow_zone import random_dispute
from winset.findings.demands import Demand
from winset.model.draws import Draws
from winset.model.issues import Clause
from winset.model.negotiation import Negotiation
from winset.model.sampling import central, draw
from winset.solve.blockage import Blockage, TooMany, blockage_of
from winset.solve.clock import Clock
from winset.solve.concession import concession_of
from winset.solve.hitting import hitting_sets
from winset.solve.prices import price_of
from winset.solve.question import question_of
from winset.solve.relaxations import Probe, Prober, prober, relaxations_of, search


def dispute(seed: int) -> tuple[Negotiation, Draws]:
    """Return any rule, with conditions and interactions."""
    negotiation = random_dispute(np.random.default_rng(seed), accounts=1)
    (draws,) = draw(negotiation, seed, 0, 1)
    draws.reservation[:] += 0.35  # so that most cases are blocked
    return negotiation, draws


def additive(seed: int) -> tuple[Negotiation, Draws]:
    """Return a case that is decided in integers: additive preferences, everyone's consent."""
    rng = np.random.default_rng(seed)
    parties = int(rng.integers(2, 4))
    sizes = [int(size) for size in rng.integers(1, 5, int(rng.integers(1, 5)))]
    negotiation = random_negotiation(
        rng,
        parties=parties,
        sizes=sizes,
        links=int(rng.integers(0, 2)),
        red_lines=int(rng.integers(0, 3)),
        digits=1,
    )
    (draws,) = draw(negotiation, seed, 0, 1)
    draws.reservation[:] += rng.uniform(0.0, 0.5)
    return negotiation, draws


def same(one: Blockage | TooMany, other: Blockage) -> bool:
    assert isinstance(one, Blockage)
    return (
        one.complete
        and one.blocked == other.blocked
        and one.relaxations == other.relaxations
        and one.conflicts == other.conflicts
    )


@pytest.mark.parametrize("make", [dispute, additive])
@pytest.mark.parametrize("part", range(10))
def test_both_methods_equal_all_subsets_of_demands(make: type, part: int) -> None:
    blocked = 0
    for seed in range(25 * part, 25 * part + 25):
        negotiation, draws = make(seed)
        tabulated = blockage_of(negotiation, draws)
        assert isinstance(tabulated, Blockage)
        assert same(relaxations_of(negotiation, draws), tabulated)
        relaxations, conflicts = by_all_subsets(negotiation, draws)
        assert tabulated.blocked == (frozenset() not in relaxations)
        blocked += tabulated.blocked
        if tabulated.blocked:
            assert {frozenset(each) for each in tabulated.relaxations} == relaxations
            assert {frozenset(each) for each in tabulated.conflicts} == conflicts - {frozenset()}
    assert 3 < blocked < 25


@pytest.mark.parametrize("make", [dispute, additive])
def test_prices_equal_a_loop_over_outcomes(make: type) -> None:
    priced = 0
    for seed in range(300, 360):
        negotiation, draws = make(seed)
        question = question_of(negotiation, draws)
        found = relaxations_of(negotiation, draws)
        assert isinstance(found, Blockage)
        for relaxation in found.relaxations[:4]:
            mask = sum(1 << question.standing.index(demand) for demand in relaxation)
            said = price_of(question, mask)
            assert said is not None
            assert said.proven
            assert said.total == pytest.approx(price(negotiation, draws, frozenset(relaxation)), abs=1e-8)
            assert question.correction(said.outcome, question.everything & ~mask) == mask
            priced += 1
    assert priced > 30


@pytest.mark.parametrize("looked_through", [200_000, 0])
@pytest.mark.parametrize("make", [dispute, additive])
def test_the_least_concession_equals_a_loop_over_outcomes(
    make: type, looked_through: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winset.solve.concession.CONCESSION_TABLE", looked_through)
    conceded = 0
    for seed in range(400, 460):
        negotiation, draws = make(seed)
        question = question_of(negotiation, draws)
        said = concession_of(question)
        expected = least_concession(negotiation, draws)
        assert (said is None) == (expected is None)
        if said is not None:
            assert said.proven
            unasked = [0.0] * (len(question.party_ids) - len(said.shortfalls))
            assert sorted(said.shortfalls, reverse=True) + unasked == pytest.approx(expected, abs=3e-9)
            conceded += 1
    assert conceded > 30


def orchard() -> Negotiation:
    """East rules out the road; West wants the road or nothing."""
    east = party_of(
        "east",
        preferences_of("east", [0.5, 0.5], [[1.0, 0.0], [0.0, 1.0]]),
        0.4,
        {"road": (Clause.of({0: [1]}), 0.8)},
    )
    west = party_of("west", preferences_of("west", [0.8, 0.2], [[0.0, 1.0], [0.0, 1.0]]), 0.5)
    return negotiation_of(space_of(2, 2), [east, west])


def test_prices_by_hand() -> None:
    negotiation = orchard()
    question = question_of(negotiation, central(negotiation, negotiation.accounts[0]))
    road, batna = Demand("east", "red_line", "road"), Demand("west", "batna")
    # Along the road in a treaty, East loses 0.5 on the boundary, counted by 0.8. At the river, West lacks 0.3.
    found = price_of(question, question.mask([road]))
    assert found is not None
    assert found.losses == pytest.approx((0.4,))
    assert found.outcome == (1, 1)
    found = price_of(question, question.mask([batna]))
    assert found is not None
    assert found.losses == pytest.approx((0.3,))
    conceded = concession_of(question)
    assert conceded is not None
    assert conceded.outcome == (0, 1)
    assert conceded.shortfalls == pytest.approx((0.0, 0.3))


def test_a_line_that_its_owner_likes_to_cross_costs_nothing() -> None:
    line = {"no": (Clause.of({0: [1], 1: [1]}), 1.0)}
    likes = party_of(
        "a",
        preferences_of("a", [0.5, 0.5], [[0.0, 1.0], [0.2, 1.0]]),
        0.0,
        line,
    )
    wants = party_of("b", preferences_of("b", [0.5, 0.5], [[0.0, 1.0], [0.0, 1.0]]), 1.0)
    negotiation = negotiation_of(space_of(2, 2), [likes, wants])
    question = question_of(negotiation, central(negotiation, negotiation.accounts[0]))
    found = price_of(question, question.mask([Demand("a", "red_line", "no")]))
    assert found is not None
    assert found.total == 0.0
    assert found.proven


def unanswered(demands: int) -> Probe:
    return Probe()


def test_what_is_not_found_out_is_unknown_and_never_no() -> None:
    negotiation = orchard()
    question = question_of(negotiation, central(negotiation, negotiation.accounts[0]))
    found = search(question, unanswered)
    assert isinstance(found, TooMany)
    assert "neither" in found.reason


class Failing:
    """Fails every fourth time that it is asked."""

    def __init__(self, ask: Prober) -> None:
        self.ask, self.asked = ask, 0

    def __call__(self, demands: int) -> Probe:
        self.asked += 1
        return self.ask(demands) if self.asked % 4 else Probe()


def test_what_was_found_before_a_failure_is_true() -> None:
    partial = 0
    for seed in range(60):
        negotiation, draws = additive(seed)
        question = question_of(negotiation, draws)
        whole = relaxations_of(negotiation, draws)
        assert isinstance(whole, Blockage)
        found = search(question, Failing(prober(question)))
        if isinstance(found, TooMany) or not whole.blocked:
            continue
        assert found.blocked
        assert set(found.relaxations) <= set(whole.relaxations)
        assert set(found.conflicts) <= set(whole.conflicts)
        if found.complete:
            assert (found.relaxations, found.conflicts) == (whole.relaxations, whole.conflicts)
        else:
            partial += 1
            assert found.reason is not None
    assert partial > 5


def test_no_time_is_unknown() -> None:
    negotiation = orchard()
    found = relaxations_of(negotiation, central(negotiation, negotiation.accounts[0]), Clock(0.0))
    assert found == TooMany("the time was up")


def large(seed: int, tightness: float, interactions: int = 0) -> tuple[Negotiation, Draws]:
    """Return 2^40 outcomes, four parties and twelve demands."""
    rng = np.random.default_rng(seed)
    negotiation = random_negotiation(
        rng, parties=4, sizes=[2] * 40, links=2, red_lines=2, interactions=interactions, digits=3
    )
    draws = central(negotiation, negotiation.accounts[0])
    for meant in draws.meant:
        meant[:] = True
    draws.reservation[:] = tightness
    return negotiation, draws


@pytest.mark.parametrize("tightness", [0.6, 0.75, 0.9])
def test_large_spaces_are_complete_and_each_side_hits_the_other(tightness: float) -> None:
    negotiation, draws = large(1, tightness)
    assert isinstance(blockage_of(negotiation, draws), TooMany)
    found = relaxations_of(negotiation, draws)
    assert isinstance(found, Blockage)
    assert found.complete
    question = question_of(negotiation, draws)
    relaxations = [question.mask(each) for each in found.relaxations]
    conflicts = [question.mask(each) for each in found.conflicts]
    assert set(hitting_sets(relaxations).sets) == set(conflicts) if found.blocked else not conflicts
    for relaxation in relaxations:
        said = price_of(question, relaxation)
        assert said is not None
        assert question.violated(said.outcome) == relaxation
        assert not question.model.forbids(said.outcome)


def test_programs_and_integers_agree_on_large_spaces() -> None:
    negotiation, draws = large(2, 0.75)
    question = question_of(negotiation, draws)
    found = relaxations_of(negotiation, draws)
    assert question.additive
    assert same(search(question, prober(question, programs_only=True)), found)
