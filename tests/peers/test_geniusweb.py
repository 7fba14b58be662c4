"""The 25 domains of ANL 2023: utilities against those that the organisers stored."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from winset.case.formats import read
from winset.case.load import load_text
from winset.case.save import to_yaml
from winset.model.negotiation import Negotiation
from winset.model.sampling import central
from winset.solve.tabulate import utilities_at

DATA = Path(os.environ.get("WINSET_PEER_DATA") or Path(__file__).parents[3] / "shared" / "data")
ANL = DATA / "anl2023"

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(not ANL.is_dir(), reason=f"no GeniusWeb files at {ANL}; set WINSET_PEER_DATA"),
]

FOLDERS = [f"domain{number:02d}" for number in range(25)]


@cache
def load(folder: str) -> Negotiation:
    return read(ANL / folder)


def stored(folder: str, name: str) -> Any:
    return json.loads((ANL / folder / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_domain_is_that_of_the_file(folder: str) -> None:
    negotiation = load(folder)
    issues = stored(folder, f"{folder}.json")["issuesValues"]
    assert {issue.name: list(issue.options) for issue in negotiation.space.issues} == {
        name: issue["values"] for name, issue in issues.items()
    }
    assert negotiation.space.size == stored(folder, "specials.json")["size"]
    assert negotiation.party_names == ("profileA", "profileB")


@pytest.mark.parametrize("folder", FOLDERS)
def test_utilities_of_the_stored_bids_are_the_stored_ones(folder: str) -> None:
    negotiation = load(folder)
    specials = stored(folder, "specials.json")
    points = [*specials["pareto_front"], specials["nash"], specials["kalai"], specials["social_welfare"]]
    outcomes = np.array([negotiation.space.find(point["bid"]) for point in points])
    ours = utilities_at(central(negotiation, negotiation.accounts[0]), outcomes)[0]
    assert len(points) > 3
    assert np.abs(ours - np.array([point["utility"] for point in points])).max() < 1e-9


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_reservation_bid_is_that_of_the_file(folder: str) -> None:
    for party in load(folder).accounts[0].parties:
        profile = stored(folder, f"{party.name}.json")["LinearAdditiveUtilitySpace"]
        bid = profile.get("reservationBid")
        if bid is None:
            assert party.batna.value is not None
            assert party.batna.value.low == 0.0
        else:
            assert party.batna.equals is not None
            assert load(folder).space.terms(party.batna.equals) == bid["issuevalues"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_case_file_holds_all_of_it(folder: str) -> None:
    negotiation = load(folder)
    again = load_text(to_yaml(negotiation), "case.yaml")
    assert replace(again, file=negotiation.file) == negotiation
