"""Every domain of the Genius collections: utilities against plain loops over the XML."""

from __future__ import annotations

import itertools
import os
import random
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from winset.case.formats import read
from winset.case.load import load_text
from winset.case.save import to_yaml
from winset.model.negotiation import Negotiation
from winset.model.sampling import central
from winset.solve.tabulate import utilities_at

DATA = Path(os.environ.get("WINSET_PEER_DATA") or Path(__file__).parents[3] / "shared" / "data")
GENIUS = DATA / "genius"

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(not GENIUS.is_dir(), reason=f"no Genius files at {GENIUS}; set WINSET_PEER_DATA"),
]

FOLDERS = sorted({file.parent.relative_to(GENIUS) for file in GENIUS.rglob("*.xml")})
NONLINEAR = ("10issues", "10issueswithRV", "30issues")


@cache
def load(folder: str) -> Negotiation:
    return read(GENIUS / folder)


def root_of(negotiation: Negotiation, party: int) -> ElementTree.Element:
    title = negotiation.sources[negotiation.party_ids[party]].title
    assert negotiation.file is not None
    return ElementTree.parse(Path(negotiation.file) / title.removesuffix(" (Genius)")).getroot()


def template_indices(negotiation: Negotiation) -> list[str]:
    """Return the index of every issue of the domain template, in its order."""
    assert negotiation.file is not None
    for file in sorted(Path(negotiation.file).glob("*.xml")):
        if not file.name.endswith("pareto.xml"):
            root = ElementTree.parse(file).getroot()
            if root.tag == "negotiation_template":
                return [issue.get("index", "") for issue in root.iter("issue")]
    raise AssertionError("no template")


def additive_utility(root: ElementTree.Element, bid: dict[str, object]) -> float:
    """Return the utility of a bid, issue index to option, as Genius defines it, without its cap at 1."""
    weights = {weight.get("index"): float(weight.get("value", "")) for weight in root.iter("weight")}
    total = 0.0
    for issue in root.iter("issue"):
        chosen = bid[issue.get("index", "")]
        items = issue.findall("item")
        if items:
            table = {item.get("value"): float(item.get("evaluation", "")) for item in items}
            top = max(table.values())
            value = table[str(chosen)] / top if top > 1e-5 else 0.0
        else:
            value = integer_value(issue, int(str(chosen)))
        total += weights[issue.get("index")] * value
    return total


def integer_value(issue: ElementTree.Element, chosen: int) -> float:
    evaluator = issue.find("evaluator")
    assert evaluator is not None
    if "slope" in evaluator.attrib:
        low = int(issue.attrib["lowerbound"])
        value = float(evaluator.attrib["offset"]) + float(evaluator.attrib["slope"]) * (chosen - low)
    else:
        value = float(evaluator.attrib["parameter0"]) + float(evaluator.attrib["parameter1"]) * chosen
    return min(1.0, max(0.0, value))


def rectangle_sum(root: ElementTree.Element, bid: dict[str, object]) -> float:
    """Return what the hyper-rectangles that a bid lies in add up to, before the division by maxutility."""
    total = 0.0
    for rectangle in root.iter("hyperRectangle"):
        inside = [
            int(bound.attrib["min"]) <= int(str(bid[bound.attrib["index"]])) <= int(bound.attrib["max"])
            for bound in rectangle
        ]
        excludes = any(bound.tag == "EXCLUDES" for bound in rectangle)
        if (not all(inside)) if excludes else all(inside):
            total += float(rectangle.attrib["utility"])
    return total


def some_outcomes(negotiation: Negotiation, count: int) -> list[tuple[int, ...]]:
    chooser = random.Random(0)
    sizes = negotiation.space.sizes
    if negotiation.space.size <= count:
        return list(itertools.product(*(range(size) for size in sizes)))
    return [tuple(chooser.randrange(size) for size in sizes) for _ in range(count)]


@pytest.mark.parametrize("folder", [str(folder) for folder in FOLDERS])
def test_utilities_are_those_of_the_file(folder: str) -> None:
    negotiation = load(folder)
    indices = template_indices(negotiation)
    outcomes = some_outcomes(negotiation, 12)
    ours = utilities_at(central(negotiation, negotiation.accounts[0]), np.array(outcomes))[0]
    for party in range(len(negotiation.party_ids)):
        root = root_of(negotiation, party)
        for number, outcome in enumerate(outcomes):
            bid = dict(zip(indices, negotiation.space.terms(outcome).values(), strict=True))
            if root.get("type") == "nonlinear":
                top = float(next(root.iter("utility")).attrib["maxutility"])
                expected = rectangle_sum(root, bid) / top
            else:
                expected = additive_utility(root, bid)
            assert ours[number, party] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("folder", [str(folder) for folder in FOLDERS])
def test_reservation_and_discount_are_those_of_the_file(folder: str) -> None:
    negotiation = load(folder)
    for number, party in enumerate(negotiation.accounts[0].parties):
        root = root_of(negotiation, number)
        reservation = [float(element.get("value", "")) for element in root.iter("reservation")] or [0.0]
        factor = [float(element.get("value", "")) for element in root.iter("discount_factor")] or [1.0]
        assert party.batna.value is not None
        assert party.batna.value.low == reservation[0]
        assert (1.0 if party.discount is None else party.discount.low) == (factor[0] or 1.0)


def test_the_collection_is_whole() -> None:
    additive = [folder for folder in FOLDERS if folder.name not in NONLINEAR and "S-1N" not in folder.name]
    assert len(additive) >= 100


@pytest.mark.parametrize(
    ("folder", "size", "parties"),
    [
        ("y2010/EnglandZimbabwe", 576, 2),
        ("y2010/ItexvsCypress", 180, 2),
        ("other/ItexvsCypressDomain", 180, 20),
        ("other/journal_learning/six_issues", 262_144, 70),
        ("y2014/10issues", 10**10, 2),
        ("y2014/30issues", 10**30, 2),
        ("y2012/EnergyA", 5**8, 2),
    ],
)
def test_sizes(folder: str, size: int, parties: int) -> None:
    negotiation = load(folder)
    assert negotiation.space.size == size
    assert len(negotiation.party_ids) == parties


def stored_points(folder: str) -> np.ndarray:
    text = (GENIUS / folder / "pareto.xml").read_text(encoding="utf-8")
    return np.array(
        [[float(number) for number in line.split(",")] for line in text.split("\n") if line.strip()]
    )


def climbed(negotiation: Negotiation, weights: tuple[float, float], seed: int) -> np.ndarray:
    """Return both utilities at a local optimum of their weighted sum, changing one issue at a time."""
    draws = central(negotiation, negotiation.accounts[0])
    chooser = random.Random(seed)
    sizes = negotiation.space.sizes
    outcome = [chooser.randrange(size) for size in sizes]
    best = -1.0
    while True:
        neighbours = []
        for issue, size in enumerate(sizes):
            for option in range(size):
                neighbours.append([*outcome[:issue], option, *outcome[issue + 1 :]])
        table = utilities_at(draws, np.array(neighbours))[0]
        scores = table @ np.array(weights)
        top = int(np.argmax(scores))
        if scores[top] <= best + 1e-12:
            return table[top]
        best, outcome = float(scores[top]), neighbours[top]


@pytest.mark.parametrize("folder", [str(f) for f in FOLDERS if (GENIUS / f / "pareto.xml").exists()])
def test_stored_points_are_whole_sums_of_rectangles_over_maxutility(folder: str) -> None:
    negotiation = load(folder)
    tops = [float(next(root_of(negotiation, party).iter("utility")).attrib["maxutility"]) for party in range(2)]
    sums = stored_points(folder) * np.array(tops)  # stored in single precision
    assert np.abs(sums - np.round(sums)).max() < 1e-3


@pytest.mark.parametrize("folder", ["y2014/10issues", "y2014/10issueswithRV", "other/S-1NIKFRT-1"])
def test_local_optima_are_on_the_stored_frontier_or_below(folder: str) -> None:
    negotiation, stored = load(folder), stored_points(folder)
    shares = [(number + 0.5) / 12 for number in range(12)]
    found = [climbed(negotiation, (w, 1.0 - w), seed) for w in shares for seed in (0, 1)]
    met = {tuple(point) for point in stored for other in found if np.abs(point - other).max() < 1e-6}
    assert len(met) >= 3
    for other in found:
        assert any((point >= other - 1e-6).all() for point in stored)


@pytest.mark.parametrize("folder", [str(folder) for folder in FOLDERS])
def test_a_case_file_holds_all_of_it(folder: str) -> None:
    negotiation = load(folder)
    again = load_text(to_yaml(negotiation), "case.yaml")
    assert replace(again, file=negotiation.file) == negotiation
