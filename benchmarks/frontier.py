"""The frontier against NegMAS and pymoo, and alone on large spaces and many parties.

Run: ``python benchmarks/frontier.py [--peers PYTHON] [--out FILE] [--timeout SECONDS]``. Prints tables and
writes JSON.

Random additive preferences: weights are uniform on the simplex, values uniform on [0, 1]. All tools get the
same arrays. Every measurement has a process of its own, one thread, and a time-out; seconds are those of the
processor. PYTHON is an interpreter with NegMAS and pymoo (``make bench`` makes one); without it they are left
out. See `cell.py` for what is timed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from winset._version import VERSION

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Size:
    parties: int
    issues: int
    options: int

    @property
    def outcomes(self) -> str:
        return f"{self.options}^{self.issues}"


AGAINST = [Size(parties, issues, 10) for parties in (2, 3) for issues in (3, 4, 5, 6)]
"""10^3 to 10^6 outcomes, where the peers come along."""

LARGE = [Size(2, issues, 10) for issues in (10, 30, 100)] + [Size(3, issues, 10) for issues in (10, 20)]
BY_PARTIES = [Size(parties, 10, 5) for parties in range(2, 9)]
BY_ISSUES = [Size(3, issues, 5) for issues in (10, 15, 20, 25, 30, 35)]
BY_OPTIONS = [Size(5, 10, options) for options in (2, 3, 4, 5, 6, 7, 8)]


@dataclass(frozen=True)
class Bench:
    """How to measure: folder for the arrays, interpreters, seconds after which a measurement is given up."""

    folder: Path
    peers: str | None
    timeout: float

    def measured(self, tool: str, size: Size, seed: int = 0) -> dict[str, object]:
        """Return what `cell.py` says of one tool and size, with the size."""
        python = sys.executable if tool == "winset" else self.peers
        if python is None:
            return {"tool": tool, **asdict(size), "failed": "not installed"}
        path = self.folder / f"{size.parties}-{size.issues}-{size.options}-{seed}.npz"
        if not path.exists():
            np.savez(path, *arrays(size, seed))
        repeats = "5" if tool == "winset" and float(size.options) ** size.issues <= 1e6 else "1"
        threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
        command = [python, "-W", "ignore", str(HERE / "cell.py"), tool, str(path), repeats]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=self.timeout,
                env=os.environ | threads,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"tool": tool, **asdict(size), "failed": f"over {self.timeout:g} s"}
        if done.returncode != 0:
            return {
                "tool": tool,
                **asdict(size),
                "failed": (done.stderr.strip().splitlines() or ["?"])[-1][:80],
            }
        return {"tool": tool, **asdict(size), **json.loads(done.stdout)}


def arrays(size: Size, seed: int) -> list[np.ndarray]:
    """Return what each option contributes to each party's utility, issue by issue, [K, P]."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(size.issues), size.parties)
    return [rng.random((size.options, size.parties)) * weights[:, issue] for issue in range(size.issues)]


def against(bench: Bench) -> list[dict[str, object]]:
    """Measure side by side, print a table, and return the cells."""
    tools = ("winset", "negmas", "pymoo")
    print(
        "| parties | outcomes | points |"
        + "".join(f" {tool} s | MiB | added MiB |" for tool in tools)
        + " NegMAS / winset |"
    )
    print("|---:|---:|---:|" + "---:|" * (3 * len(tools) + 1))
    cells = []
    for size in AGAINST:
        row = [bench.measured(tool, size) for tool in tools]
        cells += row
        counts = {cell["points"] for cell in row if "points" in cell}
        points = ", ".join(str(count) for count in sorted(counts))  # one number, if all agree
        columns = " | ".join(shown(cell) for cell in row)
        times = [cell.get("seconds") for cell in row]
        ratio = f"{times[1] / times[0]:,.0f}×" if times[0] and times[1] else "–"
        print(f"| {size.parties} | 10^{size.issues} | {points} | {columns} | {ratio} |", flush=True)
    return cells


def shown(cell: dict[str, object]) -> str:
    """Return seconds, peak and added memory of a cell for a table."""
    if "failed" in cell:
        return f"{cell['failed']} | – | –"
    return f"{cell['seconds']:.4f} | {cell['mib']:.0f} | {cell['added_mib']:.1f}"


def alone(bench: Bench, title: str, sizes: Iterable[Size]) -> list[dict[str, object]]:
    """Measure winset, print a table, and return the cells."""
    print(
        f"\n{title}\n\n| parties | outcomes | points | gap | seconds | MiB |\n|---:|---:|---:|---:|---:|---:|"
    )
    cells = []
    for size in sizes:
        cell = bench.measured("winset", size)
        cells.append(cell)
        if "failed" in cell:
            print(f"| {size.parties} | {size.outcomes} | – | – | {cell['failed']} | – |", flush=True)
            continue
        gap = f"{cell['gap']:.4f}" if cell["gap"] else "exact"
        figures = f"{cell['points']:,} | {gap} | {cell['seconds']:.3f} | {cell['mib']:.0f}"
        print(f"| {size.parties} | {size.outcomes} | {figures} |", flush=True)
    return cells


def machine(peers: str | None) -> dict[str, str]:
    """Return what the figures were taken on and with."""
    said = {
        "processor": processor(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, one thread used",
        "winset": f"{VERSION}, Python {platform.python_version()}, NumPy {np.__version__}",
    }
    if peers is not None:
        code = (
            "import platform; from importlib.metadata import version as v; "
            "print('NegMAS', v('negmas') + ', pymoo', v('pymoo') + ', NumPy', v('numpy') + ', Python', "
            "platform.python_version())"
        )
        said["peers"] = subprocess.run(
            [peers, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
    return said


def processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown processor"


def main() -> None:
    parser = argparse.ArgumentParser(description="How long the exact frontier takes, and its peers.")
    parser.add_argument("--peers", help="an interpreter with NegMAS and pymoo")
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    parser.add_argument("--timeout", type=float, default=180.0, help="seconds for one measurement")
    asked = parser.parse_args()
    said = machine(asked.peers)
    print("\n".join(f"{name}: {text}" for name, text in said.items()))
    print(f"a measurement is given up after {asked.timeout:g} s\n")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), asked.peers, asked.timeout)
        cells = against(bench)
        cells += alone(bench, "Large spaces", LARGE)
        cells += alone(bench, "By parties", BY_PARTIES)
        cells += alone(bench, "By issues", BY_ISSUES)
        cells += alone(bench, "By options", BY_OPTIONS)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(
        json.dumps({"machine": said, "timeout": asked.timeout, "cells": cells}, indent=2), encoding="utf-8"
    )
    print(f"\nwritten to {asked.out}")


if __name__ == "__main__":
    main()
