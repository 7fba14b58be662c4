from __future__ import annotations

from dataclasses import replace

import pytest

from support.answers import large, orchard, orchard_answer, unknown_answer
from winset.findings.base import Status
from winset.model.rule import Rule
from winset.report.verdict import verdict, whose, word


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (1.0, "Yes"),
        (0.95, "Yes"),
        (0.949, "Probably"),
        (0.66, "Probably"),
        (0.64, "Perhaps"),
        (0.33, "Perhaps"),
        (0.32, "Hardly"),
        (0.05, "Hardly"),
        (0.049, "No"),
        (0.0, "No"),
        (None, "Unknown"),
    ],
)
def test_words_follow_the_thresholds(probability: float | None, expected: str) -> None:
    assert word(probability) == expected


def test_the_answer_in_one_sentence() -> None:
    answer = orchard_answer()
    found = verdict(answer.negotiation, answer.zone)
    assert f"{found.word}. {found.sentence}" == (
        "Perhaps. Some agreement is better for both than none, and crosses no line that is meant, "
        "in 64 % of the readings this file allows (± 1)."
    )


def test_certain_answers_name_the_draws_or_nothing() -> None:
    answer = orchard_answer()
    always = replace(answer.zone, probability=1.0, standard_error=0.0)
    never = replace(answer.zone, probability=0.0, standard_error=0.0)
    exact = replace(always, status=Status.EXACT)
    assert verdict(answer.negotiation, always).sentence.endswith(
        "meant, in all 2,000 readings drawn from what this file allows."
    )
    assert verdict(answer.negotiation, never).sentence == (
        "No agreement is better for both than none without crossing a line that is meant, "
        "in any of the 2,000 readings drawn from what this file allows."
    )
    assert verdict(answer.negotiation, exact).sentence == (
        "Some agreement is better for both than none, and crosses no line that is meant."
    )


def test_unknown_says_why() -> None:
    answer = unknown_answer()
    found = verdict(answer.negotiation, answer.zone)
    assert (found.word, found.probability) == ("Unknown", None)
    assert found.sentence == "The outcome space is too large to tabulate."
    assert verdict(answer.negotiation, None).sentence == "The zone was not computed."


def test_whose_consent_is_named() -> None:
    assert whose(orchard()) == "for both"
    assert whose(large()) == "for all four"
    two = orchard()
    anyone = tuple(replace(account, rule=Rule("any", ("east", "west"))) for account in two.accounts)
    assert whose(replace(two, accounts=anyone)) == "for all whose consent is needed"
