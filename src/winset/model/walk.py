"""Hit-and-run: a random walk on a polytope whose limit is the uniform distribution.

From a point, take a random direction, and move to a uniform point of the chord that the polytope cuts from
that line. The direction's distribution is symmetric and does not depend on the point, which makes the uniform
distribution the limit (Smith 1984).

A walk mixes fast when its directions fit the polytope's shape. Here a direction is the difference of two points
of a pool that is itself spread over the polytope: whatever stretches the polytope stretches the directions.
The pool also gives the walks their starting points. It is the same for every seed, so that a draw depends on
nothing but its own random numbers. docs/explanation/draws.md measures how many steps suffice.

References
----------
Smith (1984), Efficient Monte Carlo procedures for generating points uniformly distributed over bounded regions.
Operations Research 32(6), 1296-1308.
"""

from __future__ import annotations

import numpy as np

from winset.model.draws import FloatArray, IntArray
from winset.model.polytope import Polytope
from winset.model.proposals import shapes
from winset.model.streams import uniforms, uniforms_at

_POOL = 512  # points of the pool: many more than a polytope has directions to fit
_PASSES = 3  # walks of the pool by its own differences
_STEPS_PER_NUMBER = 10  # of each pass, and of a draw, or the number of numbers where that is more


def walk(polytope: Polytope, seed: int, stream: str, rows: IntArray, steps: int | None = None) -> FloatArray:
    """Return points that are nearly uniform on the polytope, one for each of the draws. [D, G].

    Parameters
    ----------
    steps : int, optional
        Length of each walk; the measured default where not given.
    """
    starts = pool(polytope, stream)
    first = uniforms_at(seed, f"{stream}:start", rows)[:, 0]
    at: FloatArray = starts[(first * _POOL).astype(np.int64)]
    for step in range(_steps(polytope) if steps is None else steps):
        at = _by_pool(polytope, at, starts, uniforms_at(seed, f"{stream}:step{step}", rows, 3))
    return at


def pool(polytope: Polytope, stream: str) -> FloatArray:
    """Return points spread over the polytope, [M, G]; the same for every seed.

    They walk from ``polytope.start``, first in directions that fit the sets around the polytope, then in
    directions that fit themselves.
    """
    steps = _steps(polytope)
    kinds = shapes(polytope)
    at = np.tile(polytope.start, (_POOL, 1))
    for step in range(steps):
        shape = kinds[step % len(kinds)]
        width = shape.columns
        numbers = uniforms(0, f"{stream}:spread{step}", 0, _POOL, 2 * width + 1)
        direction = shape.points(numbers[:, :width]) - shape.points(numbers[:, width:-1])
        at = _moved(polytope, at, direction, numbers[:, -1])
    for number in range(_PASSES):
        points = at
        for step in range(steps):
            at = _by_pool(polytope, at, points, uniforms(0, f"{stream}:pass{number}:{step}", 0, _POOL, 3))
    return at


def _steps(polytope: Polytope) -> int:
    """Return how many steps make a point independent of the one it came from; docs/explanation/draws.md."""
    size = len(polytope.lower)
    return size * max(size, _STEPS_PER_NUMBER)


def _by_pool(polytope: Polytope, at: FloatArray, points: FloatArray, numbers: FloatArray) -> FloatArray:
    """Return the next points, [D, G], in the direction of the difference of two of the pool's points."""
    one = (numbers[:, 0] * _POOL).astype(np.int64)
    other = (one + 1 + (numbers[:, 1] * (_POOL - 1)).astype(np.int64)) % _POOL
    return _moved(polytope, at, points[one] - points[other], numbers[:, 2])


def _moved(polytope: Polytope, at: FloatArray, direction: FloatArray, place: FloatArray) -> FloatArray:
    """Return the points, [D, G], at these places, 0 to 1, of the chords through `at` in these directions."""
    # Every constraint is "the distance to a face may not become negative": distance + t * slope >= 0.
    distances = [at - polytope.lower, polytope.upper - at]
    slopes = [direction, -direction]
    if polytope.ordered:
        distances.append(at[:, :-1] - at[:, 1:])
        slopes.append(direction[:, :-1] - direction[:, 1:])
    distance = np.maximum(np.concatenate(distances, axis=1), 0.0)
    slope = np.concatenate(slopes, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        limit = -distance / slope
    last = np.where(slope < 0.0, limit, np.inf).min(axis=1)
    first = np.where(slope > 0.0, limit, -np.inf).max(axis=1)
    with np.errstate(invalid="ignore"):
        move = first + (last - first) * place
    # A direction without a change, which equal points give, meets no face; the walk then stays.
    moved: FloatArray = at + np.where(np.isfinite(move), move, 0.0)[:, None] * direction
    return moved
