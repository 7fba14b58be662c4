from __future__ import annotations

from collections import Counter

import pytest

from support.answers import large, orchard
from support.build import negotiation_of, party_of, preferences_of, space_of
from winset.case.checks import assumed, unsourced
from winset.case.load import load
from winset.case.shipped import CaseInfo, shipped, shipped_path
from winset.model.issues import Issue
from winset.model.judgement import Values
from winset.report.assumptions import accounts_text, assumptions, source_text, summary
from winset.report.stated import Kind, values_stated


def test_every_judgement_is_listed_once_for_each_way_it_is_stated() -> None:
    found = assumptions(orchard())
    listed = {(item.path, item.value): item for item in found}
    assert len(listed) == len(found) == 16
    assert listed["parties.east.batna.value", ".20 to .40"].kind is Kind.INTERVAL
    assert listed["parties.east.weights", "boundary > water_share = instrument"].kind is Kind.RANKING
    assert listed["parties.east.values.boundary", "river > ridge > road"].kind is Kind.RANKING
    assert listed["parties.west.values.instrument", "unknown"].kind is Kind.UNKNOWN
    assert ("parties.west.values.water_share", "0 % 1, 50 % .70 to .90, 100 % 0") in listed
    assert ("parties.east.values.water_share", "rising evenly from 0 % to 100 %") in listed
    assert ("parties.east.values.instrument", "truce .40, treaty .80 to 1") in listed
    assert ("parties.west.weights", "boundary .20 to .50, water_share .30 to .60, instrument .10") in listed
    assert ("parties.east.constituencies.elders.accepts_above", ".30 to .50") in listed


def test_what_accounts_share_is_listed_once_and_what_they_do_not_names_them() -> None:
    negotiation = orchard()
    batnas = [item for item in assumptions(negotiation) if item.path == "parties.west.batna.value"]
    assert [(item.value, accounts_text(item, negotiation)) for item in batnas] == [
        (".30", "as East tells it"),
        (".45", "as West tells it"),
    ]
    weights = next(item for item in assumptions(negotiation) if item.path == "parties.west.weights")
    assert accounts_text(weights, negotiation) == ""


def test_the_summary_counts_what_the_list_holds() -> None:
    negotiation = orchard()
    found = assumptions(negotiation)
    kinds = Counter(item.kind for item in found if item.party)
    assert kinds == {Kind.RANKING: 3, Kind.INTERVAL: 6, Kind.NUMBER: 4, Kind.UNKNOWN: 1}
    assert [item.path for item in found if item.unsourced] == [
        "accounts.east_tells.credence",
        "accounts.west_tells.credence",
        "parties.east.values.instrument",
        "parties.east.constituencies.elders.accepts_above",
    ]
    assert summary(negotiation) == "3 rankings, 6 intervals, 4 numbers, 1 unknown; 4 without a source"
    assert summary(large()) == "36 rankings, 8 intervals; 2 without a source"


@pytest.mark.parametrize("info", shipped(), ids=lambda info: info.id)
def test_shipped_cases_are_counted_as_listed(info: CaseInfo) -> None:
    negotiation = load(shipped_path(info.id))
    kinds = Counter(item.kind for item in assumptions(negotiation) if item.party)
    counts = assumed(negotiation)
    assert kinds[Kind.RANKING] == counts["rankings"]
    assert kinds[Kind.INTERVAL] == counts["intervals"]
    assert kinds[Kind.NUMBER] == counts["numbers"]
    assert kinds[Kind.UNKNOWN] == counts["unknown"]
    unlinked = {problem.path for problem in unsourced(negotiation) if not problem.path.startswith("links.")}
    assert {item.path for item in assumptions(negotiation) if item.unsourced} == unlinked


def test_the_credence_of_a_single_account_is_no_judgement() -> None:
    negotiation = negotiation_of(space_of(2), [party_of("a", preferences_of("a", [1.0], [[0.0, 1.0]]), 0.5)])
    assert [item.path for item in assumptions(negotiation)] == [
        "parties.a.batna.value",
        "parties.a.weights",
        "parties.a.values.i0",
    ]


def test_parties_come_in_the_order_of_the_file() -> None:
    order = list(dict.fromkeys(item.party for item in assumptions(large())))
    assert order == ["", "party0", "party1", "party2", "party3"]


def test_sources_are_named_with_their_date() -> None:
    negotiation = orchard()
    basis = negotiation.accounts[0].basis
    assert source_text(basis, negotiation) == "Minutes of the second meeting, 2 April 1998"


def test_rankings_of_many_options_name_the_ends() -> None:
    issue = Issue("n", tuple(range(30)))
    groups = tuple((option,) for option in range(30))
    lower = (1.0, *[0.0] * 29)
    upper = (*[1.0] * 29, 0.0)
    assert values_stated(Values("p", lower, upper, groups), issue) == "0 best, 29 worst, 28 ranked between them"
    loose = Values("p", (0.0,) * 30, (1.0,) * 30)
    assert values_stated(loose, issue).endswith("11 0 to 1 and 18 more, all within 0 to 1")


def test_bounds_that_say_more_than_the_ranking_are_told() -> None:
    issue = Issue("n", ("a", "b", "c"))
    values = Values("p", (1.0, 0.4, 0.0), (1.0, 0.6, 0.0), ((0,), (1,), (2,)))
    assert values_stated(values, issue) == "a > b > c; b .40 to .60"
