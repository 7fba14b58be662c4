"""How the probability of a zone differs between two negotiations, each draw compared with itself."""

from __future__ import annotations

import math

import numpy as np

from winset.analysis.context import Context
from winset.analysis.survey import Survey, TooLarge, survey
from winset.findings.difference import Paired
from winset.model.draws import IntArray


def paired_change(before: Context, after: Context) -> Paired | None:
    """Return the mean of d and its standard error, d being 1 where a zone appears, -1 where it goes, else 0.

    A judgement that both have is the same in both in every draw, so that the error is mostly far smaller than
    that of independent samples: sqrt((mean(d^2) - mean(d)^2) / D).

    Returns
    -------
    Paired or None
        None where the seeds or numbers of draws differ, or either was not surveyed draw by draw.
    """
    if (before.seed, before.draws) != (after.seed, after.draws):
        return None
    found = [context.once(survey) for context in (before, after)]
    exists = [_by_draw(one) for one in found if not isinstance(one, TooLarge) and one.count]
    if len(exists) < 2:
        return None
    moved = exists[1] - exists[0]
    mean = int(moved.sum()) / len(moved)
    return Paired(mean, math.sqrt(max(0.0, int(np.abs(moved).sum()) / len(moved) - mean**2) / len(moved)))


def _by_draw(found: Survey) -> IntArray:
    """Return 1 for every draw with a zone and 0 for every other, in the order of the draws. Shape [D]."""
    rows = np.concatenate([part.draws.rows for part in found.parts])
    ordered: IntArray = found.exists[np.argsort(rows)].astype(np.int64)
    return ordered
