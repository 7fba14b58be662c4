"""How to find a model's frontier: by elimination, or by a sweep over boxes. The model's structure decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from winset.errors import LimitReached
from winset.model.draws import IntArray
from winset.model.tolerances import ELIMINATION_LIMIT
from winset.solve.clock import Clock
from winset.solve.cover import cover
from winset.solve.elimination import Frontier, Search, advance, begin, finish
from winset.solve.grid import GridModel
from winset.solve.sweep import sweep

Method = Literal["elimination", "sweep", "cover"]


@dataclass(frozen=True, slots=True)
class Found:
    """A frontier, and how it was found.

    Attributes
    ----------
    frontier : Frontier
    exact : bool
        Whether it is the whole frontier.
    gap : int64 array, [P]
        Grid steps. Every outcome that the model allows exceeds some point of the frontier by this at most, for
        every party at once.
    method : {"elimination", "sweep", "cover"}
    why : str
        What in the model made this the method, in a sentence without a capital and a full stop.
    reasons : tuple of str
        The limits that were reached and so cost exactness, in words.
    """

    frontier: Frontier
    exact: bool
    gap: IntArray
    method: Method
    why: str
    reasons: tuple[str, ...] = ()


def find_frontier(model: GridModel, clock: Clock | None = None, limit: int = ELIMINATION_LIMIT) -> Found:
    """Return the Pareto frontier of the outcomes that no forbidden clause matches, by the method that fits.

    Parameters
    ----------
    model : GridModel
    clock : Clock, optional
        How much time there is.
    limit : int
        Partial outcomes that elimination may hold at once.

    Returns
    -------
    Found
        `winset.solve.elimination.frontier`, if it stays within its limit. Otherwise, for two parties, if it is
        the clauses open at once that make it exceed the limit: `winset.solve.sweep.sweep`, whose work depends
        on the boxes and on the points of the frontier, and not on how many clauses are open at once. Else, and
        when the time is up, `winset.solve.cover.cover`.

    Raises
    ------
    LimitReached
        When none of them comes to an end.

    Notes
    -----
    Elimination holds, at each issue, undominated partial outcomes for each state of the open clauses. It is the
    clauses that make it exceed its limit when there are more states than partial outcomes in each.
    """
    clock = clock or Clock()
    search = begin(model)
    try:
        while not search.done:
            search = advance(search, limit, clock)
    except LimitReached as reached:
        if model.parties == 2 and _mostly_states(search):
            return _swept(model, clock, str(reached))
        return _covered(search, limit, clock)
    return Found(
        frontier=finish(search),
        exact=True,
        gap=np.zeros(model.parties, dtype=np.int64),
        method="elimination",
        why=_why_elimination(model),
    )


def _swept(model: GridModel, clock: Clock, reached: str) -> Found:
    """Return the frontier by a sweep."""
    try:
        swept = sweep(model, clock)
    except LimitReached as stopped:
        raise LimitReached(f"elimination stopped: {reached}; then {stopped}") from stopped
    free, issues = swept.free, len(model.sizes)
    which = f"all {issues} issues" if free == issues else f"{free} of {issues} issues"
    return Found(
        frontier=swept.frontier,
        exact=swept.exact,
        gap=swept.gap,
        method="sweep",
        why=(
            f"elimination stopped: {reached}; as {swept.boxes:,} boxes, which share an outcome when every two "
            f"of them do, the model needs no variables for the options of {which}"
        ),
        reasons=swept.reasons,
    )


def _covered(search: Search, limit: int, clock: Clock) -> Found:
    """Return a cover of the frontier, from where elimination stopped."""
    found = cover(search, limit, clock)
    return Found(
        frontier=found.frontier,
        exact=found.exact,
        gap=found.gap,
        method="cover",
        why="more points than the limits allow are undominated",
        reasons=found.reasons,
    )


def _mostly_states(search: Search) -> bool:
    """Whether there are more states than partial outcomes in each."""
    states = len(search.open.alive)
    return states * states > len(search.partials.state)


def _why_elimination(model: GridModel) -> str:
    """Return what made elimination end."""
    clauses = {interaction.when for interaction in model.interactions} | set(model.forbidden)
    if not clauses:
        return "preferences are additive and nothing is forbidden"
    return f"few of the {len(clauses):,} interactions and forbidden terms are open at a time"
