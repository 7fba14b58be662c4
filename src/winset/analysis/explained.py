"""How much of an answer's variance a judgement explains: regression of the answer on what was drawn.

Let Y be 0 or 1 in every draw, and X what the draws made of a judgement. The first-order index is
``S = Var(E[Y | X]) / Var(Y)``. A projection of Y on functions of X estimates ``E[Y | X]``; the variance of what
is fitted exceeds that of the conditional expectation by the noise that the fit follows, which is taken off.

References
----------
Sobol' (1993), Sensitivity estimates for nonlinear mathematical models. Math. Model. Comput. Exp. 1, 407-414.
MacKinnon and White (1985), Some heteroskedasticity-consistent covariance matrix estimators. J. Econometrics 29
(the estimate e**2 / (1 - h) of a residual's variance).
Agresti and Coull (1998), Approximate is better than "exact" for interval estimation of binomial proportions.
The American Statistician 52(2), 119-126 (four draws added).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from winset.model.draws import BoolArray, FloatArray, IntArray
from winset.model.tolerances import DRAWS_PER_BIN, DRAWS_PER_TERM, EQUAL_BOUNDS

_MOST_BINS = 50  # beyond which a step that lies inside a bin hides no more than a hundredth of the variance
_ADDED = 4.0  # draws added to a class for its error, after Agresti and Coull (1998)
_RANK = 1e-9  # eigenvalues below this share of the largest belong to terms that others determine


@dataclass(frozen=True, slots=True)
class Projection:
    """The answer, projected on functions of a judgement. Axis D: the draws it was fitted to.

    Attributes
    ----------
    fitted : float array, [D]
        Estimate of ``E[Y | X]``.
    noise : float array, [D]
        Estimate of ``Var(Y | X)``, unbiased where it is the same for draws that share a fit.
    cautious : float array, [D]
        The same for errors: a class of draws that all agree is not taken to be without noise.
    leverage : float array, [D]
        How much each draw's own answer counts in what is fitted to it, beyond its share in the mean.
    terms : int
        Dimension of the functions of X, the constant not counted.
    stratified : bool
        Whether the fit is by quantiles, so that every part of X's range has its known share of the draws.
    """

    fitted: FloatArray
    noise: FloatArray
    cautious: FloatArray
    leverage: FloatArray
    terms: int
    stratified: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """``Var(E[Y | X])``, its share of Var(Y), and the share's standard error. Estimates may be negative."""

    explained: float
    share: float
    standard_error: float


def project(points: FloatArray, answers: BoolArray) -> Projection:
    """Return the answer's projection on functions of what was drawn, [D, C].

    - Nothing varies: the mean.
    - At most two different values: the mean of each.
    - One dimension: the means of bins with equally many draws.
    - Several: linear and quadratic terms, as many as the draws bear (see `_basis`).
    """
    free = free_columns(points)
    if len(free) == 0:
        return by_class(np.zeros(len(answers), dtype=np.int64), answers)
    line = points[:, free[0]]
    if len(free) == 1 and ((line == line.min()) | (line == line.max())).all():
        return by_class((line == line.max()).astype(np.int64), answers)
    directions = _orthonormal(points[:, free])
    if directions.shape[1] == 1:
        return by_bins(line, answers)
    return _by_terms(_basis(points[:, free], directions), answers)


def free_columns(points: FloatArray) -> IntArray:
    """Return the columns that vary, without repetitions of an earlier one (ties). [C']."""
    if len(points) == 0:
        return np.empty(0, dtype=np.int64)
    varies = np.flatnonzero(np.ptp(points, axis=0) > EQUAL_BOUNDS).tolist()
    first: dict[bytes, int] = {}
    for column in varies:
        first.setdefault(points[:, column].tobytes(), column)
    return np.array(sorted(first.values()), dtype=np.int64)


def by_bins(line: FloatArray, answers: BoolArray) -> Projection:
    """Return the means of bins of equally many draws, in the order of a number, [D]."""
    count = len(answers)
    bins = min(max(2, count // DRAWS_PER_BIN), _MOST_BINS, count)
    classes = np.empty(count, dtype=np.int64)
    classes[np.argsort(line, kind="stable")] = np.arange(count) * bins // count
    return by_class(classes, answers, stratified=True)


def by_class(classes: IntArray, answers: BoolArray, *, stratified: bool = False) -> Projection:
    """Return the mean of each class of draws, [D]."""
    total = np.bincount(classes)
    agree = np.bincount(classes, weights=answers)
    fitted = (agree / np.maximum(total, 1))[classes]
    # Two of the four are zones, as Agresti and Coull have it; in many small bins that would add up.
    zones = _ADDED * (float(answers.mean()) if stratified else 0.5)
    likely = ((agree + zones) / (total + _ADDED))[classes]
    found = _projection(answers, fitted, 1.0 / total[classes], int((total > 0).sum()) - 1)
    return replace(found, cautious=likely * (1.0 - likely), stratified=stratified)


def index(answers: BoolArray, projections: Sequence[Projection]) -> Index:
    """Return the index of a judgement, pooled over groups of draws.

    Parameters
    ----------
    answers : bool array, [D]
        Y. It has to vary.
    projections : sequence of Projection
        One for each group of draws, in the order of `answers`. Each is held against its own group's mean, so
        that what tells the groups apart is not counted.

    Notes
    -----
    ``V = mean((f - m)**2 - h v)`` with fit f, group mean m, leverage h beyond the mean and noise v: for class
    means the between-class variance without its bias. ``S = V / (p (1 - p))``. The error is that of the delta
    method: a first-order term from the noise of the fit, a second-order one that remains where S is zero, and
    the scatter of ``(f - m)**2`` over the draws where the fit is not by quantiles.
    """
    count, mean = len(answers), float(answers.mean())
    variance = mean * (1.0 - mean)
    centre = np.concatenate([np.full(len(one.fitted), one.fitted.mean()) for one in projections])
    fitted = np.concatenate([one.fitted for one in projections])
    square = (fitted - centre) ** 2 - np.concatenate([one.leverage * one.noise for one in projections])
    explained = float(square.mean())
    share = explained / variance
    lean = share * (1.0 - 2.0 * mean)  # of p (1 - p), by which V is divided
    cautious = np.concatenate([one.cautious for one in projections])
    first = float((((2.0 * (fitted - centre) - lean) ** 2) * cautious).sum())
    second = sum(one.terms * float(one.cautious.mean()) ** 2 for one in projections)
    scatter = _scatter(projections, square) - lean * (_known(projections, fitted, centre) - mean)
    error = max(first - 4.0 * second, 0.0) / count**2 + 2.0 * second / count**2 + float(scatter.var()) / count
    return Index(explained, share, math.sqrt(error) / variance)


def _scatter(projections: Sequence[Projection], square: FloatArray) -> FloatArray:
    """Return each draw's part in V, as far as which part of X's range it fell in is left to chance. [D]."""
    parts, start = [], 0
    for one in projections:
        own = square[start : start + len(one.fitted)]
        parts.append(np.full(len(own), own.mean()) if one.stratified else own)
        start += len(own)
    return np.concatenate(parts)


def _known(projections: Sequence[Projection], fitted: FloatArray, centre: FloatArray) -> FloatArray:
    """Return the same of the mean of Y: what is fitted, or by quantiles the group's mean. [D]."""
    stratified = np.concatenate([np.full(len(one.fitted), one.stratified) for one in projections])
    return np.where(stratified, centre, fitted)


def _by_terms(basis: FloatArray, answers: BoolArray) -> Projection:
    """Return the projection on the constant and orthonormal columns of mean zero, [D, k]."""
    count, mean = len(answers), float(answers.mean())
    fitted = mean + basis @ (basis.T @ (answers - mean))
    leverage = 1.0 / count + (basis**2).sum(axis=1)
    return _projection(answers, fitted, leverage, basis.shape[1])


def _projection(answers: BoolArray, fitted: FloatArray, leverage: FloatArray, terms: int) -> Projection:
    """Return the projection with the noise that the residuals show."""
    alone = leverage > 1.0 - 1e-6  # the fit follows the draw itself: nothing is seen of its noise
    plain = float(answers.mean() * (1.0 - answers.mean()))
    with np.errstate(divide="ignore", invalid="ignore"):
        noise = np.where(alone, plain, (answers - fitted) ** 2 / (1.0 - leverage))
    return Projection(fitted, noise, noise, leverage - 1.0 / len(answers), terms)


def _basis(points: FloatArray, directions: FloatArray) -> FloatArray:
    """Return orthonormal columns of mean zero that span the richest set of terms the draws bear, [D, k].

    Linear terms, squares and products; else linear terms and squares; else linear terms; else those of columns
    spread evenly over all. A poorer set explains less, never more.
    """
    most = max(1, len(points) // DRAWS_PER_TERM)
    size = directions.shape[1]
    if size > most:
        return _orthonormal(points[:, np.arange(most) * points.shape[1] // most])
    if 2 * size > most:
        return directions
    squares = directions**2
    if size * (size + 3) // 2 > most:
        return _orthonormal(np.concatenate((directions, squares), axis=1))
    one, other = np.triu_indices(size)
    return _orthonormal(np.concatenate((directions, directions[:, one] * directions[:, other]), axis=1))


def _orthonormal(columns: FloatArray) -> FloatArray:
    """Return orthonormal columns of mean zero with the span of the columns' deviations, [D, k].

    By the eigenvectors of the correlation matrix; directions that others determine are left out.
    """
    deviations = columns - columns.mean(axis=0)
    scale = np.sqrt((deviations**2).sum(axis=0))
    deviations = deviations[:, scale > 0] / scale[scale > 0]
    values, vectors = np.linalg.eigh(deviations.T @ deviations)
    kept = values > _RANK * values[-1:].max(initial=0.0)
    basis: FloatArray = deviations @ (vectors[:, kept] / np.sqrt(values[kept]))
    return basis
