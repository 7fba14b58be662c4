from __future__ import annotations

import numpy as np
import pytest

from support.build import negotiation_of, party_of, preferences_of, random_negotiation, space_of
from winset.errors import InputError
from winset.model.sampling import central
from winset.model.tolerances import GRID
from winset.solve.grid import on_grid
from winset.solve.tabulate import utilities_at


def test_sums_on_the_grid_are_the_utilities() -> None:
    negotiation = random_negotiation(np.random.default_rng(5), parties=3, interactions=2)
    draws = central(negotiation, negotiation.leading_account)
    model = on_grid(draws)
    outcomes = np.array([negotiation.space.outcome(index) for index in range(negotiation.space.size)])
    total = sum(term[outcomes[:, issue]] for issue, term in enumerate(model.terms)) + model.constant
    for interaction in model.interactions:
        hit = [interaction.when.matches(outcome) for outcome in outcomes.tolist()]
        total[:, interaction.party] += interaction.adds * np.array(hit)
    np.testing.assert_allclose(total * GRID, utilities_at(draws, outcomes)[0], atol=8 * GRID)


@pytest.mark.parametrize("value", [1e9, float("inf"), float("nan")])
def test_utilities_that_do_not_fit_are_an_error(value: float) -> None:
    draws = central(
        negotiation := negotiation_of(
            space_of(2),
            [party_of("a", preferences_of("a", [1.0], [[0.0, 1.0]], scale="peer"), 0.0)],
        ),
        negotiation.leading_account,
    )
    draws.terms[0][0, 0, 1] = value
    with pytest.raises(InputError, match="E910"):
        on_grid(draws)
