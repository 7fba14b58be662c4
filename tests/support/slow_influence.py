"""Influence the slow, obviously right way: fix one judgement in the case, draw everything else again."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from winset.analysis.survey import Survey, survey_draws
from winset.model.judged import Judged, judgements
from winset.model.judgement import Number, Values, Weights
from winset.model.negotiation import Account, Negotiation
from winset.model.party import RedLine
from winset.model.readings import SampledReading
from winset.model.sampling import draw

FloatArray = NDArray[np.float64]
T = TypeVar("T")


@dataclass(frozen=True)
class Effort:
    """How many values of a judgement are looked at, and how many draws of all else for each."""

    outer: int
    inner: int


@dataclass(frozen=True)
class Truth:
    """Index of a judgement by brute force, and its standard error."""

    index: float
    standard_error: float


def fixed(node: T, path: str, numbers: Sequence[float]) -> T:
    """Return a case, or a part of one, in which the judgement with this path is exactly this."""
    if isinstance(node, Number) and node.path == path:
        return replace(node, low=numbers[0], high=numbers[0])
    if isinstance(node, Weights | Values) and node.path == path:
        return replace(node, lower=tuple(numbers), upper=tuple(numbers))
    if isinstance(node, tuple):
        return tuple(fixed(part, path, numbers) for part in node)  # type: ignore[return-value]
    if not dataclasses.is_dataclass(node):
        return node
    parts: dict[str, Any] = {}
    for field in dataclasses.fields(node):
        part = getattr(node, field.name)
        if field.init and (isinstance(part, tuple) or dataclasses.is_dataclass(part)):
            parts[field.name] = fixed(part, path, numbers)
    return replace(node, **parts)  # type: ignore[type-var]


def alone(negotiation: Negotiation, account: Account) -> Negotiation:
    """Return the case as one account tells it."""
    sure = replace(account, credence=Number("credence", 1.0, 1.0))
    return replace(negotiation, accounts=(sure,))


def answers(negotiation: Negotiation, seed: int, count: int) -> NDArray[np.bool_]:
    found = survey_draws(negotiation, draw(negotiation, seed, 0, count))
    assert isinstance(found, Survey)
    return found.exists


def total_variance(negotiation: Negotiation, count: int, seed: int = 20_000) -> float:
    """Return the variance of the answer."""
    mean = float(answers(negotiation, seed, count).mean())
    return mean * (1 - mean)


def nested(negotiation: Negotiation, path: str, effort: Effort, variance: float, seed: int = 10_000) -> Truth:
    """Return the index of a judgement: over its values, the variance of the answer's mean over all else.

    Where accounts judge differently: within each account, then averaged by credence. The error leaves out that
    of the variance, the answer's, by which is divided.
    """
    if path == "accounts":
        return account_index(negotiation, effort.outer * effort.inner // 2, seed)
    within = [{one.path: one for one in judgements(negotiation.space, a)} for a in negotiation.accounts]
    stated = {one[path].stated if path in one else None for one in within}
    if len(stated) == 1:
        parts = [(1.0, _spread(negotiation, within[0][path], effort, seed))]
    else:
        whole = sum(account.credence.midpoint for account in negotiation.accounts)
        parts = [
            (
                account.credence.midpoint / whole,
                _spread(alone(negotiation, account), one[path], effort, seed + 1_000 * number),
            )
            for number, (account, one) in enumerate(zip(negotiation.accounts, within, strict=True))
            if path in one
        ]
    explained = sum(share * spread for share, (spread, _) in parts)
    error = math.sqrt(sum((share * error) ** 2 for share, (_, error) in parts))
    return Truth(explained / variance, error / variance)


def account_index(negotiation: Negotiation, count: int, seed: int) -> Truth:
    """Return the index of which account holds: the variance of the answer's mean in each."""
    means = np.array(
        [
            answers(alone(negotiation, account), seed + number, count).mean()
            for number, account in enumerate(negotiation.accounts)
        ]
    )
    credence = np.array([account.credence.midpoint for account in negotiation.accounts])
    credence /= credence.sum()
    mean = credence @ means
    noise = means * (1 - means) / count
    error = math.sqrt(4 * (credence**2 * (means - mean) ** 2 * noise).sum())
    variance = mean * (1 - mean)
    return Truth(float((credence * (means - mean) ** 2).sum() / variance), float(error / variance))


def _spread(negotiation: Negotiation, judged: Judged, effort: Effort, seed: int) -> tuple[float, float]:
    """Return the variance of the mean answer over the judgement's values, and its standard error."""
    values, share, inner = _values(judged, effort, seed)
    means = np.array(
        [
            answers(fixed(negotiation, judged.path, row.tolist()), seed + 1 + number, inner).mean()
            for number, row in enumerate(values)
        ]
    )
    noise = means * (1 - means) / (inner - 1)
    square = (means - share @ means) ** 2
    spread = float(share @ square - share @ noise + (share**2) @ noise)
    error = 4 * (share**2 * square * noise).sum() + 2 * (share**2 * noise**2).sum()
    if not isinstance(judged.about, RedLine | Number):  # values by chance rather than on a grid
        spread += float(share @ square) / (len(values) - 1)
        error += square.var() / len(values)
    return spread, math.sqrt(error)


def _values(judged: Judged, effort: Effort, seed: int) -> tuple[FloatArray, FloatArray, int]:
    """Return the judgement's values, [V, C], their shares, [V], and how many draws to take for each."""
    about, outer = judged.about, effort.outer
    if isinstance(about, RedLine):
        chance = about.firmness.midpoint
        return np.array([[0.0], [1.0]]), np.array([1.0 - chance, chance]), effort.inner * outer // 2
    share = np.full(outer, 1 / outer)
    if isinstance(about, Number):
        steps = (np.arange(outer) + 0.5) / outer
        return (about.low + (about.high - about.low) * steps)[:, None], share, effort.inner
    return judged.drawn(SampledReading(seed, np.arange(outer))), share, effort.inner
