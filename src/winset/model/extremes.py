"""The largest and smallest utility over a whole outcome space, exactly, without visiting its outcomes.

Issues that no interaction names decouple. The others are eliminated one at a time: all that depends on an
issue is added up into one table over the issues it is tied to, and the best option is taken (nonserial dynamic
programming). An issue's options enter only by which clauses hold them, so an issue of a hundred options under
one clause counts as two.

References
----------
Bertelè and Brioschi (1972), Nonserial Dynamic Programming, Academic Press.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winset.errors import InputError
from winset.model.draws import FloatArray
from winset.model.issues import Clause
from winset.model.tolerances import EXTREMES_LIMIT


@dataclass(frozen=True)
class Elimination:
    """How to find extremes for a set of clauses; the same for every draw.

    Attributes
    ----------
    clauses : tuple of Clause
        Axis [T].
    kinds : tuple of tuple of tuple of int, axis [I]
        For each issue its options, put together where the same clauses hold them.
    steps : tuple of (int, tuple of int)
        Issues in the order in which they go, each with the issues that its table spans, ascending, itself
        among them.
    """

    clauses: tuple[Clause, ...]
    kinds: tuple[tuple[tuple[int, ...], ...], ...]
    steps: tuple[tuple[int, tuple[int, ...]], ...]

    @classmethod
    def of(cls, sizes: Sequence[int], clauses: Sequence[Clause]) -> Elimination:
        """Plan for issues with these numbers of options; the issue with the smallest table goes first.

        Raises
        ------
        InputError
            E901 when a table would have more than `EXTREMES_LIMIT` entries.
        """
        kinds = tuple(_kinds(issue, size, clauses) for issue, size in enumerate(sizes))
        ties = [set(clause.scope) for clause in clauses]
        left = set(range(len(sizes)))
        steps: list[tuple[int, tuple[int, ...]]] = []
        while left:
            spans = {issue: _span(issue, ties) for issue in left}
            entries = {issue: math.prod(len(kinds[i]) for i in spans[issue]) for issue in left}
            issue = min(left, key=lambda i: (entries[i], i))
            if entries[issue] > EXTREMES_LIMIT:
                raise _too_large(clauses, spans[issue], entries[issue])
            steps.append((issue, tuple(sorted(spans[issue]))))
            ties = [tie for tie in ties if issue not in tie] + [spans[issue] - {issue}]
            left.remove(issue)
        return cls(tuple(clauses), kinds, tuple(steps))

    def largest(self, contributions: Sequence[FloatArray], adds: FloatArray) -> FloatArray:
        """Return ``max over o of sum_i c_i[d, o_i] + sum of adds[d, t] over the clauses t that match o``, [D].

        Parameters
        ----------
        contributions : sequence of float array, [I] of [D, K]
        adds : float array, [D, T]
        """
        most = max((self._entries(span) for _, span in self.steps), default=1)
        block = max(1, EXTREMES_LIMIT // most)
        best = np.empty(len(adds))
        for begin in range(0, len(adds), block):
            rows = slice(begin, begin + block)
            best[rows] = self._best([part[rows] for part in contributions], adds[rows])
        return best

    def smallest(self, contributions: Sequence[FloatArray], adds: FloatArray) -> FloatArray:
        """Return the minimum of what `largest` gives the maximum of, [D]."""
        return -self.largest([-part for part in contributions], -adds)

    def _best(self, contributions: Sequence[FloatArray], adds: FloatArray) -> FloatArray:
        pending = set(range(len(self.clauses)))
        tables: list[_Table] = []
        total = np.zeros(len(adds))
        for issue, span in self.steps:
            table = np.zeros((len(adds), *(len(self.kinds[i]) for i in span)))
            axis = span.index(issue)
            kinds = np.stack([contributions[issue][:, list(k)].max(axis=1) for k in self.kinds[issue]], axis=1)
            table += _spread(_Table((issue,), kinds), span)
            for number in sorted(number for number in pending if issue in self.clauses[number].scope):
                pending.remove(number)
                held = self._held(self.clauses[number], span)
                table += adds[:, number].reshape(-1, *(1 for _ in span)) * held
            for other in [other for other in tables if issue in other.scope]:
                tables.remove(other)
                table += _spread(other, span)
            rest = table.max(axis=axis + 1)
            if len(span) == 1:
                total += rest
            else:
                tables.append(_Table(span[:axis] + span[axis + 1 :], rest))
        for number in sorted(pending):  # clauses that match every outcome
            total += adds[:, number]
        return total

    def _held(self, clause: Clause, span: Sequence[int]) -> FloatArray:
        """Return 1 where the entries of a table over `span` match the clause, 0 elsewhere."""
        held = np.ones([len(self.kinds[issue]) for issue in span])
        for issue, options in clause.terms:
            column = np.array([float(kind[0] in options) for kind in self.kinds[issue]])
            held *= column.reshape([-1 if issue == other else 1 for other in span])
        return held

    def _entries(self, span: Sequence[int]) -> int:
        return math.prod(len(self.kinds[issue]) for issue in span)


@dataclass(frozen=True, eq=False)
class _Table:
    """What a set of issues adds: numbers by draw, then by kind of option of each issue of `scope`."""

    scope: tuple[int, ...]
    numbers: FloatArray


def _spread(table: _Table, span: Sequence[int]) -> FloatArray:
    """Return the numbers with an axis of length one for every issue of `span` that the table does not know."""
    sizes = dict(zip(table.scope, table.numbers.shape[1:], strict=True))
    return table.numbers.reshape(-1, *(sizes.get(issue, 1) for issue in span))


def _kinds(issue: int, size: int, clauses: Sequence[Clause]) -> tuple[tuple[int, ...], ...]:
    """Return the options of an issue, put together where the same clauses hold them, by first option."""
    speaking = [frozenset(options) for clause in clauses for number, options in clause.terms if number == issue]
    kinds: dict[tuple[bool, ...], list[int]] = {}
    for option in range(size):
        kinds.setdefault(tuple(option in options for options in speaking), []).append(option)
    return tuple(tuple(kind) for kind in kinds.values())


def _span(issue: int, ties: Sequence[set[int]]) -> set[int]:
    """Return the issue and all that it is tied to."""
    return {issue}.union(*(tie for tie in ties if issue in tie))


def _too_large(clauses: Sequence[Clause], span: set[int], entries: int) -> InputError:
    """Return the error that names the interactions, by place in the file, that tie the issues together."""
    numbers = [str(n) for n, clause in enumerate(clauses) if len(span.intersection(clause.scope)) > 1]
    return InputError.single(
        "E901",
        f"interactions {', '.join(numbers)} tie too many issues together to find the best and worst outcome",
        found=f"a table of {entries} entries over {len(span)} issues",
        allowed=f"at most {EXTREMES_LIMIT} entries; split the interactions, or use scale: peer",
    )
