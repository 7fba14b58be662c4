"""The leaves of a case file: texts, dates, numbers; what each accepts, and how it is refused.

Every leaf has one validator, which takes plain data and raises `PydanticCustomError` with one of the codes of
`codes.py`, and its JSON Schema.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from winset.case.problems import describe

LINE_LIMIT: Final = 200
ID_LIMIT: Final = 100

Span = tuple[float, float] | None
"""Bounds of a number, or None where it is unknown."""


def fault(
    code: str,
    message: str,
    *,
    found: str | None = None,
    allowed: str | None = None,
    inner: tuple[str | int, ...] = (),
    on_key: bool = False,
) -> PydanticCustomError:
    """Return the error that says what is wrong.

    `inner` leads from the leaf to the part that is wrong; `on_key` says that the key is wrong, not the value.
    """
    details = {"message": message, "found": found, "allowed": allowed, "inner": inner, "on_key": on_key}
    # The template is fixed text: pydantic would otherwise replace braces that stand in the message.
    return PydanticCustomError(code, "{message}", details)


def is_number(value: Any) -> bool:
    """Whether a plain value is a number; truth values are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_text(value: Any) -> str:
    """Return text; a whole number counts as the text that writes it."""
    if isinstance(value, str):
        return value.rstrip("\n")  # block scalars end with a line break
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise fault("E022", "text is needed here", found=describe(value), allowed="text; in quotes where in doubt")


def _line(value: Any) -> str:
    text = as_text(value)
    if not text.strip() or "\n" in text or "\t" in text or len(text) > LINE_LIMIT:
        allowed = f"one line of 1 to {LINE_LIMIT} characters"
        raise fault("E025", "a title or name has to be one line", found=describe(text), allowed=allowed)
    return text


def _id(value: Any) -> str:
    text = as_text(value)
    if len(text) > ID_LIMIT or not re.fullmatch(r"\w[\w-]*", text):
        allowed = f"letters, digits, '-' and '_', at most {ID_LIMIT}, beginning with a letter or digit"
        raise fault("E025", "not an identifier", found=describe(text), allowed=allowed)
    return text


def _case_id(value: Any) -> str:
    text = as_text(value)
    if len(text) > ID_LIMIT or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text):
        allowed = f"a to z, 0 to 9 and '-', at most {ID_LIMIT}, beginning with a letter or digit"
        raise fault("E025", "not an identifier for a case", found=describe(text), allowed=allowed)
    return text


def _version(value: Any) -> int:
    if value != 1 or isinstance(value, bool):
        message = "this version of the case file is not known"
        raise fault("E028", message, found=describe(value), allowed="1")
    return 1


def _day(value: Any) -> str:
    text = as_text(value)
    try:
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
            raise ValueError(text)
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        allowed = "a day as 2025-08-15, a month as 2025-08, a year as 2025"
        raise fault("E026", "not a date", found=describe(value), allowed=allowed) from None
    return text


def _edtf(value: Any) -> str:
    text = as_text(value)
    if not re.fullmatch(r"(?=.*[0-9X])[-+0-9XYSETZ?~%./:,{}\[\]]{1,60}", text, re.ASCII):
        allowed = "an EDTF date such as 2025-08-15, 2025-08, 2025?, 2025-08-15/2025-08-18"
        raise fault("E026", "not a date", found=describe(value), allowed=allowed)
    return text


def _url(value: Any) -> str:
    text = as_text(value)
    if not re.fullmatch(r"https?://[^\s<>\"'`\\]+", text):
        raise fault("E027", "not a web address", found=describe(text), allowed="http://... or https://...")
    return text


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise fault("E022", "true or false is needed here", found=describe(value), allowed="true, false")
    return value


def _direction(value: Any) -> str:
    if value not in ("increasing", "decreasing"):
        allowed = "increasing, decreasing"
        raise fault("E022", "a direction is needed here", found=describe(value), allowed=allowed)
    return str(value)


def _scale(value: Any) -> str:
    if value not in ("unit", "peer"):
        allowed = "unit (utilities from 0 to 1; the default), peer (the numbers as they are)"
        raise fault("E022", "a scale is needed here", found=describe(value), allowed=allowed)
    return str(value)


def _finite(value: Any) -> float:
    if not is_number(value):
        raise fault("E022", "a number is needed here", found=describe(value), allowed="a number")
    if not math.isfinite(value):
        raise fault("E017", "a number has to be finite", found=describe(value), allowed="a finite number")
    return float(value)


def _not_negative(value: Any) -> float:
    number = _finite(value)
    if number < 0:
        raise fault("E023", "out of range", found=describe(value), allowed="0 or more")
    return number


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise fault("E022", "a whole number is needed here", found=describe(value), allowed="1, 2, 3, ...")
    return value


_SPAN_FORMS: Final = "a number, an interval [low, high], unknown, or {value: ..., source: ..., because: ...}"


def _span(value: Any) -> Span:
    if value is None or value == "unknown":
        return None
    if is_number(value):
        number = _finite(value)
        return number, number
    if not isinstance(value, list) or len(value) != 2 or not all(is_number(item) for item in value):
        raise fault("E022", "a number is needed here", found=describe(value), allowed=_SPAN_FORMS)
    low, high = (_finite(item) for item in value)
    if low > high:
        found = f"[{value[0]!r}, {value[1]!r}]"
        raise fault("E024", "the interval is upside down", found=found, allowed="[low, high]")
    return low, high


def _chance(value: Any) -> Span:
    span = _span(value)
    if span is not None and not 0 <= span[0] <= span[1] <= 1:
        found = describe(value) if is_number(value) else f"[{span[0]!r}, {span[1]!r}]"
        raise fault("E023", "out of range", found=found, allowed="0 to 1")
    return span


def _share(value: Any) -> Span:
    span = _chance(value)
    if span is not None and span[0] <= 0:
        raise fault("E023", "out of range", found=f"{span[0]!r}", allowed="more than 0, at most 1")
    return span


def _range(value: Any) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise fault("E022", "a range is needed here", found=describe(value), allowed="[lowest, highest]")
    low, high = (_finite(item) for item in value)
    if low > high:
        found = f"[{value[0]!r}, {value[1]!r}]"
        raise fault("E024", "the range is upside down", found=found, allowed="[lowest, highest]")
    return low, high


def _schema(**keywords: Any) -> WithJsonSchema:
    return WithJsonSchema(keywords)


_SPAN_SCHEMA: Final[list[dict[str, Any]]] = [
    {"type": "number"},
    {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    {"const": "unknown"},
    {"type": "null"},
]
_CHANCE_SCHEMA: Final[list[dict[str, Any]]] = [
    {"type": "number", "minimum": 0, "maximum": 1},
    {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}, "minItems": 2, "maxItems": 2},
    *_SPAN_SCHEMA[2:],
]

Text = Annotated[str, PlainValidator(as_text), _schema(type=["string", "integer"])]
Line = Annotated[str, PlainValidator(_line), _schema(type=["string", "integer"], maxLength=LINE_LIMIT)]
Id = Annotated[str, PlainValidator(_id), _schema(type="string", pattern=r"^\w[\w-]*$", maxLength=ID_LIMIT)]
CaseId = Annotated[
    str, PlainValidator(_case_id), _schema(type="string", pattern="^[a-z0-9][a-z0-9-]*$", maxLength=ID_LIMIT)
]
Version = Annotated[int, PlainValidator(_version), _schema(const=1)]
Day = Annotated[str, PlainValidator(_day), _schema(type=["string", "integer"])]
Edtf = Annotated[str, PlainValidator(_edtf), _schema(type=["string", "integer"])]
Url = Annotated[str, PlainValidator(_url), _schema(type="string", pattern="^https?://")]
Flag = Annotated[bool, PlainValidator(_flag), _schema(type="boolean")]
Direction = Annotated[
    Literal["increasing", "decreasing"], PlainValidator(_direction), _schema(enum=["increasing", "decreasing"])
]
Scale = Annotated[Literal["unit", "peer"], PlainValidator(_scale), _schema(enum=["unit", "peer"])]
Exact = Annotated[float, PlainValidator(_finite), _schema(type="number")]
NotNegative = Annotated[float, PlainValidator(_not_negative), _schema(type="number", minimum=0)]
Whole = Annotated[int, PlainValidator(_whole), _schema(type="integer")]
Range = Annotated[
    tuple[float, float],
    PlainValidator(_range),
    _schema(type="array", items={"type": "number"}, minItems=2, maxItems=2),
]
Spanned = Annotated[Span, PlainValidator(_span), _schema(anyOf=_SPAN_SCHEMA)]
Chance = Annotated[Span, PlainValidator(_chance), _schema(anyOf=_CHANCE_SCHEMA)]
Share = Annotated[Span, PlainValidator(_share), _schema(anyOf=_CHANCE_SCHEMA)]
