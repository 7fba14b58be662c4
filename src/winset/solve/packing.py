"""Outcomes packed into machine words that compare as outcome indices do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from winset.model.draws import BoolArray, IntArray

WordArray = NDArray[np.uint64]

_WORD = 64


@dataclass(frozen=True)
class Packing:
    """Fixed places for every issue's option in a row of 64-bit words.

    Issue 0 has the most significant place of the first word, and no issue straddles two words. Rows therefore
    compare, word by word, as the outcomes' indices compare, at any size of the space; and because the places
    are fixed, outcomes that are known only in part compare rightly too, whichever issues are known.

    Attributes
    ----------
    sizes : tuple of int
        Number of options of each issue. Axis [I].
    """

    sizes: tuple[int, ...]

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Word and left shift of each issue. Axis [I]."""
        places: list[tuple[int, int]] = []
        word, free = 0, _WORD
        for size in self.sizes:
            bits = (size - 1).bit_length()
            if bits > free:
                word, free = word + 1, _WORD
            free -= bits
            places.append((word, free))
        return tuple(places)

    @property
    def words(self) -> int:
        """Number of words W in a row."""
        return self.places[-1][0] + 1 if self.places else 1

    def option(self, issue: int, options: IntArray) -> tuple[int, WordArray]:
        """Return the word in which the issue has its place, and what each option index is there, [N]."""
        word, shift = self.places[issue]
        # A shift by 64 is undefined; it only occurs for an issue of one option, whose place is empty.
        return word, options.astype(np.uint64) << np.uint64(min(shift, _WORD - 1))

    def pack(self, outcomes: IntArray) -> WordArray:
        """Return the words, [N, W], of the outcomes, [N, I]."""
        keys = np.zeros((len(outcomes), self.words), dtype=np.uint64)
        for issue in range(len(self.sizes)):
            word, bits = self.option(issue, outcomes[:, issue])
            keys[:, word] |= bits
        return keys

    def unpack(self, keys: WordArray) -> IntArray:
        """Return the outcomes, [N, I], of the words, [N, W]."""
        outcomes = np.zeros((len(keys), len(self.sizes)), dtype=np.int64)
        for issue, (size, (word, shift)) in enumerate(zip(self.sizes, self.places, strict=True)):
            if size > 1:
                mask = np.uint64((1 << (size - 1).bit_length()) - 1)
                outcomes[:, issue] = (keys[:, word] >> np.uint64(shift)) & mask
        return outcomes


def lowest_of_runs(keys: WordArray, starts: Sequence[int] | IntArray) -> IntArray:
    """Return, for each run of consecutive rows, the row whose key is lowest.

    Parameters
    ----------
    keys : uint64 array, [N, W]
        No two rows of a run are equal.
    starts : int array
        First row of each run, ascending, beginning with 0.
    """
    starts = np.asarray(starts, dtype=np.int64)
    runs = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(keys))))
    alive: BoolArray = np.ones(len(keys), dtype=np.bool_)
    beyond = np.uint64(2**_WORD - 1)
    for word in keys.T:
        least = np.minimum.reduceat(np.where(alive, word, beyond), starts)
        alive &= word == least[runs]
    return np.flatnonzero(alive)
