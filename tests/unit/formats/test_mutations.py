"""Broken files of every format give an InputError or a negotiation that a case file can hold; nothing else."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.peer_files import FOLDERS
from winset.case.formats import is_peer, read
from winset.case.load import load_text
from winset.case.save import to_yaml
from winset.errors import InputError
from winset.model.negotiation import Negotiation

PIECES = [
    *(
        piece.encode()
        for piece in [
            "<",
            ">",
            "&",
            '"',
            "'",
            "/",
            "-",
            "0",
            "1e999",
            "-1",
            "nan",
            "null",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "yes",
            "*a",
            "unknown",
            "source",
        ]
    ),
    *(b"", b"9" * 30, b"\n", b" ", b"\t", b"\x00", b"\xff", b"\xc3", b"\xe2\x80\xa8", b"\\u0000", b"&#10;"),
    *(b"&#x202e;", b"&a ", b"!!float ", b"<!DOCTYPE a>", b"<![CDATA["),
]


@st.composite
def broken(draw: st.DrawFn) -> dict[str, bytes]:
    """Return a folder whose last file was cut, and had parts removed, doubled and replaced."""
    folder = {name: text.encode() for name, text in draw(st.sampled_from(list(FOLDERS.values()))).items()}
    name, data = list(folder.items())[-1]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        stop = start + draw(st.sampled_from([0, 1, 1, 2, 5, 20, 200]))
        match draw(st.sampled_from(["piece", "piece", "double", "cut", "byte"])):
            case "piece":
                data = data[:start] + draw(st.sampled_from(PIECES)) + data[stop:]
            case "double":
                data = data[:stop] + data[start:]
            case "cut":
                data = data[:start] if draw(st.booleans()) else data[start:]
            case _:
                data = data[:start] + bytes([draw(st.integers(0, 255))]) + data[start + 1 :]
    return {**folder, name: data}


@settings(max_examples=200, deadline=None)
@given(broken())
def test_broken_files_give_only_input_errors(folder: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as place:
        for name, data in folder.items():
            (Path(place) / name).write_bytes(data)
        for name in folder:
            is_peer(Path(place) / name)
        try:
            negotiation: Negotiation | InputError = read(Path(place))
        except InputError as error:
            negotiation = error
    if isinstance(negotiation, InputError):
        assert all(problem.file and problem.code.startswith("E7") for problem in negotiation.problems)
        assert str(negotiation).replace("\n", "").isprintable()
    else:
        again = load_text(to_yaml(negotiation), "case.yaml")
        assert replace(again, file=None) == replace(negotiation, file=None)


@pytest.mark.parametrize("name", list(FOLDERS))
def test_the_whole_files_are_read(tmp_path: Path, name: str) -> None:
    for file, text in FOLDERS[name].items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    assert len(read(tmp_path).party_ids) == len(FOLDERS[name]) - 1 or len(FOLDERS[name]) == 1
