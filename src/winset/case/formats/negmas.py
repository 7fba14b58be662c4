"""NegMAS YAML: a Cartesian outcome space, and additive utility functions.

What NegMAS computes, from its public source (``negmas.outcomes``, ``negmas.preferences``):

- ``LinearAdditiveUtilityFunction``: bias plus the sum of weight times value; values by position or by issue
  name; an issue that is not named has weight 1 and the identity as its value. Nothing is normalised.
- ``AffineUtilityFunction``, ``LinearUtilityFunction``: the same over numbers, with the identity as every value.
- ``ConstUtilityFunction``: one utility for every outcome.
- ``ExpDiscountedUFun``: ``discount ** factor`` times another function; `factor` names a quantity of the
  session, of which only the relative time can be represented.
- ``reserved_value``: minus infinity when missing, so that every agreement is acceptable.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from winset.case.formats.profile import Domain, Profile, RawIssue, Row, lowest, make_domain
from winset.case.formats.source import (
    INCOMPLETE,
    MALFORMED,
    MAX_OPTIONS,
    MISMATCH,
    UNREPRESENTABLE,
    Place,
    Source,
    finite,
    whole,
)
from winset.case.formats.value_functions import tabulate
from winset.case.formats.yaml_tree import parse_yaml
from winset.model.issues import Clause, Option

#: Numbers of this size are still exact, as integers and as floats.
_LARGEST: Final = 2**53

_LISTS: Final = ("CategoricalIssue", "DiscreteOrdinalIssue", "DiscreteCardinalIssue", "SingletonIssue")
_RANGE: Final = "ContiguousIssue"
_ADDITIVE: Final = ("LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction")
_AFFINE: Final = ("AffineUtilityFunction", "LinearUtilityFunction")
_CONSTANT: Final = "ConstUtilityFunction"
_DISCOUNTED: Final = "ExpDiscountedUFun"
_NORMALISED_TIME: Final = "relative_time"


@dataclass(frozen=True, slots=True)
class _Function:
    """A utility function: an additive part and a constant."""

    weights: tuple[float, ...]
    rows: tuple[Row, ...]
    bias: float


def read_domain(source: Source) -> Domain:
    """Return the domain of an outcome space file.

    Raises
    ------
    InputError
        When the file is malformed or an issue has not finitely many options.
    """
    document = _mapping(parse_yaml(source), source.place)
    issues = document.get("issues")
    if not isinstance(issues, list):
        raise source.place.refuse(INCOMPLETE, "the outcome space has no list of issues", found=issues)
    raw_issues = (
        _raw_issue(_mapping(issue, place), number, place)
        for number, issue in enumerate(issues)
        for place in (source.place.inside(f"issues.{number}"),)
    )
    return make_domain(str(document.get("name") or ""), raw_issues, source.place)


def read_profile(source: Source, domain: Domain) -> Profile:
    """Return the preferences of a utility function file over the domain.

    Raises
    ------
    InputError
        When the file is malformed, does not fit the domain, or holds what cannot be represented.
    """
    place = source.place
    document = _mapping(parse_yaml(source), place)
    name = str(document.get("name") or PurePath(source.path.name).stem)
    reserved = [document.get("reserved_value")]
    discount = None
    while _kind(document, place) == _DISCOUNTED:
        discount = _discount(document, place, discount)
        place = place.inside("ufun")
        document = _mapping(document.get("ufun"), place)
        reserved.append(document.get("reserved_value"))
    function = _function(document, domain, place)
    reservation = _reservation([value for value in reserved if value is not None], place)
    return Profile(
        file=source.path.name,
        name=name,
        weights=function.weights,
        rows=function.rows,
        adds=((Clause(), function.bias),) if function.bias != 0.0 else (),
        reservation=lowest(function.weights, function.rows, function.bias)
        if reservation is None
        else reservation,
        because="no reserved value, so every agreement is acceptable: the lowest utility"
        if reservation is None
        else None,
        discount=discount,
    )


def _mapping(value: Any, place: Place) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise place.refuse(MALFORMED, "not a mapping", found=value)
    return value


def _kind(document: Mapping[Any, Any], place: Place) -> str:
    """Return the class that `type` names, without its module."""
    if "type" not in document:
        raise place.refuse(INCOMPLETE, "'type' is missing")
    return str(document["type"]).rsplit(".", 1)[-1]


def _raw_issue(issue: Mapping[Any, Any], number: int, place: Place) -> RawIssue:
    kind = _kind(issue, place)
    name = str(issue.get("name") or f"issue{number}")
    values = issue.get("values")
    if kind == _RANGE:
        return RawIssue(name, name, _contiguous(values, place), True, place)
    if kind not in _LISTS:
        raise place.refuse(
            UNREPRESENTABLE,
            f"issues of this type cannot be represented: {name!r}",
            found=kind,
            allowed=", ".join((*_LISTS, _RANGE)),
        )
    if not isinstance(values, list):
        raise place.refuse(MALFORMED, "the options are not a list", found=values)
    ordered = kind in ("DiscreteOrdinalIssue", "DiscreteCardinalIssue")
    return RawIssue(name, name, tuple(_option(value, place) for value in values), ordered, place)


def _contiguous(values: Any, place: Place) -> tuple[Option, ...]:
    """Return the integers of a contiguous issue: [low, high], or a count that starts at 0."""
    if isinstance(values, list) and len(values) == 2:
        low, high = (whole(value, place, "the bound") for value in values)
    else:
        low, high = 0, whole(values, place, "the number of options") - 1
    if low > high:
        raise place.refuse(MALFORMED, "an empty range", found=f"{low} to {high}")
    if high - low >= MAX_OPTIONS:
        raise place.refuse(
            UNREPRESENTABLE,
            "the issue has too many options",
            found=f"{low} to {high}",
            allowed=f"at most {MAX_OPTIONS:,}",
        )
    return tuple(range(low, high + 1))


def _option(value: Any, place: Place) -> Option:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise place.refuse(
            UNREPRESENTABLE,
            "an option that is neither text nor a number (in quotes it would be text)",
            found=value,
        )
    if not isinstance(value, str) and not abs(value) < _LARGEST:
        raise place.refuse(MALFORMED, "an option that is not a finite number", found=value)
    return value


def _discount(document: Mapping[Any, Any], place: Place, outer: float | None) -> float | None:
    raw = document.get("discount")
    factor = 1.0 if raw is None else finite(raw, place, "the discount")
    if factor in (0.0, 1.0):  # NegMAS discounts by neither
        return outer
    if document.get("factor", "step") != _NORMALISED_TIME:
        raise place.refuse(
            UNREPRESENTABLE,
            "a discount that does not run with the relative time cannot be represented",
            found=document.get("factor", "step"),
            allowed=_NORMALISED_TIME,
        )
    total = factor * (1.0 if outer is None else outer)
    if not 0.0 < total < 1.0:
        raise place.refuse(
            UNREPRESENTABLE, "the discount is out of range", found=total, allowed="between 0 and 1"
        )
    return total


def _reservation(values: list[Any], place: Place) -> float | None:
    """Return the reserved value, or None for minus infinity; layers of a discounted function have to agree."""
    numbers = {
        float(value)
        for value in values
        if isinstance(value, int | float) and not isinstance(value, bool) and value != -math.inf
    }
    others = [value for value in values if isinstance(value, bool) or not isinstance(value, int | float)]
    if others or len(numbers) > 1 or not all(math.isfinite(number) for number in numbers):
        raise place.refuse(
            UNREPRESENTABLE,
            "the reserved value cannot be represented",
            found=(others or sorted(numbers))[0],
            allowed="one number, or -.inf",
        )
    return next(iter(numbers), None)


def _function(document: Mapping[Any, Any], domain: Domain, place: Place) -> _Function:
    kind = _kind(document, place)
    if document.get("constraints"):
        raise place.refuse(UNREPRESENTABLE, "constraints of a utility function cannot be represented")
    if kind == _CONSTANT:
        zeros = tuple(Row((0.0,) * len(labels)) for labels in domain.labels)
        bias = finite(document.get("value"), place.inside("value"), "the utility")
        return _Function((1.0,) * len(domain.keys), zeros, bias)
    raw_bias = document.get("bias")
    bias = 0.0 if raw_bias is None else finite(raw_bias, place.inside("bias"), "the bias")
    if kind in _AFFINE:
        count = len(domain.keys)
        weights = _weights(document.get("weights"), domain, 1.0 / count, place.inside("weights"))
        return _Function(weights, _rows({}, domain, place), bias)
    if kind in _ADDITIVE:
        weights = _weights(document.get("weights"), domain, 1.0, place.inside("weights"))
        return _Function(weights, _rows(document.get("values"), domain, place.inside("values")), bias)
    raise place.refuse(
        UNREPRESENTABLE,
        "this utility function cannot be represented",
        found=kind,
        allowed=", ".join((*_ADDITIVE, *_AFFINE, _CONSTANT, _DISCOUNTED)),
    )


def _by_issue(entries: Any, domain: Domain, place: Place) -> dict[str, Any]:
    """Return entries that are given by position or by issue name, by name."""
    if isinstance(entries, Mapping):
        for name in entries:
            if name not in domain.keys:
                raise place.refuse(
                    MISMATCH, "the domain has no such issue", found=name, allowed=", ".join(domain.keys)
                )
        return {str(name): entry for name, entry in entries.items()}
    if not isinstance(entries, list) or len(entries) != len(domain.keys):
        raise place.refuse(
            MISMATCH, "not one entry for each issue", found=entries, allowed=f"{len(domain.keys)} entries"
        )
    return dict(zip(domain.keys, entries, strict=True))


def _weights(entries: Any, domain: Domain, default: float, place: Place) -> tuple[float, ...]:
    if entries is None:
        return (default,) * len(domain.keys)
    by_issue = _by_issue(entries, domain, place)
    return tuple(
        finite(by_issue[key], place.inside(key), "the weight") if key in by_issue else 1.0
        for key in domain.keys
    )


def _rows(entries: Any, domain: Domain, place: Place) -> tuple[Row, ...]:
    by_issue = _by_issue(entries, domain, place)
    identity = {"type": "IdentityFun"}
    return tuple(
        Row(tabulate(by_issue.get(key, identity), labels, place.inside(key)))
        for key, labels in zip(domain.keys, domain.labels, strict=True)
    )
