"""The difference of two cases or results as plain text."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from winset.findings.difference import AnswerChange, Difference, LiftChange, Side, ZoneChange
from winset.findings.file_changes import FileChange
from winset.findings.result import Ranked, Terms
from winset.report.words import clean, counted, listing, percent, share

MAX_CHANGES: Final = 60
MAX_LISTED: Final = 8
_MAX_VALUE: Final = 300
_BARE: Final = re.compile(r"[^\W\d][\w -]*")
_SOLUTIONS: Final = {"kalai_smorodinsky": "Kalai–Smorodinsky", "nash": "Nash"}
_NO_WORD: Final = "nothing"


def text(difference: Difference, width: int = 80) -> str:
    """Return the difference for readers; no line is longer than `width`, but for single long words."""
    blocks: list[list[str]] = [_heads(difference, width)]
    if difference.notes:
        blocks.append([line for note in difference.notes for line in _wrapped(clean(note), width, "")])
    if difference.file is not None:
        blocks.append(_titled("What changed in the file", _file(difference.file, width)))
    if difference.answer is not None:
        blocks.append(_titled("What changed in the answer", _answer(difference.answer, width)))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _titled(title: str, lines: Iterable[str]) -> list[str]:
    return [title, *lines]


def _wrapped(words: str, width: int, indent: str, hanging: str = "") -> list[str]:
    return textwrap.wrap(
        words,
        width,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _heads(difference: Difference, width: int) -> list[str]:
    lines = []
    for label, side in (("Before", difference.before), ("After", difference.after)):
        lines += textwrap.wrap(_head(side), width, initial_indent=f"{label:<8}", subsequent_indent=" " * 8)
        for words in side.changes:
            lines += _wrapped(f"what if: {clean(words)}", width, " " * 8, "  ")
    return lines


def _head(side: Side) -> str:
    computed = [f"winset {clean(side.version)}"]
    if side.seed is not None and side.draws is not None:
        computed = [f"seed {side.seed}", counted(side.draws, "draw"), *computed]
    return f"{clean(side.name)}: {clean(side.title)} ({side.kind}; {', '.join(computed)})"


def _file(changes: Sequence[FileChange], width: int) -> Iterator[str]:
    if not changes:
        yield "  Nothing."
    for change in changes[:MAX_CHANGES]:
        yield from _wrapped(_file_change(change), width, "  ", "    ")
    if len(changes) > MAX_CHANGES:
        yield f"  and {len(changes) - MAX_CHANGES:,} more, which --json lists"


def _file_change(change: FileChange) -> str:
    path = clean(".".join(change.path))
    if change.kind == "changed":
        label = f"{path} ({change.what})" if change.what != "judgement" else path
        return f"{label}: {_value(change.before)} → {_value(change.after)}"
    if change.what != "judgement":
        value = change.after if change.kind == "added" else change.before
        title = value.get("title") or value.get("name") if isinstance(value, dict) else None
        return f"{change.what} {change.kind}: {path}" + (f" ({clean(str(title))})" if title else "")
    value = change.after if change.kind == "added" else change.before
    arrow = f"{_NO_WORD} → {_value(value)}" if change.kind == "added" else f"{_value(value)} → {_NO_WORD}"
    return f"{path}: {arrow}"


def _value(value: Any) -> str:
    """Return a value as a case file writes it, on one line."""
    if value is None:
        return _NO_WORD
    words = clean(_flow(value))
    return words if len(words) <= _MAX_VALUE else words[: _MAX_VALUE - 1] + "…"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(str(key))}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return value if _BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def _answer(answer: AnswerChange, width: int) -> Iterator[str]:
    sentences = [
        *_zone(answer.zone),
        *_frontier(answer),
        *_solutions(answer),
    ]
    for words in sentences:
        yield from _wrapped(words, width, "  ", "    ")
    yield from _agreements(answer, width)
    yield from _lifts(answer.lifts, width)


def _zone(zone: ZoneChange) -> Iterator[str]:
    before, after = (
        f"{word}, {share(chance.probability, chance.standard_error)}"
        for word, chance in zip(zone.verdicts, (zone.before, zone.after), strict=True)
    )
    if before == after and not zone.change:
        yield f"Is there a deal? {before}, as before."
    else:
        yield f"Is there a deal? {before} → {after}{_moved(zone)}."
    for name, (one, other) in zone.by_account.items():
        if one != other and len(zone.by_account) > 1:
            chances = (share(c.probability, c.standard_error) if c else "no such account" for c in (one, other))
            yield f"{clean(name)}: {' → '.join(chances)}."
    if zone.central[0] != zone.central[1]:
        words = {True: "a zone", False: "no zone", None: "not known"}
        yield f"In the central reading: {words[zone.central[0]]} → {words[zone.central[1]]}."


def _moved(zone: ZoneChange) -> str:
    if zone.change is None or zone.standard_error is None:
        return ""
    basis = "the same draws" if zone.paired else "taken as independent samples"
    return f"; {_points(zone.change)} points (± {100 * zone.standard_error:.1f}, {basis})"


def _points(change: float) -> str:
    """Return a change of a probability in percentage points, with its sign."""
    return f"{100 * change:+.1f}".replace("-", "−")


def _frontier(answer: AnswerChange) -> Iterator[str]:
    if answer.outcomes[0] != answer.outcomes[1]:
        yield f"Outcomes: {' → '.join(_grouped(size) for size in answer.outcomes)}."
    if answer.frontier[0] != answer.frontier[1]:
        sizes = (
            "unknown" if size is None else f"{size:,}" + (f" ({status})" if status != "exact" else "")
            for size, status in answer.frontier
        )
        yield f"Outcomes on the Pareto frontier: {' → '.join(sizes)}."


def _grouped(digits: str) -> str:
    return f"{int(digits):,}" if digits.isdecimal() and len(digits) < 20 else clean(digits)


def _solutions(answer: AnswerChange) -> Iterator[str]:
    """Yield what changed of the solutions, those together that changed alike."""
    alike: dict[tuple[Terms | None, Terms | None], list[str]] = {}
    for name, picked in answer.solutions.items():
        alike.setdefault(picked, []).append(_SOLUTIONS.get(name, clean(name.replace("_", " "))))
    for (before, after), named in alike.items():
        names = listing(named)
        yield _solution(f"{names[:1].upper()}{names[1:]} solution", before, after)


def _solution(title: str, before: Terms | None, after: Terms | None) -> str:
    if before is None or after is None:
        return f"{title}: {_terms(before) if before else 'none'} → {_terms(after) if after else 'none'}."
    old, new = dict(before), dict(after)
    moved = [issue for issue in dict.fromkeys((*old, *new)) if old.get(issue) != new.get(issue)]
    changes = (f"{clean(issue)}: {_option(old, issue)} → {_option(new, issue)}" for issue in moved)
    return f"{title}: {' · '.join(changes)}."


def _option(terms: dict[str, str | float], issue: str) -> str:
    return clean(str(terms[issue])) if issue in terms else _NO_WORD


def _terms(terms: Terms) -> str:
    return " · ".join(f"{clean(issue)}: {clean(str(option))}" for issue, option in terms)


def _agreements(answer: AnswerChange, width: int) -> Iterator[str]:
    if answer.entered is None or answer.left is None:
        return
    if not answer.entered and not answer.left:
        if answer.stayed:
            yield "  The same agreements are listed."
        return
    for label, side, found in (("entered", "now", answer.entered), ("left", "before", answer.left)):
        if found:
            yield f"  {counted(len(found), 'agreement')} {label} the list"
        for rank, one in found[:MAX_LISTED]:
            yield from _wrapped(_ranked(rank, side, one), width, "    ", "  ")
        if len(found) > MAX_LISTED:
            yield f"    and {len(found) - MAX_LISTED:,} more"


def _ranked(rank: int, side: str, one: Ranked) -> str:
    return f"rank {rank} {side}, in {percent(one.acceptability)}: {_terms(one.terms)}"


def _lifts(lifts: Sequence[LiftChange], width: int) -> Iterator[str]:
    if lifts:
        yield "  What lifting a demand gains, in points"
    for one in lifts[:MAX_LISTED]:
        yield from _wrapped(_lift(one), width, "    ", "  ")
    if len(lifts) > MAX_LISTED:
        rest = [clean(one.demand) for one in lifts[MAX_LISTED:]]
        named = listing(rest) if len(rest) <= MAX_LISTED else f"{len(rest)} demands"
        yield from _wrapped(f"moved less: {named}", width, "    ", "  ")


def _lift(one: LiftChange) -> str:
    figures = (
        "no such demand" if not here else "unknown" if gain is None else _points(gain)
        for here, gain in zip(one.present, one.gain, strict=True)
    )
    return f"{clean(one.demand)}: {' → '.join(figures)}"
