"""A file of a peer as bytes, read within limits, and the errors that name it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from winset.errors import InputError, Problem

UNREADABLE: Final = "E701"
MALFORMED: Final = "E702"
INCOMPLETE: Final = "E703"
UNREPRESENTABLE: Final = "E704"
MISMATCH: Final = "E705"
NOTHING_THERE: Final = "E706"
UNKNOWN_PARTY: Final = "E707"

#: No file of the published collections exceeds 3 MB.
MAX_BYTES: Final = 16 * 1024 * 1024

#: As many options as a case file allows for an issue.
MAX_OPTIONS: Final = 100_000

#: Far above any published domain (the largest has 50 issues); these bound the work that a small file can cause.
MAX_ISSUES: Final = 1_000
MAX_TOTAL_OPTIONS: Final = 200_000
MAX_CLAUSE_OPTIONS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands, for errors.

    Attributes
    ----------
    file : str
        The file as the user named it.
    line, column : int or None
        One-based position; None where the format's reader gives none.
    path : str
        Dotted path inside the document.
    """

    file: str
    line: int | None = None
    column: int | None = None
    path: str = ""

    def inside(self, step: str) -> Place:
        """Return the place one step further down the document, without a position."""
        return Place(self.file, path=f"{self.path}.{step}" if self.path else step)

    def refuse(
        self,
        code: str,
        message: str,
        *,
        found: object = None,
        allowed: str | None = None,
        nearest: str | None = None,
    ) -> InputError:
        """Return the error that says what is wrong here; `found` is shortened and made printable."""
        return InputError(
            [
                Problem(
                    code=code,
                    message=message,
                    found=None if found is None else shown(found),
                    allowed=allowed,
                    nearest=nearest,
                    path=shown(self.path, 200) if self.path else "",
                    file=self.file,
                    line=self.line,
                    column=self.column,
                )
            ]
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A file's content.

    Attributes
    ----------
    path : Path
    data : bytes
    """

    path: Path
    data: bytes

    @property
    def place(self) -> Place:
        """The whole file, for errors."""
        return Place(str(self.path))


def read_source(path: Path) -> Source:
    """Read a file of at most `MAX_BYTES`; raise InputError where that is not possible."""
    place = Place(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise place.refuse(UNREADABLE, "the file cannot be read", found=error.strerror or error) from None
    if len(data) > MAX_BYTES:
        raise place.refuse(UNREADABLE, "the file is too large", allowed=f"at most {MAX_BYTES:,} bytes")
    return Source(path, data)


def shown(value: object, limit: int = 80) -> str:
    """Return text that is safe to print: control characters escaped, shortened to about `limit` characters."""
    text = str(value)
    cut = text[:limit] + ("..." if len(text) > limit else "")
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in cut
    )


def finite(value: object, place: Place, what: str) -> float:
    """Return the value as a finite float; raise InputError where it is none."""
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise place.refuse(MALFORMED, f"{what} is not a number", found=value, allowed="a finite number")
    return number


def whole(value: object, place: Place, what: str) -> int:
    """Return the value as an integer; raise InputError where it is none."""
    try:
        number = int(str(value))
    except ValueError:
        number = None
    if number is None or isinstance(value, bool):
        raise place.refuse(MALFORMED, f"{what} is not an integer", found=value, allowed="an integer")
    return number
