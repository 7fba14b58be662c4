"""NegMAS YAML, on files written for these tests."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from support.peer_files import NEGMAS_DOMAIN as DOMAIN
from support.peer_files import NEGMAS_PROFILE as PROFILE
from winset.case.formats import is_peer, read
from winset.errors import InputError
from winset.model.party import Party


def folder_of(path: Path, profile: str = PROFILE, domain: str = DOMAIN) -> Path:
    (path / "domain.yml").write_text(domain, encoding="utf-8")
    (path / "seller.yml").write_text(profile, encoding="utf-8")
    return path


def party_of(path: Path, profile: str = PROFILE, domain: str = DOMAIN) -> Party:
    return read(folder_of(path, profile, domain)).accounts[0].parties[0]


def rows_of(party: Party) -> list[tuple[float, ...]]:
    return [row.lower for row in party.preferences.values]


def function(text: str) -> str:
    """Return the profile with this function for the issue `depth`."""
    return PROFILE.replace("{type: AffineFun, slope: -0.5, bias: 4}", text)


def test_weights_and_values_are_taken_raw(tmp_path: Path) -> None:
    negotiation = read(folder_of(tmp_path))
    assert negotiation.title == "Well"
    assert [issue.options for issue in negotiation.space.issues] == [
        ("hill", "plain"),
        (3, 4, 5, 6),
        (10, 20, 50),
    ]
    assert [issue.ordered for issue in negotiation.space.issues] == [False, True, True]
    party = negotiation.accounts[0].parties[0]
    assert (party.id, party.name, party.preferences.scale) == ("seller", "seller", "peer")
    assert party.preferences.weights.lower == (0.5, 2.0, 1.0)
    assert rows_of(party) == [(3.0, 4.0), (2.5, 2.0, 1.5, 1.0), (10.0, 20.0, 50.0)]
    assert party.batna.value is not None
    assert party.batna.value.low == 0.5


def test_values_and_weights_by_name_may_be_incomplete(tmp_path: Path) -> None:
    party = party_of(
        tmp_path,
        "type: LinearAdditiveUtilityFunction\nreserved_value: 0\nweights: {price: 3}\n"
        "values: {site: {hill: 1, plain: 2}, price: [5, 6, 7]}\n",
    )
    assert party.preferences.weights.lower == (1.0, 1.0, 3.0)
    assert rows_of(party) == [(1.0, 2.0), (3.0, 4.0, 5.0, 6.0), (5.0, 6.0, 7.0)]


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("{type: ConstFun, bias: 2}", lambda x: 2.0),
        ("{type: LinearFun, slope: 3}", lambda x: 3.0 * x),
        ("{type: QuadraticFun, a2: 2, a1: -1, bias: 3}", lambda x: 2.0 * x * x - x + 3.0),
        ("{type: PolynomialFun, coefficients: [1, 0, 2], bias: 1}", lambda x: 1.0 + x + 2.0 * x**3),
        ("{type: ExponentialFun, tau: 0.5}", lambda x: math.exp(0.5 * x)),
        ("{type: ExponentialFun, tau: 1, base: 2, bias: -1}", lambda x: 2.0**x - 1.0),
        ("{type: LogFun, tau: 2, base: 10, scale: 3, bias: 1}", lambda x: 3.0 * math.log10(2 * x) + 1.0),
        ("{type: CosFun, multiplier: 2, phase: 1, amplitude: 3}", lambda x: 3.0 * math.cos(2 * x + 1)),
        ("{type: SinFun}", math.sin),
        ("{type: TriangularFun, start: 3, middle: 4, end: 6}", lambda x: {3: 0, 4: 1, 5: 0.5, 6: 0}[x]),
        ("{type: TriangularFun, start: 2, middle: 2, end: 6, scale: 8, bias: 1}", lambda x: 13 - 2 * x),
    ],
)
def test_value_functions(tmp_path: Path, text: str, formula: object) -> None:
    assert callable(formula)
    row = rows_of(party_of(tmp_path, function(text)))[1]
    assert row == pytest.approx([formula(x) for x in (3, 4, 5, 6)], rel=1e-14)


def test_a_bias_is_added_everywhere(tmp_path: Path) -> None:
    party = party_of(tmp_path, PROFILE + "bias: 7\n")
    (only,) = party.preferences.interactions
    assert only.when.terms == ()
    assert only.adds.low == 7.0


def test_affine_and_constant_functions(tmp_path: Path) -> None:
    domain = DOMAIN.replace("CategoricalIssue, values: [hill, plain]", "ContiguousIssue, values: 2")
    party = party_of(tmp_path, "type: AffineUtilityFunction\nweights: [1, 2, 3]\nbias: 4\n", domain)
    assert party.preferences.weights.lower == (1.0, 2.0, 3.0)
    assert rows_of(party) == [(0.0, 1.0), (3.0, 4.0, 5.0, 6.0), (10.0, 20.0, 50.0)]
    assert party.preferences.interactions[0].adds.low == 4.0
    party = party_of(tmp_path, "type: LinearUtilityFunction\n", domain)
    assert party.preferences.weights.lower == (1 / 3, 1 / 3, 1 / 3)
    party = party_of(tmp_path, "type: ConstUtilityFunction\nvalue: 0.25\n", domain)
    assert rows_of(party) == [(0.0,) * 2, (0.0,) * 4, (0.0,) * 3]
    assert party.preferences.interactions[0].adds.low == 0.25


@pytest.mark.parametrize("line", ["", "reserved_value: -.inf\n", "reserved_value: null\n"])
def test_without_a_reserved_value_every_agreement_is_acceptable(tmp_path: Path, line: str) -> None:
    batna = party_of(tmp_path, PROFILE.replace("reserved_value: 0.5\n", line)).batna
    assert batna.value is not None
    assert batna.value.low == 0.5 * 3.0 + 2.0 * 1.0 + 10.0  # the worst outcome
    assert batna.basis.because is not None


def discounted(first: str, inner: str = PROFILE) -> str:
    body = "".join(f"  {line}\n" for line in inner.strip().splitlines())
    return f"type: ExpDiscountedUFun\n{first}\nufun:\n{body}"


def test_a_discount_over_relative_time(tmp_path: Path) -> None:
    party = party_of(tmp_path, discounted("discount: 0.9\nfactor: relative_time"))
    assert party.discount is not None
    assert party.discount.low == 0.9
    assert party.batna.value is not None
    assert party.batna.value.low == 0.5
    assert party_of(tmp_path, discounted("discount: 1.0")).discount is None


@pytest.mark.parametrize(
    ("profile", "code", "words"),
    [
        (PROFILE.replace("LinearAdditive", "Mapping"), "E704", "MappingUtilityFunction"),
        (PROFILE.replace("LinearAdditive", "HyperRectangle"), "E704", "HyperRectangleUtilityFunction"),
        (discounted("discount: 0.9"), "E704", "step"),
        (discounted("discount: 1.9\nfactor: relative_time"), "E704", "1.9"),
        (discounted("reserved_value: 0.7\ndiscount: 1"), "E704", "reserved value"),
        (PROFILE.replace("reserved_value: 0.5", "reserved_value: high"), "E704", "high"),
        (PROFILE.replace("weights: [0.5, 2.0, 1.0]", "weights: [1, 2]"), "E705", "3 entries"),
        (PROFILE.replace("weights: [0.5, 2.0, 1.0]", "weights: {colour: 1}"), "E705", "colour"),
        (PROFILE.replace("0.5, 2.0", "0.5, .nan"), "E702", "nan"),
        (PROFILE.replace("hill: 3.0, ", ""), "E705", "hill"),
        (PROFILE + "constraints: [something]\n", "E704", "constraints"),
        (function("{type: LambdaFun, f: x}"), "E704", "LambdaFun"),
        (function("{type: LogFun, tau: -1}"), "E704", "no finite value"),
        (function("{type: ExponentialFun, tau: 1000}"), "E704", "no finite value"),
        (function("{type: LinearFun}"), "E703", "slope"),
        (function("{type: PolynomialFun}"), "E703", "coefficients"),
        (function("[1, 2]"), "E705", "each option"),
        (function("7"), "E702", "value function"),
        (
            PROFILE.replace("{type: TableFun, mapping: {hill: 3.0, plain: 4.0}}", "{type: IdentityFun}"),
            "E705",
            "hill",
        ),
        (PROFILE + "extra: !!python/object:os.system {}\n", "E702", "tags"),
        (PROFILE + "extra: {<<: {a: 1}}\n", "E702", "merge keys"),
        (PROFILE + "name: again\n", "E702", "repeats"),
        (PROFILE + "extra: " + "[" * 100 + "]" * 100 + "\n", "E702", "nested too deeply"),
        (PROFILE + "extra: &a [1]\nmore: [" + "*a, " * 200 + "]\n", "E702", "too many aliases"),
        (PROFILE + "extra: &a [*a]\n", "E702", "alias"),
        (PROFILE + "extra: [\n", "E702", "not valid YAML"),
        (PROFILE + "extra: 2001-99-99\n", "E702", "not valid YAML"),
        (PROFILE + "extra: {[1]: 2}\n", "E702", "key"),
    ],
)
def test_what_is_wrong_with_a_profile_is_named(tmp_path: Path, profile: str, code: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read(folder_of(tmp_path, profile))
    assert code in str(caught.value)
    assert words in str(caught.value)
    assert "seller.yml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ContiguousIssue, values: [3, 6]", "ContinuousIssue, values: [3.0, 6.0]", "ContinuousIssue"),
        ("ContiguousIssue, values: [3, 6]", "ContiguousIssue, values: [6, 3]", "empty range"),
        ("ContiguousIssue, values: [3, 6]", "ContiguousIssue, values: [1, 900000]", "too many options"),
        ("type: ContiguousIssue, ", "", "'type' is missing"),
        ("[hill, plain]", "[hill, yes]", "neither text nor a number"),
        ("[hill, plain]", "[hill, .inf]", "not a finite number"),
        ("[hill, plain]", "hill", "not a list"),
        ("name: depth", "name: site", "same name"),
        ("issues:", "matters:", "no list of issues"),
    ],
)
def test_what_is_wrong_with_a_domain_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in DOMAIN
    with pytest.raises(InputError, match=words):
        read(folder_of(tmp_path, PROFILE, DOMAIN.replace(old, new)))


def test_a_profile_needs_its_domain(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    with pytest.raises(InputError, match="a profile without its domain"):
        read(folder / "seller.yml")


def test_what_is_a_peers_file(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "case.yaml").write_text("winset: 1\ncase: a\ntype: fun\n")
    (folder / "other.yaml").write_text("type: recipe\n")
    assert is_peer(folder / "seller.yml")
    assert is_peer(folder / "domain.yml")
    assert not is_peer(folder / "case.yaml")
    assert not is_peer(folder / "other.yaml")
    assert read(folder).party_ids == ("seller",)
