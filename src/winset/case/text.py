"""The text of a case file: read with a limit on its size, decoded, and cut into lines for error messages."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from winset.errors import InputError, Problem

SIZE_LIMIT: Final = 4 * 1024 * 1024
"""Largest case file in bytes: some hundred times the largest that people write by hand."""

EXCERPT_WIDTH: Final = 100
"""Characters of a source line that an error message shows at most."""

_SHOWN: Final = 60
_LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # those of YAML 1.1, which libyaml counts
_NOT_TEXT: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True)
class CaseText:
    """The text of a case file and the name under which the user knows it."""

    file: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their line breaks."""
        return tuple(_LINE_BREAK.split(self.text))

    def excerpt(self, line: int, column: int) -> tuple[str, int]:
        """Return what to show of a line, and how many characters of it come before the column.

        Long lines are cut around the column; tabs and characters that a terminal would act upon become one
        visible character each, so that the caret stays in place.
        """
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        at = min(column - 1, len(text))
        start = max(0, at - EXCERPT_WIDTH // 2) if len(text) > EXCERPT_WIDTH else 0
        stop = start + EXCERPT_WIDTH
        shown = "".join(_visible(character) for character in text[start:stop])
        if stop < len(text):
            shown += "…"
        return (f"…{shown}", at - start + 1) if start else (shown, at)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of the character at this offset."""
        before = _LINE_BREAK.split(self.text[:offset])
        return len(before), len(before[-1]) + 1


def lines_before(texts: Sequence[CaseText]) -> tuple[int, ...]:
    """Return for each text how many lines come before it when lines are counted on from text to text."""
    return tuple(itertools.accumulate((len(text.lines) for text in texts), initial=0))[:-1]


def _visible(character: str) -> str:
    if character == "\t":
        return " "
    return (
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character)[0] in "CZ" and character != " "
        else character
    )


def shorten(text: str, limit: int = _SHOWN) -> str:
    """Return `text` on one line, at most `limit` characters long, unprintable characters escaped."""
    cut = text[: limit - 1] + "…" if len(text) > limit else text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def read(path: Path, file: str) -> CaseText:
    """Read a case file; never more of it than the limit and one byte.

    Raises
    ------
    InputError
        E001 when it cannot be read; what `decode` raises.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL character
        reason = (error.strerror if isinstance(error, OSError) else None) or "not a valid file name"
        problem = Problem("E001", f"the file cannot be read: {reason.lower()}", file=shorten(file, 200))
        raise InputError([problem]) from error
    return decode(data, file)


def decode(data: str | bytes, file: str) -> CaseText:
    """Return the text of a case file from its bytes.

    Raises
    ------
    InputError
        E002 when it is too large, E003 when it is not UTF-8, E004 when it holds control characters.
    """
    file = shorten(file, 200)
    if len(data) > SIZE_LIMIT:
        message = "the file is too large for a case file"
        allowed = f"at most {SIZE_LIMIT // 1024**2} MiB"
        raise InputError([Problem("E002", message, allowed=allowed, file=file)])
    text = data if isinstance(data, str) else _utf8(data, file)
    case = CaseText(file, text.removeprefix(_BYTE_ORDER_MARK))
    bad = _NOT_TEXT.search(case.text)
    if bad is not None:
        found = f"the character U+{ord(bad.group()):04X}"
        allowed = "text; characters that cannot be printed are written as escapes in double quotes"
        raise InputError(
            [_at(case, bad.start(), Problem("E004", "a character that is not text", found, allowed))]
        )
    return case


def _utf8(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        case = CaseText(file, data.decode("utf-8", "replace").removeprefix(_BYTE_ORDER_MARK))
        before = data[: error.start].decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
        found = f"the byte 0x{data[error.start]:02X} at offset {error.start}"
        problem = Problem("E003", "the file is not encoded in UTF-8", found, "text saved as UTF-8")
        raise InputError([_at(case, len(before), problem)]) from error


def _at(case: CaseText, offset: int, problem: Problem) -> Problem:
    line, column = case.position(offset)
    excerpt, caret = case.excerpt(line, column)
    return Problem(
        problem.code,
        problem.message,
        problem.found,
        problem.allowed,
        file=case.file,
        line=line,
        column=column,
        excerpt=excerpt,
        caret=caret,
    )
