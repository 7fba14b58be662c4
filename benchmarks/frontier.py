"""How long the exact frontier takes on random additive preferences: ``python benchmarks/frontier.py``.

Weights are uniform on the simplex, values uniform on [0, 1]; the median of five runs, each with its own seed.
"""

from __future__ import annotations

import platform
import resource
import statistics
import sys
import time

import numpy as np

from winset._version import VERSION
from winset.model.issues import Clause
from winset.model.tolerances import GRID
from winset.solve.elimination import frontier
from winset.solve.grid import GridModel

#: Issues, options, parties, and how many random pairs of options are forbidden.
SIZES = (
    (10, 10, 2, 0),
    (30, 10, 2, 0),
    (100, 10, 2, 0),
    (300, 10, 2, 0),
    (30, 10, 2, 10),
    (8, 5, 3, 0),
    (8, 5, 4, 0),
    (8, 5, 4, 10),
)
RUNS = 5


def random_model(seed: int, issues: int, options: int, parties: int, links: int) -> GridModel:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(issues), parties)
    terms = tuple(
        np.rint(rng.random((options, parties)) * weights[:, issue] / GRID).astype(np.int64)
        for issue in range(issues)
    )
    pairs = [rng.choice(issues, 2, replace=False) for _ in range(links)]
    forbidden = tuple(
        Clause.of({int(issue): rng.choice(options, options // 2, replace=False).tolist() for issue in pair})
        for pair in pairs
    )
    return GridModel(terms, np.zeros(parties, dtype=np.int64), forbidden=forbidden)


def processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown processor"


def measure(size: tuple[int, int, int, int]) -> tuple[float, int]:
    seconds, points = [], []
    for seed in range(RUNS):
        model = random_model(seed, *size)
        start = time.perf_counter()
        points.append(len(frontier(model).outcomes))
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), round(statistics.median(points))


def main() -> None:
    print(f"{processor()}, {platform.system()} {platform.machine()}, one thread")
    print(f"winset {VERSION}, Python {platform.python_version()}, NumPy {np.__version__}\n")
    print(
        f"{'issues':>6} {'options':>7} {'parties':>7} {'links':>5} {'outcomes':>9} {'points':>7} {'seconds':>8}"
    )
    for size in SIZES:
        seconds, points = measure(size)
        issues, options, parties, links = size
        outcomes = f"{options}^{issues}"
        print(f"{issues:6} {options:7} {parties:7} {links:5} {outcomes:>9} {points:7} {seconds:8.3f}")
    unit = 1 if sys.platform == "darwin" else 1024
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
