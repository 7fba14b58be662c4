"""Genius's nonlinear utility spaces: an amount for every hyper-rectangle that an outcome lies in.

From the public source of Genius 10.4: ``NonlinearUtilitySpace`` divides what ``UtilityFunction`` gives by the
file's ``maxutility``; a function with aggregation "sum" adds its rectangles and, times their weights, the
functions inside it; the weight of the outermost function is not used. ``InclusiveHyperRectangle`` gives its
utility, times its weight, where every bound holds (always, without bounds); ``ExclusiveHyperRectangle`` where
at least one bound fails. Bounds are inclusive.
"""

from __future__ import annotations

from collections.abc import Iterator

from winset.case.formats.profile import Domain
from winset.case.formats.source import (
    INCOMPLETE,
    MALFORMED,
    MAX_CLAUSE_OPTIONS,
    MISMATCH,
    UNREPRESENTABLE,
    finite,
    whole,
)
from winset.case.formats.xml_tree import Element
from winset.model.issues import Clause

Adds = tuple[tuple[Clause, float], ...]


def rectangles(root: Element, domain: Domain) -> Adds:
    """Return what each hyper-rectangle adds to the utility, as a share of the file's largest utility.

    Exclusive rectangles become two entries: the amount everywhere, and the same amount less inside.

    Raises
    ------
    InputError
        When the utility function is missing or malformed, or aggregates in another way than by sum.
    """
    utility = next(root.walk("utility"), None)
    if utility is None:
        raise root.place.refuse(INCOMPLETE, "the nonlinear space has no <utility>")
    largest = finite(utility.get("maxutility"), utility.place, "maxutility")
    if largest <= 0.0:
        raise utility.place.refuse(MALFORMED, "maxutility is not positive", found=largest)
    functions = utility.named("ufun")
    if not functions:
        raise utility.place.refuse(INCOMPLETE, "the nonlinear space has no <ufun>")
    adds: list[tuple[Clause, float]] = []
    size = 0
    for clause, amount in _amounts(functions[0], 1.0, domain):
        size += sum(len(options) for _, options in clause.terms)
        if size > MAX_CLAUSE_OPTIONS:
            raise utility.place.refuse(UNREPRESENTABLE, "the hyper-rectangles are too many and too wide")
        if amount != 0.0:
            adds.append((clause, amount / largest))
    return tuple(adds)


def _amounts(function: Element, factor: float, domain: Domain) -> Iterator[tuple[Clause, float]]:
    aggregation = function.attributes.get("aggregation", "sum")
    if aggregation.lower() != "sum":
        raise function.place.refuse(
            UNREPRESENTABLE, "this aggregation cannot be represented", found=aggregation, allowed="sum"
        )
    for child in function.children:
        if child.tag == "hyperRectangle":
            yield from _rectangle(child, factor, domain)
        elif child.tag == "ufun":
            yield from _amounts(child, factor * _weight(child), domain)
        else:
            raise child.place.refuse(
                UNREPRESENTABLE,
                "this part of a utility function cannot be represented",
                found=f"<{child.tag}>",
                allowed="<hyperRectangle> or <ufun>",
            )


def _rectangle(element: Element, factor: float, domain: Domain) -> Iterator[tuple[Clause, float]]:
    amount = factor * _weight(element) * finite(element.get("utility"), element.place, "the utility")
    included, excluded = element.named("INCLUDES"), element.named("EXCLUDES")
    if included and excluded:
        raise element.place.refuse(
            UNREPRESENTABLE,
            "a hyper-rectangle has both kinds of bounds",
            allowed="only INCLUDES or only EXCLUDES (Genius ignores the former next to the latter)",
        )
    inside = _clause(included or excluded, domain)
    if excluded:
        yield Clause(), amount
        amount = -amount
    if inside is not None:
        yield inside, amount


def _weight(element: Element) -> float:
    if "weight" not in element.attributes:
        return 1.0
    return finite(element.attributes["weight"], element.place, "the weight")


def _clause(bounds: tuple[Element, ...], domain: Domain) -> Clause | None:
    """Return the clause that every bound together amount to, or None when no outcome lies inside."""
    inside: Clause | None = Clause()
    for bound in bounds:
        key = bound.get("index")
        if key not in domain.keys:
            raise bound.place.refuse(
                MISMATCH, "the domain has no issue with this index", found=key, allowed=", ".join(domain.keys)
            )
        issue = domain.keys.index(key)
        first, last = _integer_bounds(domain, issue, bound)
        low = max(first, whole(bound.get("min"), bound.place, "min"))
        high = min(last, whole(bound.get("max"), bound.place, "max"))
        if low > high:
            return None
        if (low, high) != (first, last) and inside is not None:
            inside = inside.conjoin(Clause.of({issue: range(low - first, high - first + 1)}))
    return inside


def _integer_bounds(domain: Domain, issue: int, bound: Element) -> tuple[int, int]:
    """Return the lowest and the highest option of an integer issue."""
    first, last = domain.labels[issue][0], domain.labels[issue][-1]
    if not isinstance(first, int) or not isinstance(last, int):
        raise bound.place.refuse(
            MISMATCH, "a bound on an issue that is not integer", found=domain.space.names[issue]
        )
    return first, last
