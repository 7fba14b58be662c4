"""Demands: what a party insists on, and what can be lifted one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from winset.model.negotiation import Negotiation
from winset.model.party import Party


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

    def describe(self, negotiation: Negotiation, account: str | None = None) -> str:
        """Return the demand in words, without its owner: ``no boundary is road`` or ``its BATNA (…)``.

        Parameters
        ----------
        negotiation : Negotiation
        account : str, optional
            Id of the account whose words are preferred; otherwise the first that has any.

        Raises
        ------
        KeyError
            The negotiation has no such demand.
        """
        if self.kind == "batna":
            what = self.alternative(negotiation, account)
            return f"its BATNA ({what})" if what else "its BATNA"
        for party in self._owners(negotiation, account):
            for line in party.red_lines:
                if line.id == self.id:
                    return line.what or f"never {line.never.describe(negotiation.space)}"
        raise KeyError(self.key)

    def alternative(self, negotiation: Negotiation, account: str | None = None) -> str | None:
        """Return the owner's course of action without agreement, in words; None where no account has any."""
        return next((p.batna.what for p in self._owners(negotiation, account) if p.batna.what), None)

    def owner(self, negotiation: Negotiation) -> str:
        """Return the name of the owner for readers; raise KeyError when there is no such party."""
        return self._owners(negotiation, None)[0].name

    def _owners(self, negotiation: Negotiation, account: str | None) -> tuple[Party, ...]:
        """Return the owner as each account has it, the preferred account first."""
        if self.party not in negotiation.party_ids:
            raise KeyError(self.key)
        index = negotiation.party_ids.index(self.party)
        ordered = sorted(negotiation.accounts, key=lambda candidate: candidate.id != account)
        return tuple(candidate.parties[index] for candidate in ordered)


def demands_of(negotiation: Negotiation) -> tuple[Demand, ...]:
    """Return every demand of any account: by party, its BATNA first, then red lines in file order."""
    found: dict[Demand, None] = {}
    for index, party in enumerate(negotiation.party_ids):
        found[Demand(party, "batna")] = None
        for account in negotiation.accounts:
            for line in account.parties[index].red_lines:
                found[Demand(party, "red_line", line.id)] = None
    return tuple(found)
