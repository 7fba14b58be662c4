from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from winset.model.issues import Clause
from winset.solve import requirements as module
from winset.solve.grid import GridModel
from winset.solve.requirements import Requirements, clause_requirement, find, utility_requirement


def random_requirements(seed: int, size: int = 1) -> tuple[Requirements, np.ndarray]:
    """Return requirements that are just met or just missed, and every outcome."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 4, int(rng.integers(1, 6)))
    rows = int(rng.integers(1, 5))
    gains = [rng.integers(-5, 6, (rows, k)) * size for k in sizes]
    best = np.array([gain.max(axis=1) for gain in gains]).sum(axis=0)
    asked = Requirements(
        np.cumsum(sizes) - sizes,
        np.concatenate(gains, axis=1),
        best - rng.integers(0, 8, rows) * size,
        rng.random(rows) < 0.7,
    )
    return asked, np.array(list(itertools.product(*map(range, sizes))))


def meeting(asked: Requirements, outcomes: np.ndarray) -> set[tuple[int, ...]]:
    return {
        tuple(outcome)
        for outcome in outcomes.tolist()
        if all(
            sum(int(gain[start + k]) for start, k in zip(asked.starts, outcome, strict=True)) >= least
            for gain, least in zip(asked.gains, asked.least, strict=True)
        )
    }


@pytest.mark.parametrize("size", [1, 2**30, 2**42])
def test_every_outcome_is_found_or_none_is_proven(size: int) -> None:
    impossible = 0
    for seed in range(100):
        asked, outcomes = random_requirements(seed, size)
        found = find(asked)
        expected = meeting(asked, outcomes)
        assert found.complete
        assert sorted(map(tuple, found.outcomes.tolist())) == sorted(expected)
        if not expected:
            impossible += 1
            assert not meeting(asked.take(np.flatnonzero(found.needed).tolist()), outcomes)
    assert impossible > 10


def test_numbers_too_large_are_left_open() -> None:
    asked, _ = random_requirements(2, 2**57)
    found = find(asked)
    assert not len(found.outcomes)
    assert not found.complete
    assert found.needed.all()


def test_narrow_widths_find_or_leave_open_but_never_deny() -> None:
    left_open = 0
    for seed in range(200):
        asked, outcomes = random_requirements(seed)
        found = find(asked, widths=(1,))
        expected = meeting(asked, outcomes)
        assert set(map(tuple, found.outcomes.tolist())) <= expected
        if found.complete:
            assert len(found.outcomes) == len(expected)
        else:
            left_open += not len(found.outcomes)
    assert left_open > 0


def test_crowds_are_thinned_of_nothing_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CROWD", 0)
    for seed in range(60):
        asked, outcomes = random_requirements(seed, 2**40)
        found = find(asked)
        assert found.complete
        assert set(map(tuple, found.outcomes.tolist())) == meeting(asked, outcomes)


def test_weights_of_a_solver_that_fails_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_dual", lambda asked, unit: np.zeros(len(asked.least)))
    for seed in range(40):
        asked, outcomes = random_requirements(seed)
        assert set(map(tuple, find(asked).outcomes.tolist())) == meeting(asked, outcomes)


def test_what_utilities_and_clauses_require() -> None:
    terms = (np.array([[1, 5], [2, 0]]), np.array([[0, 1], [2, 1], [1, 2]]))
    model = GridModel(terms, np.array([10, 0]))
    asked = Requirements.all(
        model.sizes,
        [utility_requirement(model, 0, 13), clause_requirement(model, Clause.of({0: [0], 1: [1, 2]}))],
    )
    found = find(asked)
    assert sorted(map(tuple, found.outcomes.tolist())) == [(1, 1), (1, 2)]
    # In units of 10, rounded up: 25 takes 30.
    scaled = utility_requirement(GridModel(tuple(10 * term for term in terms), np.array([0, 0])), 0, 25)
    assert (scaled.gains.max(), scaled.least[0]) == (2, 3)
    assert asked.values(np.array([[0, 1], [1, 2]])).tolist() == [[3, -2], [3, -1]]


def test_a_hard_case_of_ninety_issues_is_proven_impossible() -> None:
    # The best compromise of eight parties is found, and that there is none a hair better.
    rng = np.random.default_rng(5)
    gains = [rng.integers(0, 2**20, (6, 2)) for _ in range(60)]
    least = np.array([gain.mean(axis=1) for gain in gains]).sum(axis=0).astype(np.int64)
    asked = Requirements(np.arange(0, 120, 2), np.concatenate(gains, axis=1), least, np.ones(6, dtype=np.bool_))
    found = find(asked)
    assert len(found.outcomes)
    while len(found.outcomes):
        spare = int((asked.values(found.outcomes) - asked.least).min(axis=1).max())
        assert spare >= 0
        asked = replace(asked, least=asked.least + spare + 1)
        found = find(asked)
    assert found.complete
