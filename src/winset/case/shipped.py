"""The cases that ship with the package: YAML files in `winset/cases`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from winset.case.compose import compose
from winset.case.nodes import Scalar, Table
from winset.case.problems import Problems
from winset.case.text import read
from winset.errors import InputError, Problem, nearest_name


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """What a list of cases says of one: its id, title and date."""

    id: str
    title: str
    as_of: str | None = None


def shipped() -> tuple[CaseInfo, ...]:
    """Return the shipped cases by id. Reads the files' heads as YAML and does not check them."""
    return tuple(_info(path) for path in sorted(_folder().glob("*.yaml")))


def shipped_path(id_: str) -> Path:
    """Return the file of the shipped case with this id.

    Raises
    ------
    InputError
        E801 when there is none.
    """
    paths = {path.stem: path for path in sorted(_folder().glob("*.yaml"))}
    if id_ not in paths:
        ids = list(paths)
        problem = Problem(
            "E801", "no such case", found=id_[:200], allowed=", ".join(ids), nearest=nearest_name(id_, ids)
        )
        raise InputError([problem])
    return paths[id_]


def _folder() -> Path:
    return Path(str(resources.files("winset") / "cases"))


def _info(path: Path) -> CaseInfo:
    text = read(path, path.name)
    root = compose(text, Problems(text))
    said = {key: _said(root, key) for key in ("title", "as_of")}
    return CaseInfo(path.stem, said["title"] or path.stem, said["as_of"])


def _said(root: object, key: str) -> str | None:
    node = root.value(key) if isinstance(root, Table) else None
    return node.text if isinstance(node, Scalar) else None
