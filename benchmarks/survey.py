"""Time and peak memory of the survey of 2,000 draws of 20,000 outcomes: 4 parties, 10 red lines.

Run: ``python benchmarks/survey.py [draws]``. Sampling is not included.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from winset.analysis.survey import TooLarge, survey_draws
from winset.model.draws import Draws
from winset.model.issues import Clause, Issue, Space
from winset.model.judgement import Number, Values, Weights
from winset.model.negotiation import Account, Negotiation
from winset.model.party import Batna, Party, Preferences, RedLine
from winset.model.rule import Rule

SIZES = (5, 5, 4, 4, 5, 5, 2)  # 20,000 outcomes
PARTIES = 4
RED_LINES = (3, 3, 2, 2)


def clause(rng: np.random.Generator) -> Clause:
    first, second = rng.choice(len(SIZES), size=2, replace=False)
    return Clause.of({int(first): [0], int(second): range(1 + SIZES[second] // 2)})


def party(rng: np.random.Generator, index: int) -> Party:
    name = f"p{index}"
    return Party(
        id=name,
        name=name,
        preferences=Preferences(
            Weights(f"{name}.w", (0.0,) * len(SIZES), (1.0,) * len(SIZES)),
            tuple(Values(f"{name}.v{i}", (0.0,) * size, (1.0,) * size) for i, size in enumerate(SIZES)),
        ),
        batna=Batna(Number(f"{name}.batna", 0.3, 0.7)),
        red_lines=tuple(
            RedLine(f"line{n}", clause(rng), Number(f"{name}.line{n}", 0.5, 0.9))
            for n in range(RED_LINES[index])
        ),
    )


def negotiation(rng: np.random.Generator) -> Negotiation:
    parties = tuple(party(rng, index) for index in range(PARTIES))
    space = Space(tuple(Issue(f"i{i}", tuple(range(size))) for i, size in enumerate(SIZES)))
    rule = Rule("all", tuple(member.id for member in parties))
    account = Account("only", "only", Number("credence", 1.0, 1.0), parties, rule)
    return Negotiation("benchmark", "Benchmark", space, (account,))


def draws_of(rng: np.random.Generator, subject: Negotiation, count: int, least: float) -> Draws:
    account = subject.accounts[0]
    weights = rng.dirichlet(np.ones(len(SIZES)), size=(count, PARTIES))
    return Draws(
        account=account,
        rows=np.arange(count),
        terms=tuple(weights[:, :, i, None] * rng.random((count, PARTIES, k)) for i, k in enumerate(SIZES)),
        constant=np.zeros((count, PARTIES)),
        adds=tuple(np.zeros((count, 0)) for _ in range(PARTIES)),
        reservation=rng.uniform(least, least + 0.2, (count, PARTIES)),
        meant=tuple(rng.random((count, len(p.red_lines))) < 0.7 for p in account.parties),
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    rng = np.random.default_rng(0)
    subject = negotiation(rng)
    for least in (0.5, 0.7):
        sample = draws_of(rng, subject, count, least)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        found = survey_draws(subject, (sample,))
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert not isinstance(found, TooLarge)
        print(
            f"{count:,} draws x {subject.space.size:,} outcomes x {PARTIES} parties, "
            f"{sum(RED_LINES)} red lines: zone in {found.exists.mean():.0%} of draws, {seconds:.2f} s, "
            f"peak memory {peak / 1024:.0f} MB ({(peak - before) / 1024:.0f} MB more)"
        )


if __name__ == "__main__":
    main()
