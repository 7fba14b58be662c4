"""GeniusWeb JSON: linear additive profiles over discrete and number issues, in both dialects.

What GeniusWeb computes, from its public Python sources (``geniusweb.profile.utilityspace``, ``issuevalue``):

- ``LinearAdditiveUtilitySpace``: the sum of weight times utility over the issues.
- ``DiscreteValueSetUtilities`` (key ``discreteutils`` or ``DiscreteValueSetUtilities``): utility by option.
- ``NumberValueSetUtilities`` (key ``numberutils`` or ``NumberValueSetUtilities``): linear between the utilities
  of the lowest and the highest number, rounded half up to eight decimals.
- ``NumberValueSet``: the numbers ``low + k * step`` up to ``high``.
- ``reservationBid``: an agreement has to be at least as good as this bid; without one, any agreement is better
  than none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import PurePath
from typing import Any, Final

from winset.case.formats.profile import Domain, Profile, RawIssue, Row, make_domain
from winset.case.formats.source import (
    INCOMPLETE,
    MALFORMED,
    MAX_OPTIONS,
    MISMATCH,
    UNREPRESENTABLE,
    Place,
    Source,
    finite,
)
from winset.model.issues import Option

PROFILE_KIND: Final = "LinearAdditiveUtilitySpace"
_DISCRETE: Final = ("discreteutils", "DiscreteValueSetUtilities")
_NUMBER: Final = ("numberutils", "NumberValueSetUtilities")
_EIGHT_DECIMALS: Final = Decimal("1e-8")

#: Numbers from 1e-12 to 1e12 in size: what 28 exact decimal digits add and multiply without loss.
_MAX_EXPONENT: Final = 12


def parse_json(source: Source) -> Any:
    """Return the document, numbers with a fraction as Decimal; raise InputError where it is not valid JSON."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            names = [name for name, _ in items]
            twice = next(name for name in names if names.count(name) > 1)
            raise source.place.refuse(MALFORMED, "a key repeats in an object", found=twice)
        return found

    def constant(text: str) -> Any:
        raise source.place.refuse(MALFORMED, "not a finite number", found=text)

    try:
        text = source.data.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=pairs, parse_constant=constant, parse_float=Decimal)
    except json.JSONDecodeError as error:
        place = Place(str(source.path), error.lineno, error.colno)
        raise place.refuse(MALFORMED, f"not valid JSON: {error.msg}") from None
    except UnicodeDecodeError as error:
        raise source.place.refuse(MALFORMED, "not UTF-8", found=f"byte {error.start}") from None
    except (ValueError, InvalidOperation) as error:  # numbers of thousands of digits
        raise source.place.refuse(MALFORMED, "not valid JSON", found=error) from None
    except RecursionError:
        raise source.place.refuse(MALFORMED, "nested too deeply") from None


def read_domain(source: Source) -> Domain:
    """Return the domain of a domain file, or the domain that a profile carries within.

    Raises
    ------
    InputError
        When the file is malformed or an issue cannot be represented.
    """
    document, place = _object(parse_json(source), source.place), source.place
    if "issuesValues" not in document:
        document, place = _member(*_profile(document, place), "domain")
    values, place_values = _member(document, place, "issuesValues")
    issues = (_raw_issue(name, value, place_values.inside(name)) for name, value in values.items())
    return make_domain(str(document.get("name") or ""), issues, place)


def read_profile(source: Source, domain: Domain) -> Profile:
    """Return the preferences of a profile over the domain.

    Raises
    ------
    InputError
        When the file is malformed, does not fit the domain, or holds what cannot be represented.
    """
    profile, place = _profile(_object(parse_json(source), source.place), source.place)
    utilities, place_utilities = _member(profile, place, "issueUtilities")
    weights, place_weights = _member(profile, place, "issueWeights")
    for names, where in ((utilities, place_utilities), (weights, place_weights)):
        _check_issues(names, domain, where)
    rows = tuple(
        _row(utilities[key], labels, place_utilities.inside(key))
        for key, labels in zip(domain.keys, domain.labels, strict=True)
    )
    exact = tuple(finite(weights[key], place_weights.inside(key), "the weight") for key in domain.keys)
    reservation = _reservation(profile.get("reservationBid"), domain, place.inside("reservationBid"))
    value = 0.0 if reservation is None else _value(reservation, exact, rows)
    whole = reservation is not None and None not in reservation
    return Profile(
        file=source.path.name,
        name=str(profile.get("name") or PurePath(source.path.name).stem),
        weights=exact,
        rows=rows,
        reservation=None if whole else value,
        equals=tuple(option for option in reservation or () if option is not None) if whole else None,
        because=_because(reservation),
    )


def _because(reservation: tuple[int | None, ...] | None) -> str | None:
    if reservation is None:
        return "GeniusWeb, without a reservation bid: any agreement is better than none"
    if None in reservation:
        return "the utility of the file's reservation bid, which leaves issues open"
    return None


def _object(value: Any, place: Place) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise place.refuse(MALFORMED, "not a JSON object", found=value)
    return value


def _member(holder: Mapping[str, Any], place: Place, name: str) -> tuple[Mapping[str, Any], Place]:
    inside = place.inside(name)
    if name not in holder:
        raise inside.refuse(INCOMPLETE, f"{name!r} is missing")
    return _object(holder[name], inside), inside


def _profile(document: Mapping[str, Any], place: Place) -> tuple[Mapping[str, Any], Place]:
    if PROFILE_KIND not in document:
        raise place.refuse(
            UNREPRESENTABLE,
            "this kind of profile cannot be represented",
            found=next(iter(document), "an empty object"),
            allowed=PROFILE_KIND,
        )
    return _member(document, place, PROFILE_KIND)


def _raw_issue(name: str, value: Any, place: Place) -> RawIssue:
    issue = _object(value, place)
    if "values" in issue:
        values = issue["values"]
        if not isinstance(values, list) or not all(_is_label(item) for item in values):
            raise place.refuse(MALFORMED, "the options are not a list of texts", found=values)
        return RawIssue(name, name, tuple(str(item) for item in values), False, place)
    if "range" in issue:
        return RawIssue(name, name, _numbers(issue["range"], place.inside("range")), True, place)
    raise place.refuse(
        UNREPRESENTABLE, "this kind of issue cannot be represented", found=issue, allowed="values or range"
    )


def _is_label(value: Any) -> bool:
    return isinstance(value, str | int | Decimal) and not isinstance(value, bool)


def _decimal(value: Any, place: Place, what: str) -> Decimal:
    finite(value, place, what)
    number = Decimal(str(value))
    if number and abs(number.adjusted()) > _MAX_EXPONENT:
        raise place.refuse(UNREPRESENTABLE, f"{what} is out of range", found=value)
    return number


def _numbers(value: Any, place: Place) -> tuple[Option, ...]:
    """Return the numbers of a range, written as an object or as [low, high, step]."""
    if isinstance(value, list) and len(value) == 3:
        value = dict(zip(("low", "high", "step"), value, strict=True))
    found = _object(value, place)
    if not {"low", "high", "step"} <= found.keys():
        raise place.refuse(INCOMPLETE, "a range needs low, high and step", found=value)
    low, high, step = (_decimal(found[name], place, name) for name in ("low", "high", "step"))
    if step <= 0 or low > high:
        raise place.refuse(MALFORMED, "an empty range", found=f"{low} to {high} by {step}")
    count = int((high - low) / step) + 1
    if count > MAX_OPTIONS:
        raise place.refuse(
            UNREPRESENTABLE, "the issue has too many options", found=count, allowed=f"at most {MAX_OPTIONS:,}"
        )
    numbers = (low + number * step for number in range(count))
    return tuple(int(number) if number == number.to_integral_value() else float(number) for number in numbers)


def _check_issues(names: Mapping[str, Any], domain: Domain, place: Place) -> None:
    for key in domain.keys:
        if key not in names:
            raise place.refuse(MISMATCH, "an issue of the domain is missing", found=key)
    for name in names:
        if name not in domain.keys:
            raise place.refuse(
                MISMATCH, "the domain has no such issue", found=name, allowed=", ".join(domain.keys)
            )


def _row(value: Any, labels: tuple[Option, ...], place: Place) -> Row:
    utilities = _object(value, place)
    for name in _DISCRETE:
        if name in utilities:
            table, inside = _member(*_member(utilities, place, name), "valueUtilities")
            return Row(tuple(_utility(table, str(label), inside) for label in labels))
    for name in _NUMBER:
        if name in utilities:
            return _line(*_member(utilities, place, name), labels)
    raise place.refuse(
        UNREPRESENTABLE,
        "this kind of utilities cannot be represented",
        found=next(iter(utilities), "an empty object"),
        allowed=", ".join((*_DISCRETE, *_NUMBER)),
    )


def _utility(table: Mapping[str, Any], label: str, place: Place) -> float:
    if label not in table:
        raise place.refuse(MISMATCH, "an option of the domain has no utility", found=label)
    return finite(table[label], place.inside(label), "the utility")


def _line(line: Mapping[str, Any], place: Place, labels: tuple[Option, ...]) -> Row:
    names = ("lowValue", "highValue", "lowUtility", "highUtility")
    for name in names:
        if name not in line:
            raise place.refuse(INCOMPLETE, f"{name!r} is missing")
    low, high, at_low, at_high = (_decimal(line[name], place, name) for name in names)
    numbers = [Decimal(str(label)) for label in labels if not isinstance(label, str)]
    if len(numbers) < len(labels) or low >= high or numbers[0] != low or numbers[-1] > high:
        raise place.refuse(
            MISMATCH,
            "the line does not fit the issue's range",
            found=f"{low} to {high}",
            allowed=f"{labels[0]} to {labels[-1]}",
        )
    if not (0 <= at_low <= 1 and 0 <= at_high <= 1):
        raise place.refuse(MALFORMED, "a utility outside 0 to 1", found=f"{at_low} to {at_high}")
    exact = (at_low + (at_high - at_low) * (number - low) / (high - low) for number in numbers)
    return Row(tuple(float(value.quantize(_EIGHT_DECIMALS, rounding=ROUND_HALF_UP)) for value in exact))


def _reservation(bid: Any, domain: Domain, place: Place) -> tuple[int | None, ...] | None:
    """Return the option of every issue in the reservation bid, None for issues that it leaves open."""
    if bid is None:
        return None
    values, inside = _member(_object(bid, place), place, "issuevalues")
    for name in values:
        if name not in domain.keys:
            raise inside.refuse(MISMATCH, "the domain has no such issue", found=name)
    return tuple(
        _option(values[key], labels, inside.inside(key)) if key in values else None
        for key, labels in zip(domain.keys, domain.labels, strict=True)
    )


def _option(value: Any, labels: tuple[Option, ...], place: Place) -> int:
    for number, label in enumerate(labels):
        if str(label) == str(value) or (not isinstance(label, str) and _same_number(label, value)):
            return number
    raise place.refuse(MISMATCH, "the issue has no such option", found=value)


def _same_number(label: float, value: Any) -> bool:
    return isinstance(value, int | Decimal) and float(value) == label


def _value(reservation: tuple[int | None, ...], weights: tuple[float, ...], rows: tuple[Row, ...]) -> float:
    """Return the utility of a bid; an issue that it leaves open counts zero, as in GeniusWeb."""
    total = 0.0
    for option, weight, row in zip(reservation, weights, rows, strict=True):
        total += 0.0 if option is None else weight * row.values[option]
    return total
