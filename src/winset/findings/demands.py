"""Demands: what a party insists on, and what can be lifted one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from winset.model.negotiation import Negotiation


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """A red line, or a party's insistence on its reservation value.

    Attributes
    ----------
    party : str
        Id of the owner.
    kind : {"red_line", "batna"}
    id : str
        Id of the red line; empty for a BATNA.
    """

    party: str
    kind: Literal["red_line", "batna"]
    id: str = ""

    @property
    def key(self) -> str:
        """``red_line:PARTY.ID`` or ``batna:PARTY``: how files, options and JSON write it."""
        return f"red_line:{self.party}.{self.id}" if self.kind == "red_line" else f"batna:{self.party}"

    def describe(self, negotiation: Negotiation) -> str:
        """Return the demand in words, without its owner: ``no boundary is road`` or ``its BATNA (…)``."""
        index = negotiation.party_ids.index(self.party)
        for account in negotiation.accounts:
            party = account.parties[index]
            if self.kind == "batna":
                return f"its BATNA ({party.batna.what})" if party.batna.what else "its BATNA"
            for line in party.red_lines:
                if line.id == self.id:
                    return line.what or f"never {line.never.describe(negotiation.space)}"
        raise KeyError(self.key)
