"""Whether a file leaves anything to draw."""

from __future__ import annotations

from winset.model.judged import judgements
from winset.model.negotiation import Negotiation


def settled(negotiation: Negotiation) -> bool:
    """Whether every draw is the same: one account, exact judgements, red lines that are surely meant or not."""
    possible = [account for account in negotiation.accounts if account.credence.high > 0]
    return len(possible) == 1 and not judgements(negotiation.space, possible[0])
