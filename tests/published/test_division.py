"""Adjusted Winner on the published disputes, and against every division that splits at most one item."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest

from support.build import negotiation_of, party_of, preferences_of, random_clause, space_of
from winset.analysis import division
from winset.analysis.context import Context
from winset.analysis.division import adjusted_winner
from winset.model.negotiation import Negotiation

Points = list[tuple[Fraction, Fraction]]

# Raiffa (1982), The Art and Science of Negotiation, chapter 12; Brams and Taylor (1996), chapter 5.
PANAMA = [(22, 9), (22, 15), (15, 15), (14, 3), (11, 15), (6, 5), (4, 11), (2, 7), (2, 7), (2, 13)]
# Brams and Togman (1996), Camp David: was the agreement fair?, table 1. Israel, Egypt.
CAMP_DAVID = [(35, 55), (10, 5), (20, 10), (10, 5), (5, 20), (20, 5)]


def exactly(points: list[tuple[int, int]]) -> Points:
    return [(Fraction(first), Fraction(second)) for first, second in points]


def totals(points: Points, shares: tuple[Fraction, ...]) -> tuple[Fraction, Fraction]:
    first = sum((mine * share for (mine, _), share in zip(points, shares, strict=True)), Fraction(0))
    second = sum((other * (1 - share) for (_, other), share in zip(points, shares, strict=True)), Fraction(0))
    return first, second


def by_points(points: list[tuple[int, int]]) -> Negotiation:
    """Return a negotiation in which either party can win each issue, or split it by a third option."""
    first, second = ([pair[party] / 100 for pair in points] for party in (0, 1))
    space = space_of(*[3] * len(points))
    return negotiation_of(
        space,
        [
            party_of("us", preferences_of("us", first, [[1.0, 0.4, 0.0]] * len(points)), 0.3),
            party_of("panama", preferences_of("panama", second, [[0.0, 0.7, 1.0]] * len(points)), 0.3),
        ],
    )


def test_panama() -> None:
    shares = adjusted_winner(exactly(PANAMA))
    assert totals(exactly(PANAMA), shares) == (66, 66)
    assert shares == (1, 1, Fraction(2, 15), 1, 0, 1, 0, 0, 0, 0)


def test_camp_david() -> None:
    shares = adjusted_winner(exactly(CAMP_DAVID))
    assert totals(exactly(CAMP_DAVID), shares) == (Fraction(395, 6), Fraction(395, 6))
    assert shares == (Fraction(1, 6), 1, 1, 1, 0, 1)


def test_a_tied_item_goes_to_the_party_behind() -> None:
    assert adjusted_winner(exactly([(40, 50), (35, 25), (25, 25)])) == (0, 1, Fraction(4, 5))
    assert adjusted_winner(exactly([(50, 25), (25, 50), (25, 25)])) == (1, 0, Fraction(1, 2))


def test_an_item_that_is_worth_nothing_to_the_other_passes_last() -> None:
    assert adjusted_winner(exactly([(60, 0), (40, 30), (0, 70)])) == (1, Fraction(4, 7), 0)
    assert adjusted_winner(exactly([(90, 0), (5, 1)])) == (Fraction(1, 90), 0)


@pytest.mark.parametrize("seed", range(60))
def test_no_division_that_splits_one_item_gives_both_more(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 6))
    points = exactly([(int(a), int(b)) for a, b in rng.multinomial(30, np.ones(count) / count, 2).T])
    shares = adjusted_winner(points)
    first, second = totals(points, shares)
    assert first == second
    assert sum(0 < share < 1 for share in shares) <= 1
    assert first >= Fraction(30, 2)  # envy-free
    assert first == best_equal_total(points)


def best_equal_total(points: Points) -> Fraction:
    """Return the most that both can have alike, over every way to hand out the items and to split one."""
    best = Fraction(0)
    for split, (mine, other) in enumerate(points):
        rest = [pair for item, pair in enumerate(points) if item != split]
        for winners in itertools.product((1, 0), repeat=len(rest)):
            first, second = totals(rest, tuple(Fraction(winner) for winner in winners))
            if mine + other == 0:
                equal = first == second
                share = Fraction(0)
            else:
                share = (second + other - first) / (mine + other)
                equal = 0 <= share <= 1
            if equal:
                best = max(best, first + mine * share)
    return best


def test_the_finding_reads_points_from_the_case() -> None:
    negotiation = by_points(PANAMA)
    context = Context(negotiation, 1, 0, negotiation.leading_account)
    assert division.applies(context)
    finding = division.run(context)
    assert finding.totals == (66, 66)
    document = finding.to_dict()
    assert document["totals"] == {"us": 66.0, "panama": 66.0}
    assert document["issues"][2] == {
        "issue": "i2",
        "points": {"us": 15.0, "panama": 15.0},
        "shares": {"us": 2 / 15, "panama": 13 / 15},
        "exact": {"points": {"us": "15", "panama": "15"}, "shares": {"us": "2/15", "panama": "13/15"}},
    }
    section = finding.section()
    assert section.sentences[0] == "Adjusted Winner gives each party 66 of its 100 points."
    assert section.sentences[1] == "Only i2 has to be divided: 2/15 to Us and 13/15 to Panama."
    assert section.rows[0] == ("i0", "22", "9", "Us")
    assert section.rows[2] == ("i2", "15", "15", "2/15 to Us and 13/15 to Panama")


def test_fractions_are_written_for_readers() -> None:
    negotiation = by_points(CAMP_DAVID)
    section = division.run(Context(negotiation, 1, 0, negotiation.leading_account)).section()
    assert section.sentences[0] == "Adjusted Winner gives each party 65 5/6 of its 100 points."


def single_issue_asked() -> bool:
    negotiation = by_points([(100, 100)])
    return division.applies(Context(negotiation, 1, 0, negotiation.leading_account))


def test_the_question_is_asked_only_where_it_makes_sense() -> None:
    space, values = space_of(2, 2), [[1.0, 0.0]] * 2
    opposed = [[0.0, 1.0]] * 2

    def asked(*parties: object) -> bool:
        negotiation = negotiation_of(space, parties)  # type: ignore[arg-type]
        return division.applies(Context(negotiation, 1, 0, negotiation.leading_account))

    a = party_of("a", preferences_of("a", [0.5, 0.5], values), 0.0)
    b = party_of("b", preferences_of("b", [0.3, 0.7], opposed), 0.0)
    assert asked(a, b)
    assert not asked(a)
    assert not single_issue_asked()
    assert not asked(a, b, party_of("c", preferences_of("c", [0.3, 0.7], opposed), 0.0))
    assert not asked(a, party_of("b", preferences_of("b", [0.3, 0.7], values), 0.0))
    assert not asked(a, party_of("b", preferences_of("b", [0.3, 0.7], [[0.0, 1.0], [0.1, 1.0]]), 0.0))
    clause = random_clause(np.random.default_rng(0), space, 1)
    tied = preferences_of("b", [0.3, 0.7], opposed, interactions=[(clause, 0.1)])
    assert not asked(a, party_of("b", tied, 0.0))
