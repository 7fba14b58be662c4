"""What stands in the way: conflicts and relaxations of the central reading, and what each demand costs."""

from __future__ import annotations

import math

from winset.analysis.context import Context
from winset.analysis.settled import settled
from winset.analysis.step import AnalysisStep
from winset.analysis.survey import Survey, TooLarge, survey
from winset.analysis.zone import run as zone
from winset.analysis.zone import standard_error
from winset.findings.base import Provenance, Status
from winset.findings.blockers import BlockersFinding, Concession, Demands, Lift, Price
from winset.findings.demands import demands_of
from winset.model.tolerances import BLOCKERS_SECONDS, PRICED
from winset.solve.blockage import Blockage, TooMany, blockage_of
from winset.solve.clock import Clock
from winset.solve.concession import concession_of
from winset.solve.prices import price_of
from winset.solve.question import Question, question_of
from winset.solve.relaxations import relaxations_of

REFERENCES = (
    "Reiter (1987), A theory of diagnosis from first principles, Artificial Intelligence 32 (theorem 4.4)",
    "Liffiton and Sakallah (2008), Algorithms for computing minimal unsatisfiable subsets of constraints, "
    "Journal of Automated Reasoning 40",
    "Murakami and Uno (2014), Efficient algorithms for dualizing large-scale hypergraphs, "
    "Discrete Applied Mathematics 170",
    "Bailey and Stuckey (2005), Discovery of minimal unsatisfiable subsets of constraints using hitting set "
    "dualization, PADL, LNCS 3350",
    "Geoffrion (1974), Lagrangean relaxation for integer programming, Mathematical Programming Study 2",
)

METHOD = "relaxations by the demands that each outcome violates, conflicts as their minimal hitting sets"
METHOD_LARGE = (
    "relaxations and conflicts from both sides, the minimal hitting sets of the one being the candidates for "
    "the other, each decided by exact search or a mixed-integer program; every outcome verified in integers"
)

PRICE_DIGITS = 9
"""Prices that agree in so many digits are tied."""


def run(context: Context) -> BlockersFinding:
    """Return what stands in the way.

    In the central reading: every minimal set of demands whose lifting opens the zone (relaxations), the
    cheapest first, every minimal set that cannot stand together (conflicts), and the least concession that
    opens the zone with every red line kept. Over all draws: the probability of a zone without each demand,
    p' = share of draws with a zone once it is lifted, and its gain over the share with it.
    """
    blockage, method = _blockage(context)
    if isinstance(blockage, TooMany):
        return BlockersFinding(
            status=Status.UNKNOWN,
            conflicts=(),
            relaxations=(),
            lift=_lifts(context),
            provenance=_provenance(context, method, blockage.reason),
            account=context.account.id,
        )
    priced, concession = _paid(context, blockage) if blockage.blocked else ((), None)
    return BlockersFinding(
        status=Status.EXACT if blockage.complete else Status.BOUNDED,
        conflicts=blockage.conflicts,
        relaxations=tuple(relaxation for relaxation, _ in priced),
        lift=_lifts(context),
        provenance=_provenance(context, method, blockage.reason),
        blocked=blockage.blocked,
        account=context.account.id,
        prices=tuple(price for _, price in priced),
        concession=concession,
    )


def _blockage(context: Context) -> tuple[Blockage | TooMany, str]:
    """Return what blocks the central reading, and how that was found."""
    blockage = blockage_of(context.negotiation, context.central)
    if isinstance(blockage, Blockage):
        return blockage, METHOD
    clock = _clock(context)
    blockage = relaxations_of(context.negotiation, context.central, clock)
    if clock.left() == 0.0 and blockage.reason is not None:
        clock.note(f"what blocks agreement: {blockage.reason}")
    if isinstance(blockage, TooMany) and context.once(zone).central.exists:
        return Blockage(blocked=False), METHOD  # there is nothing to explain
    return blockage, METHOD_LARGE


def _clock(context: Context) -> Clock:
    """Return the time for one part of the work: half of what is left, or what is usual."""
    left = context.clock.left()
    return Clock(BLOCKERS_SECONDS, context.limits.stopped) if left is None else context.clock.half()


def _paid(
    context: Context, blockage: Blockage
) -> tuple[tuple[tuple[Demands, Price | None], ...], Concession | None]:
    """Return the relaxations with their prices, the cheapest first, and the least concession."""
    question = question_of(context.negotiation, context.central)
    clock = _clock(context)
    concession = _concession(context, question, clock)
    priced = [
        (relaxation, _price(context, question, relaxation, clock) if number < PRICED else None)
        for number, relaxation in enumerate(blockage.relaxations)
    ]
    priced.sort(key=lambda pair: math.inf if pair[1] is None else round(pair[1].total, PRICE_DIGITS))
    return tuple(priced), concession


def _price(context: Context, question: Question, relaxation: Demands, clock: Clock) -> Price | None:
    """Return what lifting a relaxation costs."""
    found = price_of(question, question.mask(relaxation), clock)
    if found is None:
        return None
    terms = context.negotiation.space.terms(found.outcome)
    return Price(tuple(zip(relaxation, found.losses, strict=True)), terms, found.proven)


def _concession(context: Context, question: Question, clock: Clock) -> Concession | None:
    """Return the least concession that opens the zone with every red line kept."""
    found = concession_of(question, clock)
    if found is None:
        return None
    parties = [question.party_ids[party] for party in found.parties]
    terms = context.negotiation.space.terms(found.outcome)
    return Concession(dict(zip(parties, found.shortfalls, strict=True)), terms, found.proven)


def _lifts(context: Context) -> tuple[Lift, ...]:
    """Return what lifting each demand alone does, by descending gain, then by key."""
    found = context.once(survey)
    if isinstance(found, TooLarge) or found.count == 0:
        # What is sure already stays so: lifting a demand never closes a zone.
        figures = (1.0, 0.0, 0.0, 0.0) if context.once(zone).probability == 1.0 else (None,) * 4
        lifts = [Lift(demand, *figures) for demand in demands_of(context.negotiation)]
    else:
        lifts = [_lift(found, number) for number in range(len(found.demands))]
    return tuple(sorted(lifts, key=lambda lift: (-(lift.gain or 0.0), lift.demand.key)))


def _lift(found: Survey, number: int) -> Lift:
    """Return what lifting one demand does.

    In a draw lifting either opens a zone or changes nothing, so that the paired difference is 0 or 1 and its
    standard error that of a share.
    """
    opened = found.opened[:, number]
    without = float((found.exists | opened).mean())
    gain = float(opened.mean())
    return Lift(
        demand=found.demands[number],
        probability_without=without,
        standard_error=standard_error(without, found.count),
        gain=gain,
        gain_error=standard_error(gain, found.count),
    )


def _provenance(context: Context, method: str, reason: str | None) -> Provenance:
    return Provenance(
        method=f"{method}; each demand lifted alone in every draw",
        parameters={"draws": context.draws, "account": context.account.id},
        seed=None if settled(context.negotiation) else context.seed,
        references=REFERENCES,
        reason=reason,
    )


ANALYSIS = AnalysisStep(
    name="blockers",
    order=50,
    question="What stands in the way: which demands cannot stand together, and what does each of them cost?",
    run=run,
)
