from __future__ import annotations

import pytest

from winset.report import words
from winset.report.dates import date


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (None, "unknown"),
        (0.0, "none"),
        (0.0004, "under 1 %"),
        (0.005, "under 1 %"),
        (0.0051, "1 %"),
        (0.644, "64 %"),
        (0.9949, "99 %"),
        (0.995, "over 99 %"),
        (1.0, "all"),
    ],
)
def test_percent(probability: float | None, text: str) -> None:
    assert words.percent(probability) == text


@pytest.mark.parametrize(
    ("probability", "error", "text"),
    [
        (0.64, 0.0107, "64 % (± 1)"),
        (0.64, 0.0001, "64 % (± 1)"),
        (0.47, 0.046, "47 % (± 5)"),
        (0.64, 0.0, "64 %"),
        (0.64, None, "64 %"),
        (1.0, 0.0, "all"),
        (0.001, 0.0007, "under 1 %"),
        (None, None, "unknown"),
    ],
)
def test_share(probability: float | None, error: float | None, text: str) -> None:
    assert words.share(probability, error) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.714, ".71"),
        (0.0, "0"),
        (1.0, "1"),
        (0.999, "1.00"),
        (0.001, ".00"),
        (-0.001, ".00"),
        (-0.254, "−.25"),
    ],
)
def test_utilities_on_the_unit_scale(value: float, text: str) -> None:
    assert words.utility(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.91094, "0.9109"), (66.0, "66"), (71.256, "71.26"), (12345.6, "12,346"), (-3.5, "−3.5"), (-0.0, "0")],
)
def test_utilities_on_a_peers_scale_are_plain_numbers(value: float, text: str) -> None:
    assert words.utility(value, "peer") == text


def test_a_range_of_one_number_is_one_number() -> None:
    assert words.utility_range(0.71, 0.58, 0.82) == ".71 (.58 to .82)"
    assert words.utility_range(0.5, 0.5, 0.5) == ".50"
    assert words.span(0.2, 0.4) == ".20 to .40"
    assert words.span(0.3, 0.3) == ".30"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (126, "126"),
        (65_536, "65,536"),
        (10**7, "10^7"),
        (10**100, "10^100"),
        (34 * 10**11, "about 3.4 × 10^12"),
        (2**64, "about 1.8 × 10^19"),
        (99_999_999, "about 10^8"),
    ],
)
def test_counts(number: int, text: str) -> None:
    assert words.count(number) == text


def test_nouns_and_lists() -> None:
    assert words.counted(1, "party", "parties") == "1 party"
    assert words.counted(2, "party", "parties") == "2 parties"
    assert words.listing([]) == ""
    assert words.listing(["A"]) == "A"
    assert words.listing(["A", "B"]) == "A and B"
    assert words.listing(["A", "B", "C"]) == "A, B and C"
    assert words.small(4) == "four"
    assert words.small(20) == "20"
    assert words.ranked([["a"], ["b", "c"]]) == "a > b = c"
    assert words.sentence("so it is") == "So it is."
    assert words.size(9.43) == "9.4"
    assert words.size(123.4) == "123"
    assert words.size(3.0) == "3"


def test_clean_leaves_nothing_that_acts() -> None:
    assert words.clean("a\nb\tc") == "a b c"
    assert words.clean("\x1b[31m") == "�[31m"
    assert words.clean("a\u202eb\u2066c\x00\x9b\ud800") == "a�b�c���"
    assert words.clean("Åland – ”Übung“ 日本 🕊") == "Åland – ”Übung“ 日本 🕊"


@pytest.mark.parametrize(
    ("edtf", "text"),
    [
        (None, ""),
        ("1998-05-01", "1 May 1998"),
        ("1998-05", "May 1998"),
        ("1998", "1998"),
        ("1998-21", "spring 1998"),
        ("1998-05-01~", "about 1 May 1998"),
        ("1998?", "1998 (uncertain)"),
        ("1998-05%", "about May 1998 (uncertain)"),
        ("1998-04/1998-05", "April 1998 to May 1998"),
        ("1998-04/..", "from April 1998"),
        ("../1998-04", "until April 1998"),
        ("2025-08-15T11:30:00Z", "15 August 2025"),
        ("1998-13", "1998-13"),
        ("1998-05-40", "1998-05-40"),
        ("199X", "199X"),
        ("soon\x1b", "soon�"),
    ],
)
def test_dates(edtf: str | None, text: str) -> None:
    assert date(edtf) == text
