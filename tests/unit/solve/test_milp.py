from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import ArrayLike
from scipy.optimize import OptimizeResult

from winset.solve import milp
from winset.solve.milp import Program, solve

KNAPSACK = ([-5.0, -4.0, -3.0], [[2.0, 3.0, 1.0], [4.0, 1.0, 2.0]], [5.0, 11.0])


def program(
    cost: ArrayLike, matrix: ArrayLike, most: ArrayLike, integer: Sequence[bool] = (True,) * 3
) -> Program:
    """Return a program with variables from 0 to 1 and rows that are bounded above."""
    table = np.array(matrix, dtype=np.float64).reshape(-1, len(integer))
    rows, columns = np.nonzero(table)
    count = len(integer)
    return Program(
        cost=np.array(cost, dtype=np.float64),
        integer=np.array(integer),
        low=np.zeros(count),
        high=np.ones(count),
        rows=rows.astype(np.int64),
        columns=columns.astype(np.int64),
        entries=table[rows, columns],
        row_low=np.full(len(table), -np.inf),
        row_high=np.array(most, dtype=np.float64),
    )


def test_the_least_cost_and_its_bound() -> None:
    found = solve(program(*KNAPSACK))
    assert found.status == "optimal"
    assert found.x is not None
    assert found.x.tolist() == [1.0, 1.0, 0.0]
    assert found.bound == pytest.approx(-9.0, abs=1e-9)


def test_without_whole_numbers_it_is_a_linear_program() -> None:
    found = solve(program(*KNAPSACK, integer=(False,) * 3))
    assert found.x is not None
    assert found.status == "optimal"
    assert found.bound == pytest.approx(-(5 + 3 + 4 * 2 / 3))
    assert found.x.tolist() == pytest.approx([1, 2 / 3, 1])


def test_entries_of_one_place_add_up() -> None:
    base = program([-1.0], [[1.0]], [8.0], integer=(True,))
    place = np.zeros(2, dtype=np.int64)
    twice = replace(base, high=np.full(1, 9.0), rows=place, columns=place, entries=np.ones(2))
    assert solve(twice).bound == -4.0


def test_infeasible_is_said() -> None:
    found = solve(program([1.0, 1.0, 1.0], [[-1.0, -1.0, -1.0]], [-4.0]))
    assert (found.status, found.x) == ("infeasible", None)


def test_no_variables_and_no_rows() -> None:
    nothing = np.zeros(0)
    none = np.zeros(0, dtype=np.int64)
    for low, status in ((0.0, "optimal"), (1.0, "infeasible")):
        empty = Program(
            nothing, np.zeros(0, dtype=np.bool_), nothing, nothing, none, none, nothing, np.array([low]),
            np.array([np.inf]),
        )  # fmt: skip
        assert solve(empty).status == status
    assert solve(program([-1.0, 1.0, 0.5], [], [])).bound == -1.0


def test_an_unbounded_program_is_unknown_and_not_infeasible() -> None:
    base = program([-1.0, 0.0, 0.0], [[0.0, 1.0, 1.0]], [1.0], integer=(False,) * 3)
    found = solve(replace(base, high=np.full(3, np.inf)))
    assert (found.status, found.x, found.bound) == ("unknown", None, -np.inf)


def test_no_time_is_unknown() -> None:
    assert solve(program(*KNAPSACK), time_limit=0.0).status == "unknown"


def test_a_limit_with_a_solution_in_hand_is_feasible_with_its_bound() -> None:
    rng = np.random.default_rng(0)
    hard = program(-rng.random(300), rng.random((40, 300)), np.full(40, 60.0), integer=(True,) * 300)
    found = solve(hard, time_limit=0.5)
    assert found.status in ("feasible", "unknown")
    assert found.bound > -np.inf
    if found.x is not None:
        assert float(hard.cost @ found.x) >= found.bound


@pytest.mark.parametrize("message", ["(HiGHS Status 2: model error)", ""])
def test_a_model_that_the_solver_rejects_is_unknown(message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SciPy gives it the status of infeasible ones."""
    answer = OptimizeResult(status=2, message=message, x=None, fun=None, mip_dual_bound=None)
    monkeypatch.setattr(milp, "_run", lambda program, limit: answer)
    assert solve(program(*KNAPSACK)).status == "unknown"


def test_where_the_solver_fails_it_is_asked_again_at_another_size(monkeypatch: pytest.MonkeyPatch) -> None:
    run, sizes = milp._run, []

    def failing(program: Program, limit: float | None) -> OptimizeResult:
        sizes.append(np.abs(program.cost).max())
        if len(sizes) == 1:
            return OptimizeResult(status=4, message="", x=None, fun=None, mip_dual_bound=None)
        return run(program, limit)

    monkeypatch.setattr(milp, "_run", failing)
    assert solve(program(*KNAPSACK)).status == "optimal"
    assert sizes == [5.0 * 2**10, 5.0 * 2**7]


def test_a_solution_that_breaks_its_rows_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = OptimizeResult(status=0, message="", x=np.ones(3), fun=-12.0, mip_dual_bound=-12.0)
    monkeypatch.setattr(milp, "_run", lambda program, limit: answer)
    assert solve(program(*KNAPSACK)).status == "unknown"


TALK = """
import ctypes, os
from winset.solve import milp
libc = ctypes.CDLL(None)
print("before", flush=True)
libc.printf(b"early\\n")
with milp._silent():
    libc.printf(b"chatter\\n")
    os.write(1, b"more chatter\\n")
libc.printf(b"late\\n")
print("after", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="the test writes through the C library of a POSIX system")
def test_what_the_solver_writes_is_discarded_and_the_rest_is_kept() -> None:
    said = subprocess.run([sys.executable, "-c", TALK], capture_output=True, text=True, check=True).stdout
    assert "chatter" not in said
    assert sorted(said.split()) == ["after", "before", "early", "late"]


CLOSED = """
import os, sys
os.close(1)
from winset.solve import milp
import numpy as np
one, none, nowhere = np.ones(1), np.zeros(0), np.zeros(0, int)
p = milp.Program(-one, one > 0, 0 * one, one, nowhere, nowhere, none, none, none)
status = milp.solve(p).status
try:
    os.fstat(1)
except OSError:
    sys.stderr.write(status + " and closed")
"""


def test_it_works_where_standard_output_is_closed() -> None:
    done = subprocess.run([sys.executable, "-c", CLOSED], capture_output=True, text=True, check=False)
    assert done.stderr == "optimal and closed"


def test_scipy_is_loaded_only_to_solve() -> None:
    code = "import sys, winset, winset.solve.direct; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
