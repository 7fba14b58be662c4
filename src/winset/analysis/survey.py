"""One pass over all draws and all outcomes: what zone, agreements and blockers have in common.

A party consents to an outcome when its utility is at least its reservation value and the outcome matches none
of its meant red lines. The outcome lies in the zone when no link forbids it and the agreement rule passes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from winset.analysis.context import Context, Progress, no_progress
from winset.findings.demands import Demand, demands_of
from winset.model.draws import BoolArray, Draws, IntArray
from winset.model.negotiation import Account, Negotiation
from winset.model.sampling import draw
from winset.model.tolerances import (
    BLOCK_CELLS,
    DRAWS_TOGETHER,
    SAMPLED_TOGETHER,
    TABULATION_BUDGET,
    TABULATION_LIMIT,
)
from winset.solve.blocks import blocks
from winset.solve.clock import Clock, OutOfTime
from winset.solve.consent import Ground, Verdict, ground_of, verdict

FIRST_TOGETHER = 32
"""Distinct draws for each account in the first batch."""

Tick = Callable[[int], None]
"""Called with the number of cells (draws times outcomes) that were just done."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A survey that was not made, and the reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class AccountSurvey:
    """The survey of the draws that took one account.

    Attributes
    ----------
    draws : Draws
    size : int array, [D]
        Number of outcomes in the zone.
    acceptable : int array, [O]
        Number of draws in which the outcome lies in the zone.
    opened : bool array, [D, demands]
        Whether the draw has no zone, but has one once this demand alone is lifted.
    """

    draws: Draws
    size: IntArray
    acceptable: IntArray
    opened: BoolArray


@dataclass(frozen=True)
class Survey:
    """What was found over all draws and outcomes.

    Attributes
    ----------
    demands : tuple of Demand
        Every demand of any account. The second axis of `opened`.
    parts : tuple of AccountSurvey
        One for each account surveyed; possibly of no draws.
    reason : str or None
        Why not all draws asked for were surveyed; these are the first of them then.
    """

    demands: tuple[Demand, ...]
    parts: tuple[AccountSurvey, ...]
    reason: str | None = None

    @property
    def count(self) -> int:
        """Number of draws D."""
        return sum(part.draws.count for part in self.parts)

    @cached_property
    def size(self) -> IntArray:
        """Number of outcomes in the zone, account after account. Shape [D]."""
        return np.concatenate([part.size for part in self.parts])

    @property
    def exists(self) -> BoolArray:
        """Whether there is a zone, account after account. Shape [D]."""
        return self.size > 0

    @cached_property
    def opened(self) -> BoolArray:
        """Whether lifting a demand alone opens a zone where there was none. Shape [D, demands]."""
        return np.concatenate([part.opened for part in self.parts])

    @cached_property
    def acceptable(self) -> IntArray:
        """Number of draws in which the outcome lies in the zone. Shape [O]."""
        total: IntArray = np.sum([part.acceptable for part in self.parts], axis=0, dtype=np.int64)
        return total


def survey(context: Context) -> Survey | TooLarge:
    """Return the survey of the context's draws. It may take half of the time: the rest has its turn, too."""
    clock = context.clock.half()
    sample, reason = _sampled(context, clock.half())
    if reason is not None and not sum(draws.count for draws in sample):
        return TooLarge(reason)
    found = survey_draws(context.negotiation, sample, clock, context.progress)
    return replace(found, reason=reason) if reason is not None and isinstance(found, Survey) else found


def _sampled(context: Context, clock: Clock) -> tuple[tuple[Draws, ...], str | None]:
    """Return the draws, and where there was no time for all: the first of them, and the reason."""
    if context.draws <= SAMPLED_TOGETHER:
        return context.sample, None
    pieces: list[tuple[Draws, ...]] = []
    reason = None
    try:
        for start in range(0, context.draws, SAMPLED_TOGETHER):
            clock.check(f"{start:,} of {context.draws:,} draws taken")
            stop = min(start + SAMPLED_TOGETHER, context.draws)
            pieces.append(draw(context.negotiation, context.seed, start, stop))
    except OutOfTime as reached:
        reason = str(reached)
    if not pieces:
        pieces.append(draw(context.negotiation, context.seed, 0, 0))
    return tuple(Draws.joined(parts) for parts in zip(*pieces, strict=True)), reason


def central_survey(context: Context) -> Survey | TooLarge:
    """Return the survey of the central reading: one part of one draw."""
    return survey_draws(context.negotiation, (context.central,), context.clock)


def survey_draws(
    negotiation: Negotiation,
    parts: tuple[Draws, ...],
    clock: Clock | None = None,
    progress: Progress = no_progress,
) -> Survey | TooLarge:
    """Survey draws.

    Parameters
    ----------
    negotiation : Negotiation
    parts : tuple of Draws
        Each of one account of the negotiation.
    clock : Clock, optional
        How much time there is.
    progress : callable, optional
        Where progress is reported.

    Returns
    -------
    Survey or TooLarge
        Of the first draws, as many as there was time for. TooLarge beyond `TABULATION_LIMIT` outcomes or
        `TABULATION_BUDGET` utilities, and where there was time for none.

    Notes
    -----
    Draws of the same numbers are computed once. Where a draw has no zone, lifting one demand opens it exactly
    when some outcome passes the rule with its owner's consent, and violates no other demand of the owner.
    """
    models = [distinct(draws) for draws in parts]
    reason = _too_large(negotiation, sum(model.count for model, _ in models))
    if reason is not None:
        return TooLarge(reason)
    work = _Work(negotiation, tuple(parts), models)
    total = sum(work.cells(batch) for batch in work.batches)
    done, asked, made = 0, sum(draws.count for draws in parts), 0
    found: list[tuple[AccountSurvey, ...]] = []

    def tick(cells: int) -> None:
        nonlocal done
        done += cells
        progress("surveying agreements", done, total)
        if clock is not None and done < total:
            clock.check(f"{made:,} of {asked:,} draws surveyed")

    try:
        for batch in work.batches:
            found.append(work.surveyed(batch, tick))
            made = sum(part.draws.count for pieces in found for part in pieces)
    except OutOfTime as reached:
        reason = str(reached)
    if reason is not None and not made:
        return TooLarge(reason)
    return Survey(demands_of(negotiation), work.joined(found), reason)


@dataclass(frozen=True)
class _Work:
    """A survey to be made: draws, batch by batch, so that those first done are a sample by themselves."""

    negotiation: Negotiation
    parts: tuple[Draws, ...]
    models: Sequence[tuple[Draws, IntArray]]

    @cached_property
    def batches(self) -> tuple[tuple[int, int], ...]:
        """From which draw to before which each batch goes.

        A batch has up to `DRAWS_TOGETHER` distinct draws for each account; the first ones less, so that short
        time suffices for some.
        """
        rows = np.concatenate([draws.rows for draws in self.parts])
        number = np.concatenate([len(self.parts) * copies + n for n, (_, copies) in enumerate(self.models)])
        order = np.argsort(rows, kind="stable")
        bounds, seen, most = [0], set[int](), FIRST_TOGETHER
        for row, name in zip(rows[order].tolist(), number[order].tolist(), strict=True):
            if len(seen) == most * len(self.parts) and name not in seen:
                bounds.append(row)
                seen.clear()
                most = min(2 * most, DRAWS_TOGETHER)
            seen.add(name)
        return tuple(itertools.pairwise([*bounds, int(rows.max(initial=0)) + 1]))

    def cells(self, batch: tuple[int, int]) -> int:
        """Return how many cells, distinct draws times outcomes, a batch has."""
        numbers = [copies[self._rows(batch, part)] for part, (_, copies) in enumerate(self.models)]
        return sum(len(np.unique(copies)) for copies in numbers) * self.negotiation.space.size

    def surveyed(self, batch: tuple[int, int], tick: Tick) -> tuple[AccountSurvey, ...]:
        """Return the survey of a batch, account by account."""
        found = []
        for part, draws in enumerate(self.parts):
            rows = self._rows(batch, part)
            used, copies = np.unique(self.models[part][1][rows], return_inverse=True)
            model = self.models[part][0].take(used)
            result = _survey_model(self.negotiation, model, np.bincount(copies, minlength=len(used)), tick)
            found.append(
                replace(result, draws=draws.take(rows), size=result.size[copies], opened=result.opened[copies])
            )
        return tuple(found)

    def joined(self, batches: Sequence[tuple[AccountSurvey, ...]]) -> tuple[AccountSurvey, ...]:
        """Return the surveys of the first batches as one, account by account."""
        if len(batches) == 1:
            return batches[0]
        found = []
        for draws, pieces in zip(self.parts, zip(*batches, strict=True), strict=True):
            size = np.concatenate([piece.size for piece in pieces])
            acceptable: IntArray = np.sum([piece.acceptable for piece in pieces], axis=0, dtype=np.int64)
            opened = np.concatenate([piece.opened for piece in pieces])
            found.append(AccountSurvey(draws.take(slice(0, len(size))), size, acceptable, opened))
        return tuple(found)

    def _rows(self, batch: tuple[int, int], part: int) -> slice:
        """Return which draws of a part are in a batch."""
        return slice(*np.searchsorted(self.parts[part].rows, batch).tolist())


def distinct(draws: Draws) -> tuple[Draws, IntArray]:
    """Return the draws without repetitions, and for each draw the one among them with the same numbers."""
    numbers = np.concatenate(
        [term.reshape(draws.count, term.shape[1] * term.shape[2]) for term in draws.terms]
        + [draws.constant, draws.reservation, *draws.adds, *draws.meant],
        axis=1,
        dtype=np.float64,
    )
    seen: dict[bytes, int] = {}
    copies = np.array([seen.setdefault(row.tobytes(), len(seen)) for row in numbers], dtype=np.int64)
    if len(seen) == draws.count:
        return draws, copies
    return draws.take(np.unique(copies, return_index=True)[1]), copies


def _too_large(negotiation: Negotiation, models: int) -> str | None:
    """Return why a survey of so many distinct draws is not made; None when it is."""
    size = negotiation.space.size
    if size > TABULATION_LIMIT:
        return f"the space has more than the {TABULATION_LIMIT:,} outcomes that are looked at one by one"
    if models * size * len(negotiation.party_ids) > TABULATION_BUDGET:
        return (
            f"{models:,} draws of {size:,} outcomes exceed the {TABULATION_BUDGET:,} utilities "
            "that are computed at most; fewer draws would do"
        )
    return None


def _survey_model(negotiation: Negotiation, model: Draws, copies: IntArray, tick: Tick) -> AccountSurvey:
    """Survey distinct draws of one account; `copies` says how often each occurs. Shape [D]."""
    demands = demands_of(negotiation)
    columns = _columns(model.account, demands)
    size = np.zeros(model.count, dtype=np.int64)
    acceptable = np.zeros(negotiation.space.size, dtype=np.int64)
    opened = np.zeros((model.count, len(demands)), dtype=np.bool_)
    step = max(1, min(DRAWS_TOGETHER, model.count))
    for block in blocks(negotiation.space, BLOCK_CELLS // step) if model.count else ():
        ground = ground_of(negotiation, model.account, block)
        if ground is None:
            tick(model.count * block.space.size)
            continue
        inside = block.draws(model)
        for start in range(0, model.count, step):
            rows = slice(start, min(start + step, model.count))
            chunk = inside.take(rows)
            verdicts = {member.id: verdict(chunk, ground, member) for member in ground.members}
            zone = ground.agreed({party: held.consent for party, held in verdicts.items()}, chunk.count)
            size[rows] += np.count_nonzero(zone, axis=0)
            acceptable[block.start + ground.outcomes] += _times_in_zone(zone, copies[rows])
            if not size[rows].all():
                for party, number, hits in _openers(chunk, ground, verdicts):
                    opened[rows, columns[party][number]] |= hits
            tick(chunk.count * block.space.size)
    opened[size > 0] = False
    return AccountSurvey(model, size, acceptable, opened)


def _columns(account: Account, demands: tuple[Demand, ...]) -> dict[str, tuple[int, ...]]:
    """Return, by party, the numbers of its demands: its BATNA's, then those of its red lines in order."""
    number = {demand: column for column, demand in enumerate(demands)}
    return {
        party.id: (
            number[Demand(party.id, "batna")],
            *(number[Demand(party.id, "red_line", line.id)] for line in party.red_lines),
        )
        for party in account.parties
    }


def _openers(
    draws: Draws, ground: Ground, verdicts: dict[str, Verdict]
) -> Iterator[tuple[str, int, BoolArray]]:
    """Yield what each demand, lifted alone, does in a block.

    Yields the party, its demand (0 for the BATNA, else one more than the number of the red line), and for each
    draw whether some outcome passes the rule with the party's consent and violates this demand of it alone.
    """
    consent = {party: held.consent for party, held in verdicts.items()}
    for member in ground.members:
        held = verdicts[member.id]
        agreed = ground.agreed({**consent, member.id: np.ones_like(held.short)}, draws.count)
        near = agreed & (held.violated == 1)
        yield member.id, 0, (near & held.short).any(axis=0)
        for number, matched in member.lines:
            meant = draws.meant[member.index][:, number]
            yield member.id, number + 1, meant & near[matched].any(axis=0)


def _times_in_zone(zone: BoolArray, copies: IntArray) -> IntArray:
    """Return in how many draws each outcome lies in the zone, given how often each draw occurs. Shape [O]."""
    # Products of float64 use BLAS; counts are whole numbers below 2**53 and therefore exact in any order.
    return (zone.astype(np.float64) @ copies.astype(np.float64)).astype(np.int64)
