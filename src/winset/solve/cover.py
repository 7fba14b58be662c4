"""A frontier within bounded memory and time: where the exact one does not fit, a cover of it with a guarantee.

While partial outcomes fit, the search is the exact one. Where they do not, those that are alike (the same
state, utilities in the same box) are merged into one of them. What this can cost each party is measured, and
adds up over the merges: whatever completes a partial outcome that was dropped also completes the one that was
kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winset.errors import LimitReached
from winset.model.draws import FloatArray, IntArray
from winset.solve.clock import Clock, OutOfTime
from winset.solve.elimination import Frontier, Partials, Search, advance, finish

HURRIED = 2_000
"""Partial outcomes kept once the time is up: each issue to go then takes some hundredths of a second."""

_STATES_HURRIED = 50_000  # partial outcomes that may then be held because their states differ

_HALVINGS = 16  # of the interval in which the side of the boxes is sought, on a scale of powers of two
_SPAN = 48  # the smallest side tried is the largest divided by 2**48, finer than the grid


@dataclass(frozen=True, slots=True)
class Cover:
    """Outcomes such that each point of the frontier is nearly matched by one of them.

    Attributes
    ----------
    frontier : Frontier
        Real outcomes with their utilities, none of which dominates another. The exact frontier where every gap
        is 0.
    gap : int64 array, [P]
        For each point of the exact frontier some outcome here gives each party at least as much less its gap.
        In multiples of the grid, on each party's own scale.
    reasons : tuple of str
        The limits that were reached, in words.
    """

    frontier: Frontier
    gap: IntArray
    reasons: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether nothing was lost."""
        return not self.gap.any()


def cover(search: Search, limit: int, clock: Clock) -> Cover:
    """Return the Pareto frontier, or a cover of it that stays within the limits.

    Parameters
    ----------
    search : Search
        At its beginning (`winset.solve.elimination.begin`), or as far as an exact search came.
    limit : int
        How many partial outcomes may be held at once.
    clock : Clock
        When the time is up, the search goes on with `HURRIED` partial outcomes to its end.

    Raises
    ------
    LimitReached
        When clauses that are open at once make more states than fit: partial outcomes of different states
        cannot be merged.

    Notes
    -----
    With gaps g the outcomes are an additive epsilon-cover in the sense of Papadimitriou and Yannakakis (2000)
    and Laumanns et al. (2002): for each point f of the frontier there is an outcome r here with ``r_p >= f_p -
    g_p`` for every party p. Proof, by induction over the issues: let f complete a partial outcome u. If u was
    kept, there is nothing to show; if it was dominated, the one that dominates it does as well with the same
    completion; if it was merged, one was kept that gives party p at most ``d_p`` less and has the same state,
    hence the same future. The gap is the sum of these over the merges.
    """
    gap = np.zeros(search.model.parties, dtype=np.int64)
    reasons: list[str] = []
    held, least, time_left = limit, max(1, limit >> _halvings(search)), clock
    while not search.done:
        try:
            room = held // search.options
            if len(search.partials.state) > room:
                if not reasons:
                    reasons.append(f"more than {limit:,} partial outcomes do not fit, {search.to_go}")
                search, lost = _thinned(search, room)
                gap += lost
                held = max(held // 2, least)
            search = advance(search, limit, time_left)
        except OutOfTime as reached:
            reasons.append(str(reached))
            held, time_left = min(held, HURRIED), Clock()
            limit, least = min(limit, _STATES_HURRIED), held
        except LimitReached as reached:
            raise LimitReached("; ".join([*reasons, str(reached)])) from reached
    return Cover(finish(search), gap, tuple(reasons))


def _halvings(search: Search) -> int:
    """Return how often what is held is halved, merge by merge; dominance among many parties takes long.

    A million points take about a second for three parties, and about twice as long for each party more.
    """
    return min(max(search.model.parties - 3, 0), 4)


def _thinned(search: Search, room: int) -> tuple[Search, IntArray]:
    """Return the search with at most `room` partial outcomes if that can be, and what that may cost."""
    rows, lost = merged(search.partials.utilities, search.partials.state, max(1, room))
    kept = search.partials
    partials = Partials(kept.utilities[rows], kept.keys[rows], kept.state[rows])
    return replace(search, partials=partials), lost


def merged(utilities: IntArray, states: IntArray, room: int) -> tuple[IntArray, IntArray]:
    """Return rows that stand for all, with boxes as small as the room allows.

    Parameters
    ----------
    utilities : int64 array, [N, P]
    states : int64 array, [N]
        Rows of different states do not stand for each other.
    room : int
        How many rows may be kept; more are where there are more states.

    Returns
    -------
    rows : int64 array
        Row numbers, ascending.
    lost : int64 array, [P]
        For each row some row that is kept, of the same state, gives each party at least as much less this.
    """
    low = utilities.min(axis=0)
    spread = np.maximum(1, utilities.max(axis=0) - low).astype(np.float64)
    shifted = utilities - low

    def boxes(power: float) -> tuple[IntArray, IntArray]:
        sides = np.maximum(1.0, spread * 2.0**power)
        return _runs(shifted, sides, states)

    coarse, fine = 1.0, -float(_SPAN)  # a side of twice the spread is one box a state
    for _ in range(_HALVINGS):
        middle = (coarse + fine) / 2
        if len(boxes(middle)[1]) <= room:
            coarse = middle
        else:
            fine = middle
    return _representatives(utilities, *boxes(coarse))


def _runs(shifted: IntArray, sides: FloatArray, states: IntArray) -> tuple[IntArray, IntArray]:
    """Return an order of the rows in which those of one state and box stand together, and where runs start.

    Boxes are told apart by a hash. Should two share one, their rows are merged as if they were one box: what
    that loses is measured like any other loss.
    """
    number = _hashed(shifted, sides)
    order = np.lexsort((number, states))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (np.diff(number[order]) != 0) | (np.diff(states[order]) != 0)
    return order, np.flatnonzero(new)


def _hashed(shifted: IntArray, sides: FloatArray) -> NDArray[np.uint64]:
    """Return a number for each row's box, [N]: its places, mixed as Steele, Lea and Flood (2014) do."""
    total = np.zeros(len(shifted), dtype=np.uint64)
    for column, side in zip(shifted.T, sides, strict=True):
        total += np.floor(column / side).astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        total = (total ^ (total >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        total = (total ^ (total >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        total ^= total >> np.uint64(31)
    return total


def _representatives(utilities: IntArray, order: IntArray, starts: IntArray) -> tuple[IntArray, IntArray]:
    """Return of each run the row whose largest shortfall is least, first of ties; and the worst shortfalls."""
    run = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(order))))
    short = np.maximum.reduceat(utilities[order], starts, axis=0)[run] - utilities[order]  # [N, P]
    scale = np.maximum(1, utilities.max(axis=0) - utilities.min(axis=0))
    best = np.lexsort((order, (short / scale).max(axis=1), run))[starts]
    rows = order[best]
    return np.sort(rows), short[best].max(axis=0)
