from __future__ import annotations

from dataclasses import replace

import pytest

from support.answers import HOSTILE, large_answer, orchard, orchard_answer
from winset.model.judgement import Basis
from winset.model.negotiation import Source
from winset.report import pageview


def test_accounts_that_agree_on_positions_are_shown_once() -> None:
    (matrix,) = pageview.matrices(orchard_answer())
    assert matrix.account == "as East tells it and as West tells it"
    assert [issue.name for issue in matrix.issues] == ["boundary", "water_share", "instrument"]


def test_other_accounts_show_only_the_issues_that_differ() -> None:
    first, second = pageview.matrices(large_answer())
    assert (first.account, second.account) == ("the first account", "the second account")
    assert (len(first.issues), len(second.issues)) == (8, 1)
    assert first.issues[0].options[3].forbidden == (True, False, False, False)
    assert second.issues[0].options[3].forbidden == (False, False, False, False)


def test_values_run_from_0_to_100_within_an_issue_and_unknown_ones_are_none() -> None:
    (matrix,) = pageview.matrices(orchard_answer())
    boundary, water, instrument = matrix.issues
    assert [option.values for option in boundary.options] == [(100, 0), (50, 50), (0, 100)]
    assert (len(water.options), water.left_out) == (7, 14)
    assert [option.label for option in water.options] == [
        "0 %",
        "15 %",
        "35 %",
        "50 %",
        "65 %",
        "85 %",
        "100 %",
    ]
    assert [option.values[1] for option in instrument.options] == [None, None]
    assert instrument.options[0].meaning == "Arms rest, nothing is settled."


def test_the_glossary_explains_the_terms_of_the_agreements() -> None:
    assert [(term.issue, term.option, meaning) for term, meaning in pageview.glossary(orchard_answer())] == [
        ("instrument", "treaty", "Both sign and ratify a settlement.")
    ]


def test_red_lines_name_their_statements_and_the_accounts_that_have_them() -> None:
    (row,) = pageview.red_lines(orchard())
    assert (row.party, row.what, row.accounts) == ("East village", "no boundary along the road", "")
    assert row.statements == (("statement-1", "The miller of East village"),)
    assert row.supports == (pageview.Support("source-1", "Minutes of the second meeting, 2 April 1998", ""),)
    assert pageview.red_lines(large_answer().negotiation)[0].accounts == "only the first account"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("http://example.org", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("JAVASCRIPT:alert(1)", ""),
        ("data:text/html,x", ""),
        (" https://example.org", ""),
        ("java\nscript:alert(1)", ""),
        ("https://[bad", ""),
        ("//example.org", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_become_links(url: str | None, link: str) -> None:
    negotiation = replace(orchard(), sources={"minutes": Source("minutes", "Minutes", url=url)})
    assert pageview.source_rows(negotiation)[0].url == link


def test_a_source_that_the_file_does_not_list_is_named_without_a_link() -> None:
    assert pageview.support(Basis("elsewhere", "So it is."), orchard()) == pageview.Support(
        "", "elsewhere", "So it is."
    )


def test_the_frontiers_table_keeps_every_solution() -> None:
    answer = large_answer()
    rows = pageview.frontier_rows(answer)
    assert len(rows) == 40
    assert rows[0].utilities[0] == "1"
    orchard_rows = pageview.frontier_rows(orchard_answer())
    assert len(orchard_rows) == 25
    assert [row.solutions for row in orchard_rows if row.solutions] == ["Kalai–Smorodinsky"]


def test_anchors_hold_no_text_of_the_case() -> None:
    answer = large_answer(HOSTILE)
    assert [row.anchor for row in pageview.source_rows(answer.negotiation)] == ["source-1"]
    assert [row.anchor for row in pageview.statement_rows(answer.negotiation)] == ["statement-1"]
