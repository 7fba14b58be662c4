"""What a scalar means: the core schema of YAML 1.2 (section 10.3 of the specification)."""

from __future__ import annotations

import re
from typing import Final

from winset.case.nodes import Plain

DIGITS_LIMIT: Final = 64
"""Characters of a number: more than any quantity has, and few enough to be read at once."""

AMBIGUOUS: Final = frozenset({"yes", "no", "on", "off"})
"""Words that YAML 1.1 reads as truth values and YAML 1.2 as text."""

_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH: Final = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE: Final = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_NAN: Final = frozenset({".nan", ".NaN", ".NAN"})


def resolve(text: str) -> Plain:
    """Return what a plain (unquoted) scalar means.

    Raises
    ------
    OverflowError
        When it is a number of more than `DIGITS_LIMIT` characters.
    """
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if text[0] not in "+-.0123456789":
        return text
    if len(text) > DIGITS_LIMIT:
        if _FLOAT.fullmatch(text) or _INTEGER.fullmatch(text):
            raise OverflowError(f"a number of {len(text)} characters")
        return text
    return number(text)


def number(text: str) -> str | int | float:
    """Return the number that `text` writes, or `text` itself when it writes none."""
    if len(text) > DIGITS_LIMIT:
        return text
    if _INTEGER.fullmatch(text):
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if _FLOAT.fullmatch(text):
        return float(text)
    if text in _NAN:
        return float("nan")
    infinite = _INFINITE.fullmatch(text)
    return float(f"{infinite[1]}inf") if infinite else text
