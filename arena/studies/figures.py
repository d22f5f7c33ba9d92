"""Figures of studies as SVG files, drawn by Matplotlib (extra `figures`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from arena.errors import UsageError
from arena.studies.base import Figure, HeatMap, Lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CELL: Final = 0.28
_LEAST_SIDE: Final = 4.0
_LINES_SIZE: Final = (7.0, 4.2)


def draw(figure: Figure, folder: Path) -> Path:
    """Write a figure and say where it is.

    Raises:
        UsageError: Matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure as Canvas
    except ImportError:
        raise UsageError("figures need Matplotlib: pip install 'agon[figures]'") from None
    canvas = Canvas(figsize=_size(figure), layout="constrained")
    axes = canvas.subplots()
    if isinstance(figure, HeatMap):
        _heat_map(figure, axes)
    else:
        _lines(figure, axes)
    axes.set_title(figure.title)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{figure.name}.svg"
    # Neither date nor random names, so that equal figures are equal files.
    import matplotlib as mpl

    with mpl.rc_context({"svg.hashsalt": "agon"}):
        canvas.savefig(path, metadata={"Date": None})
    return path


def _size(figure: Figure) -> tuple[float, float]:
    if isinstance(figure, Lines):
        return _LINES_SIZE
    width, height = (max(_LEAST_SIDE, _CELL * len(labels)) for labels in (figure.columns, figure.rows))
    return width + 1.5, height + 0.5


def _heat_map(figure: HeatMap, axes: Axes) -> None:
    image = axes.imshow(figure.values, cmap="RdBu", vmin=-figure.limit, vmax=figure.limit)
    axes.set_xticks(range(len(figure.columns)), figure.columns, fontsize=6, rotation=90)
    axes.set_yticks(range(len(figure.rows)), figure.rows, fontsize=6)
    parent = axes.get_figure()
    assert parent is not None, "axes of a new figure belong to it"
    parent.colorbar(image, ax=axes, shrink=0.7)


def _lines(figure: Lines, axes: Axes) -> None:
    places = range(len(figure.points))
    for name, values in figure.series:
        axes.plot(places, [float("nan") if value is None else value for value in values], marker="o", label=name)
    axes.set_xticks(places, figure.points)
    axes.set_xlabel(figure.across)
    axes.set_ylabel(figure.up)
    axes.legend()
