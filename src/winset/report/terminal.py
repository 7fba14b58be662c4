"""The answer in the terminal: plain at 80 columns, without colour, through a pipe."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from winset.findings.answer import Analysis
from winset.findings.base import Section
from winset.report.obstacles import DemandRow
from winset.report.view import AgreementRow, SolutionRow, Term, View, view
from winset.report.words import percent

MAX_WIDTH: Final = 110  # longer lines are hard to follow
MAX_TERMS: Final = 24  # more issues than this fill the screen
_LABEL: Final = 10
_INDENT: Final = 2
_ASCII: Final = str.maketrans({"→": "to", "·": ";", "±": "+/-", "×": "x", "–": "-", "−": "-", "’": "'"})


def text(analysis: Analysis, width: int = 80) -> str:
    """Return the answer as plain text.

    Parameters
    ----------
    analysis : Analysis
    width : int
        No line is longer.
    """
    buffer = io.StringIO()
    render(
        analysis, Console(file=buffer, width=width, color_system=None, force_terminal=False, highlight=False)
    )
    return buffer.getvalue()


def render(analysis: Analysis, console: Console) -> None:
    """Print the answer.

    Texts of the case are printed as they are: neither rich's markup nor control characters in them act.
    Nothing is said by colour or weight alone. Where the console's encoding lacks a character, a plain one
    stands for it.
    """
    said = view(analysis)
    width = min(console.width, MAX_WIDTH)
    page = _Page(console.encoding, width)
    options = console.options.update(width=width, markup=False, highlight=False)
    for part in _parts(said, page):
        for line in console.render_lines(part, options, pad=False):
            console.print(Segments([*_without_padding(line), Segment.line()]), end="", soft_wrap=True)


def encodable(words: str, encoding: str) -> str:
    """Return the words; where the encoding lacks a character of them, with plain ones in its place."""
    try:
        words.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return words.translate(_ASCII).encode("ascii", errors="replace").decode("ascii")
    return words


def _without_padding(line: list[Segment]) -> list[Segment]:
    """Return the line without blanks at its end, which tables leave."""
    while line and not line[-1].text.strip(" "):
        line = line[:-1]
    if line:
        last = line[-1]
        return [*line[:-1], Segment(last.text.rstrip(" "), last.style)]
    return line


class _Flow:
    """Items side by side, separated; an item is broken only where it is wider than the page."""

    def __init__(self, items: Iterable[str], separator: str, page: _Page) -> None:
        self.items = [page.text(item) for item in items]
        self.separator = page.text(separator)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line = Text()
        for item in self.items:
            if line and line.cell_len + self.separator.cell_len + item.cell_len > options.max_width:
                yield line
                line = Text()
            line = Text.assemble(line, self.separator, item) if line else item
        yield line


class _Page:
    """Makes the texts of a page fit for a console's encoding."""

    def __init__(self, encoding: str, width: int) -> None:
        self.encoding = encoding
        self.width = width

    def text(self, words: str, style: str = "") -> Text:
        """Return the words as text that is shown as it is."""
        return Text(encodable(words, self.encoding), style=style)

    def grid(self, rows: Sequence[Sequence[str]]) -> Table:
        """Return a table without lines. Words are broken only where a column would be wider than its share."""
        table = Table.grid(padding=(0, 2, 0, 0))
        columns = len(rows[0])
        for column in range(columns):
            words = (word for row in rows for word in row[column].split())
            longest = max((cell_len(word) for word in words), default=0)
            share = (self.width - _INDENT) // columns - 2
            table.add_column(overflow="fold", min_width=min(longest, max(1, share)))
        for row in rows:
            table.add_row(*(self.text(cell) for cell in row))
        return table


def _parts(said: View, page: _Page) -> Iterable[RenderableType]:
    blank = Text("")
    yield from (blank, page.text(said.title, "bold"), page.text(said.facts), blank)
    if said.changes:
        yield from (*_what_if(said, page), blank)
    yield _answer(said, page)
    yield from (blank, *_obstacles(said, page))
    yield from (blank, *_agreements(said, page))
    yield from (blank, *_central(said, page))
    for section in said.sections:
        yield from (blank, *_section(section, page))
    yield blank
    yield _labelled((("Assumed", said.assumed), ("Computed", said.computed), ("Figures", _reading(said))), page)


def _what_if(said: View, page: _Page) -> Iterable[RenderableType]:
    """Yield what is supposed, so that the answer is never taken for the case's own."""
    yield page.text("What if: this is not the case as its file has it", "bold")
    for words in said.changes:
        yield _indented(_hanging("-", page.text(words), page, pad=1))


def _reading(said: View) -> str:
    """Return how figures are to be read."""
    parts = ["± is one standard error"]
    if said.agreements:
        parts.append("(a to b) holds nine readings in ten")
    return "; ".join(parts)


def _labelled(rows: Iterable[tuple[str, str]], page: _Page) -> Table:
    table = Table.grid(padding=0)
    table.add_column(width=_LABEL)
    table.add_column(overflow="fold")
    for label, words in rows:
        table.add_row(page.text(label, "bold"), page.text(words))
    return table


def _answer(said: View, page: _Page) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    answer = page.text(f"{said.verdict.word}. ", "bold").append_text(
        page.text(said.verdict.sentence, "not bold")
    )
    lines: list[RenderableType] = [answer]
    if said.size:
        lines.append(page.text(said.size))
    if said.accounts:
        lines.append(page.grid([(row.title, row.share) for row in said.accounts]))
    table.add_row(page.text("Is there a deal?", "bold"), Group(*lines))
    return table


def _heading(words: str, page: _Page, aside: str = "") -> RenderableType:
    if not aside:
        return page.text(words, "bold")
    table = Table.grid(expand=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_row(page.text(words, "bold"), page.text(aside))
    return table


def _obstacles(said: View, page: _Page) -> Iterable[RenderableType]:
    found = said.obstacles
    rows = found.rows[: found.shown]
    yield _heading("What stands in the way", page, "a zone, with and without it" if rows else "")
    if rows:
        yield _indented(_demands(rows, page))
    if found.note:
        yield _indented(page.text(found.note))
    if found.brief:
        yield _indented(page.text(f"In the central reading{_account(said)}:"))
    for words in found.brief:
        yield _indented(_hanging("-", page.text(words), page, pad=1))


def _demands(rows: Sequence[DemandRow], page: _Page) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for row in rows:
        table.add_row(page.text(f"{row.party}: {row.what}"), page.text(row.change))
        table.add_row(Padding(page.text(f"{row.standing}; {row.source}", "dim"), (0, 0, 0, 2)), "")
    return table


def _agreements(said: View, page: _Page) -> Iterable[RenderableType]:
    yield _heading("Agreements most often acceptable", page)
    if said.agreements_note:
        yield _indented(page.text(said.agreements_note))
    if said.agreements and said.agreements[0].common:
        common = _terms(said.agreements[0].common, page)
        yield _indented(_hanging(f"All {len(said.agreements)} have", common, page))
    for row in said.agreements:
        yield _indented(_agreement(row, page))


def _agreement(row: AgreementRow, page: _Page) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=2, justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    readings = " readings" if row.share == percent(1.0) else ""
    body: list[RenderableType] = [
        page.text(f"in {row.share}{readings}" + (f"  {row.solutions}" if row.solutions else "")),
        _terms(row.own, page),
        _worth(row.utilities, page),
    ]
    table.add_row(page.text(row.rank), Group(*body))
    return table


def _hanging(label: str, body: RenderableType, page: _Page, pad: int = 2) -> Table:
    table = Table.grid(padding=(0, pad, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(page.text(label), body)
    return table


def _terms(terms: Sequence[Term], page: _Page) -> RenderableType:
    named = [f"{term.issue}: {term.option}" for term in terms[:MAX_TERMS]]
    if len(terms) > MAX_TERMS:
        named.append(f"and {len(terms) - MAX_TERMS} more issues, which the page and --json list")
    return _Flow(named, " · ", page)


def _worth(utilities: Sequence[tuple[str, str]], page: _Page) -> RenderableType:
    return _Flow((f"{name} {figure}" for name, figure in utilities), "   ", page)


def _central(said: View, page: _Page) -> Iterable[RenderableType]:
    yield _heading(f"In the central reading{_account(said)}", page)
    for words in said.central:
        yield _indented(page.text(words))
    for row in said.solutions:
        yield _indented(_solution(row, page))


def _account(said: View) -> str:
    return f", {said.central_account}" if said.central_account else ""


def _solution(row: SolutionRow, page: _Page) -> RenderableType:
    return Group(
        page.text(row.names),
        Padding(Group(_terms(row.terms, page), _worth(row.utilities, page)), (0, 0, 0, 2)),
    )


def _section(section: Section, page: _Page) -> Iterable[RenderableType]:
    yield _heading(section.title, page)
    for words in section.sentences:
        yield _indented(page.text(words))
    if section.rows:
        yield _indented(page.grid([*filter(None, (section.columns,)), *section.rows]))


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, _INDENT))
