"""The exact Pareto frontier by eliminating issues one at a time; the outcome space is never enumerated.

Partial outcomes grow issue by issue. Of those that have the same future, the dominated ones are dropped:
whatever completes a dominated partial outcome also completes the one that dominates it. Two partial outcomes
have the same future when the same clauses that are still open can still come to match; this set of clauses is
the partial outcome's *state*. Without links, red lines and interactions there is one state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winset.errors import LimitReached
from winset.model.draws import BoolArray, IntArray
from winset.model.issues import Clause
from winset.model.tolerances import ELIMINATION_LIMIT
from winset.solve.dominance import undominated
from winset.solve.grid import GridInteraction, GridModel
from winset.solve.packing import Packing, WordArray

_CLAUSES_PER_PARTIAL = 100  # states are one byte a clause: up to 100 MB for a million partial outcomes


@dataclass(frozen=True, slots=True)
class Frontier:
    """The Pareto frontier of a `GridModel`.

    Attributes
    ----------
    outcomes : int64 array, [N, I]
        Option indices; of the outcomes with equal utilities the one with the lowest index.
    utilities : int64 array, [N, P]
        Multiples of the grid. No two rows are equal.
    """

    outcomes: IntArray
    utilities: IntArray

    @classmethod
    def ordered(cls, outcomes: IntArray, utilities: IntArray) -> Frontier:
        """Make a frontier in canonical order: descending utility of the first party, then outcome index."""
        order = np.lexsort([*outcomes.T[::-1], -utilities[:, 0]])
        return cls(outcomes[order], utilities[order])


@dataclass(frozen=True, slots=True)
class _Open:
    """Clauses that issues still to come decide on. C of them; S states.

    ``alive[s, c]`` says whether clause c can still match in state s. A clause's effect is an interaction, or
    None where the clause is forbidden.
    """

    clauses: tuple[Clause, ...]
    effects: tuple[GridInteraction | None, ...]
    alive: BoolArray


@dataclass(frozen=True, slots=True)
class _Partials:
    """N undominated partial outcomes: utilities [N, P], packed options [N, W], state [N]."""

    utilities: IntArray
    keys: WordArray
    state: IntArray


@dataclass(frozen=True, slots=True)
class _Choices:
    """What choosing an option does. S states, K options kept, P parties.

    ``following[s, k]`` is the state after the choice, or -1 where a forbidden clause matches;
    ``gains[s, k, p]`` what the option and the interactions that now match contribute.
    """

    options: IntArray
    following: IntArray
    gains: IntArray


def frontier(model: GridModel, limit: int = ELIMINATION_LIMIT, order: Sequence[int] | None = None) -> Frontier:
    """Return the Pareto frontier of the outcomes that no forbidden clause matches.

    Parameters
    ----------
    model : GridModel
        Any number of parties from one up.
    limit : int
        How many partial outcomes may be held at once; it bounds memory.
    order : sequence of int, optional
        Order in which to eliminate the issues. The answer does not depend on it; the work does.

    Returns
    -------
    Frontier
        Empty when every outcome is forbidden.

    Raises
    ------
    LimitReached
        When more than `limit` partial outcomes, or states out of proportion to it, would have to be held.

    Notes
    -----
    With two parties, n issues of k options, at most S states, and at most F undominated partial outcomes in a
    state: O(n k S F log(k S F)) time and O(k S F) memory. The method is dynamic programming over issues as
    Nemhauser and Ullmann (1969) do it for the knapsack problem, with the states of bucket elimination
    (Dechter 1999).
    """
    packing = Packing(model.sizes)
    constant = model.constant.copy()
    for interaction in model.interactions:
        if not interaction.when.terms:
            constant[interaction.party] += interaction.adds
    if any(not clause.terms for clause in model.forbidden):
        return _unpacked(_nothing(model, packing), packing, constant)
    open_ = _opened(model)
    partials = _Partials(
        np.zeros((1, model.parties), dtype=np.int64),
        np.zeros((1, packing.words), dtype=np.uint64),
        np.zeros(1, dtype=np.int64),
    )
    remaining = list(elimination_order(model) if order is None else order)
    while remaining and len(partials.state):
        issue = remaining.pop(0)
        to_go = f"with {len(remaining) + 1} of {len(model.sizes)} issues to go"
        if open_.alive.size * len(model.terms[issue]) > _CLAUSES_PER_PARTIAL * limit:
            raise LimitReached(f"the frontier needs too many states at once ({len(open_.alive):,}), {to_go}")
        choices, open_ = _choose(model.terms[issue], issue, open_, frozenset(remaining))
        if len(partials.state) * len(choices.options) > limit:
            raise LimitReached(f"the frontier needs more than {limit:,} partial outcomes at once, {to_go}")
        partials, open_ = _extend(partials, choices, open_, (packing, issue))
    return _unpacked(partials, packing, constant)


def elimination_order(model: GridModel) -> tuple[int, ...]:
    """Return an order of the issues that keeps few clauses open at a time.

    Greedy: next comes the issue after which the fewest clauses are begun and not finished; ties go to the issue
    that finishes most, then to the fewest options, then to the first. Issues in no clause come last.
    """
    scopes = [set(clause.scope) for clause in model.forbidden]
    scopes += [set(interaction.when.scope) for interaction in model.interactions]
    tied = set[int]().union(*scopes) if scopes else set()
    done: set[int] = set()
    order: list[int] = []

    def cost(issue: int) -> tuple[int, int, int, int]:
        after = done | {issue}
        begun = sum(bool(scope & after) and not scope <= after for scope in scopes)
        finished = sum(issue in scope and scope <= after for scope in scopes)
        return begun, -finished, model.sizes[issue], issue

    while tied - done:
        order.append(min(tied - done, key=cost))
        done.add(order[-1])
    return (*order, *(issue for issue in range(len(model.sizes)) if issue not in tied))


def _opened(model: GridModel) -> _Open:
    """Return every clause that names an issue, alive in the one state there is."""
    clauses = [(clause, None) for clause in model.forbidden]
    bonuses = [(interaction.when, interaction) for interaction in model.interactions if interaction.when.terms]
    pairs: list[tuple[Clause, GridInteraction | None]] = [*clauses, *bonuses]
    return _Open(
        clauses=tuple(clause for clause, _ in pairs),
        effects=tuple(effect for _, effect in pairs),
        alive=np.ones((1, len(pairs)), dtype=np.bool_),
    )


def _choose(terms: IntArray, issue: int, open_: _Open, remaining: frozenset[int]) -> tuple[_Choices, _Open]:
    """Return what each option of the issue does in each state, and the clauses that then are open."""
    allowed = [dict(clause.terms).get(issue) for clause in open_.clauses]
    fits = np.ones((len(terms), len(allowed)), dtype=np.bool_)  # [K, C]
    for number, named in enumerate(allowed):
        if named is not None:
            fits[:, number] = np.isin(np.arange(len(terms)), named)
    options = _useful(terms, fits)
    alive = open_.alive[:, None, :] & fits[options][None, :, :]  # [S, K, C]
    gains = np.repeat(terms[options][None, :, :], len(open_.alive), axis=0)
    barred = np.zeros(alive.shape[:2], dtype=np.bool_)
    still = [not remaining.isdisjoint(clause.scope) for clause in open_.clauses]
    for number, effect in enumerate(open_.effects):
        if not still[number] and effect is None:
            barred |= alive[:, :, number]
        elif not still[number] and effect is not None:
            gains[:, :, effect.party] += effect.adds * alive[:, :, number]
    kept = np.flatnonzero(still)
    states, following = _numbered(alive[:, :, kept])
    following[barred] = -1
    after = _Open(
        tuple(open_.clauses[number] for number in kept), tuple(open_.effects[number] for number in kept), states
    )
    return _Choices(options, following, gains), after


def _useful(terms: IntArray, fits: BoolArray) -> IntArray:
    """Return the options that no other option, which fits the same clauses, dominates; ascending."""
    _, alike = np.unique(fits, axis=0, return_inverse=True)
    return np.sort(undominated(terms, lambda rows: rows[:, None].astype(np.uint64), alike.reshape(-1)))


def _numbered(alive: BoolArray) -> tuple[BoolArray, IntArray]:
    """Return the distinct rows of the last axis of [S, K, C], and for each (s, k) the number of its row."""
    if not alive.shape[2]:
        return np.ones((1, 0), dtype=np.bool_), np.zeros(alive.shape[:2], dtype=np.int64)
    rows = alive.reshape(-1, alive.shape[2])
    packed = np.ascontiguousarray(np.packbits(rows, axis=1))
    _, first, number = np.unique(
        packed.view(np.dtype((np.void, packed.shape[1]))).reshape(-1), return_index=True, return_inverse=True
    )
    return rows[first], number.reshape(alive.shape[:2]).astype(np.int64)


def _extend(
    partials: _Partials, choices: _Choices, open_: _Open, place: tuple[Packing, int]
) -> tuple[_Partials, _Open]:
    """Combine every partial outcome with every option, drop what is forbidden or dominated."""
    packing, issue = place
    following = choices.following[partials.state]  # [N, K]
    options, parents = np.nonzero(following.T >= 0)  # by option: each one's rows are a sorted run
    state = following[parents, options]
    utilities = partials.utilities[parents] + choices.gains[partials.state[parents], options]
    word, bits = packing.option(issue, choices.options)

    def keys_of(rows: IntArray) -> WordArray:
        keys = partials.keys[parents[rows]]
        keys[:, word] |= bits[options[rows]]
        return keys

    rows = undominated(utilities, keys_of, state)
    used, state = np.unique(state[rows], return_inverse=True)
    return (
        _Partials(utilities[rows], keys_of(rows), state.reshape(-1).astype(np.int64)),
        _Open(open_.clauses, open_.effects, open_.alive[used]),
    )


def _nothing(model: GridModel, packing: Packing) -> _Partials:
    """Return no partial outcomes."""
    return _Partials(
        np.zeros((0, model.parties), dtype=np.int64),
        np.zeros((0, packing.words), dtype=np.uint64),
        np.zeros(0, dtype=np.int64),
    )


def _unpacked(partials: _Partials, packing: Packing, constant: IntArray) -> Frontier:
    """Return complete partial outcomes as a frontier."""
    return Frontier.ordered(packing.unpack(partials.keys), partials.utilities + constant)
