"""What stands in the way: conflicts and relaxations of the central reading, and what each demand costs."""

from __future__ import annotations

from winset.analysis.context import Context
from winset.analysis.settled import settled
from winset.analysis.step import AnalysisStep
from winset.analysis.survey import Survey, TooLarge, survey
from winset.analysis.zone import run as zone
from winset.analysis.zone import standard_error
from winset.findings.base import Provenance, Status
from winset.findings.blockers import BlockersFinding, Lift
from winset.findings.demands import demands_of
from winset.model.tolerances import HITTING_STEPS
from winset.solve.blockage import TooMany, blockage_of

REFERENCES = (
    "Reiter (1987), A theory of diagnosis from first principles, Artificial Intelligence 32 (theorem 4.4)",
    "Liffiton and Sakallah (2008), Algorithms for computing minimal unsatisfiable subsets of constraints, "
    "Journal of Automated Reasoning 40",
    "Murakami and Uno (2014), Efficient algorithms for dualizing large-scale hypergraphs, "
    "Discrete Applied Mathematics 170",
)


def run(context: Context) -> BlockersFinding:
    """Return what stands in the way.

    In the central reading: every minimal set of demands whose lifting opens the zone (relaxations), and every
    minimal set that cannot stand together (conflicts). Over all draws: the probability of a zone without each
    demand, p' = share of draws with a zone once it is lifted, and its gain over the share with it.
    """
    blockage = blockage_of(context.negotiation, context.central)
    if isinstance(blockage, TooMany):
        open_ = context.once(zone).central.exists is True  # then there is nothing to explain
        return BlockersFinding(
            status=Status.EXACT if open_ else Status.UNKNOWN,
            conflicts=(),
            relaxations=(),
            lift=_lifts(context),
            provenance=_provenance(context, None if open_ else blockage.reason),
            blocked=False if open_ else None,
            account=context.account.id,
        )
    reason = f"the search for conflicts stopped after {HITTING_STEPS:,} steps; there may be further ones"
    return BlockersFinding(
        status=Status.EXACT if blockage.complete else Status.BOUNDED,
        conflicts=blockage.conflicts,
        relaxations=blockage.relaxations,
        lift=_lifts(context),
        provenance=_provenance(context, None if blockage.complete else reason),
        blocked=blockage.blocked,
        account=context.account.id,
    )


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


def _provenance(context: Context, reason: str | None) -> Provenance:
    return Provenance(
        method=(
            "relaxations by the demands that each outcome violates, conflicts as their minimal hitting sets; "
            "each demand lifted alone in every draw"
        ),
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
