"""Agreement rules: whose consent an agreement needs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from winset.model.issues import Clause


@dataclass(frozen=True, slots=True)
class Condition:
    """A further requirement that applies only to some terms (`rule.when` in a case file)."""

    terms: Clause
    needs: Rule


@dataclass(frozen=True, slots=True)
class Rule:
    """Whose consent is needed: all, any, or a quota of the members, with vetoes and conditional members.

    A rule passes when enough members consent, every party in `veto` consents, and for each condition whose
    terms the outcome matches, that condition's own rule passes. Rules are monotone: one more party's consent
    never makes a rule fail.

    Attributes
    ----------
    kind : {"all", "any", "quota"}
        How many members have to consent.
    members : tuple of (str or Rule)
        Party names or nested rules.
    quota : int
        Number of members that suffices, for ``kind="quota"``; derived otherwise.
    veto : tuple of str
        Parties whose consent is needed whatever the quota.
    when : tuple of Condition
        Consent needed only for some terms.
    """

    kind: Literal["all", "any", "quota"]
    members: tuple[str | Rule, ...]
    quota: int = 0
    veto: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()

    @property
    def needed(self) -> int:
        """How many members have to consent."""
        return {"all": len(self.members), "any": 1, "quota": self.quota}[self.kind]

    def passes(self, consenting: frozenset[str], outcome: Sequence[int]) -> bool:
        """Whether the consent of these parties makes `outcome` an agreement."""
        agreed = sum(
            member in consenting if isinstance(member, str) else member.passes(consenting, outcome)
            for member in self.members
        )
        return (
            agreed >= self.needed
            and all(party in consenting for party in self.veto)
            and all(
                condition.needs.passes(consenting, outcome)
                for condition in self.when
                if condition.terms.matches(outcome)
            )
        )

    def conditions(self) -> tuple[Clause, ...]:
        """Return the terms of every condition in the rule, nested ones included, each once."""
        found: dict[Clause, None] = {}
        for member in self.members:
            if isinstance(member, Rule):
                found.update(dict.fromkeys(member.conditions()))
        for condition in self.when:
            found[condition.terms] = None
            found.update(dict.fromkeys(condition.needs.conditions()))
        return tuple(found)

    def parties(self) -> tuple[str, ...]:
        """Return every party the rule names, each once, in order of appearance."""
        found: dict[str, None] = {}
        for member in self.members:
            found.update(dict.fromkeys([member] if isinstance(member, str) else member.parties()))
        found.update(dict.fromkeys(self.veto))
        for condition in self.when:
            found.update(dict.fromkeys(condition.needs.parties()))
        return tuple(found)

    def coalitions(self, holding: frozenset[Clause] = frozenset()) -> tuple[frozenset[str], ...]:
        """Return the minimal sets of parties whose consent suffices.

        Parameters
        ----------
        holding : frozenset of Clause
            The conditions' terms (of `conditions()`) that the outcome in question matches.

        Notes
        -----
        The rule's minimal disjunctive normal form; exponential in the number of members of a quota.
        """
        parts: list[tuple[frozenset[str], ...]] = [
            (frozenset({member}),) if isinstance(member, str) else member.coalitions(holding)
            for member in self.members
        ]
        enough: set[frozenset[str]] = set()
        for chosen in itertools.combinations(parts, self.needed):
            enough.update(frozenset[str]().union(*pick) for pick in itertools.product(*chosen))
        required: list[tuple[frozenset[str], ...]] = [(frozenset(self.veto),)] if self.veto else []
        required += [c.needs.coalitions(holding) for c in self.when if c.terms in holding]
        for alternatives in required:
            enough = {one | other for one in minimal(enough) for other in alternatives}
        return minimal(enough)


def minimal(sets: set[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return the sets that contain no other, smallest first, then by their sorted members."""
    kept: list[frozenset[str]] = []
    for candidate in sorted(sets, key=lambda members: (len(members), sorted(members))):
        if not any(other <= candidate for other in kept):
            kept.append(candidate)
    return tuple(kept)
