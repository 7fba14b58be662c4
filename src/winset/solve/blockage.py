"""What blocks one precise model: demands that cannot stand together, and demands whose lifting opens a zone.

An outcome becomes an agreement once the members of some coalition that suffices lift those of their demands
that it violates. The relaxations are the minimal sets among these, over all outcomes and minimal coalitions;
the conflicts are the minimal sets of demands that meet every relaxation (Reiter 1987).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.findings.demands import Demand, demands_of
from winset.model.draws import Draws
from winset.model.issues import Clause
from winset.model.negotiation import Negotiation
from winset.model.rule import Rule
from winset.model.tolerances import COALITION_LIMIT, HITTING_STEPS, TABULATION_LIMIT
from winset.solve.blocks import blocks
from winset.solve.consent import Ground, falls_short, ground_of
from winset.solve.hitting import HittingSets, hitting_sets, minimal_masks

MaskArray = NDArray[np.uint64]

WORD = 64
"""Demands, and conditions of a rule, that one mask holds."""


_STOPPED = f"the search for conflicts stopped after {HITTING_STEPS:,} steps; there may be further ones"


@dataclass(frozen=True, slots=True)
class TooMany:
    """Blockers that were not looked for, and the reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Blockage:
    """What blocks one precise model.

    Attributes
    ----------
    blocked : bool
        Whether there is no zone.
    relaxations : tuple of tuple of Demand
        Every minimal set whose lifting opens the zone; empty when there is a zone, or nothing opens it.
    conflicts : tuple of tuple of Demand
        Every minimal set that cannot stand together; empty likewise.
    complete : bool
        Whether every conflict and every relaxation was found.
    reason : str or None
        Why not.
    """

    blocked: bool
    relaxations: tuple[tuple[Demand, ...], ...] = ()
    conflicts: tuple[tuple[Demand, ...], ...] = ()
    complete: bool = True
    reason: str | None = None


def blockage_of(negotiation: Negotiation, draws: Draws) -> Blockage | TooMany:
    """Return what blocks a draw.

    Parameters
    ----------
    negotiation : Negotiation
    draws : Draws
        One draw.

    Returns
    -------
    Blockage or TooMany
        TooMany beyond `TABULATION_LIMIT` outcomes, `COALITION_LIMIT` coalitions, or 64 demands or conditions.

    References
    ----------
    Reiter (1987), A theory of diagnosis from first principles, Artificial Intelligence 32, theorem 4.4.
    Liffiton and Sakallah (2008), Journal of Automated Reasoning 40: correction sets and unsatisfiable subsets
    are each other's minimal hitting sets.
    """
    standing = standing_demands(negotiation, draws)
    reason = _too_many(negotiation, draws.account.rule, len(standing))
    if reason is not None:
        return TooMany(reason)
    masks = _relaxations(negotiation, draws, standing)
    if masks == (0,):
        return Blockage(blocked=False)
    found = hitting_sets(masks) if masks else HittingSets((), complete=True)
    return Blockage(
        blocked=True,
        relaxations=tuple(_members(mask, standing) for mask in masks),
        conflicts=tuple(_members(mask, standing) for mask in found.sets),
        complete=found.complete,
        reason=None if found.complete else _STOPPED,
    )


def standing_demands(negotiation: Negotiation, draws: Draws) -> tuple[Demand, ...]:
    """Return the demands that stand in the first of the draws, of parties that the rule names.

    These are BATNAs and meant red lines, in the order of `demands_of`.
    """
    named = set(draws.account.rule.parties())
    standing = {Demand(party, "batna") for party in named}
    for party, meant in zip(draws.account.parties, draws.meant, strict=True):
        if party.id in named:
            lines = zip(party.red_lines, meant[0], strict=True)
            standing |= {Demand(party.id, "red_line", line.id) for line, stands in lines if stands}
    return tuple(demand for demand in demands_of(negotiation) if demand in standing)


def _too_many(negotiation: Negotiation, rule: Rule, demands: int) -> str | None:
    """Return why blockers are not looked for; None when they are."""
    if negotiation.space.size > TABULATION_LIMIT:
        return f"the space has more than the {TABULATION_LIMIT:,} outcomes that are looked at one by one"
    if demands > WORD:
        return f"{demands} demands stand, and conflicts are looked for among {WORD} at most"
    if len(rule.conditions()) > WORD:
        return f"the agreement rule has more than {WORD} conditions"
    if coalition_bound(rule) > COALITION_LIMIT:
        return f"the agreement rule allows for more than {COALITION_LIMIT:,} coalitions"
    return None


def coalition_bound(rule: Rule) -> int:
    """Return an upper bound of the coalitions that `Rule.coalitions` goes through, whatever conditions hold."""
    # Ways to pick `needed` members and one coalition of each: an elementary symmetric polynomial.
    ways = [1] + [0] * len(rule.members)
    for member in rule.members:
        choices = 1 if isinstance(member, str) else coalition_bound(member)
        for picked in range(len(rule.members), 0, -1):
            ways[picked] += ways[picked - 1] * choices
    chosen = ways[rule.needed] if 0 <= rule.needed <= len(rule.members) else 0
    return chosen * math.prod(coalition_bound(condition.needs) for condition in rule.when)


def _relaxations(negotiation: Negotiation, draws: Draws, standing: Sequence[Demand]) -> tuple[int, ...]:
    """Return every minimal set of standing demands whose lifting opens the zone; (0,) when there is a zone."""
    rule = draws.account.rule
    bit = {demand: np.uint64(1 << number) for number, demand in enumerate(standing)}
    owned = {
        party: sum(1 << number for number, demand in enumerate(standing) if demand.party == party)
        for party in rule.parties()
    }
    found = [np.empty(0, dtype=np.uint64)]
    for holding, violated in _violated(negotiation, draws, bit).items():
        for coalition in rule.coalitions(holding):
            liftable = np.uint64(sum(owned[party] for party in coalition))
            found.append(minimal_masks(violated & liftable))
    return tuple(int(mask) for mask in minimal_masks(np.concatenate(found)))


def _violated(
    negotiation: Negotiation, draws: Draws, bit: dict[Demand, np.uint64]
) -> dict[frozenset[Clause], MaskArray]:
    """Return the minimal sets of demands that an outcome violates, by the rule's conditions that hold at it."""
    found: dict[frozenset[Clause], MaskArray] = {}
    for block in blocks(negotiation.space):
        ground = ground_of(negotiation, draws.account, block)
        if ground is None:
            continue
        masks = _violated_in(block.draws(draws), ground, bit)
        clauses = tuple(ground.conditions)
        patterns = np.zeros(len(masks), dtype=np.uint64)
        for number, clause in enumerate(clauses):
            patterns[ground.conditions[clause][:, 0]] |= np.uint64(1 << number)
        for pattern in np.unique(patterns):
            holding = frozenset(clause for number, clause in enumerate(clauses) if int(pattern) >> number & 1)
            known = found.get(holding, masks[:0])
            # A set that contains another of the same pattern does so within every coalition too.
            found[holding] = minimal_masks(np.concatenate([known, masks[patterns == pattern]]))
    return found


def _violated_in(draws: Draws, ground: Ground, bit: dict[Demand, np.uint64]) -> MaskArray:
    """Return the standing demands that each outcome of the ground violates. Shape [O]."""
    masks = np.zeros(len(ground.outcomes), dtype=np.uint64)
    for member in ground.members:
        short = falls_short(draws, ground, member)[:, 0]
        masks[short] |= bit[Demand(member.id, "batna")]
        lines = draws.account.parties[member.index].red_lines
        for number, matched in member.lines:
            demand = Demand(member.id, "red_line", lines[number].id)
            if demand in bit:
                masks[matched] |= bit[demand]
    return masks


def _members(mask: int, standing: Sequence[Demand]) -> tuple[Demand, ...]:
    """Return the demands of a mask, in order."""
    return tuple(demand for number, demand in enumerate(standing) if mask >> number & 1)
