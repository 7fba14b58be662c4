"""What if, as a user asks it: the answer says what is supposed, and a what-if is never taken for the case."""

import json

import pytest

import winset
from support.commands import call

CASE = "manhattan-lot"


@pytest.fixture(scope="module")
def red_line() -> str:
    [*lifts] = winset.analyse(winset.load("alaska-2025"), draws=20).blockers.lift
    return next(lift.demand.key for lift in lifts if lift.demand.kind == "red_line")


def test_what_is_supposed_stands_above_the_answer(tmp_path, red_line):
    done = call(
        "analyse",
        "alaska-2025",
        "--draws",
        "20",
        "--set",
        "parties.russia.batna.value=0.2",
        "--without",
        red_line,
        "--without",
        "batna:ukraine",
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    above, _, _ = done.stdout.partition("Is there a deal?")
    assert "What if" in above
    supposed = ("parties.russia.batna.value=0.2", f"without {red_line}", "without batna:ukraine")
    assert all(words in above for words in supposed)
    assert max(map(len, done.stdout.splitlines())) <= 80
    [page] = tmp_path.iterdir()
    assert page.name == "alaska-2025-what-if.html"
    above, _, _ = page.read_text("utf-8").partition("Is there a deal?</h2>")
    assert all(words in above for words in supposed)


def test_json_holds_what_is_supposed_and_says_so_when_nothing_is(tmp_path):
    done = call("analyse", "alaska-2025", "--draws", "5", "--json", "--without", "batna:russia", cwd=tmp_path)
    assert json.loads(done.stdout)["changes"] == ["without batna:russia"]
    assert list(tmp_path.iterdir()) == []
    assert winset.analyse(winset.load(CASE), draws=5).to_dict()["changes"] == []


def test_the_notebook_and_the_text_say_so_too():
    negotiation = winset.load("alaska-2025", changes={"parties.russia.batna.value": [0.1, 0.2]})
    answer = winset.analyse(negotiation, draws=5)
    for form in (answer.text(), answer._repr_html_()):
        assert form.index("parties.russia.batna.value=[0.1, 0.2]") < form.index("Is there a deal?")
    assert "What if" not in winset.analyse(winset.load("alaska-2025"), draws=5).text()


def test_check_reads_what_is_supposed(tmp_path):
    done = call("check", "alaska-2025", "--json", "--set", "parties.russia.batna.value=0.2")
    document = json.loads(done.stdout)
    assert document["changes"] == ["parties.russia.batna.value=0.2"]
    assert document["unsourced"][0]["path"] == "parties.russia.batna.value"


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        ("parties.rusia.batna.value=0.2", None, "did you mean 'parties.russia.batna.value'?"),
        ("parties.russia.batna.value=2", None, "--set parties.russia.batna.value:1:1: error[E023]"),
        ("parties.russia.batna.value", None, "PATH=YAML"),
        (None, "batna:rusia", "did you mean 'batna:russia'?"),
    ],
)
def test_a_wrong_supposition_is_an_input_error(change, key, said):
    with pytest.raises(winset.InputError) as raised:
        winset.load("alaska-2025", changes=[change] if change else [], without=[key] if key else [])
    assert said in str(raised.value)


def test_a_wrong_supposition_is_exit_status_2():
    done = call("analyse", "alaska-2025", "--set", "parties.rusia.batna.value=0.2")
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean 'parties.russia.batna.value'?" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unusable_value_given_from_python_is_an_input_error():
    with pytest.raises(winset.InputError, match="E811"):
        winset.load(CASE, changes={"rule": object()})
    with pytest.raises(winset.InputError, match="E811"):
        winset.load(CASE, changes={"parties.": 1})
