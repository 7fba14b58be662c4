"""Problems found while a case file is read, collected so that all are reported at once."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Any, Final, NoReturn, Protocol

from winset.case.text import CaseText, lines_before, shorten
from winset.errors import InputError, Problem, nearest_name

LISTED: Final = 100
"""Problems that one error lists; of more, only the number is given."""

_KEPT: Final = 1000  # problems kept for sorting; in a file with more, which ones are listed does not matter
_NAMES_LISTED: Final = 12
_NAMES_SCANNED: Final = 5_000
_NAMES_COMPARED: Final = 400  # comparing names costs some 20 microseconds each


class Located(Protocol):
    """Anything with a path and a position."""

    @property
    def path(self) -> str:
        """Dotted path in the document."""

    @property
    def line(self) -> int:
        """Line, from 1."""

    @property
    def column(self) -> int:
        """Column, from 1."""


class Problems:
    """The problems of one case file. What accounts or aliases repeat is reported once.

    Parameters
    ----------
    text : CaseText
        The file.
    further : sequence of CaseText
        Texts read along with it, such as the values of options; their lines count on from those of the file.
    """

    def __init__(self, text: CaseText, further: Sequence[CaseText] = ()) -> None:
        self._texts = (text, *further)
        self._before = lines_before(self._texts)
        self._found: dict[tuple[int, int, str, str], tuple[Problem, Sequence[str]]] = {}
        self._more = 0

    def __len__(self) -> int:
        return len(self._found) + self._more

    @property
    def full(self) -> bool:
        """Whether there are so many problems that looking for more is useless."""
        return self._more > 0

    def add(
        self,
        place: Located,
        code: str,
        message: str,
        *,
        found: str | None = None,
        allowed: str | None = None,
        valid: Sequence[str] | None = None,
    ) -> None:
        """Note a problem.

        Parameters
        ----------
        place : Located
            Where it is.
        code, message : str
            As in `Problem`.
        found, allowed : str, optional
            As in `Problem`; `found` is text from the file when `valid` is given.
        valid : sequence of str, optional
            The names of which one was meant; the nearest is suggested.
        """
        key = (place.line, place.column, code, message)
        if key in self._found:
            return
        if len(self._found) >= _KEPT:
            self._more += 1
            return
        if valid is not None:
            allowed = allowed or listing(valid)
        problem = Problem(code, message, found, allowed, None, place.path, line=key[0], column=key[1])
        self._found[key] = (problem, valid or ())

    def stop(self) -> NoReturn:
        """Raise the error that lists what was found.

        Raises
        ------
        InputError
            Always.
        """
        order = sorted(self._found)
        listed = [self._finished(*self._found[key]) for key in order[:LISTED]]
        raise InputError(listed, more=len(order) - len(listed) + self._more)

    def _finished(self, problem: Problem, valid: Sequence[str]) -> Problem:
        """Return the problem with what is costly or only for display: nearest name, excerpt, short texts."""
        nearest, found = None, problem.found
        if valid and found is not None:
            near = nearest_name(found, _comparable(found, valid))
            nearest = shorten(near) if near is not None and near != found else None
            found = f"'{shorten(found)}'"
        line, column = problem.line or 1, problem.column or 1  # `add` sets both
        number = bisect.bisect_left(self._before, line) - 1
        text, line = self._texts[number], line - self._before[number]
        excerpt, caret = text.excerpt(line, column)
        return Problem(
            code=problem.code,
            message=shorten(problem.message, 300),
            found=shorten(found, 120) if found is not None else None,
            allowed=shorten(problem.allowed, 600) if problem.allowed is not None else None,
            nearest=nearest,
            path=shorten(problem.path, 120),
            file=text.file,
            line=line,
            column=column,
            excerpt=excerpt,
            caret=caret,
        )


def _comparable(name: str, valid: Sequence[str]) -> list[str]:
    """Return the names worth comparing with `name`: all, of many those that begin alike, of thousands none."""
    if len(valid) > _NAMES_SCANNED:
        return []
    short = [candidate for candidate in valid if len(candidate) <= 2 * len(name) + 2]
    if len(short) > _NAMES_COMPARED:
        short = [candidate for candidate in short if candidate[:1].casefold() == name[:1].casefold()]
    return short[:_NAMES_COMPARED]


def listing(names: Sequence[str]) -> str:
    """Return names as a list for a message, cut after the first dozen."""
    shown = ", ".join(shorten(name) for name in names[:_NAMES_LISTED])
    return f"{shown}, ... ({len(names)} in all)" if len(names) > _NAMES_LISTED else shown


def describe(value: Any) -> str:
    """Return what a piece of the document is, in words, for the line `found:` of a message."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value!r}"
    if isinstance(value, str):
        return f"the text '{shorten(value)}'"
    if isinstance(value, dict):
        return f"a mapping with the keys {listing(list(value))}" if value else "an empty mapping"
    return f"a list of {len(value)}" if value else "an empty list"
