"""One pass over all draws and all outcomes: what zone, agreements and blockers have in common.

A party consents to an outcome when its utility is at least its reservation value and the outcome matches none
of its meant red lines. The outcome lies in the zone when no link forbids it and the agreement rule passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from winset.analysis.context import Context
from winset.findings.demands import Demand, demands_of
from winset.model.draws import BoolArray, Draws, IntArray
from winset.model.negotiation import Account, Negotiation
from winset.model.tolerances import BLOCK_CELLS, DRAWS_TOGETHER, TABULATION_BUDGET, TABULATION_LIMIT
from winset.solve.blocks import blocks
from winset.solve.consent import Ground, Verdict, ground_of, verdict

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
    """

    demands: tuple[Demand, ...]
    parts: tuple[AccountSurvey, ...]

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
    """Return the survey of the context's draws."""
    return survey_draws(context.negotiation, context.sample, context)


def central_survey(context: Context) -> Survey | TooLarge:
    """Return the survey of the central reading: one part of one draw."""
    return survey_draws(context.negotiation, (context.central,))


def survey_draws(
    negotiation: Negotiation, parts: tuple[Draws, ...], context: Context | None = None
) -> Survey | TooLarge:
    """Survey draws.

    Parameters
    ----------
    negotiation : Negotiation
    parts : tuple of Draws
        Each of one account of the negotiation.
    context : Context, optional
        Where progress is reported.

    Returns
    -------
    Survey or TooLarge
        TooLarge beyond `TABULATION_LIMIT` outcomes or `TABULATION_BUDGET` utilities.

    Notes
    -----
    Draws of the same numbers are computed once. Where a draw has no zone, lifting one demand opens it exactly
    when some outcome passes the rule with its owner's consent, and violates no other demand of the owner.
    """
    models = [distinct(draws) for draws in parts]
    work = sum(model.count for model, _ in models)
    reason = _too_large(negotiation, work)
    if reason is not None:
        return TooLarge(reason)
    done = 0

    def tick(cells: int) -> None:
        nonlocal done
        done += cells
        if context is not None:
            context.progress("surveying agreements", done, work * negotiation.space.size)

    demands = demands_of(negotiation)
    found = []
    for draws, (model, copies) in zip(parts, models, strict=True):
        result = _survey_model(negotiation, model, np.bincount(copies, minlength=model.count), tick)
        found.append(replace(result, draws=draws, size=result.size[copies], opened=result.opened[copies]))
    return Survey(demands, tuple(found))


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
