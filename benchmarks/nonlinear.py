"""How long the frontier takes in spaces of hyper-rectangles: ``python benchmarks/nonlinear.py [FOLDER ...]``.

Each folder holds a domain in a peer's format. Without any, random domains made like those of ANAC 2014 are
measured: two parties, issues of ten options, four boxes an issue, one to four issues a box, most sides six to
nine options wide, amounts from 1 to 100.
"""

from __future__ import annotations

import argparse
import math
import platform
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from winset._version import VERSION
from winset.case.formats import read
from winset.model.issues import Clause
from winset.model.sampling import central
from winset.solve.constraints import forbidden_clauses, meant_red_lines
from winset.solve.grid import GridInteraction, GridModel, on_grid
from winset.solve.structure import find_frontier

ISSUES = (10, 20, 30, 40, 50)
OPTIONS = 10
RUNS = 3


def random_model(seed: int, issues: int) -> GridModel:
    """Return two parties with two boxes an issue each."""
    rng = np.random.default_rng(seed)
    interactions = []
    for number in range(4 * issues):
        sides = {}
        for issue in rng.choice(issues, int(rng.integers(1, 5)), replace=False):
            width = int(rng.integers(6, 10) if rng.random() < 0.7 else rng.integers(1, 6))
            low = int(rng.integers(OPTIONS - width + 1))
            sides[int(issue)] = range(low, low + width)
        clause = Clause.of(sides)
        interactions.append(GridInteraction(number % 2, clause, int(rng.integers(1, 101))))
    terms = tuple(np.zeros((OPTIONS, 2), dtype=np.int64) for _ in range(issues))
    return GridModel(terms, np.zeros(2, dtype=np.int64), tuple(interactions))


def peer_model(folder: Path) -> GridModel:
    negotiation = read(folder)
    draws = central(negotiation, negotiation.leading_account)
    links = [link.never for link in negotiation.links]
    return on_grid(draws, 0, forbidden_clauses(draws.account.rule, meant_red_lines(draws), links))


def row(name: str, models: list[GridModel]) -> str:
    seconds, points, methods = [], [], set()
    for model in models:
        start = time.process_time()
        found = find_frontier(model)
        seconds.append(time.process_time() - start)
        points.append(len(found.frontier.outcomes))
        methods.add(found.method if found.exact else f"{found.method} (bounded)")
    power = round(sum(math.log10(size) for size in models[0].sizes))
    clauses = len(models[0].interactions)
    cells = (name, f"10^{power}", clauses, round(statistics.median(points)), ", ".join(sorted(methods)))
    return "| " + " | ".join(map(str, cells)) + f" | {statistics.median(seconds):.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("``")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    folders = parser.parse_args().folders
    import scipy.optimize  # loaded here, lest the first row pay for it

    versions = f"NumPy {np.__version__}, SciPy {scipy.__version__}"
    print(f"winset {VERSION}, Python {platform.python_version()}, {versions}, {platform.machine()}")
    print("Median processor time of one core in seconds." if not folders else "Processor time in seconds.")
    print("\n| space | outcomes | interactions | points | method | seconds |\n|---|---:|---:|---:|---|---:|")
    for folder in folders:
        print(row(folder.name, [peer_model(folder)]), flush=True)
    for issues in () if folders else ISSUES:
        print(row(f"random, {issues} issues", [random_model(seed, issues) for seed in range(RUNS)]), flush=True)


if __name__ == "__main__":
    sys.exit(main())
