"""Limits of time and memory, and Ctrl-C: the answer as far as it goes, the limit named, exit status 3."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import winset
from support.commands import call
from winset.analysis.context import Context, Limits
from winset.analysis.survey import Survey, survey
from winset.errors import InputError
from winset.findings.base import Status
from winset.solve.elimination import partials_within


def large_case(folder: Path, parties: int = 3, issues: int = 12, options: int = 4) -> Path:
    """Write an additive case whose frontier has many points."""
    rng = np.random.default_rng(0)
    lines = ["winset: 1", "case: large", "title: Large", "issues:"]
    named = "[" + ", ".join(f"o{option}" for option in range(options)) + "]"
    lines += [f"  i{issue}: {{options: {named}}}" for issue in range(issues)]
    members = "abcdefgh"[:parties]
    lines += [f"rule: {{all: [{', '.join(members)}]}}", "parties:"]
    for member in members:
        weights = ", ".join(
            f"i{issue}: {weight:.6f}" for issue, weight in enumerate(rng.dirichlet([5.0] * issues))
        )
        lines += [
            f"  {member}:",
            "    batna: {what: nothing, value: 0.2}",
            f"    weights: {{{weights}}}",
            "    values:",
        ]
        for issue in range(issues):
            values = ", ".join(f"o{option}: {value:.6f}" for option, value in enumerate(rng.random(options)))
            lines.append(f"      i{issue}: {{{values}}}")
    path = folder / "large.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return large_case(tmp_path_factory.mktemp("large"))


def test_a_small_memory_limit_gives_a_bounded_frontier_and_names_the_limit(large: Path) -> None:
    done = call("analyse", str(large), "--json", "--memory-limit", "0.1")
    assert done.returncode == 3
    assert "partial outcomes do not fit" in done.stderr
    assert "Traceback" not in done.stderr
    document = json.loads(done.stdout)
    found = document["frontier"]
    assert found["status"] == "bounded"
    assert set(found["gap"]) == {"a", "b", "c"}
    assert 0 < max(found["gap"].values()) < 0.5
    assert document["limits_reached"]
    assert document["limits_reached"][0] in done.stderr
    assert document["solutions"]["status"] in ("exact", "bounded", "unknown")


def test_every_point_of_the_exact_frontier_is_within_the_gap(large: Path) -> None:
    case = winset.load(large)
    exact = winset.analyse(case, draws=1)
    assert exact.frontier.status is Status.EXACT
    assert exact.frontier.gap is None
    assert exact.limits_reached == ()
    near = winset.analyse(case, draws=1, limits=Limits(bytes=100_000)).frontier
    assert near.status is Status.BOUNDED
    assert near.gap is not None
    names = case.party_ids
    gap = np.array([near.gap[name] for name in names])
    true = np.array([[point.utilities[name] for name in names] for point in exact.frontier.points])
    here = np.array([[point.utilities[name] for name in names] for point in near.points])
    assert len(here) < len(true)
    assert (here[None] + gap + 1e-9 >= true[:, None]).all(axis=2).any(axis=1).all()


def test_no_time_at_all_still_gives_the_whole_document() -> None:
    done = call("analyse", "panama-1974", "--json", "--time-limit", "0")
    assert done.returncode == 3
    document = json.loads(done.stdout)
    assert document["zone"]["status"] == "unknown"
    assert "time limit of 0 s was reached" in document["zone"]["provenance"]["reason"]
    assert document["agreements"] == []
    assert document["blockers"]["status"] != "sampled"
    assert "time limit of 0 s" in done.stderr


def test_a_limit_that_is_not_reached_changes_nothing() -> None:
    plain = call("analyse", "manhattan-lot", "--json", "--draws", "300")
    limited = call(
        "analyse", "manhattan-lot", "--json", "--draws", "300", "--time-limit", "600", "--memory-limit", "64"
    )
    assert (plain.returncode, limited.returncode) == (0, 0)
    assert plain.stdout == limited.stdout
    assert json.loads(plain.stdout)["limits_reached"] == []


def test_the_answer_in_the_terminal_names_the_limit(tmp_path: Path) -> None:
    done = call("analyse", "panama-1974", "--time-limit", "0", cwd=tmp_path)
    assert done.returncode == 3
    assert "incomplete" in done.stdout
    assert done.stdout.rstrip().endswith("panama-1974.html")
    assert "incomplete" in (tmp_path / "panama-1974.html").read_text(encoding="utf-8")


def test_a_survey_cut_short_is_that_of_the_first_draws() -> None:
    case = winset.load("alaska-2025")
    looks = iter(range(10**9))
    cut = Limits(stopped=lambda: next(looks) > 400)
    found = survey(Context(case, 2_000, 3, case.leading_account, limits=cut))
    assert isinstance(found, Survey)
    assert 0 < found.count < 2_000
    assert found.reason is not None
    assert found.reason.startswith(f"interrupted: {found.count:,} of 2,000 draws")
    alone = survey(Context(case, found.count, 3, case.leading_account))
    assert isinstance(alone, Survey)
    assert np.array_equal(alone.size, found.size)
    assert np.array_equal(alone.acceptable, found.acceptable)
    assert np.array_equal(alone.opened, found.opened)


def test_an_interruption_gives_what_is_done() -> None:
    command = [sys.executable, "-m", "winset", "analyse", "alaska-2025", "--json", "--draws", "1000000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(4.0)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 3
    assert "winset: interrupted" in err
    assert "Traceback" not in err
    if out:  # else it had not begun
        document = json.loads(out)
        assert document["limits_reached"][0].startswith("interrupted")
        assert document["zone"]["draws"] < 1_000_000


@pytest.mark.parametrize("limits", [Limits(seconds=-1.0), Limits(seconds=float("nan")), Limits(bytes=0)])
def test_limits_out_of_range_are_errors(limits: Limits) -> None:
    with pytest.raises(InputError, match="E802"):
        winset.analyse(winset.load("manhattan-lot"), draws=1, limits=limits)


def test_more_memory_holds_more() -> None:
    from support.grids import random_grid_model

    model = random_grid_model(np.random.default_rng(0))
    assert 1 == partials_within(model, 1) < partials_within(model, 2**20) < partials_within(model, 2**30)
