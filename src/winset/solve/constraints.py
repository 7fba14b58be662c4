"""Which outcomes could be agreed on at all, and which lie in the zone.

An outcome is *admissible* when no link rules it out and the rule passes with the consent of everyone whose
meant red lines it leaves alone; reservation values are disregarded. It lies in the *zone* when the rule passes
even with the consent of only those who, besides, get at least their reservation value.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from winset.errors import LimitReached
from winset.model.draws import BoolArray, Draws, FloatArray, IntArray
from winset.model.issues import Clause, Space
from winset.model.rule import Rule
from winset.model.tolerances import CLAUSE_LIMIT, UTILITY_TOLERANCE
from winset.solve.tabulate import any_mask, clause_mask, matching, rule_mask

RedLines = Mapping[str, Sequence[Clause]]
"""Party id to what its meant red lines rule out. A party without any may be missing."""

_Way = frozenset[str | Clause]
"""A way in which a rule fails: these parties all refuse, and these terms all hold."""


def meant_red_lines(draws: Draws, row: int = 0) -> dict[str, tuple[Clause, ...]]:
    """Return, for each party, what the red lines that it means in one draw rule out."""
    return {
        party.id: tuple(
            line.never for line, is_meant in zip(party.red_lines, meant[row], strict=True) if is_meant
        )
        for party, meant in zip(draws.account.parties, draws.meant, strict=True)
    }


def forbidden_clauses(rule: Rule, lines: RedLines, links: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return clauses such that an outcome is admissible exactly when it matches none of them.

    For each minimal way in which the rule can fail (a set of parties that all refuse, under conditions that all
    hold) and each choice of one meant red line of every one of these parties, the conjunction of the red lines
    and the conditions is forbidden; and so is every link.

    Returns
    -------
    tuple of Clause
        None of which another one covers; by number of issues, then by their terms.

    Raises
    ------
    LimitReached
        When there are more than `CLAUSE_LIMIT` of them, which large quotas with many red lines can bring about.
    """
    found: dict[Clause, None] = dict.fromkeys(links)
    for way in _failures(rule, lines):
        terms = [literal for literal in way if isinstance(literal, Clause)]
        parties = sorted(literal for literal in way if isinstance(literal, str))
        for choice in itertools.product(*(lines[party] for party in parties)):
            clause = _conjunction((*terms, *choice))
            if clause is not None:
                found[clause] = None
            _guard(len(found))
    return _uncovered(found)


def admissible_mask(space: Space, rule: Rule, lines: RedLines, links: Sequence[Clause]) -> BoolArray:
    """Return which outcomes of a tabulated space are admissible. Shape [O]."""
    consent = {party: ~any_mask(space, lines.get(party, ())) for party in rule.parties()}
    return rule_mask(rule, consent, lambda terms: clause_mask(space, terms)) & ~any_mask(space, links)


def zone_at(draws: Draws, outcomes: IntArray, utilities: FloatArray, row: int = 0) -> BoolArray:
    """Return which of some outcomes the rule passes in one draw. Links are not looked at.

    Parameters
    ----------
    draws : Draws
    outcomes : int array, [N, I]
        Option indices.
    utilities : float array, [N, P]
        Of these outcomes, in this draw.
    row : int
        Which of the draws.

    Returns
    -------
    ndarray of bool, shape [N]
        A party consents where its utility falls short of its reservation value by `UTILITY_TOLERANCE` at most
        and none of its meant red lines matches.
    """
    consent = {}
    for number, (party, lines) in enumerate(meant_red_lines(draws, row).items()):
        agrees = utilities[:, number] >= draws.reservation[row, number] - UTILITY_TOLERANCE
        for clause in lines:
            agrees &= ~matching(clause, outcomes)
        consent[party] = agrees
    return rule_mask(draws.account.rule, consent, lambda terms: matching(terms, outcomes))


def always_needed(rule: Rule) -> tuple[str, ...]:
    """Return the parties without whose consent the rule fails whatever the terms, in the rule's order.

    These are the parties in every minimal coalition of the rule without its conditions.
    """
    parties = rule.parties()
    all_but_one = ~np.eye(len(parties), dtype=np.bool_)
    consent = {party: all_but_one[number] for number, party in enumerate(parties)}
    passes = rule_mask(rule, consent, lambda terms: np.zeros(1, dtype=np.bool_))
    return tuple(party for party, passed in zip(parties, passes, strict=True) if not passed)


def _failures(rule: Rule, lines: RedLines) -> set[_Way]:
    """Return the minimal ways in which the rule fails; a party refuses only where it means a red line."""
    members = [ways for member in rule.members if (ways := _refusals(member, lines))]
    enough = len(rule.members) - rule.needed + 1
    found = set[_Way]()
    for group in itertools.combinations(members, max(enough, 0)):
        found.update(_jointly(group))
        _guard(len(found))
    for party in rule.veto:
        found.update(_refusals(party, lines))
    for condition in rule.when:
        found.update(way | {condition.terms} for way in _failures(condition.needs, lines))
    return _minimal(found)


def _refusals(member: str | Rule, lines: RedLines) -> set[_Way]:
    """Return the ways in which one member of a rule withholds its consent."""
    if isinstance(member, Rule):
        return _failures(member, lines)
    return {frozenset[str | Clause]({member})} if lines.get(member) else set()


def _jointly(group: Sequence[set[_Way]]) -> Iterator[_Way]:
    """Yield every way in which all members of the group refuse."""
    for number, ways in enumerate(itertools.product(*group), start=1):
        _guard(number)
        yield frozenset[str | Clause]().union(*ways)


def _minimal(ways: set[_Way]) -> set[_Way]:
    """Return the ways that contain no other."""
    kept: list[_Way] = []
    for way in sorted(ways, key=len):
        if not any(other <= way for other in kept):
            kept.append(way)
    return set(kept)


def _conjunction(clauses: Sequence[Clause]) -> Clause | None:
    """Return the clause that matches what all match, or None when nothing does."""
    joined: Clause | None = Clause()
    for clause in clauses:
        joined = None if joined is None else joined.conjoin(clause)
    return joined


def _uncovered(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return the clauses whose matches are not all matches of another."""
    order = sorted(set(clauses), key=lambda clause: (len(clause.terms), clause.terms))
    bits = _allowed_bits(order)
    kept: list[int] = []
    for number in sorted(range(len(order)), key=lambda number: -bits[number].bit_count()):
        outside = ~bits[number]
        if not any(bits[other] | outside == -1 for other in kept):
            kept.append(number)
    return tuple(order[number] for number in sorted(kept))


def _allowed_bits(clauses: Sequence[Clause]) -> list[int]:
    """Return a bit set for each clause, such that one covers another when its bits are a superset.

    There is a bit for every option that some clause names and, for each issue, one for all other options. A
    clause that does not name an issue has all bits of that issue.
    """
    place: dict[tuple[int, int | None], int] = {}
    for issue, options in (term for clause in clauses for term in clause.terms):
        for option in (None, *options):
            place.setdefault((issue, option), 1 << len(place))
    whole: dict[int, int] = {}
    for (issue, _), bit in place.items():
        whole[issue] = whole.get(issue, 0) | bit
    everything = sum(whole.values())
    return [
        everything
        - sum(whole[issue] - sum(place[issue, option] for option in options) for issue, options in c.terms)
        for c in clauses
    ]


def _guard(count: int) -> None:
    """Raise when there are too many clauses to go on."""
    if count > CLAUSE_LIMIT:
        raise LimitReached(f"the rule and the red lines make more than {CLAUSE_LIMIT:,} forbidden clauses")
