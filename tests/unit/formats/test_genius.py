"""Genius XML, on files written for these tests."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from support.peer_files import (
    GENIUS_DOMAIN as DOMAIN,
)
from support.peer_files import (
    GENIUS_PROFILE as PROFILE,
)
from support.peer_files import (
    GENIUS_RECTANGLES as RECTANGLES,
)
from winset.case.formats import is_peer, read
from winset.errors import InputError
from winset.model.negotiation import Negotiation


def folder_of(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / f"{name}.xml").write_text(text, encoding="utf-8")
    return path


def utilities(negotiation: Negotiation, party: int = 0) -> dict[tuple[object, ...], float]:
    """Return the utility of every outcome by its options, straight from the model's definition."""
    preferences = negotiation.accounts[0].parties[party].preferences
    found = {}
    for outcome in itertools.product(*(range(size) for size in negotiation.space.sizes)):
        total = 0.0
        for issue, option in enumerate(outcome):
            row, numbers = preferences.values[issue], negotiation.space.issues[issue].options
            if row.points is None:
                value = row.lower[option]
            else:
                (left, right), (low, high) = row.lower, row.points
                value = left + (right - left) * (float(numbers[option]) - low) / (high - low)
            total += preferences.weights.lower[issue] * value
        total += sum(item.adds.low for item in preferences.interactions if item.when.matches(outcome))
        found[tuple(negotiation.space.terms(outcome).values())] = total
    return found


def problem_of(path: Path, **options: object) -> str:
    with pytest.raises(InputError) as caught:
        read(path, **options)  # type: ignore[arg-type]  # what a test passes on
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_additive_utilities_are_those_of_genius(tmp_path: Path) -> None:
    negotiation = read(folder_of(tmp_path, domain=DOMAIN, left=PROFILE))
    space = negotiation.space
    assert space.names == ("site", "depth", "payer")
    assert space.issues[0].options == ("hill", 'the no "man\'s" land')
    assert space.issues[0].meanings == ("above the village", None)
    assert space.issues[1].options == (3, 4, 5, 6)
    assert space.issues[1].ordered
    assert not space.issues[0].ordered
    for (site, depth, payer), utility in utilities(negotiation).items():
        line = min(1.0, 0.4 + 0.25 * (depth - 3))  # type: ignore[operator]  # depth is a number
        expected = 0.5 * (0.75 if site == "hill" else 1.0) + 0.3 * line + 0.2 * (payer == "them")
        assert utility == pytest.approx(expected, abs=1e-15)


def test_a_party_keeps_name_scale_reservation_and_discount(tmp_path: Path) -> None:
    negotiation = read(folder_of(tmp_path, domain=DOMAIN, **{"The left (2)": PROFILE}))
    party = negotiation.accounts[0].parties[0]
    assert (party.id, party.name) == ("the-left-2", "The left (2)")
    assert party.preferences.scale == "peer"
    assert party.preferences.weights.total is None
    assert party.batna.value is not None
    assert (party.batna.value.low, party.batna.value.high) == (0.35, 0.35)
    assert party.discount is not None
    assert party.discount.low == 0.75
    assert negotiation.title == "Well"
    assert negotiation.sources["the-left-2"].title == "The left (2).xml (Genius)"


@pytest.mark.parametrize("factor", ["0.0", "1.0", "1.5", "-2"])
def test_a_discount_outside_zero_to_one_is_none(tmp_path: Path, factor: str) -> None:
    profile = PROFILE.replace('discount_factor value="0.75"', f'discount_factor value="{factor}"')
    negotiation = read(folder_of(tmp_path, domain=DOMAIN, left=profile))
    assert negotiation.accounts[0].parties[0].discount is None


def test_a_missing_reservation_value_is_zero_and_says_so(tmp_path: Path) -> None:
    profile = PROFILE.replace('<reservation value="0.35"/>', "")
    batna = read(folder_of(tmp_path, domain=DOMAIN, left=profile)).accounts[0].parties[0].batna
    assert batna.value is not None
    assert batna.value.low == 0.0
    assert batna.basis.because is not None


def test_a_profile_alone_is_a_negotiation_of_one_party(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, left=PROFILE)
    for path in (folder, folder / "left.xml"):
        negotiation = read(path)
        assert negotiation.party_ids == ("left",)
        assert negotiation.space.size == 16


def test_a_line_that_stays_between_zero_and_one_is_two_points(tmp_path: Path) -> None:
    profile = PROFILE.replace('slope="0.25"', 'slope="0.125"')
    negotiation = read(folder_of(tmp_path, domain=DOMAIN, left=profile))
    row = negotiation.accounts[0].parties[0].preferences.values[1]
    assert (row.points, row.lower) == ((3.0, 6.0), (0.4, 0.775))


def test_the_old_form_of_an_integer_evaluator(tmp_path: Path) -> None:
    profile = PROFILE.replace(
        'name="depth" lowerbound="3" upperbound="6">', 'name="depth"><range lowerbound="3" upperbound="6"/>'
    ).replace('offset="0.4" slope="0.25"', 'parameter0="2" parameter1="-0.25"')
    row = read(folder_of(tmp_path, domain=DOMAIN, left=profile)).accounts[0].parties[0].preferences.values[1]
    assert row.points is None
    assert row.lower == (1.0, 1.0, 0.75, 0.5)  # 2 - x / 4, clipped


def test_evaluations_that_are_all_zero_stay_zero(tmp_path: Path) -> None:
    profile = PROFILE.replace('evaluation="20"', 'evaluation="0"')
    row = read(folder_of(tmp_path, domain=DOMAIN, left=profile)).accounts[0].parties[0].preferences.values[2]
    assert row.lower == (0.0, 0.0)


def test_a_repeated_item_is_one_option_and_its_last_evaluation_counts(tmp_path: Path) -> None:
    again = '<item index="3" value="us" evaluation="5"/>'
    domain = DOMAIN.replace('<item index="1" value="us"/>', '<item index="1" value="us"/>' * 2)
    profile = PROFILE.replace('evaluation="20"/>', f'evaluation="20"/>{again}')
    negotiation = read(folder_of(tmp_path, domain=domain, left=profile))
    assert negotiation.space.issues[2].options == ("us", "them")
    assert negotiation.accounts[0].parties[0].preferences.values[2].lower == (0.25, 1.0)


def test_weights_are_taken_as_they_stand_and_the_missing_cap_is_noted(tmp_path: Path) -> None:
    profile = PROFILE.replace('<weight index="1" value="0.5"/>', '<weight index="1" value="0.9"/>')
    negotiation = read(folder_of(tmp_path, domain=DOMAIN, left=profile, right=PROFILE))
    assert max(utilities(negotiation).values()) == pytest.approx(1.4)
    assert negotiation.about is not None
    assert "left.xml" in negotiation.about
    assert "right.xml" not in negotiation.about


def test_hyper_rectangles(tmp_path: Path) -> None:
    negotiation = read(folder_of(tmp_path, left=RECTANGLES))
    for (x, y), utility in utilities(negotiation).items():
        total = 6.0
        if 1 <= x <= 3 and y <= 3:  # type: ignore[operator]  # x and y are numbers
            total += 20.0
        if not (x == 2 and 3 <= y <= 4):  # type: ignore[operator]
            total += 5.0
        if y == 5:
            total += 4.0
        assert utility == pytest.approx(total / 50.0, abs=1e-15)


def test_every_profile_is_a_party_unless_some_are_chosen(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, domain=DOMAIN, b=PROFILE, a=PROFILE, c=PROFILE)
    assert read(folder).party_ids == ("a", "b", "c")
    assert read(folder).accounts[0].rule.members == ("a", "b", "c")
    chosen = read(folder, parties=["c.xml", "a.xml"])
    assert chosen.party_ids == ("c", "a")
    assert chosen.accounts[0].rule.members == ("c", "a")


def test_a_party_that_is_not_there_is_named_with_its_nearest(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, domain=DOMAIN, seller=PROFILE, buyer=PROFILE)
    text = problem_of(folder, parties=["sellers.xml"])
    assert "E707" in text
    assert "did you mean 'seller.xml'?" in text
    assert "named twice" in problem_of(folder, parties=["buyer.xml", "buyer.xml"])


def test_names_of_different_files_become_different_ids(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, domain=DOMAIN, **{"a b": PROFILE, "a_b": PROFILE, "ä-ü": PROFILE, "鳥": PROFILE}
    )
    ids = read(folder).party_ids
    assert ids == ("a-b", "a-b-2", "a-u", "party")


def test_names_that_a_case_file_reserves_are_changed_and_kept_as_titles(tmp_path: Path) -> None:
    domain = DOMAIN.replace('name="payer"', 'name="source"').replace('value="us"', 'value="points"')
    profile = PROFILE.replace('name="payer"', 'name="source"').replace('value="us"', 'value="points"')
    negotiation = read(folder_of(tmp_path, domain=domain, left=profile))
    issue = negotiation.space.issues[2]
    assert (issue.name, issue.title) == ("source_", "source")
    assert (issue.options, issue.meanings) == (("points_", "them"), ("points", None))
    assert negotiation.accounts[0].parties[0].preferences.values[2].lower == (0.0, 1.0)


def test_what_is_plainly_something_else_is_passed_over(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, domain=DOMAIN, left=PROFILE, results="<Tournament><broken", pareto="0.4, 0.5\n1.0, 0.2\n"
    )
    (folder / "sheet.xlsx").write_bytes(b"\x00\x01")
    (folder / "readme.txt").write_text("of no interest")
    assert read(folder).party_ids == ("left",)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("</objective>", "", "E702", "mismatched tag"),
        ('type="discrete" vtype="discrete" name="site"', 'type="real" name="site"', "E704", "real"),
        ('index="4" name="payer"', 'index="5" name="payer"', "E705", "no issue with this index"),
        ('<weight index="4" value="0.2"/>', "", "E703", "no weight"),
        ('value="0.2"', 'value="a lot"', "E702", "a lot"),
        ('value="0.2"', 'value="nan"', "E702", "nan"),
        ('value="them" evaluation="20"', 'value="them"', "E703", "them"),
        ('value="them"', 'value="nobody"', "E703", "them"),
        ('upperbound="6"', 'upperbound="7"', "E705", "3 to 7"),
        ('ftype="linear"', 'ftype="triangular"', "E704", "triangular"),
        ('offset="0.4" ', "", "E703", "offset"),
        ("<utility_space>", '<utility_space type="constraint">', "E704", "constraint"),
        ("<utility_space>", '<!DOCTYPE a [<!ENTITY b "c">]><utility_space>', "E702", "document type"),
    ],
)
def test_what_is_wrong_with_a_profile_is_named(
    tmp_path: Path, old: str, new: str, code: str, words: str
) -> None:
    assert old in PROFILE
    folder = folder_of(tmp_path, domain=DOMAIN, left=PROFILE.replace(old, new))
    text = problem_of(folder)
    assert code in text
    assert words in text
    assert "left.xml" in text


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ('value="them"', 'value=""', "E704", "no case file can have"),
        ('name="payer"', 'name="site"', "E704", "same name"),
        ('upperbound="6"', 'upperbound="2"', "E702", "upside down"),
        ('upperbound="6"', 'upperbound="6000000000"', "E704", "too many options"),
        ('name="depth"', "", "E703", "name"),
        ('type="integer" vtype="integer"', 'type="real" vtype="real"', "E704", "real"),
    ],
)
def test_what_is_wrong_with_a_domain_is_named(
    tmp_path: Path, old: str, new: str, code: str, words: str
) -> None:
    assert old in DOMAIN
    text = problem_of(folder_of(tmp_path, domain=DOMAIN.replace(old, new), left=PROFILE))
    assert code in text
    assert words in text
    assert "domain.xml" in text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('maxutility="50"', 'maxutility="0"', "not positive"),
        ('maxutility="50"', "", "maxutility"),
        ('weight="7" aggregation="sum"', 'weight="7" aggregation="max"', "max"),
        ('<INCLUDES index="1" min="5"', '<INCLUDES index="8" min="5"', "no issue with this index"),
        ('<EXCLUDES index="1" min="2" max="2"/>', '<INCLUDES index="1" min="2" max="2"/>', "both kinds"),
        ('<INCLUDES index="2" min="5"', '<INCLUDES index="2" min="five"', "five"),
        ('utility="6"', 'utility=""', "not a number"),
    ],
)
def test_what_is_wrong_with_hyper_rectangles_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in RECTANGLES
    assert words in problem_of(folder_of(tmp_path, left=RECTANGLES.replace(old, new)))


def test_errors_have_line_and_column(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, domain=DOMAIN.replace('upperbound="6"', 'upperbound="2"'), left=PROFILE)
    with pytest.raises(InputError) as caught:
        read(folder)
    problem = caught.value.problems[0]
    assert (problem.line, problem.column) == (9, 4)  # the blank first line counts


def test_two_domains_and_no_profile_are_errors(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, one=DOMAIN)
    assert "nobody's preferences" in problem_of(folder)
    folder_of(tmp_path, two=DOMAIN, left=PROFILE)
    assert "one.xml, two.xml" in problem_of(folder)


def test_an_empty_folder_and_a_missing_file_are_errors(tmp_path: Path) -> None:
    assert "E706" in problem_of(tmp_path)
    assert "E701" in problem_of(tmp_path / "none.xml")


def test_files_in_other_encodings_are_read(tmp_path: Path) -> None:
    text = PROFILE.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').replace("hill", "Hügel")
    (tmp_path / "left.xml").write_bytes(text.encode("latin-1"))
    (tmp_path / "right.xml").write_bytes(text.replace("ISO-8859-1", "UTF-16").encode("utf-16"))
    negotiation = read(tmp_path)
    assert negotiation.space.issues[0].options[0] == "Hügel"
    assert negotiation.party_ids == ("left", "right")


def test_an_unknown_encoding_is_an_error(tmp_path: Path) -> None:
    text = PROFILE.replace('encoding="UTF-8"', 'encoding="klingon"')
    assert "E702" in problem_of(folder_of(tmp_path, left=text))


def test_what_is_a_peers_file(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, left=PROFILE)
    (tmp_path / "case.yaml").write_text("winset: 1\ncase: orchard\n")
    (tmp_path / "odd.xml").write_text("winset: 1\n")
    assert is_peer(folder)
    assert is_peer(folder / "left.xml")
    assert not is_peer(folder / "case.yaml")
    assert not is_peer(folder / "odd.xml")  # by content, not by name


def test_files_that_are_too_deep_or_too_large_are_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nested = PROFILE.replace("</objective>", "<x>" * 100 + "</x>" * 100 + "</objective>")
    assert "nested too deeply" in problem_of(folder_of(tmp_path, left=nested))
    monkeypatch.setattr("winset.case.formats.source.MAX_BYTES", 800)
    text = problem_of(folder_of(tmp_path, left=PROFILE))
    assert "E701" in text
    assert "800 bytes" in text
