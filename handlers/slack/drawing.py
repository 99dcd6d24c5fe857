"""Draws charts as PNG pictures, in a process of its own: `python -m handlers.slack.drawing`.

The plotting library takes a second and forty megabytes to load, and pictures are drawn only for a Slack that
refuses its own chart blocks; so the bot itself never loads it.
"""

import io
import json
import sys
from base64 import b64encode
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from prompts.view import Chart, ChartKind, Series

INCHES, DOTS = (8.0, 4.2), 160
"""1280 by 672 dots: sharp on dense screens, some forty kilobytes."""
ROUND = 0.2
"""Inches of white around the drawing."""
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Okabe and Ito's, which people tell apart whatever colours they see."""
MARKS, HATCHES = "osD^vP", ("", "//", "..", "xx", "\\\\", "++")
"""Colour is never the only sign of a series."""
INK, QUIET = "#1d1c1d", "#dddddd"
BARS = 0.8
"""Of a category's width."""
ABOVE = 36
"""Points between the axes and the title, with room for the legend."""
LETTERS = 85
"""Characters that fit beside one another under an axis."""


def main() -> None:
    """Read charts as JSON from standard input, write their pictures as a JSON list of base64."""
    charts = [read(one) for one in json.load(sys.stdin)]
    json.dump([b64encode(png(chart)).decode() for chart in charts], sys.stdout)


def read(told: dict[str, Any]) -> Chart:
    """The chart that `dataclasses.asdict` told of."""
    series = tuple(Series(one["name"], tuple(one["points"])) for one in told["series"])
    return Chart(told["title"], ChartKind(told["kind"]), told["axis"], tuple(told["categories"]), series)


def png(chart: Chart) -> bytes:
    """The chart as a PNG on white, its numbers beside its marks. Not for several threads at once."""
    with rc_context(
        {
            "font.family": "DejaVu Sans",
            "font.size": 12.0,
            "text.color": INK,
            "text.parse_math": False,
            "axes.labelcolor": INK,
            "xtick.color": INK,
            "ytick.color": INK,
        }
    ):
        target = io.BytesIO()
        drawn(chart).savefig(target, format="png", dpi=DOTS)
        return target.getvalue()


def drawn(chart: Chart) -> Figure:
    """The chart as a figure of the plotting library."""
    room = ConstrainedLayoutEngine(w_pad=ROUND, h_pad=ROUND)
    figure = Figure(figsize=INCHES, facecolor="white", layout=room)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(chart.title, loc="left", fontweight="bold", pad=ABOVE)
    _DRAWERS[chart.kind](axes, chart)
    if chart.kind is not ChartKind.PIE:
        _frame(axes, chart)
    return figure


def _frame(axes: Axes, chart: Chart) -> None:
    shown = max(1, LETTERS // (max(map(len, chart.categories)) + 2))
    every = -(-len(chart.categories) // shown)
    last = len(chart.categories) - 1
    places = [place for place in range(last + 1) if (last - place) % every == 0]
    axes.set_xticks(places, [chart.categories[place] for place in places])
    axes.set_xlabel(chart.axis)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.margins(y=0.15)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=QUIET)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(length=0)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.4, ncols=len(chart.series), frameon=False
    )


def _bars(axes: Axes, chart: Chart) -> None:
    width = BARS / len(chart.series)
    for place, one in enumerate(chart.series):
        middle = (place - (len(chart.series) - 1) / 2) * width
        bars = axes.bar(
            [at + middle for at in range(len(one.points))],
            one.points,
            width * 0.94,
            label=one.name,
            color=COLOURS[place],
            hatch=HATCHES[place],
            edgecolor="white",
        )
        axes.bar_label(bars, padding=2)


def _lines(axes: Axes, chart: Chart) -> None:
    for place, one in enumerate(chart.series):
        at = range(len(one.points))
        axes.plot(at, one.points, label=one.name, color=COLOURS[place], marker=MARKS[place], linewidth=2.2)
        for x, y in zip(at, one.points, strict=True):
            axes.annotate(str(y), (x, y), (0, 7), textcoords="offset points", ha="center")


def _areas(axes: Axes, chart: Chart) -> None:
    for place, one in enumerate(chart.series):
        axes.fill_between(range(len(one.points)), one.points, color=COLOURS[place], alpha=0.25)
    _lines(axes, chart)


def _pie(axes: Axes, chart: Chart) -> None:
    points = chart.series[0].points
    names = [f"{name}: {value}" for name, value in zip(chart.categories, points, strict=True)]
    axes.pie(
        points,
        labels=names,
        colors=COLOURS[: len(points)],
        startangle=90,
        counterclock=False,
        wedgeprops={"edgecolor": "white", "linewidth": 2},
    )


_DRAWERS = {
    ChartKind.BAR: _bars,
    ChartKind.LINE: _lines,
    ChartKind.AREA: _areas,
    ChartKind.PIE: _pie,
}

if __name__ == "__main__":
    main()
