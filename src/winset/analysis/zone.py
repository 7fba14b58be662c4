"""Is there a deal? The zone of possible agreement over all draws, by account, and in the central reading."""

from __future__ import annotations

import math

from winset.analysis import frontier
from winset.analysis.context import Context
from winset.analysis.settled import settled
from winset.analysis.step import AnalysisStep
from winset.analysis.survey import AccountSurvey, Survey, TooLarge, central_survey, survey
from winset.findings.base import Provenance, Status
from winset.findings.zone import AccountZone, CentralZone, ZoneFinding

REFERENCES = (
    "Fisher and Ury (1981), Getting to Yes (BATNA)",
    "Raiffa (1982), The Art and Science of Negotiation (zone of agreement)",
)
METHOD = "every outcome checked in every draw"
METHOD_LARGE = "the frontier of the only reading there is: a zone that is not empty holds one of its points"


def run(context: Context) -> ZoneFinding:
    """Return how probable it is that the zone of possible agreement holds an outcome.

    The estimate is the share p of draws with a zone; its standard error is sqrt(p (1 - p) / D), and 0 where
    the file leaves nothing to draw.
    """
    found = context.once(survey)
    central = _central(context)
    sure = settled(context.negotiation)
    if isinstance(found, TooLarge) or found.count == 0:
        return _untabulated(context, reason_unknown(found), central, sure=sure and context.draws > 0)
    probability = float(found.exists.mean())
    return ZoneFinding(
        status=Status.EXACT if sure else Status.SAMPLED,
        probability=probability,
        standard_error=standard_error(probability, found.count),
        draws=found.count,
        by_account=tuple(_account(part) for part in found.parts),
        central=central,
        mean_size=float(found.size.mean()),
        provenance=_provenance(context, None if sure else context.seed, reason=found.reason),
    )


def standard_error(probability: float, draws: int) -> float:
    """Return sqrt(p (1 - p) / D), the standard error of a share p of D independent draws."""
    return math.sqrt(probability * (1 - probability) / draws)


def reason_unknown(found: Survey | TooLarge) -> str:
    """Return why a survey tells nothing, for the provenance."""
    return found.reason if isinstance(found, TooLarge) else "no draws were asked for"


def _account(part: AccountSurvey) -> AccountZone:
    """Return the probability among the draws that took one account."""
    account, draws = part.draws.account, part.draws.count
    if draws == 0:
        return AccountZone(account.id, account.title, 0, None, None)
    probability = float((part.size > 0).mean())
    return AccountZone(account.id, account.title, draws, probability, standard_error(probability, draws))


def _central(context: Context) -> CentralZone:
    """Return the zone of the central reading; of a space too large to tabulate, as the frontier tells it."""
    found = context.once(central_survey)
    if isinstance(found, TooLarge):
        return CentralZone(context.account.id, _exists_by_frontier(context), None)
    size = int(found.size[0])
    return CentralZone(context.account.id, size > 0, size)


def _exists_by_frontier(context: Context) -> bool | None:
    """Return whether the central reading has a zone, as far as its frontier tells.

    A point of the frontier in the zone proves that there is one. Where the same parties always have to consent,
    whatever dominates an outcome of the zone lies in it too, so that a frontier without such a point proves the
    contrary.
    """
    known = context.once(frontier.run)
    if any(point.in_zone for point in known.points):
        return True
    if known.status is not Status.EXACT:
        return None
    rule = context.account.rule
    unanimous = rule.kind == "all" and not rule.when and all(isinstance(one, str) for one in rule.members)
    return False if unanimous else None


def _untabulated(context: Context, reason: str, central: CentralZone, *, sure: bool) -> ZoneFinding:
    """Return the finding without a survey: known where the central reading is the only one, unknown else."""
    known = sure and central.exists is not None
    probability = float(bool(central.exists)) if known else None
    error = 0.0 if known else None
    draws = context.draws if known else 0
    return ZoneFinding(
        status=Status.EXACT if known else Status.UNKNOWN,
        probability=probability,
        standard_error=error,
        draws=draws,
        by_account=tuple(
            AccountZone(account.id, account.title, draws, probability, error)
            if account is context.account
            else AccountZone(account.id, account.title, 0, None, None)
            for account in context.negotiation.accounts
        ),
        central=central,
        mean_size=None,
        provenance=_provenance(context, None, METHOD_LARGE if known else METHOD, None if known else reason),
    )


def _provenance(
    context: Context, seed: int | None, method: str = METHOD, reason: str | None = None
) -> Provenance:
    return Provenance(
        method=method,
        parameters={"draws": context.draws, "account": context.account.id},
        seed=seed,
        references=REFERENCES,
        reason=reason,
    )


ANALYSIS = AnalysisStep(
    name="zone",
    order=10,
    question="Is there a deal: would some agreement be better than none for all whose consent is needed?",
    run=run,
)
