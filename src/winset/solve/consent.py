"""Who consents to what: demands violated by the outcomes of a block, and where the agreement rule passes.

Only outcomes that no link forbids are looked at. Axis O runs over these, in index order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.model.draws import BoolArray, Draws, IntArray
from winset.model.issues import Clause
from winset.model.negotiation import Account, Negotiation
from winset.model.rule import Rule
from winset.model.tolerances import UTILITY_TOLERANCE
from winset.solve.blocks import Block
from winset.solve.tabulate import any_mask, clause_mask, rule_mask, utilities_by_outcome

CountArray = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Member:
    """A party whose consent the rule asks for.

    Attributes
    ----------
    index : int
        Place among the parties.
    id : str
    lines : tuple of (int, int array)
        Red lines that some outcome matches: their number within the party, and positions of these outcomes.
    """

    index: int
    id: str
    lines: tuple[tuple[int, IntArray], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A block of outcomes under one account: all that no draw changes.

    Attributes
    ----------
    block : Block
    outcomes : int array, [O]
        Indices, in the block, of the outcomes that no link forbids.
    rule : Rule
    members : tuple of Member
        The parties that the rule names.
    conditions : dict of Clause to bool array, [O, 1]
        Outcomes that match the terms of each of the rule's conditions.
    """

    block: Block
    outcomes: IntArray
    rule: Rule
    members: tuple[Member, ...]
    conditions: dict[Clause, BoolArray]

    def agreed(self, consent: dict[str, BoolArray], draws: int) -> BoolArray:
        """Return where the rule passes, given each member's consent in so many draws. Shape [O, D]."""
        passed = rule_mask(self.rule, consent, self.conditions.__getitem__)
        return np.broadcast_to(passed, (len(self.outcomes), draws))  # a rule may name nobody


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a party holds against each outcome.

    Attributes
    ----------
    short : bool array, [O, D]
        Whether the utility falls short of the reservation value.
    violated : int array, [O, D]
        Number of the party's demands that the outcome violates: BATNA and meant red lines.
    """

    short: BoolArray
    violated: CountArray

    @property
    def consent(self) -> BoolArray:
        """Whether the party consents. Shape [O, D]."""
        return np.equal(self.violated, 0)


def ground_of(negotiation: Negotiation, account: Account, block: Block) -> Ground | None:
    """Return the ground of a block under an account; None when links forbid every outcome of it."""
    forbidden = any_mask(block.space, [block.clause(link.never) for link in negotiation.links])
    outcomes = np.flatnonzero(~forbidden)
    if not len(outcomes):
        return None

    def mask(clause: Clause) -> BoolArray:
        return clause_mask(block.space, block.clause(clause))[outcomes]

    named = set(account.rule.parties())
    members = []
    for index, party in enumerate(account.parties):
        if party.id in named:
            matched = [np.flatnonzero(mask(line.never)) for line in party.red_lines]
            lines = tuple((number, places) for number, places in enumerate(matched) if len(places))
            members.append(Member(index, party.id, lines))
    conditions = {clause: mask(clause)[:, None] for clause in account.rule.conditions()}
    return Ground(block, outcomes, account.rule, tuple(members), conditions)


def verdict(draws: Draws, ground: Ground, member: Member) -> Verdict:
    """Return what a member holds against each outcome of the block.

    Parameters
    ----------
    draws : Draws
        Already restricted to the block (`Block.draws`).
    """
    short = falls_short(draws, ground, member)
    violated: CountArray = short.astype(np.uint8 if len(member.lines) < 255 else np.uint16)
    for number, matched in member.lines:
        violated[matched] += draws.meant[member.index][:, number].astype(violated.dtype)
    return Verdict(short, violated)


def falls_short(draws: Draws, ground: Ground, member: Member) -> BoolArray:
    """Return whether each outcome gives a member less than its reservation value. Shape [O, D]."""
    least = draws.reservation[:, member.index] - UTILITY_TOLERANCE
    chosen = ground.outcomes if len(ground.outcomes) < ground.block.space.size else None
    return utilities_by_outcome(draws, ground.block.space, member.index, chosen) < least
