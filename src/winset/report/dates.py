"""Dates in words, from the Extended Date/Time Format (ISO 8601-2:2019, annex A; Library of Congress 2019)."""

from __future__ import annotations

import re
from typing import Final

from winset.report.words import clean

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2}:\d{2})\S*)?([?~%]?)")


def date(text: str | None) -> str:
    """Return an EDTF date in words.

    Years, months, days, seasons, qualifiers and intervals are put into words; a time of day is left out.
    Anything else is returned as it stands.

    Examples
    --------
    >>> date("1998-05-01"), date("1998-05"), date("1998~"), date("1998-04/1998-05")
    ('1 May 1998', 'May 1998', 'about 1998', 'April 1998 to May 1998')
    """
    if text is None:
        return ""
    start, slash, end = text.partition("/")
    if not slash:
        return _single(text)
    if start in ("", ".."):
        return f"until {_single(end)}"
    if end in ("", ".."):
        return f"from {_single(start)}"
    return f"{_single(start)} to {_single(end)}"


def _single(text: str) -> str:
    match = _DATE.fullmatch(text)
    if match is None:
        return clean(text)
    year, month, day, _, qualifier = match.groups()
    words = _calendar(year, month, day)
    if words is None:
        return clean(text)
    before = "about " if qualifier in ("~", "%") else ""
    after = " (uncertain)" if qualifier in ("?", "%") else ""
    return f"{before}{words}{after}"


def _calendar(year: str, month: str | None, day: str | None) -> str | None:
    """Return year, month and day in words; None where there is no such month, season or day."""
    if month is None:
        return year
    if day is None and int(month) in _SEASONS:
        return f"{_SEASONS[int(month)]} {year}"
    if not 1 <= int(month) <= 12:
        return None
    words = f"{_MONTHS[int(month) - 1]} {year}"
    if day is None:
        return words
    return f"{int(day)} {words}" if 1 <= int(day) <= 31 else None
