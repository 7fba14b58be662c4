from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from support.build import negotiation_of, party_of, preferences_of, random_negotiation, space_of
from support.slow_zone import outcomes, random_dispute, utility, zone
from winset.analysis.agreements import ranked, run, smallest_mean_gain
from winset.analysis.context import Context
from winset.analysis.survey import Survey, survey
from winset.findings.base import Status
from winset.model.issues import Clause
from winset.model.negotiation import Negotiation
from winset.model.rule import Rule


def context_of(negotiation: Negotiation, draws: int = 50, agreements: int = 10) -> Context:
    return Context(negotiation, draws, 0, negotiation.leading_account, agreements)


@pytest.mark.parametrize("seed", range(25))
def test_agreements_equal_loops_over_draws(seed: int) -> None:
    context = context_of(random_dispute(np.random.default_rng(seed)), 12, agreements=5)
    space = context.negotiation.space
    counts = dict.fromkeys(outcomes(space), 0)
    for draws in context.sample:
        for number in range(draws.count):
            for outcome in zone(context.negotiation, draws, number):
                counts[outcome] += 1
    found = run(context)
    shares = [agreement.acceptability for agreement in found.agreements]
    assert shares == sorted((count / 12 for count in counts.values() if count), reverse=True)[:5]
    for agreement in found.agreements:
        assert agreement.acceptability == counts[agreement.outcome] / 12
        assert agreement.terms == space.terms(agreement.outcome)
        for party, name in enumerate(context.negotiation.party_ids):
            values = [
                utility(draws, number, party, agreement.outcome)
                for draws in context.sample
                for number in range(draws.count)
            ]
            held = agreement.utilities[name]
            assert held.mean == pytest.approx(np.mean(values), abs=1e-12)
            assert held.low == pytest.approx(np.quantile(values, 0.05), abs=1e-12)
            assert held.high == pytest.approx(np.quantile(values, 0.95), abs=1e-12)


def test_smallest_mean_gain_equals_means_over_draws() -> None:
    negotiation = replace(
        random_negotiation(np.random.default_rng(8), parties=3, interactions=2, imprecise=True)
    )
    context = context_of(negotiation, 30)
    found = context.once(survey)
    assert isinstance(found, Survey)
    (draws,) = context.sample
    slow = [
        min(
            np.mean(
                [
                    utility(draws, number, party, outcome) - draws.reservation[number, party]
                    for number in range(30)
                ]
            )
            for party in range(3)
        )
        for outcome in outcomes(negotiation.space)
    ]
    assert smallest_mean_gain(negotiation, found) == pytest.approx(np.array(slow), abs=1e-12)


def test_ties_go_to_the_party_that_gains_least_then_to_the_index() -> None:
    # Everything is acceptable. Smallest gains: .1 (a, b: .1 and .9), .5 (c), .1 (d), .5 (e).
    first = party_of("a", preferences_of("a", [1.0], [[0.1, 0.9, 0.5, 0.9, 0.5]], scale="peer"), 0.0)
    second = party_of("b", preferences_of("b", [1.0], [[0.9, 0.1, 0.5, 0.1, 0.5]], scale="peer"), 0.0)
    idle = party_of("idle", preferences_of("idle", [1.0], [[0.0, 0.0, 0.0, 0.0, 1.0]], scale="peer"), 0.0)
    rule = Rule("all", ("a", "b"))
    context = context_of(negotiation_of(space_of(5), [first, second, idle], rule=rule))
    found = run(context)
    assert [agreement.outcome for agreement in found.agreements] == [(2,), (4,), (0,), (1,), (3,)]
    assert found.status is Status.EXACT
    assert [agreement.standard_error for agreement in found.agreements] == [0.0] * 5
    survey_found = context.once(survey)
    assert isinstance(survey_found, Survey)
    assert ranked(context.negotiation, survey_found).tolist() == [2, 4, 0, 1, 3]


def test_what_is_never_acceptable_is_not_listed() -> None:
    party = party_of("a", preferences_of("a", [1.0], [[0.0, 1.0]]), 0.5)
    assert [a.outcome for a in run(context_of(negotiation_of(space_of(2), [party]))).agreements] == [(1,)]
    never = negotiation_of(space_of(2), [party], links=[Clause.of({0: [1]})])
    found = run(context_of(never))
    assert found.agreements == ()
    assert found.status is Status.EXACT
    assert found.to_dict()["agreements"] == []


def test_as_many_as_asked_for() -> None:
    negotiation = random_negotiation(np.random.default_rng(1), links=0, red_lines=0)
    everything = run(context_of(negotiation, agreements=1000)).agreements
    for count in (0, 1, 2):
        assert run(context_of(negotiation, agreements=count)).agreements == everything[:count]


def test_unknown_where_the_survey_was_not_made() -> None:
    found = run(context_of(random_negotiation(np.random.default_rng(0), sizes=[10] * 7), 3))
    assert found.status is Status.UNKNOWN
    assert found.agreements == ()
    assert found.provenance.reason is not None
