"""Reads results: JSON documents that ``winset analyse --json`` wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final, NoReturn

from winset.case.text import shorten
from winset.errors import InputError, Problem
from winset.findings.result import NotAResult, Result, is_result, result_of

RESULT_LIMIT: Final = 64 * 1024 * 1024
"""Largest result in bytes."""

_HEAD: Final = 4096
_OBJECT: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_NAMES_VERSION: Final = re.compile(rb'"winset"\s*:\s*"')


def read_result(path: Path) -> Result | None:
    """Return the figures of a result; None for a file that is something else, such as a case.

    Raises
    ------
    InputError
        E814 for a file that begins like a result and is none: too large, not UTF-8, not JSON.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            data = head + stream.read(RESULT_LIMIT + 1 - len(head)) if _OBJECT.match(head) else b""
    except (OSError, ValueError):  # whoever reads it as a case says why it cannot be read
        return None
    if not data:
        return None
    document = _other(data) if _NAMES_VERSION.search(head) is None else _result(path, data)
    if document is None:
        return None
    try:
        return result_of(document)
    except NotAResult as error:
        _refuse(path, f"not a result: {shorten(str(error), 200)}")


def _other(data: bytes) -> Any | None:
    """Return a result whose keys stand in another order; None for anything else."""
    try:
        document = json.loads(data.decode("utf-8-sig")) if len(data) <= RESULT_LIMIT else None
    except (ValueError, RecursionError):
        return None
    return document if is_result(document) else None


def _result(path: Path, data: bytes) -> Any | None:
    if len(data) > RESULT_LIMIT:
        _refuse(path, "the file is too large for a result", f"at most {RESULT_LIMIT // 1024**2} MiB")
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError:
        _refuse(path, "nested too deeply for a result")
    except UnicodeDecodeError:
        _refuse(path, "the file is not encoded in UTF-8")
    except json.JSONDecodeError as error:
        _refuse(path, f"this is not JSON: {error.msg[:100].lower()}", line=error.lineno, column=error.colno)
    except ValueError as error:
        _refuse(path, f"a number that no result holds: {shorten(str(error))}")
    return document if is_result(document) else None


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _refuse(
    path: Path, message: str, allowed: str | None = None, line: int | None = None, column: int | None = None
) -> NoReturn:
    allowed = allowed or "what winset analyse --json writes"
    file = shorten(str(path), 200)
    raise InputError([Problem("E814", message, None, allowed, file=file, line=line, column=column)])
