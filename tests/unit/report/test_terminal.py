from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from support.answers import HOSTILE, large_answer, orchard_answer, unknown_answer
from support.build import random_negotiation
from winset.findings.answer import Analysis
from winset.findings.base import Provenance, Status
from winset.findings.frontier import Solution, SolutionsFinding
from winset.model.judgement import Number
from winset.model.party import Batna
from winset.report.terminal import render, text

ANSWERS = {
    "orchard": orchard_answer(),
    "large": large_answer(),
    "unknown": unknown_answer(),
    "hostile": large_answer(HOSTILE),
    "empty": replace(orchard_answer(), findings={}),
}


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", list(ANSWERS))
def test_no_line_is_longer_than_asked_nor_ends_in_blanks(name: str, width: int) -> None:
    lines = text(ANSWERS[name], width).splitlines()
    assert len(lines) > 8
    assert max(cell_len(line) for line in lines) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_orchard_at_80_columns() -> None:
    said = text(orchard_answer())
    assert said.splitlines()[1:18] == [
        "Two villages and an orchard",
        "1 May 1998 · 2 parties, 3 issues, 126 outcomes",
        "",
        "Is there a deal?  Perhaps. Some agreement is better for both than none, and",
        "                  crosses no line that is meant, in 64 % of the readings this",
        "                  file allows (± 1).",
        "                  On average 9.4 of 126 outcomes are in the zone.",
        "                  as East tells it  81 % (± 1)",
        "                  as West tells it  47 % (± 2)",
        "",
        "What stands in the way                               a zone, with and without it",
        "  East village: no boundary along the road                     64 % → 90 % (± 1)",
        "    meant with a chance of 70 to 90 %; source: Town archive,",
        "    2 April 1998",
        "  West village: its BATNA                                      64 % → 71 % (± 1)",
        "    worth .30 to .45, depending on the account; source: Town",
        "    archive, 2 April 1998",
    ]
    assert "  All 3 have  instrument: treaty\n   1  in 41 % (± 1)  Nash and egalitarian\n" in said
    assert "      East village .71 (.58 to .82)   West village .49 (.40 to .61)\n" in said
    assert "  12 of 126 outcomes are in the zone.\n" in said
    assert "  The Pareto frontier has 25 outcomes, 7 of them in the zone.\n" in said
    assert "Assumed   3 rankings, 6 intervals, 4 numbers, 1 unknown; 4 without a source\n" in said
    assert "Computed  seed 0, 2,000 draws, winset 0.1.0\n" in said


def test_conflicts_and_further_findings_are_told() -> None:
    said = " ".join(text(large_answer()).split())
    assert "No agreement can satisfy The Confederation of Northern Cantons’ red line" in said
    assert "A further question A further answer. item to whom how much of it orchard East village 2/15" in said
    assert "No outcome is in the zone." in said
    assert "second account not drawn" in said


def test_nothing_is_cut_off() -> None:
    answer = large_answer()
    said = " ".join(text(answer, 60).split())
    for name in (*answer.negotiation.party_names, *answer.negotiation.space.names):
        assert name in said
    assert "…" not in said


def test_what_only_some_accounts_know_is_told_so() -> None:
    answer = orchard_answer()
    first, second = answer.negotiation.accounts
    unknown = Batna(Number("parties.west.batna.value", 0.0, 1.0, stated=False))
    parties = (second.parties[0], replace(second.parties[1], batna=unknown))
    negotiation = replace(answer.negotiation, accounts=(first, replace(second, parties=parties)))
    said = text(replace(answer, negotiation=negotiation))
    assert "worth .30 or unknown, depending on the account; no source" in " ".join(said.split())


def test_unknown_says_why_once_a_part() -> None:
    said = text(unknown_answer())
    assert "Is there a deal?  Unknown. The outcome space is too large to tabulate.\n" in said
    assert said.count("too large to tabulate") == 4


def test_a_frontier_within_the_zone_shows_that_there_is_one() -> None:
    frontier = orchard_answer().frontier
    answer = unknown_answer()
    known = replace(answer, findings={**answer.findings, "frontier": frontier})
    assert "Whether there is a zone is unknown." in text(answer)
    assert "There is a zone; its size is unknown." in text(known)


def test_many_issues_are_counted_not_listed() -> None:
    negotiation = random_negotiation(np.random.default_rng(0), sizes=(2,) * 40, links=0, red_lines=0)
    outcome = (0,) * 40
    solution = Solution(outcome, negotiation.space.terms(outcome), {"a": 0.5, "b": 0.5})
    found = SolutionsFinding(Status.EXACT, solution, None, None, None, Provenance("search"))
    said = text(Analysis(negotiation, {"solutions": found}, 0, 1, "0.1.0"))
    assert "i23: a" in said
    assert "i24: a" not in said
    assert "and 16 more issues, which the page and --json list" in said


def test_case_texts_are_neither_markup_nor_control() -> None:
    buffer = io.StringIO()
    render(
        large_answer(HOSTILE), Console(file=buffer, width=100, force_terminal=True, color_system="truecolor")
    )
    said = buffer.getvalue()
    assert "[bold]B[/bold]" in said.replace("\n", "")
    assert "\x1b[31m" not in said
    assert "\u202e" not in said
    plain = text(large_answer(HOSTILE))
    controls = {c for c in plain if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"}
    assert controls == set()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_poor_encodings_get_plain_characters(encoding: str) -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
    render(orchard_answer(), Console(file=file, width=80))
    file.flush()
    said = raw.getvalue().decode(encoding)
    assert "64 % to 90 % (+/- 1)" in said
    assert "Perhaps." in said


def test_the_same_answer_gives_the_same_text() -> None:
    first: Analysis = orchard_answer()
    assert text(first) == text(orchard_answer())
