"""The exact Pareto frontier by eliminating issues one at a time; the outcome space is never enumerated.

Partial outcomes grow issue by issue. Of those that have the same future, the dominated ones are dropped:
whatever completes a dominated partial outcome also completes the one that dominates it. Two partial outcomes
have the same future when the same clauses that are still open can still come to match; this set of clauses is
the partial outcome's *state*. Without links, red lines and interactions there is one state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from winset.errors import LimitReached
from winset.model.draws import BoolArray, IntArray
from winset.model.issues import Clause
from winset.model.tolerances import ELIMINATION_LIMIT
from winset.solve.clock import Clock
from winset.solve.dominance import undominated
from winset.solve.grid import GridInteraction, GridModel
from winset.solve.packing import Packing, WordArray

_COPIES = 4.5  # of the table of partial outcomes, at the peak
_CLAUSES_PER_PARTIAL = 100  # states are one byte a clause: up to 100 MB for a million partial outcomes


class TooManyStates(LimitReached):
    """Clauses that are open at once make more states than may be held; dropping partial outcomes is no help."""


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
class Open:
    """Clauses that issues still to come decide on. C of them; S states.

    ``alive[s, c]`` says whether clause c can still match in state s. A clause's effect is an interaction, or
    None where the clause is forbidden.
    """

    clauses: tuple[Clause, ...]
    effects: tuple[GridInteraction | None, ...]
    alive: BoolArray


@dataclass(frozen=True, slots=True)
class Partials:
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


@dataclass(frozen=True, slots=True)
class Search:
    """How far an elimination has come.

    Attributes
    ----------
    model : GridModel
    packing : Packing
    constant : int64 array, [P]
        What every outcome contributes, whatever is chosen.
    remaining : tuple of int
        Issues to go, in the order in which they are eliminated.
    open : Open
    partials : Partials
    """

    model: GridModel
    packing: Packing
    constant: IntArray
    remaining: tuple[int, ...]
    open: Open
    partials: Partials

    @property
    def done(self) -> bool:
        """Whether the partial outcomes are complete, or there are none."""
        return not self.remaining or not len(self.partials.state)

    @property
    def options(self) -> int:
        """Number of options of the issue that comes next."""
        return self.model.sizes[self.remaining[0]]

    @property
    def to_go(self) -> str:
        """How far it is to the end, in words."""
        return f"with {len(self.remaining)} of {len(self.model.sizes)} issues to go"


def frontier(
    model: GridModel,
    limit: int = ELIMINATION_LIMIT,
    order: Sequence[int] | None = None,
    clock: Clock | None = None,
) -> Frontier:
    """Return the Pareto frontier of the outcomes that no forbidden clause matches.

    Parameters
    ----------
    model : GridModel
        Any number of parties from one up.
    limit : int
        How many partial outcomes may be held at once; it bounds memory.
    order : sequence of int, optional
        Order in which to eliminate the issues. The answer does not depend on it; the work does.
    clock : Clock, optional
        How much time there is.

    Returns
    -------
    Frontier
        Empty when every outcome is forbidden.

    Raises
    ------
    LimitReached
        When more than `limit` partial outcomes, or states out of proportion to it, would have to be held, or
        when the time is up. `winset.solve.cover` goes on from there with a bound.

    Notes
    -----
    With two parties, n issues of k options, at most S states, and at most F undominated partial outcomes in a
    state: O(n k S F log(k S F)) time and O(k S F) memory. The method is dynamic programming over issues as
    Nemhauser and Ullmann (1969) do it for the knapsack problem, with the states of bucket elimination
    (Dechter 1999).
    """
    search = begin(model, order)
    while not search.done:
        search = advance(search, limit, clock or Clock())
    return finish(search)


def partials_within(model: GridModel, size: int) -> int:
    """Return how many partial outcomes may be held at once in so many bytes, at least 1.

    Each takes 8 (P + W + 1) bytes, with W words for its options; while dominated ones are dropped, four times
    as much and a little more (measured, docs/explanation/limits.md).
    """
    return max(1, int(size / (_COPIES * 8 * (model.parties + Packing(model.sizes).words + 1))))


def begin(model: GridModel, order: Sequence[int] | None = None) -> Search:
    """Return the search before any issue is eliminated: one partial outcome, in which nothing is chosen."""
    packing = Packing(model.sizes)
    constant = model.constant.copy()
    for interaction in model.interactions:
        if not interaction.when.terms:
            constant[interaction.party] += interaction.adds
    count = 0 if any(not clause.terms for clause in model.forbidden) else 1
    partials = Partials(
        np.zeros((count, model.parties), dtype=np.int64),
        np.zeros((count, packing.words), dtype=np.uint64),
        np.zeros(count, dtype=np.int64),
    )
    remaining = tuple(elimination_order(model) if order is None else order)
    return Search(model, packing, constant, remaining, _opened(model), partials)


def advance(search: Search, limit: int, clock: Clock) -> Search:
    """Return the search after one more issue.

    Raises
    ------
    TooManyStates, LimitReached
        As `frontier` says. The search given is as good as before.
    """
    issue, *rest = search.remaining
    terms = search.model.terms[issue]
    if search.open.alive.size * len(terms) > _CLAUSES_PER_PARTIAL * limit:
        raise TooManyStates(
            f"the frontier needs too many states at once ({len(search.open.alive):,}), {search.to_go}"
        )
    choices, open_ = _choose(terms, issue, search.open, frozenset(rest))
    if len(search.partials.state) * len(choices.options) > limit:
        raise LimitReached(f"the frontier needs more than {limit:,} partial outcomes at once, {search.to_go}")

    def check() -> None:
        clock.check(f"the search for the frontier stood {search.to_go}")

    check()
    partials, open_ = _extend(search, choices, open_, check)
    return replace(search, remaining=tuple(rest), open=open_, partials=partials)


def finish(search: Search) -> Frontier:
    """Return complete partial outcomes as a frontier."""
    outcomes = search.packing.unpack(search.partials.keys)
    return Frontier.ordered(outcomes, search.partials.utilities + search.constant)


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


def _opened(model: GridModel) -> Open:
    """Return every clause that names an issue, alive in the one state there is."""
    clauses = [(clause, None) for clause in model.forbidden]
    bonuses = [(interaction.when, interaction) for interaction in model.interactions if interaction.when.terms]
    pairs: list[tuple[Clause, GridInteraction | None]] = [*clauses, *bonuses]
    return Open(
        clauses=tuple(clause for clause, _ in pairs),
        effects=tuple(effect for _, effect in pairs),
        alive=np.ones((1, len(pairs)), dtype=np.bool_),
    )


def _choose(terms: IntArray, issue: int, open_: Open, remaining: frozenset[int]) -> tuple[_Choices, Open]:
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
    after = Open(
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


def _extend(search: Search, choices: _Choices, open_: Open, check: Callable[[], None]) -> tuple[Partials, Open]:
    """Combine every partial outcome with every option, drop what is forbidden or dominated."""
    partials = search.partials
    following = choices.following[partials.state]  # [N, K]
    options, parents = np.nonzero(following.T >= 0)  # by option: each one's rows are a sorted run
    state = following[parents, options]
    utilities = partials.utilities[parents] + choices.gains[partials.state[parents], options]
    word, bits = search.packing.option(search.remaining[0], choices.options)

    def keys_of(rows: IntArray) -> WordArray:
        keys = partials.keys[parents[rows]]
        keys[:, word] |= bits[options[rows]]
        return keys

    rows = undominated(utilities, keys_of, state, check)
    used, state = np.unique(state[rows], return_inverse=True)
    return (
        Partials(utilities[rows], keys_of(rows), state.reshape(-1).astype(np.int64)),
        Open(open_.clauses, open_.effects, open_.alive[used]),
    )
