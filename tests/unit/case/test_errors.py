"""One test for every kind of error: its code, its position, and what it says."""

import re

import pytest

from support.case_text import MARK, case, marked, party, problems_of, read
from winset.case.codes import CODES
from winset.errors import InputError

ISSUES = "issues:\n  boundary: {options: [river, ridge, road], ordered: true}\n"
PEER = case(
    issues="issues:\n  a: {options: [p]}\n  b: {options: [x, y]}",
    parties=(
        "parties:\n"
        "  east: {scale: peer, batna: {value: 0}, weights: {a: 1, b: 2},\n"
        "         values: {a: {p: 7}, b: {x: 1, y: 2}}}"
    ),
)

FILE = [
    ("E005", f"{MARK}", ["empty"]),
    ("E005", f"{MARK}# nothing but a comment\n", ["empty"]),
    ("E006", f"winset: 1\ntitle: a{MARK}: b\n", ["not YAML", "colon", "quotes"]),
    ("E006", f"winset: {MARK}'open\n", ["quotes", "never closed"]),
    ("E006", "case: [a, b\n" + MARK, ["bracket"]),
    ("E006", f"case: {MARK}@a\n", ["quotes"]),
    ("E007", f"issues:\n{MARK}\ta: 1\n", ["tab", "spaces"]),
    ("E008", f"winset: 1\n{MARK}---\nwinset: 1\n", ["document"]),
    ("E018", f"{MARK}- a\n- b\n", ["mapping"]),
    ("E018", f"{MARK}just text\n", ["mapping"]),
    ("E014", "".join(f"{'  ' * n}a:\n" for n in range(64)) + f"{'  ' * 64}{MARK}a: 1\n", ["64"]),
]

YAML = [
    ("E004", case(title=f'title: {MARK}"a \\e[31m red"'), ["control character", "\\x1b"]),
    ("E009", case(about=f"about: one\n{MARK}about: two"), ["written twice", "line 13"]),
    ("E010", case(title=f"title: {MARK}No"), ["quotes", "truth value", "No"]),
    ("E010", case(title=f"title: {MARK}yes"), ["truth value"]),
    ("E010", case(issues=f"issues:\n  a: {{options: [{MARK}OFF, b]}}"), ["quotes"]),
    ("E011", case(about=f"{MARK}<<: {{about: a}}"), ["merge"]),
    ("E012", case(title=f"title: {MARK}!!str Tiny"), ["tags", "tag:yaml.org,2002:str"]),
    ("E013", case(title=f"title: {MARK}*nothing"), ["alias", "*nothing"]),
    ("E013", case(about=f"about: &loop [{MARK}*loop]"), ["alias", "inside"]),
    ("E016", case(about=f"{MARK}null: a"), ["key", "nothing"]),
    ("E016", case(about=f"{MARK}true: a"), ["key", "truth value"]),
    ("E016", case(about=f"{MARK}[a]: a"), ["key", "list"]),
    ("E017", case(title=f"title: {MARK}{'9' * 65}"), ["too long", "65 characters"]),
    ("E017", party(f"{{batna: {{value: {MARK}.inf}}}}"), ["finite"]),
    ("E017", party(f"{{batna: {{value: {MARK}.nan}}}}"), ["finite"]),
]

STRUCTURE = [
    (
        "E020",
        case(parties=f"parties:\n  east: {{{MARK}constituencis: {{}}}}"),
        ["constituencis", "'constituencies'"],
    ),
    ("E020", case(about=f"{MARK}abuot: a"), ["abuot", "'about'", "as_of"]),
    ("E020", party(f"{{batna: {{value: {{{MARK}valu: 0.2}}}}}}"), ["'value'"]),
    ("E021", case(winset=f"{MARK}winset: 1", title="as_of: 2025"), ["'title' is missing"]),
    ("E021", party(f"{{red_lines: [{MARK}{{id: a}}]}}"), ["'never' is missing"]),
    ("E021", party(f"{{interactions: [{{when: {{}}, adds: {MARK}unknown}}]}}"), ["a number is needed"]),
    ("E022", party(f"{{batna: {{value: {MARK}high}}}}"), ["number", "'high'", "[low, high]"]),
    ("E022", party(f"{{batna: {{value: {MARK}[0.1, 0.2, 0.3]}}}}"), ["list of 3"]),
    ("E022", party(f"{{batna: {MARK}0.3}}"), ["mapping", "0.3"]),
    ("E022", party(f"{{red_lines: {MARK}{{a: 1}}}}"), ["list is needed"]),
    ("E022", party(f"{{values: {MARK}[a]}}"), ["mapping is needed"]),
    ("E022", case(title=f"title: {MARK}[a]"), ["text"]),
    ("E022", case(title=f"title: {MARK}1.5"), ["text", "quotes"]),
    ("E022", party(f"{{weights: {{ranking: [boundary, {MARK}true, form]}}}}"), ["name", "truth value"]),
    ("E022", party(f"{{weights: {{ranking: [boundary, {MARK}[], form]}}}}"), ["empty tie"]),
    ("E022", party(f"{{weights: {{ranking: {MARK}boundary}}}}"), ["ranking is needed"]),
    ("E022", party(f"{{scale: {MARK}genius}}"), ["unit", "peer"]),
    ("E022", party(f"{{values: {{water: {{linear: {MARK}up}}}}}}"), ["increasing", "decreasing"]),
    ("E022", case(rule=f"rule: {{quota: {MARK}1.5}}"), ["whole number"]),
    ("E022", case(links=f"links: [{{id: a, never: {MARK}road}}]"), ["terms"]),
    ("E022", case(links=f"links: [{{id: a, never: {{boundary: {MARK}[]}}}}]"), ["no option"]),
    ("E022", case(links=f"links: [{{id: a, never: {{boundary: [{MARK}[river, road]]}}}}]"), ["range"]),
    ("E022", case(issues=f"issues:\n  a: {{options: [b], ordered: {MARK}1}}"), ["true or false"]),
    ("E022", case(issues=f"issues:\n  a: {{options: {MARK}b}}"), ["options"]),
    ("E022", case(issues=f"issues:\n  a: {{range: {MARK}[1, 2, 3]}}"), ["range"]),
    ("E023", party(f"{{batna: {{value: {MARK}1.2}}}}"), ["out of range", "1.2", "0 to 1"]),
    ("E023", party(f"{{batna: {{value: {MARK}[-0.1, 0.5]}}}}"), ["[-0.1, 0.5]"]),
    ("E023", party(f"{{red_lines: [{{id: a, never: {{form: truce}}, firmness: {MARK}70}}]}}"), ["0 to 1"]),
    ("E023", party(f"{{discount: {MARK}0}}"), ["more than 0"]),
    ("E023", party(f"{{weights: {{boundary: {MARK}-0.1}}}}"), ["0 to 100"]),
    ("E023", party(f"{{values: {{form: {{truce: {MARK}3}}}}}}"), ["0 to 1"]),
    ("E023", case(issues=f"issues:\n  a: {{range: [0, 1], step: {MARK}0}}"), ["step"]),
    ("E023", party(f"{{constituencies: {{a: {{votes: {MARK}-1}}}}}}"), ["0 or more"]),
    ("E024", party(f"{{batna: {{value: {MARK}[0.4, 0.2]}}}}"), ["upside down", "[0.4, 0.2]"]),
    ("E024", case(issues=f"issues:\n  a: {{range: {MARK}[1, 0]}}"), ["upside down"]),
    ("E025", case(case=f"case: {MARK}Tiny Case"), ["identifier", "'Tiny Case'"]),
    ("E025", case(parties=f"parties:\n  {MARK}east side: {{}}"), ["identifier", "east side"]),
    ("E025", case(title=f"title: {MARK}''"), ["one line"]),
    ("E025", case(issues=f"issues:\n  a: {{options: {{{MARK}' ': b}}}}"), ["one line"]),
    ("E025", party(f'{{weights: {{ranking: [{MARK}"a\\nb"]}}}}'), ["one line"]),
    ("E026", case(as_of=f"as_of: {MARK}2025-02-30"), ["date", "2025-02-30"]),
    ("E026", case(as_of=f"as_of: {MARK}spring"), ["date"]),
    ("E026", case(sources=f"sources: {{a: {{title: b, date: {MARK}last week}}}}"), ["EDTF"]),
    ("E027", case(sources=f"sources: {{a: {{title: b, url: {MARK}'javascript:alert(1)'}}}}"), ["web address"]),
    ("E028", case(winset=f"winset: {MARK}2"), ["version", "number 2", "1"]),
    (
        "E029",
        case(issues=f"issues:\n  {MARK}a: {{options: [b], range: [0, 1]}}"),
        ["either options or a range"],
    ),
    ("E029", case(issues=f"issues:\n  {MARK}a: {{title: b}}"), ["either options or a range"]),
    ("E029", case(issues=f"issues:\n  a: {{options: [b], {MARK}unit: km}}"), ["unit"]),
    ("E029", case(issues=f"issues:\n  a: {{options: [b], {MARK}step: 1}}"), ["step"]),
    (
        "E029",
        party(f"{{weights: {{ranking: [boundary, water, form], {MARK}water: 0.2}}}}"),
        ["ranking", "bounds"],
    ),
    (
        "E029",
        party(f"{{values: {{water: {{linear: increasing, {MARK}points: {{0: 0, 100: 1}}}}}}}}"),
        ["points", "linear"],
    ),
    ("E029", case(rule=f"rule: {MARK}{{all: [east], any: [west]}}"), ["one form", "all and any"]),
    ("E029", case(rule=f"rule: {{all: [east], {MARK}of: [west]}}"), ["quota"]),
    ("E021", case(rule=f"rule: {MARK}{{veto: [east]}}"), ["who consents"]),
]

NAMES = [
    ("E030", party(f"{{values: {{{MARK}boundry: unknown}}}}"), ["issue", "boundry", "'boundary'"]),
    ("E030", party(f"{{weights: {{{MARK}watr: 0.2}}}}"), ["'water'"]),
    ("E030", party(f"{{weights: {{ranking: [boundary, {MARK}watr, form]}}}}"), ["'water'"]),
    ("E030", case(links=f"links: [{{id: a, never: {{{MARK}Form: truce}}}}]"), ["'form'"]),
    (
        "E030",
        party(f"{{batna: {{value: {{equals: {{{MARK}bond: 1, boundary: road, water: 0, form: truce}}}}}}}}"),
        ["bond"],
    ),
    ("E031", case(links=f"links: [{{id: a, never: {{boundary: {MARK}rod}}}}]"), ["option", "rod", "'road'"]),
    ("E031", case(links=f"links: [{{id: a, never: {{boundary: [river, {MARK}rivver]}}}}]"), ["'river'"]),
    ("E031", case(links=f"links: [{{id: a, never: {{water: {MARK}33}}}}]"), ["33", "0, 5, 10"]),
    ("E031", party(f"{{values: {{form: {{{MARK}treety: 1}}}}}}"), ["'treaty'"]),
    ("E031", party(f"{{values: {{form: {{ranking: [treaty, {MARK}truse]}}}}}}"), ["'truce'"]),
    ("E031", party(f"{{interactions: [{{when: {{form: {MARK}treat}}, adds: 0.1}}]}}"), ["'treaty'"]),
    (
        "E031",
        party(f"{{batna: {{value: {{equals: {{boundary: {MARK}sea, water: 0, form: truce}}}}}}}}"),
        ["sea"],
    ),
    ("E032", case(rule=f"rule: {{all: [east, {MARK}wets]}}"), ["party", "wets", "'west'"]),
    ("E032", case(rule=f"rule: {{any: [east, {{all: [{MARK}weast]}}]}}"), ["party"]),
    ("E032", case(rule=f"rule: {{all: [east], veto: [{MARK}north]}}"), ["party"]),
    ("E032", case(accounts=f"accounts: {{a: {{changes: {{parties: {{{MARK}eats: {{}}}}}}}}}}"), ["'east'"]),
    ("E033", party(f"{{batna: {{value: 0.2, source: {MARK}minuts}}}}"), ["source", "'minutes'"]),
    ("E033", party(f"{{batna: {{value: {{value: 0.2, source: {MARK}minuts}}}}}}"), ["'minutes'"]),
    ("E033", case(statements=f"statements: {{a: {{by: east, source: {MARK}x}}}}"), ["source"]),
    ("E033", case(accounts=f"accounts: {{a: {{source: {MARK}minute}}}}"), ["'minutes'"]),
    ("E033", party(f"{{weights: {{boundary: {{value: 0.2, source: {MARK}minuts}}}}}}"), ["'minutes'"]),
    (
        "E034",
        party(f"{{red_lines: [{{id: a, never: {{form: truce}}, statements: [{MARK}sayd]}}]}}"),
        ["'said'"],
    ),
    ("E035", case(issues=f"issues:\n  a: {{options: [b, c, {MARK}b]}}"), ["twice", "b"]),
    ("E035", case(issues=f"issues:\n  a: {{options: [1, {MARK}'1']}}"), ["twice"]),
    ("E035", case(links=f"links: [{{id: a, never: {{boundary: [road, {MARK}road]}}}}]"), ["twice"]),
    ("E035", case(rule=f"rule: {{all: [east, {MARK}east]}}"), ["twice"]),
    (
        "E035",
        party(f"{{red_lines: [{{id: a, never: {{form: truce}}}}, {{id: {MARK}a, never: {{form: treaty}}}}]}}"),
        ["twice"],
    ),
    (
        "E035",
        case(links=f"links: [{{id: a, never: {{form: truce}}}}, {{id: {MARK}a, never: {{boundary: road}}}}]"),
        ["twice"],
    ),
    ("E036", case(issues=f"issues:\n  {MARK}ranking: {{options: [a]}}"), ["ranking", "cannot name an issue"]),
    ("E036", case(issues=f"issues:\n  a: {{options: [{MARK}linear, b]}}"), ["linear", "cannot name an option"]),
]

CONTENT = [
    (
        "E063",
        case(
            parties="parties: {" + ", ".join(f"p{n}: {{}}" for n in range(20)) + "}",
            rule=f"rule: {MARK}{{quota: 10}}",
        ),
        ["too many coalitions", "2,000"],
    ),
    ("E040", case(issues=f"issues:\n  a: {{range: [0, 1], step: {MARK}0.3}}"), ["0 to 1 in steps of 0.3"]),
    ("E041", case(issues=f"issues:\n  a: {{range: {MARK}[0, 1], step: 0.000001}}"), ["1,000,001", "100,000"]),
    ("E041", case(issues=f"issues:\n  a: {{range: {MARK}[-1e308, 1e308], step: 1e-300}}"), ["10^15"]),
    ("E042", case(issues=f"issues: {MARK}{{}}"), ["no issue"]),
    ("E042", case(parties=f"parties: {MARK}{{}}"), ["no party"]),
    ("E042", case(rule=f"rule: {{all: {MARK}[]}}"), ["nobody"]),
    ("E050", party(f"{{weights: {{ranking: {MARK}[boundary, form]}}}}"), ["misses water"]),
    ("E050", party(f"{{values: {{boundary: {{ranking: {MARK}[[road, river]]}}}}}}"), ["misses ridge"]),
    ("E051", party(f"{{weights: {{ranking: [boundary, form, water, {MARK}form]}}}}"), ["repeats", "form"]),
    ("E051", party(f"{{values: {{form: {{ranking: [truce, [treaty, {MARK}truce]]}}}}}}"), ["repeats", "truce"]),
    (
        "E052",
        party(f"{{{MARK}weights: {{boundary: 0.5, water: 0.2, form: 0.2}}}}"),
        ["a sum of 0.9", "a sum of 1"],
    ),
    ("E052", party(f"{{{MARK}weights: {{boundary: 50, water: 20, form: 20}}}}"), ["a sum of 90", "100"]),
    (
        "E052",
        party(f"{{{MARK}weights: {{boundary: [0.1, 0.2], water: [0, 0.2], form: 0.2}}}}"),
        ["between 0.3 and 0.6"],
    ),
    (
        "E052",
        party(f"{{{MARK}weights: {{ranking: [boundary, water, form], bounds: {{boundary: 0.2, form: 0.4}}}}}}"),
        ["'boundary' ranks above 'form'", "at most 0.2", "at least 0.4"],
    ),
    (
        "E052",
        party(f"{{{MARK}weights: {{ranking: [boundary, water, form], bounds: {{boundary: 0.3}}}}}}"),
        ["between 0.3 and 0.9"],
    ),
    (
        "E053",
        party(
            f"{{values: {{{MARK}boundary: "
            "{ranking: [road, ridge, river], bounds: {road: 0.2, ridge: 0.5}}}}"
        ),
        ["'road'", "'ridge'", "at most 0.2", "at least 0.5"],
    ),
    ("E054", party(f"{{values: {{form: {{linear: {MARK}increasing}}}}}}"), ["order", "ordered: true"]),
    ("E054", party(f"{{values: {{form: {{{MARK}points: {{0: 0, 1: 1}}}}}}}}"), ["numbers"]),
    ("E055", party(f"{{values: {{water: {{{MARK}points: {{0: 0, 50: 1}}}}}}}}"), ["both ends", "100"]),
    (
        "E055",
        party(f"{{values: {{water: {{points: {{0: 0, {MARK}150: 1, 100: 1}}}}}}}}"),
        ["not a point", "150"],
    ),
    ("E055", party(f"{{values: {{water: {{points: {{0: 0, {MARK}many: 1, 100: 1}}}}}}}}"), ["not a point"]),
    (
        "E056",
        party(f"{{batna: {{value: {{equals: {MARK}{{boundary: road, form: truce}}}}}}}}"),
        ["missing: water"],
    ),
    ("E057", PEER.replace("weights: {a: 1, ", f"{MARK}weights: {{"), ["every weight", "not so: a"]),
    ("E057", PEER.replace("b: {x: 1", f"{MARK}b: {{x: [1, 2]"), ["every value", "not so: x"]),
    ("E057", PEER.replace("b: {x: 1, y: 2}", f"{MARK}b: {{ranking: [x, y]}}"), ["every value"]),
    ("E021", PEER.replace("value: 0", f"value: {MARK}unknown"), ["a number is needed"]),
    ("E058", case(links=f"links: [{{id: a, never: {MARK}{{}}}}]"), ["every outcome"]),
    ("E058", party(f"{{red_lines: [{{id: a, never: {MARK}{{}}}}]}}"), ["every outcome"]),
    (
        "E058",
        case(rule=f"rule: {{all: [east], when: [{{terms: {MARK}{{}}, needs: {{all: [west]}}}}]}}"),
        ["outcome"],
    ),
    (
        "E059",
        case(links=f"links: [{{id: a, never: {{water: {MARK}[61, 64]}}}}]"),
        ["[61, 64]", "between 0 and 100"],
    ),
    (
        "E060",
        case(
            links="links:\n"
            "  - {id: a, never: {form: truce}}\n"
            f"  - {{id: b, never: {MARK}{{form: treaty, boundary: [river, ridge, road]}}}}\n"
            "  - {id: c, never: {boundary: road}}"
        ),
        ["no outcome is left"],
    ),
    ("E061", case(links=f"links: [{{id: a, never: {MARK}{{form: [truce, treaty]}}}}]"), ["every outcome"]),
    ("E062", case(rule=f"rule: {{quota: {MARK}3}}"), ["quota", "1 to 2"]),
    ("E062", case(rule=f"rule: {{quota: {MARK}0, of: [east]}}"), ["1 to 1"]),
    (
        "E064",
        case(accounts=f"{MARK}accounts: {{a: {{credence: 0.5}}, b: {{credence: 0.4}}}}"),
        ["0.9", "sum of 1"],
    ),
    (
        "E064",
        case(accounts=f"{MARK}accounts: {{a: {{credence: [0, 0.1]}}, b: {{credence: 0.5}}}}"),
        ["0.5 and 0.6"],
    ),
    ("E021", case(accounts=f"accounts: {{a: {{credence: 0.5}}, {MARK}b: {{}}}}"), ["credence", "missing"]),
    ("E023", case(accounts=f"accounts: {{a: {{credence: {MARK}5}}}}"), ["0 to 1"]),
    ("E065", party(f"{{ratifies: {MARK}3, constituencies: {{a: {{votes: 2}}}}}}"), ["votes", "0 to 2"]),
]

ALL = [*FILE, *YAML, *STRUCTURE, *NAMES, *CONTENT]


@pytest.mark.parametrize(("code", "text", "parts"), ALL, ids=[f"{row[0]}-{n}" for n, row in enumerate(ALL)])
def test_one_error_is_found_where_it_is(code, text, parts):
    text, line, column = marked(text)
    (problem,) = problems_of(text)
    told = str(problem)
    assert (problem.code, problem.line, problem.column) == (code, line, column), told
    assert all(part in told for part in parts), told
    assert told.startswith(f"tiny.yaml:{line}:{column}: error[{code}]: ")


@pytest.mark.parametrize("text", [text for _, text, _ in [*STRUCTURE, *NAMES, *CONTENT]])
def test_the_caret_stands_under_the_place(text):
    text, line, column = marked(text)
    (problem,) = problems_of(text)
    source, caret = str(problem).split("\n")[-2:]
    assert caret.index("^") - source.index("| ") - 2 == problem.caret
    assert problem.excerpt[problem.caret :][:5] == text.split("\n")[line - 1][column - 1 :][:5]


def test_every_code_is_tested_here_or_concerns_the_file():
    assert {code for code in CODES if code < "E100"} - {code for code, _, _ in ALL} == {
        "E001",
        "E002",
        "E003",
        "E015",
    }


def test_several_errors_come_at_once_in_the_order_of_the_file():
    text = case(
        title="titel: Tiny\ntitle: Tiny",
        issues=ISSUES + "  water: {range: [0, 100], step: 7}\n  form: {options: [truce, NO]}",
        links="links: [{id: a, never: {boundary: rod, water: 5}}]",
        parties=(
            "parties:\n"
            "  east:\n"
            "    batna: {value: [0.4, 0.2]}\n"
            "    weights: {ranking: [boundary, form]}\n"
            "    values: {form: {truce: high, peace: 1}, water: {linear: increasing}}\n"
            "    red_lines: [{never: {boundary: sea}}]\n"
        ),
        accounts="accounts: {a: {credence: 0.2, source: nobody}, b: {credence: 0.7}}",
    )
    problems = problems_of(text)
    assert [(p.code, p.line) for p in problems] == [
        ("E020", 3),
        ("E040", 9),
        ("E010", 10),
        ("E024", 13),
        ("E050", 14),
        ("E022", 15),
        ("E031", 15),
        ("E021", 16),
        ("E031", 18),
        ("E064", 19),
        ("E033", 19),
    ]


def test_what_is_missing_does_not_hide_the_rest():
    text = (
        "winset: 1\nissues: {a: {options: [x, x]}}\nparteis: {}\n"
        "rule: {all: [east]}\nlinks: [{id: 1, never: {b: 1}}]"
    )
    found = [(problem.code, problem.line, problem.message) for problem in problems_of(text)]
    assert [(code, line) for code, line, _ in found] == [
        ("E021", 1),
        ("E021", 1),
        ("E021", 1),
        ("E035", 2),
        ("E020", 3),
        ("E030", 5),
    ]
    assert [message for *_, message in found[:3]] == [
        f"the key '{key}' is missing" for key in ("case", "parties", "title")
    ]


def test_an_error_that_follows_from_another_is_not_reported():
    text = case(
        issues="issues:\n  a: {options: 3}\n  b: {options: [x, y]}",
        links="links: [{id: l, never: {a: 1, b: x}}]",
        parties="parties:\n  east: {weights: {ranking: [a, b]}, values: {a: {ranking: [q, r]}}}",
    )
    assert [problem.code for problem in problems_of(text)] == ["E022"]
    text = case(parties="parties:\n  east: 3\n  west: {}", rule="rule: {all: [east, west]}")
    assert [problem.code for problem in problems_of(text)] == ["E022"]
    text = case(sources="sources: {a: {titel: b}}", accounts="accounts: {x: {source: a}}")
    assert [problem.code for problem in problems_of(text)] == ["E021", "E020"]


def test_an_error_in_what_accounts_share_is_reported_once():
    text = case(
        parties="parties:\n  east: {batna: {value: {equals: {boundary: sea}}}}",
        accounts="accounts: {a: {}, b: {}, c: {changes: {parties: {east: {batna: {value: 2}}}}}}",
    )
    assert [(problem.code, problem.line) for problem in problems_of(text)] == [
        ("E056", 11),
        ("E031", 11),
        ("E023", 12),
    ]


def test_at_most_a_hundred_problems_are_listed_and_the_rest_counted():
    lines = "\n".join(f"    i{n}: [0.4, 0.2]" for n in range(250))
    text = case(parties=f"parties:\n  east:\n   weights:\n{lines}\n")
    with pytest.raises(InputError) as caught:
        read(text)
    assert len(caught.value.problems) == 100
    assert caught.value.more == 150
    assert str(caught.value).endswith("... and 150 more problems")
    assert [problem.line for problem in caught.value.problems] == sorted(p.line for p in caught.value.problems)


def test_long_lines_are_cut_around_the_place():
    options = ", ".join(f"option{n}" for n in range(5000))
    text, line, column = marked(
        case(issues=f"issues:\n  a: {{options: [{options}, {MARK}true, {options[:200]}]}}")
    )
    (problem, *_) = [p for p in problems_of(text) if p.code == "E022"]
    assert (problem.line, problem.column) == (line, column)
    assert len(problem.excerpt) <= 102
    assert problem.excerpt[problem.caret :].startswith("true, option0")
    assert max(len(row) for row in str(problem).split("\n")) < 400


def test_text_of_the_file_cannot_steer_the_terminal():
    for text in (case(about='"\\u202Eabout": a'), case(title="title: [\u202ea\u200b]"), "a: \x1b[31m"):
        for problem in problems_of(text):
            assert all(character.isprintable() or character == "\n" for character in str(problem))


def test_messages_are_never_those_of_the_libraries():
    words = re.compile(
        r"pydantic|Input should|Field required|Extra inputs|while scanning|<[a-z]+>|NoneType|dict\b"
    )
    for _, text, _ in ALL:
        for problem in problems_of(text.replace(MARK, "")):
            assert not words.search(str(problem)), problem
