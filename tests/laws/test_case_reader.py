"""Whatever the text, reading it gives a negotiation or an InputError that says where and what."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from winset.case.codes import CODES
from winset.case.compose import compose
from winset.case.load import load_text
from winset.case.nodes import plain
from winset.case.problems import Problems
from winset.case.schema import json_schema
from winset.case.shipped import shipped, shipped_path
from winset.case.text import decode
from winset.errors import InputError
from winset.model.negotiation import Negotiation
from winset.model.tolerances import EQUAL_BOUNDS

ORCHARD = Path(__file__).resolve().parents[1] / "support" / "cases" / "orchard.yaml"
FILES = [ORCHARD, *(shipped_path(info.id) for info in shipped())]
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 120),
    st.floats(-1, 2, width=16),
    st.sampled_from(
        [float("inf"), float("nan"), 1e308, 10**60, "unknown", "increasing", "peer", "no", "2025-02-30"]
    ),
    st.sampled_from(["a", "b", "x", "y", "east", "west", "minutes", "all", "unit", "", "\u202e", "a\nb"]),
    st.text(max_size=5),
)
FIELDS = {key for part in json_schema()["$defs"].values() for key in part.get("properties", {})}
KEYS = st.sampled_from(["a", "b", "x", "y", "east", "west", "minutes", *sorted(FIELDS)])
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
PARTY = st.dictionaries(
    st.sampled_from(
        ["batna", "weights", "values", "interactions", "red_lines", "constituencies", "scale", "discount"]
    ),
    ANYTHING,
)
DOCUMENT = st.fixed_dictionaries(
    {
        "winset": st.just(1),
        "case": st.just("a"),
        "title": st.just("A"),
        "issues": st.one_of(
            st.just({"a": {"options": ["x", "y"]}, "b": {"range": [0, 1], "step": 0.1}}),
            st.dictionaries(st.sampled_from(["a", "b"]), ANYTHING, min_size=1),
        ),
        "parties": st.fixed_dictionaries({"east": PARTY, "west": PARTY}),
    },
    optional={
        "links": ANYTHING,
        "rule": ANYTHING,
        "accounts": ANYTHING,
        "sources": ANYTHING,
        "about": ANYTHING,
    },
)


def outcome(text: str | bytes) -> Negotiation | InputError:
    """Read a text; check what an error says of itself."""
    try:
        return load_text(text, "any.yaml")
    except InputError as error:
        refusal = error
    places = [(problem.line or 0, problem.column or 0) for problem in refusal.problems]
    assert places
    assert places == sorted(places)
    for problem in refusal.problems:
        assert problem.code in CODES
        assert problem.file == "any.yaml"
        assert all(character.isprintable() or character == "\n" for character in str(problem))
    return refusal


@QUICK
@given(st.one_of(st.text(max_size=60), st.binary(max_size=60), st.text("[]{}:,-?*&!|>'\"#\n ab1", max_size=60)))
@example("- !")
@example("a: &a\n*a : b")
@example("? ")
def test_any_text_is_read_or_refused(text):
    outcome(text)


@QUICK
@given(DOCUMENT, st.booleans())
def test_any_structure_is_read_or_refused(document, flow):
    outcome(yaml.dump(document, allow_unicode=True, sort_keys=False, default_flow_style=flow))


@QUICK
@given(st.sampled_from(FILES), st.data())
def test_a_piece_of_a_good_file_is_read_or_refused(path, data):
    text = path.read_bytes()
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(len(text), start + 40)))
    outcome(text[:start] + data.draw(st.binary(max_size=4)) + text[stop:])


@QUICK
@given(st.fixed_dictionaries({"east": PARTY, "west": PARTY}))
def test_what_is_read_is_consistent(parties):
    issues = {"a": {"options": ["x", "y"], "ordered": True}, "b": {"range": [0, 1], "step": 0.25}}
    document = {"winset": 1, "case": "a", "title": "A", "issues": issues, "parties": parties}
    read = outcome(yaml.dump(document, allow_unicode=True))
    if isinstance(read, InputError):
        return
    for party in read.accounts[0].parties:
        weights = party.preferences.weights
        assert all(low <= high for low, high in zip(weights.lower, weights.upper, strict=True))
        if weights.total is not None:
            assert sum(weights.lower) <= weights.total + EQUAL_BOUNDS
            assert weights.groups is not None or sum(weights.upper) >= weights.total - EQUAL_BOUNDS
        for values, size in zip(party.preferences.values, read.space.sizes, strict=True):
            assert len(values.lower) == len(values.upper) == (len(values.points) if values.points else size)
            assert all(low <= high for low, high in zip(values.lower, values.upper, strict=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_style_of_the_yaml_makes_no_difference(path):
    source = decode(path.read_bytes(), "any.yaml")
    data: Any = plain(compose(source, Problems(source)))
    expected = load_text(source.text, "any.yaml")
    block = yaml.dump(data, allow_unicode=True, sort_keys=False)
    flow = yaml.dump(data, allow_unicode=True, sort_keys=False, default_flow_style=True)
    for text in (block, flow, json.dumps(data), json.dumps(data, ensure_ascii=False, indent=2)):
        assert load_text(text, "any.yaml") == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_order_of_the_keys_inside_a_party_makes_no_difference(path):
    source = decode(path.read_bytes(), "any.yaml")
    data: Any = plain(compose(source, Problems(source)))
    expected = load_text(source.text, "any.yaml")
    rng = random.Random(0)
    for name, party in data["parties"].items():
        keys = rng.sample(list(party), len(party))
        values = party.get("values", {})
        shuffled = {issue: values[issue] for issue in rng.sample(list(values), len(values))}
        data["parties"][name] = {key: shuffled if key == "values" else party[key] for key in keys}
    assert load_text(json.dumps(data), "any.yaml") == expected
