"""Ordered numbers within bounds: the uniform distribution on ``{x : lower <= x <= upper, x_1 >= x_2 >= ...}``.

Sampled exactly. The bounds cut the line into cells. Which cells the ordered numbers lie in is drawn from its
exact probabilities; within its cell each number is then uniform, and sorting puts them in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from winset.errors import InputError
from winset.model.draws import FloatArray
from winset.model.tolerances import CHAIN_LIMIT, EQUAL_BOUNDS


@dataclass(frozen=True)
class Chain:
    """Numbers in descending order, each within its own bounds. Axis [G].

    Attributes
    ----------
    lower, upper : tuple of float
        Both in descending order, ``lower < upper``: what `tighten` leaves, without the fixed numbers.

    Notes
    -----
    Let the cells, from the top, have lengths ``a_1, ..., a_C``. The volume of the part of the set in which k
    consecutive numbers lie in cell c is ``a_c ** k / k!``. Hence the volume for the numbers g, g + 1, ... in
    the cells c, c + 1, ... is ``Z_c(g) = sum_k a_c ** k / k! * Z_{c+1}(g + k)``, the sum over the k for which
    the bounds of the numbers g to g + k - 1 hold cell c, and k is drawn with probability proportional to its
    term. All terms are positive, so that nothing cancels.
    """

    lower: tuple[float, ...]
    upper: tuple[float, ...]

    @property
    def plain(self) -> bool:
        """Whether all numbers have the same bounds, so that sorting is all there is to do."""
        return len(set(self.lower)) == 1 and len(set(self.upper)) == 1

    @property
    def columns(self) -> int:
        """Uniform numbers that one draw takes."""
        return len(self.lower) + len(self._choices)

    def sample(self, numbers: FloatArray) -> FloatArray:
        """Turn uniform numbers, [D, columns], into draws, [D, G]."""
        size = len(self.lower)
        cell = np.zeros((len(numbers), size), dtype=np.int64)
        placed = np.zeros(len(numbers), dtype=np.int64)
        place = np.arange(size)
        for step, cumulative in enumerate(self._choices):
            taken = (numbers[:, size + step, None] >= cumulative[placed]).sum(axis=1)
            placed = placed + taken
            cell += place >= placed[:, None]
        high = self._edges[cell]
        low = self._edges[cell + 1]
        drawn = -np.sort(-(low + (high - low) * numbers[:, :size]), axis=1)
        return np.clip(drawn, self.lower, self.upper)

    @cached_property
    def _edges(self) -> FloatArray:
        """Edges of the cells in descending order, [C + 1]."""
        return np.unique(np.array(self.lower + self.upper))[::-1].copy()

    @cached_property
    def _choices(self) -> tuple[FloatArray, ...]:
        """For each cell but the last, [G + 1, G]: cumulative probabilities of how many numbers it takes.

        Row g is for the state in which g numbers have been placed. The last cell takes the rest.
        """
        size = len(self.lower)
        lengths = self._edges[:-1] - self._edges[1:]
        if self.plain:
            return ()
        # In units in which the cells together have length G every volume stays within float64.
        lengths = lengths * (size / (self._edges[0] - self._edges[-1]))
        after = np.zeros(size + 1)
        after[size] = 1.0
        tables: list[FloatArray] = []
        for cell in range(len(lengths) - 1, -1, -1):
            parts = self._parts(cell, float(lengths[cell]), after)
            volumes = parts.cumsum(axis=1)
            after = volumes[:, -1] / volumes[:, -1].max()
            with np.errstate(invalid="ignore"):
                tables.append(volumes[:, :-1] / volumes[:, -1:])
        # A state that cannot arise has volume zero and NaN in its row, which no draw reads.
        return tuple(reversed(tables[1:]))

    def _parts(self, cell: int, length: float, after: FloatArray) -> FloatArray:
        """Return the terms ``a ** k / k! * Z(g + k)`` of one cell, [g, k], both from 0 to G."""
        size = len(self.lower)
        fits = (np.array(self.lower) <= self._edges[cell + 1]) & (np.array(self.upper) >= self._edges[cell])
        # a ** k / k! as a running product: powers and factorials on their own would overflow
        volumes = np.multiply.accumulate(np.concatenate(([1.0], length / np.arange(1, size + 1))))
        parts = np.zeros((size + 1, size + 1))
        for state in range(size + 1):
            run = size - state if fits[state:].all() else int(np.argmin(fits[state:]))
            parts[state, : run + 1] = volumes[: run + 1] * after[state : state + run + 1]
        return parts


def tighten(lower: FloatArray, upper: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the tightest bounds of numbers in descending order: nothing is lost, nothing more is implied.

    A number is at least the lower bound of every later one and at most the upper bound of every earlier one.
    """
    return np.maximum.accumulate(lower[::-1])[::-1], np.minimum.accumulate(upper)


@dataclass(frozen=True)
class OrderedBox:
    """Numbers in descending order within bounds, some of which may be fixed. Axis [G].

    Fixed numbers cut the order into independent chains.
    """

    lower: FloatArray
    upper: FloatArray
    chains: tuple[tuple[int, Chain], ...]

    @classmethod
    def of(cls, lower: FloatArray, upper: FloatArray, path: str) -> OrderedBox:
        """Make the set from bounds.

        Raises
        ------
        InputError
            E903 when the set is empty, E902 when a chain with bounds of its own is longer than `CHAIN_LIMIT`;
            both name the judgement's path.
        """
        low, high = tighten(lower, upper)
        if (low > high + EQUAL_BOUNDS).any():
            raise InputError.single("E903", f"{path}: the bounds contradict the ranking")
        free = high - low > EQUAL_BOUNDS
        edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False]))))
        chains = tuple(
            (int(begin), Chain(tuple(low[begin:end].tolist()), tuple(high[begin:end].tolist())))
            for begin, end in zip(edges[::2], edges[1::2], strict=True)
        )
        longest = max((len(chain.lower) for _, chain in chains if not chain.plain), default=0)
        if longest > CHAIN_LIMIT:
            raise InputError.single(
                "E902",
                f"{path}: a ranking with bounds of its own is too long to draw from",
                found=f"{longest} ranks",
                allowed=f"at most {CHAIN_LIMIT} ranks, or a ranking without bounds",
            )
        return cls(low, high, chains)

    @property
    def columns(self) -> int:
        """Uniform numbers that one draw takes."""
        return sum(chain.columns for _, chain in self.chains)

    def sample(self, numbers: FloatArray) -> FloatArray:
        """Turn uniform numbers, [D, columns], into draws, [D, G]."""
        drawn = np.tile(self.lower, (len(numbers), 1))
        used = 0
        for begin, chain in self.chains:
            drawn[:, begin : begin + len(chain.lower)] = chain.sample(numbers[:, used : used + chain.columns])
            used += chain.columns
        return drawn

    def centre(self) -> FloatArray | None:
        """Return the mean in closed form, [G]; None where some chain has more than one cell."""
        mean = self.lower.copy()
        for begin, chain in self.chains:
            size = len(chain.lower)
            if not chain.plain:
                return None
            ranks = np.arange(size, 0, -1) / (size + 1)
            mean[begin : begin + size] = chain.lower[0] + (chain.upper[0] - chain.lower[0]) * ranks
        return mean
