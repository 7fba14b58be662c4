"""The JSON Schema, the template, the shipped cases and the table of codes."""

import re
from pathlib import Path

import jsonschema
import pytest

import winset
from support.case_text import MARK, case, party
from winset.case.checks import unsourced
from winset.case.codes import CODES
from winset.case.compose import compose
from winset.case.load import load, load_text
from winset.case.nodes import plain
from winset.case.problems import Problems
from winset.case.schema import SCHEMA_FILE, json_schema
from winset.case.shipped import shipped, shipped_path
from winset.case.template import header, template
from winset.case.text import decode
from winset.errors import InputError

ORCHARD = Path(__file__).resolve().parents[2] / "support" / "cases" / "orchard.yaml"
SHIPPED = [info.id for info in shipped()]


def data(text: str | bytes):
    source = decode(text, "tiny.yaml")
    return plain(compose(source, Problems(source)))


@pytest.fixture(scope="module")
def validator():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("id_", SHIPPED)
def test_shipped_cases_fit_the_json_schema(validator, id_):
    validator.validate(data(shipped_path(id_).read_bytes()))


def test_other_good_cases_fit_the_json_schema(validator):
    validator.validate(data(ORCHARD.read_bytes()))
    validator.validate(data(template("first", "First")))
    validator.validate(data(case(rule="rule: {quota: 1, veto: [east]}", as_of="as_of: 2025")))


@pytest.mark.parametrize(
    "text",
    [
        case(about="abuot: a"),
        case(winset="winset: 2"),
        case(case="case: A b"),
        case(title=""),
        party("{batna: {value: high}}"),
        party("{batna: {value: [1, 2, 3]}}"),
        party("{red_lines: [{id: a}]}"),
        party("{red_lines: [{id: a, never: {form: truce}, firmness: 2}]}"),
        party("{weights: {ranking: boundary}}"),
        party("{weights: {boundary: high}}"),
        party("{scale: genius}"),
        case(rule="rule: {all: east}"),
        case(issues="issues: {a: {options: []}}"),
    ],
)
def test_wrong_structure_does_not_fit_the_json_schema(validator, text):
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(data(text))
    with pytest.raises(InputError):
        load_text(text)


def test_the_json_schema_describes_its_fields():
    schema = json_schema()
    assert schema["properties"]["as_of"]["description"] == "The date that the file speaks of."
    assert schema["$defs"]["PartyEntry"]["description"] == "A party to the negotiation."
    assert schema["required"] == ["winset", "case", "title", "issues", "parties"]


@pytest.mark.parametrize("title", ["First", 'A "title": with \\ and é', "a\nb\x1b[31m", "x" * 500, "NO", ""])
def test_the_template_is_in_order_whatever_the_title(title):
    text = template("first-case", title)
    negotiation = load_text(text)
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    assert negotiation.id == "first-case"
    assert negotiation.title in (title, "a b[31m", "x" * 200, "first-case")
    assert unsourced(negotiation) == ()
    assert header() == text.split("\n")[0] + "\n"


def test_what_the_template_comments_out_is_in_order_too():
    head, accounts = template("first", "First").split("# accounts:")
    shown = "accounts:" + re.sub(r"(?m)^# ?", "", accounts)
    assert [account.id for account in load_text(head + shown).accounts] == [
        "as-the-buyer-tells-it",
        "as-the-seller-tells-it",
    ]


def test_shipped_cases_are_listed_with_the_title_and_date_that_loading_finds():
    assert len(SHIPPED) >= 6
    for info in shipped():
        negotiation = load(shipped_path(info.id))
        assert (info.id, info.title, info.as_of) == (negotiation.id, negotiation.title, negotiation.as_of)


def test_an_unknown_shipped_case_names_the_nearest():
    with pytest.raises(InputError, match=r"E801.*\n.*alasca-2025(.|\n)*did you mean 'alaska-2025'"):
        shipped_path("alasca-2025")


def test_every_code_in_the_source_is_explained():
    root = Path(winset.__file__).parent
    used = {
        code
        for path in root.rglob("*.py")
        if path.name != "codes.py"
        for code in re.findall(r"\"(E\d{3})\"", path.read_text("utf-8"))
    }
    assert used == set(CODES)
    for title, text in CODES.values():
        assert title.strip(".") == title
        assert text.endswith(".")
    assert MARK not in str(CODES)
