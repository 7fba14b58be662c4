"""Draws and the central reading of whole negotiations."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from support.build import exact, negotiation_of, party_of, preferences_of, random_negotiation, space_of
from support.imprecise import SPACE, imprecise_case
from winset.model.draws import Draws
from winset.model.issues import Clause
from winset.model.judgement import Number
from winset.model.party import Batna
from winset.model.sampling import central, draw
from winset.solve.tabulate import utilities, utilities_at


def arrays(draws: Draws) -> list[np.ndarray]:
    return [draws.rows, *draws.terms, draws.constant, *draws.adds, draws.reservation, *draws.meant]


def digest(negotiation, seed: int, start: int, stop: int) -> str:
    summary = hashlib.sha256()
    for draws in draw(negotiation, seed, start, stop):
        for array in arrays(draws):
            summary.update(np.ascontiguousarray(array).tobytes())
    return summary.hexdigest()


def test_shapes():
    case = imprecise_case()
    found = draw(case, 0, 10, 110)
    assert sum(draws.count for draws in found) == 100
    assert sorted(np.concatenate([draws.rows for draws in found]).tolist()) == list(range(10, 110))
    for draws, account in zip(found, case.accounts, strict=True):
        assert draws.account is account
        count = draws.count
        assert [term.shape for term in draws.terms] == [(count, 2, size) for size in SPACE.sizes]
        assert draws.constant.shape == draws.reservation.shape == (count, 2)
        assert [added.shape for added in draws.adds] == [(count, 1), (count, 0)]
        assert [meant.shape for meant in draws.meant] == [(count, 2), (count, 1)]


def test_no_draws_still_have_every_axis():
    for draws in draw(imprecise_case(), 0, 7, 7):
        assert draws.count == 0
        assert [term.shape for term in draws.terms] == [(0, 2, size) for size in SPACE.sizes]
        assert [meant.shape for meant in draws.meant] == [(0, 2), (0, 1)]


def test_a_range_that_is_none():
    with pytest.raises(ValueError, match="not a range"):
        draw(imprecise_case(), 0, 5, 4)


def test_a_fresh_process_draws_the_same():
    code = (
        "from support.imprecise import imprecise_case; "
        "from unit.model.test_sampling import digest; print(digest(imprecise_case(), 3, 0, 50))"
    )
    fresh = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONHASHSEED": "5"},
    )
    assert fresh.stdout.strip() == digest(imprecise_case(), 3, 0, 50)


def test_seeds_differ():
    case = imprecise_case()
    assert digest(case, 0, 0, 20) != digest(case, 1, 0, 20)


@pytest.mark.parametrize("seed", range(30))
def test_utility_spans_the_unit_scale_over_the_whole_space(seed):
    rng = np.random.default_rng(seed)
    case = random_negotiation(rng, interactions=int(seed % 3), imprecise=seed % 2 == 0, red_lines=1, links=1)
    for draws in (*draw(case, seed, 0, 20), central(case, case.accounts[0])):
        for party in range(2):
            table = utilities(draws, case.space, party)
            assert np.abs(table.min(axis=1)).max() < 1e-12
            assert np.abs(table.max(axis=1) - 1).max() < 1e-12


def test_the_unit_scale_keeps_ratios_of_differences():
    when = Clause.of({0: [1], 1: [1]})
    preferences = preferences_of("a", [0.75, 0.25], [[0.2, 0.6], [0.0, 1.0]], interactions=[(when, -0.5)])
    case = negotiation_of(space_of(2, 2), [party_of("a", preferences, 0.0)])
    # Sums: 0.15, 0.40, 0.45, 0.70 - 0.50.
    expected = (np.array([0.15, 0.40, 0.45, 0.20]) - 0.15) / 0.30
    assert utilities(central(case, case.accounts[0]), case.space, 0)[0] == pytest.approx(expected)


def test_additive_preferences_need_no_constant():
    case = random_negotiation(np.random.default_rng(0), interactions=0, imprecise=True)
    (draws,) = draw(case, 0, 0, 50)
    assert (draws.constant == 0).all()
    assert all((term.min(axis=2) == 0).all() for term in draws.terms)


def test_an_indifferent_party_has_utility_zero_everywhere():
    when = [(Clause.of({0: [0]}), 0.3), (Clause.of({0: [1]}), 0.3)]
    flat = preferences_of("a", [0.5, 0.5], [[0.4, 0.4], [1.0, 1.0]], interactions=when)
    case = negotiation_of(space_of(2, 2), [party_of("a", flat, 0.2)])
    for draws in (*draw(case, 0, 0, 3), central(case, case.accounts[0])):
        assert (utilities(draws, case.space, 0) == 0).all()


def test_a_peer_scale_is_left_alone():
    rows = [[3.0, -1.0], [10.0, 20.0]]
    when = Clause.of({0: [1]})
    preferences = preferences_of("a", [2.0, 0.5], rows, interactions=[(when, 7.0)], scale="peer")
    case = negotiation_of(space_of(2, 2), [party_of("a", preferences, 4.0)])
    for draws in (*draw(case, 0, 0, 2), central(case, case.accounts[0])):
        assert utilities(draws, case.space, 0)[0].tolist() == [11.0, 16.0, 10.0, 15.0]
        assert draws.reservation[0, 0] == 4.0


def test_a_batna_that_equals_an_outcome_has_its_utility_to_the_last_bit():
    case = imprecise_case()
    draws = draw(case, 0, 0, 200)[0]
    assert case.accounts[0].parties[1].batna.equals == (1, 2, 0, 3)
    table = utilities(draws, case.space, 1)
    assert np.array_equal(draws.reservation[:, 1], table[:, case.space.index((1, 2, 0, 3))])
    assert np.array_equal(draws.reservation[:, 1], utilities_at(draws, np.array([[1, 2, 0, 3]]))[:, 0, 1])
    for seed in range(20):
        random = random_negotiation(np.random.default_rng(seed), interactions=3, imprecise=True)
        outcome = (1, 2, 1)
        account = random.accounts[0]
        first = replace(account.parties[0], batna=Batna(None, equals=outcome))
        changed = replace(random, accounts=(replace(account, parties=(first, *account.parties[1:])),))
        (one,) = draw(changed, seed, 0, 20)
        expected = utilities(one, changed.space, 0)[:, changed.space.index(outcome)]
        assert np.array_equal(one.reservation[:, 0], expected)


def test_accounts_are_taken_by_credence():
    case = imprecise_case()
    count = 20_000
    share = draw(case, 0, 0, count)[0].count / count
    assert share == pytest.approx(0.35, abs=4 * np.sqrt(0.35 * 0.65 / count))  # mean of 0.2 to 0.5
    certain = replace(
        case,
        accounts=(
            replace(case.accounts[0], credence=exact("accounts.east.credence", 0.0)),
            replace(case.accounts[1], credence=exact("accounts.west.credence", 1.0)),
        ),
    )
    assert [draws.count for draws in draw(certain, 0, 0, 50)] == [0, 50]


def changed_party(case, index, **changes):
    accounts = tuple(
        replace(
            account,
            parties=tuple(
                replace(party, **changes) if number == index else party
                for number, party in enumerate(account.parties)
            ),
        )
        for account in case.accounts
    )
    return replace(case, accounts=accounts)


def test_lifting_a_red_line_leaves_everything_else_as_it_was():
    case = imprecise_case()
    lifted = changed_party(case, 0, red_lines=case.accounts[0].parties[0].red_lines[1:])
    for one, other in zip(draw(case, 0, 0, 300), draw(lifted, 0, 0, 300), strict=True):
        assert np.array_equal(one.meant[0][:, 1:], other.meant[0])
        for array, same in zip(
            (one.rows, *one.terms, one.reservation, one.meant[1]),
            (other.rows, *other.terms, other.reservation, other.meant[1]),
            strict=True,
        ):
            assert np.array_equal(array, same)


def test_a_firmer_line_is_meant_wherever_it_was():
    case = imprecise_case()
    line = case.accounts[0].parties[0].red_lines[0]
    firmer = replace(line, firmness=Number(line.firmness.path, 0.8, 1.0))
    changed = changed_party(case, 0, red_lines=(firmer, *case.accounts[0].parties[0].red_lines[1:]))
    for one, other in zip(draw(case, 0, 0, 500), draw(changed, 0, 0, 500), strict=True):
        assert (one.meant[0][:, 0] <= other.meant[0][:, 0]).all()
        assert np.array_equal(one.meant[0][:, 1], other.meant[0][:, 1])


def test_one_party_is_drawn_without_regard_to_the_others():
    case = imprecise_case()
    changed = changed_party(case, 1, batna=Batna(Number("parties.west.batna.value", 0.0, 0.9)))
    for one, other in zip(draw(case, 0, 0, 100), draw(changed, 0, 0, 100), strict=True):
        assert np.array_equal(one.reservation[:, 0], other.reservation[:, 0])
        assert all(np.array_equal(a, b) for a, b in zip(one.terms, other.terms, strict=True))


def test_the_central_reading_is_one_draw_and_the_same_each_time():
    case = imprecise_case()
    found = central(case, case.accounts[0])
    assert found.rows.tolist() == [0]
    assert found.account is case.accounts[0]
    assert found.reservation[0, 0] == pytest.approx(0.3)
    assert [meant.tolist() for meant in found.meant] == [[[True, True]], [[True]]]
    again = central(case, case.accounts[0])
    assert all(np.array_equal(a, b) for a, b in zip(arrays(found), arrays(again), strict=True))
    # West's values are unknown, so all terms are alike to it.
    assert (utilities(found, case.space, 1) == 0).all()


def test_exact_judgements_need_no_randomness():
    case = random_negotiation(np.random.default_rng(4), interactions=1)
    (drawn,) = draw(case, 9, 0, 3)
    middle = central(case, case.accounts[0])
    for row in range(3):
        assert all(
            np.array_equal(term[row], mid[0]) for term, mid in zip(drawn.terms, middle.terms, strict=True)
        )
        assert np.array_equal(drawn.reservation[row], middle.reservation[0])
