"""What every finding carries, and the neutral form in which any finding can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from winset._version import VERSION

Json = dict[str, Any]


class Status(StrEnum):
    """How far an answer can be relied on."""

    EXACT = "exact"
    BOUNDED = "bounded"
    SAMPLED = "sampled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an answer came about.

    Attributes
    ----------
    method : str
        What was done, in a phrase.
    parameters : mapping
        Everything but the case that the answer depends on.
    seed : int or None
        None where nothing was drawn.
    references : tuple of str
        Author, year and title of the papers that the method follows.
    reason : str or None
        Why the status is not better, where a reader would ask.
    version : str
        Version of winset.
    """

    method: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    references: tuple[str, ...] = ()
    reason: str | None = None
    version: str = VERSION

    def to_dict(self) -> Json:
        """Return the JSON form."""
        document: Json = {"method": self.method, "parameters": dict(self.parameters)}
        if self.seed is not None:
            document["seed"] = self.seed
        document["version"] = self.version
        document["references"] = list(self.references)
        if self.reason is not None:
            document["reason"] = self.reason
        return document


@dataclass(frozen=True, slots=True)
class Section:
    """A finding for readers, free of any output format: a title, sentences, and at most one table.

    Attributes
    ----------
    title : str
    sentences : tuple of str
    columns : tuple of str
        Column headings; empty without a table.
    rows : tuple of tuple of str
        One text for each column.
    """

    title: str
    sentences: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@runtime_checkable
class Finding(Protocol):
    """What an analysis returns."""

    @property
    def status(self) -> Status:
        """How far the answer can be relied on."""

    @property
    def provenance(self) -> Provenance:
        """How it came about."""

    def to_dict(self) -> Json:
        """Return the JSON form, with ``status`` and ``provenance`` among its keys."""

    def section(self) -> Section | None:
        """Return the form for readers; None where there is nothing to show."""
