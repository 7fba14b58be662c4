"""What only the page shows: positions, red lines, the frontier's table, assumptions, sources, methods."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from winset.findings.answer import Analysis
from winset.findings.base import Provenance
from winset.findings.frontier import FrontierFinding, FrontierPoint, SolutionsFinding
from winset.findings.zone import AgreementsFinding, ZoneFinding
from winset.model.issues import Outcome
from winset.model.judgement import Basis
from winset.model.negotiation import Account, Negotiation
from winset.report.assumptions import Assumption, accounts_text, assumptions, source_text
from winset.report.dates import date
from winset.report.positions import Positions, positions
from winset.report.thin import evenly
from winset.report.view import Term, finding, names, terms, utilities
from winset.report.words import clean, counted, listing, number

FRONTIER_ROWS = 40
"""Points that the frontier's table lists; of more, evenly spaced ones."""

SHOWN_OPTIONS = 7
"""Options that the table of positions lists for an issue; of more, evenly spaced ones."""


@dataclass(frozen=True, slots=True)
class Support:
    """What something rests on: a source to link to, and the reasoning."""

    anchor: str
    source: str
    because: str


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option of an issue: by party its value, 100 for the best, and whether a red line forbids it."""

    label: str
    meaning: str
    values: tuple[int | None, ...]
    forbidden: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class IssueRows:
    """An issue with its options; the weights are by party."""

    name: str
    title: str
    weights: tuple[str, ...]
    options: tuple[OptionRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """What each party wants, as one account has it."""

    account: str
    issues: tuple[IssueRows, ...]


@dataclass(frozen=True, slots=True)
class RedLineRow:
    """A red line as the accounts have it."""

    party: str
    what: str
    accounts: str
    supports: tuple[Support, ...]
    statements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of the frontier."""

    terms: tuple[Term, ...]
    utilities: tuple[str, ...]
    in_zone: bool
    solutions: str


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """A judgement; `unsourced` where it is stated with neither a source nor a reason."""

    what: str
    path: str
    value: str
    kind: str
    accounts: str
    support: Support
    unsourced: bool


@dataclass(frozen=True, slots=True)
class AssumptionGroup:
    """The judgements about one party, or about the accounts."""

    title: str
    note: str
    rows: tuple[AssumptionRow, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source; `url` only where it is a web address."""

    anchor: str
    title: str
    details: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement: the words, and who said them, to whom, when and where."""

    anchor: str
    quote: str
    summary: str
    said: str
    support: Support


@dataclass(frozen=True, slots=True)
class MethodRow:
    """How one finding was computed."""

    name: str
    status: str
    method: str
    parameters: str
    reason: str
    references: tuple[str, ...]


def support(basis: Basis, negotiation: Negotiation) -> Support:
    """Return what a judgement rests on, with the anchor of the source where the file lists it."""
    anchor = ""
    if basis.source is not None and basis.source in negotiation.sources:
        anchor = f"source-{list(negotiation.sources).index(basis.source) + 1}"
    return Support(anchor, source_text(basis, negotiation), clean(basis.because or ""))


def matrices(analysis: Analysis) -> tuple[Matrix, ...]:
    """Return the positions by account: all of the central reading's, of others the issues that differ."""
    negotiation = analysis.negotiation
    zone = finding(analysis, "zone", ZoneFinding)
    leading = zone.central.account if zone is not None else negotiation.leading_account.id
    ordered = sorted(negotiation.accounts, key=lambda account: account.id != leading)
    grouped: dict[tuple[IssueRows, ...], list[Account]] = {}
    for account in ordered:
        grouped.setdefault(_issues(negotiation, positions(negotiation, account)), []).append(account)
    first = next(iter(grouped))
    return tuple(
        Matrix(listing(clean(account.title) for account in accounts), _different(issues, first))
        for issues, accounts in grouped.items()
    )


def _different(issues: tuple[IssueRows, ...], first: tuple[IssueRows, ...]) -> tuple[IssueRows, ...]:
    """Return the issues that are not as in the first account; all of the first account's own."""
    if issues == first:
        return issues
    return tuple(issue for issue, same in zip(issues, first, strict=True) if issue != same)


def _issues(negotiation: Negotiation, wanted: Positions) -> tuple[IssueRows, ...]:
    rows = []
    for issue, cells in zip(negotiation.space.issues, wanted.cells, strict=True):
        shown = evenly(len(issue.options), SHOWN_OPTIONS)
        options = tuple(
            OptionRow(
                label=clean(issue.label(option)),
                meaning="" if issue.meaning(option) == issue.label(option) else clean(issue.meaning(option)),
                values=tuple(round(100 * cell.values[option]) if cell.stated else None for cell in cells),
                forbidden=tuple(option in cell.forbidden for cell in cells),
            )
            for option in shown
        )
        weights = tuple(cell.weight_text for cell in cells)
        left_out = len(issue.options) - len(shown)
        rows.append(IssueRows(clean(issue.name), clean(issue.title or ""), weights, options, left_out))
    return tuple(rows)


def glossary(analysis: Analysis) -> tuple[tuple[Term, str], ...]:
    """Return the terms of the agreements listed whose meaning the file explains, each once, by issue."""
    found = finding(analysis, "agreements", AgreementsFinding)
    outcomes = [agreement.outcome for agreement in found.agreements] if found is not None else []
    explained = []
    for place, issue in enumerate(analysis.negotiation.space.issues):
        for option in sorted({outcome[place] for outcome in outcomes}):
            if issue.meaning(option) != issue.label(option):
                term = Term(clean(issue.name), clean(issue.label(option)))
                explained.append((term, clean(issue.meaning(option))))
    return tuple(explained)


def red_lines(negotiation: Negotiation) -> tuple[RedLineRow, ...]:
    """Return every red line, by party; one that accounts state alike once."""
    found: dict[tuple[str, str], list[tuple[Account, Basis, tuple[str, ...]]]] = {}
    for account in negotiation.accounts:
        for party in account.parties:
            for line in party.red_lines:
                words = clean(line.what or f"never {line.never.describe(negotiation.space)}")
                entry = (account, line.basis or line.firmness.basis, line.statements)
                found.setdefault((party.id, words), []).append(entry)
    who = names(negotiation)
    order = {party: place for place, party in enumerate(who)}
    return tuple(
        RedLineRow(
            party=who[party],
            what=words,
            accounts=_only(negotiation, [account for account, _, _ in entries]),
            supports=tuple(dict.fromkeys(support(basis, negotiation) for _, basis, _ in entries)),
            statements=_said(negotiation, (name for _, _, said in entries for name in said)),
        )
        for (party, words), entries in sorted(found.items(), key=lambda item: order[item[0][0]])
    )


def _only(negotiation: Negotiation, accounts: list[Account]) -> str:
    if len(accounts) == len(negotiation.accounts):
        return ""
    return "only " + listing(clean(account.title) for account in accounts)


def _said(negotiation: Negotiation, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return anchor and speaker of each statement, once."""
    places = {name: place for place, name in enumerate(negotiation.statements, start=1)}
    return tuple(
        (f"statement-{places[name]}", clean(negotiation.statements[name].by))
        for name in dict.fromkeys(ids)
        if name in places
    )


def frontier_rows(analysis: Analysis) -> tuple[PointRow, ...]:
    """Return the points that the frontier's table lists, every bargaining solution among them."""
    found = finding(analysis, "frontier", FrontierFinding)
    if found is None:
        return ()
    picked: dict[Outcome, list[str]] = {}
    solutions = finding(analysis, "solutions", SolutionsFinding)
    for name, solution in solutions.named() if solutions is not None else ():
        if solution is not None:
            picked.setdefault(solution.outcome, []).append(name)
    marked = [place for place, point in enumerate(found.points) if point.outcome in picked]
    shown = sorted({*evenly(len(found.points), FRONTIER_ROWS), *marked})
    return tuple(_point(analysis.negotiation, found.points[place], picked) for place in shown)


def _point(negotiation: Negotiation, point: FrontierPoint, picked: dict[Outcome, list[str]]) -> PointRow:
    worth = utilities(negotiation, point.utilities)
    return PointRow(
        terms=terms(negotiation, point.outcome),
        utilities=tuple(figure for _, figure in worth),
        in_zone=point.in_zone,
        solutions=listing(picked.get(point.outcome, ())),
    )


def assumption_groups(negotiation: Negotiation) -> tuple[AssumptionGroup, ...]:
    """Return every judgement, by party; the credences of the accounts first."""
    who = {"": "The accounts", **names(negotiation)}
    grouped: dict[str, list[Assumption]] = {}
    for item in assumptions(negotiation):
        grouped.setdefault(item.party, []).append(item)
    return tuple(_group(who[party], items, negotiation) for party, items in grouped.items())


def _group(title: str, items: list[Assumption], negotiation: Negotiation) -> AssumptionGroup:
    unsourced = sum(item.unsourced for item in items)
    note = counted(len(items), "judgement") + (f", {unsourced} without a source" if unsourced else "")
    rows = tuple(
        AssumptionRow(
            what=item.what,
            path=clean(item.path),
            value=item.value,
            kind=item.kind.value,
            accounts=accounts_text(item, negotiation),
            support=support(item.basis, negotiation),
            unsourced=item.unsourced,
        )
        for item in items
    )
    return AssumptionGroup(title, note, rows)


def source_rows(negotiation: Negotiation) -> tuple[SourceRow, ...]:
    """Return the sources in file order."""
    return tuple(
        SourceRow(
            anchor=f"source-{place}",
            title=clean(source.title),
            details=", ".join(
                part
                for part in (clean(source.author or ""), clean(source.publisher or ""), date(source.date))
                if part
            ),
            url=_web(source.url),
            note=clean(source.note or ""),
        )
        for place, source in enumerate(negotiation.sources.values(), start=1)
    )


def _web(url: str | None) -> str:
    """Return the address if it is one of the web; empty otherwise, as a link could run a script."""
    if url is None or url != clean(url).strip():
        return ""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return ""
    return url if scheme in ("http", "https") else ""


def statement_rows(negotiation: Negotiation) -> tuple[StatementRow, ...]:
    """Return the statements in file order."""
    rows = []
    for place, statement in enumerate(negotiation.statements.values(), start=1):
        said = (
            clean(statement.by),
            f"to {clean(statement.to)}" if statement.to else "",
            clean(statement.where or ""),
            date(statement.date),
        )
        rows.append(
            StatementRow(
                anchor=f"statement-{place}",
                quote=clean(statement.quote or ""),
                summary=clean(statement.summary or ""),
                said=", ".join(part for part in said if part),
                support=support(Basis(source=statement.source), negotiation),
            )
        )
    return tuple(rows)


def links(negotiation: Negotiation) -> tuple[tuple[str, Support], ...]:
    """Return the options that cannot be combined, in words, and what that rests on."""
    return tuple(
        (clean(link.never.describe(negotiation.space)), support(link.basis, negotiation))
        for link in negotiation.links
    )


def methods(analysis: Analysis) -> tuple[MethodRow, ...]:
    """Return how each finding was computed."""
    return tuple(
        _method(name, found.status.value, found.provenance) for name, found in analysis.findings.items()
    )


def _method(name: str, status: str, provenance: Provenance) -> MethodRow:
    return MethodRow(
        name=clean(name),
        status=status,
        method=clean(provenance.method),
        parameters=", ".join(clean(f"{key} {_shown(value)}") for key, value in provenance.parameters.items()),
        reason=clean(provenance.reason or ""),
        references=tuple(clean(reference) for reference in provenance.references),
    )


def _shown(value: object) -> str:
    if isinstance(value, float) and math.isfinite(value):
        return number(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
