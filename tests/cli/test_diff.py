"""What changed between two cases or two results."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

import winset
from support.case_text import case
from support.commands import call
from winset.analysis import paired
from winset.analysis.context import Context
from winset.analysis.survey import survey
from winset.case.load import load_text
from winset.case.results import RESULT_LIMIT, read_result
from winset.case.save import document
from winset.case.shipped import shipped, shipped_path
from winset.findings.file_changes import file_changes
from winset.report.difference import text

PARTIES = """parties:
  east:
    batna: {what: wait, value: [0.2, 0.4], source: minutes}
    weights: {ranking: [boundary, [water, form]]}
    values: {form: {truce: 0.2, treaty: [0.8, 1]}, boundary: {ranking: [river, ridge, road]}}
    interactions: [{when: {form: truce}, adds: 0.1}, {when: {form: treaty}, adds: 0.2}]
    red_lines:
      - {id: one, never: {form: truce, boundary: road}, firmness: 0.5}
      - {id: two, never: {water: 0}}
  west: {batna: {value: 0.3}}"""
ACCOUNTS = """accounts:
  a: {credence: 0.5, changes: {parties: {east: {batna: {value: 0.1}}}}}
  b: {credence: 0.5}"""
LINKS = "links: [{id: bound, never: {form: truce, water: 0}}]"
TEXT = case(parties=PARTIES, links=LINKS, accounts=ACCOUNTS)


def changed(*edits, before=TEXT):
    """Return what changed, as (kind, what, path, before, after), after these edits of the text."""
    after = before
    for old, new in edits:
        assert old in after
        after = after.replace(old, new)
    pair = (load_text(each, "tiny.yaml") for each in (before, after))
    return [
        (one.kind, one.what, ".".join(one.path), one.before, one.after)
        for one in file_changes(*map(document, pair))
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("west: {batna: {value: 0.3}}", "west: {batna: {value: 0.3, what: x}}",
         ("added", "judgement", "parties.west.batna.what", None, "x")),
        ("west: {batna: {value: 0.3}}", "west: {batna: {value: 0.5}}",
         ("changed", "judgement", "parties.west.batna.value", 0.3, 0.5)),
        ("firmness: 0.5", "firmness: [0.5, 1]",
         ("changed", "judgement", "parties.east.red_lines.one.firmness", 0.5, [0.5, 1])),
        ("{ranking: [boundary, [water, form]]}", "{ranking: [[water, form], boundary]}",
         ("changed", "judgement", "parties.east.weights.ranking",
          ["boundary", ["water", "form"]], [["water", "form"], "boundary"])),
        ("{ranking: [boundary, [water, form]]}", "{form: 0.5}",
         ("changed", "judgement", "parties.east.weights",
          {"ranking": ["boundary", ["water", "form"]]}, {"form": 0.5})),
        ("treaty: [0.8, 1]", "treaty: 0.9",
         ("changed", "judgement", "parties.east.values.form.treaty", [0.8, 1], 0.9)),
        ("never: {water: 0}}", "never: {water: 5}}",
         ("changed", "judgement", "parties.east.red_lines.two.never", {"water": 0}, {"water": 5})),
        ("\n      - {id: two, never: {water: 0}}", "",
         ("removed", "red line", "parties.east.red_lines.two", {"never": {"water": 0}}, None)),
        ("{when: {form: truce}, adds: 0.1}, ", "",
         ("removed", "interaction", 'parties.east.interactions.{"form": "truce"}',
          {"when": {"form": "truce"}, "adds": 0.1}, None)),
        ("credence: 0.5, changes", "credence: 0.5, title: A side, changes",
         ("changed", "judgement", "accounts.a.title", "a", "A side")),
        ("batna: {value: 0.1}", "batna: {value: 0.15}",
         ("changed", "judgement", "accounts.a.parties.east.batna.value", 0.1, 0.15)),
        ("water: 0}}]", "water: 5}}]",
         ("changed", "judgement", "links.bound.never",
          {"form": "truce", "water": 0}, {"form": "truce", "water": 5})),
        (LINKS + "\n", "", ("removed", "link", "links.bound", {"never": {"form": "truce", "water": 0}}, None)),
        ("options: [truce, treaty]", "options: [truce, treaty, accord]",
         ("added", "option", "issues.form.options.accord", None, None)),
        ("options: [truce, treaty]", "options: [treaty, truce]",
         ("changed", "order of the options", "issues.form.options", ["truce", "treaty"], ["treaty", "truce"])),
        ("sources: {minutes: {title: Minutes}}", "sources: {minutes: {title: Minutes}, map: {title: A map}}",
         ("added", "source", "sources.map", None, {"title": "A map"})),
    ],
)  # fmt: skip
def test_one_edit_is_one_change(old, new, found):
    assert changed((old, new)) == [found]


def test_added_and_removed_parties_issues_and_accounts():
    edits = [
        ("  form: {options: [truce, treaty]}", "  form: {options: [truce, treaty]}\n  new: {options: [x, y]}"),
        ("{ranking: [boundary, [water, form]]}", "{new: 0.5}"),
        ("  west: {batna", "  north: {}\n  west: {batna"),
        ("  b: {credence: 0.5}", "  c: {credence: 0.5}"),
    ]
    found = {(kind, what, path) for kind, what, path, _, _ in changed(*edits)}
    assert {
        ("added", "issue", "issues.new"),
        ("added", "party", "parties.north"),
        ("removed", "account", "accounts.b"),
        ("added", "account", "accounts.c"),
    } <= found


def test_a_file_without_accounts_is_held_against_every_account():
    plain = TEXT.replace(ACCOUNTS, "")
    found = changed((LINKS + "\n", LINKS + "\n" + ACCOUNTS), before=plain)
    paths = {path for _, what, path, _, _ in found if what == "judgement"}
    assert any(path.startswith("accounts.a.parties.east.batna") for path in paths)
    assert not any(path.startswith("accounts.b.parties") for path in paths)


@pytest.mark.parametrize("info", shipped(), ids=lambda info: info.id)
def test_a_case_does_not_differ_from_itself_written_anew(info, tmp_path):
    from winset.case.save import to_yaml

    copy = tmp_path / "copy.yaml"
    copy.write_text(to_yaml(winset.load(info.id)), encoding="utf-8")
    assert winset.diff(info.id, copy, analysis=False).file == ()


def context(negotiation):
    return Context(negotiation, draws=200, seed=3, account=negotiation.leading_account)


def test_the_paired_error_is_that_of_the_differences_draw_by_draw():
    before, after = (
        context(winset.load("alaska-2025", changes=changes))
        for changes in ((), ["parties.russia.batna.value=0.45"])
    )
    found = paired.paired_change(before, after)
    exists = []
    for one in (before, after):
        by_draw = {
            int(row): size > 0
            for part in survey(one).parts
            for row, size in zip(part.draws.rows, part.size, strict=True)
        }
        exists.append(np.array([by_draw[row] for row in range(200)], dtype=float))
    moved = exists[1] - exists[0]
    assert 0 < np.abs(moved).mean() < 1
    assert found.mean == pytest.approx(moved.mean(), abs=1e-15)
    assert found.standard_error == pytest.approx(moved.std() / math.sqrt(200), rel=1e-12)


def test_the_answers_of_a_case_and_its_what_if():
    lifts = winset.analyse(winset.load("alaska-2025"), draws=100, seed=1).blockers.lift
    key = next(lift for lift in lifts if lift.demand.kind == "red_line")
    after = winset.load("alaska-2025", without=[key.demand.key])
    found = winset.diff("alaska-2025", after, draws=100, seed=1)
    zone = found.answer.zone
    assert zone.paired
    assert zone.change == pytest.approx(key.gain, abs=1e-15)
    assert zone.standard_error == pytest.approx(key.gain_error, rel=1e-12)
    assert zone.standard_error < math.hypot(zone.before.standard_error, zone.after.standard_error)
    [lift] = [one for one in found.answer.lifts if one.demand == key.demand.key]
    assert (lift.present, lift.gain) == ((True, False), (key.gain, None))
    assert found.notes == ()
    one, other = (winset.analyse(each, draws=100, seed=1) for each in (winset.load("alaska-2025"), after))
    listed = [[dict(a.terms) for a in each.agreements.agreements] for each in (one, other)]
    entered = [dict(ranked.terms) for _, ranked in found.answer.entered]
    left = [dict(ranked.terms) for _, ranked in found.answer.left]
    assert entered == [terms for terms in listed[1] if terms not in listed[0]]
    assert left == [terms for terms in listed[0] if terms not in listed[1]]
    assert found.answer.frontier == ((len(one.frontier.points), "exact"), (len(other.frontier.points), "exact"))


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    for seed in (0, 1):
        answer = winset.analyse(winset.load("hanoi-2019"), draws=60, seed=seed)
        (folder / f"{seed}.json").write_text(json.dumps(answer.to_dict()), encoding="utf-8")
    return folder


def test_results_are_compared_by_their_answers(results):
    found = winset.diff(results / "0.json", results / "1.json")
    assert found.file is None
    assert found.notes == ("The seeds differ: 0 and 1.",)
    zone = found.answer.zone
    assert not zone.paired
    assert zone.standard_error == math.hypot(zone.before.standard_error, zone.after.standard_error)
    assert found.answer.solutions == {}
    same = winset.diff(results / "0.json", results / "0.json")
    assert (same.notes, same.answer.lifts, same.answer.entered, same.answer.left) == ((), (), (), ())


def test_a_case_is_asked_as_the_result_beside_it_was(results):
    found = winset.diff(results / "1.json", "hanoi-2019")
    assert (found.after.seed, found.after.draws, found.after.kind) == (1, 60, "case")
    assert found.notes == ()
    assert found.answer.zone.change == 0.0


def test_a_result_with_its_keys_in_another_order_is_a_result(results, tmp_path):
    document_ = json.loads((results / "0.json").read_text("utf-8"))
    path = tmp_path / "sorted.json"
    path.write_text("\ufeff" + json.dumps(document_, sort_keys=True, indent=1), encoding="utf-8")
    assert winset.diff(path, results / "0.json").answer.zone.change == 0.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"winset": "0.1.0", ', "this is not JSON"),
        ('{"winset": "0.1.0"}', "has no 'case'"),
        ('{"winset": "0.1.0", "seed": NaN}', "a number that no result holds"),
        ('{"winset": "0.1.0", "a": ' + "[" * 200_000, "nested too deeply"),
        ('{"winset": "0.1.0", "case": 3, "zone": {}}', "is no mapping"),
        ("[1, 2]", "E706"),
        ("{", "E702"),
    ],
)
def test_what_is_no_result_is_an_input_error(content, said, tmp_path):
    path = tmp_path / "wrong.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(winset.InputError, match=said):
        winset.diff(path, "manhattan-lot")


def test_every_damaged_result_is_an_input_error(results, tmp_path):
    """Each value in turn is replaced by each kind of value: either it is read, or it is refused."""
    written = (results / "0.json").read_text("utf-8")
    path = tmp_path / "damaged.json"
    refused = []
    for steps in places(json.loads(written)):
        for value in (None, True, -1.5, "x", [], [1], {}, {"terms": 1}):
            document_ = json.loads(written)
            inner = document_
            for step in steps[:-1]:
                inner = inner[step]
            inner[steps[-1]] = value
            path.write_text(json.dumps(document_), encoding="utf-8")
            try:
                read_result(path)
            except winset.InputError as error:
                refused.append(error.problems[0].code)
    assert len(refused) > 100
    assert set(refused) == {"E814"}


def places(node, steps=()):
    """Yield the way to every value; of a list, only to its first."""
    pairs = (
        node.items() if isinstance(node, dict) else list(enumerate(node))[:1] if isinstance(node, list) else ()
    )
    for key, inner in pairs:
        if key not in ("provenance", "points"):
            yield (*steps, key)
            yield from places(inner, (*steps, key))


def test_a_result_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as stream:
        stream.write(b'{"winset": "0.1.0", "x": "')
        stream.truncate(RESULT_LIMIT + 1)
    with pytest.raises(winset.InputError, match="at most 64 MiB"):
        winset.diff(path, path)


def test_without_an_analysis_results_leave_nothing_to_compare(results):
    with pytest.raises(winset.InputError, match="E815"):
        winset.diff(results / "0.json", "hanoi-2019", analysis=False)


def test_the_command_prints_both_parts_within_80_columns():
    done = call("diff", "alaska-2025", "alaska-2025", "--without", "batna:russia", "--draws", "50", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert "What changed in the file" in done.stdout
    assert "what if: without batna:russia" in done.stdout
    assert "the same draws" in " ".join(done.stdout.split())
    assert max(map(len, done.stdout.splitlines())) <= 80
    plain = call("diff", "alaska-2025", "panama-1974", "--draws", "20", PYTHONIOENCODING="ascii")
    assert plain.returncode == 0
    assert plain.stdout.isascii()
    assert "The cases differ" in plain.stdout


def test_the_command_writes_one_json_document():
    done = call("diff", "manhattan-lot", "manhattan-lot", "--no-analysis", "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert (found["file"], found["answer"], found["before"]["kind"]) == ([], None, "case")
    done = call("diff", "manhattan-lot", "no-such-case")
    assert (done.returncode, "E801" in done.stderr) == (2, True)


def test_the_text_says_what_stayed(tmp_path):
    copy = tmp_path / "copy.yaml"
    text_ = shipped_path("manhattan-lot").read_text("utf-8")
    copy.write_text(text_.replace("title: ", "title: Another ", 1), encoding="utf-8")
    said = text(winset.diff("manhattan-lot", copy, draws=20))
    assert "  title: " in said
    assert "as before." in said
    assert "The same agreements are listed." in said
    assert "Nothing." in text(winset.diff(copy, copy, analysis=False))


def test_texts_of_a_case_cannot_steer_a_terminal():
    hostile = TEXT.replace("title: Tiny", 'title: "Tiny \u202e\u2028x"')
    for side in ("before", "after"):
        pair = {"before": load_text(TEXT, "a"), "after": load_text(TEXT, "a"), side: load_text(hostile, "b")}
        said = text(winset.diff(**pair, analysis=False))
        assert not set(said) & set("\u202e\u2028")
