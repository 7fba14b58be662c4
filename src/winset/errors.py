"""The error tree: where something is wrong, what was found, what is allowed.

::

    WinsetError
    ├── InputError        the input or the call was wrong: one or more Problems     (exit status 2)
    └── LimitReached      a limit was hit or the user interrupted                   (exit status 3)

Library code raises these and never prints; the command line turns them into text and an exit status.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input.

    Attributes
    ----------
    code : str
        Stable identifier, ``E`` and three digits; `winset explain CODE` says more.
    message : str
        What is wrong, in one sentence.
    found, allowed, nearest : str or None
        What stood there, what may stand there, and the valid name closest to what was found.
    path : str
        Dotted path inside the document, such as ``parties.east.batna.value``; empty for the whole document.
    file : str or None
        The file as the user named it.
    line, column : int or None
        One-based position; ``None`` where the input has no positions.
    excerpt : str or None
        The source line, or the part of a long line around the position, for the caret.
    caret : int or None
        Characters of the excerpt before the position; ``column - 1`` where None.
    """

    code: str
    message: str
    found: str | None = None
    allowed: str | None = None
    nearest: str | None = None
    path: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    caret: int | None = None

    @property
    def location(self) -> str:
        """``file:line:column`` as far as it is known."""
        parts = [self.file or "<input>"]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        lines = [f"{self.location}: error[{self.code}]: {where}{self.message}"]
        if self.found is not None:
            lines.append(f"  found:   {self.found}")
        if self.allowed is not None:
            lines.append(f"  allowed: {self.allowed}")
        if self.nearest is not None:
            lines.append(f"  did you mean {self.nearest!r}?")
        if self.excerpt is not None and self.line is not None:
            gutter = f"  {self.line} | "
            lines.append(f"{gutter}{self.excerpt}")
            if self.column is not None:
                before = self.column - 1 if self.caret is None else self.caret
                lines.append(" " * (len(gutter) + before) + "^")
        return "\n".join(lines)


class WinsetError(Exception):
    """Base of everything Winset raises on purpose."""


class InputError(WinsetError):
    """The input or the call was wrong. Carries every problem that was found, in file order.

    Parameters
    ----------
    problems : iterable of Problem
    more : int
        How many further problems were found and are not listed.
    """

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.more = more
        lines = [str(problem) for problem in self.problems]
        if more:
            lines.append(f"... and {more} more {'problem' if more == 1 else 'problems'}")
        super().__init__("\n".join(lines))

    @classmethod
    def single(
        cls, code: str, message: str, *, found: str | None = None, allowed: str | None = None
    ) -> InputError:
        """Make an error that carries one problem without a position in a file."""
        return cls([Problem(code=code, message=message, found=found, allowed=allowed)])


class LimitReached(WinsetError):
    """A stated limit was reached, or the user interrupted; what was computed so far is named in the message."""


def nearest_name(name: str, valid: Sequence[str]) -> str | None:
    """Return the valid name closest to `name`, or None when none is close.

    Closeness is `difflib`'s ratio (Ratcliff and Obershelp 1988) of at least 0.6, case ignored.
    """
    folded = {candidate.casefold(): candidate for candidate in reversed(valid)}
    close = difflib.get_close_matches(name.casefold()[:200], list(folded), n=1, cutoff=0.6)
    return folded[close[0]] if close else None
