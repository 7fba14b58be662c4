"""Laws of the bargaining solutions that are found without the frontier."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.bargains import found_directly, large_table, random_table
from support.build import random_negotiation
from winset.analysis import frontier, solutions
from winset.analysis.context import Context, Limits
from winset.findings.base import Provenance, Status
from winset.findings.frontier import FrontierFinding, SolutionsFinding
from winset.model.issues import Clause
from winset.model.negotiation import Negotiation
from winset.model.rule import Condition, Rule
from winset.solve.direct import Table, direct_solutions
from winset.solve.grid import GridModel

seeds = st.integers(0, 2**32 - 1)


def without_frontier(negotiation: Negotiation, seconds: float | None = None) -> SolutionsFinding:
    """Return the solutions where the frontier's search gave up."""
    context = Context(negotiation, 1, 0, negotiation.leading_account, limits=Limits(seconds))
    exact = frontier.run(context)
    context.known[frontier.run] = FrontierFinding(
        Status.UNKNOWN, exact.account, (), exact.reservation, Provenance("given up", reason="a limit")
    )
    return solutions.run(context)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_the_analysis_says_the_same_with_and_without_the_frontier(seed: int) -> None:
    rng = np.random.default_rng(seed)
    negotiation = random_negotiation(rng, parties=int(rng.integers(2, 5)), interactions=1)
    usual = solutions.run(Context(negotiation, 1, 0, negotiation.leading_account))
    direct = without_frontier(negotiation)
    assert direct.status is Status.EXACT
    assert direct.named() == usual.named()
    assert (direct.provenance.reason is None) == (usual.provenance.reason is None)
    for value, bound in direct.bounds.values():
        assert value <= bound <= value + 1e-8


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 5), st.integers(-3, 3))
def test_nash_and_kalai_smorodinsky_do_not_mind_another_scale(seed: int, factor: int, shift: int) -> None:
    table = random_table(np.random.default_rng(seed))
    model = table.model
    first = np.array([factor] + [1] * (model.parties - 1))
    scaled = GridModel(
        terms=tuple(term * first for term in model.terms),
        constant=model.constant * first + shift * 2**38,
        interactions=tuple(replace(i, adds=i.adds * int(first[i.party])) for i in model.interactions),
        forbidden=model.forbidden,
    )
    after = found_directly(
        Table(scaled, table.reservation * first + shift * 2**38, table.counted, table.needed)
    )
    before = found_directly(table)
    assert [after.get(name) for name in ("nash", "kalai_smorodinsky")] == [
        before.get(name) for name in ("nash", "kalai_smorodinsky")
    ]


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_no_random_outcome_of_a_large_zone_is_better(seed: int) -> None:
    table = large_table(3, 12, 4, seed)
    found = direct_solutions(table)
    rng = np.random.default_rng(seed)
    outcomes = rng.integers(0, 4, (2000, 12))
    utilities = np.array([table.model.utilities(outcome) for outcome in outcomes])
    inside = (utilities >= table.reservation).all(axis=1)
    gains = (utilities[inside] - table.reservation) * 2.0**-40
    if found.empty:
        assert not inside.any()
        return
    if inside.any():
        assert gains.prod(axis=1).max() <= found.nash.value * (1 + 1e-9)
        assert gains.min(axis=1).max() <= found.egalitarian.value + 1e-9
        assert (utilities[inside] * 2.0**-40).sum(axis=1).max() <= found.utilitarian.value + 1e-9
    assert found.nash.status is Status.EXACT


@pytest.mark.parametrize(
    "rule",
    [
        Rule("quota", ("a", "b", "c"), quota=2),
        Rule("any", ("a", "b")),
        Rule("all", ("a", "b"), when=(Condition(Clause.of({0: [0]}), Rule("all", ("c",))),)),
        Rule("all", ("a", "b"), when=(Condition(Clause.of({0: [0]}), Rule("all", ("b",))),)),
        Rule("quota", ("a", "b"), quota=3),
    ],
)
def test_other_rules_are_unknown_with_the_reason(rule: Rule) -> None:
    base = random_negotiation(np.random.default_rng(0), parties=3, red_lines=0)
    found = without_frontier(replace(base, accounts=(replace(base.accounts[0], rule=rule),)))
    assert found.status is Status.UNKNOWN
    assert all(solution is None for _, solution in found.named())
    assert "each of them" in (found.provenance.reason or "")


def test_a_rule_of_some_parties_leaves_the_others_out() -> None:
    base = random_negotiation(np.random.default_rng(3), parties=3, red_lines=0)
    rule = Rule("all", ("a",), veto=("b",))
    negotiation = replace(base, accounts=(replace(base.accounts[0], rule=rule),))
    usual = solutions.run(Context(negotiation, 1, 0, negotiation.leading_account))
    direct = without_frontier(negotiation)
    assert direct.provenance.parameters["parties"] == ["a", "b"]
    for (_, one), (_, other) in zip(direct.named(), usual.named(), strict=True):
        assert one is not None
        assert other is not None
        assert [one.utilities[party] for party in "ab"] == pytest.approx(
            [other.utilities[party] for party in "ab"], abs=1e-9
        )


def test_the_document_tells_value_and_bound() -> None:
    document = without_frontier(random_negotiation(np.random.default_rng(5), links=0, red_lines=0)).to_dict()
    assert document["status"] == "exact"
    assert set(document["bounds"]) == {"nash", "kalai_smorodinsky", "egalitarian", "utilitarian"}
    assert document["bounds"]["nash"]["value"] <= document["bounds"]["nash"]["bound"]


def test_no_time_left_is_unknown_with_the_reason() -> None:
    found = without_frontier(random_negotiation(np.random.default_rng(5), links=0, red_lines=0), 0.0)
    assert found.status is Status.UNKNOWN
    assert "time was up" in (found.provenance.reason or "")
