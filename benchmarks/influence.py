"""How well influence is estimated: against known functions, and against brute force on the shipped cases.

Run as ``python benchmarks/influence.py estimators`` or ``python benchmarks/influence.py nested [CASE ...]``.
They make the tables of docs/explanation/influence.md.
"""

from __future__ import annotations

import math
import platform
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from winset._version import VERSION
from winset.analysis.context import Context
from winset.analysis.explained import Index, by_class, index
from winset.analysis.influence import run
from winset.model.draws import BoolArray, FloatArray
from winset.workflow import load, shipped_cases

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.slow_influence import Effort, nested, total_variance

REPEATS = 300

FUNCTIONS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "nothing": lambda x: np.full_like(x, 0.5),
    "weak line, .45 to .55": lambda x: 0.45 + 0.1 * x,
    "line, .2 to .8": lambda x: 0.2 + 0.6 * x,
    "hump": lambda x: 0.3 + 0.5 * np.exp(-(((x - 0.4) / 0.15) ** 2)),
    "step in noise, .4 to .8": lambda x: 0.4 + 0.4 * (x > 0.9),
    "step that decides all": lambda x: (x > 0.37) * 1.0,
}


def bins(number: int, line: FloatArray, answers: BoolArray) -> Index:
    """Return the index by the means of this many bins."""
    classes = np.empty(len(line), dtype=np.int64)
    classes[np.argsort(line, kind="stable")] = np.arange(len(line)) * number // len(line)
    return index(answers, [by_class(classes, answers, stratified=True)])


def cubic(line: FloatArray, answers: BoolArray) -> Index:
    """Return the index by a polynomial of degree 3, less the noise that it follows."""
    terms = np.linalg.qr(np.stack([line**power for power in range(4)], axis=1))[0]
    fitted = terms @ (terms.T @ answers)
    noise = ((answers - fitted) ** 2).sum() / (len(line) - 4)
    explained = fitted.var() - 3 * noise / len(line)
    return Index(explained, explained / answers.var(), math.nan)


def ranks(line: FloatArray, answers: BoolArray) -> Index:
    """Return the index by products of neighbours in rank (Gamboa, Gremaud, Klein and Lagnoux 2022)."""
    ordered = answers[np.argsort(line)].astype(float)
    explained = (ordered[:-1] * ordered[1:]).mean() - ordered.mean() ** 2
    return Index(explained, explained / ordered.var(), math.nan)


def estimators(draws: int) -> None:
    """Print bias and standard deviation of estimators, and the mean of the error that is stated."""
    ways: dict[str, Callable[[FloatArray, BoolArray], Index]] = {
        "cubic": cubic,
        **{f"{number} bins": partial(bins, number) for number in (10, 20, 40, 80)},
        "ranks": ranks,
    }
    print(f"\n{draws} draws, {REPEATS} repeats: bias, standard deviation [mean stated error]\n")
    print("| probability of a zone | index |", " | ".join(ways), "|")
    print("|---|---|" + "---|" * len(ways))
    rng = np.random.default_rng(0)
    for name, function in FUNCTIONS.items():
        exact = function((np.arange(400_000) + 0.5) / 400_000)
        truth = exact.var() / (exact.mean() * (1 - exact.mean()))
        found: dict[str, list[Index]] = {way: [] for way in ways}
        for _ in range(REPEATS):
            line = rng.random(draws)
            answers = rng.random(draws) < function(line)
            for way, estimate in ways.items():
                found[way].append(estimate(line, answers))
        cells = [cell(one, truth) for one in found.values()]
        print(f"| {name} | {truth:.4f} |", " | ".join(cells), "|", flush=True)


def cell(found: list[Index], truth: float) -> str:
    """Return bias, standard deviation and mean stated error."""
    shares = np.array([one.share for one in found])
    stated = float(np.mean([one.standard_error for one in found]))
    error = "" if math.isnan(stated) else f" [{stated:.4f}]"
    return f"{shares.mean() - truth:+.4f}, {shares.std():.4f}{error}"


def brute(name: str) -> None:
    """Print the estimate of every judgement of a case beside brute force."""
    negotiation = load(name)
    small = negotiation.space.size < 10_000
    effort = Effort(40, 200) if small else Effort(20, 40)
    found = run(Context(negotiation, 2_000, 0, negotiation.leading_account))
    print(f"\n## {name}: {len(found.ranking)} judgements, {effort.outer} values x {effort.inner} draws\n")
    begin = time.perf_counter()
    variance = total_variance(negotiation, 40_000 if small else 4_000)
    apart, worst, truths = 0.0, 0.0, []
    for rank, entry in enumerate(found.ranking, start=1):
        truth = nested(negotiation, entry.judgement, effort, variance)
        truths.append(truth.index)
        score = (entry.index - truth.index) / (math.hypot(entry.standard_error, truth.standard_error) or 1.0)
        apart, worst = apart + score**2, max(worst, abs(score))
        if rank <= 6 or truth.index > 0.02:
            print(
                f"{rank:3d}  {entry.index:.3f} ± {entry.standard_error:.3f}   "
                f"{truth.index:.3f} ± {truth.standard_error:.3f}   {score:+.1f}   {entry.judgement}",
                flush=True,
            )
    if truths:
        first = sorted(range(len(truths)), key=lambda number: -truths[number])[:3]
        print(f"first three by brute force are ranked {', '.join(str(n + 1) for n in first)}")
        apart = math.sqrt(apart / len(truths))
        print(f"apart by {apart:.2f} joint errors (root mean square), {worst:.1f} at most")
    else:
        print(f"variance {variance:.4f}: nothing to find out")
    print(f"{time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    print(f"winset {VERSION}, Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    if sys.argv[1] == "estimators":
        estimators(2_000)
        estimators(500)
    else:
        for case in sys.argv[2:] or [info.id for info in shipped_cases()]:
            brute(case)
