"""Issues, their options, and the outcome space they span."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

Option = str | int | float
Outcome = tuple[int, ...]
"""One option index for every issue, in the order of the issues."""


@dataclass(frozen=True, slots=True)
class Issue:
    """A matter under negotiation and the ways in which it can be settled.

    Attributes
    ----------
    name : str
        Identifier, as the case file writes it.
    options : tuple of str, int or float
        The possible settlements. Numbers for a `range` issue.
    ordered : bool
        Whether the order of the options carries meaning (always so for numbers).
    unit : str or None
        Unit of numeric options, for display.
    title : str or None
        What the issue is about, for readers.
    meanings : tuple of (str or None)
        For each option a sentence for readers, or None; empty when none has one.
    """

    name: str
    options: tuple[Option, ...]
    ordered: bool = False
    unit: str | None = None
    title: str | None = None
    meanings: tuple[str | None, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether every option is a number (a `range` issue)."""
        return all(not isinstance(option, str) for option in self.options)

    def label(self, option: int) -> str:
        """Text of the option with index `option`, with its unit."""
        value = self.options[option]
        text = f"{value:g}" if isinstance(value, float) else str(value)
        if self.unit is None:
            return text
        return f"{text} %" if self.unit in ("percent", "%") else f"{text} {self.unit}"

    def meaning(self, option: int) -> str:
        """Sentence that explains the option with index `option`; its label where the file gives none."""
        text = self.meanings[option] if self.meanings else None
        return text if text is not None else self.label(option)


@dataclass(frozen=True)
class Space:
    """The outcome space: the Cartesian product of the issues' options.

    An outcome's index is its mixed-radix number with the last issue fastest, a Python integer and therefore
    exact at any size.
    """

    issues: tuple[Issue, ...]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of options of each issue. Axis [I]."""
        return tuple(len(issue.options) for issue in self.issues)

    @cached_property
    def size(self) -> int:
        """Number of outcomes, exact."""
        return math.prod(self.sizes)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the issues, in order."""
        return tuple(issue.name for issue in self.issues)

    def index(self, outcome: Sequence[int]) -> int:
        """Return the index of `outcome`; raise ValueError when an option index is out of range."""
        if len(outcome) != len(self.sizes):
            raise ValueError(f"an outcome of {len(self.sizes)} issues, not {len(outcome)}")
        index = 0
        for option, size in zip(outcome, self.sizes, strict=True):
            if not 0 <= option < size:
                raise ValueError(f"option index {option} outside 0..{size - 1}")
            index = index * size + int(option)
        return index

    def outcome(self, index: int) -> Outcome:
        """Return the outcome with this index; raise ValueError when there is none."""
        if not 0 <= index < self.size:
            raise ValueError(f"outcome index {index} outside 0..{self.size - 1}")
        options: list[int] = []
        for size in reversed(self.sizes):
            index, option = divmod(index, size)
            options.append(option)
        return tuple(reversed(options))

    def terms(self, outcome: Sequence[int]) -> dict[str, Option]:
        """Return the outcome as people write it: issue name to option."""
        return {issue.name: issue.options[option] for issue, option in zip(self.issues, outcome, strict=True)}

    def find(self, terms: Mapping[str, Option]) -> Outcome:
        """Return the outcome that these terms name; raise KeyError or ValueError for an unknown one."""
        return tuple(issue.options.index(terms[issue.name]) for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Clause:
    """A partial assignment: for some issues, the set of options that it speaks of.

    An outcome matches when its option lies in the set for every issue named. The empty clause matches every
    outcome.

    Attributes
    ----------
    terms : tuple of (int, tuple of int)
        Pairs of issue index and option indices, both ascending, each issue at most once.
    """

    terms: tuple[tuple[int, tuple[int, ...]], ...] = ()

    @classmethod
    def of(cls, terms: Mapping[int, Sequence[int]]) -> Clause:
        """Make a clause in canonical order from issue index to option indices."""
        return cls(tuple((issue, tuple(sorted(set(options)))) for issue, options in sorted(terms.items())))

    @property
    def scope(self) -> tuple[int, ...]:
        """Indices of the issues that the clause names."""
        return tuple(issue for issue, _ in self.terms)

    def matches(self, outcome: Sequence[int]) -> bool:
        """Whether `outcome` fits the clause."""
        return all(outcome[issue] in options for issue, options in self.terms)

    def conjoin(self, other: Clause) -> Clause | None:
        """Return the clause that matches what both match, or None when nothing does."""
        merged = {issue: set(options) for issue, options in self.terms}
        for issue, options in other.terms:
            merged[issue] = merged.get(issue, set(options)) & set(options)
        if not all(merged.values()):
            return None
        return Clause.of({issue: sorted(options) for issue, options in merged.items()})

    def describe(self, space: Space) -> str:
        """Return the clause in words: ``boundary is road, and water_share is 0 to 55 %``."""
        parts = []
        for index, options in self.terms:
            issue = space.issues[index]
            run = list(options) == list(range(options[0], options[-1] + 1))
            if len(options) > 2 and run and issue.numeric:
                low = f"{issue.options[options[0]]:g}"
                text = f"{low} to {issue.label(options[-1])}"
            else:
                text = " or ".join(issue.label(option) for option in options)
            parts.append(f"{issue.name} is {text}")
        return ", and ".join(parts) if parts else "any terms"
