"""The answer in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from winset.findings.base import Status
from winset.findings.zone import ZoneFinding
from winset.model.negotiation import Negotiation
from winset.report.words import clean, count, percent, plus_minus, sentence, small

#: Least probability of a zone for each word, highest first. The bounds are those of the likelihood scale of
#: Mastrandrea et al. (2010), Guidance Note on Consistent Treatment of Uncertainties, IPCC, table 1:
#: extremely likely from 95 %, likely from 66 %, unlikely below 33 %, extremely unlikely below 5 %.
THRESHOLDS: Final = ((0.95, "Yes"), (0.66, "Probably"), (0.33, "Perhaps"), (0.05, "Hardly"), (0.0, "No"))

UNKNOWN_WORD: Final = "Unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "is there a deal?".

    Attributes
    ----------
    word : str
        Yes, Probably, Perhaps, Hardly, No or Unknown.
    sentence : str
        What the word rests on.
    probability : float or None
        For pictures of it.
    """

    word: str
    sentence: str
    probability: float | None


def word(probability: float | None) -> str:
    """Return the word for a probability of a zone; see `THRESHOLDS`."""
    if probability is None:
        return UNKNOWN_WORD
    return next(name for least, name in THRESHOLDS if probability >= least)


def verdict(negotiation: Negotiation, zone: ZoneFinding | None) -> Verdict:
    """Return the answer of a zone finding in words; unknown with the reason where there is none."""
    if zone is None:
        return Verdict(UNKNOWN_WORD, "The zone was not computed.", None)
    probability = zone.probability
    if probability is None or zone.status is Status.UNKNOWN:
        reason = zone.provenance.reason or "It could not be computed"
        return Verdict(UNKNOWN_WORD, sentence(clean(reason)), None)
    better = f"better {whose(negotiation)} than none"
    lines = any(party.red_lines for account in negotiation.accounts for party in account.parties)
    if probability == 0.0:
        without = " without crossing a line that is meant" if lines else ""
        text = f"No agreement is {better}{without}{_never(zone)}."
    else:
        crosses = ", and crosses no line that is meant" if lines else ""
        often = _often(zone)
        text = f"Some agreement is {better}{crosses}{',' if lines and often else ''}{often}."
    return Verdict(word(probability), text, probability)


def whose(negotiation: Negotiation) -> str:
    """Return for whom an agreement has to be better than none: ``for both``, ``for all four``, ..."""
    number_of = len(negotiation.party_ids)
    for account in negotiation.accounts:
        rule = account.rule
        if rule.kind != "all" or rule.when or set(rule.members) != set(negotiation.party_ids):
            return "for all whose consent is needed"
    return {1: "for the one party", 2: "for both"}.get(number_of, f"for all {small(number_of)}")


def _often(zone: ZoneFinding) -> str:
    """Return in how many readings there is a zone; empty where the file leaves nothing to draw."""
    if zone.probability == 1.0:
        if zone.status is Status.EXACT:
            return ""
        return f" in all {count(zone.draws)} readings drawn from what this file allows"
    error = plus_minus(zone.probability, zone.standard_error)
    within = f" in {percent(zone.probability)} of the readings this file allows"
    return f"{within} ({error})" if error else within


def _never(zone: ZoneFinding) -> str:
    if zone.status is Status.EXACT:
        return ""
    return f", in any of the {count(zone.draws)} readings drawn from what this file allows"
