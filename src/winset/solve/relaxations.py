"""What blocks one precise model, on spaces of any size.

Relaxations and conflicts are looked for from both sides at once. The minimal hitting sets of the conflicts
found so far are what might be relaxations. Each is tried: can the demands outside it be met together? An
outcome that meets them proves it a relaxation, as it meets every conflict and none smaller does. If there is
none, these demands hold a further conflict, which is reduced until it is minimal. When no candidate is left,
both lists are complete: each consists of the minimal hitting sets of the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from winset.model.draws import Draws
from winset.model.negotiation import Negotiation
from winset.solve.blockage import Blockage, TooMany
from winset.solve.clock import Clock
from winset.solve.hitting import hitting_sets
from winset.solve.permitted import Permitted
from winset.solve.question import Question, masks_of, places, question_of
from winset.solve.requirements import find

_NOT_FOUND = (
    "for some sets of demands neither an outcome that meets them was found nor a proof that there is none"
)
_TOO_MANY = "there are more conflicts and relaxations than were gone through"


@dataclass(frozen=True, slots=True)
class Probe:
    """Whether some demands can be met together.

    Attributes
    ----------
    corrections : tuple of int
        Sets of other demands, by the lifting of which outcomes that meet them become agreements; exact.
    conflict : int or None
        Some of these demands that cannot be met together. None, where there are no corrections: not known.
    """

    corrections: tuple[int, ...] = ()
    conflict: int | None = None


Prober = Callable[[int], Probe]


@dataclass(slots=True)
class _Known:
    """What the search found: sets that open the zone, conflicts that are minimal, and what stayed open."""

    corrections: set[int] = field(default_factory=set)
    conflicts: list[int] = field(default_factory=list)
    unsettled: set[int] = field(default_factory=set)
    complete: bool = True

    def can_stand(self, demands: int) -> bool:
        """Whether an outcome is known that meets the demands."""
        return any(not correction & demands for correction in self.corrections)


def relaxations_of(negotiation: Negotiation, draws: Draws, clock: Clock | None = None) -> Blockage | TooMany:
    """Return what blocks a draw, without looking at every outcome.

    Parameters
    ----------
    negotiation : Negotiation
    draws : Draws
        One draw.
    clock : Clock, optional
        When it runs out, what was found so far is returned; it is correct, and may not be all.

    Returns
    -------
    Blockage or TooMany
        The relaxations are found with an outcome each, verified in integers. That demands cannot stand together
        is proven in integers where preferences are additive and the rule asks for everyone's consent
        (`winset.solve.requirements`), and is the solver's word elsewhere. TooMany where it is not even known
        whether there is a zone.

    Notes
    -----
    With R relaxations and C conflicts, at least R + C probes are made, and in a trial on random cases about
    twice as many.

    References
    ----------
    Bailey and Stuckey (2005), Discovery of minimal unsatisfiable subsets of constraints using hitting set
    dualization, PADL, LNCS 3350. Liffiton, Previti, Malik and Marques-Silva (2016), Fast, flexible MUS
    enumeration, Constraints 21(2).
    """
    question = question_of(negotiation, draws)
    return search(question, prober(question, clock), clock)


def prober(question: Question, clock: Clock | None = None, *, programs_only: bool = False) -> Prober:
    """Return what tells whether demands can be met together: in integers where it can, else by the solver."""
    programs = Permitted(question, clock)

    def by_program(demands: int) -> Probe:
        best = programs.any_with(demands)
        if best.outcome is not None:
            correction = question.correction(best.outcome.tolist(), demands)
            return Probe() if correction is None else Probe((correction,))
        return Probe(conflict=demands) if best.nothing else Probe()

    def additive(demands: int) -> Probe:
        rows = question.kept(demands)
        found = find(question.requirements.take(rows))
        if len(found.outcomes):
            count = len(question.standing)
            missed = question.requirements.values(found.outcomes) < question.requirements.least
            return Probe(tuple(masks_of(missed[:, :count])))
        if not found.complete:
            return by_program(demands)
        needed = np.array(rows, dtype=np.int64)[found.needed]
        return Probe(conflict=sum(1 << int(row) for row in needed if row < len(question.standing)))

    return additive if question.additive and not programs_only else by_program


def search(question: Question, probe: Prober, clock: Clock | None = None) -> Blockage | TooMany:
    """Return what blocks agreement, given what tells whether demands can be met together."""
    known = _Known()
    reason = None
    while reason is None:
        hitting = hitting_sets(known.conflicts)
        open_ = [c for c in hitting.sets if c not in known.corrections and c not in known.unsettled]
        if not open_:
            reason = _TOO_MANY if not hitting.complete else _NOT_FOUND if known.unsettled else None
            break
        for candidate in open_:
            if clock is not None and clock.left() == 0.0:
                reason = "the time was up"
                break
            if all(candidate & conflict for conflict in known.conflicts):
                _try(question.everything, candidate, probe, known)
    return _blockage(question, known, reason)


def _try(everything: int, candidate: int, probe: Prober, known: _Known) -> None:
    """Find out whether lifting the candidate opens the zone; if not, add a conflict that it does not meet."""
    if candidate in known.corrections:
        return
    answer = probe(everything & ~candidate)
    known.corrections.update(answer.corrections)
    conflict = answer.conflict if not answer.corrections else None
    if conflict is not None:
        conflict = _reduced(conflict, probe, known)
        if conflict is not None:
            known.conflicts.append(conflict)
    if conflict is None and candidate not in known.corrections:
        known.unsettled.add(candidate)


def _reduced(conflict: int, probe: Prober, known: _Known) -> int | None:
    """Return a minimal part of the conflict that is a conflict; None where that was not found out.

    Tried in turn are what is left when demands are dropped for as long as nothing known can stand with the
    rest, which is one step where much is known, and the conflict but for one demand, which always makes
    progress.
    """
    bold = True
    while True:
        part = conflict
        for place in reversed(list(places(conflict))):  # a tenth fewer probes than from the front
            rest = part & ~(1 << place)
            if not known.can_stand(rest):
                part = rest
                if not bold:
                    break
        if part == conflict:
            return conflict
        answer = probe(part)
        known.corrections.update(answer.corrections)
        if not answer.corrections:
            if answer.conflict is None:
                return None
            conflict = answer.conflict
        bold = not bold


def _blockage(question: Question, known: _Known, reason: str | None) -> Blockage | TooMany:
    """Return what was found; sets smallest first, then by the demands' order."""
    if 0 in known.corrections:
        return Blockage(blocked=False)
    if not known.conflicts:
        return TooMany(reason or _NOT_FOUND)
    proven = [c for c in hitting_sets(known.conflicts).sets if c in known.corrections]
    conflicts = [c for c in sorted(known.conflicts, key=lambda each: (each.bit_count(), each)) if c]
    return Blockage(
        blocked=True,
        relaxations=tuple(question.members(mask) for mask in proven),
        conflicts=tuple(question.members(mask) for mask in conflicts),
        complete=reason is None,
        reason=reason,
    )
