"""Mixed-integer linear programs. The only file that imports the solver, HiGHS by way of SciPy."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from winset.model.draws import BoolArray, FloatArray, IntArray

_SIZES = (2.0**13, 2.0**10, 2.0**7)
"""Costs and rows are scaled, by powers of two, to this size: the solver's tolerances are absolute.

It stops at a gap of 1e-6 and lets a row be violated by 1e-6, which are then 1.2e-10 of the largest entry. Where
it fails (HiGHS 1.12: two in some thousand small programs with many ties), it is asked again at the next size.
"""

_SLACK = 1e-4  # by how much a row may be violated, of the largest entry, before an answer is not believed

_INFEASIBLE = "The problem is infeasible"  # SciPy gives the same status where the solver rejects the model

_STDOUT = 1

_ONE_AT_A_TIME: Final = threading.Lock()  # two redirections at once could restore each other's


@dataclass(frozen=True, slots=True)
class Program:
    """Minimise ``cost @ x`` where ``row_low <= A x <= row_high`` and ``low <= x <= high``.

    Axes: N columns (variables), R rows, M entries of A that are not zero.

    Attributes
    ----------
    cost : float array, [N]
    integer : bool array, [N]
        Which variables are whole numbers.
    low, high : float array, [N]
    rows, columns : int array, [M]
        Where in A the entries stand; entries of one place add up.
    entries : float array, [M]
    row_low, row_high : float array, [R]
        Infinite where there is no such bound.
    """

    cost: FloatArray
    integer: BoolArray
    low: FloatArray
    high: FloatArray
    rows: IntArray
    columns: IntArray
    entries: FloatArray
    row_low: FloatArray
    row_high: FloatArray


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver says of a program, in float64: to be verified by who uses it.

    Attributes
    ----------
    status : {"optimal", "feasible", "infeasible", "unknown"}
        ``feasible``: a limit was reached with a solution in hand; ``unknown``: reached without one, or the
        solver failed.
    x : float array, [N], or None
        Variables; those that are whole numbers are rounded.
    bound : float
        Proven lower bound of the cost; minus infinity where there is none.
    """

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    x: FloatArray | None
    bound: float


def solve(program: Program, time_limit: float | None = None) -> Solved:
    """Return the least cost and where it is attained.

    Parameters
    ----------
    program : Program
    time_limit : float, optional
        Seconds.

    Notes
    -----
    The solver is deterministic; with a time limit its answer depends on the machine. Its own output on
    the process's standard output is discarded, and with it what other threads write there in the meantime.

    References
    ----------
    Huangfu and Hall (2018), Parallelizing the dual revised simplex method, Mathematical Programming
    Computation 10(1), 119-142.
    """
    if not len(program.cost):
        possible = bool((program.row_low <= 0.0).all() and (program.row_high >= 0.0).all())
        return Solved("optimal", np.zeros(0), 0.0) if possible else Solved("infeasible", None, np.inf)
    if time_limit is not None and time_limit <= 0.0:
        return Solved("unknown", None, -np.inf)
    end = None if time_limit is None else time.monotonic() + time_limit
    solved = Solved("unknown", None, -np.inf)
    for size in _SIZES:
        left = None if end is None else end - time.monotonic()
        if left is not None and left <= 0.0:
            break
        solved, failed = _attempt(program, size, left)
        if not failed:
            break
    return solved


def _attempt(program: Program, size: float, time_limit: float | None) -> tuple[Solved, bool]:
    """Return what the solver says of the program at one size, and whether it failed."""
    scaled, unit = _scaled(program, size)
    answer = _run(scaled, time_limit)
    if answer.status == 2 and answer.message.startswith(_INFEASIBLE):
        return Solved("infeasible", None, np.inf), False
    bound = _bound(answer, bool(program.integer.any())) / unit
    if answer.x is None or answer.status not in (0, 1):
        out_of_time = answer.status == 1
        return Solved("unknown", None, bound if out_of_time else -np.inf), not out_of_time
    x = np.where(program.integer, np.rint(answer.x), answer.x)
    if not _holds(program, x):
        return Solved("unknown", None, -np.inf), True
    return Solved("optimal" if answer.status == 0 else "feasible", x, bound), False


def _scaled(program: Program, size: float) -> tuple[Program, float]:
    """Return the program with costs and rows of about this size, and the factor of the costs.

    Rows of whole numbers stay as they are: the solver recognises what they mean.
    """
    unit = _factor(np.abs(program.cost).max(initial=0.0), size)
    largest = _largest(program)
    whole = np.ones(len(largest), dtype=np.bool_)
    np.logical_and.at(whole, program.rows, program.entries == np.rint(program.entries))
    factor = np.array([1.0 if w else _factor(e, size) for w, e in zip(whole, largest, strict=True)])
    return (
        Program(
            cost=program.cost * unit,
            integer=program.integer,
            low=program.low,
            high=program.high,
            rows=program.rows,
            columns=program.columns,
            entries=program.entries * factor[program.rows],
            row_low=program.row_low * factor,
            row_high=program.row_high * factor,
        ),
        unit,
    )


def _factor(entry: float, size: float) -> float:
    """Return the power of two that brings a number just below a size; 1 for zero."""
    return float(2.0 ** np.floor(np.log2(size / entry))) if entry > 0.0 else 1.0


def _largest(program: Program) -> FloatArray:
    """Return the largest entry of each row. Shape [R]."""
    largest = np.zeros(len(program.row_low))
    np.maximum.at(largest, program.rows, np.abs(program.entries))
    return largest


def _run(program: Program, time_limit: float | None) -> Any:
    """Hand the program to the solver; return SciPy's result."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # loaded only where a program is solved
    from scipy.sparse import csc_array

    shape = (len(program.row_low), len(program.cost))
    matrix = csc_array((program.entries, (program.rows, program.columns)), shape=shape)
    with _silent():
        return milp(
            program.cost,
            integrality=program.integer.astype(np.int64),
            bounds=Bounds(program.low, program.high),
            constraints=LinearConstraint(matrix, program.row_low, program.row_high) if shape[0] else None,
            options={
                "mip_rel_gap": 0.0,
                "time_limit": 1e9 if time_limit is None else time_limit,  # in effect, none
            },
        )


def _bound(answer: Any, with_integers: bool) -> float:
    """Return the lower bound of the cost that the solver proved."""
    bound = answer.mip_dual_bound if with_integers else answer.fun if answer.status == 0 else None
    if bound is None or not bound < np.inf:  # also where it is not a number
        return -np.inf
    return float(bound if answer.fun is None else min(bound, answer.fun))


def _holds(program: Program, x: FloatArray) -> bool:
    """Whether x keeps all bounds, but for what the solver's tolerances and rounding to whole numbers allow."""
    row = np.bincount(program.rows, program.entries * x[program.columns], len(program.row_low))
    slack = _SLACK * np.maximum(_largest(program), _SLACK)
    return bool(
        np.isfinite(x).all()
        and (x >= program.low - _SLACK).all()
        and (x <= program.high + _SLACK).all()
        and (row >= program.row_low - slack).all()
        and (row <= program.row_high + slack).all()
    )


@contextmanager
def _silent() -> Iterator[None]:
    """Discard what C code writes to the process's standard output, as the solver does even when told not to.

    Works where standard output is closed: the descriptor is closed again afterwards.
    """
    with _ONE_AT_A_TIME:
        _flush()
        try:
            saved = os.dup(_STDOUT)
        except OSError:
            saved = None
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            if nowhere != _STDOUT:  # which it becomes where standard output is closed
                os.dup2(nowhere, _STDOUT)
            yield
        finally:
            _flush()
            if saved is None:
                os.close(_STDOUT)
            else:
                os.dup2(saved, _STDOUT)
                os.close(saved)
            if nowhere != _STDOUT:
                os.close(nowhere)


def _flush() -> None:
    """Write out C's buffers, lest text that was buffered before or after the redirection go astray."""
    ctypes.CDLL("ucrtbase" if os.name == "nt" else None).fflush(None)
