from __future__ import annotations

import base64
import functools
import hashlib
import html
import itertools
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from support.answers import HOSTILE, large_answer, large_frontier, orchard_answer, unknown_answer
from support.markup import Reader
from winset.findings.answer import Analysis
from winset.report import embed
from winset.report.notebook import notebook
from winset.report.page import page
from winset.report.terminal import text
from winset.report.view import view

TESTS = Path(__file__).parents[2]


@functools.cache
def written(name: str) -> str:
    return page(ANSWERS[name])


@functools.cache
def read(name: str) -> Reader:
    return Reader(written(name))


ANSWERS: dict[str, Analysis] = {
    "orchard": orchard_answer(),
    "large": large_answer(),
    "unknown": unknown_answer(),
    "hostile": large_answer(HOSTILE),
    "empty": replace(orchard_answer(), findings={}),
}


def data(name: str) -> dict[str, Any]:
    """Return the JSON documents of a page by id."""
    return {
        str(attributes["id"]): json.loads(source)
        for attributes, source in read(name).scripts
        if attributes.get("type") == "application/json"
    }


@pytest.mark.parametrize("name", list(ANSWERS))
def test_every_script_that_runs_is_named_by_its_hash(name: str) -> None:
    running = [source for attributes, source in read(name).scripts if "type" not in attributes]
    policies = [tag["content"] for tag in read(name).all("meta") if "http-equiv" in tag]
    assert len(running) == 2
    assert len(policies) == 1
    assert policies[0] is not None
    assert policies[0].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policies[0]
    for source in running:
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policies[0]


@pytest.mark.parametrize("name", list(ANSWERS))
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    tags = read(name).tags
    assert [tag for tag, attributes in tags if "src" in attributes or "srcset" in attributes] == []
    assert {tag for tag, _ in tags} & {
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "image",
    } == set()
    links = [attributes["href"] or "" for tag, attributes in tags if tag == "a"]
    assert {link[:1] if link.startswith("#") else link for link in links} <= {
        "#",
        "https://example.org/minutes",
    }
    css = written(name).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in css
    assert "@import" not in css


def test_hostile_texts_stay_texts() -> None:
    reader, harmless = read("hostile"), read("large")
    assert reader.comments == []
    assert [tag for tag, _ in reader.tags] == [tag for tag, _ in harmless.tags]
    handlers = [key for _, attributes in reader.tags for key in attributes if key.startswith("on")]
    assert handlers == []
    shown = HOSTILE.replace("\x1b", "�").replace("\u202e", "�").replace("\x00", "�")
    for words in ("A settlement for the upper valley", "Communiqué of the conference", "A further question"):
        assert words + shown in reader.text
    assert "javascript:" not in "".join(a["href"] or "" for a in reader.all("a"))
    assert not any(character in written("hostile") for character in "\x00\x1b\u202e")


def test_hostile_texts_in_pictures_are_no_markup() -> None:
    documents = data("hostile")
    assert {"data-lifts", "data-zone", "data-acceptability", "data-frontier-6"} <= set(documents)
    for label in strings(documents):
        plain = label.replace("<br>", "").replace("<b>", "").replace("</b>", "")
        assert "<" not in plain
        assert ">" not in plain
    for figure in documents.values():
        for trace in figure.get("data", []):
            assert "hovertemplate" not in trace
            assert "texttemplate" not in trace


def strings(value: Any) -> list[str]:
    """Return every string in a JSON document."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("name", ["orchard", "large"])
def test_terminal_page_and_notebook_say_the_same(name: str) -> None:
    answer, said = ANSWERS[name], view(ANSWERS[name])
    counted = said.obstacles.rows[: said.obstacles.shown]
    both = [
        said.title,
        said.facts,
        f"{said.verdict.word}. {said.verdict.sentence}",
        said.size,
        *(row.share for row in said.accounts),
        *(row.change for row in counted),
        *said.obstacles.brief,
        *(row.share for row in said.agreements),
        *(figure for row in said.agreements for _, figure in row.utilities),
        *said.central,
    ]
    beyond_notebook = [
        *(row.standing for row in counted),
        *(figure for row in said.solutions for _, figure in row.utilities),
        *(row.names for row in said.solutions),
        *(cell for section in said.sections for row in section.rows for cell in row),
    ]
    assert len(both) > 15
    terminal = " ".join(text(answer, 100).split())
    notebook_text = Reader(notebook(answer)).text
    for words in both:
        assert words in terminal
        assert words in read(name).text
        assert words in notebook_text
    for words in beyond_notebook:
        assert words in terminal
        assert words in read(name).text


def test_every_judgement_source_and_statement_is_on_the_page() -> None:
    shown = read("orchard").text
    for words in (
        "parties.west.batna.value",
        "as West tells it",
        "river > ridge > road",
        "A reading of the minutes by the authors of this example.",
        "no source",
        "Minutes of the second meeting. The clerk, Town archive, 2 April 1998",
        "“There will be no boundary along the road.”",
        "The miller of East village, to the meeting, the inn, 2 April 1998",
        "boundary is ridge or road, and instrument is truce",
        "Nash 1950",
        "weight not known",
    ):
        assert words in shown


@pytest.mark.parametrize("name", list(ANSWERS))
def test_the_document_is_well_made(name: str) -> None:
    reader = read(name)
    assert reader.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in reader.tags if tag in ("h1", "h2", "h3")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert len(reader.all("caption")) == len(reader.all("table"))
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for a in reader.all("a") if (a["href"] or "").startswith("#")}
    assert {str(target)[1:] for target in targets} <= set(ids)
    plots = [attributes for attributes in reader.all("div") if attributes.get("class") == "plot"]
    assert all(plot["role"] == "img" and plot["aria-label"] for plot in plots)
    drawn = {f"data-{plot['data-figure']}" for plot in plots}
    assert drawn <= set(ids)
    generator = f'<meta name="generator" content="winset {ANSWERS[name].version}">'
    assert generator in written(name)[:4000]


def test_unknown_answers_draw_nothing_and_say_why() -> None:
    assert set(data("unknown")) == {"palette"}
    assert "Unknown. The outcome space is too large to tabulate." in read("unknown").text
    assert "not known" in read("unknown").text
    assert "The zone was not computed." in read("empty").text


def test_the_same_answer_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from support.answers import large_answer; from winset.report.page import page;"
        "print(hashlib.sha256(page(large_answer()).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(TESTS)}
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert other.stdout.strip() == hashlib.sha256(written("large").encode()).hexdigest()


def test_a_large_frontier_makes_no_large_page() -> None:
    document = page(large_frontier(20_000))
    assert len(document.encode()) < 12_000_000
    assert "The Pareto frontier has 20,000 outcomes" in document
    assert "1,333 of 20,000 points drawn" in html.unescape(document)


def test_notebook_has_no_script_and_no_markup_of_the_case() -> None:
    hostile, harmless = Reader(notebook(ANSWERS["hostile"])), Reader(notebook(ANSWERS["large"]))
    assert hostile.scripts == []
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in harmless.tags]
    assert Reader(notebook(ANSWERS["unknown"])).text.count("too large to tabulate") == 4


def test_data_and_scripts_for_embedding() -> None:
    document = json.dumps({"a": "</script><!--&\u2028"}, ensure_ascii=False)
    assert not set(embed.data(document)) & set("<>&\u2028")
    assert json.loads(embed.data(document)) == json.loads(document)
    for source in ("a</SCRIPT>", "<!--", "a\r\n", "\0"):
        with pytest.raises(ValueError, match="cannot stand"):
            embed.script(source)
