"""What a user does at the command line: exit status, standard output, standard error."""

import json
import subprocess
import sys

import click
import pytest

from support.commands import call
from winset.cli.main import winset

KEYS = {"case", "zone", "agreements", "frontier", "solutions", "blockers"}


def test_analyse_prints_the_answer_and_writes_the_page(tmp_path):
    done = call("analyse", "manhattan-lot", "--draws", "200", cwd=tmp_path)
    assert done.returncode == 0
    assert "Is there a deal?" in done.stdout
    assert done.stdout.rstrip().endswith("manhattan-lot.html")
    assert done.stderr == ""
    assert (tmp_path / "manhattan-lot.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_json_is_one_document_and_nothing_else(tmp_path):
    done = call("analyse", "alaska-2025", "--draws", "100", "--json", cwd=tmp_path)
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert document.keys() >= KEYS
    assert done.stderr == ""
    assert not list(tmp_path.iterdir())
    assert isinstance(document["case"]["outcomes"], str)
    assert document["zone"].keys() >= {"probability", "standard_error", "draws", "by_account", "central"}
    assert document["zone"]["central"].keys() >= {"exists", "size"}
    assert document["zone"]["draws"] == 100
    assert document["frontier"].keys() >= {"status", "size", "points"}
    assert document["frontier"]["points"][0].keys() >= {"terms", "utilities", "in_zone"}
    assert document["solutions"].keys() >= {"nash", "kalai_smorodinsky", "egalitarian", "utilitarian"}
    assert document["blockers"].keys() >= {"status", "conflicts", "relaxations", "lift"}
    assert document["blockers"]["lift"][0].keys() >= {"demand", "probability_without", "standard_error"}
    for agreement in document["agreements"]:
        assert agreement.keys() >= {"terms", "acceptability", "utilities"}


def test_the_same_seed_gives_the_same_bytes_in_fresh_processes():
    one, other = (call("analyse", "panama-1974", "--draws", "300", "--json", "--seed", "7") for _ in range(2))
    assert one.stdout == other.stdout
    assert one.stdout != call("analyse", "panama-1974", "--draws", "300", "--json", "--seed", "8").stdout


def test_a_wrong_file_is_exit_status_2_with_every_error_and_no_traceback(tmp_path):
    (tmp_path / "bad.yaml").write_text("winset: 1\ncase: bad\nissues: {a: {options: [x, x]}}\nparteis: {}\n")
    done = call("analyse", "bad.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "bad.yaml:4:1" in done.stderr
    assert "did you mean 'parties'" in done.stderr
    assert "bad.yaml:3:" in done.stderr


def test_errors_as_json(tmp_path):
    done = call("check", "no-such-case", "--json", cwd=tmp_path)
    assert done.returncode == 2
    [problem] = json.loads(done.stdout)["errors"]
    assert problem["code"] == "E801"


def test_an_unknown_case_names_the_nearest(tmp_path):
    done = call("analyse", "alaska-2052", cwd=tmp_path)
    assert done.returncode == 2
    assert "did you mean 'alaska-2025'?" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("analyse", "manhattan-lot", "--draws", "0"),
        ("analyse", "manhattan-lot", "--draws", "x"),
        ("analyse", "manhattan-lot", "--seed", "-1"),
        ("analyse", "manhattan-lot", "--account", "nobody"),
        ("analyse",),
        ("analyze", "manhattan-lot"),
        ("new", "Not An Id"),
        ("explain", "E999999"),
    ],
)
def test_a_wrong_call_is_exit_status_2(arguments, tmp_path):
    done = call(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_a_foreign_file_is_never_replaced_unasked(tmp_path):
    mine = tmp_path / "manhattan-lot.html"
    mine.write_text("my notes")
    done = call("analyse", "manhattan-lot", "--draws", "20", cwd=tmp_path)
    assert done.returncode == 2
    assert mine.read_text() == "my notes"
    done = call("analyse", "manhattan-lot", "--draws", "20", "--report", "manhattan-lot.html", cwd=tmp_path)
    assert done.returncode == 0
    assert call("analyse", "manhattan-lot", "--draws", "20", cwd=tmp_path).returncode == 0


def test_a_new_case_is_in_order_and_can_be_analysed(tmp_path):
    assert call("new", "orchard", cwd=tmp_path).returncode == 0
    first = (tmp_path / "orchard.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=winset.schema.json"
    assert json.loads((tmp_path / "winset.schema.json").read_text())["type"] == "object"
    assert call("check", "orchard.yaml", cwd=tmp_path).returncode == 0
    assert call("analyse", "orchard.yaml", "--draws", "50", cwd=tmp_path).returncode == 0
    again = call("new", "orchard", cwd=tmp_path)
    assert again.returncode == 2
    assert "not overwritten" in again.stderr


def test_a_shipped_case_can_be_copied(tmp_path):
    assert call("new", "mine", "--from", "panama-1974", "--title", "Mine: again", cwd=tmp_path).returncode == 0
    done = call("check", "mine.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("Mine: again: no errors.")


def test_every_command_shows_an_example_in_its_help():
    for name, command in winset.commands.items():
        with click.Context(command, info_name=f"winset {name}") as context:
            assert "Example" in command.get_help(context)


def test_completion_knows_commands_and_cases():
    done = call("completion", "zsh")
    assert done.returncode == 0
    assert "_WINSET_COMPLETE" in done.stdout
    done = call(_WINSET_COMPLETE="zsh_complete", COMP_WORDS="winset analyse ala", COMP_CWORD="2")
    assert "alaska-2025" in done.stdout


def test_explain_lists_and_explains_codes():
    listed = call("explain").stdout.splitlines()
    code = listed[0].split()[0]
    done = call("explain", code.lower())
    assert done.returncode == 0
    assert done.stdout.startswith(code)


def test_a_reader_who_stops_reading_is_no_error(tmp_path):
    call = f"{sys.executable} -m winset analyse manhattan-lot --draws 20 --no-report"
    command = f"{call} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.stdout.split() == ["0"]
    assert done.stderr == ""
