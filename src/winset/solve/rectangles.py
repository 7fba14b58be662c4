"""A model as boxes: what holds of an outcome is a set of boxes of which every two intersect.

A clause is a *box*: a set of options for each issue. Boxes whose sides have the Helly property (intervals have
it) share an outcome as soon as every two of them do. An outcome can then be left out of the model: a set of
boxes without a disjoint pair stands for it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from winset.model.draws import BoolArray, IntArray
from winset.model.issues import Clause
from winset.solve.grid import GridModel

_POINTS = 40  # distinct options beyond which an issue that is no row of intervals is not looked at further

Side = tuple[int, ...]
"""Options of one issue, ascending."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """A `GridModel` with two kinds of conditions on the boxes that are *taken*. L boxes, P parties.

    No two disjoint boxes are taken, and of every cover at least one is. Then the boxes taken share an outcome
    that the model allows, and it gives every party at least ``constant + gains[taken].sum(axis=0)``. And for
    every outcome that the model allows there are boxes to take that add up to exactly its utilities. So both
    have the same Pareto frontier.

    Attributes
    ----------
    boxes : tuple of Clause, [L]
        A box without terms is disjoint from none: to take it is to pay, and claims nothing of the outcome.
    gains : int64 array, [L, P]
    constant : int64 array, [P]
    covers : tuple of tuple of int
        Numbers of boxes. An empty cover cannot be met: the model allows nothing.
    sizes : tuple of int, [I]
        Number of options of each issue.
    free : tuple of int
        Issues that are left to the boxes, for the sides have the Helly property and options by themselves are
        worth the same; every other issue has boxes for its options, of which one is taken.
    runs : tuple of int
        Those free issues whose sides are runs of adjacent options.
    """

    boxes: tuple[Clause, ...]
    gains: IntArray
    constant: IntArray
    covers: tuple[tuple[int, ...], ...]
    sizes: tuple[int, ...]
    free: tuple[int, ...]
    runs: tuple[int, ...]


@dataclass(slots=True)
class _Build:
    """Boxes on the way: the gain of each, and the covers. Equal boxes are one."""

    parties: int
    gains: dict[Clause, IntArray] = field(default_factory=dict)
    tolls: list[tuple[Clause, IntArray]] = field(default_factory=list)
    covers: list[list[Clause | int]] = field(default_factory=list)

    def add(self, box: Clause, gain: IntArray | None = None) -> Clause:
        """Add a gain to a box, which is made if need be."""
        self.gains[box] = self.gains.get(box, np.zeros(self.parties, dtype=np.int64)) + (
            0 if gain is None else gain
        )
        return box


def boxes_of(model: GridModel) -> Boxes:
    """Return the model as boxes.

    Parameters
    ----------
    model : GridModel

    Notes
    -----
    With a(c) the amounts, one for each party, that clause c adds:

    - a(c) >= 0 for all parties: c may be taken. Nothing is lost where an outcome lies in c and c is not taken,
      for taking it as well is as good for all.
    - otherwise c, or one of the boxes that make up its complement, has to be taken. Where a(c) <= 0 for all,
      taking c is only a payment, so c need not intersect with anything.
    - c is forbidden: one of the boxes of its complement has to be taken.

    The complement of a box is the union, over its issues, of the options that it does not name; each run of
    adjacent options is one box. Where an issue's sides then lack the Helly property, or its options by
    themselves are worth something, options that no side and no gain tells apart become one box each, one of
    which has to be taken; a single option lies in whatever it intersects, so the Helly property holds again.
    """
    amounts, constant = _amounts(model)
    flat = {issue for issue, terms in enumerate(model.terms) if (terms == terms[0]).all()}
    constant = constant + sum(terms[0] for terms in model.terms)
    forbidden = [clause for clause in model.forbidden if all(options for _, options in clause.terms)]
    sides = _sides(model.sizes, amounts, forbidden)
    free = tuple(sorted(issue for issue in flat if has_helly_property(sides[issue], model.sizes[issue])))
    build = _Build(model.parties)
    for clause in forbidden:
        build.covers.append([*_complement(clause, model.sizes, build, free)])
    for clause, amount in amounts.items():
        if (amount >= 0).all():
            build.add(clause, amount)
            continue
        ways: list[Clause | int] = [*_complement(clause, model.sizes, build, free)]
        if (amount > 0).any():
            ways.append(build.add(clause, amount))
        else:
            build.tolls.append((clause, amount))
            ways.append(len(build.tolls) - 1)
        build.covers.append(ways)
    for issue in range(len(model.sizes)):
        if issue not in free:
            _pin(issue, model, sides[issue], build)
    runs = tuple(issue for issue in free if _are_runs(sides[issue]))
    return _built(build, constant, model.sizes, (free, runs))


def disjoint(boxes: Sequence[Clause], sizes: Sequence[int]) -> BoolArray:
    """Return which boxes are disjoint: some issue's sides have no option in common. Shape [L, L]."""
    apart = np.zeros((len(boxes), len(boxes)), dtype=np.bool_)
    sides = [dict(box.terms) for box in boxes]
    for issue, size in enumerate(sizes):
        rows = np.array([row for row, named in enumerate(sides) if issue in named], dtype=np.int64)
        holds = _membership([sides[row][issue] for row in rows], size).astype(np.int64)
        apart[np.ix_(rows, rows)] |= (holds @ holds.T) == 0
    return apart


def shared_outcome(boxes: Iterable[Clause], sizes: Sequence[int]) -> tuple[int, ...] | None:
    """Return the outcome with the lowest index that lies in all boxes; None when there is none."""
    shared: Clause | None = Clause()
    for box in boxes:
        shared = None if shared is None else shared.conjoin(box)
    if shared is None:
        return None
    named = dict(shared.terms)
    return tuple(named[issue][0] if issue in named else 0 for issue in range(len(sizes)))


def has_helly_property(sides: Iterable[Side], size: int) -> bool:
    """Whether every family of these sides of which every two intersect has an option in common.

    Parameters
    ----------
    sides : iterable of tuple of int
        Sets of options of one issue.
    size : int
        Number of options of the issue.

    Notes
    -----
    Runs of adjacent options have the property (Helly 1923, in one dimension). Otherwise: it holds exactly when,
    for any three options, the sides that contain at least two of them have an option in common (Berge and
    Duchet 1975). With more than 40 options that the sides tell apart, the answer is False without looking.
    """
    family = sorted(set(sides))
    if _are_runs(family):
        return True
    holds = np.unique(
        _membership(family, size).T, axis=0
    )  # [K, S], one row for options that no side tells apart
    if len(holds) > _POINTS:
        return False
    for three in itertools.combinations(holds, 3):
        twice = np.sum(three, axis=0) >= 2
        if not holds[:, twice].all(axis=1).any():
            return False
    return True


def _amounts(model: GridModel) -> tuple[dict[Clause, IntArray], IntArray]:
    """Return what each clause adds for each party, [P], and the constant with what always matches."""
    amounts: dict[Clause, IntArray] = {}
    constant = model.constant.copy()
    for interaction in model.interactions:
        clause = _trimmed(interaction.when, model.sizes)
        if not clause.terms:
            constant[interaction.party] += interaction.adds
        elif all(options for _, options in clause.terms):
            amounts.setdefault(clause, np.zeros(model.parties, dtype=np.int64))[interaction.party] += (
                interaction.adds
            )
    return {clause: amount for clause, amount in amounts.items() if amount.any()}, constant


def _trimmed(clause: Clause, sizes: Sequence[int]) -> Clause:
    """Return the clause without issues of which it names every option."""
    return Clause(tuple((issue, options) for issue, options in clause.terms if len(options) < sizes[issue]))


def _sides(
    sizes: Sequence[int], amounts: dict[Clause, IntArray], forbidden: Iterable[Clause]
) -> list[set[Side]]:
    """Return, for each issue, the sides of all boxes that would claim where the outcome lies."""
    sides: list[set[Side]] = [set() for _ in sizes]
    escaped = [clause for clause, amount in amounts.items() if (amount < 0).any()]
    for clause, amount in amounts.items():
        if (amount > 0).any():
            for issue, options in clause.terms:
                sides[issue].add(options)
    for clause in itertools.chain(forbidden, escaped):
        for issue, options in clause.terms:
            sides[issue].update(_runs(_rest(options, sizes[issue])))
    return sides


def _complement(clause: Clause, sizes: Sequence[int], build: _Build, free: Sequence[int]) -> Iterator[Clause]:
    """Yield boxes whose union holds exactly the outcomes that do not match the clause."""
    for issue, options in clause.terms:
        rest = _rest(options, sizes[issue])
        if rest:
            for side in _runs(rest) if issue in free else (rest,):
                yield build.add(Clause(((issue, side),)))


def _rest(options: Side, size: int) -> Side:
    """Return the other options of the issue."""
    named = set(options)
    return tuple(option for option in range(size) if option not in named)


def _runs(options: Side) -> Iterator[Side]:
    """Yield the longest runs of adjacent options."""
    start = 0
    for end in range(1, len(options) + 1):
        if end == len(options) or options[end] != options[end - 1] + 1:
            yield options[start:end]
            start = end


def _are_runs(sides: Iterable[Side]) -> bool:
    """Whether every side is a run of adjacent options."""
    return all(side[-1] - side[0] == len(side) - 1 for side in sides)


def _pin(issue: int, model: GridModel, sides: set[Side], build: _Build) -> None:
    """Make a box of every group of options that no side and no gain tells apart; one of them is taken."""
    holds = _membership(sorted(sides), model.sizes[issue]).T.astype(np.int64)
    gains = model.terms[issue] - model.terms[issue][0]
    alike: dict[bytes, list[int]] = {}
    for option, row in enumerate(np.concatenate([holds, gains], axis=1)):
        alike.setdefault(row.tobytes(), []).append(option)
    build.covers.append(
        [build.add(Clause(((issue, tuple(options)),)), gains[options[0]]) for options in alike.values()]
    )


def _membership(sides: Sequence[Side], size: int) -> BoolArray:
    """Return which options each side holds. Shape [S, K]."""
    holds = np.zeros((len(sides), size), dtype=np.bool_)
    for row, side in enumerate(sides):
        holds[row, list(side)] = True
    return holds


def _built(
    build: _Build, constant: IntArray, sizes: tuple[int, ...], left: tuple[tuple[int, ...], tuple[int, ...]]
) -> Boxes:
    """Return the boxes in the order in which they were made, payments last."""
    numbers = {box: number for number, box in enumerate(build.gains)}
    first = len(numbers)
    gains = [*build.gains.values(), *(amount for _, amount in build.tolls)]
    return Boxes(
        boxes=(*numbers, *(Clause() for _ in build.tolls)),
        gains=np.array(gains, dtype=np.int64).reshape(-1, build.parties),
        constant=constant,
        covers=tuple(
            tuple(first + way if isinstance(way, int) else numbers[way] for way in ways)
            for ways in build.covers
        ),
        sizes=sizes,
        free=left[0],
        runs=left[1],
    )
