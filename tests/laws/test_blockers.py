"""Laws of conflicts, relaxations and lifts, on random cases."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from support.slow_zone import random_dispute, zone
from winset.analysis.blockers import run
from winset.analysis.context import Context
from winset.analysis.zone import run as zone_of
from winset.findings.base import Status
from winset.findings.blockers import BlockersFinding

seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=80, deadline=None)


def blocked_case(seed: int) -> tuple[Context, BlockersFinding]:
    negotiation = random_dispute(np.random.default_rng(seed))
    context = Context(negotiation, 20, seed, negotiation.leading_account)
    context.central.reservation[:] += 0.3
    return context, run(context)


@few
@given(seeds)
def test_lifting_a_relaxation_opens_the_zone_and_nothing_less_does(seed: int) -> None:
    context, found = blocked_case(seed)
    for relaxation in map(frozenset, found.relaxations):
        assert zone(context.negotiation, context.central, 0, relaxation)
        for demand in relaxation:
            assert not zone(context.negotiation, context.central, 0, relaxation - {demand})


@few
@given(seeds)
def test_a_conflict_cannot_stand_and_any_less_of_it_can(seed: int) -> None:
    context, found = blocked_case(seed)
    everything = frozenset(demand for each in found.relaxations for demand in each) | frozenset(
        lift.demand for lift in found.lift
    )
    for conflict in map(frozenset, found.conflicts):
        assert not zone(context.negotiation, context.central, 0, everything - conflict)
        for demand in conflict:
            assert zone(context.negotiation, context.central, 0, everything - conflict | {demand})


@few
@given(seeds)
def test_every_conflict_meets_every_relaxation(seed: int) -> None:
    _, found = blocked_case(seed)
    assert found.status is Status.EXACT
    assert bool(found.conflicts) == bool(found.relaxations)
    assert all(set(one) & set(other) for one in found.conflicts for other in found.relaxations)
    # Together they speak of the same demands.
    assert {d for each in found.conflicts for d in each} == {d for each in found.relaxations for d in each}


@few
@given(seeds)
def test_a_lift_never_lowers_the_probability(seed: int) -> None:
    negotiation = random_dispute(np.random.default_rng(seed))
    context = Context(negotiation, 30, seed, negotiation.leading_account)
    base = zone_of(context).probability
    assert base is not None
    gains = []
    for lift in run(context).lift:
        assert lift.probability_without is not None
        assert lift.gain is not None
        assert base <= lift.probability_without <= 1
        gains.append(lift.gain)
    assert gains == sorted(gains, reverse=True)
    assert all(0 <= gain <= 1 - base + 1e-12 for gain in gains)


@few
@given(seeds)
def test_relaxations_come_cheapest_first_and_every_price_is_paid_in_an_agreement(seed: int) -> None:
    context, found = blocked_case(seed)
    totals = [price.total for price in found.prices if price is not None]
    assert len(totals) == len(found.relaxations)
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(totals))
    for relaxation, price in zip(found.relaxations, found.prices, strict=True):
        assert price is not None
        assert tuple(demand for demand, _ in price.losses) == relaxation
        assert all(loss >= 0 for _, loss in price.losses)
        outcome = context.negotiation.space.find(price.terms)
        assert outcome in zone(context.negotiation, context.central, 0, frozenset(relaxation))


@few
@given(seeds)
def test_conceding_what_is_said_opens_the_zone_and_a_hair_less_does_not(seed: int) -> None:
    context, found = blocked_case(seed)
    if found.concession is None:
        return
    largest = max(found.concession.shortfalls.values())
    places = [context.negotiation.party_ids.index(party) for party in found.concession.shortfalls]
    conceding = replace(context.central, reservation=context.central.reservation.copy())
    conceding.reservation[0, places] -= np.array(list(found.concession.shortfalls.values()))
    assert context.negotiation.space.find(found.concession.terms) in zone(context.negotiation, conceding, 0)
    less = replace(context.central, reservation=context.central.reservation - largest + 1e-7)
    assert not zone(context.negotiation, less, 0)
