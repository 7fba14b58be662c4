"""How much time is left, and which limits were reached: handed down to whatever takes long."""

from __future__ import annotations

import time
from collections.abc import Callable

from winset.errors import LimitReached

Now = Callable[[], float]


def never() -> bool:
    """Return False: nobody interrupts."""
    return False


class OutOfTime(LimitReached):
    """The time limit was reached, or the user interrupted."""


class Clock:
    """Time that a computation may take; a record of the limits that it reached.

    Long loops call `check` and so stop at the limit, or once the user wants them to.

    Parameters
    ----------
    seconds : float, optional
        From now on; None for no limit.
    stopped : callable, optional
        Whether the user interrupted.
    now : callable, optional
        Gives the time in seconds, never going back.
    """

    def __init__(
        self, seconds: float | None = None, stopped: Callable[[], bool] = never, now: Now = time.monotonic
    ) -> None:
        self.seconds = seconds
        self._stopped = stopped
        self._now = now
        self._end = None if seconds is None else now() + seconds
        self._reached: list[str] = []  # shared with the clocks of parts
        self._share = 1.0

    def left(self) -> float | None:
        """Return the seconds left, not below 0, and 0 once interrupted; None where there is no limit."""
        if self._stopped():
            return 0.0
        return None if self._end is None else max(0.0, self._end - self._now())

    def check(self, where: str) -> None:
        """Do nothing while there is time.

        Parameters
        ----------
        where : str
            How far the work has come, for the message: ``"512 of 2,000 readings drawn"``.

        Raises
        ------
        OutOfTime
            When the time is up or the user interrupted. The reason is recorded.
        """
        if self._stopped():
            reason = f"interrupted: {where}"
        elif self._end is not None and self._now() >= self._end:
            share = {1.0: "", 0.5: "half of ", 0.25: "a quarter of "}.get(self._share, f"{self._share:.0%} of ")
            reason = f"{share}the time limit of {self.seconds:g} s was reached: {where}"
        else:
            return
        self.note(reason)
        raise OutOfTime(reason)

    def note(self, reason: str) -> None:
        """Record that a limit was reached."""
        if reason not in self._reached:
            self._reached.append(reason)

    @property
    def reached(self) -> tuple[str, ...]:
        """The limits that were reached, in words, in the order in which they were."""
        return tuple(self._reached)

    def half(self) -> Clock:
        """Return a clock that runs out when half of the time left is used up; it shares the record."""
        part = Clock(self.seconds, self._stopped, self._now)
        left = self.left()
        part._end = None if left is None else self._now() + left / 2
        part._reached = self._reached
        part._share = self._share / 2
        return part
