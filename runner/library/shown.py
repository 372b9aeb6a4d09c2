"""How runs, results and figures show themselves in a notebook: HTML that asks nothing of any network."""

from base64 import b64encode
from collections.abc import Container, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from runner.config.keys import Config
from runner.numbers import number_text
from runner.result.result import Result

# A map of the codes, the best there is, and what becomes of the pictures.
MAPS, RECONSTRUCTIONS = ("latent_glyphs.png", "latent_map.png"), "reconstructions.png"
THUMBNAIL, WHOLE = "max-height:18em; max-width:48%; vertical-align:top", "max-width:100%"
# What a number is held against, because a number means little alone.
LIMITS = {
    "accumulated_error": ("pca_accumulated_error", "the best linear network"),
    "test_accumulated_error": ("bayes_accumulated_error", "the best possible denoiser"),
    "knn_accuracy": ("pca_knn_accuracy", "principal components"),
}


class Figures(dict[str, Any]):
    """Figures by the names of their files; they show themselves in a notebook."""

    def _repr_html_(self) -> str:
        from runner.figures.style import png

        return pictures_html({name: png(figure) for name, figure in self.items()}, WHOLE)


def drawn_figures(result: Result) -> Figures:
    """All figures of a result."""
    # Half a second of imports that nobody else needs.
    from runner.figures.figures import draw_figures

    return Figures(draw_figures(result))


def drawn_thumbnails(result: Result) -> dict[str, bytes]:
    """The two pictures that tell most, as PNG; no other is drawn."""
    from runner.figures.figures import drawings
    from runner.figures.style import png

    draw = dict(drawings(result))
    names = [*_first_of(MAPS, draw), RECONSTRUCTIONS]
    return {name: png(draw[name]()) for name in names}


def saved_thumbnails(folder: Path) -> dict[str, bytes]:
    """The same from the pictures that a run has left, as far as there are some."""
    left = {path.name: path for path in folder.glob("plots/*.png")}
    names = [*_first_of(MAPS, left), *_first_of((RECONSTRUCTIONS,), left)]
    return {name: left[name].read_bytes() for name in names}


def _first_of(names: Iterable[str], there: Container[str]) -> list[str]:
    """The first of the names that is there, if one is."""
    return [name for name in names if name in there][:1]


def run_html(
    heading: str, line: str, config: Config, summary: Mapping[str, Any], pictures: Mapping[str, bytes]
) -> str:
    """What was trained, in two lines, pictures, and the numbers beside what they are held against."""
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td align=right>{value}</td><td>{escape(beside)}</td></tr>"
        for name, value, beside in _rows(config, summary)
    )
    head = f"<p><b>{escape(heading)}</b><br>{escape(line)}</p>"
    return f"<div>{head}{pictures_html(pictures, THUMBNAIL)}<table>{rows}</table></div>"


def _rows(config: Config, summary: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each number by name, and its limit in words."""
    limits = {limit for limit, _ in LIMITS.values()}
    for name, value in summary.items():
        if name not in limits:
            limit, words = LIMITS.get(name, ("", ""))
            beside = f"{words}: {number_text(summary[limit])}" if limit in summary else ""
            yield name.replace("_", " "), number_text(value), beside
    if config.published:
        yield "published", number_text(config.published.error), config.published.source


def pictures_html(pictures: Mapping[str, bytes], style: str) -> str:
    """PNG files by name, as images of that CSS style."""
    return "".join(
        f'<img src="data:image/png;base64,{b64encode(content).decode()}" alt="{escape(name)}"'
        f' title="{escape(name)}" style="{style}">'
        for name, content in pictures.items()
    )
