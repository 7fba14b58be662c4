"""The file as bytes and as YAML: what is read alike, and what is refused within limits."""

import sys
import time
import tracemalloc
from pathlib import Path

import pytest
import yaml

from support.case_text import case, problems_of, read
from winset.case import compose as composer
from winset.case.compose import ALIAS_LIMIT, NODE_LIMIT
from winset.case.load import load, load_text
from winset.case.scalars import resolve
from winset.case.text import SIZE_LIMIT
from winset.errors import InputError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("nULL", "nULL"),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("-0x1F", "-0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("+1.5E-1", 0.15),
        (".", "."),
        ("-", "-"),
        ("1e", "1e"),
        (".inf", float("inf")),
        ("-.Inf", float("-inf")),
        (".INFO", ".INFO"),
        ("2025-08-15", "2025-08-15"),
        ("١٢", "١٢"),
    ],
)
def test_scalars_mean_what_the_core_schema_says(text, value):
    read_as = resolve(text)
    assert (read_as, type(read_as)) == (value, type(value))


def test_line_ends_byte_order_marks_and_encodings_of_python_make_no_difference():
    text = case(about="about: Ünïcödé")
    expected = read(text)
    assert load_text(text.encode(), "tiny.yaml") == expected
    assert load_text(text.replace("\n", "\r\n").encode(), "tiny.yaml") == expected
    assert load_text(b"\xef\xbb\xbf" + text.encode(), "tiny.yaml") == expected
    assert load_text("%YAML 1.2\n---\n" + text + "...\n", "tiny.yaml") == expected


def test_without_libyaml_the_same_is_read_and_refused(monkeypatch):
    good, bad = case(), case(about="about: &a [*a]", title="title: NO\nwinset: 1")
    expected = read(good), problems_of(bad)
    monkeypatch.setattr(composer, "_LOADER", yaml.SafeLoader)
    assert (read(good), problems_of(bad)) == expected
    assert problems_of("a: b: c")[0].message == "this is not YAML: " + (
        "a second ':' here; text with a colon goes in quotes, and keys need equal indentation"
    )


def test_bytes_that_are_not_utf8():
    (problem,) = problems_of("title: Zürich — ".encode() + b"\xe9t\xe9\n")
    assert (problem.code, problem.line, problem.column) == ("E003", 1, 17)
    assert "0xE9 at offset 19" in str(problem)
    assert problem.excerpt.startswith("title: Zürich — �")
    assert problems_of(case().encode("utf-16"))[0].code == "E003"


def test_characters_that_are_not_text():
    for character in ("\x00", "\x07", "\x1b", "\x7f", "\x80", "\ufffe", "\ud800"):
        (problem,) = problems_of("winset: 1\ntitle: a" + character)
        assert (problem.code, problem.line, problem.column) == ("E004", 2, 9)
        assert f"U+{ord(character):04X}" in str(problem)


def test_files_that_cannot_be_read(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path, Path("a\0b")):
        with pytest.raises(InputError, match=r"E001.*cannot be read"):
            load(path)
    with pytest.raises(InputError, match=r"none.yaml: error.E001.: the file cannot be read: no such file"):
        load(tmp_path / "none.yaml")


def test_a_file_of_a_hundred_megabytes_is_not_read(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024**2)
    started = time.process_time()
    with pytest.raises(InputError, match=r"E002.*too large"):
        load(path)
    assert time.process_time() - started < 1
    assert problems_of(b"a" * (SIZE_LIMIT + 1))[0].code == "E002"


@pytest.mark.skipif(sys.platform == "win32", reason="needs /dev/zero")
def test_an_endless_file_is_not_read():
    with pytest.raises(InputError, match="E002"):
        load("/dev/zero")


def test_aliases_repeat_what_was_marked():
    with_alias = party_with("&w {boundary: 0.5, water: 0.25, form: 0.25}", "*w")
    without = party_with(*["{boundary: 0.5, water: 0.25, form: 0.25}"] * 2)
    assert read(with_alias).accounts == read(without).accounts


def party_with(east: str, west: str) -> str:
    return case(parties=f"parties:\n  east: {{weights: {east}}}\n  west: {{weights: {west}}}")


def test_alias_bombs_are_refused_at_once():
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    started = time.process_time()
    (problem,) = problems_of("\n".join(levels))
    assert (problem.code, problem.line) == ("E015", 6)
    assert f"{NODE_LIMIT:,}" in str(problem)
    (problem,) = problems_of("a: &a x\nb: [" + ", ".join(["*a"] * (ALIAS_LIMIT + 1)) + "]")
    assert "too many aliases" in str(problem)
    nested = "\n".join(["a0: &a0 x", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 70))])
    assert problems_of(nested)[0].code == "E014"
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "- " * 500_000,
        "? " * 500_000,
        "{a: " * 500_000,
        "a: 1\n" * 300_000,
        "".join(f"a{n}: 1\n" for n in range(200_000)),
        "!a " * 300_000,
        "a: " + "x" * 3_000_000 + ": b",
        "&a " * 300_000,
        "\n" * 3_000_000,
        "a: [" + "1," * 120_000 + "]",
    ],
    ids=lambda text: text[:6],
)
def test_hostile_texts_are_refused_within_seconds_and_in_few_words(text):
    started = time.process_time()
    with pytest.raises(InputError) as caught:
        load_text(text)
    assert time.process_time() - started < 5
    assert len(str(caught.value)) < 60_000


def many(count: int, text: str) -> str:
    return ", ".join(text.replace("#", str(n)) for n in range(count))


RANGE = "issues: {a: {range: [0, 99999]}, b: {options: [x, y]}}"
EXPENSIVE = {
    "options of many issues for many parties": case(
        issues=f"issues: {{{many(2000, 'i#: {range: [0, 99999]}')}}}",
        parties=f"parties: {{{many(2000, 'p#: {}')}}}",
    ),
    "options of ordinary issues for many parties": case(
        issues=f"issues: {{{many(5000, 'i#: {options: [x]}')}}}",
        parties=f"parties: {{{many(5000, 'p#: {}')}}}",
    ),
    "long intervals": case(
        issues=RANGE, links=f"links: [{many(3000, '{id: l#, never: {a: [#, 99999], b: x}}')}]"
    ),
    "short intervals": case(
        issues=RANGE, links=f"links: [{many(5000, '{id: l#, never: {a: [#, #.5], b: z}}')}]"
    ),
    "many accounts": case(
        parties=f"parties: {{{many(3000, 'p#: {}')}}}", accounts=f"accounts: {{{many(3000, 'a#: {}')}}}"
    ),
    "unknown options beside many": case(
        issues=RANGE, links=f"links: [{many(5000, '{id: l#, never: {a: 0.5, b: x}}')}]"
    ),
    "unknown issues beside many": case(
        issues=f"issues: {{{many(4000, 'i#: {options: [x]}')}}}",
        links=f"links: [{many(4000, '{id: l#, never: {j#: x}}')}]",
    ),
    "many links of many issues": case(
        issues=f"issues: {{{many(4000, 'i#: {options: [x, y]}')}}}",
        links=f"links: [{many(3999, '{id: l#, never: {i#: x, i3999: y}}')}]",
        parties="parties: {east: 1}",
    ),
    "members of a rule": case(
        parties=f"parties: {{{many(9000, 'p#: {}')}}}",
        rule=f"rule: {{quota: 4000, of: [{many(9000, 'p#')}]}}",
    ),
    "outcomes without their issues": case(
        issues=f"issues: {{{many(5000, 'i#: {options: [x]}')}}}",
        parties=f"parties: {{{many(300, 'p#: {batna: {value: {equals: {}}}}')}}}",
    ),
}


@pytest.mark.parametrize("text", EXPENSIVE.values(), ids=EXPENSIVE)
def test_what_would_take_long_is_refused_within_seconds(text):
    started = time.process_time()
    with pytest.raises(InputError):
        load_text(text)
    assert time.process_time() - started < 5


def test_what_would_fill_the_memory_is_refused_before_it_does():
    text = case(issues=f"issues: {{{many(300, 'i#: {range: [0, 99999]}')}}}")
    tracemalloc.start()
    with pytest.raises(InputError, match="E041"):
        load_text(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 * 1024**2


def test_many_wrong_names_beside_many_valid_ones_take_no_time():
    options = ", ".join(f"option-{n}" for n in range(3000))
    wrong = ", ".join(f"{{id: l{n}, never: {{a: optian-{n}}}}}" for n in range(3000))
    text = case(issues=f"issues: {{a: {{options: [{options}]}}}}", links=f"links: [{wrong}]")
    started = time.process_time()
    with pytest.raises(InputError) as caught:
        load_text(text)
    assert caught.value.more == 2900
    assert caught.value.problems[5].nearest == "option-5"
    assert time.process_time() - started < 5


def test_a_case_of_five_hundred_lines_loads_fast():
    issues = "\n".join(f"  issue{n}: {{options: [a, b, c, d], ordered: true}}" for n in range(60))
    ranking = ", ".join(f"issue{n}" for n in range(60))
    values = "\n".join(f"      issue{n}: {{ranking: [a, b, [c, d]]}}" for n in range(60))
    parties = "\n".join(
        f"  p{n}:\n    weights: {{ranking: [{ranking}]}}\n    values:\n{values}" for n in range(7)
    )
    text = case(issues=f"issues:\n{issues}", parties=f"parties:\n{parties}", statements="")
    assert text.count("\n") > 490
    load_text(text)
    times = []
    for _ in range(3):
        started = time.process_time()
        load_text(text)
        times.append(time.process_time() - started)
    assert min(times) < 0.5  # some 60 ms on an idle core; the rest is room for a busy one
