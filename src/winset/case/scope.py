"""What names mean: issues and their options, sources, statements; and clauses made of them."""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from winset.case.nodes import Place, Table
from winset.case.problems import Problems, describe, listing
from winset.case.scalars import number
from winset.case.schema import Based
from winset.model.issues import Clause, Issue, Option, Outcome
from winset.model.judgement import Basis

MENTIONS_LIMIT: Final = 5_000_000
"""Options that all clauses of a file name together."""


@dataclass(frozen=True)
class KnownIssue:
    """An issue of the file with its place in the order; `issue` is None where its definition is wrong."""

    index: int
    issue: Issue | None
    ranged: bool = False

    @cached_property
    def _numbers(self) -> dict[float, int]:
        options = self.issue.options if self.issue else ()
        return {option: index for index, option in enumerate(options) if not isinstance(option, str)}

    @cached_property
    def _ascending(self) -> list[float]:
        return list(self._numbers)  # a range is made in this order

    @cached_property
    def _texts(self) -> dict[str, int]:
        options = self.issue.options if self.issue else ()
        return {option: index for index, option in enumerate(options) if isinstance(option, str)}

    def find(self, option: Option) -> int | None:
        """Return the index of an option, or None.

        A number written as text means the number where the issue has no such text, and the other way round:
        keys of mappings are always text for some writers of YAML and JSON.
        """
        if isinstance(option, str):
            index = self._texts.get(option)
            return index if index is not None else self._number(number(option))
        index = self._number(option)
        return index if index is not None else self._texts.get(str(option))

    def _number(self, option: Option) -> int | None:
        return None if isinstance(option, str) else self._numbers.get(option)

    def within(self, low: Option, high: Option) -> tuple[int, ...]:
        """Return the options of a range from `low` to `high`, both included."""
        least, most = (number(bound) if isinstance(bound, str) else bound for bound in (low, high))
        if isinstance(least, str) or isinstance(most, str):
            return ()
        return tuple(
            range(bisect.bisect_left(self._ascending, least), bisect.bisect_right(self._ascending, most))
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The options as text."""
        return tuple(str(option) for option in self.issue.options) if self.issue else ()


class Budget:
    """How many options the clauses of a file may still name: few characters can name a hundred thousand."""

    def __init__(self) -> None:
        self._left = MENTIONS_LIMIT

    def spend(self, options: int) -> bool:
        """Take so many; return whether there were as many left."""
        self._left -= options
        return self._left >= 0


@dataclass(frozen=True)
class Scope:
    """The names that a file defines, and where problems with the use of names go."""

    problems: Problems
    issues: Mapping[str, KnownIssue]
    sources: Mapping[str, object]
    statements: Mapping[str, object]
    budget: Budget = field(default_factory=Budget)

    @cached_property
    def issue_names(self) -> tuple[str, ...]:
        """The names of all issues."""
        return tuple(self.issues)

    def basis(self, entry: object, place: Place, enclosing: Basis | None = None) -> Basis:
        """Return what an entry rests on, by itself or by what it is part of; E033 for an unknown source."""
        if not isinstance(entry, Based):
            return enclosing or Basis()
        if entry.source is not None:
            self.check_source(entry.source, place.at("source"))
        return Basis(entry.source, entry.because) or enclosing or Basis()

    def check_source(self, source: str, place: Place) -> None:
        """Note E033 when there is no such source."""
        if source not in self.sources:
            valid = tuple(self.sources)
            self.problems.add(place, "E033", "there is no such source", found=source, valid=valid)

    def issue(self, name: str, place: Place) -> KnownIssue | None:
        """Return the issue with this name; None, and E030 noted, when there is none."""
        known = self.issues.get(name)
        if known is None:
            self.problems.add(place, "E030", "there is no such issue", found=name, valid=self.issue_names)
        return known

    def option(self, known: KnownIssue, option: Option, place: Place) -> int | None:
        """Return the index of an option; None where there is none (E031 noted) or the issue itself is wrong."""
        if known.issue is None:
            return None
        index = known.find(option)
        if index is None:
            message = f"the issue '{known.issue.name}' has no such option"
            self.problems.add(place, "E031", message, found=str(option), valid=known.names)
        return index

    def clause(self, terms: Mapping[str, Any], place: Place, *, may_be_empty: bool = False) -> Clause | None:
        """Return the clause that `terms` write, or None where something is wrong with it.

        Notes
        -----
        E030 unknown issue, E031 unknown option, E035 an option named twice, E058 empty, E059 an interval
        without an option.
        """
        if not terms and not may_be_empty:
            self.problems.add(
                place, "E058", "empty terms would fit every outcome", allowed="at least one issue"
            )
            return None
        meant: dict[int, tuple[int, ...]] = {}
        for name, options in terms.items():
            at = place.at(name)
            known = self.issue(name, at.by_key())
            found = self._options(known, options, at) if known is not None and known.issue is not None else None
            if known is not None and found is not None:
                meant[known.index] = found
        return Clause.of(meant) if len(meant) == len(terms) else None

    def _options(self, known: KnownIssue, options: Any, place: Place) -> tuple[int, ...] | None:
        """Return the options that one issue of a clause names, or None where something is wrong."""
        if not isinstance(options, list):
            index = self.option(known, options, place)
            return None if index is None else (index,)
        if known.ranged and len(options) == 2 and not any(isinstance(item, list) for item in options):
            return self._interval(known, options, place)
        meant: list[int] = []
        for number_, item in enumerate(options):
            at = place.at(number_)
            if isinstance(item, list):
                within = self._interval(known, item, at)
            else:
                index = self.option(known, item, at)
                within = None if index is None else (index,)
            if within is None:
                return None
            if set(within) & set(meant):
                self.problems.add(at, "E035", "an option is named twice", found=describe(item))
                return None
            meant += within
        return tuple(meant)

    def _interval(self, known: KnownIssue, bounds: list[Option], place: Place) -> tuple[int, ...] | None:
        if not known.ranged or len(bounds) != 2:
            allowed = "[low, high] for an issue with a range, options for any other"
            self.problems.add(place, "E022", "this cannot stand here", found=describe(bounds), allowed=allowed)
            return None
        within = known.within(*bounds)
        if not self.budget.spend(len(within)):
            message = "the terms of the file name too many options in all"
            self.problems.add(place, "E041", message, allowed=f"{MENTIONS_LIMIT:,}; a larger step helps")
            self.problems.stop()
        if not within:
            found, names = f"[{bounds[0]}, {bounds[1]}]", known.names
            allowed = f"[low, high] between {names[0]} and {names[-1]} with an option inside"
            self.problems.add(place, "E059", "no option lies in this interval", found=found, allowed=allowed)
            return None
        return within

    def outcome(self, terms: Mapping[str, Option], place: Place) -> Outcome | None:
        """Return the outcome that `terms` write; None, and E030, E031 or E056 noted, where they write none."""
        chosen: dict[int, int] = {}
        for name, option in terms.items():
            at = place.at(name)
            known = self.issue(name, at.by_key())
            index = self.option(known, option, at) if known is not None else None
            if known is not None and index is not None:
                chosen[known.index] = index
        missing = [name for name in self.issues if name not in terms]
        if missing:
            message = f"an outcome names every issue; missing: {listing(missing)}"
            self.problems.add(place, "E056", message)
        if len(chosen) != len(self.issues):
            return None
        return tuple(chosen[index] for index in range(len(chosen)))


def keys(place: Place) -> dict[str, Option]:
    """Return the keys of the table at `place`: their text, and what they mean (text or number)."""
    if not isinstance(place.node, Table):
        return {}
    found: dict[str, Option] = {}
    for text, entry in place.node.entries.items():
        value = entry.key.value
        found[text] = value if isinstance(value, str | int | float) and not isinstance(value, bool) else text
    return found
