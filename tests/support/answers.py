"""Analyses made by hand, for tests of the report: two neighbours and an orchard, and a large dispute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from winset.findings.answer import Analysis
from winset.findings.base import Finding, Json, Provenance, Section, Status
from winset.findings.blockers import BlockersFinding, Lift
from winset.findings.demands import Demand
from winset.findings.frontier import FrontierFinding, FrontierPoint, Solution, SolutionsFinding
from winset.findings.zone import (
    AccountZone,
    Agreement,
    AgreementsFinding,
    CentralZone,
    UtilityRange,
    ZoneFinding,
)
from winset.model.issues import Clause, Issue, Outcome, Space
from winset.model.judgement import Basis, Number, Values, Weights
from winset.model.negotiation import Account, Link, Negotiation, Source, Statement
from winset.model.party import Batna, Constituency, Interaction, Party, Preferences, RedLine
from winset.model.rule import Rule

HOSTILE = (
    "</script><!--<script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'`"
    "{{7*7}}%{x}[bold]B[/bold]\x1b[31m\u202e\x00"
)
"""Breaks out of what does not escape: HTML, scripts, templates, Plotly's labels, rich's markup, terminals."""

MINUTES = Basis(source="minutes")
JUDGED = Basis(because="A reading of the minutes by the authors of this example.")


def orchard() -> Negotiation:
    """Two parties, three issues, two accounts; a range, a tie, an interaction, something unknown."""
    space = Space(
        (
            Issue("boundary", ("river", "ridge", "road"), ordered=True, title="Course of the boundary"),
            Issue("water_share", tuple(range(0, 101, 5)), ordered=True, unit="percent"),
            Issue(
                "instrument",
                ("truce", "treaty"),
                meanings=("Arms rest, nothing is settled.", "Both sign and ratify a settlement."),
            ),
        )
    )
    east = Party(
        id="east",
        name="East village",
        preferences=Preferences(
            weights=Weights("parties.east.weights", (0.0,) * 3, (1.0,) * 3, ((0,), (1, 2)), basis=MINUTES),
            values=(
                Values(
                    "parties.east.values.boundary",
                    (1.0, 0.0, 0.0),
                    (1.0, 1.0, 0.0),
                    ((0,), (1,), (2,)),
                    basis=JUDGED,
                ),
                Values(
                    "parties.east.values.water_share",
                    tuple(k / 20 for k in range(21)),
                    tuple(k / 20 for k in range(21)),
                    basis=MINUTES,
                ),
                Values("parties.east.values.instrument", (0.4, 0.8), (0.4, 1.0)),
            ),
            interactions=(
                Interaction(
                    Clause.of({0: [1], 1: range(12, 21)}),
                    Number("parties.east.interactions.0.adds", 0.1, 0.1, JUDGED),
                ),
            ),
        ),
        batna=Batna(Number("parties.east.batna.value", 0.2, 0.4, MINUTES), what="keep the grazing ban"),
        red_lines=(
            RedLine(
                "east-road",
                Clause.of({0: [2]}),
                Number("parties.east.red_lines.east-road.firmness", 0.7, 0.9, MINUTES),
                what="no boundary along the road",
                basis=MINUTES,
                statements=("miller",),
            ),
        ),
        constituencies=(
            Constituency(
                "elders",
                "Elders",
                Number("parties.east.constituencies.elders.accepts_above", 0.3, 0.5),
                veto=True,
            ),
        ),
    )
    west = Party(
        id="west",
        name="West village",
        preferences=Preferences(
            weights=Weights("parties.west.weights", (0.2, 0.3, 0.1), (0.5, 0.6, 0.1), basis=JUDGED),
            values=(
                Values(
                    "parties.west.values.boundary",
                    (0.0, 0.0, 1.0),
                    (0.0, 1.0, 1.0),
                    ((2,), (1,), (0,)),
                    basis=JUDGED,
                ),
                Values(
                    "parties.west.values.water_share",
                    (1.0, 0.7, 0.0),
                    (1.0, 0.9, 0.0),
                    points=(0.0, 50.0, 100.0),
                    basis=JUDGED,
                ),
                Values("parties.west.values.instrument", (0.0, 0.0), (1.0, 1.0), stated=False),
            ),
        ),
        batna=Batna(Number("parties.west.batna.value", 0.3, 0.3)),
    )
    strict = replace(west, batna=Batna(Number("parties.west.batna.value", 0.45, 0.45, MINUTES)))
    rule = Rule("all", ("east", "west"))
    return Negotiation(
        id="orchard",
        title="Two villages and an orchard",
        space=space,
        accounts=(
            Account("east_tells", "as East tells it", _half("east_tells"), (east, west), rule, MINUTES),
            Account("west_tells", "as West tells it", _half("west_tells"), (east, strict), rule, MINUTES),
        ),
        links=(Link("no-truce-boundary", Clause.of({0: [1, 2], 2: [0]}), MINUTES),),
        as_of="1998-05-01",
        about="An invented dispute over a boundary and a spring.",
        sources={
            "minutes": Source(
                "minutes",
                "Minutes of the second meeting",
                author="The clerk",
                publisher="Town archive",
                date="1998-04-02",
                url="https://example.org/minutes",
            )
        },
        statements={
            "miller": Statement(
                "miller",
                by="The miller of East village",
                quote="There will be no boundary along the road.",
                to="the meeting",
                date="1998-04-02",
                where="the inn",
                source="minutes",
            )
        },
    )


def _half(account: str) -> Number:
    return Number(f"accounts.{account}.credence", 0.5, 0.5)


def orchard_answer() -> Analysis:
    """A zone in most readings; figures invented."""
    negotiation = orchard()
    outcomes = ((1, 11, 1), (0, 14, 1), (1, 12, 1))
    ranges = (
        ({"east": (0.71, 0.58, 0.82), "west": (0.49, 0.40, 0.61)}, 0.412),
        ({"east": (0.83, 0.70, 0.91), "west": (0.41, 0.33, 0.50)}, 0.381),
        ({"east": (0.74, 0.60, 0.84), "west": (0.46, 0.37, 0.58)}, 0.004),
    )
    points = _points(negotiation, 25)
    solution = Solution(outcomes[0], negotiation.space.terms(outcomes[0]), {"east": 0.7123, "west": 0.4889})
    other = Solution(points[8].outcome, points[8].terms, points[8].utilities)
    demands = (Demand("east", "red_line", "east-road"), Demand("west", "batna"), Demand("east", "batna"))
    zone = ZoneFinding(
        status=Status.SAMPLED,
        probability=0.64,
        standard_error=0.0107,
        draws=2000,
        by_account=(
            AccountZone("east_tells", "as East tells it", 1010, 0.81, 0.0123),
            AccountZone("west_tells", "as West tells it", 990, 0.47, 0.0159),
        ),
        central=CentralZone("east_tells", True, 12),
        mean_size=9.43,
        provenance=_provenance("share of draws with an acceptable outcome"),
    )
    findings: dict[str, Finding] = {
        "zone": zone,
        "agreements": _agreements(negotiation, outcomes, ranges),
        "frontier": _frontier(negotiation, points, {"east": 0.3, "west": 0.3}),
        "solutions": SolutionsFinding(
            Status.EXACT,
            solution,
            other,
            solution,
            None,
            _provenance("search of the frontier", None, "Nash 1950"),
        ),
        "blockers": BlockersFinding(
            Status.EXACT, (), (), _lifts(demands, (0.9, 0.71, 0.641), 0.64), _provenance("one demand lifted")
        ),
    }
    return Analysis(negotiation, findings, seed=0, draws=2000, version="0.1.0")


def large(text: str = "") -> Negotiation:
    """Four parties, eight issues, two accounts; every text ends with `text`."""
    names = (
        "the status of the northern river crossings",
        "who_pays",
        "observers",
        "timetable of the withdrawal from the upper valley",
        "amnesty",
        "return of displaced families",
        "fishing rights",
        "language of the schools",
    )
    space = Space(
        tuple(
            Issue(
                name + text,
                tuple(
                    f"{option}{text}"
                    for option in (
                        "as before",
                        "a joint commission with a rotating chair",
                        "new",
                        "none at all",
                    )
                ),
                title=f"On {name}{text}",
                meanings=(f"Nothing changes.{text}", None, f"All is new.{text}", None),
            )
            for name in names
        )
    )
    parties = tuple(_large_party(number, space, text) for number in range(4))
    other = (replace(parties[0], red_lines=()), *parties[1:])
    rule = Rule("all", tuple(party.id for party in parties))
    basis = Basis("communique", f"Read from the communiqué.{text}")
    return Negotiation(
        id="large",
        title=f"A settlement for the upper valley{text}",
        space=space,
        accounts=(
            Account(
                "first", f"the first account{text}", Number("accounts.first.credence", 0.6, 0.6), parties, rule
            ),
            Account(
                "second", f"the second account{text}", Number("accounts.second.credence", 0.4, 0.4), other, rule
            ),
        ),
        links=(Link(f"link{text}", Clause.of({0: [0], 7: [1, 2]}), basis),),
        as_of="2024-03",
        about=f"A made-up dispute.{text}",
        sources={
            "communique": Source(
                f"communique{text}",
                f"Communiqué of the conference{text}",
                author=f"Secretariat{text}",
                publisher=f"Press{text}",
                date=f"2024-02/2024-03{text}" if text else "2024-02/2024-03",
                url=f"javascript:alert(3)//{text}",
                note=f"A note.{text}",
            )
        },
        statements={
            "said": Statement(
                f"said{text}",
                by=f"A delegate{text}",
                quote=f"We will not move.{text}",
                summary=f"The delegate refused.{text}",
                to=f"the press{text}",
                date="2024-02-30",
                where=f"the capital{text}",
                source="communique",
            )
        },
    )


def _large_party(number: int, space: Space, text: str) -> Party:
    names = (
        "The Confederation of Northern Cantons",
        "Southern League",
        "Guarantors",
        "The Assembly of the Displaced",
    )
    party = f"party{number}"
    basis = Basis("communique", f"Read from the communiqué.{text}")
    order = tuple((option,) for option in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 2, 3), (2, 3, 0, 1))[number])
    best, worst = order[0][0], order[-1][0]
    values = tuple(
        Values(
            f"parties.{party}.values.{issue.name}",
            tuple(1.0 if option == best else 0.0 for option in range(4)),
            tuple(0.0 if option == worst else 1.0 for option in range(4)),
            order,
            basis=basis,
        )
        for issue in space.issues
    )
    groups = tuple(((number + place) % 8,) for place in range(8))
    path = f"parties.{party}.red_lines.line.firmness"
    return Party(
        id=party,
        name=names[number] + text,
        preferences=Preferences(
            Weights(f"parties.{party}.weights", (0.0,) * 8, (1.0,) * 8, groups, basis=basis), values
        ),
        batna=Batna(
            Number(f"parties.{party}.batna.value", 0.5, 0.7, basis),
            what=f"carry on as it has for a decade{text}",
        ),
        red_lines=(
            RedLine(
                "line",
                Clause.of({number: [worst]}),
                Number(path, 0.6, 1.0, basis),
                what=f"never anything but an arrangement that it has itself seen, discussed and signed{text}",
                basis=basis,
                statements=("said",),
            ),
        ),
    )


def large_answer(text: str = "") -> Analysis:
    """No zone in the central reading; figures invented, every text ends with `text`."""
    negotiation = large(text)
    parties = negotiation.party_ids
    outcomes = tuple(tuple((k * place + 1) % 4 if place > 2 else 1 for place in range(8)) for k in range(5))
    ranges = tuple(
        ({party: (0.5 + 0.07 * k, 0.3, 0.9) for k, party in enumerate(parties)}, 0.11 - 0.02 * row)
        for row in range(5)
    )
    lines = tuple(Demand(party, "red_line", "line") for party in parties)
    batnas = tuple(Demand(party, "batna") for party in parties)
    zone = ZoneFinding(
        status=Status.SAMPLED,
        probability=0.13,
        standard_error=0.0075,
        draws=2000,
        by_account=(
            AccountZone("first", f"the first account{text}", 2000, 0.13, 0.0075),
            AccountZone("second", f"the second account{text}", 0, None, None),
        ),
        central=CentralZone("first", False, 0),
        mean_size=123.4,
        provenance=_provenance(f"share of draws with an acceptable outcome{text}"),
    )
    conflicts = ((lines[0], batnas[1]), (lines[2], lines[3], batnas[0]))
    findings: dict[str, Finding] = {
        "zone": zone,
        "agreements": _agreements(negotiation, outcomes, ranges),
        "frontier": _frontier(negotiation, _points(negotiation, 60), dict.fromkeys(parties, 0.8)),
        "solutions": SolutionsFinding(
            Status.EXACT, None, None, None, None, _provenance("search of the frontier")
        ),
        "blockers": BlockersFinding(
            Status.EXACT,
            conflicts,
            ((lines[0],), (batnas[1], lines[2])),
            _lifts((*lines, *batnas), (0.41, 0.3, 0.22, 0.2, 0.19, 0.131, 0.13, 0.13), 0.13),
            _provenance("one demand lifted"),
            blocked=True,
            account="first",
        ),
        "further": FurtherFinding(text),
    }
    return Analysis(negotiation, findings, seed=7, draws=2000, version="0.1.0")


def unknown_answer() -> Analysis:
    """The orchard where nothing could be computed."""
    why = "the outcome space is too large to tabulate"
    provenance = Provenance("not computed", reason=why)
    lifts = tuple(Lift(demand, None, None, None, None) for demand in (Demand("east", "batna"),))
    findings: dict[str, Finding] = {
        "zone": ZoneFinding(
            Status.UNKNOWN, None, None, 0, (), CentralZone("east_tells", None, None), None, provenance
        ),
        "agreements": AgreementsFinding(Status.UNKNOWN, (), provenance),
        "frontier": FrontierFinding(Status.UNKNOWN, "east_tells", (), {"east": 0.3, "west": 0.3}, provenance),
        "solutions": SolutionsFinding(Status.UNKNOWN, None, None, None, None, provenance),
        "blockers": BlockersFinding(Status.UNKNOWN, (), (), lifts, provenance),
    }
    return Analysis(orchard(), findings, seed=0, draws=2000, version="0.1.0")


def large_frontier(points: int) -> Analysis:
    """The large dispute with a frontier of that many points, in the zone where their number is even."""
    answer = large_answer()
    frontier = _frontier(
        answer.negotiation,
        _points(answer.negotiation, points),
        dict.fromkeys(answer.negotiation.party_ids, 0.2),
    )
    return replace(answer, findings={**answer.findings, "frontier": frontier})


class FurtherFinding:
    """A finding of which the report knows nothing but its section."""

    status = Status.EXACT

    def __init__(self, text: str) -> None:
        self.text = text
        self.provenance = _provenance(f"a further method{text}", None, f"Somebody 1999{text}")

    def to_dict(self) -> Json:
        return {"status": self.status.value, "provenance": self.provenance.to_dict()}

    def section(self) -> Section | None:
        return Section(
            title=f"A further question{self.text}",
            sentences=(f"A further answer.{self.text}",),
            columns=tuple(f"{head}{self.text}" for head in ("item", "to whom", "how much of it")),
            rows=((f"orchard{self.text}", f"East village{self.text}", f"2/15{self.text}"),),
        )


def _provenance(method: str, seed: int | None = 0, *references: str) -> Provenance:
    return Provenance(method, {"draws": 2000}, seed, references, version="0.1.0")


def _points(negotiation: Negotiation, number: int) -> tuple[FrontierPoint, ...]:
    """Return points on an arc, their terms spread over the space."""
    space = negotiation.space
    points = []
    for k in range(number):
        outcome = space.outcome(k * 7919 % space.size)
        share = k / max(1, number - 1)
        utilities = {
            party: round(1 - share**2, 4)
            if place % 2 == 0
            else round(1 - (1 - share) ** 2 * (1 + place / 9) / 2, 4)
            for place, party in enumerate(negotiation.party_ids)
        }
        points.append(FrontierPoint(outcome, space.terms(outcome), utilities, 0.2 < share < 0.8 and k % 2 == 0))
    return tuple(points)


def _frontier(
    negotiation: Negotiation, points: tuple[FrontierPoint, ...], reservation: Mapping[str, float]
) -> FrontierFinding:
    account = negotiation.accounts[0].id
    return FrontierFinding(Status.EXACT, account, points, reservation, _provenance("elimination", None))


def _agreements(
    negotiation: Negotiation,
    outcomes: Sequence[Outcome],
    figures: Sequence[tuple[Mapping[str, tuple[float, float, float]], float]],
) -> AgreementsFinding:
    agreements = tuple(
        Agreement(
            outcome,
            negotiation.space.terms(outcome),
            probability,
            (probability * (1 - probability) / 2000) ** 0.5,
            {party: UtilityRange(*range_) for party, range_ in ranges.items()},
        )
        for outcome, (ranges, probability) in zip(outcomes, figures, strict=True)
    )
    return AgreementsFinding(Status.SAMPLED, agreements, _provenance("ranked by acceptability"))


def _lifts(demands: Sequence[Demand], without: Sequence[float], base: float) -> tuple[Lift, ...]:
    return tuple(
        Lift(demand, probability, (probability * (1 - probability) / 2000) ** 0.5, probability - base, 0.005)
        for demand, probability in zip(demands, without, strict=True)
    )
