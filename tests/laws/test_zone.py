"""Laws of the zone, on random cases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.slow_zone import random_dispute
from winset.analysis.agreements import run as agreements_of
from winset.analysis.context import Context
from winset.analysis.survey import Survey, survey_draws
from winset.analysis.zone import run as zone_of
from winset.model.draws import Draws
from winset.model.negotiation import Negotiation
from winset.model.party import Party
from winset.model.sampling import draw

seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=60, deadline=None)


def surveyed(negotiation: Negotiation, sample: tuple[Draws, ...]) -> Survey:
    found = survey_draws(negotiation, sample)
    assert isinstance(found, Survey)
    return found


def raised(draws: Draws, party: int, by: float) -> Draws:
    reservation = draws.reservation.copy()
    reservation[:, party] += by
    return replace(draws, reservation=reservation)


@few
@given(seeds, st.floats(0, 1))
def test_the_zone_shrinks_as_reservation_values_rise(seed: int, by: float) -> None:
    negotiation = random_dispute(np.random.default_rng(seed))
    sample = draw(negotiation, 0, 0, 20)
    before = surveyed(negotiation, sample)
    for party in range(len(negotiation.party_ids)):
        after = surveyed(negotiation, tuple(raised(draws, party, by) for draws in sample))
        assert (after.size <= before.size).all()
        assert (after.acceptable <= before.acceptable).all()


def without_line(party: Party, number: int) -> Party:
    return replace(party, red_lines=party.red_lines[:number] + party.red_lines[number + 1 :])


@few
@given(seeds)
def test_lifting_a_red_line_never_lowers_the_probability(seed: int) -> None:
    """And a file without the line, drawn afresh from the same seed, gives exactly what the lift says."""
    negotiation = random_dispute(np.random.default_rng(seed), accounts=1)
    account = negotiation.accounts[0]
    found = surveyed(negotiation, draw(negotiation, 3, 0, 50))
    for place, party in enumerate(account.parties):
        for number, line in enumerate(party.red_lines):
            parties = (*account.parties[:place], without_line(party, number), *account.parties[place + 1 :])
            lifted = replace(negotiation, accounts=(replace(account, parties=parties),))
            after = surveyed(lifted, draw(lifted, 3, 0, 50))
            column = next(n for n, d in enumerate(found.demands) if (d.party, d.id) == (party.id, line.id))
            assert np.array_equal(after.exists, found.exists | found.opened[:, column])
            assert (after.acceptable >= found.acceptable).all()


@few
@given(seeds)
def test_accounts_average_to_the_whole_and_shares_are_shares(seed: int) -> None:
    negotiation = random_dispute(np.random.default_rng(seed), accounts=3)
    context = Context(negotiation, 40, seed, negotiation.leading_account, agreements=100)
    found = zone_of(context)
    assert found.probability is not None
    assert sum(part.draws * (part.probability or 0.0) for part in found.by_account) == pytest.approx(
        40 * found.probability, abs=1e-9
    )
    listed = agreements_of(context).agreements
    shares = [agreement.acceptability for agreement in listed]
    assert all(0 < share <= found.probability for share in shares)
    assert shares == sorted(shares, reverse=True)
    assert found.mean_size == pytest.approx(sum(shares), abs=1e-9)  # every outcome ever acceptable is listed


@few
@given(seeds, st.integers(1, 39))
def test_draws_in_two_parts_count_as_in_one(seed: int, cut: int) -> None:
    negotiation = random_dispute(np.random.default_rng(seed))
    whole = surveyed(negotiation, draw(negotiation, 1, 0, 40))
    first = surveyed(negotiation, draw(negotiation, 1, 0, cut))
    second = surveyed(negotiation, draw(negotiation, 1, cut, 40))
    assert np.array_equal(whole.acceptable, first.acceptable + second.acceptable)
    for number, part in enumerate(whole.parts):
        joined = np.concatenate([first.parts[number].size, second.parts[number].size])
        assert np.array_equal(part.size, joined)
