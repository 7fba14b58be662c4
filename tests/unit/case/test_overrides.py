"""What if: a change equals the same edit of the file, and leaves the draws of all else as they were."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import winset
from support.case_text import case
from winset.case.load import load_text, supposing
from winset.case.overrides import WhatIf
from winset.case.paths import read_path, write_path
from winset.errors import InputError
from winset.findings.demands import Demand
from winset.model.judgement import Basis
from winset.model.sampling import draw

PARTIES = """parties:
  east:
    batna: {what: wait, value: VALUE, source: minutes}
    weights: {ranking: [boundary, [water, form]], because: they said}
    values:
      form: {truce: 0.2, treaty: [0.8, 1]}
      water: {points: {0: 0, 50: 0.7, 100: 1}, source: minutes}
    interactions: [{when: {form: truce}, adds: 0.1}]
    red_lines:
      - {id: one, never: {form: truce, boundary: road}, firmness: 0.5, what: Never, source: minutes}
      - {id: two, never: {water: 0}}
    constituencies:
      elders: {accepts_above: 0.4, values: {form: {truce: 1, treaty: 0}}, because: they said}
  west: {batna: {value: {equals: {boundary: river, water: 50, form: truce}}}}"""
PLAIN = case(parties=PARTIES.replace("VALUE", "[0.2, 0.4]"))
TOLD = case(
    parties=PARTIES.replace("VALUE", "[0.2, 0.4]"),
    accounts="accounts:\n  a: {credence: 0.5, changes: {parties: {east: {batna: {value: 0.1}}}}}\n"
    "  b: {credence: 0.5}",
)


def supposed(text, *changes, without=()):
    return load_text(text, "tiny.yaml", WhatIf.of(changes, without))


def problems_of(text, *changes, without=()):
    with pytest.raises(InputError) as raised:
        supposed(text, *changes, without=without)
    return raised.value.problems


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("[0.2, 0.4], source: minutes", "0.3", "parties.east.batna.value=0.3"),
        ("[0.2, 0.4], source: minutes", "", "parties.east.batna.value="),
        ("[0.2, 0.4], source: minutes", "unknown", "parties.east.batna.value=unknown"),
        ("what: wait", "what: leave", "parties.east.batna.what=leave"),
        (
            "{ranking: [boundary, [water, form]], because: they said}",
            "{form: 0.5}",
            "parties.east.weights={form: 0.5}",
        ),
        (
            "{ranking: [boundary, [water, form]], because: they said}",
            "{ranking: [form, water, boundary]}",
            "parties.east.weights.ranking=\n- form\n- water\n- boundary",
        ),
        ("truce: 0.2, treaty: [0.8, 1]", "truce: 0.2, treaty: 0.9", "parties.east.values.form.treaty=0.9"),
        (
            "50: 0.7, 100: 1}, source: minutes",
            "50: 0.6, 100: 1}",
            "parties.east.values.water.points.50=0.6",
        ),
        ("adds: 0.1", "adds: -0.1", "parties.east.interactions.0.adds=-0.1"),
        (
            "firmness: 0.5, what: Never, source: minutes",
            "firmness: 1, what: Never",
            "parties.east.red_lines.one.firmness=1",
        ),
        ("never: {water: 0}", "never: {water: [0, 20]}", "parties.east.red_lines.two.never.water=[0, 20]"),
        (
            "{accepts_above: 0.4, values: {form: {truce: 1, treaty: 0}}, because: they said}",
            "{accepts_above: 0.4, values: {form: {truce: 0.5, treaty: 0}}}",
            "parties.east.constituencies.elders.values.form.truce=0.5",
        ),
        ("west: {batna", "west: {discount: 0.9, batna", "parties.west.discount=0.9"),
        (
            "west: {batna: {value: {equals: {boundary: river, water: 50, form: truce}}}}",
            "west: {name: W}",
            "parties.west={name: W}",
        ),
        ("parties:", "rule: {any: [east, west]}\nparties:", "rule={any: [east, west]}"),
    ],
)
def test_a_change_equals_the_same_edit_of_the_file(old, new, change):
    edited = PLAIN.replace(old, new)
    assert edited != PLAIN
    assert replace(supposed(PLAIN, change), changes=()) == load_text(edited, "tiny.yaml")


def test_a_change_holds_in_every_account_after_what_each_changes():
    low = [
        account.parties[0].batna.value.low
        for account in supposed(TOLD, "parties.east.batna.value=0.9").accounts
    ]
    assert low == [0.9, 0.9]
    one = supposed(TOLD, "accounts.b.parties.east.batna.value=0.9")
    assert [account.parties[0].batna.value.low for account in one.accounts] == [0.1, 0.9]
    assert one.accounts[1].parties[0].batna.value.path == "parties.east.batna.value"


def test_a_change_goes_where_the_account_has_the_red_line():
    line = "{id: three, never: {form: truce}}"
    text = TOLD.replace("batna: {value: 0.1}", f"red_lines: [{line}]")
    made = supposed(text, "parties.east.red_lines.three.firmness=0.25")
    first, second = (account.parties[0].red_lines for account in made.accounts)
    assert [one.firmness.low for one in first] == [0.5, 0.0, 0.25]
    assert [one.id for one in second] == ["one", "two"]


def test_credences_can_be_supposed():
    made = supposed(TOLD, "accounts.a.credence=0.1", "accounts.b.credence=0.9")
    assert [account.credence.midpoint for account in made.accounts] == [0.1, 0.9]
    [problem] = problems_of(TOLD, "accounts.a.credence=0.1")
    assert problem.code == "E064"


def test_changes_are_made_in_order():
    made = supposed(PLAIN, "parties.east.batna={value: 0.1, what: go}", "parties.east.batna.value=0.2")
    assert (made.accounts[0].parties[0].batna.value.low, made.accounts[0].parties[0].batna.what) == (0.2, "go")


def test_what_is_supposed_rests_on_nobodys_source():
    party = supposed(PLAIN, "parties.east.batna.value=0.3").accounts[0].parties[0]
    assert party.batna.basis == party.batna.value.basis == Basis()
    assert party.red_lines[0].basis == Basis("minutes")
    party = supposed(PLAIN, "parties.east.batna.value={value: 0.3, because: what if}").accounts[0].parties[0]
    assert party.batna.value.basis == Basis(because="what if")


def test_python_values_and_texts_mean_the_same():
    text = supposed(
        PLAIN, "parties.east.weights={ranking: [form, [water, boundary]]}", "parties.west.name=Élan 7"
    )
    value = load_text(
        PLAIN,
        "tiny.yaml",
        WhatIf.of(
            {
                "parties.east.weights": {"ranking": ["form", ["water", "boundary"]]},
                "parties.west.name": "Élan 7",
            }
        ),
    )
    assert replace(text, changes=()) == replace(value, changes=())
    assert value.changes == (
        'parties.east.weights={"ranking": ["form", ["water", "boundary"]]}',
        'parties.west.name="Élan 7"',
    )


def test_an_error_names_the_option_with_line_and_column_within_it():
    [problem] = problems_of(PLAIN, "parties.east.batna.value=[0.4, 2]")
    assert (problem.code, problem.location) == ("E023", "--set parties.east.batna.value:1:1")
    assert problem.excerpt == "[0.4, 2]"
    [problem] = problems_of(PLAIN, "parties.east.weights=\nranking: [boundary, form, watr]")
    assert (problem.code, problem.location, problem.nearest) == (
        "E030",
        "--set parties.east.weights:2:27",
        "water",
    )
    first, second = problems_of(PLAIN, "parties.east.name=[a", "parties.west.name='b")
    assert [first.code, second.code] == ["E006", "E006"]
    assert [first.file, second.file] == ["--set parties.east.name", "--set parties.west.name"]


def test_errors_of_the_file_and_of_the_options_come_together():
    wrong = PLAIN.replace("firmness: 0.5", "firmness: 1.5")
    problems = problems_of(wrong, "parties.east.batna.value=2", "parties.west.batna={vale: 1}")
    assert [(p.code, p.location) for p in problems] == [
        ("E023", f"tiny.yaml:{wrong[: wrong.index('1.5')].count(chr(10)) + 1}:67"),
        ("E023", "--set parties.east.batna.value:1:1"),
        ("E020", "--set parties.west.batna:1:2"),
    ]


@pytest.mark.parametrize(
    ("path", "step", "nearest"),
    [
        ("parties.eaast.btna.value", "eaast", "parties.east.batna.value"),
        ("partys.east.name", "partys", "parties.east.name"),
        ("parties.east.red_lines.twoo.firmnes", "twoo", "parties.east.red_lines.two.firmness"),
        ("parties.east.values.watr.points", "watr", "parties.east.values.water.points"),
        ("parties.east.interactions.1.adds", "1", None),
        ("parties.east.batna.value.low", "low", None),
        ("accounts.c.credence", "c", None),
        ("issues.water", "issues", None),
    ],
)
def test_an_unknown_path_gives_the_nearest(path, step, nearest):
    [problem] = problems_of(TOLD, f"{path}=1")
    assert (problem.code, problem.found, problem.nearest) == ("E812", f"'{step}'", nearest)
    assert problem.location == f"--set {path}"


@pytest.mark.parametrize("path", ["parties", "accounts", "accounts.a", "accounts.a.parties"])
def test_a_path_to_no_single_judgement_ends_too_early(path):
    [problem] = problems_of(TOLD, f"{path}={{}}")
    assert (problem.code, problem.message) == ("E812", "the path ends too early")


def test_all_wrong_options_are_named_at_once():
    assert [p.code for p in problems_of(PLAIN, "", "x", ".a=1", "a.=1", "=1")] == ["E811"] * 5
    with pytest.raises(InputError) as raised:
        WhatIf.of({"rule": {1, 2}, "parties.a": float("nan")})
    assert [p.file for p in raised.value.problems] == ["changes['rule']", "changes['parties.a']"]


@given(st.lists(st.text("a é.='\"\\", min_size=1), min_size=1))
@settings(max_examples=100)
def test_a_path_that_is_written_is_read_again(steps):
    path = write_path(tuple(steps))
    assert read_path(path) == (tuple(steps), len(path))
    assert read_path(path + "=a=b") == (tuple(steps), len(path))


def test_names_with_dots_stand_in_quotes():
    text = PLAIN.replace("options: [truce, treaty]", "options: [truce, treaty, 0.5, it's=a]")
    for step in ('"0.5"', "'0.5'"):
        made = supposed(text, f"parties.east.values.form.{step}=0.3")
        assert made.accounts[0].parties[0].preferences.values[2].upper == (0.2, 1.0, 0.3, 1.0)
    made = supposed(text, 'parties.east.values.form."it\'s=a"=0.3')
    assert made.accounts[0].parties[0].preferences.values[2].upper == (0.2, 1.0, 1.0, 0.3)


def test_the_draws_of_everything_else_stay_the_same():
    before = draw(supposed(TOLD), 3, 0, 50)
    after = draw(supposed(TOLD, "accounts.b.parties.east.batna.value=0.9"), 3, 0, 50)
    for one, other in zip(before, after, strict=True):
        assert np.array_equal(one.rows, other.rows)
        assert all(np.array_equal(a, b) for a, b in zip(one.terms, other.terms, strict=True))
        assert all(np.array_equal(a, b) for a, b in zip(one.meant, other.meant, strict=True))
        assert np.array_equal(one.reservation[:, 1], other.reservation[:, 1])
    assert np.array_equal(before[0].reservation, after[0].reservation)
    assert (after[1].reservation[:, 0] == 0.9).all()
    after = draw(supposed(TOLD, without=["red_line:east.one"]), 3, 0, 50)
    for one, other in zip(before, after, strict=True):
        assert np.array_equal(one.meant[0][:, 1:], other.meant[0])
        assert np.array_equal(one.reservation, other.reservation)


@pytest.mark.parametrize("id_", ["alaska-2025", "hanoi-2019"])
def test_the_zone_without_a_demand_is_the_one_that_blockers_foretell(id_):
    answer = winset.analyse(winset.load(id_), draws=60, seed=5)
    lifts = [lift for lift in answer.blockers.lift if lift.demand.kind in ("red_line", "batna")]
    assert lifts[0].gain > 0
    most = {lift.demand.kind: lift for lift in reversed(lifts)}
    assert most.keys() == {"red_line", "batna"}
    for lift in most.values():
        other = winset.analyse(winset.load(id_, without=[lift.demand.key]), draws=60, seed=5)
        assert other.zone.probability == lift.probability_without


def test_a_party_without_its_batna_accepts_anything():
    party = supposed(PLAIN, without=["batna:east"]).accounts[0].parties[0]
    assert (party.batna.value.low, party.batna.value.high) == (0.0, 0.0)
    party = supposed(PLAIN, without=["batna:west"]).accounts[0].parties[1]
    assert (party.batna.value.low, party.batna.equals) == (0.0, None)


def test_on_a_peers_scale_the_lowest_utility_is_a_sum():
    peer = """parties:
  east:
    scale: peer
    batna: {value: 7}
    weights: {boundary: 2, water: 1, form: -1}
    values:
      boundary: {river: 3, ridge: -1, road: 2}
      water: {linear: increasing}
      form: {truce: 0, treaty: 4}
    interactions: [{when: {form: truce}, adds: -3}, {when: {form: treaty}, adds: 5}]
  west: {}"""
    made = supposed(case(parties=peer), without=["batna:east"])
    assert made.accounts[0].parties[0].batna.value.low == -2 + 0 - 4 - 3


def test_an_unknown_demand_gives_the_nearest():
    [problem] = problems_of(PLAIN, without=["red_line:east.on"])
    assert (problem.code, problem.nearest) == ("E813", "red_line:east.one")
    first, second = problems_of(PLAIN, without=["x", "batna:north"])
    assert first.location == second.location == "--without"
    gone = supposed(PLAIN, without=["red_line:east.one", "red_line:east.two"])
    assert gone.accounts[0].parties[0].red_lines == ()
    assert gone.changes == ("without red_line:east.one", "without red_line:east.two")


def test_a_negotiation_from_elsewhere_is_changed_as_its_file_would_be():
    what_if = WhatIf.of(["parties.east.batna.value=0.3"], [Demand("east", "red_line", "one").key])
    assert supposing(load_text(TOLD, "tiny.yaml"), what_if) == load_text(TOLD, "tiny.yaml", what_if)
