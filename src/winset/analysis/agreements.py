"""Which agreements are most often acceptable."""

from __future__ import annotations

import numpy as np

from winset.analysis.context import Context
from winset.analysis.settled import settled
from winset.analysis.step import AnalysisStep
from winset.analysis.survey import Survey, TooLarge, survey
from winset.analysis.zone import REFERENCES, reason_unknown, standard_error
from winset.findings.base import Provenance, Status
from winset.findings.zone import Agreement, AgreementsFinding, UtilityRange
from winset.model.draws import Draws, FloatArray, IntArray
from winset.model.negotiation import Negotiation
from winset.model.tolerances import UTILITY_TOLERANCE
from winset.solve.tabulate import utilities, utilities_at

LOW, HIGH = 0.05, 0.95
"""Quantiles of a party's utility that go with each agreement."""


def run(context: Context) -> AgreementsFinding:
    """Return the outcomes with the highest acceptability, that is, the share of draws whose zone holds them.

    Of equally acceptable outcomes the one comes first whose smallest mean gain is larger: utility less
    reservation value, its mean over the draws, and the smallest of these over the parties that a rule names.
    Then the outcome index decides. Outcomes that are acceptable in no draw are left out.
    """
    found = context.once(survey)
    if isinstance(found, TooLarge) or found.count == 0:
        provenance = _provenance(context, None, reason_unknown(found))
        return AgreementsFinding(Status.UNKNOWN, (), provenance)
    sure = settled(context.negotiation)
    best = ranked(context.negotiation, found)[: context.agreements]
    return AgreementsFinding(
        status=Status.EXACT if sure else Status.SAMPLED,
        agreements=tuple(_agreement(context.negotiation, found, int(index)) for index in best),
        provenance=_provenance(context, None if sure else context.seed, found.reason),
    )


def ranked(negotiation: Negotiation, found: Survey) -> IntArray:
    """Return the indices of all outcomes that are acceptable in some draw, best first."""
    acceptable = np.flatnonzero(found.acceptable)
    # Whole multiples of the tolerance, so that rounding in the means cannot decide a tie.
    gain = np.rint(smallest_mean_gain(negotiation, found)[acceptable] / UTILITY_TOLERANCE)
    order = np.lexsort((acceptable, -gain, -found.acceptable[acceptable]))
    return acceptable[order]


def smallest_mean_gain(negotiation: Negotiation, found: Survey) -> FloatArray:
    """Return, for each outcome, the mean gain of the party that gains least on average. Shape [O].

    Parties that no account's rule names do not count, unless none is named.
    """
    named = {party for account in negotiation.accounts for party in account.rule.parties()}
    counted = [p for p, party in enumerate(negotiation.party_ids) if party in named or not named]
    means = [(part.draws.count / found.count, _mean(part.draws)) for part in found.parts if part.draws.count]
    smallest = np.full(negotiation.space.size, np.inf)
    for party in counted:
        gain = np.zeros(negotiation.space.size)
        for share, mean in means:
            gain += share * (utilities(mean, negotiation.space, party)[0] - mean.reservation[0, party])
        smallest = np.minimum(smallest, gain)
    return smallest


def _mean(draws: Draws) -> Draws:
    """Return the mean of the draws as one draw: utilities are linear in it, so their means are its own."""
    return Draws(
        account=draws.account,
        rows=draws.rows[:1],
        terms=tuple(term.mean(axis=0, keepdims=True) for term in draws.terms),
        constant=draws.constant.mean(axis=0, keepdims=True),
        adds=tuple(added.mean(axis=0, keepdims=True) for added in draws.adds),
        reservation=draws.reservation.mean(axis=0, keepdims=True),
        meant=tuple(meant[:1] for meant in draws.meant),
    )


def _agreement(negotiation: Negotiation, found: Survey, index: int) -> Agreement:
    """Return what there is to say of one outcome."""
    outcome = negotiation.space.outcome(index)
    at = np.array([outcome], dtype=np.int64)
    values = np.concatenate([utilities_at(part.draws, at)[:, 0, :] for part in found.parts])  # [D, P]
    low, high = np.quantile(values, (LOW, HIGH), axis=0)
    acceptability = int(found.acceptable[index]) / found.count
    return Agreement(
        outcome=outcome,
        terms=negotiation.space.terms(outcome),
        acceptability=acceptability,
        standard_error=standard_error(acceptability, found.count),
        utilities={
            party: UtilityRange(float(values[:, p].mean()), float(low[p]), float(high[p]))
            for p, party in enumerate(negotiation.party_ids)
        },
    )


def _provenance(context: Context, seed: int | None, reason: str | None = None) -> Provenance:
    return Provenance(
        method="outcomes ranked by the share of draws in which they lie in the zone",
        parameters={"draws": context.draws, "agreements": context.agreements},
        seed=seed,
        references=REFERENCES,
        reason=reason,
    )


ANALYSIS = AnalysisStep(
    name="agreements",
    order=20,
    question="Which agreements are most often acceptable to all whose consent is needed?",
    run=run,
)
