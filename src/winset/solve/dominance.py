"""Which points no other point dominates.

A point dominates another when it is at least as good for every party and better for one. Utilities are
integers here, so that equal means equal.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.model.draws import BoolArray, IntArray
from winset.solve.packing import WordArray, lowest_of_runs

RankArray = NDArray[np.signedinteger[Any]]
"""Utilities, or their ranks, whose order is all that counts here."""

KeysOf = Callable[[IntArray], WordArray]
"""Gives the keys, [n, W], of the rows with these numbers, [n]."""

_PAIRS = 1 << 16  # up to so many comparisons, comparing all pairs is faster than dividing further

_RANKED = 1 << 15  # up to so many points, ranks fit into 16 bits, of which a processor compares many at once


Check = Callable[[], None]
"""Called now and then; stops the work by raising."""


def unchecked() -> None:
    """Let the work go on."""


def undominated(
    points: IntArray, keys_of: KeysOf, groups: IntArray | None = None, check: Check = unchecked
) -> IntArray:
    """Return the rows that no row of the same group dominates; of equal rows only the one with the lowest key.

    Parameters
    ----------
    points : int64 array, [N, P]
        Utilities.
    keys_of : callable
        Gives the keys of rows. No two rows of a group have equal points and equal keys.
    groups : int64 array, [N], optional
        Points of different groups are not compared.
    check : callable, optional
        Called every few milliseconds, with three parties or more.

    Returns
    -------
    int64 array
        Row numbers, by group and then by descending points, first party first.

    Notes
    -----
    Up to two parties: one sort and a running maximum, O(N log N). More: divide and conquer, O(N log^(P-2) N)
    comparisons with N points kept (Kung, Luccio and Preparata 1975, section 3; Bentley 1980).
    """
    if points.shape[1] < 2:
        points = np.column_stack([points, np.zeros(len(points), dtype=np.int64)])
    if groups is not None and len(groups) and groups.min() == groups.max():
        groups = None
    if points.shape[1] == 2:
        rows = _staircase(points, _sorted(points[:, 0], groups), groups, strict=False)
        return _staircase(points, _distinct(points, rows, keys_of, groups), groups, strict=True)
    rows = _distinct(points, np.arange(len(points)), keys_of, groups)
    bounds = [0, len(rows)]
    if groups is not None:
        changes = np.flatnonzero(np.diff(groups[rows])) + 1
        bounds = [0, *changes.tolist(), len(rows)]
    kept = [rows[a:b][_maxima(points[rows[a:b]], check)] for a, b in itertools.pairwise(bounds)]
    return np.concatenate(kept)


def _sorted(first: IntArray, groups: IntArray | None) -> IntArray:
    """Return rows by group, then by descending `first`; the stable sort is quick on the runs of its input."""
    order = np.argsort(-first, kind="stable")
    return order if groups is None else order[np.argsort(groups[order], kind="stable")]


def _staircase(points: IntArray, rows: IntArray, groups: IntArray | None, *, strict: bool) -> IntArray:
    """Keep, of rows sorted by group and descending first party, the running maxima of the second.

    With `strict`, a row has to exceed all before it; without, equalling them is enough.
    """
    second = points[rows, 1]
    if groups is not None:  # ranks, raised from group to group, restart the running maximum in each
        _, ranks = np.unique(second, return_inverse=True)
        _, members = np.unique(groups[rows], return_inverse=True)
        second = np.asarray(ranks + members * len(rows), dtype=np.int64)
    best = np.maximum.accumulate(second)
    keep: BoolArray = second == best
    if strict:
        keep[1:] = second[1:] > best[:-1]
    return np.asarray(rows[keep])


def _distinct(points: IntArray, rows: IntArray, keys_of: KeysOf, groups: IntArray | None) -> IntArray:
    """Sort rows by group and descending points; of equal rows keep the one with the lowest key."""
    table = points[rows]
    columns = [-column for column in table.T[::-1]]
    if groups is not None:
        columns.append(groups[rows])
    order = np.lexsort(columns)
    rows, table = rows[order], table[order]
    new = np.ones(len(rows), dtype=np.bool_)
    new[1:] = (table[1:] != table[:-1]).any(axis=1)
    if groups is not None:
        new[1:] |= groups[rows[1:]] != groups[rows[:-1]]
    if new.all():
        return rows
    return rows[lowest_of_runs(keys_of(rows), np.flatnonzero(new))]


def _maxima(points: IntArray, check: Check) -> BoolArray:
    """Return which points nothing dominates; they are distinct and in descending lexicographic order.

    A point can only be dominated by one that stands before it. So the first half is settled by itself, and of
    the second half what the first dominates is dropped before it is settled.
    """
    check()
    count = len(points)
    if count * count <= _PAIRS:
        keep: BoolArray = ~_dominated_by_pairs(points, points, strictly_before=True)
        return keep
    points = _ranked(points)
    half = count // 2
    keep = np.zeros(count, dtype=np.bool_)
    keep[:half] = _maxima(points[:half], check)
    rest = half + np.flatnonzero(~_dominated(points[:half][keep[:half]][:, 1:], points[half:][:, 1:], check))
    keep[rest] = _maxima(points[rest], check)
    return keep


def _ranked(points: RankArray) -> RankArray:
    """Return each column's ranks, equal for equal numbers, if they fit into 16 bits; else the points."""
    if points.dtype == np.int16 or len(points) > _RANKED:
        return points
    return np.stack([np.unique(c, return_inverse=True)[1].astype(np.int16) for c in points.T], axis=1)


def _dominated_by_pairs(better: RankArray, points: RankArray, *, strictly_before: bool = False) -> BoolArray:
    """Return for each of `points` whether one of `better` is at least as good for every party."""
    ahead = np.ones((len(better), len(points)), dtype=np.bool_)
    # Only numbers that lie side by side are compared many at once.
    for column, other in zip(better.T, np.ascontiguousarray(points.T), strict=True):
        ahead &= column[:, None] >= other[None, :]
    if strictly_before:
        ahead = np.triu(ahead, k=1)
    return np.asarray(ahead.any(axis=0))


def _dominated(better: RankArray, points: RankArray, check: Check) -> BoolArray:
    """Return for each of `points`, [N, Q], whether one of `better`, [M, Q], is at least as good throughout.

    Split both at the median of the last column: the low half of `better` has no say over the high half of
    `points`, and between the high half and the low one the last column is settled and drops out.
    """
    if not len(better) or not len(points):
        return np.zeros(len(points), dtype=np.bool_)
    if points.shape[1] == 1:
        return np.asarray(points[:, 0] <= better[:, 0].max())
    if len(better) * len(points) <= _PAIRS:
        return _dominated_by_pairs(better, points)
    if points.shape[1] == 2:
        return _dominated_in_two(better, points)
    check()
    if points.dtype != np.int16 and len(better) + len(points) <= _RANKED:
        ranks = _ranked(np.concatenate([better, points]))
        better, points = ranks[: len(better)], ranks[len(better) :]
    split = _split(better[:, -1], points[:, -1])
    if split is None:
        return _dominated(better[:, :-1], points[:, :-1], check)
    upper, high = better[:, -1] >= split, points[:, -1] >= split
    hit = np.zeros(len(points), dtype=np.bool_)
    hit[high] = _dominated(better[upper], points[high], check)
    low = np.flatnonzero(~high)
    hit[low] = _dominated(better[upper][:, :-1], points[low][:, :-1], check)
    rest = low[~hit[low]]
    hit[rest] = _dominated(better[~upper], points[rest], check)
    return hit


def _split(better: RankArray, points: RankArray) -> int | None:
    """Return a value with numbers on either side of it, near the median; None when all are equal."""
    column = np.concatenate([better, points])
    middle = int(np.partition(column, len(column) // 2)[len(column) // 2])
    above = column[column > column.min()]
    if not len(above):
        return None
    return max(middle, int(above.min()))


def _dominated_in_two(better: RankArray, points: RankArray) -> BoolArray:
    """Do what `_dominated` does, for two columns, by a sort, a running maximum, and a binary search."""
    order = np.argsort(-better[:, 0], kind="stable")
    first, second = -better[order, 0], np.maximum.accumulate(better[order, 1])
    place = np.searchsorted(first, -points[:, 0], side="right")  # how many are at least as good in the first
    hit: BoolArray = (place > 0) & (second[np.maximum(place, 1) - 1] >= points[:, 1])
    return hit
