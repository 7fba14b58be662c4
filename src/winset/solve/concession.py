"""The least concession: how far to go below reservation values when no red line is lifted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from winset.model.draws import BoolArray, IntArray
from winset.model.issues import Outcome
from winset.model.tolerances import GRID, REQUIREMENT_WIDTHS
from winset.solve.choice import Among, Measure, settle, sum_of_lowest
from winset.solve.clock import Clock
from winset.solve.encode import encode
from winset.solve.question import TIE, Question
from winset.solve.requirements import Requirements, find


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The outcome at which the shortfalls ``max(0, r_p - u_p)`` are least and most evenly shared.

    Attributes
    ----------
    outcome : Outcome
    shortfalls : tuple of float
        Of the parties whose consent is needed, in the order of `Question.needed`.
    proven : bool
        Whether no outcome has a smaller largest shortfall, of such a smaller second largest, and so on.
    """

    outcome: Outcome
    shortfalls: tuple[float, ...]
    proven: bool


def concession_of(question: Question, clock: Clock | None = None) -> Shortfall | None:
    """Return the least concession in utility that opens the zone while every red line is kept.

    It minimises the largest shortfall of any party, then the second largest, and so on, over the outcomes that
    neither a link nor a red line that stands forbids: the leximin of ``u_p - r_p``, of which gains count as
    ties are settled.

    Returns
    -------
    Shortfall or None
        None where the red lines leave no outcome, where nothing was found, or where the rule does not ask for
        the same parties' consent whatever the terms.
    """
    if not question.unanimous or not question.needed:
        return None
    found = _additive(question, clock) if question.additive else _by_program(question, clock)
    if found is None:
        return None
    outcome, proven = found
    short = -np.minimum(_gains(question, np.array([outcome]))[0], 0)
    return Shortfall(outcome, tuple((short * GRID).tolist()), proven)


def _gains(question: Question, outcomes: IntArray) -> IntArray:
    """Return what each needed party gains over its reservation value, on the grid. Shape [N, P]."""
    needed = list(question.needed)
    offset = np.array([question.reservation[party] for party in needed], dtype=np.int64)
    utilities = np.array([question.model.utilities(outcome) for outcome in outcomes], dtype=np.int64)
    return utilities[:, needed] - offset


def _additive(question: Question, clock: Clock | None) -> tuple[Outcome, bool] | None:
    """Return the outcome, and whether it is proven to be the one: in integers, from better to better."""
    lines = [n for n, demand in enumerate(question.standing) if demand.kind == "red_line"]
    insisted = [n for n, demand in enumerate(question.standing) if demand.kind == "batna"]
    links = question.kept(0)
    demanded = question.requirements.take([*insisted, *lines, *links])
    asked = np.arange(len(demanded.least)) < len(insisted)
    largest = sum(int(np.ptp(gain[asked], axis=1).max()) for gain in demanded.gains)
    largest += int(np.abs(demanded.least[asked]).max())
    best: Outcome | None = None
    while clock is None or clock.left() != 0.0:
        found = find(_lowered(demanded, asked, largest))
        if not len(found.outcomes):
            break
        gains = _gains(question, found.outcomes)
        best = _most_even(found.outcomes, gains)
        if found.complete:
            return best, True
        largest = -int(gains.min(axis=1).max()) - 1
    if best is None:
        return None
    everything = find(_lowered(demanded, asked, largest + 1), REQUIREMENT_WIDTHS[-1:])
    if not everything.complete:
        return best, False
    return _most_even(everything.outcomes, _gains(question, everything.outcomes)), True


def _lowered(demanded: Requirements, asked: BoolArray, largest: int) -> Requirements:
    """Return the requirements that no asked party falls short of its reservation value by more than this."""
    return demanded.raised(np.where(asked, TIE - largest, 0))


def _most_even(outcomes: IntArray, gains: IntArray) -> Outcome:
    """Return the leximin of the gains; of outcomes that tie the first."""
    ascending = np.sort(gains, axis=1)
    order = np.lexsort([*outcomes.T[::-1], *-ascending.T[::-1]])
    return tuple(int(option) for option in outcomes[order[0]])


def _by_program(question: Question, clock: Clock | None) -> tuple[Outcome, bool] | None:
    """Return the outcome, and whether it is proven to be the one: by programs."""
    model = replace(question.model, forbidden=(*question.model.forbidden, *question.lines.values()))
    left = None if clock is None else clock.left()
    among = Among(encode(model), None if left is None else time.monotonic() + left)
    unit = round(1.0 / among.encoding.scale)
    measures: Sequence[Measure] = [
        Measure(party, question.reservation[party], unit) for party in question.needed
    ]
    extended, value = sum_of_lowest(among, measures, 1)
    best = extended.best(value)
    if best.outcome is None:
        return None
    settled = settle(among, measures, Fraction(TIE, unit), best.outcome)
    return tuple(int(option) for option in settled.outcome), settled.proven
