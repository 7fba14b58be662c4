"""The nonlinear domains of ANAC 2014 against the Pareto points that their organisers list."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from winset.analysis import frontier
from winset.analysis.context import Context
from winset.case.formats import read
from winset.findings.base import Status

DATA = Path(os.environ.get("WINSET_PEER_DATA") or Path(__file__).parents[3] / "shared" / "data")

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no peers' data at {DATA}; set WINSET_PEER_DATA"),
]

ROUNDING = 1e-6  # the lists have single precision


def listed(folder: Path) -> np.ndarray:
    """Return the points of the list, which is lines of two numbers."""
    lines = (folder / "pareto.xml").read_text(encoding="utf-8").split("\n")
    return np.array([[float(number) for number in line.split(",")] for line in lines if line.strip()])


@pytest.mark.parametrize(
    ("domain", "method", "size", "matched", "improved"),
    [
        ("10issues", "elimination", 10, 10, 0),
        ("10issueswithRV", "elimination", 9, 7, 0),
        ("30issues", "sweep", 31, 1, 9),
    ],
)
def test_every_listed_point_is_matched_or_dominated(
    domain: str,
    method: str,
    size: int,
    matched: int,
    improved: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = DATA / "genius" / "y2014" / domain
    negotiation = read(folder)
    found = frontier.run(Context(negotiation, 1, 0, negotiation.leading_account))
    assert found.status is Status.EXACT
    assert found.provenance.parameters["method"] == method
    ours = np.array([list(point.utilities.values()) for point in found.points])
    theirs = listed(folder)
    same = (np.abs(ours[None] - theirs[:, None]) < ROUNDING).all(axis=2).any(axis=1)
    no_worse = (ours[None] > theirs[:, None] - ROUNDING).all(axis=2)
    better = (no_worse & (ours[None] > theirs[:, None] + ROUNDING).any(axis=2)).any(axis=1)
    listing = f"{same.sum()} of {len(theirs)} listed points matched, {better.sum()} improved"
    with capsys.disabled():
        print(f"\n{domain}: {len(ours)} points; {listing}")
    assert (same | better).all()
    assert (len(ours), same.sum(), better.sum()) == (size, matched, improved)
