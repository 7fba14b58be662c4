"""The example with every kind of field: each is read into the model as the schema says."""

from pathlib import Path

import pytest

from winset.case.load import load
from winset.model.issues import Clause, Issue
from winset.model.judgement import Basis, Number, Values, Weights
from winset.model.negotiation import Link, Source, Statement
from winset.model.party import Batna, Interaction, RedLine
from winset.model.rule import Condition, Rule

FILE = Path(__file__).resolve().parents[2] / "support" / "cases" / "orchard.yaml"
SHARES = tuple(range(0, 101, 5))
MINUTES = Basis("minutes")


@pytest.fixture(scope="module")
def orchard():
    return load(FILE)


@pytest.fixture(scope="module")
def told_by_east(orchard):
    return orchard.account("as-east-tells-it")


@pytest.fixture(scope="module")
def told_by_west(orchard):
    return orchard.account("as-west-tells-it")


def test_the_case(orchard):
    assert (orchard.id, orchard.title) == ("orchard", "Two villages and an orchard")
    assert orchard.as_of == "1998-05-01"
    assert orchard.about.startswith("Two villages dispute an orchard, the water that feeds it, and the form")
    assert orchard.file == str(FILE)
    assert orchard.sources == {
        "minutes": Source(
            "minutes",
            "Minutes of the second meeting",
            "The scribe",
            "The valley",
            "1998-04-02",
            "https://example.org/minutes",
            "Signed by both",
        )
    }
    assert orchard.statements["no-road"] == Statement(
        "no-road", "east", "Never along the road.", None, "west", "1998-04-02", "the mill", "minutes"
    )
    assert orchard.statements["thirst"].summary == "West cannot live on less than half of the water."


def test_the_issues(orchard):
    boundary, water, instrument = orchard.space.issues
    assert boundary == Issue("boundary", ("river", "ridge", "road"), True, None, "Where the boundary runs")
    assert water == Issue("water_share", SHARES, True, "percent")
    assert all(type(option) is int for option in water.options)
    meanings = ("Fighting stops and nothing else is settled.", None)
    assert instrument == Issue("instrument", ("truce", "treaty"), False, meanings=meanings)
    assert orchard.space.size == 126


def test_links_and_rules(orchard, told_by_east, told_by_west):
    assert orchard.links == (
        Link(
            "no-truce-boundary",
            Clause.of({2: [0], 0: [1, 2]}),
            Basis(because="A truce moves nothing."),
        ),
    )
    nested = Rule("quota", ("east", Rule("any", ("west", "east"))), 1, ("east",))
    condition = Condition(Clause.of({1: range(5)}), nested)
    assert told_by_east.rule == Rule("all", ("east", "west"), when=(condition,))
    assert told_by_west.rule == Rule("quota", ("east", "west"), 2, ("west",))


def test_the_weights(told_by_east):
    east, west = told_by_east.parties
    ranked = Weights(
        "parties.east.weights",
        (0.0, 0.0, 0.0),
        (1.0, 1.0, 1.0),
        ((0,), (1, 2)),
        basis=Basis(because="The order of their speeches"),
    )
    assert east.preferences.weights == ranked
    bounded = Weights("parties.west.weights", (0.1, 0.4, 0.0), (0.3, 0.6, 1.0), basis=MINUTES)
    assert west.preferences.weights == bounded
    points = (0.6, 0.3, 0.1)
    path = "parties.east.constituencies.elders.weights"
    assert east.constituencies[0].preferences.weights == Weights(path, points, points)


def test_the_values(told_by_east):
    east, west = told_by_east.parties
    boundary, water, instrument = east.preferences.values
    groups = ((0,), (1,), (2,))
    assert boundary == Values("parties.east.values.boundary", (1.0, 0.0, 0.0), (1.0, 1.0, 0.0), groups)
    line = tuple(share / 100 for share in SHARES)
    assert water == Values("parties.east.values.water_share", line, line)
    because = Basis(because="They said so")
    assert instrument == Values("parties.east.values.instrument", (0.4, 0.8), (0.4, 1.0), basis=because)
    boundary, water, instrument = west.preferences.values
    assert boundary == Values("parties.west.values.boundary", (0.0, 0.5, 1.0), (0.0, 0.8, 1.0), groups[::-1])
    unknown = Values("parties.west.values.water_share", (0.0,) * 21, (1.0,) * 21, stated=False)
    assert water == unknown
    assert instrument == Values("parties.west.values.instrument", (0.0, 0.0), (1.0, 1.0), stated=False)


def test_the_batnas_and_what_accounts_change(told_by_east, told_by_west):
    path = "parties.east.batna.value"
    assert told_by_east.parties[0].batna == Batna(
        Number(path, 0.2, 0.4, MINUTES), None, "keep the grazing ban", MINUTES
    )
    # a new judgement does not rest on the source of the old one
    assert told_by_west.parties[0].batna == Batna(Number(path, 0.1, 0.2), None, "keep the grazing ban")
    assert told_by_east.parties[1].batna == Batna(Number("parties.west.batna.value", 0.1, 0.1))
    assert told_by_west.parties[1].batna == Batna(None, (2, 8, 0))


def test_interactions_and_red_lines(told_by_east, told_by_west):
    adds = Number("parties.east.interactions.0.adds", 0.1, 0.1)
    when = Clause.of({0: [1], 1: range(12, 21)})
    assert told_by_east.parties[0].preferences.interactions == (Interaction(when, adds),)
    path = "parties.east.red_lines.east-road.firmness"
    line = RedLine(
        "east-road",
        Clause.of({0: [2]}),
        Number(path, 0.7, 0.9, MINUTES),
        "No boundary along the road",
        MINUTES,
        ("no-road",),
    )
    assert told_by_east.parties[0].red_lines == (line,)
    (changed,) = told_by_west.parties[0].red_lines
    assert changed.never == line.never
    assert changed.firmness == Number(path, 0.2, 0.2, MINUTES)


def test_constituencies_and_the_rest_of_the_party(told_by_east):
    east, west = told_by_east.parties
    assert (east.name, west.name) == ("East village", "west")
    elders, herders = east.constituencies
    assert (elders.name, elders.kind, elders.veto, elders.votes) == ("The elders", "council", True, 1.0)
    assert elders.accepts_above == Number("parties.east.constituencies.elders.accepts_above", 0.3, 0.5)
    boundary, water, instrument = elders.preferences.values
    assert boundary.lower == boundary.upper == (1.0, 1.0, 0.0)
    assert (water.lower, water.upper, water.points) == ((0, 0.7, 1), (0, 0.9, 1), (0, 50, 100))
    assert not instrument.stated
    (line,) = elders.red_lines
    assert line.never == Clause.of({1: range(8)})
    path = "parties.east.constituencies.elders.red_lines.elders-water.firmness"
    assert line.firmness == Number(path, 0.0, 1.0, stated=False)
    assert (herders.votes, herders.veto, herders.preferences) == (3.0, False, None)
    assert not herders.accepts_above.stated
    assert east.ratifies == 2.0
    assert east.discount == Number("parties.east.discount", 0.95, 0.95)
    assert (west.ratifies, west.discount, west.constituencies) == (None, None, ())


def test_the_accounts(orchard, told_by_east, told_by_west):
    assert [account.id for account in orchard.accounts] == ["as-east-tells-it", "as-west-tells-it"]
    assert (told_by_east.title, told_by_west.title) == ("as east tells it", "as West tells it")
    assert told_by_east.credence == Number("accounts.as-east-tells-it.credence", 0.5, 0.5, MINUTES)
    because = Basis(because="No account is preferred.")
    assert told_by_west.credence == Number("accounts.as-west-tells-it.credence", 0.5, 0.5, because)
    assert (told_by_east.basis, told_by_west.basis) == (MINUTES, Basis())
    values = told_by_west.parties[0].preferences.values[0]
    assert values == Values("parties.east.values.boundary", (1.0, 0.6, 0.5), (1.0, 0.6, 0.5))
    assert told_by_west.parties[0].preferences.values[1] == told_by_east.parties[0].preferences.values[1]
