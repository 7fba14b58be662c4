"""What blocks agreement the slow, obviously right way: every subset of the demands, every outcome."""

from __future__ import annotations

import itertools

from support.slow_zone import consents, outcomes, utility, zone
from winset.findings.demands import Demand
from winset.model.draws import Draws
from winset.model.issues import Outcome
from winset.model.negotiation import Negotiation
from winset.solve.blockage import standing_demands

DemandSet = frozenset[Demand]


def minimal(sets: list[DemandSet]) -> set[DemandSet]:
    return {one for one in sets if not any(other < one for other in sets)}


def by_all_subsets(negotiation: Negotiation, draws: Draws) -> tuple[set[DemandSet], set[DemandSet]]:
    """Return relaxations and conflicts by looking for a zone with every subset of the demands lifted."""
    demands = frozenset(standing_demands(negotiation, draws))
    opens, fails = [], []
    for count in range(len(demands) + 1):
        for chosen in itertools.combinations(sorted(demands), count):
            lifted = frozenset(chosen)
            if zone(negotiation, draws, 0, lifted):
                opens.append(lifted)
            else:
                fails.append(demands - lifted)
    return minimal(opens), minimal(fails)


def loss(draws: Draws, demand: Demand, outcome: Outcome) -> float:
    """Return what lifting a demand costs its owner at an outcome."""
    index = next(n for n, party in enumerate(draws.account.parties) if party.id == demand.party)
    if demand.kind == "batna":
        return max(0.0, float(draws.reservation[0, index]) - utility(draws, 0, index, outcome))
    line = next(line for line in draws.account.parties[index].red_lines if line.id == demand.id)
    scope = [issue for issue, _ in line.never.terms]

    def worth(options: tuple[int, ...]) -> float:
        return sum(float(draws.terms[issue][0, index, k]) for issue, k in zip(scope, options, strict=True))

    sizes = [range(draws.terms[issue].shape[2]) for issue in scope]
    ways = list(itertools.product(*sizes))
    keeping = [
        way for way in ways if any(k not in opts for k, (_, opts) in zip(way, line.never.terms, strict=True))
    ]
    best = max(map(worth, keeping or ways))
    return line.firmness.midpoint * max(0.0, best - worth(tuple(outcome[issue] for issue in scope)))


def price(negotiation: Negotiation, draws: Draws, relaxation: DemandSet) -> float:
    """Return the least total loss over the agreements that a relaxation opens."""
    opened = zone(negotiation, draws, 0, relaxation)
    return min(sum(loss(draws, demand, outcome) for demand in relaxation) for outcome in opened)


def least_concession(negotiation: Negotiation, draws: Draws) -> list[float] | None:
    """Return the least shortfalls, largest first; None where red lines leave no outcome."""
    account = draws.account
    insisting = frozenset(demand for demand in standing_demands(negotiation, draws) if demand.kind == "batna")
    found = []
    for outcome in outcomes(negotiation.space):
        if any(link.never.matches(outcome) for link in negotiation.links):
            continue
        holding = frozenset(clause for clause in account.rule.conditions() if clause.matches(outcome))
        for coalition in account.rule.coalitions(holding):
            members = [p for p, party in enumerate(account.parties) if party.id in coalition]
            if all(consents(draws, 0, p, outcome, insisting) for p in members):
                short = [
                    max(0.0, float(draws.reservation[0, p]) - utility(draws, 0, p, outcome)) for p in members
                ]
                found.append(sorted(short, reverse=True) + [0.0] * (len(account.parties) - len(short)))
    return min(found, default=None)
