"""What two answers are compared by: the figures of a result, read from its JSON document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from winset.findings.base import Json

T = TypeVar("T")
Terms = tuple[tuple[str, str | float], ...]
"""An outcome: issue and option."""


class NotAResult(ValueError):
    """The document is none that an analysis writes; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability and its standard error; None where unknown."""

    probability: float | None
    standard_error: float | None

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {"probability": self.probability, "standard_error": self.standard_error}


@dataclass(frozen=True, slots=True)
class Ranked:
    """An agreement of the list: its terms as issue and option, and the share of draws that accept it."""

    terms: Terms
    acceptability: float

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {"terms": dict(self.terms), "acceptability": self.acceptability}


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a result; what it does not hold is None or empty.

    Attributes
    ----------
    case, title, version : str
    seed, draws : int
    changes : tuple of str
        What was supposed.
    outcomes : str
        Number of outcomes.
    zone : Chance
        Probability of a zone.
    by_account : mapping of str to Chance
        The same by account.
    central : bool or None
        Whether the central reading has a zone.
    agreements : tuple of Ranked, or None
        Best first.
    lifts : mapping of str to float or None
        By demand: the probability of a zone without it.
    gains : mapping of str to float or None
        By demand: how much that is above the probability with it.
    frontier : int or None
        Number of outcomes on the frontier, as far as they were found.
    frontier_status : str
    solutions : mapping of str to tuple of terms, or None
        By name of the solution.
    """

    case: str
    title: str
    version: str
    seed: int
    draws: int
    changes: tuple[str, ...]
    outcomes: str
    zone: Chance
    by_account: Mapping[str, Chance]
    central: bool | None
    agreements: tuple[Ranked, ...] | None
    lifts: Mapping[str, float | None]
    gains: Mapping[str, float | None]
    frontier: int | None
    frontier_status: str
    solutions: Mapping[str, Terms | None]


def is_result(document: object) -> bool:
    """Whether a JSON document names the version of winset that wrote it, as results do and cases do not."""
    return isinstance(document, dict) and isinstance(document.get("winset"), str)


def result_of(document: object) -> Result:
    """Return the figures of a result.

    Parameters
    ----------
    document : object
        What `Analysis.to_dict` returns, or JSON read from a file.

    Raises
    ------
    NotAResult
        When something needed is missing, or of another kind than an analysis writes.
    """
    root = _Part(document, "the document")
    case, zone = root.part("case"), root.part("zone")
    blockers, frontier, solutions = (root.optional(key) for key in ("blockers", "frontier", "solutions"))
    lifts = blockers.parts("lift") if blockers is not None else ()
    return Result(
        case=case.get("id", str),
        title=case.get("title", str),
        version=root.get("winset", str),
        seed=root.get("seed", int),
        draws=root.get("draws", int),
        changes=tuple(root.texts("changes")),
        outcomes=case.get("outcomes", str),
        zone=_chance(zone),
        by_account={name: _chance(part) for name, part in zone.part("by_account").named()},
        central=zone.part("central").maybe("exists", bool),
        agreements=_agreements(root),
        lifts={lift.get("demand", str): lift.number("probability_without") for lift in lifts},
        gains={lift.get("demand", str): lift.number("gain") for lift in lifts},
        frontier=None if frontier is None or frontier.status == "unknown" else frontier.get("size", int),
        frontier_status="unknown" if frontier is None else frontier.status,
        solutions={} if solutions is None else dict(_solutions(solutions)),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A mapping of the document, and how to call it; says what is wrong where it is not as written."""

    value: object
    name: str

    def mapping(self) -> Mapping[str, Any]:
        if not isinstance(self.value, dict):
            raise NotAResult(f"{self.name} is no mapping")
        return self.value

    def part(self, key: str) -> _Part:
        if key not in self.mapping():
            raise NotAResult(f"{self.name} has no '{key}'")
        return _Part(self.mapping()[key], key)

    def optional(self, key: str) -> _Part | None:
        return self.part(key) if key in self.mapping() else None

    def parts(self, key: str) -> tuple[_Part, ...]:
        items = self.get(key, list)
        return tuple(_Part(item, f"'{key}', item {number}") for number, item in enumerate(items))

    def named(self) -> tuple[tuple[str, _Part], ...]:
        return tuple((name, _Part(value, f"'{name}'")) for name, value in self.mapping().items())

    def get(self, key: str, kind: type[T]) -> T:
        value = self.part(key).value
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise NotAResult(f"'{key}' in {self.name} is not what an analysis writes there")
        return value

    def maybe(self, key: str, kind: type[T]) -> T | None:
        return None if self.part(key).value is None else self.get(key, kind)

    def number(self, key: str) -> float | None:
        value = self.part(key).value
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise NotAResult(f"'{key}' in {self.name} is no number")
        return None if value is None else float(value)

    def texts(self, key: str) -> list[str]:
        texts = self.get(key, list) if key in self.mapping() else []
        if not all(isinstance(text, str) for text in texts):
            raise NotAResult(f"'{key}' in {self.name} is no list of texts")
        return texts

    def terms(self) -> Terms:
        return tuple((issue, self._option(issue)) for issue in self.part("terms").mapping())

    def _option(self, issue: str) -> str | float:
        option = self.part("terms").mapping()[issue]
        if isinstance(option, bool) or not isinstance(option, str | int | float):
            raise NotAResult(f"'{issue}' in the terms of {self.name} is no option")
        return option

    @property
    def status(self) -> str:
        return self.get("status", str)


def _chance(part: _Part) -> Chance:
    return Chance(part.number("probability"), part.number("standard_error"))


def _agreements(root: _Part) -> tuple[Ranked, ...] | None:
    if "agreements" not in root.mapping():
        return None
    ranked = []
    for part in root.parts("agreements"):
        share = part.number("acceptability")
        if share is None:
            raise NotAResult(f"'acceptability' in {part.name} is no number")
        ranked.append(Ranked(part.terms(), share))
    return tuple(ranked)


def _solutions(part: _Part) -> Iterator[tuple[str, Terms | None]]:
    """Yield the terms that each solution picks; what else the section holds is no solution."""
    for name, inner in part.named():
        if inner.value is None:
            yield name, None
        elif isinstance(inner.value, dict) and "terms" in inner.value:
            yield name, inner.terms()
