"""A peer's YAML as plain Python values, within limits and without anything that can expand."""

from __future__ import annotations

from typing import Any, Final

import yaml

from winset.case.formats.source import MALFORMED, Place, Source

MAX_DEPTH: Final = 64
MAX_ALIASES: Final = 100
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader where it was built


def parse_yaml(source: Source) -> Any:
    """Return the document under YAML 1.1 rules, as NegMAS reads it.

    Raises
    ------
    InputError
        When the file is not valid YAML, repeats a key, or has tags, merge keys, many aliases or deep nesting.
    """
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise source.place.refuse(MALFORMED, "not UTF-8", found=f"byte {error.start}") from None
    try:
        _check_events(text, source)
        node = yaml.compose(text, Loader=_LOADER)
        return None if node is None else _value(node, source, {})
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(str(source.path), mark.line + 1, mark.column + 1) if mark else source.place
        raise place.refuse(MALFORMED, "not valid YAML", found=error.problem) from None
    except (yaml.YAMLError, ValueError) as error:  # characters or dates that cannot be
        raise source.place.refuse(MALFORMED, "not valid YAML", found=error) from None


def _place(where: yaml.Event | yaml.Node, source: Source) -> Place:
    mark = where.start_mark
    return Place(str(source.path), mark.line + 1, mark.column + 1) if mark else source.place


def _check_events(text: str, source: Source) -> None:
    """Refuse what could cost more than the file's size: before any recursive code sees the document."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=_LOADER):
        place = _place(event, source)
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        tag = getattr(event, "tag", None)
        if depth > MAX_DEPTH:
            raise place.refuse(MALFORMED, "nested too deeply", allowed=f"at most {MAX_DEPTH} levels")
        if aliases > MAX_ALIASES:
            raise place.refuse(MALFORMED, "too many aliases", allowed=f"at most {MAX_ALIASES}")
        if tag is not None:
            raise place.refuse(MALFORMED, "tags are not supported", found=tag)
        if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
            raise place.refuse(MALFORMED, "merge keys are not supported", found="<<")


def _value(node: yaml.Node, source: Source, known: dict[int, Any]) -> Any:
    """Return the value of a node. An anchor's value is made once and shared by its aliases."""
    if id(node) in known:
        if known[id(node)] is _BEGUN:
            raise _place(node, source).refuse(MALFORMED, "an alias of what it stands in")
        return known[id(node)]
    known[id(node)] = _BEGUN
    result: Any
    if isinstance(node, yaml.MappingNode):
        result = _mapping(node, source, known)
    elif isinstance(node, yaml.SequenceNode):
        result = [_value(child, source, known) for child in node.value]
    else:
        result = yaml.SafeLoader("").construct_object(node)
    known[id(node)] = result
    return result


_BEGUN: Final = object()


def _mapping(node: yaml.MappingNode, source: Source, known: dict[int, Any]) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        place = _place(key_node, source)
        if not isinstance(key_node, yaml.ScalarNode):
            raise place.refuse(MALFORMED, "a key that is not a plain value")
        key = _value(key_node, source, known)
        if key in result:
            raise place.refuse(MALFORMED, "a key repeats", found=key)
        result[key] = _value(value_node, source, known)
    return result
