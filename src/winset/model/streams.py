"""Random numbers by address: the number for (seed, stream, draw, column) is always the same.

A counter-based generator (Philox, Salmon et al. 2011) is keyed by the seed and the stream's name and jumped to
the draw's place. A draw's numbers therefore depend on neither the chunk, nor the process, nor the worker that
asks, nor on which other judgements the file holds.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from winset.model.draws import IntArray

_NUMBERS_PER_STEP = 4  # Philox4x64 yields four 64-bit words for each step of its counter
_DENSE = 8  # making eight numbers costs less than one jump of the generator


def uniforms(seed: int, stream: str, start: int, stop: int, columns: int = 1) -> NDArray[np.float64]:
    """Return uniform numbers in [0, 1) for the draws start to stop - 1.

    Parameters
    ----------
    seed : int
        Any non-negative integer.
    stream : str
        Name of the stream: a judgement's path, with a suffix where it needs several.
    start, stop : int
        Range of draws, ``0 <= start <= stop``.
    columns : int
        Numbers per draw.

    Returns
    -------
    ndarray of float64, shape [D, columns]
        Row d holds the numbers of draw ``start + d``.

    References
    ----------
    Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3. SC '11.
    """
    steps, bits = _generator(seed, stream, columns)
    bits.advance(start * steps)
    width = steps * _NUMBERS_PER_STEP
    numbers = np.random.Generator(bits).random((stop - start) * width).reshape(stop - start, width)
    return numbers[:, :columns]


def uniforms_at(seed: int, stream: str, rows: IntArray, columns: int = 1) -> NDArray[np.float64]:
    """Return uniform numbers in [0, 1) for chosen draws; the same numbers as `uniforms` gives them.

    Parameters
    ----------
    seed, stream, columns
        As in `uniforms`.
    rows : int array, [D]
        Numbers of the draws, ascending, each at most once.

    Returns
    -------
    ndarray of float64, shape [D, columns]
    """
    if len(rows) == 0:
        return np.empty((0, columns))
    first, last = int(rows[0]), int(rows[-1])
    if last - first < len(rows) * _DENSE:
        return uniforms(seed, stream, first, last + 1, columns)[rows - first]
    steps, bits = _generator(seed, stream, columns)
    generator = np.random.Generator(bits)
    numbers = np.empty((len(rows), steps * _NUMBERS_PER_STEP))
    position = 0
    for place, row in enumerate(rows.tolist()):
        bits.advance((row - position) * steps)
        generator.random(out=numbers[place])
        position = row + 1
    return numbers[:, :columns]


def _generator(seed: int, stream: str, columns: int) -> tuple[int, np.random.Philox]:
    """Return the counter steps that a draw takes, and a generator at the first draw of the stream."""
    digest = hashlib.blake2b(f"{seed}\x1f{stream}".encode(), digest_size=16).digest()
    steps = -(-columns // _NUMBERS_PER_STEP)  # whole counter steps for a draw, so that every draw starts one
    return steps, np.random.Philox(key=int.from_bytes(digest, "little"))
