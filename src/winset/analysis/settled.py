"""Whether a file leaves anything to draw."""

from __future__ import annotations

from winset.model.negotiation import Negotiation
from winset.model.party import Party


def settled(negotiation: Negotiation) -> bool:
    """Whether every draw is the same: one account, exact judgements, red lines that are surely meant or not."""
    possible = [account for account in negotiation.accounts if account.credence.high > 0]
    return len(possible) == 1 and all(_exact(party) for party in possible[0].parties)


def _exact(party: Party) -> bool:
    preferences = party.preferences
    return (
        preferences.weights.exact
        and all(values.exact for values in preferences.values)
        and all(interaction.adds.exact for interaction in preferences.interactions)
        and (party.batna.value is None or party.batna.value.exact)
        and all(line.firmness.exact and line.firmness.low in (0.0, 1.0) for line in party.red_lines)
    )
