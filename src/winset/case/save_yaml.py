"""YAML that people like to read: short collections on one line, quotes only where they are needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

_WIDTH: Final = 100
_INDENT: Final = 2

#: Collections that are written over several lines however short they are.
_OPEN: Final = frozenset({"parties", "values", "constituencies", "accounts", "changes"})


class _Dumper(yaml.SafeDumper):
    """Knows which plain text a reader of YAML 1.1 or 1.2 takes for something else, and quotes that.

    Dates stay plain: in a case file they are text.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own name


_WORDS: Final = re.compile(r"^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|)$", re.IGNORECASE)
_NUMBERS: Final = re.compile(
    r"^[-+]?(?:[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?|\.[0-9_]+|0[xob][0-9a-fA-F_]+)(?:[eE][-+]?[0-9]+)?$"
    r"|^[-+]?\.(?:inf|nan)$",
    re.IGNORECASE,
)
_NUMBER_TAG: Final = "tag:yaml.org,2002:float"
_WORD_TAG: Final = "tag:yaml.org,2002:bool"
_TEXT_TAG: Final = "tag:yaml.org,2002:str"
_Dumper.add_implicit_resolver(_WORD_TAG, _WORDS, None)
_Dumper.add_implicit_resolver(_NUMBER_TAG, _NUMBERS, None)


def section(name: str, value: Any) -> str:
    """Return a top-level key and its value as text that ends in a line break."""
    content = _node(value, name, 0)
    if isinstance(content, yaml.CollectionNode) and name != "rule":
        content.flow_style = False
    root = yaml.MappingNode(_tag(dict), [(_scalar(name), content)], flow_style=False)
    return str(
        yaml.serialize(root, Dumper=_Dumper, allow_unicode=True, width=_WIDTH, indent=_INDENT, line_break="\n")
    )


def _node(value: Any, name: str, depth: int) -> yaml.Node:
    if isinstance(value, Mapping):
        entries = [(_scalar(key), _node(item, str(key), depth + 1)) for key, item in value.items()]
        return yaml.MappingNode(_tag(dict), entries, flow_style=_fits(value, name, depth))
    if isinstance(value, list):
        items = [_node(item, "", depth + 1) for item in value]
        flat = all(isinstance(item, yaml.ScalarNode) for item in items)
        return yaml.SequenceNode(_tag(list), items, flow_style=flat or _fits(value, name, depth))
    return _scalar(value)


def _fits(value: Any, name: str, depth: int) -> bool:
    """Whether a collection goes on one line: it is short, and nothing in it asks for lines of its own."""
    if depth < 2 and name in ("parties", "accounts"):
        return False
    return not _is_open(value, name) and len(name) + _length(value) + _INDENT * depth <= _WIDTH


def _is_open(value: Any, name: str) -> bool:
    if name in _OPEN:
        return True
    return isinstance(value, Mapping) and any(key in _OPEN or key == "batna" for key in value)


def _length(value: Any) -> int:
    if isinstance(value, Mapping):
        return 2 + sum(len(str(key)) + 4 + _length(item) for key, item in value.items())
    if isinstance(value, list):
        return 2 + sum(2 + _length(item) for item in value)
    return len(str(value))


def _scalar(value: str | float | None) -> yaml.ScalarNode:
    if value is None:
        return yaml.ScalarNode(_WORD_TAG, "null")
    if isinstance(value, bool):
        return yaml.ScalarNode(_WORD_TAG, "true" if value else "false")
    if isinstance(value, int | float):
        return yaml.ScalarNode(_NUMBER_TAG, repr(value if isinstance(value, int) else float(value)))
    return yaml.ScalarNode(_TEXT_TAG, value, style="|" if "\n" in value else None)


def _tag(kind: type) -> str:
    return "tag:yaml.org,2002:map" if kind is dict else "tag:yaml.org,2002:seq"
