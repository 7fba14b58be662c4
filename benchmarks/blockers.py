"""Time to find every conflict and every relaxation among 20 demands of 8 parties on 2^90 outcomes.

Run: ``python benchmarks/blockers.py``, with ``--method programs`` for the same search with the solver for every
trial, or ``--method cardinality`` for a sequence of programs that finds relaxations smallest first. Parties
want the two options of 90 issues with random weights; each reservation value is uniform within 0.05 of the
tightness stated; 12 red lines, of random parties, rule out what their owner dislikes on one to three random
issues at once.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np

from winset.model.issues import Clause, Issue, Space
from winset.model.judgement import Number, Values, Weights
from winset.model.negotiation import Account, Negotiation
from winset.model.party import Batna, Party, Preferences, RedLine
from winset.model.rule import Rule
from winset.model.sampling import central
from winset.solve.blockage import Blockage
from winset.solve.choice import Among, Linear, Measure
from winset.solve.clock import Clock
from winset.solve.encode import Row, Variable, encode
from winset.solve.question import Question, places, question_of
from winset.solve.relaxations import prober, search

ISSUES = 90
PARTIES = 8
RED_LINES = 12
SECONDS = 60.0


def negotiation(rng: np.random.Generator, tightness: float) -> Negotiation:
    names = [f"p{number}" for number in range(PARTIES)]
    likes = rng.random((PARTIES, ISSUES)) < 0.5  # which party prefers the second option
    weights = rng.random((PARTIES, ISSUES))
    weights /= weights.sum(axis=1, keepdims=True)
    lines: dict[int, list[RedLine]] = {party: [] for party in range(PARTIES)}
    for number in range(RED_LINES):
        party = int(rng.integers(PARTIES))
        scope = rng.choice(ISSUES, size=int(rng.integers(1, 4)), replace=False)
        never = Clause.of({int(issue): [0 if likes[party, issue] else 1] for issue in scope})
        firmness = float(rng.uniform(0.5, 1.0))
        lines[party].append(RedLine(f"line{number}", never, Number(f"line{number}", firmness, firmness)))
    parties = tuple(
        Party(
            id=name,
            name=name,
            preferences=Preferences(
                Weights(f"{name}.w", tuple(weights[party]), tuple(weights[party]), total=None),
                tuple(
                    Values(f"{name}.v{i}", (1.0 - like, float(like)), (1.0 - like, float(like)))
                    for i, like in enumerate(likes[party])
                ),
                scale="peer",
            ),
            batna=Batna(Number(f"{name}.batna", *[float(rng.uniform(tightness - 0.05, tightness + 0.05))] * 2)),
            red_lines=tuple(lines[party]),
        )
        for party, name in enumerate(names)
    )
    space = Space(tuple(Issue(f"i{i}", ("a", "b")) for i in range(ISSUES)))
    account = Account("only", "only", Number("credence", 1.0, 1.0), parties, Rule("all", tuple(names)))
    return Negotiation("benchmark", "Benchmark", space, (account,))


def by_cardinality(question: Question, clock: Clock) -> tuple[int, bool]:
    """Return how many relaxations a sequence of programs finds, smallest first, and whether these are all."""
    among = Among(encode(question.model))
    lifted = among.encoding.size + np.arange(len(question.standing))
    rows = []
    for place, demand in enumerate(question.standing):
        line = question.lines.get(demand)
        if line is not None:
            columns = np.append(among.encoding.matching(line), lifted[place])
            rows.append(Row(columns, np.append(np.ones(len(columns) - 1), -1.0), high=len(line.terms) - 1.0))
            continue
        party = question.party(demand)
        gain = Measure(party, question.least(party), round(1.0 / among.encoding.scale)).linear(among.encoding)
        lowest = gain.constant + float(np.minimum(gain.entries, 0.0).sum())
        columns, entries = np.append(gain.columns, lifted[place]), np.append(gain.entries, -lowest)
        rows.append(Linear(columns, entries, gain.constant).at_least(0.0))
    among = among.where(rows, [Variable(high=1.0, integer=True)] * len(lifted))
    found = 0
    while True:
        left = clock.left()
        best = replace(among, deadline=time.monotonic() + (left or 0.0)).best(
            Linear(lifted, -np.ones(len(lifted)))
        )
        if best.outcome is None:
            return found, best.nothing
        violated = question.violated(best.outcome.tolist())
        if best.bound > 0.5 - violated.bit_count():  # let in by tolerances, or the time was up
            among = among.where([among.encoding.without(best.outcome)])
            continue
        found += 1
        columns = lifted[list(places(violated))]
        among = among.where([Row(columns, np.ones(len(columns)), high=len(columns) - 1.0)])


def line(tightness: float, seed: int, method: str) -> str:
    """Return a line of the table."""
    subject = negotiation(np.random.default_rng(seed), tightness)
    question = question_of(subject, central(subject, subject.accounts[0]))
    clock = Clock(SECONDS)
    start = time.perf_counter()
    if method == "cardinality":
        relaxations, complete = by_cardinality(question, clock)
        conflicts = "-"
    else:
        found = search(question, prober(question, clock, programs_only=method == "programs"), clock)
        relaxations, conflicts, complete = 0, "-", False
        if isinstance(found, Blockage):
            relaxations, complete = len(found.relaxations), found.complete
            conflicts = f"{len(found.conflicts):,}"
    seconds = time.perf_counter() - start
    done = "yes" if complete else "no"
    return f"{tightness:9.2f}  {seed:4d}  {relaxations:11,}  {conflicts:>9}  {done:>8}  {seconds:7.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument(
        "--tightness", type=float, nargs="+", default=[0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.90]
    )
    parser.add_argument("--method", choices=["search", "programs", "cardinality"], default="search")
    chosen = parser.parse_args()
    print("tightness  seed  relaxations  conflicts  complete  seconds")
    for tightness in chosen.tightness:
        for seed in range(chosen.seeds):
            print(line(tightness, seed, chosen.method), flush=True)


if __name__ == "__main__":
    main()
