"""GeniusWeb JSON, on files written for these tests."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from support.peer_files import GENIUSWEB_DOMAIN as DOMAIN
from support.peer_files import GENIUSWEB_PROFILE as PROFILE
from winset.case.formats import is_peer, read
from winset.errors import InputError


def write(path: Path, document: Any, name: str = "profile.json") -> Path:
    (path / name).write_text(json.dumps(document), encoding="utf-8")
    return path


def changed(*steps: str, value: Any) -> dict[str, Any]:
    """Return the profile with one thing in it replaced; a value of None removes it."""
    document = deepcopy(PROFILE)
    inner: Any = document["LinearAdditiveUtilitySpace"]
    for step in steps[:-1]:
        inner = inner[step]
    if value is None:
        del inner[steps[-1]]
    else:
        inner[steps[-1]] = value
    return document


def test_a_profile_and_its_domain(tmp_path: Path) -> None:
    negotiation = read(write(write(tmp_path, PROFILE), DOMAIN, "domain.json"))
    assert negotiation.title == "well"
    assert negotiation.space.issues[0].options == ("hill", "plain")
    assert negotiation.space.issues[1].options == (0.5, 0.8, 1.1, 1.4)
    party = negotiation.accounts[0].parties[0]
    assert (party.id, party.name) == ("profile", "north")
    assert party.preferences.scale == "peer"
    assert party.preferences.weights.lower == (0.6, 0.4)
    assert party.preferences.values[0].lower == (0.25, 1.0)
    # 1 - 0.8 * (x - 0.5) / 1.1, rounded to eight decimals as GeniusWeb does
    assert party.preferences.values[1].lower == (1.0, 0.78181818, 0.56363636, 0.34545455)
    assert party.batna.value is None
    assert party.batna.equals == (0, 2)


def test_both_dialects_mean_the_same(tmp_path: Path) -> None:
    document = changed(
        "issueUtilities",
        "site",
        value={"DiscreteValueSetUtilities": {"valueUtilities": {"hill": 0.25, "plain": 1.0}}},
    )
    line = document["LinearAdditiveUtilitySpace"]["issueUtilities"]["depth"]
    line["NumberValueSetUtilities"] = line.pop("numberutils")
    folder = write(write(tmp_path, document, "a.json"), PROFILE, "b.json")
    left, right = read(folder).accounts[0].parties
    assert left.preferences.values[0].lower == right.preferences.values[0].lower
    assert left.preferences.values[1].lower == right.preferences.values[1].lower


def test_without_a_reservation_bid_any_agreement_is_better_than_none(tmp_path: Path) -> None:
    batna = read(write(tmp_path, changed("reservationBid", value=None))).accounts[0].parties[0].batna
    assert batna.value is not None
    assert batna.value.low == 0.0
    assert batna.basis.because is not None


def test_a_partial_reservation_bid_is_worth_what_it_settles(tmp_path: Path) -> None:
    document = changed("reservationBid", value={"issuevalues": {"site": "plain"}})
    batna = read(write(tmp_path, document)).accounts[0].parties[0].batna
    assert batna.equals is None
    assert batna.value is not None
    assert batna.value.low == 0.6


def test_a_range_may_be_a_list_and_numbers_stay_integers(tmp_path: Path) -> None:
    domain = {"name": "d", "issuesValues": {"price": {"range": [10, 30, 10]}}}
    profile = {
        "LinearAdditiveUtilitySpace": {
            "issueUtilities": {
                "price": {"numberutils": {"lowValue": 10, "highValue": 30, "lowUtility": 0, "highUtility": 1}}
            },
            "issueWeights": {"price": 1},
            "domain": domain,
            "name": "p",
        }
    }
    negotiation = read(write(tmp_path, profile))
    assert negotiation.space.issues[0].options == (10, 20, 30)
    assert all(isinstance(option, int) for option in negotiation.space.issues[0].options)
    assert negotiation.accounts[0].parties[0].preferences.values[0].lower == (0.0, 0.5, 1.0)


@pytest.mark.parametrize(
    ("steps", "value", "code", "words"),
    [
        (("issueWeights", "site"), None, "E705", "site"),
        (("issueWeights", "colour"), 0.1, "E705", "colour"),
        (("issueWeights", "site"), "much", "E702", "much"),
        (("issueWeights", "site"), True, "E702", "True"),
        (("issueUtilities",), None, "E703", "issueUtilities"),
        (("issueUtilities", "site", "discreteutils", "valueUtilities", "hill"), None, "E705", "hill"),
        (("issueUtilities", "site"), {"sliderutils": {}}, "E704", "sliderutils"),
        (("issueUtilities", "site"), [1, 2], "E702", "[1, 2]"),
        (("issueUtilities", "depth", "numberutils", "lowValue"), 0.4, "E705", "0.4"),
        (("issueUtilities", "depth", "numberutils", "highUtility"), 7, "E702", "outside 0 to 1"),
        (("issueUtilities", "depth", "numberutils", "highUtility"), None, "E703", "highUtility"),
        (("reservationBid", "issuevalues", "site"), "sea", "E705", "sea"),
        (("reservationBid", "issuevalues", "sight"), "hill", "E705", "sight"),
        (("domain", "issuesValues", "depth"), {"words": []}, "E704", "values or range"),
        (("domain", "issuesValues", "depth"), {"range": {"low": 0}}, "E703", "step"),
        (("domain", "issuesValues", "depth", "range", "step"), 0, "E702", "empty range"),
        (("domain", "issuesValues", "depth", "range", "step"), 1e-9, "E704", "too many options"),
        (("domain", "issuesValues", "site", "values"), ["hill", "hill"], "E704", "repeats"),
        (("domain", "issuesValues", "site", "values"), ["hill", "\ud800"], "E704", "ud800"),
        (("domain", "issuesValues", "site", "values"), [None], "E702", "not a list of texts"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, steps: tuple[str, ...], value: Any, code: str, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(write(tmp_path, changed(*steps, value=value)))
    assert code in str(caught.value)
    assert words in str(caught.value)
    assert "profile.json" in str(caught.value)


@pytest.mark.parametrize("kind", ["SumOfGroupsUtilitySpace", "DefaultPartialOrdering"])
def test_other_kinds_of_profiles_are_named(tmp_path: Path, kind: str) -> None:
    with pytest.raises(InputError, match=kind):
        read(write(write(tmp_path, DOMAIN, "domain.json"), {kind: {}}))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"issuesValues": ', "not valid JSON"),
        (b'{"issuesValues": {"a": {"values": ["b"]}, "a": {"values": ["b"]}}}', "repeats"),
        (b'{"LinearAdditiveUtilitySpace": NaN}', "NaN"),
        (b'{"a": "\xff"}', "UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"1" * 5000 + b"}", "not valid JSON"),
    ],
)
def test_what_is_not_json_is_an_error(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(InputError, match=words):
        read(tmp_path)


def test_stored_results_are_passed_over_and_a_case_file_is_no_peer(tmp_path: Path) -> None:
    write(write(tmp_path, PROFILE), {"size": 8, "nash": {}}, "specials.json")
    assert read(tmp_path).party_ids == ("profile",)
    write(tmp_path, {"winset": 1, "case": "a"}, "case.json")
    assert not is_peer(tmp_path / "case.json")
    assert is_peer(tmp_path / "specials.json")
    with pytest.raises(InputError, match="neither a domain nor a profile"):
        read(tmp_path / "specials.json")


def test_files_of_two_formats_in_one_folder_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, PROFILE)
    (tmp_path / "domain.xml").write_text("<negotiation_template/>")
    with pytest.raises(InputError, match="more than one format"):
        read(tmp_path)
