"""Bargaining solutions with numbers from the literature."""

from __future__ import annotations

import numpy as np
import pytest

from support.build import negotiation_of, party_of, preferences_of, space_of
from winset.analysis import frontier, solutions
from winset.analysis.context import Context
from winset.analysis.solutions import solve

# Nash (1950), The bargaining problem, Econometrica 18(2), p. 161: utilities to Bill and to Jack.
BILLS = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACKS = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}


def test_bill_and_jack_swap_goods_as_nash_says() -> None:
    goods = BILLS | JACKS
    space = space_of(*[2] * len(goods))  # each good stays with its owner (0) or changes hands (1)
    kept, given = [1.0, 0.0], [0.0, 1.0]
    bill = [kept if good in BILLS else given for good in goods]
    jack = [given if good in BILLS else kept for good in goods]
    negotiation = negotiation_of(
        space,
        [
            party_of(
                "bill", preferences_of("bill", [worth[0] for worth in goods.values()], bill, scale="peer"), 12
            ),
            party_of(
                "jack", preferences_of("jack", [worth[1] for worth in goods.values()], jack, scale="peer"), 6
            ),
        ],
    )
    context = Context(negotiation, 1, 0, negotiation.leading_account)
    nash = solutions.run(context).nash
    assert nash is not None
    handed_over = {good for good, option in zip(goods, nash.outcome, strict=True) if option}
    assert handed_over == {"book", "whip", "ball", "bat", "pen", "toy", "knife"}
    assert dict(nash.utilities) == {"bill": 24.0, "jack": 11.0}
    assert nash.outcome in {point.outcome for point in context.once(frontier.run).points}


@pytest.mark.parametrize(("a", "b"), [(1.0, 1.0), (0.5, 1.0), (0.25, 0.75)])
def test_nash_shares_of_a_pie_go_by_attitude_to_risk(a: float, b: float) -> None:
    """With utilities x^a and (1 - x)^b the share is a / (a + b): Roth (1979), Axiomatic Models."""
    x = np.linspace(0, 1, 10_001)
    picks = solve(np.column_stack([x**a, (1 - x) ** b]), np.zeros(2))
    assert x[picks.nash] == pytest.approx(a / (a + b), abs=1e-4)


def test_kalai_smorodinsky_lies_on_the_line_to_the_ideal_point() -> None:
    """With utilities x and sqrt(1 - x) the ideal point is (1, 1), so x = sqrt(1 - x): the golden section."""
    x = np.linspace(0, 1, 10_001)
    picks = solve(np.column_stack([x, np.sqrt(1 - x)]), np.zeros(2))
    assert x[picks.kalai_smorodinsky] == pytest.approx((5**0.5 - 1) / 2, abs=1e-4)
    assert x[picks.egalitarian] == x[picks.kalai_smorodinsky]
    assert x[picks.utilitarian] == pytest.approx(0.75, abs=1e-4)  # where the slope of the frontier is -1


def test_more_for_a_party_hurts_it_under_nash_but_not_under_kalai_smorodinsky() -> None:
    """Kalai and Smorodinsky (1975): the hulls of (0, 1), (3/4, 3/4), (1, 0) and of (0, 1), (1, 0.7), (1, 0).

    The second offers the second party more at every utility of the first.
    """
    x = np.linspace(0, 1, 10_001)
    small, large = np.where(x <= 0.75, 1 - x / 3, 3 * (1 - x)), 1 - 0.3 * x
    assert (large >= small).all()
    picks = [solve(np.column_stack([x, curve]), np.zeros(2)) for curve in (small, large)]
    assert (small[picks[0].nash], large[picks[1].nash]) == pytest.approx((0.75, 0.7), abs=1e-4)
    fair = (small[picks[0].kalai_smorodinsky], large[picks[1].kalai_smorodinsky])
    assert fair == pytest.approx((0.75, 1 / 1.3), abs=1e-4)
