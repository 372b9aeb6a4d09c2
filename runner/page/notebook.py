"""`notebook.html`: an Observable notebook, in the file format of Notebook Kit, that reads the run's tables.

A notebook is a source: `npx @observablehq/notebook-kit preview`, Observable Desktop or an import at
ObservableHQ renders it, a plain browser does not. Its cells are the files of `cells`; which of them it has
is up to what the result has, as with the page.
"""

import re
from html import escape
from string import Template
from textwrap import indent

from runner.data import Data
from runner.figures.style import CLASS_COLORS
from runner.numbers import number_text
from runner.page.facts import counted, headline, one, title
from runner.page.html_page import HERE, json_for_html, template
from runner.result.learning import learning
from runner.result.result import Result

CELLS = HERE / "cells"
SYMBOLS = "  symbol: {legend: true},"
ERRORS = '  color: {legend: true, type: "sqrt", scheme: "viridis", label: "error"},'

# Plot draws SVG: of more dots a page becomes slow.
MOST_DOTS = 3000
# A longer legend would be a page of its own.
MOST_IN_LEGEND = 60

Cells = list[tuple[str, str]]  # type and text


def notebook(result: Result) -> str:
    """The notebook as HTML."""
    cells = [
        ("text/markdown", _introduction(result)),
        ("text/markdown", _summary(result)),
        *_map(result),
        *_pixels(result),
        *_learning(result),
    ]
    scripts = (
        f'<script id="{number}" type="{kind}">\n{indent(text.strip(), "  ")}\n</script>'
        for number, (kind, text) in enumerate(cells, start=1)
    )
    return template("notebook.html").substitute(
        title=escape(title(result)), cells=indent("\n".join(scripts), "  ")
    )


def _introduction(result: Result) -> str:
    return _cell(
        "introduction.md",
        heading=plain_markdown(title(result)),
        headline=plain_markdown(headline(result)),
        note=plain_markdown(result.config.note),
        each=one(result.data.noun),
    )


def _summary(result: Result) -> str:
    rows = [(name.replace("_", " "), number_text(number)) for name, number in result.summary.items()]
    return "\n".join(f"| {name} | {number} |" for name, number in [("summary", ""), ("---", "---"), *rows])


def _map(result: Result) -> Cells:
    """The map of codes: few pictures by their names, many as dots."""
    data = result.data
    dots, legends = _dots(result)
    radius, tip = (3 if data.is_few else 2), _tip(result)
    marks = [_cell(dots, radius=str(radius), tip=tip)]
    if len(result.misplaced):
        marks.append(_arrows(result))
    if data.is_few and _are_unique(data.judged.names):
        marks.append(_cell("names.js", name=_name_column(result)))
    count = counted(len(data.judged), data.part + data.noun)
    drawn = f"; {MOST_DOTS:,} of them at most are drawn" if len(data.judged) > MOST_DOTS else ""
    arrows = f" Arrows lead the {len(result.misplaced)} that lose most to where they should be."
    text = f"## The map of codes\n\nThose of {count}{drawn}." + arrows * bool(len(result.misplaced))
    plot = _cell("map.js", legends=legends, marks=indent("".join(marks).rstrip(), "    "))
    return [("text/markdown", text), ("module", _cell("codes.js", most=str(MOST_DOTS))), ("module", plot)]


def _arrows(result: Result) -> str:
    """From the codes of the pictures that the encoder misplaces most to where they should be."""
    up = "best_z2" if result.model.latent_size > 1 else "y"
    tip = f'(d) => d.{_name_column(result)} + " loses " + d.amortization_gap.toPrecision(3) + " nats"'
    return _cell("misplaced.js", count=str(len(result.misplaced)), up=up, tip=tip)


def _dots(result: Result) -> tuple[str, str]:
    """The cell that has the dots, and the legend that they need."""
    if result.data.judged.labels is not None:
        return "dots_classes.js", _classes(result.data.class_names)
    if result.data.is_few and result.wrong is not None:
        return "dots_learned.js", SYMBOLS
    return "dots_errors.js", ERRORS


def _classes(names: list[str]) -> str:
    """The colour of each class, that of the pictures; classes beyond the colours share them."""
    colors = {"domain": names, "range": CLASS_COLORS, "legend": len(names) <= MOST_IN_LEGEND}
    words = ", ".join(f"{name}: {json_for_html(value)}" for name, value in colors.items())
    return f'  color: {{type: "ordinal", {words}}},'


def _tip(result: Result) -> str:
    """What is said of the picture at a dot, as a function in JavaScript."""
    parts = [f"d.{_name_column(result)}", '"error " + d.error']
    if result.wrong is not None:
        parts.append('d.wrong_pixels + " wrong pixels"')
    return f'(d) => [{", ".join(parts)}].join("\\n")'


def _name_column(result: Result) -> str:
    """The column of `latent.csv` that says best which picture it is."""
    judged = result.data.judged
    if "name" in judged.columns:
        return "name"
    return "index" if judged.labels is None else "class_name"


def _pixels(result: Result) -> Cells:
    """What goes in and comes out: of few pictures one to be chosen, of many the first of the table."""
    data = result.data
    read, fill, color = _shades(data)
    called = "d.name" if _are_unique(data.judged.names) else 'd.name + " #" + d.index'
    if data.is_few:
        legend = ', legend: true, label: "value of a pixel"' * (data.channels == 1)
        choice = _cell("choice.js", called=called, Noun=data.noun.capitalize())
        parts = [choice, _cell("chosen.js", fill=fill, color=color + legend)]
    else:
        parts = [_cell("first.js"), _cell("several.js", fill=fill, color=color)]
    modules = [("module", text) for text in (_cell("pixels.js", read=read.rstrip()), *parts)]
    return [("text/markdown", "## Pixels that go in and come out"), *modules]


def _shades(data: Data) -> tuple[str, str, str]:
    """How pixels are read from their table, which of their numbers fills a cell, and on what scale."""
    if data.channels == 1:
        scale = f'scheme: "greys", reverse: {json_for_html(not data.is_ink)}, domain: [0, 1]'
        return _cell("grey.js"), "value", scale
    level = "(1 - d.value)" if data.is_ink else "d.value"
    return _cell("colors.js", level=level), "color", 'type: "identity"'


def _are_unique(names: list[str]) -> bool:
    return len(set(names)) == len(names)


def _learning(result: Result) -> Cells:
    learned = learning(result)
    lines = (
        f"  {{name: {json_for_html(curve.name or 'this network')}, value: (d) => {formula}}}"
        for curve, formula in zip(learned.curves, _formulas(result), strict=True)
    )
    scale = "log" if learned.is_logarithmic else "linear"
    return [
        ("text/markdown", f"## {learned.title}"),
        ("module", _cell("metrics.js", lines=",\n".join(lines))),
        ("module", _cell("learning.js", scale=scale, unit=learned.unit)),
    ]


def _formulas(result: Result) -> list[str]:
    """The curves of `learning` from the columns of `metrics.csv`; a logarithm has no place for 0."""
    columns = result.history.columns
    if "validation_loss" in columns:
        return ["d.loss", "d.validation_loss"]
    if result.data.test:
        return [f"d.error / {len(result.data.train)} || NaN", "d.validation_error || NaN"]
    return ["d.error || NaN"] + ["d.validation_error || NaN"] * (result.noise is not None)


def _cell(file: str, **words: str) -> str:
    """A file of `cells`, filled in."""
    return Template((CELLS / file).read_text(encoding="utf-8")).substitute(words)


def plain_markdown(text: str) -> str:
    """`text` as Markdown that shows just this text.

    Character references keep it from ending a script, a template string or a table, and from being markup.
    """
    return re.sub(r"[^\w ,.()+]|_", lambda match: f"&#{ord(match[0])};", text)
