"""What changed between two cases or two results: in the file, and in the answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from winset.findings.base import Json
from winset.findings.file_changes import FileChange
from winset.findings.result import Chance, Ranked, Result, Terms

Pair = tuple[float | None, float | None]
"""Before and after."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: how the user named it, what it is, and how its answer came about.

    Attributes
    ----------
    name : str
    kind : {"case", "result"}
    case, title : str
    version : str
    changes : tuple of str
        What it supposes.
    seed, draws : int or None
        None where nothing was analysed.
    """

    name: str
    kind: str
    case: str
    title: str
    version: str
    changes: tuple[str, ...] = ()
    seed: int | None = None
    draws: int | None = None

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "name": self.name,
            "kind": self.kind,
            "case": self.case,
            "title": self.title,
            "winset": self.version,
            "changes": list(self.changes),
            "seed": self.seed,
            "draws": self.draws,
        }


@dataclass(frozen=True, slots=True)
class Paired:
    """The mean over the same draws of a difference, and its standard error."""

    mean: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """How the probability of a zone changed.

    Attributes
    ----------
    before, after : Chance
    verdicts : tuple of str
        The word for each.
    change, standard_error : float or None
        Probability after less before; None where one of them is unknown.
    paired : bool
        Whether the standard error is that of the same draws, each compared with itself. Otherwise it is that of
        two independent samples, sqrt(s1^2 + s2^2).
    by_account : mapping of str to (Chance or None, Chance or None)
    central : tuple of bool or None
        Whether the central reading has a zone, before and after.
    """

    before: Chance
    after: Chance
    verdicts: tuple[str, str]
    change: float | None
    standard_error: float | None
    paired: bool
    by_account: Mapping[str, tuple[Chance | None, Chance | None]]
    central: tuple[bool | None, bool | None]

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "before": {**self.before.to_dict(), "verdict": self.verdicts[0], "central": self.central[0]},
            "after": {**self.after.to_dict(), "verdict": self.verdicts[1], "central": self.central[1]},
            "change": self.change,
            "standard_error": self.standard_error,
            "paired": self.paired,
            "by_account": {
                name: {"before": one and one.to_dict(), "after": other and other.to_dict()}
                for name, (one, other) in self.by_account.items()
            },
        }


@dataclass(frozen=True, slots=True)
class LiftChange:
    """What lifting one demand does, before and after; None where it is no demand, or nothing is known."""

    demand: str
    present: tuple[bool, bool]
    without: Pair
    gain: Pair

    @property
    def move(self) -> float:
        """How far the gain moved; of a demand that is on one side only, the gain there."""
        return (self.gain[1] or 0.0) - (self.gain[0] or 0.0)

    def to_dict(self) -> Json:
        """Return the JSON form."""
        sides = zip(("before", "after"), self.present, self.without, self.gain, strict=True)
        forms = {
            name: {"probability_without": without, "gain": gain} if here else None
            for name, here, without, gain in sides
        }
        return {"demand": self.demand, **forms}


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What changed in the answer.

    Attributes
    ----------
    zone : ZoneChange
    entered, left : tuple of (int, Ranked), or None
        Agreements that entered or left the list, with their rank in it, from 1; None where a side has no list.
    stayed : tuple of (Ranked, Ranked)
        Agreements on both lists, before and after.
    lifts : tuple of LiftChange
        Demands whose gain moved, the farthest first, and those that are on one side only.
    frontier : tuple of (int or None, str)
        Size and status, before and after.
    outcomes : tuple of str
        Number of outcomes, before and after.
    solutions : mapping of str to (terms or None, terms or None)
        Those that changed, by name.
    """

    zone: ZoneChange
    entered: tuple[tuple[int, Ranked], ...] | None
    left: tuple[tuple[int, Ranked], ...] | None
    stayed: tuple[tuple[Ranked, Ranked], ...]
    lifts: tuple[LiftChange, ...]
    frontier: tuple[tuple[int | None, str], tuple[int | None, str]]
    outcomes: tuple[str, str]
    solutions: Mapping[str, tuple[Terms | None, Terms | None]]

    def to_dict(self) -> Json:
        """Return the JSON form."""

        def ranked(found: tuple[tuple[int, Ranked], ...] | None) -> list[Json] | None:
            return None if found is None else [{"rank": rank, **one.to_dict()} for rank, one in found]

        def terms(picked: Terms | None) -> Json | None:
            return None if picked is None else dict(picked)

        return {
            "zone": self.zone.to_dict(),
            "agreements": {
                "entered": ranked(self.entered),
                "left": ranked(self.left),
                "stayed": [
                    {
                        "terms": dict(after.terms),
                        "before": before.acceptability,
                        "after": after.acceptability,
                    }
                    for before, after in self.stayed
                ],
            },
            "lift": [lift.to_dict() for lift in self.lifts],
            "frontier": [{"size": size, "status": status} for size, status in self.frontier],
            "outcomes": list(self.outcomes),
            "solutions": {
                name: {"before": terms(one), "after": terms(other)}
                for name, (one, other) in self.solutions.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of two cases or results.

    Attributes
    ----------
    before, after : Side
    notes : tuple of str
        What keeps the two from being like for like.
    file : tuple of FileChange, or None
        None where one of the two is a result.
    answer : AnswerChange or None
        None where nothing was analysed.
    """

    before: Side
    after: Side
    notes: tuple[str, ...]
    file: tuple[FileChange, ...] | None
    answer: AnswerChange | None

    def to_dict(self) -> Json:
        """Return the JSON document."""
        return {
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "notes": list(self.notes),
            "file": None if self.file is None else [change.to_dict() for change in self.file],
            "answer": None if self.answer is None else self.answer.to_dict(),
        }


def notes_on(before: Side, after: Side) -> tuple[str, ...]:
    """Return what keeps two sides from being like for like: cases, versions, seeds, numbers of draws."""
    pairs = {
        "The cases differ": (before.case, after.case),
        "The versions of winset differ": (before.version, after.version),
        "The seeds differ": (before.seed, after.seed),
        "The numbers of draws differ": (before.draws, after.draws),
    }
    return tuple(f"{words}: {one} and {other}." for words, (one, other) in pairs.items() if one != other)


def answer_change(
    before: Result, after: Result, verdicts: tuple[str, str], paired: Paired | None = None
) -> AnswerChange:
    """Return what changed from one answer to another.

    Parameters
    ----------
    before, after : Result
    verdicts : tuple of str
        The word for each probability of a zone.
    paired : Paired, optional
        Change of that probability over the same draws, where these are known one by one.
    """
    lists = before.agreements, after.agreements
    known = None not in lists
    places = [{frozenset(one.terms): (rank, one) for rank, one in enumerate(found or (), 1)} for found in lists]
    return AnswerChange(
        zone=_zone_change(before, after, verdicts, paired),
        entered=tuple(one for key, one in places[1].items() if key not in places[0]) if known else None,
        left=tuple(one for key, one in places[0].items() if key not in places[1]) if known else None,
        stayed=tuple((places[0][key][1], one) for key, (_, one) in places[1].items() if key in places[0]),
        lifts=_lift_changes(before, after),
        frontier=((before.frontier, before.frontier_status), (after.frontier, after.frontier_status)),
        outcomes=(before.outcomes, after.outcomes),
        solutions=_solution_changes(before, after),
    )


def _zone_change(before: Result, after: Result, verdicts: tuple[str, str], paired: Paired | None) -> ZoneChange:
    one, other = before.zone, after.zone
    change = error = None
    if paired is not None:
        change, error = paired.mean, paired.standard_error
    elif one.probability is not None and other.probability is not None:
        change = other.probability - one.probability
        error = math.hypot(one.standard_error or 0.0, other.standard_error or 0.0)
    names = dict.fromkeys((*before.by_account, *after.by_account))
    return ZoneChange(
        before=one,
        after=other,
        verdicts=verdicts,
        change=change,
        standard_error=error,
        paired=paired is not None,
        by_account={name: (before.by_account.get(name), after.by_account.get(name)) for name in names},
        central=(before.central, after.central),
    )


def _lift_changes(before: Result, after: Result) -> tuple[LiftChange, ...]:
    """Return the demands whose gain moved or that are on one side only, the farthest move first."""
    changes = [
        LiftChange(
            demand=demand,
            present=(demand in before.lifts, demand in after.lifts),
            without=(before.lifts.get(demand), after.lifts.get(demand)),
            gain=(before.gains.get(demand), after.gains.get(demand)),
        )
        for demand in dict.fromkeys((*before.lifts, *after.lifts))
    ]
    moved = [one for one in changes if one.gain[0] != one.gain[1] or not all(one.present)]
    return tuple(sorted(moved, key=lambda one: (-abs(one.move), one.demand)))


def _solution_changes(before: Result, after: Result) -> dict[str, tuple[Terms | None, Terms | None]]:
    names = dict.fromkeys((*before.solutions, *after.solutions))
    pairs = {name: (before.solutions.get(name), after.solutions.get(name)) for name in names}
    return {
        name: (one, other)
        for name, (one, other) in pairs.items()
        if (None if one is None else frozenset(one)) != (None if other is None else frozenset(other))
    }
