"""Tables over the whole outcome space: utilities, clauses, consent. For spaces small enough to hold."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Sequence

import numpy as np

from winset.model.draws import BoolArray, Draws, FloatArray, IntArray
from winset.model.issues import Clause, Space
from winset.model.rule import Rule


def utilities(draws: Draws, space: Space, party: int) -> FloatArray:
    """Return one party's utility of every outcome in every draw.

    Returns
    -------
    ndarray of float64, shape [D, O]
        Outcomes in index order; sums run left to right over the issues, then constant, then interactions.
    """
    return utilities_by_outcome(draws, space, party).T


def utilities_by_outcome(
    draws: Draws, space: Space, party: int, outcomes: IntArray | None = None
) -> FloatArray:
    """Return `utilities` with outcomes on the first axis, of all outcomes or of those with the given indices.

    Draws lie side by side in memory, so that sums run along them however few options an issue has.

    Returns
    -------
    ndarray of float64, shape [O, D]
    """
    columns = [np.ascontiguousarray(term[:, party, :].T) for term in draws.terms]  # [K, D] each
    table = np.zeros((1, draws.count))
    for column in columns[:-1]:
        table = (table[:, None, :] + column).reshape(-1, draws.count)
    if outcomes is None:
        table = (table[:, None, :] + columns[-1]).reshape(-1, draws.count)
    else:
        before, last = np.divmod(outcomes, space.sizes[-1])
        table = table[before]
        table += columns[-1][last]
    table += draws.constant[:, party]
    for number, interaction in enumerate(draws.account.parties[party].preferences.interactions):
        mask = clause_mask(space, interaction.when)
        table[mask if outcomes is None else mask[outcomes]] += draws.adds[party][:, number]
    return table


def utilities_at(draws: Draws, outcomes: IntArray) -> FloatArray:
    """Return every party's utility of the given outcomes in every draw, added in the order of `utilities`.

    Parameters
    ----------
    outcomes : int array, [N, I]
        Option indices.

    Returns
    -------
    ndarray of float64, shape [D, N, P]
    """
    total = draws.terms[0][:, :, outcomes[:, 0]].copy()
    for issue, term in enumerate(draws.terms[1:], start=1):
        total += term[:, :, outcomes[:, issue]]
    total += draws.constant[:, :, None]
    for party, member in enumerate(draws.account.parties):
        for number, interaction in enumerate(member.preferences.interactions):
            hit = matching(interaction.when, outcomes)
            total[:, party, hit] += draws.adds[party][:, number, None]
    return total.transpose(0, 2, 1)


def matching(clause: Clause, outcomes: IntArray) -> BoolArray:
    """Return whether each of the outcomes, [N, I], matches the clause. Shape [N]."""
    hit = np.ones(len(outcomes), dtype=np.bool_)
    for issue, options in clause.terms:
        hit &= np.isin(outcomes[:, issue], options)
    return hit


def clause_mask(space: Space, clause: Clause) -> BoolArray:
    """Return whether each outcome of the space matches the clause. Shape [O]."""
    allowed = dict(clause.terms)
    mask = np.ones(1, dtype=np.bool_)
    free = 1  # outcomes of the issues since the last that the clause names
    for issue, size in enumerate(space.sizes):
        if issue not in allowed:
            free *= size
            continue
        column = np.zeros(size, dtype=np.bool_)
        column[list(allowed[issue])] = True
        mask = (np.repeat(mask, free)[:, None] & column).reshape(-1)
        free = 1
    return np.repeat(mask, free)


def any_mask(space: Space, clauses: Sequence[Clause]) -> BoolArray:
    """Return whether each outcome matches at least one of the clauses. Shape [O]."""
    mask = np.zeros(space.size, dtype=np.bool_)
    for clause in clauses:
        mask |= clause_mask(space, clause)
    return mask


def rule_mask(rule: Rule, consent: dict[str, BoolArray], mask_of: Callable[[Clause], BoolArray]) -> BoolArray:
    """Return where the rule passes.

    Parameters
    ----------
    rule : Rule
    consent : dict of party id to bool array, [..., O]
        Whether the party consents.
    mask_of : callable
        Gives the mask, [O], of a condition's terms; `clause_mask` with a memo.

    Returns
    -------
    ndarray of bool, shape [..., O]
    """
    votes = [
        consent[member] if isinstance(member, str) else rule_mask(member, consent, mask_of)
        for member in rule.members
    ]
    votes_needed = rule.needed
    passed: BoolArray
    if not votes:
        passed = np.asarray(votes_needed <= 0)
    elif votes_needed == len(votes):
        passed = functools.reduce(operator.and_, votes)
    elif votes_needed == 1:
        passed = functools.reduce(operator.or_, votes)
    else:
        passed = np.asarray(np.sum(votes, axis=0, dtype=np.int16) >= votes_needed)
    for party in rule.veto:
        passed = passed & consent[party]
    for condition in rule.when:
        passed = passed & (rule_mask(condition.needs, consent, mask_of) | ~mask_of(condition.terms))
    return passed
