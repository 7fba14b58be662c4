"""Genius XML: a domain template, and utility spaces that are additive over discrete and integer issues.

What Genius computes, from the public source of Genius 10.4 (package ``genius.core.utility``; Lin et al. 2014,
Genius: an integrated environment for supporting the design of generic automated negotiators, Computational
Intelligence 30):

- ``AdditiveUtilitySpace``: utility is the sum of weight times evaluation, in the order of the issues. Weights
  are taken as they stand, whatever they add up to. Only an issue's own weight counts, not that of an objective
  above.
- ``EvaluatorDiscrete``: evaluation divided by the issue's largest evaluation; zero when that is below 1e-5.
- ``EvaluatorInteger``: ``offset + slope * (x - lower bound)``, clipped to [0, 1]. The older form with
  ``parameter0`` and ``parameter1`` is ``parameter0 + parameter1 * x``, clipped.
- ``AbstractUtilitySpace``: a missing reservation value is 0; a discount factor outside (0, 1] is none.

Genius shows a utility above 1 as 1. That cap is not additive and is left out; the note of a profile that may
exceed 1 says so.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from winset.case.formats.hyperrectangle import Adds, rectangles
from winset.case.formats.profile import Domain, Profile, RawIssue, Row, highest, is_line, make_domain
from winset.case.formats.source import (
    INCOMPLETE,
    MALFORMED,
    MAX_OPTIONS,
    MISMATCH,
    UNREPRESENTABLE,
    Source,
    finite,
    whole,
)
from winset.case.formats.xml_tree import Element, parse_xml
from winset.model.issues import Option

_Parts = tuple[tuple[float, ...], tuple[Row, ...], Adds]
"""Weights, values by issue, and what hyper-rectangles add."""

#: Genius takes evaluations whose largest is below this for all zero (``EvaluatorDiscrete.normalize``).
_NO_EVALUATION: Final = 1e-5

#: Rounding of weights that add up to one.
_CAP_MARGIN: Final = 1e-9


def read_domain(source: Source) -> Domain:
    """Return the domain of a template, or of a utility space, which repeats its issues.

    Raises
    ------
    InputError
        When the file is malformed or has an issue that is neither discrete nor integer.
    """
    root = parse_xml(source)
    issues = (_raw_issue(element) for element in root.walk("issue"))
    objectives = list(root.walk("objective"))
    title = objectives[0].attributes.get("name", "") if objectives else ""
    return make_domain(title, issues, root.place)


def read_profile(source: Source, domain: Domain) -> Profile:
    """Return the preferences of a utility space over the domain's issues, which it names by their index.

    Raises
    ------
    InputError
        When the file is malformed, does not fit the domain, or holds what cannot be represented.
    """
    root = parse_xml(source)
    kind = root.attributes.get("type")
    if kind not in (None, "linear", "additive", "nonlinear"):
        raise root.place.refuse(
            UNREPRESENTABLE,
            "this kind of utility space cannot be represented",
            found=kind,
            allowed="additive or nonlinear (hyper-rectangles)",
        )
    weights, rows, adds = (_nonlinear if kind == "nonlinear" else _additive)(root, domain)
    reservation = _setting(root, "reservation")
    return Profile(
        file=source.path.name,
        name=PurePath(source.path.name).stem,
        weights=weights,
        rows=rows,
        adds=adds,
        reservation=0.0 if reservation is None else reservation,
        because="Genius takes a missing reservation value for 0" if reservation is None else None,
        discount=_discount(_setting(root, "discount_factor")),
        notes=_notes(highest(weights, rows), sum(amount for _, amount in adds if amount > 0.0)),
    )


def _additive(root: Element, domain: Domain) -> _Parts:
    elements = _by_index(root, domain)
    rows = (_row(elements[key], labels) for key, labels in zip(domain.keys, domain.labels, strict=True))
    return _weights(root, domain), tuple(rows), ()


def _nonlinear(root: Element, domain: Domain) -> _Parts:
    elements = _by_index(root, domain)
    for key, labels in zip(domain.keys, domain.labels, strict=True):
        _check_integer(elements[key], labels)
    rows = tuple(_constant(labels) for labels in domain.labels)
    return (1.0,) * len(domain.keys), rows, rectangles(root, domain)


def _is_integer(element: Element) -> bool:
    """Whether an issue is integer, not discrete; raise InputError where it is neither."""
    names = [element.attributes[name] for name in ("type", "etype", "vtype") if name in element.attributes]
    kind = names[0].lower() if names else "discrete"
    if kind not in ("discrete", "integer"):
        raise element.place.refuse(
            UNREPRESENTABLE,
            f"issues of this type cannot be represented: {element.attributes.get('name', '')!r}",
            found=kind,
            allowed="discrete or integer",
        )
    return kind == "integer"


def _raw_issue(element: Element) -> RawIssue:
    key, name, integer = element.get("index"), element.get("name"), _is_integer(element)
    if integer:
        low, high = _range(element)
        if high - low >= MAX_OPTIONS:
            raise element.place.refuse(
                UNREPRESENTABLE,
                f"the issue {name!r} has too many options",
                found=f"{low} to {high}",
                allowed=f"at most {MAX_OPTIONS:,}",
            )
        options: tuple[Option, ...] = tuple(range(low, high + 1))
        return RawIssue(key, name, options, True, element.place)
    # Genius keeps evaluations by the option's text, so that a repeated item is the same option.
    items = {item.get("value"): item.attributes.get("description", "") for item in element.named("item")}
    meanings = tuple(text if text != value and is_line(text) else None for value, text in items.items())
    return RawIssue(key, name, tuple(items), False, element.place, meanings)


def _range(element: Element) -> tuple[int, int]:
    """Return the bounds of an integer issue, from its attributes or, in older files, from its range."""
    holder = next(iter(element.named("range")), element)
    low = whole(holder.get("lowerbound"), holder.place, "the lower bound")
    high = whole(holder.get("upperbound"), holder.place, "the upper bound")
    if low > high:
        raise holder.place.refuse(MALFORMED, "the bounds are upside down", found=f"{low} to {high}")
    return low, high


def _by_index(root: Element, domain: Domain) -> dict[str, Element]:
    """Return the profile's issues by index, exactly those of the domain."""
    found: dict[str, Element] = {}
    for element in root.walk("issue"):
        key = element.get("index")
        if key in found:
            raise element.place.refuse(MALFORMED, "two issues have the same index", found=key)
        if key not in domain.keys:
            raise element.place.refuse(
                MISMATCH,
                "the domain has no issue with this index",
                found=f"{key} ({element.attributes.get('name', '')})",
                allowed=", ".join(domain.keys),
            )
        found[key] = element
    for key, name in zip(domain.keys, domain.space.names, strict=True):
        if key not in found:
            raise root.place.refuse(MISMATCH, "the profile lacks an issue of the domain", found=name)
    return found


def _weights(root: Element, domain: Domain) -> tuple[float, ...]:
    weights: dict[str, float] = {}
    for element in root.walk("weight"):
        weights[element.get("index")] = finite(element.get("value"), element.place, "the weight")
    for key, name in zip(domain.keys, domain.space.names, strict=True):
        if key not in weights:
            raise root.place.refuse(INCOMPLETE, "an issue has no weight", found=name)
    return tuple(weights[key] for key in domain.keys)


def _row(element: Element, labels: tuple[Option, ...]) -> Row:
    if _is_integer(element) and not element.named("item"):
        return _integer_row(element, labels)
    return _discrete_row(element, labels)


def _discrete_row(element: Element, labels: tuple[Option, ...]) -> Row:
    evaluations: dict[str, float] = {}
    for item in element.named("item"):
        text = item.attributes.get("evaluation", "null")
        if text != "null":
            evaluations[item.get("value")] = finite(text, item.place, "the evaluation")
    missing = [label for label in labels if str(label) not in evaluations]
    if missing:
        raise element.place.refuse(
            INCOMPLETE,
            f"an option of {element.attributes.get('name', '')!r} has no evaluation",
            found=missing[0],
        )
    # The largest of all evaluations in the file, also of options that the domain lacks, as in Genius.
    largest = max(evaluations.values())
    if largest < _NO_EVALUATION:
        return Row((0.0,) * len(labels))
    return Row(tuple(evaluations[str(label)] / largest for label in labels))


def _check_integer(element: Element, labels: tuple[Option, ...]) -> tuple[int, int]:
    """Return the bounds of an integer issue, which have to be those of the domain."""
    if not all(isinstance(label, int) for label in labels):
        raise element.place.refuse(
            MISMATCH, "the issue is discrete in the domain", found=element.attributes.get("name")
        )
    low, high = _range(element)
    if (low, high) != (labels[0], labels[-1]):
        raise element.place.refuse(
            MISMATCH,
            "the bounds are not those of the domain",
            found=f"{low} to {high}",
            allowed=f"{labels[0]} to {labels[-1]}",
        )
    return low, high


def _integer_row(element: Element, labels: tuple[Option, ...]) -> Row:
    low, high = _check_integer(element, labels)
    slope, offset = _line(element, low)
    ends = (offset, offset + slope * (high - low))
    if len(labels) > 1 and all(0.0 <= end <= 1.0 for end in ends):
        return Row(ends, points=(float(low), float(high)))
    return Row(tuple(min(max(offset + slope * step, 0.0), 1.0) for step in range(len(labels))))


def _line(element: Element, low: int) -> tuple[float, float]:
    """Return the slope of an integer issue's evaluation, and its value at the lower bound."""
    evaluators = element.named("evaluator")
    if not evaluators:
        return 0.0, 0.0  # Genius: both are zero until a file sets them
    evaluator = evaluators[0]
    kind = evaluator.attributes.get("ftype", "linear").lower()
    if kind not in ("linear", "constant"):
        raise evaluator.place.refuse(
            UNREPRESENTABLE, "unknown evaluation function", found=kind, allowed="linear or constant"
        )
    if "parameter0" in evaluator.attributes:
        slope = _parameter(evaluator, "parameter1") if kind == "linear" else 0.0
        return slope, _parameter(evaluator, "parameter0") + slope * low
    return _parameter(evaluator, "slope"), _parameter(evaluator, "offset")


def _parameter(evaluator: Element, name: str) -> float:
    return finite(evaluator.get(name), evaluator.place, f"the {name}")


def _constant(labels: tuple[Option, ...]) -> Row:
    """Return zeros: in a space of hyper-rectangles no issue counts by itself."""
    if len(labels) == 1:
        return Row((0.0,))
    return Row((0.0, 0.0), points=(float(labels[0]), float(labels[-1])))


def _setting(root: Element, tag: str) -> float | None:
    for element in root.walk(tag):
        return finite(element.get("value"), element.place, f"the {tag.replace('_', ' ')}")
    return None


def _discount(factor: float | None) -> float | None:
    return factor if factor is not None and 0.0 < factor < 1.0 else None


def _notes(additive: float, added: float) -> tuple[str, ...]:
    """Return what to say of utilities above 1: `additive` is reached, `added` is only a bound."""
    if additive > 1.0 + _CAP_MARGIN:
        return ("Genius shows utilities above 1 as 1; here they stay as they are:",)
    if added > 1.0 + _CAP_MARGIN:
        return ("Utilities above the file's maxutility, which Genius shows as 1, stay above 1 if any:",)
    return ()
