"""Agreement rules: what passes, and which coalitions suffice."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from support.build import space_of
from winset.model.issues import Clause
from winset.model.rule import Condition, Rule
from winset.solve.tabulate import clause_mask, rule_mask

PARTIES = ("a", "b", "c", "d")
GUARANTEE = Clause.of({0: [1]})


def rules(depth: int = 2) -> st.SearchStrategy[Rule]:
    members: st.SearchStrategy[str | Rule] = st.sampled_from(PARTIES)
    if depth:
        members = members | rules(depth - 1)

    def build(kind, chosen, quota, veto, conditional):
        when = (Condition(GUARANTEE, Rule("all", (conditional,))),) if conditional else ()
        return Rule(kind, tuple(chosen), min(quota, len(chosen)), tuple(veto), when)

    return st.builds(
        build,
        st.sampled_from(["all", "any", "quota"]),
        st.lists(members, min_size=1, max_size=4),
        st.integers(1, 4),
        st.lists(st.sampled_from(PARTIES), max_size=1),
        st.none() | st.sampled_from(PARTIES),
    )


def subsets():
    for size in range(len(PARTIES) + 1):
        yield from map(frozenset, itertools.combinations(PARTIES, size))


@given(rules())
def test_a_coalition_suffices_exactly_when_it_contains_a_minimal_one(rule):
    for outcome, holding in (((0,), frozenset()), ((1,), frozenset({GUARANTEE}))):
        coalitions = rule.coalitions(holding & frozenset(rule.conditions()))
        for consenting in subsets():
            assert rule.passes(consenting, outcome) == any(needed <= consenting for needed in coalitions)
        for one, other in itertools.permutations(coalitions, 2):
            assert not one <= other


@given(rules())
def test_the_table_says_what_the_rule_says(rule):
    space = space_of(2)
    cases = list(subsets())
    consent = {
        party: np.array([[party in chosen] * space.size for chosen in cases], dtype=bool) for party in PARTIES
    }
    table = rule_mask(rule, consent, lambda clause: clause_mask(space, clause))
    for row, chosen in enumerate(cases):
        for index in range(space.size):
            assert table[row, index] == rule.passes(chosen, space.outcome(index))


def test_a_guarantor_is_asked_only_where_the_terms_make_it_one():
    rule = Rule("all", ("a", "b"), when=(Condition(GUARANTEE, Rule("all", ("c",))),))
    assert rule.passes(frozenset("ab"), (0,))
    assert not rule.passes(frozenset("ab"), (1,))
    assert rule.passes(frozenset("abc"), (1,))
    assert rule.parties() == ("a", "b", "c")


def test_a_quota_with_a_veto():
    rule = Rule("quota", ("a", "b", "c"), quota=2, veto=("b",))
    assert rule.coalitions() == (frozenset("ab"), frozenset("bc"))
