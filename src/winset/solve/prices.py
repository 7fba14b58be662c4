"""What relaxations cost the owners of the lifted demands, by their own preferences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from winset.findings.demands import Demand
from winset.model.draws import IntArray
from winset.model.issues import Clause, Outcome
from winset.model.tolerances import GRID, PROGRAM_TOLERANCE
from winset.solve.choice import Linear
from winset.solve.clock import Clock
from winset.solve.encode import Encoding, Row
from winset.solve.permitted import Permitted
from winset.solve.question import Question, places
from winset.solve.requirements import Requirements, find


@dataclass(frozen=True, slots=True)
class Priced:
    """What a relaxation costs.

    Attributes
    ----------
    losses : tuple of float
        Of each demand's owner, in its utility; those of red lines times their firmness. In the demands' order.
    outcome : Outcome
        The agreement that costs this.
    proven : bool
        Whether no other agreement that the relaxation opens costs less.
    """

    losses: tuple[float, ...]
    outcome: Outcome
    proven: bool

    @property
    def total(self) -> float:
        """The sum of the losses."""
        return sum(self.losses)


@dataclass(frozen=True)
class Loss:
    """What lifting one demand costs its owner at outcome o: ``max(0, constant + sum_i costs[i][o_i] - adds)``.

    In multiples of the grid.

    Attributes
    ----------
    costs : tuple of int64 array, [I] of [K]
    constant : int
    party : int or None
        Whose interactions add to what is taken off; None where none do.
    floored : bool
        Whether the maximum matters for outcomes at which the demand is violated.
    """

    costs: tuple[IntArray, ...]
    constant: int
    party: int | None
    floored: bool

    @cached_property
    def most(self) -> int:
        """No less than the greatest loss, interactions aside."""
        return self.constant + sum(int(cost.max()) for cost in self.costs)

    def at(self, question: Question, outcome: Sequence[int]) -> int:
        """Return the loss at an outcome: exact."""
        loss = self.constant + sum(int(cost[k]) for cost, k in zip(self.costs, outcome, strict=True))
        for interaction in question.model.interactions:
            if interaction.party == self.party and interaction.when.matches(outcome):
                loss -= interaction.adds
        return max(0, loss)

    def linear(self, encoding: Encoding) -> Linear:
        """Return the loss, but for the maximum, in the variables and the unit of an encoding."""
        columns = [
            encoding.options(issue, np.flatnonzero(cost).tolist()) for issue, cost in enumerate(self.costs)
        ]
        entries = [cost[cost != 0].astype(np.float64) for cost in self.costs]
        for column, interaction in zip(encoding.indicators, encoding.model.interactions, strict=True):
            if interaction.party == self.party:
                columns.append(np.array([column]))
                entries.append(np.array([-float(interaction.adds)]))
        return Linear(
            np.concatenate(columns), np.concatenate(entries) * encoding.scale, self.constant * encoding.scale
        )


def loss_of(question: Question, demand: Demand) -> Loss:
    """Return what lifting a demand costs its owner p.

    For its reservation value, ``max(0, r_p - u_p(o))``. For a red line of firmness f that speaks of the issues
    S, with ``t_i`` what the options of issue i contribute to the owner's utility,
    ``f * max(0, max over the terms a on S that keep the line of sum_S t_i(a_i) - sum_S t_i(o_i))``: what these
    issues are worth to it at best while the line is kept, less what they are worth in the outcome. Interactions
    are left out of this, and where no terms keep the line, the maximum is over all.
    """
    party = question.party(demand)
    terms = [term[:, party] for term in question.model.terms]
    line = question.lines.get(demand)
    if line is None:
        constant = question.reservation[party] - int(question.model.constant[party])
        return Loss(tuple(-term for term in terms), constant, party, floored=False)
    share = question.firmness[demand]
    worth = [np.rint(share * term).astype(np.int64) for term in terms]
    named = set(line.scope)
    best = _best_kept(worth, line)
    crossed = sum(int(worth[issue][list(options)].max()) for issue, options in line.terms)
    costs = tuple(-one if issue in named else np.zeros_like(one) for issue, one in enumerate(worth))
    return Loss(costs, best, None, floored=crossed > best)


def _best_kept(worth: Sequence[IntArray], line: Clause) -> int:
    """Return the most that the issues of a line are worth while the line is kept."""
    top = sum(int(worth[issue].max()) for issue in line.scope)
    ways = []
    for issue, options in line.terms:
        others = np.delete(worth[issue], list(options))
        if len(others):
            ways.append(top - int(worth[issue].max()) + int(others.max()))
    return max(ways, default=top)


def price_of(question: Question, relaxation: int, clock: Clock | None = None) -> Priced | None:
    """Return the least total loss over the agreements that lifting a relaxation opens.

    Parameters
    ----------
    question : Question
    relaxation : int
        A minimal set of demands whose lifting opens the zone: every agreement that it opens violates them all.
    clock : Clock, optional

    Returns
    -------
    Priced or None
        None where no such agreement was found.
    """
    losses = [loss_of(question, question.standing[place]) for place in places(relaxation)]
    kept = question.everything & ~relaxation
    if question.additive and not any(loss.floored for loss in losses):
        found = _cheapest(question, kept, losses, clock)
    else:
        found = _cheapest_by_program(question, kept, losses, clock)
    if found is None:
        return None
    outcome, proven = found
    return Priced(tuple(loss.at(question, outcome) * GRID for loss in losses), outcome, proven)


def _cheapest(
    question: Question, kept: int, losses: Sequence[Loss], clock: Clock | None
) -> tuple[Outcome, bool] | None:
    """Return the cheapest agreement, and whether that is proven: in integers, from better to better."""
    costs = [
        np.sum([loss.costs[issue] for loss in losses], axis=0) for issue in range(len(question.model.sizes))
    ]
    constant = sum(loss.constant for loss in losses)
    demanded = question.requirements.take(question.kept(kept))
    ceiling = sum(loss.most for loss in losses)
    best: Outcome | None = None
    while clock is None or clock.left() != 0.0:
        bound = Requirements.one([-cost for cost in costs], constant - ceiling, graded=True)
        found = find(demanded.joined(bound))
        if not len(found.outcomes):
            return None if best is None else (best, found.complete)
        paid = sum((cost[found.outcomes[:, issue]] for issue, cost in enumerate(costs)), np.int64(constant))
        cheapest = found.outcomes[paid == paid.min()]
        best = min(tuple(int(option) for option in outcome) for outcome in cheapest)
        if found.complete:
            return best, True
        ceiling = int(paid.min()) - 1
    return None if best is None else (best, False)


def _cheapest_by_program(
    question: Question, kept: int, losses: Sequence[Loss], clock: Clock | None
) -> tuple[Outcome, bool] | None:
    """Return the cheapest agreement, and whether that is proven: by one program."""
    programs = Permitted(question, clock)
    encoding = programs.encoding
    parts: list[Linear] = []
    rows: list[Row] = []
    for loss in losses:
        part = loss.linear(encoding)
        if loss.floored:
            column = encoding.size + len(rows)
            columns, entries = np.append(part.columns, column), np.append(part.entries, -1.0)
            rows.append(Row(columns, entries, high=-part.constant))
            part = Linear(np.array([column]), np.ones(1))
        parts.append(part)
    cost = Linear.sum(parts)
    value = Linear(cost.columns, -cost.entries, -cost.constant)
    best = programs.best_with(kept, value, rows, extra=len(rows))
    if best.outcome is None:
        return None
    outcome = tuple(int(option) for option in best.outcome)
    paid = sum(loss.at(question, outcome) for loss in losses) * encoding.scale
    return outcome, best.bound <= -paid + len(losses) * PROGRAM_TOLERANCE
