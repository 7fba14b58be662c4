"""Time to find every conflict and every relaxation among 20 demands of 8 parties on 2^90 outcomes.

Run: ``python benchmarks/blockers.py [seeds]``. Parties want the two options of 90 issues with random weights;
each reservation value is uniform within 0.05 of the tightness stated; 12 red lines, of random parties, rule
out what their owner dislikes on one to three random issues at once.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from winset.model.issues import Clause, Issue, Space
from winset.model.judgement import Number, Values, Weights
from winset.model.negotiation import Account, Negotiation
from winset.model.party import Batna, Party, Preferences, RedLine
from winset.model.rule import Rule
from winset.model.sampling import central
from winset.solve.blockage import Blockage
from winset.solve.clock import Clock
from winset.solve.relaxations import relaxations_of

ISSUES = 90
PARTIES = 8
RED_LINES = 12
SECONDS = 120.0


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


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print("tightness  seed  relaxations  conflicts  complete  seconds")
    for tightness in (0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.90):
        for seed in range(seeds):
            subject = negotiation(np.random.default_rng(seed), tightness)
            draws = central(subject, subject.accounts[0])
            start = time.perf_counter()
            found = relaxations_of(subject, draws, Clock(SECONDS))
            seconds = time.perf_counter() - start
            assert isinstance(found, Blockage)
            print(
                f"{tightness:9.2f}  {seed:4d}  {len(found.relaxations):11,}  {len(found.conflicts):9,}  "
                f"{'yes' if found.complete else 'no':>8}  {seconds:7.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
