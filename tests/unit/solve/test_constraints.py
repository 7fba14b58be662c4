from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from support.build import random_clause, random_negotiation, space_of
from support.grids import random_rule
from winset.errors import LimitReached
from winset.model.issues import Clause
from winset.model.rule import Condition, Rule
from winset.model.sampling import central
from winset.solve.constraints import (
    admissible_mask,
    always_needed,
    forbidden_clauses,
    meant_red_lines,
    zone_at,
)
from winset.solve.tabulate import any_mask, utilities_at

PARTIES = ("a", "b", "c", "d")


@pytest.mark.parametrize("block", range(10))
def test_clauses_and_masks_say_what_the_rule_says(block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        rng = np.random.default_rng(seed)
        space = space_of(*(int(size) for size in rng.integers(1, 5, int(rng.integers(1, 5)))))
        rule = random_rule(rng, space.sizes, PARTIES)
        lines = {party: [random_clause(rng, space, 2) for _ in range(rng.integers(0, 3))] for party in PARTIES}
        links = [random_clause(rng, space, 2) for _ in range(rng.integers(0, 2))]
        mask = admissible_mask(space, rule, lines, links)
        assert np.array_equal(~any_mask(space, forbidden_clauses(rule, lines, links)), mask)
        for index in range(space.size):
            outcome = space.outcome(index)
            content = frozenset(p for p in PARTIES if not any(line.matches(outcome) for line in lines[p]))
            linked = any(link.matches(outcome) for link in links)
            assert mask[index] == (rule.passes(content, outcome) and not linked)


def test_under_unanimity_every_red_line_is_forbidden_by_itself() -> None:
    line, other = Clause.of({0: [0]}), Clause.of({1: [1], 2: [0]})
    assert forbidden_clauses(Rule("all", ("a", "b")), {"a": [line], "b": [other]}, []) == (line, other)


def test_a_bystander_forbids_nothing_unless_a_condition_asks_for_its_consent() -> None:
    line, terms = Clause.of({0: [0]}), Clause.of({1: [1]})
    assert forbidden_clauses(Rule("all", ("a",)), {"b": [line]}, []) == ()
    rule = Rule("all", ("a",), when=(Condition(terms, Rule("all", ("b",))),))
    assert forbidden_clauses(rule, {"b": [line]}, []) == (Clause.of({0: [0], 1: [1]}),)


def test_a_quota_is_blocked_by_red_lines_of_enough_parties_together() -> None:
    lines = {name: [Clause.of({number: [0]})] for number, name in enumerate("abc")}
    found = forbidden_clauses(Rule("quota", ("a", "b", "c"), quota=2), lines, [])
    assert found == (
        Clause.of({0: [0], 1: [0]}),
        Clause.of({0: [0], 2: [0]}),
        Clause.of({1: [0], 2: [0]}),
    )


def test_clauses_that_others_cover_are_dropped() -> None:
    wide, narrow, beside = Clause.of({0: [0, 1]}), Clause.of({0: [1], 1: [0]}), Clause.of({0: [2], 1: [0]})
    assert forbidden_clauses(Rule("all", ("a",)), {"a": [narrow, beside]}, [wide]) == (wide, beside)


def test_too_many_clauses_are_an_error() -> None:
    names = tuple(f"p{number}" for number in range(24))
    lines = {name: [Clause.of({number: [0]})] for number, name in enumerate(names)}
    with pytest.raises(LimitReached, match="forbidden clauses"):
        forbidden_clauses(Rule("quota", names, quota=13), lines, [])


def test_always_needed_are_the_parties_in_every_minimal_coalition() -> None:
    def unconditional(rule: Rule) -> Rule:
        members = tuple(m if isinstance(m, str) else unconditional(m) for m in rule.members)
        return replace(rule, members=members, when=())

    for seed in range(200):
        rule = random_rule(np.random.default_rng(seed), (2, 2), PARTIES)
        coalitions = unconditional(rule).coalitions()
        in_all = frozenset(rule.parties()).intersection(*coalitions)
        assert always_needed(rule) == tuple(party for party in rule.parties() if party in in_all)


def test_the_zone_asks_for_reservation_values_and_red_lines() -> None:
    for seed in range(30):
        rng = np.random.default_rng(seed)
        negotiation = random_negotiation(rng, parties=3, red_lines=2)
        account = replace(
            negotiation.accounts[0], rule=random_rule(rng, negotiation.space.sizes, ("a", "b", "c"))
        )
        draws = central(replace(negotiation, accounts=(account,)), account)
        outcomes = np.array([negotiation.space.outcome(index) for index in range(negotiation.space.size)])
        utilities = utilities_at(draws, outcomes)[0]
        lines = meant_red_lines(draws)
        expected = [
            account.rule.passes(
                frozenset(
                    party
                    for number, party in enumerate(negotiation.party_ids)
                    if value[number] >= draws.reservation[0, number] - 1e-9
                    and not any(line.matches(outcome) for line in lines[party])
                ),
                outcome,
            )
            for outcome, value in zip(outcomes.tolist(), utilities, strict=True)
        ]
        assert zone_at(draws, outcomes, utilities).tolist() == expected
