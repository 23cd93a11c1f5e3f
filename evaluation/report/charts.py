"""The charts of a report, drawn by plotly."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go  # type: ignore[import-untyped]
from plotly.io import to_html  # type: ignore[import-untyped]
from plotly.offline import get_plotlyjs  # type: ignore[import-untyped]

from evaluation.curves import Automatic, Confusion
from evaluation.figures import LATENCY, Figure
from evaluation.statistics.values import Bin
from evaluation.table import STEPS

INK, ACCENT, SOFT, WARN = "#1f2933", "#0b7285", "#c5dde1", "#c2410c"
_MOST_INTENTS = 20


def script() -> str:
    """The library itself, so that the page needs no network."""
    return f"<script>{get_plotlyjs()}</script>"


def calibration(bins: Sequence[Bin]) -> str:
    """How often a reading of some confidence is right; the size of a mark goes with the number of messages."""
    most = max((item.weight for item in bins), default=1.0)
    chart = go.Figure()
    chart.add_scatter(x=[0, 1], y=[0, 1], mode="lines", line={"dash": "dot", "color": SOFT}, hoverinfo="skip")
    chart.add_scatter(
        x=[item.confidence for item in bins],
        y=[item.right for item in bins],
        mode="lines+markers",
        line={"color": ACCENT},
        marker={"size": [6 + 18 * (item.weight / most) ** 0.5 for item in bins], "color": ACCENT},
        customdata=[int(item.weight) for item in bins],
        hovertemplate="confidence %{x:.2f}: right %{y:.2f}<br>%{customdata} messages<extra></extra>",
    )
    _axes(chart, "confidence of the main intent", "share that is right")
    return _div(chart)


def tradeoff(sent: Automatic, send: float, wanted: float) -> str:
    """Precision of automatic replies against the share of questions that they answer."""
    chart = go.Figure()
    chart.add_scatter(
        x=[point.coverage for point in sent.curve],
        y=[point.precision for point in sent.curve],
        mode="lines",
        line={"color": ACCENT, "width": 2.5},
        customdata=[point.confidence for point in sent.curve],
        hovertemplate="from confidence %{customdata:.3f}<br>answers %{x:.1%}, right %{y:.1%}<extra></extra>",
    )
    chart.add_hline(y=wanted, line={"dash": "dot", "color": WARN}, annotation_text=f"wanted {wanted:g}")
    now = next((point for point in reversed(sent.curve) if point.confidence >= send), None)
    if now is not None:
        chart.add_scatter(
            x=[now.coverage],
            y=[now.precision],
            mode="markers",
            marker={"size": 11, "color": WARN},
            hovertemplate=f"sent today, from {send:g}<br>answers %{{x:.1%}}, right %{{y:.1%}}<extra></extra>",
        )
    _axes(chart, "questions answered automatically", "of what is sent, right")
    lowest = min((point.precision for point in sent.curve), default=0.5)
    chart.update_yaxes(range=[max(0.0, lowest - 0.05), 1.01])
    return _div(chart)


def confusion(mixed: Confusion) -> str:
    """What each main intent was read as, in shares of its messages; the number of messages stands in the cell."""
    names = mixed.intents[:_MOST_INTENTS]
    counts = mixed.counts[: len(names), : len(names)]
    sums = counts.sum(axis=1, keepdims=True).clip(min=1)
    chart = go.Figure(
        go.Heatmap(
            z=(counts / sums).tolist(),
            x=list(names),
            y=list(names),
            text=[[str(count) if count else "" for count in row] for row in counts.tolist()],
            texttemplate="%{text}",
            textfont={"size": 10},
            colorscale=[[0, "#ffffff"], [0.15, "#e3f0f2"], [1, ACCENT]],
            showscale=False,
            hovertemplate="%{y} read as %{x}: %{text} messages<extra></extra>",
        )
    )
    _axes(chart, "read as", "labelled")
    chart.update_xaxes(tickangle=-45, side="bottom")
    chart.update_yaxes(autorange="reversed")
    return _div(chart, height=620)


def latency(figures: Sequence[Figure]) -> str:
    """Milliseconds of each step: median, 95th and 99th percentile."""
    values = {figure.name: figure.value for figure in figures if figure.name.startswith(LATENCY)}
    chart = go.Figure()
    for name, colour in (("p50", ACCENT), ("p95", "#66a9b5"), ("p99", SOFT)):
        heights = [values.get(f"{LATENCY}{step}.{name}") for step in STEPS]
        chart.add_bar(x=list(STEPS), y=heights, name=name, marker={"color": colour}, hovertemplate="%{y:.1f} ms")
    _axes(chart, "", "milliseconds")
    chart.update_layout(barmode="group", showlegend=True, legend={"orientation": "h", "y": 1.12})
    return _div(chart)


def _axes(chart: go.Figure, x: str, y: str) -> None:
    chart.update_layout(
        template="plotly_white",
        font={"family": "system-ui, sans-serif", "color": INK, "size": 12},
        margin={"l": 10, "r": 10, "t": 20, "b": 10},
        showlegend=False,
    )
    chart.update_xaxes(title=x, automargin=True)
    chart.update_yaxes(title=y, automargin=True)


def _div(chart: go.Figure, height: int = 340) -> str:
    chart.update_layout(height=height, autosize=True)
    options = {"displayModeBar": False, "responsive": True}
    return str(to_html(chart, include_plotlyjs=False, full_html=False, default_width="100%", config=options))
