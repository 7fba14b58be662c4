"""Links, and whether they leave an outcome."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from typing import Final

from winset.case.nodes import Place
from winset.case.schema import LinkEntry
from winset.case.scope import Scope
from winset.model.issues import Clause
from winset.model.negotiation import Link

_WORK_LIMIT: Final = 2_000_000
"""Steps after which the check of links gives up: about a second."""


def links(entries: Sequence[LinkEntry], place: Place, scope: Scope) -> tuple[Link, ...]:
    """Return the links of a file.

    Notes
    -----
    E035 an id twice; what `Scope.clause` notes; E060 links that leave no outcome; E061 a link that fits all.
    """
    made: list[Link] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        at = place.at(number)
        if entry.id in seen:
            scope.problems.add(at.at("id"), "E035", "the id is used twice", found=entry.id)
        seen.add(entry.id)
        clause = scope.clause(entry.never, at.at("never"))
        basis = scope.basis(entry, at)
        if clause is not None:
            made.append(Link(entry.id, clause, basis))
    if len(made) == len(entries) and all(known.issue is not None for known in scope.issues.values()):
        sizes = [len(known.issue.options) for known in scope.issues.values() if known.issue is not None]
        _check_outcome_left([link.never for link in made], sizes, place, scope)
    return tuple(made)


def _check_outcome_left(clauses: list[Clause], sizes: list[int], place: Place, scope: Scope) -> None:
    for number, clause in enumerate(clauses):
        if all(len(options) == sizes[issue] for issue, options in clause.terms):
            message = "this link fits every outcome"
            scope.problems.add(
                place.at(number, "never"), "E061", message, allowed="terms that some outcomes avoid"
            )
            return
    if outcome_left(clauses, sizes) is not False:
        return
    too_many = range(1, len(clauses) + 1)  # the first links that leave nothing, by bisection
    first = bisect.bisect_left(too_many, True, key=lambda n: outcome_left(clauses[:n], sizes) is False)
    message = "with this link, and those before it, no outcome is left"
    scope.problems.add(place.at(first, "never"), "E060", message, allowed="links that some outcome avoids")


def outcome_left(clauses: Sequence[Clause], sizes: Sequence[int]) -> bool | None:
    """Return whether some outcome matches none of the clauses; None where that takes too long to find out.

    Parameters
    ----------
    clauses : sequence of Clause
    sizes : sequence of int
        Options by issue. Axis [I].

    Notes
    -----
    Issue by issue, this keeps the sets of clauses that a choice of options so far still matches, as bit masks,
    and drops a set once a clause in it has no further issue: then that choice is forbidden. Options that the
    same clauses name are one. Of two sets only the smaller matters: it forbids less.
    """
    if not all(clause.terms for clause in clauses):
        return False  # the empty clause matches everything
    named: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
    for bit, clause in enumerate(clauses):
        for issue, options in clause.terms:
            named.setdefault(issue, []).append((bit, options))
    last = [clause.scope[-1] for clause in clauses]
    reach = {(1 << len(clauses)) - 1}
    work = 0
    for issue, here in sorted(named.items()):
        work += sizes[issue] + sum(len(options) for _, options in here)
        if work > _WORK_LIMIT:
            return None
        others = ~_mask(bit for bit, _ in here)
        complete = _mask(bit for bit, _ in here if last[bit] == issue)
        signatures = _signatures(here, sizes[issue])
        work += len(reach) * len(signatures) * (1 + len(clauses) // 1000)
        if work > _WORK_LIMIT:
            return None
        after = {alive & (others | signature) for alive in reach for signature in signatures}
        reach = _smallest({alive & ~complete for alive in after if not alive & complete})
        work += len(reach) ** 2
        if not reach:
            return False
    return True


def _mask(bits: Iterable[int]) -> int:
    """Return the number in which these bits are set."""
    mask = 0
    for bit in bits:
        mask |= 1 << bit
    return mask


def _signatures(named: Sequence[tuple[int, Sequence[int]]], size: int) -> set[int]:
    """Return, for every option, the clauses that name it, as a bit mask; each mask once."""
    masks = [0] * size
    for bit, options in named:
        for option in options:
            masks[option] |= 1 << bit
    return set(masks)


def _smallest(masks: Iterable[int]) -> set[int]:
    """Return the masks that contain no other; all of them where comparing would take long."""
    ordered = sorted(masks, key=int.bit_count)
    if len(ordered) > 1000:
        return set(ordered)
    kept: list[int] = []
    for mask in ordered:
        if not any(mask & other == other for other in kept):
            kept.append(mask)
    return set(kept)
