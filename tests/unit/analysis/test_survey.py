from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from support.build import negotiation_of, party_of, preferences_of, random_negotiation, space_of
from support.slow_zone import random_dispute, zone
from winset.analysis import survey as module
from winset.analysis.context import Context
from winset.analysis.survey import Survey, TooLarge, distinct, survey, survey_draws
from winset.model.issues import Clause
from winset.model.negotiation import Negotiation
from winset.model.rule import Rule
from winset.model.sampling import draw


def made(negotiation: Negotiation, draws: int, seed: int = 0) -> Survey:
    found = survey_draws(negotiation, draw(negotiation, seed, 0, draws))
    assert isinstance(found, Survey)
    return found


def check_by_loops(negotiation: Negotiation, found: Survey) -> None:
    for part in found.parts:
        counts = np.zeros(negotiation.space.size, dtype=np.int64)
        for number in range(part.draws.count):
            agreements = zone(negotiation, part.draws, number)
            counts[[negotiation.space.index(outcome) for outcome in agreements]] += 1
            assert part.size[number] == len(agreements)
            for column, demand in enumerate(found.demands):
                opens = not agreements and bool(zone(negotiation, part.draws, number, frozenset({demand})))
                assert part.opened[number, column] == opens, demand
        assert np.array_equal(part.acceptable, counts)


@pytest.mark.parametrize("seed", range(60))
def test_survey_equals_loops_over_draws_and_outcomes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    negotiation = random_dispute(rng)
    check_by_loops(negotiation, made(negotiation, 8, seed))


@pytest.mark.parametrize("seed", range(10))
def test_blocks_and_chunks_change_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    negotiation = random_dispute(np.random.default_rng(100 + seed))
    whole = made(negotiation, 20)
    for cells, together in ((1, 1), (6, 3), (40, 20)):
        monkeypatch.setattr(module, "BLOCK_CELLS", cells)
        monkeypatch.setattr(module, "DRAWS_TOGETHER", together)
        cut = made(negotiation, 20)
        assert np.array_equal(cut.size, whole.size)
        assert np.array_equal(cut.acceptable, whole.acceptable)
        assert np.array_equal(cut.opened, whole.opened)


def test_equal_draws_are_computed_once() -> None:
    negotiation = random_negotiation(np.random.default_rng(3), parties=3, red_lines=2)
    (draws,) = draw(negotiation, 0, 0, 500)
    model, copies = distinct(draws)
    assert model.count <= 2**6
    assert np.array_equal(model.take(copies).reservation, draws.reservation)
    for party in range(3):
        assert np.array_equal(model.take(copies).meant[party], draws.meant[party])
    check_by_loops(negotiation, made(negotiation, 40))


def test_more_red_lines_than_a_byte_counts() -> None:
    lines = {f"line{n}": (Clause.of({0: [1]}), 1.0) for n in range(256)}
    # 256 red lines against b: counted in eight bits they would come to nothing.
    party = party_of("a", preferences_of("a", [1.0], [[0.0, 1.0]]), 0.5, lines)
    found = made(negotiation_of(space_of(2), [party]), 3)
    assert not found.exists.any()
    assert not found.opened[:, 1:].any()
    assert found.opened[:, 0].all()


def test_an_account_that_no_draw_took() -> None:
    negotiation = random_dispute(np.random.default_rng(5))
    first, second = draw(negotiation, 0, 0, 10)
    found = survey_draws(negotiation, (first, second.take(slice(0, 0))))
    assert isinstance(found, Survey)
    assert found.count == first.count
    assert found.parts[1].acceptable.sum() == 0


def test_limits_are_answers_not_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    large = random_negotiation(np.random.default_rng(0), sizes=[10] * 7, links=0, red_lines=0)
    found = survey_draws(large, draw(large, 0, 0, 3))
    assert isinstance(found, TooLarge)
    assert "4,000,000 outcomes" in found.reason
    small = random_negotiation(np.random.default_rng(0), imprecise=True)
    monkeypatch.setattr(module, "TABULATION_BUDGET", 100 * small.space.size * 2)
    assert isinstance(survey_draws(small, draw(small, 0, 0, 100)), Survey)
    found = survey_draws(small, draw(small, 0, 0, 101))
    assert isinstance(found, TooLarge)
    assert "101 draws of 24 outcomes" in found.reason


def test_progress_counts_every_cell_once() -> None:
    negotiation = random_negotiation(np.random.default_rng(2), imprecise=True)
    # A link that forbids whole blocks must be counted too.
    calls: list[tuple[str, int, int]] = []
    context = Context(negotiation, 300, 0, negotiation.accounts[0], progress=lambda *call: calls.append(call))
    survey(context)
    done = [call[1] for call in calls]
    assert done == sorted(done)
    assert done[-1] == calls[-1][2] == 300 * negotiation.space.size


def test_an_interruption_passes_through() -> None:
    def interrupt(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    negotiation = random_negotiation(np.random.default_rng(2))
    with pytest.raises(KeyboardInterrupt):
        survey(Context(negotiation, 10, 0, negotiation.accounts[0], progress=interrupt))


def test_memory_does_not_grow_with_the_space() -> None:
    negotiation = random_negotiation(
        np.random.default_rng(1), sizes=[10] * 6, links=1, red_lines=1, imprecise=True
    )
    sample = draw(negotiation, 0, 0, 4)
    tracemalloc.start()
    survey_draws(negotiation, sample)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # A table of one party would be 8 MB a draw; the counts of a million outcomes are 8 MB.
    assert peak < 24e6


def test_links_hold_for_everyone() -> None:
    space = space_of(2)
    party = party_of("a", preferences_of("a", [1.0], [[0.0, 1.0]]), 0.5)
    negotiation = negotiation_of(space, [party], links=[Clause.of({0: [1]})])
    found = made(negotiation, 1)
    assert found.size.tolist() == [0]
    assert found.opened.tolist() == [[True]]  # only a, which is worse than no agreement, is left
    forbidden = replace(negotiation, links=(replace(negotiation.links[0], never=Clause()),))
    assert not made(forbidden, 1).opened.any()


@pytest.mark.parametrize("sizes", [(4,), (3, 2)])
def test_a_survey_leaves_the_draws_as_they_were(sizes: tuple[int, ...]) -> None:
    negotiation = random_negotiation(np.random.default_rng(6), sizes=sizes, interactions=2, red_lines=2)
    (draws,) = draw(negotiation, 0, 0, 1)
    before = [array.copy() for array in (*draws.terms, draws.constant, draws.reservation)]
    survey_draws(negotiation, (draws,))
    after = (*draws.terms, draws.constant, draws.reservation)
    assert all(np.array_equal(old, new) for old, new in zip(before, after, strict=True))


def test_a_rule_that_names_nobody_lets_everything_pass() -> None:
    party = party_of("a", preferences_of("a", [1.0], [[0.0, 0.5, 1.0]]), 0.7)
    negotiation = negotiation_of(space_of(3), [party], links=[Clause.of({0: [2]})], rule=Rule("all", ()))
    found = made(negotiation, 4)
    assert found.size.tolist() == [2] * 4
    assert found.acceptable.tolist() == [4, 4, 0]
    check_by_loops(negotiation, found)
