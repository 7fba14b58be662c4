from __future__ import annotations

import pytest

from support.answers import orchard
from support.build import negotiation_of, party_of, preferences_of, space_of
from winset.model.issues import Clause
from winset.report.positions import positions


def test_values_and_weights_are_those_of_the_central_reading() -> None:
    preferences = preferences_of("a", [0.7, 0.3], [[0.0, 0.5, 1.0], [1.0, 0.0]])
    lines = {"firm": (Clause.of({0: [0]}), 0.9), "bluff": (Clause.of({1: [1]}), 0.1)}
    negotiation = negotiation_of(space_of(3, 2), [party_of("a", preferences, 0.2, lines)])
    first, second = (row[0] for row in positions(negotiation, negotiation.accounts[0]).cells)
    assert first.values == pytest.approx((0.0, 0.5, 1.0))
    assert second.values == pytest.approx((1.0, 0.0))
    assert (first.weight, second.weight) == pytest.approx((0.7, 0.3))
    assert (first.weight_text, first.order, second.order) == (".70", "c > b > a", "a > b")
    assert (first.forbidden, second.forbidden) == ((0,), ())
    assert first.lines == ("never i0 is a",)


def test_what_is_not_stated_is_not_known() -> None:
    negotiation = orchard()
    east, west = positions(negotiation, negotiation.accounts[0]).cells[2]
    assert (west.stated, west.order, west.weight_text) == (False, "not known", "not known")
    assert (east.stated, east.order) == (True, "treaty > truce")


def test_many_options_name_the_ends() -> None:
    negotiation = orchard()
    east, west = positions(negotiation, negotiation.accounts[0]).cells[1]
    assert east.order == "100 % best, 0 % worst"
    assert west.order == "0 % best, 100 % worst"
    assert east.forbidden == ()
