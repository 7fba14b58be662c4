"""The writer of case files: what it writes, and that it reads back the same."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import pytest

from support.build import exact, negotiation_of, party_of, preferences_of, space_of
from winset.case.load import load_text
from winset.case.save import to_yaml
from winset.model.issues import Clause, Issue, Space
from winset.model.negotiation import Negotiation, Source

SHIPPED = sorted(
    entry.name for entry in resources.files("winset.cases").iterdir() if entry.name.endswith(".yaml")
)


def again(negotiation: Negotiation) -> Negotiation:
    return replace(load_text(to_yaml(negotiation), "again.yaml"), file=negotiation.file)


def small(**changes: object) -> Negotiation:
    space = space_of(2, 3)
    left = party_of("left", preferences_of("left", [0.25, 0.75], [[0, 1], [1, 0.5, 0]]), 0.3)
    right = party_of("right", preferences_of("right", [0.5, 0.5], [[1, 0], [0, 0.1, 1]]), 0.0)
    return replace(negotiation_of(space, [left, right]), **changes)  # type: ignore[arg-type]  # what a test asks for


def with_options(*options: str | int | float, ordered: bool | None = None) -> Negotiation:
    """Return a negotiation over one issue with these options."""
    numeric = all(not isinstance(option, str) for option in options)
    issue = Issue("matter", options, ordered=numeric if ordered is None else ordered)
    space = Space((issue,))
    rows = [[number / len(options) for number in range(len(options))]]
    preferences = preferences_of("left", [1.0], rows)
    values = tuple(replace(row, path="parties.left.values.matter") for row in preferences.values)
    return negotiation_of(space, [party_of("left", replace(preferences, values=values), 0.5)])


def test_a_small_case_as_people_would_write_it() -> None:
    assert to_yaml(small(as_of="1998-05-01")) == (
        "winset: 1\n"
        "case: test\n"
        "title: A test\n"
        "as_of: 1998-05-01\n"
        "\n"
        "issues:\n"
        "  i0: {options: [a, b]}\n"
        "  i1: {options: [a, b, c]}\n"
        "\n"
        "rule: {all: [left, right]}\n"
        "\n"
        "parties:\n"
        "  left:\n"
        "    name: Left\n"
        "    batna: {value: 0.3}\n"
        "    weights: {i0: 0.25, i1: 0.75}\n"
        "    values:\n"
        "      i0: {a: 0, b: 1}\n"
        "      i1: {a: 1, b: 0.5, c: 0}\n"
        "  right:\n"
        "    name: Right\n"
        "    batna: {value: 0}\n"
        "    weights: {i0: 0.5, i1: 0.5}\n"
        "    values:\n"
        "      i0: {a: 1, b: 0}\n"
        "      i1: {a: 0, b: 0.1, c: 1}\n"
    )


def test_the_small_case_reads_back() -> None:
    assert again(small()) == small()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_cases_read_back(name: str) -> None:
    case = load_text(resources.files("winset.cases").joinpath(name).read_bytes(), name)
    assert again(case) == case


WORDS = """
yes No ON oFf true FALSE null ~ 007 1_000 0x1F 0o17 1e3 .5 1. -3 +.inf .NaN 12:30 2001-01-01 = - ? : # [a] {a}
*a &a !a %a @a `a 'a' "a" a:b a#b 19'' ä 鳥 🕊 unknown a\\b
"""


@pytest.mark.parametrize(
    "word", [*WORDS.split(), "a: b", "a #b", " a", "a ", "a  b", "\u202ea", "\ufeffa", "a\u00a0b", "w" * 200]
)
def test_text_stays_text(word: str) -> None:
    case = with_options(word, "other")
    assert again(case) == case
    title = small(title=word)
    assert again(title) == title


def test_long_and_many_lined_text_stays_as_it_is() -> None:
    about = "First line.\n\n  Indented: with a colon,  two spaces.\nLast " + "word " * 60 + "end"
    case = small(about=about, sources={"a": Source("a", "A title", note=about.replace("\n", " "))})
    assert again(case) == case
    assert "about: |-\n" in to_yaml(case)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ((0, 5, 10), "{range: [0, 10], step: 5}"),
        ((-0.3, -0.2, -0.1), "{range: [-0.3, -0.1], step: 0.1}"),
        ((1, 2, 4), "{options: [1, 2, 4]}"),
        ((7,), "{options: [7]}"),
        ((3, 2, 1), "{options: [3, 2, 1]}"),
        ((10**17, 10**17 + 1), "{options: [100000000000000000, 100000000000000001]}"),
        ((1e-7, 2.5, "much"), "{options: [1e-07, 2.5, much]}"),
    ],
)
def test_numbers_are_a_range_where_they_are_evenly_spaced(
    options: tuple[str | int | float, ...], text: str
) -> None:
    case = with_options(*options)
    assert f"  matter: {text}\n" in to_yaml(case)
    assert again(case) == case


def test_the_order_of_options_is_written_where_it_is_unexpected() -> None:
    for case in (with_options("low", "high", ordered=True), with_options(1, 2, ordered=False)):
        assert "ordered" in to_yaml(case)
        assert again(case) == case


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ((0,), "{matter: 0}"),
        ((1, 2, 3), "{matter: [1, 3]}"),
        ((0, 2), "{matter: [[0, 0], [2, 2]]}"),
        ((0, 2, 3), "{matter: [0, [2, 3]]}"),
        ((0, 2, 4), "{matter: [0, 2, 4]}"),
    ],
)
def test_clauses_on_numbers(chosen: tuple[int, ...], text: str) -> None:
    case = with_options(0, 1, 2, 3, 4)
    (party,) = case.accounts[0].parties
    party = party_of("left", party.preferences, 0.5, {"line": (Clause(((0, chosen),)), 0.5)})
    case = replace(case, accounts=(replace(case.accounts[0], parties=(party,)),))
    assert f"never: {text}" in to_yaml(case)
    assert again(case) == case


def test_accounts_state_what_they_have_in_common_once() -> None:
    case = small()
    (account,) = case.accounts
    left, right = account.parties
    harder = replace(left, batna=replace(left.batna, value=exact("parties.left.batna.value", 0.6)))
    one = replace(account, id="one", title="as one says", credence=exact("accounts.one.credence", 0.5))
    two = replace(one, id="two", credence=exact("accounts.two.credence", 0.5), parties=(harder, right))
    case = replace(case, accounts=(one, two))
    text = to_yaml(case)
    assert again(case) == case
    assert text.count("weights") == 2
    assert text.endswith(
        "accounts:\n"
        "  one: {title: as one says, credence: 0.5}\n"
        "  two:\n"
        "    title: as one says\n"
        "    credence: 0.5\n"
        "    changes:\n"
        "      parties:\n"
        "        left:\n"
        "          batna: {value: 0.6}\n"
    )
