"""Tied options or issues: one number for each group, and back to one for each member."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from winset.model.draws import FloatArray
from winset.model.judgement import Groups


def singles(count: int) -> Groups:
    """Return groups of one."""
    return tuple((member,) for member in range(count))


def group_bounds(
    lower: Sequence[float], upper: Sequence[float], groups: Groups
) -> tuple[FloatArray, FloatArray]:
    """Return the bounds that every member of each group keeps, both [G]."""
    return (
        np.array([max(lower[member] for member in group) for group in groups]),
        np.array([min(upper[member] for member in group) for group in groups]),
    )


def by_member(numbers: FloatArray, groups: Groups) -> FloatArray:
    """Return each member's number, [D, N], from the groups' numbers, [D, G]."""
    group_of = np.empty(sum(len(group) for group in groups), dtype=np.int64)
    for number, group in enumerate(groups):
        group_of[list(group)] = number
    return numbers[:, group_of]
