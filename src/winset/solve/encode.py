"""A model in integers as the rows and columns of a mixed-integer linear program.

Each option of each issue is a variable that is 0 or 1, and exactly one of an issue's is 1. Each interaction has
an indicator, 1 exactly when its clause matches. Each forbidden clause is a row that cuts off what it matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from winset.model.draws import FloatArray, IntArray
from winset.model.issues import Clause
from winset.solve.grid import GridModel
from winset.solve.milp import Program


@dataclass(frozen=True, slots=True)
class Row:
    """``low <= entries @ x[columns] <= high``."""

    columns: IntArray
    entries: FloatArray
    low: float = -np.inf
    high: float = np.inf


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that a question adds to the encoding."""

    low: float = 0.0
    high: float = np.inf
    integer: bool = False


@dataclass(frozen=True, slots=True)
class Encoding:
    """A `GridModel` in N variables, all of them 0 or 1: the options, issue by issue, then the indicators.

    Attributes
    ----------
    model : GridModel
    starts : int array, [I]
        Variable of each issue's first option.
    indicators : int array, [T]
        Variable of each interaction's indicator; those of equal clauses share one. -1 where the clause names
        no issue and so always matches.
    size : int
        Number of variables N; variables of a question follow from here.
    rows : tuple of Row
        What makes the variables an outcome that is not forbidden.
    scale : float
        Multiples of the grid times this, a power of two, are the program's unit of utility, in which no party's
        utility spans more than 1.
    """

    model: GridModel
    starts: IntArray
    indicators: IntArray
    size: int
    rows: tuple[Row, ...]
    scale: float

    def utility(self, party: int) -> tuple[IntArray, FloatArray, float]:
        """Return a party's utility as columns, coefficients and a constant, in the program's unit.

        ``coefficients @ x[columns] + constant``; the least coefficient of each issue is zero.
        """
        columns, coefficients = [], []
        constant = int(self.model.constant[party])
        for start, term in zip(self.starts, self.model.terms, strict=True):
            least = int(term[:, party].min())
            above = term[:, party] - least
            constant += least
            columns.append(start + np.flatnonzero(above))
            coefficients.append(above[above != 0])
        for column, interaction in zip(self.indicators, self.model.interactions, strict=True):
            if interaction.party == party and column < 0:
                constant += interaction.adds
            elif interaction.party == party:
                columns.append(np.array([column]))
                coefficients.append(np.array([interaction.adds]))
        places = np.concatenate(columns).astype(np.int64)
        return places, np.concatenate(coefficients) * self.scale, constant * self.scale

    def program(self, cost: Row, rows: Sequence[Row] = (), variables: Sequence[Variable] = ()) -> Program:
        """Return the program that minimises a cost under further rows.

        Parameters
        ----------
        cost : Row
            Its columns and entries; entries of the same column add up. Its bounds are not looked at.
        rows : sequence of Row
            Besides those of the encoding.
        variables : sequence of Variable
            Those that the question adds; their columns are `size`, `size` + 1, ...
        """
        every = [*self.rows, *rows]
        count = self.size + len(variables)
        costs = np.bincount(cost.columns, cost.entries, count)
        return Program(
            cost=costs.astype(np.float64),
            integer=np.array([True] * self.size + [variable.integer for variable in variables]),
            low=np.array([0.0] * self.size + [variable.low for variable in variables]),
            high=np.array([1.0] * self.size + [variable.high for variable in variables]),
            rows=np.repeat(np.arange(len(every)), [len(row.columns) for row in every]),
            columns=_columns([row.columns for row in every]),
            entries=np.concatenate([np.zeros(0), *(row.entries for row in every)]),
            row_low=np.array([row.low for row in every]),
            row_high=np.array([row.high for row in every]),
        )

    def outcome(self, x: FloatArray) -> IntArray:
        """Return the option indices, [I], that the variables stand for."""
        return np.array(
            [
                int(np.argmax(x[start : start + size]))
                for start, size in zip(self.starts, self.model.sizes, strict=True)
            ],
            dtype=np.int64,
        )

    def options(self, issue: int, options: Sequence[int]) -> IntArray:
        """Return the columns of these options."""
        columns: IntArray = self.starts[issue] + np.asarray(options, dtype=np.int64)
        return columns

    def matching(self, clause: Clause) -> IntArray:
        """Return the columns whose sum is the number of the clause's terms that an outcome fits."""
        return _columns([self.options(issue, options) for issue, options in clause.terms])

    def barring(self, clause: Clause) -> Row:
        """Return the row that cuts off what the clause matches."""
        columns = self.matching(clause)
        return Row(columns, np.ones(len(columns)), high=len(clause.terms) - 1.0)

    def without(self, outcome: IntArray) -> Row:
        """Return the row that cuts off this one outcome."""
        return Row(self.starts + outcome, np.ones(len(outcome)), high=len(outcome) - 1.0)


def encode(model: GridModel) -> Encoding:
    """Return the encoding of a model; `Encoding` says how."""
    sizes = np.array(model.sizes, dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    place: dict[Clause, int] = {}
    for interaction in model.interactions:
        if interaction.when.terms:
            place.setdefault(interaction.when, int(sizes.sum()) + len(place))
    indicators = [place.get(interaction.when, -1) for interaction in model.interactions]
    bare = Encoding(
        model, starts, np.array(indicators, dtype=np.int64), int(sizes.sum()) + len(place), (), _scale(model)
    )
    choices = [Row(bare.options(i, range(k)), np.ones(k), 1.0, 1.0) for i, k in enumerate(model.sizes)]
    links = [row for clause, column in place.items() for row in _indicating(bare, clause, column)]
    cuts = [bare.barring(clause) for clause in model.forbidden]
    return Encoding(model, starts, bare.indicators, bare.size, (*choices, *links, *cuts), bare.scale)


def _indicating(encoding: Encoding, clause: Clause, column: int) -> Iterable[Row]:
    """Yield the rows that make a variable 1 where the clause matches and 0 elsewhere."""
    for issue, options in clause.terms:
        columns = np.append(encoding.options(issue, options), column)
        yield Row(columns, np.append(np.ones(len(options)), -1.0), low=0.0)
    columns = np.append(encoding.matching(clause), column)
    yield Row(columns, np.append(np.ones(len(columns) - 1), -1.0), high=len(clause.terms) - 1.0)


def _scale(model: GridModel) -> float:
    """Return the power of two by which the widest span of a utility comes to between one half and 1."""
    span = np.zeros(model.parties)
    for term in model.terms:
        span += term.max(axis=0) - term.min(axis=0)
    for interaction in model.interactions:
        span[interaction.party] += abs(interaction.adds)
    widest = float(span.max(initial=0.0))
    return float(2.0 ** -np.ceil(np.log2(widest))) if widest > 0.0 else 1.0


def _columns(parts: Sequence[IntArray]) -> IntArray:
    """Return the columns one after the other; there may be none."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
