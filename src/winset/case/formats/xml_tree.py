"""XML as a tree with line numbers, read by the standard library's expat without document types or entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from winset.case.formats.source import INCOMPLETE, MALFORMED, Place, Source
from winset.errors import InputError

MAX_DEPTH: Final = 64
_SPACE: Final = b" \t\r\n"
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class Element:
    """An XML element; its text is not kept, the formats write everything into attributes."""

    tag: str
    attributes: dict[str, str]
    children: tuple[Element, ...]
    place: Place

    def walk(self, tag: str) -> Iterator[Element]:
        """Yield every descendant with this tag in document order, and look into none of these."""
        for child in self.children:
            if child.tag == tag:
                yield child
            else:
                yield from child.walk(tag)

    def named(self, tag: str) -> tuple[Element, ...]:
        """Return the children with this tag."""
        return tuple(child for child in self.children if child.tag == tag)

    def get(self, name: str) -> str:
        """Return an attribute; raise InputError where it is missing."""
        if name not in self.attributes:
            raise self.place.refuse(INCOMPLETE, f"<{self.tag}> lacks the attribute {name!r}")
        return self.attributes[name]


def parse_xml(source: Source) -> Element:
    """Return the root element.

    Blank lines before the first tag are allowed, as Genius allows them.

    Raises
    ------
    InputError
        When the file is not well-formed, declares a document type, or is nested deeper than `MAX_DEPTH`.
    """
    builder = _Builder(source)
    builder.feed(source.data.lstrip(_SPACE), final=True)
    if builder.root is None:
        raise source.place.refuse(MALFORMED, "not well-formed XML", found="no element")
    return builder.root


def root_tag(source: Source) -> str:
    """Return the tag of the root element, without reading further; raise InputError where there is none."""
    builder = _Builder(source)
    data = source.data.lstrip(_SPACE)
    for start in range(0, len(data), _CHUNK):
        try:
            builder.feed(data[start : start + _CHUNK], final=start + _CHUNK >= len(data))
        except InputError:
            if builder.first is None:
                raise
        if builder.first is not None:
            return builder.first
    raise source.place.refuse(MALFORMED, "not well-formed XML", found="no element")


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)


class _Builder:
    """Builds the tree from expat's events, without recursion."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Element | None = None
        self.first: str | None = None
        self.stack: list[_Open] = []
        blank = source.data[: len(source.data) - len(source.data.lstrip(_SPACE))]
        self.skipped = blank.count(b"\n")
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype

    def here(self, line: int, column: int) -> Place:
        return Place(str(self.source.path), line + self.skipped, column + 1)

    def feed(self, data: bytes, *, final: bool) -> None:
        try:
            self.parser.Parse(data, final)
        except expat.ExpatError as error:
            place = self.here(error.lineno, error.offset)
            raise place.refuse(MALFORMED, f"not well-formed XML: {expat.ErrorString(error.code)}") from None
        except (LookupError, ValueError) as error:  # an encoding that expat does not know
            raise self.source.place.refuse(MALFORMED, "not readable as text", found=error) from None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        place = self.here(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)
        self.first = self.first or tag
        if len(self.stack) >= MAX_DEPTH:
            raise place.refuse(MALFORMED, "nested too deeply", allowed=f"at most {MAX_DEPTH} levels")
        self.stack.append(_Open(tag, attributes, place))

    def end(self, tag: str) -> None:
        opened = self.stack.pop()
        element = Element(opened.tag, opened.attributes, tuple(opened.children), opened.place)
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element

    def doctype(self, *_: object) -> None:
        place = self.here(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)
        raise place.refuse(
            MALFORMED,
            "the file declares a document type",
            allowed="plain XML: a document type can define entities that expand without limit",
        )
