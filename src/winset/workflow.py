"""The only composer: load, analyse, report. The command line and the public functions are thin over this."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from winset._version import VERSION
from winset.analysis.context import Context, Limits, Progress, no_progress
from winset.analysis.paired import paired_change
from winset.analysis.registry import analyses
from winset.case.formats import is_peer, read
from winset.case.load import load as load_file
from winset.case.load import supposing
from winset.case.overrides import WhatIf
from winset.case.results import read_result
from winset.case.save import document, to_yaml
from winset.case.shipped import CaseInfo, shipped, shipped_path
from winset.errors import InputError, Problem, nearest_name
from winset.findings.answer import Analysis
from winset.findings.base import Finding
from winset.findings.difference import AnswerChange, Difference, Side, answer_change, notes_on
from winset.findings.file_changes import file_changes
from winset.findings.result import Result, result_of
from winset.model.negotiation import Account, Negotiation

DEFAULT_DRAWS = 2_000
MAX_DRAWS = 1_000_000
MAX_SEED = 2**64 - 1


@dataclass(frozen=True)
class Answer(Analysis):
    """An analysis that can show itself: in a notebook, as text, and as a self-contained HTML page."""

    def html(self) -> str:
        """Return the report as one self-contained HTML document."""
        from winset.report.page import page

        return page(self)

    def text(self, width: int = 80) -> str:
        """Return the report as plain text of this width."""
        from winset.report.terminal import text

        return text(self, width)

    def _repr_html_(self) -> str:
        from winset.report.notebook import notebook

        return notebook(self)


def load(
    source: str | Path, *, changes: Mapping[str, Any] | Iterable[str] = (), without: Iterable[str] = ()
) -> Negotiation:
    """Return the negotiation that a case describes, or what it would be with changes.

    Parameters
    ----------
    source : str or Path
        A case file, the id of a shipped case, or a folder or file in a peer's format (Genius XML, GeniusWeb
        JSON, NegMAS YAML), told apart by its content. A path that exists is preferred to a shipped case.
    changes : mapping of str to value, or iterable of str
        What is supposed instead of what the file judges, by path: ``{"parties.east.batna.value": 0.2}``, or
        texts ``PATH=YAML``. In every account, unless the path begins with ``accounts.NAME``.
    without : iterable of str
        Demands to set aside in every account: ``red_line:PARTY.ID`` or ``batna:PARTY``.

    Raises
    ------
    InputError
        With every problem that was found, each with its place.
    """
    what_if = WhatIf.of(changes, without)
    path = Path(source)
    try:
        exists = path.exists()
    except (OSError, ValueError):  # a name that no file can have
        exists = False
    if exists:
        return supposing(read(path), what_if) if is_peer(path) else load_file(path, what_if)
    ids = [info.id for info in shipped()]
    if str(source) in ids:
        return load_file(shipped_path(str(source)), what_if)
    raise InputError(
        [
            Problem(
                code="E801",
                message="no such case",
                found=str(source)[:200],
                allowed="a path that exists, or a shipped case: " + ", ".join(ids),
                nearest=nearest_name(str(source), ids),
            )
        ]
    )


def analyse(
    negotiation: Negotiation,
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = 0,
    account: str | None = None,
    agreements: int = 10,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    progress: Progress = no_progress,
) -> Answer:
    """Ask every question of a negotiation: is there a deal, which ones, what blocks it.

    Parameters
    ----------
    negotiation : Negotiation
    draws : int
        Number of precise models drawn from what the file leaves open, 1 to 1,000,000.
    seed : int
        Draw d depends on the seed and d alone.
    account : str, optional
        Account of the central reading; by default the one with the highest credence.
    agreements : int
        How many agreements to rank, at least 1.
    limits : Limits, optional
        Seconds and bytes that it may take. At a limit the findings go as far as it allowed and say so.
    progress : callable, optional
        Called with what is being done, how much of it is done, and how much there is.

    Returns
    -------
    Answer
        Every finding; shows itself in a notebook. `limits_reached` names the limits that were reached.

    Raises
    ------
    InputError
        When an argument is out of range or the account unknown.
    """
    _require_limits(limits)
    context = _context(negotiation, draws, seed, account, agreements, progress)
    return _answered(replace(context, limits=limits))


def _context(
    negotiation: Negotiation,
    draws: int,
    seed: int,
    account: str | None,
    agreements: int,
    progress: Progress,
) -> Context:
    """Return the ground of an analysis; the parameters are those of `analyse`."""
    _require("draws", draws, 1, MAX_DRAWS)
    _require("seed", seed, 0, MAX_SEED)
    _require("agreements", agreements, 1, 10_000)
    return Context(
        negotiation=negotiation,
        draws=draws,
        seed=seed,
        account=_chosen(negotiation, account),
        agreements=agreements,
        progress=progress,
    )


def _answered(context: Context) -> Answer:
    clock = context.clock  # it runs from here
    findings: dict[str, Finding] = {
        name: context.once(step.run) for name, step in analyses().items() if step.applies(context)
    }
    return Answer(context.negotiation, findings, context.seed, context.draws, VERSION, clock.reached)


def diff(
    before: str | Path | Negotiation,
    after: str | Path | Negotiation,
    *,
    draws: int | None = None,
    seed: int | None = None,
    agreements: int = 10,
    analysis: bool = True,
    progress: Progress = no_progress,
) -> Difference:
    """Return what changed between two cases or results: in the file, and in the answer.

    Parameters
    ----------
    before, after : str, Path or Negotiation
        A case, as for `load`, or a file with the JSON document of a result. Files are compared where both are
        cases, answers in any case.
    draws, seed : int, optional
        As for `analyse`; by default those of a result among the two, else 2,000 and 0.
    agreements : int
        How many agreements of each case to rank.
    analysis : bool
        Whether to compare answers as well as files.
    progress : callable, optional
        As for `analyse`.

    Raises
    ------
    InputError
        As `load` and `analyse`; E814 when a result is none, E815 without an analysis and without two cases.
    """
    sides = [_Compared.of(source) for source in (before, after)]
    results = [side.result for side in sides if side.result is not None]
    if results and not analysis:
        allowed = "two cases, or answers compared"
        raise InputError.single("E815", "without an analysis there is nothing to compare", allowed=allowed)
    cases = [side.negotiation for side in sides if side.negotiation is not None]
    file = file_changes(*map(document, cases)) if len(cases) == 2 else None
    answer = None
    if analysis:
        draws = draws if draws is not None else results[0].draws if results else DEFAULT_DRAWS
        seed = seed if seed is not None else results[0].seed if results else 0
        sides = [side.asked(draws, seed, agreements, progress) for side in sides]
        answer = _answer_change(*sides)
    one, other = sides[0].head(before), sides[1].head(after)
    return Difference(one, other, notes_on(one, other), file, answer)


@dataclass(frozen=True)
class _Compared:
    """One side of a difference: a case, once it was analysed with its result; or a result alone."""

    negotiation: Negotiation | None = None
    result: Result | None = None
    context: Context | None = None

    @classmethod
    def of(cls, source: str | Path | Negotiation) -> _Compared:
        if isinstance(source, Negotiation):
            return cls(source)
        found = read_result(Path(source))
        return cls(load(source)) if found is None else cls(result=found)

    def asked(self, draws: int, seed: int, agreements: int, progress: Progress) -> _Compared:
        """Return the side with its result."""
        if self.negotiation is None:
            return self
        context = _context(self.negotiation, draws, seed, None, agreements, progress)
        return replace(self, result=result_of(_answered(context).to_dict()), context=context)

    def head(self, source: str | Path | Negotiation) -> Side:
        """Return what the difference says of the side."""
        kind = "case" if self.negotiation is not None else "result"
        if self.result is not None:
            said = self.result
            asked = {"seed": said.seed, "draws": said.draws}
            name = said.case if isinstance(source, Negotiation) else str(source)
            return Side(name, kind, said.case, said.title, said.version, said.changes, **asked)
        assert self.negotiation is not None  # a side is one or the other
        case = self.negotiation
        name = case.id if isinstance(source, Negotiation) else str(source)
        return Side(name, kind, case.id, case.title, VERSION, case.changes)


def _answer_change(before: _Compared, after: _Compared) -> AnswerChange:
    from winset.report.verdict import word

    assert before.result is not None  # both were asked
    assert after.result is not None
    paired = None
    if before.context is not None and after.context is not None:
        paired = paired_change(before.context, after.context)
    words = word(before.result.zone.probability), word(after.result.zone.probability)
    return answer_change(before.result, after.result, words, paired)


def shipped_cases() -> tuple[CaseInfo, ...]:
    """Return id, title and date of every case that ships with winset."""
    return shipped()


def import_case(source: str | Path, parties: Sequence[str] = ()) -> str:
    """Return a peer's scenario as the text of a case file.

    Parameters
    ----------
    source : str or Path
        A folder or file of Genius XML, GeniusWeb JSON or NegMAS YAML.
    parties : sequence of str
        File names of the profiles to take, in this order; by default all.

    Raises
    ------
    InputError
        When the source is no peer's format, or holds what a case file cannot represent; names it.
    """
    path = Path(source)
    if not path.exists():
        raise InputError.single("E801", "no such file or folder", found=str(source)[:200])
    return to_yaml(read(path, parties=tuple(parties)))


def _require(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise InputError.single(
            "E802", f"{name} is out of range", found=str(value), allowed=f"{low:,} to {high:,}"
        )


def _require_limits(limits: Limits) -> None:
    if limits.seconds is not None and not 0 <= limits.seconds < math.inf:
        raise InputError.single(
            "E802", "the time limit is out of range", found=f"{limits.seconds:g}", allowed="seconds, 0 or more"
        )
    if limits.bytes is not None and limits.bytes < 1:
        raise InputError.single(
            "E802", "the memory limit is out of range", found=str(limits.bytes), allowed="at least 1 byte"
        )


def _chosen(negotiation: Negotiation, name: str | None) -> Account:
    if name is None:
        return negotiation.leading_account
    ids = [account.id for account in negotiation.accounts]
    if name in ids:
        return negotiation.account(name)
    problem = Problem(
        code="E803",
        message="no such account",
        found=name[:200],
        allowed=", ".join(ids),
        nearest=nearest_name(name, ids),
        file=negotiation.file,
    )
    raise InputError([problem])
