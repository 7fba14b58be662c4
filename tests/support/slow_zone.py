"""The zone the slow, obviously right way: plain loops over draws and outcomes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from support.build import random_clause, random_negotiation
from winset.findings.demands import Demand
from winset.model.draws import Draws
from winset.model.issues import Outcome, Space
from winset.model.judgement import Number
from winset.model.negotiation import Negotiation
from winset.model.rule import Condition, Rule
from winset.model.tolerances import UTILITY_TOLERANCE

NOTHING: frozenset[Demand] = frozenset()


def utility(draws: Draws, draw: int, party: int, outcome: Outcome) -> float:
    total = 0.0
    for issue, option in enumerate(outcome):
        total += float(draws.terms[issue][draw, party, option])
    total += float(draws.constant[draw, party])
    for number, interaction in enumerate(draws.account.parties[party].preferences.interactions):
        if interaction.when.matches(outcome):
            total += float(draws.adds[party][draw, number])
    return total


def consents(
    draws: Draws, draw: int, party: int, outcome: Outcome, lifted: frozenset[Demand] = NOTHING
) -> bool:
    member = draws.account.parties[party]
    for number, line in enumerate(member.red_lines):
        stands = draws.meant[party][draw, number] and Demand(member.id, "red_line", line.id) not in lifted
        if stands and line.never.matches(outcome):
            return False
    if Demand(member.id, "batna") in lifted:
        return True
    return utility(draws, draw, party, outcome) >= draws.reservation[draw, party] - UTILITY_TOLERANCE


def zone(
    negotiation: Negotiation, draws: Draws, draw: int, lifted: frozenset[Demand] = NOTHING
) -> list[Outcome]:
    return [
        outcome
        for outcome in outcomes(negotiation.space)
        if not any(link.never.matches(outcome) for link in negotiation.links)
        and draws.account.rule.passes(
            frozenset(
                member.id
                for party, member in enumerate(draws.account.parties)
                if consents(draws, draw, party, outcome, lifted)
            ),
            outcome,
        )
    ]


def outcomes(space: Space) -> Iterator[Outcome]:
    return itertools.product(*(range(size) for size in space.sizes))


def random_rule(rng: np.random.Generator, space: Space, parties: tuple[str, ...], depth: int = 1) -> Rule:
    members: list[str | Rule] = list(rng.permutation(parties)[: int(rng.integers(1, len(parties) + 1))])
    members = [str(member) for member in members]
    if depth and rng.random() < 0.4:
        members.append(random_rule(rng, space, parties, depth - 1))
    kind = ("all", "any", "quota")[int(rng.integers(3))]
    when = ()
    if depth and rng.random() < 0.5:
        when = (Condition(random_clause(rng, space, 2), random_rule(rng, space, parties, depth - 1)),)
    return Rule(
        kind,
        tuple(members),
        quota=int(rng.integers(1, len(members) + 1)) if kind == "quota" else 0,
        veto=(parties[-1],) if rng.random() < 0.3 else (),
        when=when,
    )


def random_dispute(rng: np.random.Generator, *, accounts: int = 2, imprecise: bool = True) -> Negotiation:
    """Return a random case with accounts that differ in everything, links, interactions and a random rule."""
    parties = int(rng.integers(2, 4))
    sizes = [int(rng.integers(1, 5)) for _ in range(int(rng.integers(1, 4)))]
    readings = [
        random_negotiation(
            rng,
            parties=parties,
            sizes=sizes,
            links=int(rng.integers(0, 2)),
            red_lines=int(rng.integers(0, 3)),
            interactions=int(rng.integers(0, 2)),
            imprecise=imprecise,
        )
        for _ in range(accounts)
    ]
    first = readings[0]
    credence = 1 / accounts
    return replace(
        first,
        accounts=tuple(
            replace(
                reading.accounts[0],
                id=f"account{number}",
                credence=Number(f"accounts.account{number}.credence", credence, credence),
                rule=random_rule(rng, first.space, first.party_ids),
            )
            for number, reading in enumerate(readings)
        ),
    )
