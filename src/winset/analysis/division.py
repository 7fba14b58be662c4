"""How would the issues be divided by points? Adjusted Winner, for two parties."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from winset.analysis.context import Context
from winset.analysis.step import AnalysisStep
from winset.findings.base import Provenance, Status
from winset.findings.division import DividedIssue, DivisionFinding, Pair
from winset.model.draws import FloatArray
from winset.model.issues import Issue
from winset.model.judgement import Values, Weights

_METHOD = (
    "Adjusted Winner, in exact fractions: each issue goes to the party that gives it more points, ties to the "
    "party behind; then issues pass from the leader in ascending ratio of points until both totals are equal"
)
_REFERENCES = (
    "Brams & Taylor (1996), Fair Division: From Cake-Cutting to Dispute Resolution, Cambridge University "
    "Press, chapter 4",
    "Brams & Togman (1996), Camp David: was the agreement fair?, Conflict Management and Peace Science 15(1)",
)
_TOTAL = 100
_DENOMINATOR = (
    1_000_000  # weights are read as the nearest fraction up to here: as written, not as stored in binary
)


def adjusted_winner(points: Sequence[Pair]) -> tuple[Fraction, ...]:
    """Return the first party's share of each item.

    Parameters
    ----------
    points : sequence of pairs of Fraction
        What each item is worth to the two parties, not negative. With the same total for both, the division is
        envy-free.

    Returns
    -------
    tuple of Fraction
        In [0, 1], one for each item; at most one lies strictly between. Both parties get the same total.

    Notes
    -----
    The division is efficient and equitable, and with equal totals envy-free (Brams and Taylor 1996, chapter 4).
    First the items that one party values more go to it. Then, one by one in the order given, the items that
    both value alike go to the party that is behind, to the first where neither is. Then items pass from the
    leader to the other in ascending ratio of the leader's points to the other's, the last of them in part.
    """
    shares = [Fraction(mine > other) for mine, other in points]
    totals = [
        sum((pair[party] for pair in points if pair[party] > pair[1 - party]), Fraction(0)) for party in (0, 1)
    ]
    for item in (item for item, (mine, other) in enumerate(points) if mine == other):
        behind = 0 if totals[0] <= totals[1] else 1
        shares[item] = Fraction(1 - behind)
        totals[behind] += points[item][behind]
    leader = 0 if totals[0] >= totals[1] else 1
    gap = totals[leader] - totals[1 - leader]
    held = [item for item, share in enumerate(shares) if share == 1 - leader and sum(points[item]) > 0]
    for item in sorted(held, key=lambda item: _ratio(points[item], leader)):
        passed = min(Fraction(1), gap / sum(points[item]))
        shares[item] += passed if leader else -passed
        gap -= passed * sum(points[item])
    return tuple(shares)


def _ratio(pair: Pair, leader: int) -> tuple[bool, Fraction]:
    """Return a sort key: the leader's points over the other's, infinite last."""
    other = pair[1 - leader]
    return (True, Fraction(0)) if other == 0 else (False, Fraction(pair[leader]) / other)


def applies(context: Context) -> bool:
    """Whether two parties with exact weights and no interactions have several issues, each of which can be won.

    An issue can be won when it has an option of value 1 to the one party and 0 to the other, and another option
    the other way round.
    """
    issues = context.negotiation.space.issues
    preferences = [party.preferences for party in context.account.parties]
    if len(preferences) != 2 or len(issues) < 2:
        return False
    if any(one.interactions or not _usable(one.weights) for one in preferences):
        return False
    return all(
        _winnable(issue, first, second)
        for issue, first, second in zip(issues, preferences[0].values, preferences[1].values, strict=True)
    )


def run(context: Context) -> DivisionFinding:
    """Return the division of the issues in the account of the central reading."""
    parties = context.account.parties
    first, second = (_points(party.preferences.weights) for party in parties)
    points = tuple(zip(first, second, strict=True))
    shares = adjusted_winner(points)
    return DivisionFinding(
        status=Status.EXACT,
        parties={party.id: party.name for party in parties},
        issues=tuple(
            DividedIssue(name, pair, (share, 1 - share))
            for name, pair, share in zip(context.negotiation.space.names, points, shares, strict=True)
        ),
        totals=(
            sum((mine * share for (mine, _), share in zip(points, shares, strict=True)), Fraction(0)),
            sum((other * (1 - share) for (_, other), share in zip(points, shares, strict=True)), Fraction(0)),
        ),
        provenance=Provenance(_METHOD, {"account": context.account.id}, None, _REFERENCES),
    )


def _usable(weights: Weights) -> bool:
    """Whether the weights are exact and say something."""
    return weights.exact and sum(weights.lower) > 0


def _points(weights: Weights) -> tuple[Fraction, ...]:
    """Return the weights as points that total 100."""
    numbers = [Fraction(weight).limit_denominator(_DENOMINATOR) for weight in weights.lower]
    return tuple(_TOTAL * number / sum(numbers) for number in numbers)


def _winnable(issue: Issue, first: Values, second: Values) -> bool:
    """Whether each party's best option, of value 1, is the other's worst, of value 0."""
    one, other = _certain(issue, first), _certain(issue, second)
    return bool(((one == 1.0) & (other == 0.0)).any() and ((one == 0.0) & (other == 1.0)).any())


def _certain(issue: Issue, values: Values) -> FloatArray:
    """Return the value of each option, [K]; not a number where the file leaves it open."""
    lower, upper = np.array(values.lower), np.array(values.upper)
    if values.points is not None:
        positions = [float(option) for option in issue.options]
        lower, upper = (np.interp(positions, values.points, bound) for bound in (lower, upper))
    return np.where(lower == upper, lower, np.nan)


ANALYSIS = AnalysisStep("division", 60, "How would the issues be divided by points?", run, applies)
