"""What does the answer hinge on? How far knowing each open judgement would settle whether there is a zone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from winset.analysis.context import Context
from winset.analysis.explained import Index, Projection, by_class, free_columns, index, project
from winset.analysis.settled import settled
from winset.analysis.step import AnalysisStep
from winset.analysis.survey import AccountSurvey, TooLarge, survey
from winset.analysis.zone import standard_error
from winset.findings.base import Provenance, Status
from winset.findings.influence import End, Influence, InfluenceFinding
from winset.findings.judged import column_names, in_words
from winset.model.draws import BoolArray, FloatArray
from winset.model.issues import Space
from winset.model.judged import Judged, judgements
from winset.model.negotiation import Account
from winset.model.party import RedLine
from winset.model.readings import SampledReading
from winset.model.tolerances import INFLUENCE_LEAST, INFLUENCE_MOST

REFERENCES = (
    "Sobol' (1993), Sensitivity estimates for nonlinear mathematical models",
    "Saltelli et al. (2008), Global Sensitivity Analysis: The Primer (factor prioritisation)",
)
METHOD = (
    "share of the variance that each judgement explains, by means of bins or classes, or quadratic regression"
)
_TAIL = 10  # the ends of a number are its lowest and its highest tenth
_DIGITS = 9  # far beyond the sampling error; linear algebra may differ between processors in the 16th digit


@dataclass(frozen=True, slots=True)
class _Part:
    """The draws that took one account, and whether each has a zone. Axis D."""

    account: Account
    reading: SampledReading
    answers: BoolArray
    judged: dict[str, Judged]

    def points(self, path: str) -> FloatArray | None:
        """Return what the draws made of a judgement, [D, C]; None where it is not open."""
        return self.judged[path].drawn(self.reading) if path in self.judged else None


@dataclass(frozen=True, slots=True)
class _Group:
    """Draws in which a judgement is looked at together.

    Attributes
    ----------
    answers : bool array, [D]
    points : float array, [D, C], or None
        What the draws made of the judgement; None where it is not open in them.
    stated : object
        What the file says of it.
    """

    answers: BoolArray
    points: FloatArray | None
    stated: object = None

    @property
    def varies(self) -> bool:
        return self.points is not None and len(free_columns(self.points)) > 0

    def projection(self) -> Projection:
        """Return the answer's projection on the judgement."""
        if self.points is None:
            return by_class(np.zeros(len(self.answers), dtype=np.int64), self.answers)
        return project(self.points, self.answers)

    def column(self, number: int) -> _Group:
        """Return the group with one column of the points."""
        return self if self.points is None else replace(self, points=self.points[:, [number]])


def run(context: Context) -> InfluenceFinding:
    """Return how far each judgement that the file leaves open would settle the answer, were it known.

    With Y whether a draw has a zone and X_j what it made of judgement j, the index is
    ``S_j = Var(E[Y | X_j]) / Var(Y)``. Where accounts judge differently, it is looked at within each account,
    and the variances that it explains there are averaged over the draws.
    """
    found = context.once(survey)
    if isinstance(found, TooLarge):
        return _unknown(context, found.reason)
    if found.count < INFLUENCE_LEAST:
        return _unknown(context, f"fewer than {INFLUENCE_LEAST} draws tell nothing of single judgements")
    space = context.negotiation.space
    parts = [part for part in (_part(context, one, space) for one in found.parts) if len(part.answers)]
    answers = np.concatenate([part.answers for part in parts])
    mean = float(answers.mean())
    entries = list(_entries(space, parts, answers)) if 0.0 < mean < 1.0 else []
    entries.sort(key=lambda entry: -entry[0])
    return InfluenceFinding(
        status=Status.SAMPLED,
        probability=mean,
        total_variance=mean * (1.0 - mean),
        ranking=tuple(entry for _, entry in entries),
        provenance=_provenance(context, len(answers)),
    )


def _part(context: Context, part: AccountSurvey, space: Space) -> _Part:
    """Return the first draws of an account, and what they leave open."""
    kept = part.draws.rows < INFLUENCE_MOST
    account = part.draws.account
    return _Part(
        account,
        SampledReading(context.seed, part.draws.rows[kept]),
        part.size[kept] > 0,
        {judged.path: judged for judged in judgements(space, account)},
    )


def _entries(space: Space, parts: Sequence[_Part], answers: BoolArray) -> Iterator[tuple[float, Influence]]:
    """Yield every judgement with its estimated index, which may be negative, in file order."""
    if len(parts) > 1:
        classes = np.repeat(np.arange(len(parts)), [len(part.answers) for part in parts])
        low, high = _account_ends(parts)
        yield _entry(
            "accounts", "which account holds", index(answers, [by_class(classes, answers)]), (low, high)
        )
    paths = dict.fromkeys(path for part in parts for path in part.judged)
    for path in paths:
        groups = _groups(path, parts)
        if not any(group.varies for group in groups):
            continue  # bounds and total leave one possibility
        judged = next(part.judged[path] for part in parts if path in part.judged)
        found = index(answers, [group.projection() for group in groups])
        ends = _ends(judged, space, groups, answers)
        within = tuple(part.account.title for part in parts if path in part.judged) if len(groups) > 1 else ()
        yield _entry(path, in_words(judged, space), found, ends, within)


def _entry(
    path: str,
    what: str,
    found: Index,
    ends: tuple[End | None, End | None],
    within: tuple[str, ...] = (),
) -> tuple[float, Influence]:
    return round(found.share, _DIGITS), Influence(
        judgement=path,
        what=what,
        explained=round(max(found.explained, 0.0), _DIGITS),
        index=round(max(found.share, 0.0), _DIGITS),
        standard_error=round(found.standard_error, _DIGITS),
        low=ends[0],
        high=ends[1],
        accounts=within,
    )


def _groups(path: str, parts: Sequence[_Part]) -> list[_Group]:
    """Return the draws of all accounts as one group where they state the same, else account by account."""
    groups = [
        _Group(part.answers, part.points(path), part.judged[path].stated if path in part.judged else None)
        for part in parts
    ]
    first = groups[0].stated
    points = [group.points for group in groups if group.points is not None]
    if len(points) < len(groups) or any(group.stated != first for group in groups):
        return groups
    return [_Group(np.concatenate([group.answers for group in groups]), np.concatenate(points), first)]


def _account_ends(parts: Sequence[_Part]) -> tuple[End, End]:
    """Return the accounts in which a zone is least and most probable; ties to the first."""
    ends = [
        End(part.account.title, None, mean, standard_error(mean, len(part.answers)))
        for part in parts
        for mean in (float(part.answers.mean()),)
    ]
    return min(ends, key=_probability), max(ends, key=_probability)


def _probability(end: End) -> float:
    return end.probability or 0.0


def _ends(
    judged: Judged, space: Space, groups: Sequence[_Group], answers: BoolArray
) -> tuple[End | None, End | None]:
    """Return the answer at both ends of a number; of several numbers, at those of the most telling one."""
    if isinstance(judged.about, RedLine):
        return _where_meant(groups, meant=False), _where_meant(groups, meant=True)
    names = column_names(judged, space)
    if any(group.points is not None and group.points.shape[1] != len(names) for group in groups):
        return None, None  # accounts state values at different points
    columns = [[group.column(number) for group in groups] for number in range(len(names))]
    varying = [number for number, column in enumerate(columns) if any(group.varies for group in column)]
    telling = varying[0]
    if len(varying) > 1:
        shares = {n: index(answers, [group.projection() for group in columns[n]]).share for n in varying}
        telling = max(varying, key=lambda number: round(shares[number], _DIGITS))
    return _tail(columns[telling], names[telling], high=False), _tail(
        columns[telling], names[telling], high=True
    )


def _where_meant(groups: Sequence[_Group], *, meant: bool) -> End:
    """Return the answer where a red line is meant, or is not; everywhere where it is not open."""
    there = [
        group.answers if group.points is None else group.answers[group.points[:, 0] == meant]
        for group in groups
    ]
    return End(meant, None, *_pooled(groups, there))


def _tail(groups: Sequence[_Group], name: str, *, high: bool) -> End:
    """Return the answer in the lowest or highest tenth of the points' only column."""
    there, values, weights = [], [], []
    for group in groups:
        if group.points is None or not group.varies:
            there.append(group.answers)
            continue
        line = group.points[:, 0]
        order = np.argsort(-line if high else line, kind="stable")
        chosen = order[: max(1, len(line) // _TAIL)]
        there.append(group.answers[chosen])
        values.append(float(line[chosen].mean()))
        weights.append(len(line))
    same = len({group.stated for group in groups if group.varies}) == 1
    value = round(float(np.average(values, weights=weights)), _DIGITS) if same else None
    return End(value, name or None, *_pooled(groups, there))


def _pooled(groups: Sequence[_Group], there: Sequence[BoolArray]) -> tuple[float | None, float | None]:
    """Return the mean answer at an end, and its error: every group's by its share of the draws.

    A group of which no draw came out at the end is left out.
    """
    seen = [(len(group.answers), chosen) for group, chosen in zip(groups, there, strict=True) if len(chosen)]
    total = sum(count for count, _ in seen)
    if not total:
        return None, None
    mean = sum(count * float(chosen.mean()) for count, chosen in seen) / total
    errors = [count * standard_error(float(chosen.mean()), len(chosen)) for count, chosen in seen]
    return mean, math.sqrt(sum(error**2 for error in errors)) / total


def _unknown(context: Context, reason: str) -> InfluenceFinding:
    return InfluenceFinding(Status.UNKNOWN, None, None, (), _provenance(context, 0, reason))


def _provenance(context: Context, draws: int, reason: str | None = None) -> Provenance:
    return Provenance(
        method=METHOD,
        parameters={"draws": draws},
        seed=None if reason else context.seed,
        references=REFERENCES,
        reason=reason,
    )


def _open(context: Context) -> bool:
    """Whether the file leaves anything open."""
    return not settled(context.negotiation)


ANALYSIS = AnalysisStep(
    name="influence",
    order=55,
    question="What does the answer hinge on: which open judgement should be found out first?",
    run=run,
    applies=_open,
)
