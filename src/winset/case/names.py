"""Names in a case file: options, rankings of them, and clauses; their form only, not whether they exist."""

from __future__ import annotations

import math
from typing import Annotated, Any, Final

from pydantic import PlainValidator, WithJsonSchema

from winset.case.leaves import LINE_LIMIT, as_text, fault
from winset.case.problems import describe
from winset.model.issues import Option

RankedNames = tuple[tuple[Option, ...], ...]
"""Names by rank, best first; ties together."""

_RANKING_FORM: Final = "[best, second, [tied, tied], last]"
_CLAUSE_FORM: Final = "{issue: option, issue: [option, option], range issue: [low, high]}"


def name(value: Any, *inner: str | int, on_key: bool = False) -> Option:
    """Return the name of an option, text or a finite number; `inner` and `on_key` as in `fault`."""
    if isinstance(value, str):
        if not value.strip() or "\n" in value or "\t" in value or len(value) > LINE_LIMIT:
            allowed = f"one line of 1 to {LINE_LIMIT} characters"
            message, found = "a name has to be one line", describe(value)
            raise fault("E025", message, found=found, allowed=allowed, inner=inner, on_key=on_key)
        return value
    if not isinstance(value, int | float) or isinstance(value, bool):
        allowed = "text or a number; words such as true and null in quotes"
        raise fault("E022", "a name is needed here", found=describe(value), allowed=allowed, inner=inner)
    if not math.isfinite(value):
        message = "a number has to be finite"
        raise fault("E017", message, found=describe(value), allowed="a finite number", inner=inner)
    return value


def _options(value: Any) -> dict[str, str | None] | tuple[Option, ...]:
    if isinstance(value, dict) and value:
        for key in value:
            name(key, key, on_key=True)
        return {key: None if meaning is None else as_text(meaning) for key, meaning in value.items()}
    if not isinstance(value, list) or not value:
        allowed = "[option, option, ...] or {option: a sentence for readers, ...}"
        raise fault("E022", "options are needed here", found=describe(value), allowed=allowed)
    return tuple(name(item, number) for number, item in enumerate(value))


def _ranking(value: Any) -> RankedNames:
    if not isinstance(value, list) or not value:
        raise fault("E022", "a ranking is needed here", found=describe(value), allowed=_RANKING_FORM)
    groups: list[tuple[Option, ...]] = []
    for number, item in enumerate(value):
        if not isinstance(item, list):
            groups.append((name(item, number),))
        elif item:
            groups.append(tuple(name(tied, number, place) for place, tied in enumerate(item)))
        else:
            raise fault("E022", "an empty tie", found="[]", allowed=_RANKING_FORM, inner=(number,))
    return tuple(groups)


def _clause(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise fault("E022", "terms are needed here", found=describe(value), allowed=_CLAUSE_FORM)
    for issue, options in value.items():
        if options == []:
            raise fault("E022", "no option is named", found="[]", allowed=_CLAUSE_FORM, inner=(issue,))
        if not isinstance(options, list):
            name(options, issue)
            continue
        for number, item in enumerate(options):
            if isinstance(item, list):  # an interval among several
                for place, bound in enumerate(item):
                    name(bound, issue, number, place)
            else:
                name(item, issue, number)
    return value


def _terms(value: Any) -> dict[str, Option]:
    if not isinstance(value, dict):
        allowed = "{issue: option, ...} with every issue"
        raise fault("E022", "an outcome is needed here", found=describe(value), allowed=allowed)
    return {issue: name(option, issue) for issue, option in value.items()}


_NAME: Final[dict[str, Any]] = {"type": ["string", "number"]}
_NAMES: Final[dict[str, Any]] = {"type": "array", "items": _NAME, "minItems": 1}
_OPTIONS: Final[dict[str, Any]] = {
    "anyOf": [_NAMES, {"type": "object", "additionalProperties": {"type": ["string", "integer", "null"]}}]
}
_RANKING: Final[dict[str, Any]] = {"type": "array", "items": {"anyOf": [_NAME, _NAMES]}, "minItems": 1}
_CLAUSE: Final[dict[str, Any]] = {"type": "object", "additionalProperties": {"anyOf": [_NAME, _RANKING]}}
_TERMS: Final[dict[str, Any]] = {"type": "object", "additionalProperties": _NAME}

Options = Annotated[
    dict[str, str | None] | tuple[Option, ...], PlainValidator(_options), WithJsonSchema(_OPTIONS)
]
Ranking = Annotated[RankedNames, PlainValidator(_ranking), WithJsonSchema(_RANKING)]
ClauseTerms = Annotated[dict[str, Any], PlainValidator(_clause), WithJsonSchema(_CLAUSE)]
Terms = Annotated[dict[str, Option], PlainValidator(_terms), WithJsonSchema(_TERMS)]
