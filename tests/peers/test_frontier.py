"""Frontiers and Nash points against those that other tools stored."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from winset.analysis import frontier
from winset.analysis.context import Context
from winset.analysis.solutions import solve
from winset.case.formats import read
from winset.findings.frontier import FrontierFinding

DATA = Path(os.environ.get("WINSET_PEER_DATA") or Path(__file__).parents[3] / "shared" / "data")

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no peers' data at {DATA}; set WINSET_PEER_DATA"),
]


def found(folder: Path) -> FrontierFinding:
    negotiation = read(folder)
    return frontier.run(Context(negotiation, 1, 0, negotiation.leading_account))


def table(finding: FrontierFinding) -> np.ndarray:
    return np.array([list(point.utilities.values()) for point in finding.points])


@pytest.mark.parametrize("number", range(25))
def test_anl_2023_domains_have_the_stored_frontier_and_nash_point(number: int) -> None:
    folder = DATA / "anl2023" / f"domain{number:02d}"
    finding = found(folder)
    stored = json.loads((folder / "specials.json").read_text(encoding="utf-8"))
    ours = {tuple(point.terms.items()) for point in finding.points}
    theirs = [{tuple(sorted(point["bid"].items())) for point in stored["pareto_front"]}]
    assert [{tuple(sorted(terms)) for terms in ours}] == theirs
    np.testing.assert_allclose(
        np.array(sorted(table(finding).tolist())),
        np.array(sorted(point["utility"] for point in stored["pareto_front"])),
        atol=1e-9,
    )
    picks = solve(table(finding), np.zeros(2))  # disagreement is worth nothing there
    np.testing.assert_allclose(table(finding)[picks.nash], stored["nash"]["utility"], atol=1e-9)
    np.testing.assert_allclose(
        table(finding)[picks.utilitarian], stored["social_welfare"]["utility"], atol=1e-9
    )


@pytest.mark.parametrize(
    ("domain", "outcomes", "size", "nash"),
    [("EnglandZimbabwe", 576, 25, (0.9109, 0.7332)), ("ItexvsCypress", 180, 18, (0.7215, 0.6705))],
)
def test_genius_domains(domain: str, outcomes: int, size: int, nash: tuple[float, float]) -> None:
    folder = DATA / "genius" / "y2010" / domain
    finding = found(folder)
    assert read(folder).space.size == outcomes
    assert len(finding.points) == size
    picks = solve(table(finding), np.zeros(2))
    assert sorted(table(finding)[picks.nash].round(4).tolist()) == sorted(nash)
