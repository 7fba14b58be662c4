"""Negotiations made in Python, without a case file: exact numbers unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from winset.model.issues import Clause, Issue, Space
from winset.model.judgement import Number, Values, Weights
from winset.model.negotiation import Account, Link, Negotiation
from winset.model.party import Batna, Interaction, Party, Preferences, RedLine
from winset.model.rule import Rule


def space_of(*sizes: int) -> Space:
    """Return a space with issues i0, i1, ... of options a, b, ..."""
    return Space(
        tuple(
            Issue(
                f"i{index}", tuple(chr(97 + option) if size <= 26 else f"o{option}" for option in range(size))
            )
            for index, size in enumerate(sizes)
        )
    )


def exact(path: str, value: float) -> Number:
    return Number(path, value, value)


def preferences_of(
    party: str,
    weights: Sequence[float],
    values: Sequence[Sequence[float]],
    *,
    interactions: Sequence[tuple[Clause, float]] = (),
    scale: str = "unit",
) -> Preferences:
    assert scale in ("unit", "peer")
    return Preferences(
        weights=Weights(
            f"parties.{party}.weights",
            tuple(weights),
            tuple(weights),
            total=1.0 if scale == "unit" else None,
        ),
        values=tuple(
            Values(f"parties.{party}.values.i{index}", tuple(row), tuple(row))
            for index, row in enumerate(values)
        ),
        interactions=tuple(
            Interaction(clause, exact(f"parties.{party}.interactions.{number}.adds", adds))
            for number, (clause, adds) in enumerate(interactions)
        ),
        scale="peer" if scale == "peer" else "unit",
    )


def party_of(
    name: str,
    preferences: Preferences,
    reservation: float,
    red_lines: Mapping[str, tuple[Clause, float]] | None = None,
) -> Party:
    """Return a party; red lines map an id to the clause and the firmness."""
    return Party(
        id=name,
        name=name.capitalize(),
        preferences=preferences,
        batna=Batna(exact(f"parties.{name}.batna.value", reservation)),
        red_lines=tuple(
            RedLine(line, clause, exact(f"parties.{name}.red_lines.{line}.firmness", firmness))
            for line, (clause, firmness) in (red_lines or {}).items()
        ),
    )


def negotiation_of(
    space: Space,
    parties: Sequence[Party],
    *,
    links: Sequence[Clause] = (),
    rule: Rule | None = None,
) -> Negotiation:
    return Negotiation(
        id="test",
        title="A test",
        space=space,
        accounts=(
            Account(
                id="as_written",
                title="as written",
                credence=exact("accounts.as_written.credence", 1.0),
                parties=tuple(parties),
                rule=rule or Rule("all", tuple(party.id for party in parties)),
            ),
        ),
        links=tuple(Link(f"link{number}", clause) for number, clause in enumerate(links)),
    )


def random_clause(rng: np.random.Generator, space: Space, issues: int) -> Clause:
    """Return a clause over up to that many issues which does not match every outcome."""
    scope = rng.choice(len(space.issues), size=min(issues, len(space.issues)), replace=False)
    terms = {}
    for issue in scope:
        size = space.sizes[issue]
        count = int(rng.integers(1, max(2, size)))
        terms[int(issue)] = [int(o) for o in rng.choice(size, size=count, replace=False)]
    return Clause.of(terms)


def random_negotiation(
    rng: np.random.Generator,
    *,
    parties: int = 2,
    sizes: Sequence[int] = (3, 4, 2),
    links: int = 1,
    red_lines: int = 1,
    interactions: int = 0,
    digits: int = 2,
    imprecise: bool = False,
) -> Negotiation:
    """Return a random case. Few digits make ties likely; `imprecise` widens numbers into intervals."""
    space = space_of(*sizes)
    members = []
    for number in range(parties):
        name = "abcdefgh"[number]
        raw = rng.random(len(sizes)) + 0.05
        preferences = preferences_of(
            name,
            list(raw / raw.sum()),
            [[round(float(x), digits) for x in rng.random(size)] for size in sizes],
            interactions=[
                (random_clause(rng, space, 2), round(float(rng.normal(0, 0.2)), digits))
                for _ in range(interactions)
            ],
        )
        if imprecise:
            values = tuple(
                replace(row, lower=tuple(max(0.0, x - 0.2) for x in row.lower)) for row in preferences.values
            )
            preferences = replace(preferences, values=values)
        lines = {
            f"line{line}": (random_clause(rng, space, 2), float(rng.choice([0.3, 0.5, 0.8, 1.0])))
            for line in range(red_lines)
        }
        members.append(party_of(name, preferences, round(float(rng.uniform(0.1, 0.7)), digits), lines))
    return negotiation_of(space, members, links=[random_clause(rng, space, 2) for _ in range(links)])
