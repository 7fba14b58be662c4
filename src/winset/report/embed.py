"""Putting scripts and data into a page so that nothing else can act: escaping, and the content policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

_ESCAPES: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def data(json: str) -> Markup:
    """Return a JSON document that can stand inside a ``<script>`` element of any kind.

    Marked as safe for the template: only the characters ``<``, ``>`` and ``&`` could end the element or begin
    a comment; JSON has them in strings alone, where they may be written as escapes.
    """
    return Markup(json.translate(_ESCAPES))


def script(source: str) -> Markup:
    """Return the source of a script of ours for a ``<script>`` element, unchanged and marked as safe.

    Raises
    ------
    ValueError
        When the source would end the element, or would be changed by an HTML parser, and so miss its hash.
    """
    lowered = source.lower()
    if "</script" in lowered or "<!--" in lowered or "\r" in source or "\0" in source:
        raise ValueError("this script cannot stand inside a script element")
    return Markup(source)


def policy(scripts: Iterable[str]) -> str:
    """Return a content security policy: these scripts, inline styles, embedded images, and no network.

    Each script is named by its SHA-256 (W3C, Content Security Policy Level 3, section 2.3.1).
    """
    hashes = " ".join(f"'sha256-{_digest(source)}'" for source in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
