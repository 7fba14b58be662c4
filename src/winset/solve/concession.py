"""The least concession: how far to go below reservation values when no red line is lifted."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from winset.model.draws import IntArray
from winset.model.issues import Clause, Outcome
from winset.model.tolerances import CONCESSION_TABLE, CONCESSION_WAYS, GRID, REQUIREMENT_WIDTHS
from winset.solve.blockage import coalition_bound
from winset.solve.choice import Among, Measure, settle, sum_of_lowest
from winset.solve.clock import Clock
from winset.solve.encode import encode
from winset.solve.question import TIE, Question
from winset.solve.requirements import Requirements, clause_requirement, find, utility_requirement
from winset.solve.tabulate import matching


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The outcome at which the shortfalls ``max(0, r_p - u_p)`` are least and most evenly shared.

    Attributes
    ----------
    outcome : Outcome
    parties : tuple of int
        Those whose consent makes it an agreement.
    shortfalls : tuple of float
        Theirs.
    proven : bool
        Whether no outcome has a smaller largest shortfall, of such a smaller second largest, and so on.
    """

    outcome: Outcome
    parties: tuple[int, ...]
    shortfalls: tuple[float, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """A way in which the rule passes: parties that suffice, and what then is forbidden.

    Attributes
    ----------
    parties : tuple of int
    forbidden : tuple of Clause
        Links, these parties' red lines, and terms under which the rule asks for more than their consent.
    """

    parties: tuple[int, ...]
    forbidden: tuple[Clause, ...]


def concession_of(question: Question, clock: Clock | None = None) -> Shortfall | None:
    """Return the least concession in utility that opens the zone while every red line is kept.

    Over the outcomes that no link forbids, and the coalitions that suffice at them and none of whose red lines
    forbids them, it minimises the largest shortfall of a member, then the second largest, and so on. For one
    coalition this is the leximin of ``u_p - r_p``, of which gains count only to settle ties.

    Returns
    -------
    Shortfall or None
        None where red lines and links leave no outcome, where nothing was found, and where the rule passes in
        more than `CONCESSION_WAYS` ways.
    """
    found: list[tuple[list[int], Outcome, tuple[int, ...], IntArray]] = []
    proven = True
    ways = _ways(question)
    if ways is None:
        return None
    search = _by_program if question.model.interactions else _additive
    if math.prod(question.model.sizes) <= CONCESSION_TABLE:
        search = _looked_through
    for way in ways:
        answer, surely = search(question, way, clock)
        proven &= surely
        if answer is not None:
            short = np.maximum(-_gains(question, way, np.array([answer]))[0], 0)
            found.append((sorted(short.tolist(), reverse=True), answer, way.parties, short))
    if not found:
        return None
    count = len(question.party_ids)
    _, outcome, parties, short = min(found, key=lambda one: one[0] + [0] * (count - len(one[0])))
    return Shortfall(outcome, parties, tuple((short * GRID).tolist()), proven)


def _ways(question: Question) -> list[_Way] | None:
    """Return the ways in which the rule passes, but for those that only leave less; None if too many."""
    rule = question.rule
    conditions = rule.conditions()
    if len(conditions) > CONCESSION_WAYS or coalition_bound(rule) << len(conditions) > CONCESSION_WAYS:
        return None
    found: dict[frozenset[str], list[frozenset[Clause]]] = {}
    for barred in _subsets(conditions):
        for coalition in rule.coalitions(frozenset(conditions) - barred):
            if not any(fewer <= barred for fewer in found.get(coalition, [])):
                found.setdefault(coalition, []).append(barred)
    return [
        _Way(
            tuple(place for place, party in enumerate(question.party_ids) if party in coalition),
            (
                *question.model.forbidden,
                *(line for demand, line in question.lines.items() if demand.party in coalition),
                *(clause for clause in conditions if clause in barred),
            ),
        )
        for coalition, each in found.items()
        for barred in each
        if coalition
    ]


def _subsets(clauses: Sequence[Clause]) -> Iterator[frozenset[Clause]]:
    """Yield every set of the clauses, smallest first."""
    for count in range(len(clauses) + 1):
        yield from map(frozenset, itertools.combinations(clauses, count))


def _gains(question: Question, way: _Way, outcomes: IntArray) -> IntArray:
    """Return what each member gains over its reservation value, on the grid. Shape [N, P]."""
    members = list(way.parties)
    offset = np.array([question.reservation[party] for party in members], dtype=np.int64)
    utilities = np.array([question.model.utilities(outcome) for outcome in outcomes], dtype=np.int64)
    return utilities[:, members] - offset


def _looked_through(question: Question, way: _Way, clock: Clock | None) -> tuple[Outcome | None, bool]:
    """Return the outcome, and that it is proven: by looking at every one."""
    model = question.model
    places = np.unravel_index(np.arange(math.prod(model.sizes)), model.sizes)
    outcomes = np.column_stack(places).astype(np.int64)
    for clause in way.forbidden:
        outcomes = outcomes[~matching(clause, outcomes)]
    if not len(outcomes):
        return None, True
    utilities = np.repeat(model.constant[None, :], len(outcomes), axis=0)
    for issue, term in enumerate(model.terms):
        utilities += term[outcomes[:, issue]]
    for interaction in model.interactions:
        utilities[matching(interaction.when, outcomes), interaction.party] += interaction.adds
    members = list(way.parties)
    offset = np.array([question.reservation[party] for party in members], dtype=np.int64)
    return _most_even(outcomes, utilities[:, members] - offset), True


def _additive(question: Question, way: _Way, clock: Clock | None) -> tuple[Outcome | None, bool]:
    """Return the outcome, and whether that is proven: in integers, from better to better."""
    model = question.model
    clauses = [clause_requirement(model, clause) for clause in way.forbidden]
    largest = sum(int(np.ptp(term, axis=0).max()) for term in model.terms)
    largest += max(abs(question.reservation[party]) + abs(int(model.constant[party])) for party in way.parties)

    def asked(largest: int) -> Requirements:
        """Return the requirements that no member falls short of its reservation value by more than this."""
        least = [(party, question.reservation[party] - largest) for party in way.parties]
        return Requirements.all(model.sizes, [*(utility_requirement(model, *one) for one in least), *clauses])

    best: Outcome | None = None
    while clock is None or clock.left() != 0.0:
        found = find(asked(largest))
        if not len(found.outcomes):
            if best is None or not found.complete:
                return best, found.complete
            break
        gains = _gains(question, way, found.outcomes)
        best = _most_even(found.outcomes, gains)
        if found.complete:
            return best, True
        largest = -int(gains.min(axis=1).max()) - 1
    else:
        return best, False
    everything = find(asked(largest + 1), REQUIREMENT_WIDTHS[-1:])
    if not everything.complete:
        return best, False
    return _most_even(everything.outcomes, _gains(question, way, everything.outcomes)), True


def _most_even(outcomes: IntArray, gains: IntArray) -> Outcome:
    """Return the leximin of the gains; of outcomes that tie the first."""
    ascending = np.sort(gains, axis=1)
    order = np.lexsort([*outcomes.T[::-1], *-ascending.T[::-1]])
    return tuple(int(option) for option in outcomes[order[0]])


def _by_program(question: Question, way: _Way, clock: Clock | None) -> tuple[Outcome | None, bool]:
    """Return the outcome, and whether that is proven: by programs."""
    left = None if clock is None else clock.left()
    deadline = None if left is None else time.monotonic() + left
    among = Among(encode(replace(question.model, forbidden=way.forbidden)), deadline)
    unit = round(1.0 / among.encoding.scale)
    measures = [Measure(party, question.reservation[party], unit) for party in way.parties]
    extended, value = sum_of_lowest(among, measures, 1)
    best = extended.best(value)
    if best.outcome is None:
        return None, best.nothing
    settled = settle(among, measures, Fraction(TIE, unit), best.outcome)
    return tuple(int(option) for option in settled.outcome), settled.proven
