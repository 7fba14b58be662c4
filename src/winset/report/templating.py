"""The templates of this package."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment() -> Environment:
    """Return the templates of this package: escaping on, and an unknown name an error."""
    return Environment(
        loader=PackageLoader("winset.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def asset(name: str) -> str:
    """Return the text of a file beside the templates."""
    return files("winset.report").joinpath("templates", name).read_text(encoding="utf-8")
