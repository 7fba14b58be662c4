"""What the report says, as texts: computed once, so that terminal, page and notebook say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from winset.findings.answer import Analysis
from winset.findings.base import Finding, Section, Status
from winset.findings.frontier import FrontierFinding, SolutionsFinding
from winset.findings.zone import AgreementsFinding, UtilityRange, ZoneFinding
from winset.model.issues import Outcome
from winset.model.negotiation import Negotiation
from winset.report.assumptions import summary
from winset.report.dates import date
from winset.report.obstacles import Obstacles, obstacles
from winset.report.verdict import Verdict, verdict
from winset.report.words import (
    UNKNOWN,
    Scale,
    clean,
    count,
    counted,
    listing,
    sentence,
    share,
    size,
    utility,
    utility_range,
)

F = TypeVar("F", bound=Finding)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """How often there is a zone in the draws that took one account."""

    title: str
    share: str
    draws: str


@dataclass(frozen=True, slots=True)
class Term:
    """One issue settled; `common` where every agreement listed settles it so."""

    issue: str
    option: str
    common: bool = False


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement: in which share of readings it is acceptable, its terms, and what it is worth to whom."""

    rank: str
    share: str
    terms: tuple[Term, ...]
    utilities: tuple[tuple[str, str], ...]
    solutions: str

    @property
    def common(self) -> tuple[Term, ...]:
        """The terms that every agreement listed has."""
        return tuple(term for term in self.terms if term.common)

    @property
    def own(self) -> tuple[Term, ...]:
        """The other terms."""
        return tuple(term for term in self.terms if not term.common)


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """Bargaining solutions that pick the same outcome."""

    names: str
    terms: tuple[Term, ...]
    utilities: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class View:
    """The report's texts, in the order in which they are shown. All of them are clean (`words.clean`)."""

    title: str
    changes: tuple[str, ...]
    facts: str
    about: str
    verdict: Verdict
    size: str
    accounts: tuple[AccountRow, ...]
    obstacles: Obstacles
    agreements: tuple[AgreementRow, ...]
    agreements_note: str
    central_account: str
    central: tuple[str, ...]
    solutions: tuple[SolutionRow, ...]
    sections: tuple[Section, ...]
    assumed: str
    computed: str


def finding(analysis: Analysis, name: str, kind: type[F]) -> F | None:
    """Return the finding of this name; None where it was not computed or is of another kind."""
    found = analysis.findings.get(name)
    return found if isinstance(found, kind) else None


def view(analysis: Analysis) -> View:
    """Return what the report says of an analysis."""
    negotiation = analysis.negotiation
    zone = finding(analysis, "zone", ZoneFinding)
    agreements = finding(analysis, "agreements", AgreementsFinding)
    return View(
        title=clean(negotiation.title),
        changes=tuple(clean(text) for text in negotiation.changes),
        facts=_facts(negotiation),
        about=clean(negotiation.about or ""),
        verdict=verdict(negotiation, zone),
        size=_size(zone, negotiation),
        accounts=_accounts(zone),
        obstacles=obstacles(analysis),
        agreements=_agreements(analysis, agreements),
        agreements_note=_agreements_note(agreements),
        central_account=_central_account(analysis),
        central=_central(analysis),
        solutions=_solutions(analysis),
        sections=_sections(analysis.findings.values()),
        assumed=summary(negotiation),
        computed=_computed(analysis),
    )


def terms(negotiation: Negotiation, outcome: Outcome, common: Iterable[int] = ()) -> tuple[Term, ...]:
    """Return an outcome as issue and option, in the order of the issues."""
    shared = set(common)
    return tuple(
        Term(clean(issue.name), clean(issue.label(option)), place in shared)
        for place, (issue, option) in enumerate(zip(negotiation.space.issues, outcome, strict=True))
    )


def scales(negotiation: Negotiation) -> dict[str, Scale]:
    """Return the scale of each party's utilities by party id."""
    return {party.id: party.preferences.scale for party in negotiation.accounts[0].parties}


def names(negotiation: Negotiation) -> dict[str, str]:
    """Return the parties' names for readers by party id, in the order of the file."""
    return {
        party: clean(name) for party, name in zip(negotiation.party_ids, negotiation.party_names, strict=True)
    }


def _computed(analysis: Analysis) -> str:
    """Return what the figures rest on, and which limits cut them short."""
    made = f"seed {analysis.seed}, {counted(analysis.draws, 'draw')}, winset {clean(analysis.version)}"
    if not analysis.limits_reached:
        return made
    return f"{made}; incomplete, {'; '.join(clean(limit) for limit in analysis.limits_reached)}"


def _facts(negotiation: Negotiation) -> str:
    space = negotiation.space
    counts = ", ".join(
        (
            counted(len(negotiation.party_ids), "party", "parties"),
            counted(len(space.issues), "issue"),
            counted(space.size, "outcome"),
        )
    )
    when = date(negotiation.as_of)
    return f"{when} · {counts}" if when else counts


def _accounts(zone: ZoneFinding | None) -> tuple[AccountRow, ...]:
    if zone is None or len(zone.by_account) < 2:
        return ()
    return tuple(
        AccountRow(
            clean(part.title),
            share(part.probability, part.standard_error) if part.draws else "not drawn",
            counted(part.draws, "draw"),
        )
        for part in zone.by_account
    )


def _agreements(analysis: Analysis, found: AgreementsFinding | None) -> tuple[AgreementRow, ...]:
    if found is None:
        return ()
    outcomes = [agreement.outcome for agreement in found.agreements]
    common: set[int] = set()
    if len(outcomes) > 1:
        common = {place for place, options in enumerate(zip(*outcomes, strict=True)) if len(set(options)) == 1}
    picked = _picked(finding(analysis, "solutions", SolutionsFinding))
    return tuple(
        AgreementRow(
            rank=str(rank),
            share=share(agreement.acceptability, agreement.standard_error),
            terms=terms(analysis.negotiation, agreement.outcome, common),
            utilities=_ranges(analysis.negotiation, agreement.utilities),
            solutions=listing(picked.get(agreement.outcome, ())),
        )
        for rank, agreement in enumerate(found.agreements, start=1)
    )


def _agreements_note(found: AgreementsFinding | None) -> str:
    """Return what there is to say where no agreement is listed."""
    if found is None:
        return "Agreements were not ranked."
    if found.agreements:
        return ""
    if found.status is Status.UNKNOWN:
        return sentence(clean(found.provenance.reason or "agreements could not be ranked"))
    return "None is acceptable in any of the readings drawn."


def _ranges(negotiation: Negotiation, ranges: Mapping[str, UtilityRange]) -> tuple[tuple[str, str], ...]:
    scale = scales(negotiation)
    return tuple(
        (name, utility_range(ranges[party].mean, ranges[party].low, ranges[party].high, scale[party]))
        for party, name in names(negotiation).items()
        if party in ranges
    )


def utilities(negotiation: Negotiation, values: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """Return pairs of a party's name and its utility in words."""
    scale = scales(negotiation)
    return tuple(
        (name, utility(values[party], scale[party]))
        for party, name in names(negotiation).items()
        if party in values
    )


def _picked(found: SolutionsFinding | None) -> dict[Outcome, list[str]]:
    """Return the names of the bargaining solutions by the outcome that they pick."""
    picked: dict[Outcome, list[str]] = {}
    for name, solution in found.named() if found is not None else ():
        if solution is not None:
            picked.setdefault(solution.outcome, []).append(name)
    return picked


def _solutions(analysis: Analysis) -> tuple[SolutionRow, ...]:
    found = finding(analysis, "solutions", SolutionsFinding)
    if found is None:
        return ()
    values = {solution.outcome: solution.utilities for _, solution in found.named() if solution is not None}
    return tuple(
        SolutionRow(
            names=listing(named),
            terms=terms(analysis.negotiation, outcome),
            utilities=utilities(analysis.negotiation, values[outcome]),
        )
        for outcome, named in _picked(found).items()
    )


def _central_account(analysis: Analysis) -> str:
    """Return the title of the central reading's account; empty where the file has only one account."""
    negotiation = analysis.negotiation
    zone = finding(analysis, "zone", ZoneFinding)
    frontier = finding(analysis, "frontier", FrontierFinding)
    if len(negotiation.accounts) < 2 or (zone is None and frontier is None):
        return ""
    name = zone.central.account if zone is not None else frontier.account if frontier is not None else ""
    return clean(negotiation.account(name).title)


def _central(analysis: Analysis) -> tuple[str, ...]:
    """Return what holds in the central reading: the zone, the frontier, the solutions."""
    sentences = []
    zone = finding(analysis, "zone", ZoneFinding)
    frontier = finding(analysis, "frontier", FrontierFinding)
    if zone is not None:
        inside = frontier is not None and any(point.in_zone for point in frontier.points)
        sentences.append(_central_zone(zone, analysis.negotiation, inside=inside))
    if frontier is not None:
        sentences.append(_central_frontier(frontier))
    solutions = finding(analysis, "solutions", SolutionsFinding)
    if solutions is not None and not _picked(solutions):
        reason = solutions.provenance.reason if solutions.status is Status.UNKNOWN else None
        none = "no bargaining solution, as no outcome of the frontier is in the zone"
        sentences.append(sentence(clean(reason or none)))
    return tuple(dict.fromkeys(sentences))  # one reason often explains several


def _central_zone(zone: ZoneFinding, negotiation: Negotiation, *, inside: bool) -> str:
    """Return what is known of the zone; `inside` says that the frontier has outcomes in it."""
    central = zone.central
    if central.exists is False:
        return "No outcome is in the zone."
    if central.exists is None and not inside:
        return "Whether there is a zone is unknown."
    if central.size is None:
        return "There is a zone; its size is unknown."
    verb = "is" if central.size == 1 else "are"
    return f"{count(central.size)} of {counted(negotiation.space.size, 'outcome')} {verb} in the zone."


def _central_frontier(frontier: FrontierFinding) -> str:
    if frontier.status is Status.UNKNOWN:
        reason = frontier.provenance.reason
        return sentence(clean(reason)) if reason else f"The Pareto frontier is {UNKNOWN}."
    inside = sum(point.in_zone for point in frontier.points)
    which = {0: "none", len(frontier.points): "all"}.get(inside, count(inside))
    some = "at least " if frontier.status is Status.BOUNDED else ""
    found = counted(len(frontier.points), "outcome")
    return f"The Pareto frontier has {some}{found}, {which} of them in the zone."


def _sections(findings: Iterable[Finding]) -> tuple[Section, ...]:
    """Return the sections of all findings that have one, clean."""
    sections = (found.section() for found in findings)
    return tuple(
        Section(
            title=clean(section.title),
            sentences=tuple(clean(text) for text in section.sentences),
            columns=tuple(clean(text) for text in section.columns),
            rows=tuple(tuple(clean(text) for text in row) for row in section.rows),
        )
        for section in sections
        if section is not None
    )


def _size(zone: ZoneFinding | None, negotiation: Negotiation) -> str:
    """Return how large the zone is on average over the draws; empty where nothing was drawn."""
    if zone is None or zone.mean_size is None or zone.status is not Status.SAMPLED:
        return ""
    return f"On average {size(zone.mean_size)} of {counted(negotiation.space.size, 'outcome')} are in the zone."
