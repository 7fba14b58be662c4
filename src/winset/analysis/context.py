"""What every analysis is given: the negotiation, its draws, its central reading, and what is already known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from winset.model.draws import Draws
from winset.model.negotiation import Account, Negotiation
from winset.model.sampling import central, draw
from winset.solve.clock import Clock, never

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def no_progress(what: str, done: int, total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an analysis may take. At a limit it answers as far as it came, and says so.

    Attributes
    ----------
    seconds : float or None
        Of all that is computed together; looked at between pieces of work, so that it is passed by a little.
    bytes : int or None
        Of the tables in which the frontier is sought; None for those of `ELIMINATION_LIMIT` partial outcomes.
    stopped : callable
        Whether the user interrupted; asked between pieces of work.
    """

    seconds: float | None = None
    bytes: int | None = None
    stopped: Callable[[], bool] = never


@dataclass(frozen=True)
class Context:
    """The ground that analyses share. Everything in it is computed once, when first asked for.

    Attributes
    ----------
    negotiation : Negotiation
    draws, seed : int
    account : Account
        Account of the central reading.
    agreements : int
        How many agreements to rank.
    progress : callable
    limits : Limits
    """

    negotiation: Negotiation
    draws: int
    seed: int
    account: Account
    agreements: int = 10
    progress: Progress = no_progress
    limits: Limits = Limits()
    known: dict[Callable[[Context], Any], Any] = field(default_factory=dict, repr=False)

    @cached_property
    def clock(self) -> Clock:
        """The time left; it runs from when it is first asked for. Records the limits that were reached."""
        return Clock(self.limits.seconds, self.limits.stopped)

    @cached_property
    def sample(self) -> tuple[Draws, ...]:
        """The draws, one entry for each account of the negotiation. See `winset.model.sampling.draw`."""
        return draw(self.negotiation, self.seed, 0, self.draws)

    @cached_property
    def central(self) -> Draws:
        """The central reading: one draw."""
        return central(self.negotiation, self.account)

    def once(self, function: Callable[[Context], T]) -> T:
        """Return ``function(self)``, computed at most once for this context."""
        if function not in self.known:
            self.known[function] = function(self)
        return cast(T, self.known[function])
