from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from support.build import exact, negotiation_of, party_of, preferences_of, random_negotiation, space_of
from support.slow_zone import random_dispute, zone
from winset.analysis.blockers import run
from winset.analysis.context import Context, Limits
from winset.analysis.zone import run as zone_of
from winset.findings.base import Provenance, Status
from winset.findings.blockers import BlockersFinding
from winset.findings.demands import Demand, demands_of
from winset.model.issues import Clause
from winset.model.negotiation import Negotiation
from winset.model.party import Batna
from winset.solve import hitting


def context_of(negotiation: Negotiation, draws: int = 400) -> Context:
    return Context(negotiation, draws, 0, negotiation.leading_account)


def orchard(firmness: float = 0.8) -> Negotiation:
    """East rules out the road, in words; West wants the road."""
    east = party_of(
        "east",
        preferences_of("east", [1.0], [[1.0, 0.9]]),
        0.5,
        {"road": (Clause.of({0: [1]}), firmness)},
    )
    west = party_of("west", preferences_of("west", [1.0], [[0.0, 1.0]]), 0.5)
    line = replace(east.red_lines[0], what="no boundary along the road")
    east = replace(
        east,
        red_lines=(line,),
        preferences=replace(east.preferences, scale="peer"),
    )
    west = replace(west, batna=Batna(west.batna.value, what="keep the grazing ban"))
    return negotiation_of(space_of(2), [east, west])


@pytest.mark.parametrize("seed", range(25))
def test_lifts_equal_loops_over_draws(seed: int) -> None:
    context = context_of(random_dispute(np.random.default_rng(seed)), 12)
    found = run(context)
    assert [lift.demand for lift in found.lift] == sorted(
        demands_of(context.negotiation),
        key=lambda demand: next((-(e.gain or 0.0), demand.key) for e in found.lift if e.demand == demand),
    )
    for lift in found.lift:
        pairs = [
            (
                bool(zone(context.negotiation, draws, number)),
                bool(zone(context.negotiation, draws, number, frozenset({lift.demand}))),
            )
            for draws in context.sample
            for number in range(draws.count)
        ]
        without = np.mean([after for _, after in pairs])
        differences = np.array([after - before for before, after in pairs], dtype=float)
        assert lift.probability_without == pytest.approx(without, abs=1e-12)
        assert lift.standard_error == pytest.approx(math.sqrt(without * (1 - without) / 12), abs=1e-12)
        assert lift.gain == pytest.approx(differences.mean(), abs=1e-12)
        assert lift.gain_error == pytest.approx(differences.std() / math.sqrt(12), abs=1e-12)


def test_the_base_and_the_gain_add_up() -> None:
    context = context_of(orchard(), 2000)
    base = zone_of(context).probability
    assert base is not None
    for lift in run(context).lift:
        assert lift.gain is not None
        assert lift.probability_without == pytest.approx(base + lift.gain, abs=1e-12)


def test_one_conflict_in_words() -> None:
    negotiation = orchard()
    found = run(context_of(negotiation))
    assert found.status is Status.EXACT
    assert found.blocked is True
    assert found.sentences(negotiation) == (
        "No agreement can satisfy East’s red line “no boundary along the road” together with West’s insistence "
        "on doing no worse than the alternative (keep the grazing ban); without either, one can.",
        "The cheapest way out is lifting East’s red line “no boundary along the road”: it costs its owner 0.08 "
        "of utility.",
        "With every red line kept, an agreement (i0 a) leaves West 0.50 of utility short of its alternative; "
        "no agreement asks for less.",
    )
    document = found.to_dict()
    assert document["conflicts"] == [["red_line:east.road", "batna:west"]]
    assert document["relaxations"] == [["red_line:east.road"], ["batna:west"]]
    assert [price["total"] for price in document["prices"]] == pytest.approx([0.08, 0.5])
    assert document["prices"][0]["losses"] == {"red_line:east.road": pytest.approx(0.08)}
    assert document["prices"][0]["terms"] == {"i0": "b"}
    assert document["concession"] == {
        "status": "exact",
        "shortfalls": {"east": 0.0, "west": pytest.approx(0.5)},
        "terms": {"i0": "a"},
    }
    assert [lift["demand"] for lift in document["lift"]] == ["batna:west", "red_line:east.road", "batna:east"]


def test_nothing_to_say_where_there_is_a_zone() -> None:
    negotiation = orchard(firmness=0.2)
    found = run(context_of(negotiation))
    assert found.blocked is False
    assert found.conflicts == found.relaxations == ()
    assert found.sentences(negotiation) == ()


def test_nothing_opens_the_zone() -> None:
    negotiation = orchard()
    closed = negotiation_of(negotiation.space, negotiation.accounts[0].parties, links=[Clause()])
    found = run(context_of(closed))
    assert found.blocked is True
    assert found.conflicts == found.relaxations == ()
    (sentence,) = found.sentences(closed)
    assert sentence.startswith("No agreement is possible, whichever demands are lifted")


def words(conflicts: list[list[Demand]], relaxations: list[list[Demand]], most: int = 5) -> tuple[str, ...]:
    lines = {name: (Clause.of({0: [0]}), 1.0) for name in ("one", "two")}
    parties = [
        party_of(name, preferences_of(name, [1.0], [[0.0, 1.0]]), 0.5, lines) for name in ("east", "states")
    ]
    found = BlockersFinding(
        Status.EXACT,
        tuple(map(tuple, conflicts)),
        tuple(map(tuple, relaxations)),
        (),
        Provenance("by hand"),
        blocked=True,
    )
    return found.sentences(negotiation_of(space_of(2), parties), most)


ONE, TWO = Demand("east", "red_line", "one"), Demand("east", "red_line", "two")
STATES, EAST = Demand("states", "red_line", "one"), Demand("east", "batna")


def test_a_demand_that_nothing_satisfies() -> None:
    assert words([[ONE]], [[ONE]]) == (
        "No agreement can satisfy East’s red line “never i0 is a”; without it, one can.",
    )


def test_three_demands_are_told_by_owner() -> None:
    assert words([[EAST, ONE, STATES]], [[EAST], [ONE], [STATES]]) == (
        "No agreement can satisfy all of these together; without any one of them, one can. "
        "East: no worse than without agreement; “never i0 is a”. States: “never i0 is a”.",
    )
    assert words([[ONE], [TWO], [STATES]], [[ONE, TWO, STATES]])[-1] == (
        "Lifting all of these makes an agreement possible. "
        "East: “never i0 is a”; “never i0 is a”. States: “never i0 is a”."
    )


def test_the_possessive_of_a_name_in_s() -> None:
    assert words([[STATES]], [[STATES]])[0].startswith("No agreement can satisfy States’ red line")


def test_several_conflicts_are_followed_by_the_ways_out() -> None:
    said = words([[ONE], [TWO, EAST]], [[ONE, TWO], [ONE, EAST]])
    assert said == (
        "No agreement can satisfy East’s red line “never i0 is a”.",
        "No agreement can satisfy East’s red line “never i0 is a” together with East’s insistence on doing no "
        "worse than the alternative.",
        "Lifting both East’s red line “never i0 is a” and East’s red line “never i0 is a” makes an agreement "
        "possible.",
        "Lifting both East’s red line “never i0 is a” and East’s insistence on doing no worse than the "
        "alternative makes an agreement possible.",
    )


def test_long_lists_are_counted() -> None:
    said = words([[ONE], [TWO], [EAST]], [[ONE, TWO, EAST]], most=1)
    assert said[1] == "There are 2 further conflicts."
    assert len(said) == 3
    assert words([[ONE], [TWO]], [[ONE, TWO]], most=1)[1] == "There is 1 further conflict."


def test_words_of_the_central_account_come_first() -> None:
    negotiation = orchard()
    account = negotiation.accounts[0]
    east = account.parties[0]
    other = replace(
        account,
        id="other",
        credence=exact("accounts.other.credence", 0.6),
        parties=(
            replace(east, red_lines=(replace(east.red_lines[0], what="no road at all"),)),
            account.parties[1],
        ),
    )
    both = replace(
        negotiation, accounts=(replace(account, credence=exact("accounts.as_written.credence", 0.4)), other)
    )
    found = run(context_of(both))
    assert found.account == "other"
    assert "“no road at all”" in found.sentences(both)[0]


def test_demands_know_their_words() -> None:
    negotiation = orchard()
    road, batna = Demand("east", "red_line", "road"), Demand("west", "batna")
    assert road.describe(negotiation) == "no boundary along the road"
    assert batna.describe(negotiation) == "its BATNA (keep the grazing ban)"
    assert Demand("east", "batna").describe(negotiation) == "its BATNA"
    assert batna.owner(negotiation) == "West"
    for unknown in (Demand("east", "red_line", "none"), Demand("north", "batna")):
        with pytest.raises(KeyError):
            unknown.describe(negotiation)


def test_too_large_a_space_keeps_the_demands_without_figures() -> None:
    negotiation = random_negotiation(np.random.default_rng(0), sizes=[10] * 7)
    found = run(context_of(negotiation, 5))
    assert found.status is Status.EXACT  # the frontier has a point in the zone, so that nothing blocks
    assert found.blocked is False
    assert found.sentences(negotiation) == ()
    assert {lift.demand for lift in found.lift} == set(demands_of(negotiation))
    assert all(lift.probability_without is None for lift in found.lift)


def large(reservation: float) -> Negotiation:
    """Three parties over 2^26 outcomes."""
    negotiation = random_negotiation(np.random.default_rng(4), parties=3, sizes=[2] * 26, red_lines=2, digits=3)
    account = negotiation.accounts[0]
    parties = tuple(
        replace(party, batna=Batna(exact(f"parties.{party.id}.batna.value", reservation)))
        for party in account.parties
    )
    return replace(negotiation, accounts=(replace(account, parties=parties),))


def test_a_large_space_that_is_blocked() -> None:
    negotiation = large(0.95)
    found = run(context_of(negotiation, 0))
    assert found.status is Status.EXACT
    assert found.blocked is True
    assert len(found.conflicts) > 1
    assert len(found.prices) == len(found.relaxations) > 1
    totals = [price.total for price in found.prices if price is not None]
    assert totals == sorted(totals)
    assert len(totals) == len(found.prices)
    assert found.concession is not None
    assert found.concession.proven
    assert max(found.concession.shortfalls.values()) > 0
    said = found.sentences(negotiation)
    assert " of utility" in said[-2] or "further ways out" in said[-2]
    assert said[-1].startswith("With every red line kept, an agreement leaves A ")


def test_a_large_space_that_is_open() -> None:
    found = run(context_of(large(0.3), 0))
    assert (found.status, found.blocked) == (Status.EXACT, False)
    assert found.prices == ()
    assert found.concession is None


def test_without_time_a_large_space_is_unknown() -> None:
    negotiation = large(0.95)
    context = replace(context_of(negotiation, 0), limits=Limits(seconds=0.0))
    found = run(context)
    assert found.status is Status.UNKNOWN
    assert found.blocked is None
    assert found.provenance.reason == "the time was up"
    assert "what blocks agreement: the time was up" in context.clock.reached


def test_a_stopped_search_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    # Three outcomes, each ruled out by two lines: 8 conflicts.
    lines = {f"line{n}": (Clause.of({0: [n // 2]}), 1.0) for n in range(6)}
    party = party_of("a", preferences_of("a", [1.0], [[1.0, 1.0, 1.0]], scale="peer"), 0.5, lines)
    negotiation = negotiation_of(space_of(3), [party])
    assert len(run(context_of(negotiation, 3)).conflicts) == 8
    original = hitting.hitting_sets
    monkeypatch.setattr("winset.solve.blockage.hitting_sets", lambda family: original(family, limit=8))
    found = run(context_of(negotiation, 3))
    assert found.status is Status.BOUNDED
    assert 0 < len(found.conflicts) < 8
    assert len(found.relaxations) == 3
    assert found.provenance.reason is not None
    assert "stopped" in found.provenance.reason
