"""Random numbers by address: the number for (seed, stream, draw, column) is always the same.

A counter-based generator (Philox, Salmon et al. 2011) is keyed by the seed and the stream's name and jumped to
the draw's place. A draw's numbers therefore depend on neither the chunk, nor the process, nor the worker that
asks, nor on which other judgements the file holds.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

_NUMBERS_PER_STEP = 4  # Philox4x64 yields four 64-bit words for each step of its counter


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
    digest = hashlib.blake2b(f"{seed}\x1f{stream}".encode(), digest_size=16).digest()
    steps = -(-columns // _NUMBERS_PER_STEP)  # whole counter steps for a draw, so that every draw starts one
    bits = np.random.Philox(key=int.from_bytes(digest, "little"))
    bits.advance(start * steps)
    width = steps * _NUMBERS_PER_STEP
    numbers = np.random.Generator(bits).random((stop - start) * width).reshape(-1, width)
    return numbers[:, :columns]
