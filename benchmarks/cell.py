"""One measurement in a process of its own: ``python cell.py TOOL ARRAYS REPEATS``, with any interpreter.

TOOL is winset, negmas or pymoo. ARRAYS is a file of NumPy arrays, one for each issue: what each option
contributes to each party's utility, [K, P]. Prints one JSON object: seconds of the processor (the best of the
repeats), points, memory in MiB at the peak and what of it the work added to interpreter and imports.

Each tool starts from these arrays and ends with the outcomes and utilities of the frontier:

- winset makes its integer model of them and eliminates issues;
- NegMAS makes utility functions, and `pareto_frontier` evaluates them at every outcome, as its users call it;
- pymoo has no outcome spaces: NumPy adds up all outcomes' utilities, its non-dominated sorting takes them.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable

import numpy as np


def winset() -> Callable[[list[np.ndarray]], dict[str, object]]:
    from winset.model.tolerances import GRID
    from winset.solve.grid import GridModel
    from winset.solve.structure import find_frontier

    def run(arrays: list[np.ndarray]) -> dict[str, object]:
        terms = tuple(np.rint(array / GRID).astype(np.int64) for array in arrays)
        found = find_frontier(GridModel(terms, np.zeros(arrays[0].shape[1], dtype=np.int64)))
        return {"points": len(found.frontier.outcomes), "gap": float(found.gap.max() * GRID)}

    return run


def negmas() -> Callable[[list[np.ndarray]], dict[str, object]]:
    from negmas import make_issue
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.preferences.ops import pareto_frontier
    from negmas.preferences.value_fun import TableFun

    def run(arrays: list[np.ndarray]) -> dict[str, object]:
        issues = [make_issue(len(array), f"i{issue}") for issue, array in enumerate(arrays)]
        functions = [
            LinearAdditiveUtilityFunction(
                [TableFun(dict(enumerate(array[:, party].tolist()))) for array in arrays],
                weights=[1.0] * len(arrays),
                issues=issues,
            )
            for party in range(arrays[0].shape[1])
        ]
        return {"points": len(pareto_frontier(functions, issues=issues)[1])}

    return run


def pymoo() -> Callable[[list[np.ndarray]], dict[str, object]]:
    from pymoo.util.nds.non_dominated_sorting import NonDominatedSorting

    def run(arrays: list[np.ndarray]) -> dict[str, object]:
        table = np.zeros((1, arrays[0].shape[1]))
        for array in arrays:
            table = (table[:, None, :] + array[None, :, :]).reshape(-1, array.shape[1])
        return {"points": len(NonDominatedSorting().do(-table, only_non_dominated_front=True))}

    return run


def peak() -> float:
    """Return the peak memory of this process in MiB."""
    try:
        # The kernel's figure for this program alone; getrusage may give that of the process it came from.
        with open("/proc/self/status", encoding="utf-8") as lines:
            return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def main(tool: str, path: str, repeats: int) -> None:
    run = {"winset": winset, "negmas": negmas, "pymoo": pymoo}[tool]()
    with np.load(path) as file:
        arrays = [file[name] for name in file.files]
    warm = [array[:2] for array in arrays[:2]]
    run(warm)  # what is loaded when first called is not measured
    gc.collect()
    before = peak()
    seconds, found = [], {}
    for _ in range(repeats):
        start = time.process_time()
        found = run(arrays)
        seconds.append(time.process_time() - start)
    print(json.dumps({"seconds": min(seconds), "mib": peak(), "added_mib": peak() - before, **found}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
