"""A case with every kind of imprecise judgement, and slow ways to draw that are plainly right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from support.build import negotiation_of
from winset.model.issues import Clause, Issue, Space
from winset.model.judgement import Number, Values, Weights
from winset.model.negotiation import Account, Negotiation
from winset.model.party import Batna, Interaction, Party, Preferences, RedLine

FloatArray = NDArray[np.float64]

SPACE = Space(
    (
        Issue("boundary", ("river", "ridge", "road"), ordered=True),
        Issue("water", (0, 10, 20, 30, 40, 50), ordered=True, unit="percent"),
        Issue("instrument", ("truce", "treaty")),
        Issue("herds", ("few", "some", "many", "all")),
    )
)


def east() -> Party:
    base = "parties.east"
    return Party(
        "east",
        "East village",
        Preferences(
            Weights(f"{base}.weights", (0.0,) * 4, (1.0,) * 4, ((0,), (1, 2), (3,))),
            (
                Values(f"{base}.values.boundary", (1.0, 0.3, 0.0), (1.0, 0.6, 0.0), ((0,), (1,), (2,))),
                Values(f"{base}.values.water", (0.0, 0.7, 1.0), (0.0, 0.9, 1.0), points=(0.0, 25.0, 50.0)),
                Values(f"{base}.values.instrument", (0.4, 0.8), (0.4, 1.0)),
                Values(
                    f"{base}.values.herds", (1.0, 0.0, 0.2, 0.0), (1.0, 1.0, 0.9, 0.0), ((0,), (1,), (2,), (3,))
                ),
            ),
            (Interaction(Clause.of({0: [1], 1: [3, 4, 5]}), Number(f"{base}.interactions.0.adds", -0.1, 0.2)),),
        ),
        Batna(Number(f"{base}.batna.value", 0.2, 0.4)),
        (
            RedLine("road", Clause.of({0: [2]}), Number(f"{base}.red_lines.road.firmness", 0.7, 0.9)),
            RedLine("dry", Clause.of({1: [0, 1]}), Number(f"{base}.red_lines.dry.firmness", 0.0, 1.0)),
        ),
    )


def west() -> Party:
    base = "parties.west"
    unknown = tuple(
        Values(f"{base}.values.{issue.name}", (0.0,) * size, (1.0,) * size, stated=False)
        for issue, size in zip(SPACE.issues, SPACE.sizes, strict=True)
    )
    return Party(
        "west",
        "West village",
        Preferences(Weights(f"{base}.weights", (0.2, 0.1, 0.0, 0.0), (0.3, 0.2, 1.0, 0.45)), unknown),
        Batna(None, equals=(1, 2, 0, 3)),
        (RedLine("few", Clause.of({3: [0]}), Number(f"{base}.red_lines.few.firmness", 0.5, 0.5)),),
    )


def imprecise_case() -> Negotiation:
    """Return a case of two parties and two accounts; they differ in what West's alternative is worth."""
    written = negotiation_of(SPACE, (east(), west()))
    first = written.accounts[0]
    other = replace(west(), batna=Batna(Number("parties.west.batna.value", 0.1, 0.1)))
    accounts: tuple[Account, ...] = (
        replace(first, id="east", credence=Number("accounts.east.credence", 0.2, 0.5)),
        replace(first, id="west", credence=Number("accounts.west.credence", 0.5, 0.8), parties=(east(), other)),
    )
    return replace(written, accounts=accounts)


def rejected(weights: Weights, count: int, rng: np.random.Generator) -> FloatArray:
    """Return weights by throwing points at the simplex until enough lie in the set; groups of one only."""
    kept: list[FloatArray] = []
    while sum(map(len, kept)) < count:
        points = rng.dirichlet(np.ones(len(weights.lower)), size=200_000)
        inside = ((points >= weights.lower) & (points <= weights.upper)).all(axis=1)
        if weights.groups is not None:
            ranked = points[:, [group[0] for group in weights.groups]]
            inside &= (np.diff(ranked, axis=1) <= 0).all(axis=1)
        kept.append(points[inside])
    return np.concatenate(kept)[:count]


def distance(one: FloatArray, other: FloatArray) -> float:
    """Return the largest distance of any column's empirical distributions (Kolmogorov and Smirnov)."""
    worst = 0.0
    for column in range(one.shape[1]):
        first, second = np.sort(one[:, column]), np.sort(other[:, column])
        places = np.concatenate((first, second))
        below = np.searchsorted(first, places, "right") / len(first)
        worst = max(worst, float(np.abs(below - np.searchsorted(second, places, "right") / len(second)).max()))
    return worst
