from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from support.build import exact, negotiation_of, party_of, preferences_of, random_negotiation, space_of
from support.slow_zone import random_dispute, zone
from winset.analysis.context import Context
from winset.analysis.settled import settled
from winset.analysis.zone import ANALYSIS, run
from winset.findings.base import Status
from winset.model.issues import Clause
from winset.model.judgement import Number
from winset.model.negotiation import Negotiation
from winset.model.rule import Condition, Rule


def context_of(negotiation: Negotiation, draws: int = 400, seed: int = 0) -> Context:
    return Context(negotiation, draws, seed, negotiation.leading_account)


def pie(reservations: tuple[float, float], firmness: float = 0.0) -> Negotiation:
    """Ten parts of a pie: seller's utility k / 10, buyer's 1 - k / 10; the seller's line forbids k < 5."""
    shares = [k / 10 for k in range(11)]
    seller = party_of(
        "seller",
        preferences_of("seller", [1.0], [shares]),
        reservations[0],
        {"half": (Clause.of({0: range(5)}), firmness)},
    )
    buyer = party_of("buyer", preferences_of("buyer", [1.0], [shares[::-1]]), reservations[1])
    return negotiation_of(space_of(11), [seller, buyer])


def test_a_pie_that_leaves_something_for_both() -> None:
    found = run(context_of(pie((0.3, 0.5))))
    assert found.status is Status.EXACT
    assert (found.probability, found.standard_error) == (1.0, 0.0)
    assert found.central.exists is True
    assert found.central.size == 3  # 3, 4, 5 parts
    assert found.mean_size == 3.0
    assert found.provenance.seed is None


def test_a_pie_that_is_too_small() -> None:
    found = run(context_of(pie((0.6, 0.5))))
    assert (found.status, found.probability, found.standard_error) == (Status.EXACT, 0.0, 0.0)
    assert (found.central.exists, found.central.size) == (False, 0)


def test_a_red_line_that_may_be_meant() -> None:
    found = run(context_of(pie((0.3, 0.6), firmness=0.4), draws=2000))
    assert found.status is Status.SAMPLED
    assert found.probability is not None
    assert found.standard_error is not None
    # Only 3 and 4 parts suit both, and the line forbids them when it is meant.
    assert abs(found.probability - 0.6) < 4 * found.standard_error
    assert found.standard_error == pytest.approx(
        math.sqrt(found.probability * (1 - found.probability) / 2000), rel=1e-12
    )
    assert found.central.size == 2  # firmness below one half: not meant
    assert found.provenance.seed == 0


def test_equal_to_the_alternative_is_enough() -> None:
    assert run(context_of(pie((0.5, 0.5)))).central.size == 1


def test_an_interval_gives_the_probability_of_its_length() -> None:
    negotiation = pie((0.3, 0.55))
    account = negotiation.accounts[0]
    seller = account.parties[0]
    wide = replace(seller, batna=replace(seller.batna, value=Number("parties.seller.batna.value", 0.0, 1.0)))
    found = run(
        context_of(replace(negotiation, accounts=(replace(account, parties=(wide, account.parties[1])),)), 4000)
    )
    # The buyer takes up to 4 parts; the seller's reservation value is below 0.4 with probability 0.4.
    assert found.probability is not None
    assert abs(found.probability - 0.4) < 4 * math.sqrt(0.24 / 4000)


def test_a_guarantor_is_needed_only_for_some_terms() -> None:
    parties = [party_of(name, preferences_of(name, [1.0], [[0.0, 1.0]]), 0.5) for name in "ab"]
    unwilling = party_of("g", preferences_of("g", [1.0], [[1.0, 0.0]]), 0.5)
    base = Rule("all", ("a", "b"))
    guarded = replace(base, when=(Condition(Clause.of({0: [1]}), Rule("all", ("g",))),))
    for rule, size in ((base, 1), (guarded, 0)):
        negotiation = negotiation_of(space_of(2), [*parties, unwilling], rule=rule)
        assert run(context_of(negotiation, 10)).central.size == size


def test_accounts_average_to_the_whole() -> None:
    found = run(context_of(random_dispute(np.random.default_rng(11), accounts=3), 300, seed=5))
    parts = [part for part in found.by_account if part.probability is not None]
    assert sum(part.draws for part in found.by_account) == found.draws == 300
    assert found.probability == pytest.approx(
        sum(part.draws * part.probability for part in parts if part.probability is not None) / 300, abs=1e-12
    )
    document = found.to_dict()
    assert set(document["by_account"]) == {"account0", "account1", "account2"}


@pytest.mark.parametrize("seed", range(20))
def test_central_zone_equals_loops(seed: int) -> None:
    context = context_of(random_dispute(np.random.default_rng(seed)), 5)
    assert run(context).central.size == len(zone(context.negotiation, context.central, 0))


def test_too_large_a_space_is_unknown_with_the_reason() -> None:
    found = run(context_of(random_negotiation(np.random.default_rng(0), sizes=[10] * 7), 10))
    assert found.status is Status.UNKNOWN
    assert found.probability is None
    assert found.central.exists is True  # the frontier has points in the zone
    assert found.central.size is None
    assert found.provenance.reason is not None
    assert "4,000,000" in found.provenance.reason
    assert found.by_account[0].probability is None


@pytest.mark.parametrize("seed", range(60))
def test_the_frontier_tells_whether_there_is_a_zone(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of(random_dispute(np.random.default_rng(seed)), 1)
    looked_at = run(context).central.exists
    monkeypatch.setattr("winset.analysis.survey.TABULATION_LIMIT", 0)
    told = run(context_of(context.negotiation, 1)).central
    assert told.size is None
    unanimous = context.account.rule.kind == "all" and not context.account.rule.when
    assert told.exists in ((looked_at,) if unanimous and looked_at else (looked_at, None))


@pytest.mark.parametrize(("reservation", "probability"), [(0.2, 1.0), (0.95, 0.0)])
def test_a_large_space_without_anything_to_draw_is_settled_by_its_frontier(
    reservation: float, probability: float
) -> None:
    options = [k / 9 for k in range(10)]
    one = party_of("a", preferences_of("a", [1 / 8] * 8, [options] * 8), reservation)
    other = party_of("b", preferences_of("b", [1 / 8] * 8, [options[::-1]] * 8), reservation)
    found = run(context_of(negotiation_of(space_of(*[10] * 8), [one, other]), 10))
    assert (found.status, found.probability, found.standard_error) == (Status.EXACT, probability, 0.0)
    assert found.central.exists is (probability == 1.0)


def test_without_draws_only_the_central_reading_is_known() -> None:
    found = run(context_of(pie((0.3, 0.5)), 0))
    assert (found.status, found.probability) == (Status.UNKNOWN, None)
    assert found.central.size == 3


def test_settled_looks_at_every_kind_of_judgement() -> None:
    sure = pie((0.3, 0.5), firmness=1.0)
    assert settled(sure)
    assert not settled(pie((0.3, 0.5), firmness=0.5))
    account = sure.accounts[0]
    party = account.parties[0]
    vague = Number("x", 0.0, 0.1)
    weights = replace(party.preferences.weights, lower=(0.9,), upper=(1.0,))
    values = replace(party.preferences.values[0], lower=(0.0,) * 11)
    line = replace(party.red_lines[0], firmness=vague)
    changes = [
        replace(party, batna=replace(party.batna, value=vague)),
        replace(party, preferences=replace(party.preferences, weights=weights)),
        replace(party, preferences=replace(party.preferences, values=(values,))),
        replace(party, red_lines=(line,)),
    ]
    for changed in changes:
        parties = (changed, account.parties[1])
        assert not settled(replace(sure, accounts=(replace(account, parties=parties),)))
    half = replace(account, credence=exact("c", 0.5))
    assert not settled(replace(sure, accounts=(half, replace(half, id="other"))))
    never = replace(account, id="never", credence=exact("c", 0.0))
    assert settled(replace(sure, accounts=(account, never)))


def test_the_step_is_the_first_in_the_report() -> None:
    assert (ANALYSIS.name, ANALYSIS.order) == ("zone", 10)
    assert ANALYSIS.applies(context_of(pie((0.3, 0.5))))
