"""How fast draws are, and how near the random walk comes to the uniform distribution.

Run ``python benchmarks/draws.py speed`` for the first, and for the second, which makes the table of
docs/explanation/draws.md, ``python benchmarks/draws.py mixing [points [issues ...]]``.
"""

from __future__ import annotations

import platform
import sys
import time

import numpy as np

from winset._version import VERSION
from winset.model.draws import FloatArray
from winset.model.issues import Clause, Issue, Space
from winset.model.judgement import Groups, Number, Values, Weights
from winset.model.negotiation import Account, Negotiation
from winset.model.party import Batna, Interaction, Party, Preferences, RedLine
from winset.model.polytope import Polytope
from winset.model.proposals import proposals
from winset.model.rule import Rule
from winset.model.sampling import draw
from winset.model.streams import uniforms
from winset.model.walk import walk
from winset.model.weightset import WeightSet

ISSUES, OPTIONS, PARTIES, ACCOUNTS, DRAWS = 8, 5, 4, 3, 2_000


def party(name: str, account: int) -> Party:
    """Return a party with every kind of judgement."""
    base = f"parties.{name}"
    ranking: Groups = tuple((issue,) for issue in range(ISSUES))
    weights = {
        0: Weights(f"{base}.weights", (0.0,) * ISSUES, (1.0,) * ISSUES, ranking),
        1: Weights(f"{base}.weights", (0.2, 0.1) + (0.0,) * 6, (0.3, 0.2) + (1.0,) * 6),
        2: Weights(f"{base}.weights", (0.08,) * ISSUES, (0.2,) * ISSUES, ranking),
    }[account]
    options: Groups = tuple((option,) for option in range(OPTIONS))
    ranked = ((1.0, 0.0, 0.0, 0.0, 0.0), (1.0, 1.0, 1.0, 1.0, 0.0))
    bounded = ((1.0, 0.4, 0.0, 0.0, 0.0), (1.0, 0.9, 0.7, 1.0, 0.0))
    kinds = [(*ranked, options), (*bounded, options), ((0.2,) * OPTIONS, (0.8,) * OPTIONS, None)]
    values = []
    for issue in range(ISSUES):
        lower, upper, groups = kinds[issue % 3]
        values.append(Values(f"{base}.values.i{issue}", lower, upper, groups, stated=issue != 7))
    lines = tuple(
        RedLine(f"line{n}", Clause.of({n: [0]}), Number(f"{base}.red_lines.line{n}.firmness", 0.5, 0.9))
        for n in range(3)
    )
    adds = Interaction(Clause.of({0: [0], 1: [1, 2]}), Number(f"{base}.interactions.0.adds", 0.05, 0.1))
    return Party(
        name,
        name,
        Preferences(weights, tuple(values), (adds,)),
        Batna(Number(f"{base}.batna", 0.2, 0.5)),
        lines,
    )


def case() -> Negotiation:
    """Return a case of 4 parties, 8 issues and 3 accounts."""
    space = Space(tuple(Issue(f"i{n}", tuple("abcde")) for n in range(ISSUES)))
    names = tuple("wxyz"[:PARTIES])
    accounts = tuple(
        Account(
            f"account{number}",
            f"account {number}",
            Number(f"accounts.account{number}.credence", 0.2, 0.5),
            tuple(party(name, number) for name in names),
            Rule("all", names),
        )
        for number in range(ACCOUNTS)
    )
    return Negotiation("speed", "Speed", space, accounts)


def speed() -> None:
    """Print the best of five timings."""
    header()
    negotiation = case()
    taken = []
    for seed in range(5):
        begin = time.perf_counter()
        draw(negotiation, seed, 0, DRAWS)
        taken.append(time.perf_counter() - begin)
    print(f"{DRAWS} draws, {PARTIES} parties, {ISSUES} issues, {ACCOUNTS} accounts: {1e3 * min(taken):.0f} ms")


def polytopes(size: int) -> dict[str, Polytope]:
    """Return polytopes of different shapes, with `size` numbers each."""
    middle = np.arange(size, 0, -1) / (size * (size + 1) / 2)
    order: Groups = tuple((issue,) for issue in range(size))
    zero, one = np.zeros(size), np.ones(size)
    half = np.arange(size) < size // 2
    bounds: dict[str, tuple[FloatArray, FloatArray, Groups | None]] = {
        "ranking": (zero, one, order),
        "intervals, 10 % either way": (middle * 0.9, middle * 1.1, None),
        "ranking and 20 % either way": (middle * 0.8, middle * 1.2, order),
        "half of the weights below 0.02": (zero, np.where(half, 0.02, 1.0), None),
        "ranking and every second weight bounded": (
            middle / 2,
            np.where(np.arange(size) % 2, middle * 1.05, 1),
            order,
        ),
    }
    found = {}
    for name, (lower, upper, groups) in bounds.items():
        part = WeightSet.of(Weights("w", tuple(lower), tuple(upper), groups), 1.0).polytope
        assert part is not None
        found[name] = part
    return found


def across() -> Polytope:
    """Return a polytope that rejection finds hard: one point in some 300 is accepted."""
    lower = (0.11, 0.06, 0.11, 0.12, 0.12, 0.11, 0.0, 0.1, 0.08)
    upper = (0.14, 0.16, 0.13, 0.27, 0.13, 0.16, 0.4, 0.11, 0.1)
    part = WeightSet.of(Weights("w", lower, upper, tuple((issue,) for issue in range(9))), 1.0).polytope
    assert part is not None
    return part


def exact_points(polytope: Polytope, count: int) -> FloatArray:
    """Return uniform points by rejection alone, however long it takes."""
    rates = []
    for proposal in proposals(polytope):
        numbers = uniforms(1, "rate", 0, 4_000, proposal.columns)
        rates.append(polytope.holds(proposal.points(numbers)).mean())
    proposal = proposals(polytope)[int(np.argmax(rates))]
    found: list[FloatArray] = []
    begin = 0
    while sum(map(len, found)) < count:
        points = proposal.points(uniforms(1, "reference", begin, begin + 50_000, proposal.columns))
        found.append(points[polytope.holds(points)])
        begin += 50_000
    return np.concatenate(found)[:count]


def distance(one: FloatArray, other: FloatArray) -> float:
    """Return the largest difference of two empirical distribution functions (Kolmogorov and Smirnov)."""
    places = np.concatenate((one, other))
    below = [np.searchsorted(np.sort(sample), places, "right") / len(sample) for sample in (one, other)]
    return float(np.abs(below[0] - below[1]).max())


def mixing(count: int = 20_000, *sizes: int) -> None:
    """Print how far the walk's marginal means and distributions are from those of exact points."""
    header()
    print("| shape | issues | distance after n steps | after 3 n | after all | error of a mean, in sd |")
    print("|---|---|---|---|---|---|")
    for size in sizes or (3, 5, 10, 15, 20):
        for name, polytope in polytopes(size).items():
            row = compared(polytope, exact_points(polytope, count))
            print(f"| {name} | {size} | {row} |", flush=True)
    if not sizes:
        row = compared(across(), exact_points(across(), count))
        print(f"| bounds that cut across a ranking | 9 | {row} |")
    error = np.sqrt(2 / count)
    print(f"\nSampling error with {count} points: of a mean {error:.3f}, of a distance {1.36 * error:.3f}")


def compared(polytope: Polytope, exact: FloatArray) -> str:
    """Return the cells of a row: the worst marginal distance by steps, then the worst error of a mean."""
    size, rows = len(polytope.lower), np.arange(len(exact))
    cells = []
    walked = exact
    for steps in (size, 3 * size, None):
        walked = walk(polytope, 0, "walk", rows, steps)
        cells.append(max(distance(walked[:, g], exact[:, g]) for g in range(size)))
    cells.append(float((np.abs(walked.mean(0) - exact.mean(0)) / exact.std(0)).max()))
    return " | ".join(f"{cell:.3f}" for cell in cells)


def header() -> None:
    """Print what the figures were taken with."""
    print(
        f"winset {VERSION}, Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}\n"
    )


if __name__ == "__main__":
    if sys.argv[1] == "speed":
        speed()
    else:
        mixing(*map(int, sys.argv[2:]))
