"""What if: demands set aside for one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from winset.case.problems import listing
from winset.case.text import shorten
from winset.errors import InputError, Problem, nearest_name
from winset.findings.demands import Demand, demands_of
from winset.model.judgement import Basis, Number
from winset.model.negotiation import Negotiation
from winset.model.party import Batna, Party, Preferences

_KINDS: Final = ("red_line", "batna")
_ASIDE: Final = Basis(because="set aside for this run")


def lifted(negotiation: Negotiation, keys: Sequence[str]) -> Negotiation:
    """Return the negotiation without some demands, in every account.

    A red line is taken out. A BATNA is replaced by the lowest utility that the party can have, which every
    outcome reaches: 0, or on a peer's scale the sum of the lowest weighted values and negative interactions.

    Parameters
    ----------
    negotiation : Negotiation
    keys : sequence of str
        As `Demand.key`.

    Raises
    ------
    InputError
        E813 for every key of no demand, with the nearest.
    """
    known = [demand.key for demand in demands_of(negotiation) if demand.kind in _KINDS]
    wrong = [_no_demand(key, known) for key in keys if key not in known]
    if wrong:
        raise InputError(wrong)
    gone = frozenset(keys)
    accounts = tuple(
        replace(account, parties=tuple(_without(party, gone) for party in account.parties))
        for account in negotiation.accounts
    )
    return replace(negotiation, accounts=accounts)


def _no_demand(key: str, known: Sequence[str]) -> Problem:
    near = nearest_name(key, known)
    return Problem("E813", "there is no such demand", shorten(key, 200), listing(known), near, file="--without")


def _without(party: Party, gone: frozenset[str]) -> Party:
    lines = tuple(line for line in party.red_lines if Demand(party.id, "red_line", line.id).key not in gone)
    batna = party.batna
    if Demand(party.id, "batna").key in gone:
        path = batna.value.path if batna.value is not None else f"parties.{party.id}.batna.value"
        least = _lowest(party.preferences)
        batna = Batna(Number(path, least, least, _ASIDE), what="set aside", basis=_ASIDE)
    return replace(party, red_lines=lines, batna=batna)


def _lowest(preferences: Preferences) -> float:
    """Return a utility that no outcome falls short of."""
    if preferences.scale == "unit":
        return 0.0
    terms = [
        min(weight * value for value in values.lower)
        for weight, values in zip(preferences.weights.lower, preferences.values, strict=True)
    ]
    return sum(terms) + sum(min(0.0, part.adds.low) for part in preferences.interactions)
