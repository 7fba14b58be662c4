"""Hit-and-run: a random walk on a polytope whose limit is the uniform distribution.

From a point, take a random direction, and move to a uniform point of the chord that the polytope cuts from
that line. The direction's distribution does not depend on the point and is symmetric, which makes the uniform
distribution the limit (Smith 1984). Directions are uniform in a cube whose sides are the widths of the bounds,
less the part that would change the total. How many steps suffice is measured in docs/explanation/draws.md.

References
----------
Smith (1984), Efficient Monte Carlo procedures for generating points uniformly distributed over bounded regions.
Operations Research 32(6), 1296-1308.
"""

from __future__ import annotations

import numpy as np

from winset.model.draws import FloatArray, IntArray
from winset.model.polytope import Polytope, weighted_sum
from winset.model.streams import uniforms_at

_STEPS_PER_STREAM = 16  # bounds the memory that a walk's random numbers take; part of what a seed means


def walk(polytope: Polytope, seed: int, stream: str, rows: IntArray, steps: int) -> FloatArray:
    """Return where the walk from ``polytope.start`` stands after `steps` steps in each draw. [D, G]."""
    size = len(polytope.lower)
    at = np.tile(polytope.start, (len(rows), 1))
    for begin in range(0, steps, _STEPS_PER_STREAM):
        name = f"{stream}:walk{begin // _STEPS_PER_STREAM}"
        numbers = uniforms_at(seed, name, rows, _STEPS_PER_STREAM * (size + 1))
        for step in range(min(_STEPS_PER_STREAM, steps - begin)):
            at = _step(polytope, at, numbers[:, step * (size + 1) : (step + 1) * (size + 1)])
    return at


def _step(polytope: Polytope, at: FloatArray, numbers: FloatArray) -> FloatArray:
    """Return the next points, [D, G], by uniform numbers, [D, G + 1]."""
    width = polytope.upper - polytope.lower
    direction = width * (2.0 * numbers[:, :-1] - 1.0)
    change = weighted_sum(direction, polytope.members) / float(np.add.accumulate(polytope.members * width)[-1])
    direction = direction - change[:, None] * width
    # Every constraint is "this distance to a face may not become negative": distance + t * slope >= 0.
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
    return at + (first + (last - first) * numbers[:, -1])[:, None] * direction
