"""Minimal hitting sets: the sets that meet every one of a family of sets, and contain no smaller such set.

Sets are integers, bit e standing for element e.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.model.tolerances import HITTING_STEPS

_LOOKED_AT = 16
"""Unhit sets among which the one with fewest candidates is sought; small sets come first anyway."""


@dataclass(frozen=True, slots=True)
class HittingSets:
    """Minimal hitting sets of a family.

    Attributes
    ----------
    sets : tuple of int
        Smallest first, then by the integer itself. Each is minimal and meets every set of the family.
    complete : bool
        False when the search stopped at its limit: further minimal hitting sets may exist.
    """

    sets: tuple[int, ...]
    complete: bool


@dataclass(slots=True)
class _Budget:
    """Steps that the search may still take."""

    steps: int


def hitting_sets(family: Sequence[int], limit: int = HITTING_STEPS) -> HittingSets:
    """Return the minimal hitting sets of a family of sets.

    Parameters
    ----------
    family : sequence of int
        Bit masks. An empty family is hit by the empty set; a family that holds the empty set, by none.
    limit : int
        Search steps (partial hitting sets looked at) after which the search stops.

    Notes
    -----
    Depth first: take an unhit set with few candidates and branch on which of them hits it. A branch is
    kept only while each of its elements is critical, that is, alone in hitting some set; every leaf is
    therefore minimal, and none is reached twice.

    References
    ----------
    Murakami and Uno (2014), Efficient algorithms for dualizing large-scale hypergraphs. Discrete Applied
    Mathematics 170, algorithm MMCS.
    """
    edges = minimal_sets(family)
    if edges == (0,):
        return HittingSets((), complete=True)
    elements = _union(edges)
    hits = {
        element: sum(1 << number for number, edge in enumerate(edges) if edge & element)
        for element in _bits(elements)
    }
    budget = _Budget(limit)
    found = list(_search(edges, hits, {}, (1 << len(edges)) - 1, elements, budget))
    found.sort(key=lambda members: (members.bit_count(), members))
    return HittingSets(tuple(found), complete=budget.steps >= 0)


def _search(
    edges: Sequence[int],
    hits: dict[int, int],
    critical: dict[int, int],
    unhit: int,
    candidates: int,
    budget: _Budget,
) -> Iterator[int]:
    """Yield the minimal hitting sets that extend the elements of `critical` by candidates.

    `hits` maps an element to the edges it hits, `critical` each chosen element to the edges that it alone hits,
    and `unhit` holds the edges that no chosen element hits; sets of edges are bit masks too.
    """
    budget.steps -= 1
    if budget.steps < 0:
        return
    if not unhit:
        yield _union(critical)
        return
    edge = min(
        (edges[bit.bit_length() - 1] for bit in itertools.islice(_bits(unhit), _LOOKED_AT)),
        key=lambda members: (members & candidates).bit_count(),
    )
    branches = edge & candidates
    candidates &= ~branches
    for element in _bits(branches):
        kept = {other: alone & ~hits[element] for other, alone in critical.items()}
        if all(kept.values()):
            kept[element] = unhit & hits[element]
            yield from _search(edges, hits, kept, unhit & ~hits[element], candidates, budget)
            # Elsewhere in this branch the element may join: sets that also hold a later one.
            candidates |= element


def minimal_sets(family: Sequence[int]) -> tuple[int, ...]:
    """Return the sets that contain no other set of the family, smallest first, then by the integer itself."""
    kept: list[int] = []
    for candidate in sorted(set(family), key=lambda members: (members.bit_count(), members)):
        if not any(other & candidate == other for other in kept):
            kept.append(candidate)
    return tuple(kept)


def minimal_masks(masks: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return `minimal_sets` of an array of sets of at most 64 elements."""
    rest = np.unique(masks)
    rest = rest[np.argsort(np.bitwise_count(rest), kind="stable")]
    kept = []
    while len(rest):
        kept.append(rest[0])
        rest = rest[(rest & rest[0]) != rest[0]]
    return np.array(kept, dtype=np.uint64)


def _union(family: Sequence[int] | dict[int, int]) -> int:
    """Return the elements of any of the sets."""
    union = 0
    for members in family:
        union |= members
    return union


def _bits(members: int) -> Iterator[int]:
    """Yield the elements of a set, each as a set of its own, lowest first."""
    while members:
        lowest = members & -members
        yield lowest
        members ^= lowest
