"""Numbers, names and lists as readers see them: one way of writing each, shared by every output."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, Literal

Scale = Literal["unit", "peer"]

UNKNOWN: Final = "unknown"
_PLAIN_COUNTS: Final = 10**7  # larger counts are read as powers of ten, not digit by digit
_MINUS: Final = "−"


def clean(text: str) -> str:
    """Return text from a case in a form that is safe to show: one line, nothing invisible that acts.

    Line breaks and tabs become spaces. Control characters, lone surrogates and the characters that override
    the direction of writing (Unicode categories Cc, Cs and the bidirectional controls of Cf) are replaced by
    U+FFFD, so that a name can neither steer a terminal nor reorder what stands beside it.
    """
    if text.isprintable():  # neither "Other" nor "Separator", but for the blank: the usual case
        return text
    return "".join(_safe(character) for character in text)


def _safe(character: str) -> str:
    if character in "\n\r\t\v\f\x85\u2028\u2029":
        return " "
    if unicodedata.category(character) in ("Cc", "Cs"):
        return "\ufffd"
    if character in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return "\ufffd"
    return character


def percent(probability: float | None) -> str:
    """Return a share in whole percent: ``64 %``; ``all`` and ``none`` only where it is exactly so."""
    if probability is None:
        return UNKNOWN
    if probability <= 0.0:
        return "none"
    if probability >= 1.0:
        return "all"
    if probability <= 0.005:
        return "under 1 %"
    if probability >= 0.995:
        return "over 99 %"
    return f"{100 * probability:.0f} %"


def plus_minus(probability: float | None, standard_error: float | None) -> str:
    """Return the standard error in percentage points, ``± 1``; at least 1, as the share is in whole percent.

    Empty where the share is not a number of percent (all, none, under 1 %), or is exact.
    """
    if probability is None or not standard_error or not 0.005 < probability < 0.995:
        return ""
    return f"± {max(1, round(100 * standard_error))}"


def share(probability: float | None, standard_error: float | None) -> str:
    """Return a share with its standard error: ``64 % (± 1)``."""
    error = plus_minus(probability, standard_error)
    return f"{percent(probability)} ({error})" if error else percent(probability)


def number(value: float) -> str:
    """Return a plain number with at most four significant digits: ``0.4``, ``71.25``, ``12,345``."""
    text = f"{value:.4g}" if abs(value) < 10_000 or abs(value) >= 1e15 else f"{value:,.0f}"
    return _signed("0" if text == "-0" else text)


def utility(value: float, scale: Scale = "unit") -> str:
    """Return a utility: ``.71`` on the unit scale, where 0 and 1 are the ends; a plain number on a peer's."""
    if scale == "peer":
        return number(value)
    if value in (0.0, 1.0):
        return f"{value:.0f}"
    text = f"{value:.2f}"
    if text in ("0.00", "-0.00"):
        return ".00"
    return _signed(text.removeprefix("0") if value > 0 else text.replace("-0.", "-."))


def span(low: float, high: float, scale: Scale = "unit") -> str:
    """Return an interval, ``.58 to .82``, or one number where both ends read the same."""
    ends = utility(low, scale), utility(high, scale)
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def utility_range(mean: float, low: float, high: float, scale: Scale = "unit") -> str:
    """Return a mean with its range, ``.71 (.58 to .82)``; only the mean where nothing varies."""
    range_ = span(low, high, scale)
    text = utility(mean, scale)
    return text if range_ == text else f"{text} ({range_})"


def _signed(text: str) -> str:
    return text.replace("-", _MINUS) if text.startswith("-") else text


def count(number_of: int) -> str:
    """Return a count: ``20,000``; ``10^100`` or ``about 3.4 × 10^12`` where digits would not be read."""
    if number_of < _PLAIN_COUNTS:
        return f"{number_of:,}"
    digits = str(number_of)
    power = len(digits) - 1
    if digits.rstrip("0") == "1":
        return f"10^{power}"
    leading = round(int(digits[:4]) / 1000, 1)
    if leading >= 10:
        return f"about 10^{power + 1}"
    return f"about {leading:g} × 10^{power}"


def counted(number_of: int, noun: str, plural: str | None = None) -> str:
    """Return a count with its noun: ``1 issue``, ``3 issues``."""
    return f"{count(number_of)} {noun if number_of == 1 else plural or noun + 's'}"


def size(mean: float) -> str:
    """Return a mean number of outcomes: one digit after the point below ten, else whole."""
    return f"{mean:.1f}" if mean < 10 and not mean.is_integer() else count(math.floor(mean + 0.5))


def listing(items: Iterable[str], last: str = "and") -> str:
    """Return a list as it is written: ``A``, ``A and B``, ``A, B and C``."""
    texts = list(items)
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def small(number_of: int) -> str:
    """Return small counts in letters, as in a sentence: ``two`` to ``twelve``; digits otherwise."""
    names = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return names[number_of - 2] if 2 <= number_of <= 12 else count(number_of)


def ranked(groups: Sequence[Sequence[str]]) -> str:
    """Return a ranking, best first: ``river > ridge = road``; a tie is an equals sign."""
    return " > ".join(" = ".join(group) for group in groups)


def sentence(text: str) -> str:
    """Return the text with a capital first letter and a full stop, as a sentence begins and ends."""
    if not text:
        return text
    closed = text if text[-1] in ".!?" else text + "."
    return closed[0].upper() + closed[1:]
