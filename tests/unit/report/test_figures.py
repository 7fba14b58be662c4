from __future__ import annotations

import itertools

import pytest

from support.answers import large_answer, large_frontier, orchard_answer
from winset.report.figures import acceptability, conflicts, frontier, lifts, zone_by_account
from winset.report.figures.style import label
from winset.report.page import page
from winset.report.thin import evenly


def test_labels_are_escaped_and_broken() -> None:
    assert label("a < b & c > d") == "a &lt; b &amp; c &gt; d"
    assert label("<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"
    assert label("one two three", 7) == "one two<br>three"
    assert label("") == ""


def test_frontier_shows_every_point_by_zone_and_marks_solutions() -> None:
    answer = orchard_answer()
    outside, inside, solutions = frontier(answer, "east", "west").data
    points = answer.frontier.points
    assert sorted(zip(inside.x, inside.y, strict=True)) == sorted(
        (p.utilities["east"], p.utilities["west"]) for p in points if p.in_zone
    )
    assert len(outside.x) + len(inside.x) == len(points)
    assert (inside.marker.symbol, outside.marker.symbol) == ("circle", "circle-open")
    assert list(solutions.text) == ["Nash and egalitarian", "Kalai–Smorodinsky"]
    assert solutions.x[0] == 0.7123
    assert "boundary: " in inside.text[0]
    assert "East village " in inside.text[0]


def test_frontier_draws_reservation_values_on_the_right_axes() -> None:
    figure = frontier(orchard_answer(), "west", "east")
    vertical, horizontal = figure.layout.shapes
    assert (vertical.x0, vertical.x1) == (0.3, 0.3)
    assert (horizontal.y0, horizontal.y1) == (0.3, 0.3)
    assert figure.layout.xaxis.title.text == "utility of West village"
    assert figure.layout.yaxis.title.text == "utility of East village"


def test_a_large_frontier_is_thinned_and_says_so() -> None:
    figure = frontier(large_frontier(20_000), "party0", "party1")
    assert sum(len(trace.x) for trace in figure.data) == 2_000
    assert figure.layout.xaxis.title.text.endswith("<br>2,000 of 20,000 points drawn")


@pytest.mark.parametrize(("number", "most"), [(0, 5), (3, 5), (5, 5), (6, 5), (1000, 7), (20_000, 2)])
def test_evenly_keeps_the_ends(number: int, most: int) -> None:
    places = evenly(number, most)
    assert len(places) == min(number, most)
    assert places == sorted(set(places))
    if number:
        assert (places[0], places[-1]) == (0, number - 1)
    if number > most:
        gaps = [after - before for before, after in itertools.pairwise(places)]
        assert max(gaps) - min(gaps) <= 1


def test_accounts_that_no_draw_took_are_left_out() -> None:
    (trace,) = zone_by_account(large_answer()).data
    assert list(trace.x) == [0.13, 0.13]
    assert trace.error_x.array == (0.015, 0.015)
    (trace,) = zone_by_account(orchard_answer()).data
    assert list(trace.x) == [0.81, 0.47, 0.64]
    assert list(trace.text) == [
        "as East tells it: 81 % (± 1)",
        "as West tells it: 47 % (± 2)",
        "all readings: 64 % (± 1)",
    ]


def test_lifts_show_the_demands_that_count() -> None:
    figure = lifts(orchard_answer())
    (trace,) = figure.data
    assert list(trace.x) == [0.9, 0.71]
    assert list(figure.layout.yaxis.ticktext) == [
        "East village: no<br>boundary along the<br>road",
        "West village: its<br>BATNA",
    ]
    assert trace.text[0] == "East village: no boundary along the road<br>64 % → 90 % (± 1)"


def test_acceptability_shows_each_partys_range() -> None:
    figure = acceptability(orchard_answer(), shown=2)
    (trace,) = figure.data
    assert list(trace.x) == [0.71, 0.49, 0.83, 0.41]
    assert trace.error_x.array == pytest.approx((0.11, 0.12, 0.08, 0.09))
    assert trace.error_x.arrayminus == pytest.approx((0.13, 0.09, 0.13, 0.08))
    assert list(figure.layout.yaxis.ticktext) == [
        "<b>1: in 41 % (± 1)</b>",
        "East village",
        "West village",
        "<b>2: in 38 % (± 1)</b>",
        "East village",
        "West village",
    ]


def test_conflicts_are_columns_of_dots() -> None:
    answer = large_answer()
    figure = conflicts(answer)
    filled, open_ = figure.data
    rows = list(figure.layout.yaxis.ticktext)
    assert len(rows) == 5  # demands that are part of one
    assert (filled.marker.symbol, open_.marker.symbol) == ("circle", "circle-open")
    assert len(filled.x) == 1  # the first relaxation lifts one demand, which is in the first conflict
    assert sorted([*filled.x, *open_.x]) == [1, 1, 2, 2, 2]
    assert [shape.x0 for shape in figure.layout.shapes] == [1, 2]
    few = conflicts(answer, shown=1)
    assert few.layout.xaxis.title.text == "conflicts, the smallest 1 of 2"
    assert sum(len(trace.x) for trace in few.data) == 2


def test_the_page_draws_conflicts_where_there_are_several() -> None:
    assert 'data-figure="conflicts"' in page(large_answer())
    assert 'data-figure="conflicts"' not in page(orchard_answer())
