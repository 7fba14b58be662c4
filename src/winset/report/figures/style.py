"""What all pictures share: colours, layout, and texts made safe for Plotly.

One hue (blue, #0072B2 of Okabe and Ito 2008, seen alike by colour-blind readers) and greys: form and place tell
things apart, so that pictures survive a black-and-white printer, and no colour stands for a party.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go

from winset.report.words import clean

BLUE: Final = "#0072B2"
GREY: Final = "#6B737D"
INK: Final = "#30363D"
GRID: Final = "#E1E5EA"
CLEAR: Final = "rgba(0,0,0,0)"

DARK: Final = {BLUE: "#56B4E9", GREY: "#98A1AB", INK: "#E4E7EB", GRID: "#343A41"}
"""What each colour becomes on a dark page."""

TICK_WIDTH: Final = 22  # characters to a line beside an axis: leaves room for the picture on a telephone
TITLE_WIDTH: Final = 44
HOVER_WIDTH: Final = 60
_LINE_HEIGHT: Final = 17  # pixels, of a tick's text
_AROUND: Final = 100  # pixels above and below the rows: title, axis


def label(text: str, width: int = TICK_WIDTH) -> str:
    """Return a text of the case for Plotly: clean, broken into lines, and free of markup.

    Plotly reads a subset of HTML in every label; ``&``, ``<`` and ``>`` are therefore written as entities.
    """
    words = clean(text)
    lines = textwrap.wrap(words, width) if len(words) > width else [words]
    return "<br>".join(_escaped(line) for line in lines)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def height(ticks: Sequence[str]) -> int:
    """Return the height in pixels of a picture with one row for each of these labels, all equally high."""
    lines = max((tick.count("<br>") + 1 for tick in ticks), default=1)
    return _AROUND + len(ticks) * (_LINE_HEIGHT * lines + 10)


def axis(title: str = "", **settings: Any) -> dict[str, Any]:
    """Return an axis; the title is a text of ours or a made `label`."""
    return {
        "title": {"text": title, "font": {"size": 13}},
        "gridcolor": GRID,
        "linecolor": GREY,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        **settings,
    }


def rows_axis(texts: Sequence[str], **settings: Any) -> dict[str, Any]:
    """Return a vertical axis with one labelled row for each text, the first on top."""
    return axis(
        tickmode="array",
        tickvals=list(range(len(texts))),
        ticktext=texts,
        range=[len(texts) - 0.5, -0.5],
        showgrid=False,
        **settings,
    )


def percent_axis(title: str) -> dict[str, Any]:
    """Return a horizontal axis from 0 to 100 percent."""
    lines = {"dtick": 0.25, "showgrid": True, "gridcolor": GRID}
    return axis(title, range=[-0.02, 1.02], tickformat=".0%", dtick=0.5, tickangle=0, minor=lines)


def picture(title: str, tall: int, **layout: Any) -> go.Figure:
    """Return an empty picture; the title says what is seen."""
    heading = label(title, TITLE_WIDTH)
    figure = go.Figure()
    figure.update_layout(
        template="none",
        title={
            "text": heading,
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "pad": {"l": 4},
            "font": {"size": 15},
        },
        font={"family": "system-ui, sans-serif", "size": 13, "color": INK},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        margin={"l": 10, "r": 16, "t": 34 + 20 * (heading.count("<br>") + 1), "b": 10},
        height=tall,
        hoverlabel={"align": "left"},
        showlegend=False,
        dragmode=False,
        **layout,
    )
    return figure
