"""`explore.html`: the latent space of a result, which the reader's browser decodes wherever one points.

The page is made of parts. Which of them it has is up to what the result has: pictures that can be drawn
one by one or only as dots, classes, known pictures to hold drawings against, networks that find room.
"""

from html import escape

import numpy as np

from runner.numbers import number_text
from runner.page.contents import contents, draws_each, shown_rows
from runner.page.facts import (
    config_tables,
    counted,
    data_words,
    headline,
    one,
    summary_table,
    title,
)
from runner.page.html_page import html_page, layer_bars, own_script, template
from runner.page.misplaced import misplaced_parts
from runner.page.packing import activations_script, losses_script
from runner.result.advice import advice
from runner.result.learning import Learning, learning
from runner.result.result import Result

# Rooms of `scripts`, and what stands outside of them; the last begins.
ROOMS = ("network", "canvas", "map", "scene", "panels", "own", "learning", "laboratory")
SCRIPTS = ("run.js", "parts.js", "explorer.js", "address.js", "page.js")
LARGEST_PAGE = 5_000_000
DENOISING = " It learned to draw clean {noun}s from noisy ones."
TOLD = " It is told the class of {one}, and draws in the class that you choose."
SLICE = """ The map is a slice through more dimensions, in the direction of two of them: the code that
is shown lies on it, others beside it."""


def page(result: Result) -> str:
    """The page as HTML; of many pictures it has as many as fit LARGEST_PAGE."""
    rows = shown_rows(result)
    fewest = len(rows) if draws_each(result) else 1
    while len(html := _page(result, rows)) > LARGEST_PAGE and len(rows) > fewest:
        rows = rows[: len(rows) // 2]
    return html


def _page(result: Result, rows: np.ndarray) -> str:
    data, run = result.data, contents(result, rows)
    noun, numbers = data.noun, counted(result.model.latent_size, "number")
    bars = layer_bars(result.model.sizes)
    words = {"noun": noun, "Noun": noun.capitalize(), "one": one(noun), "part": data.part, "bars": bars}
    learned = learning(result)
    body = template("explore.html").substitute(
        words,
        headline=escape(headline(result)),
        title=escape(title(result)),
        note=escape(result.config.note),
        advice=_advice(result),
        pixels=counted(data.rows * data.columns, "pixel") + " in colour" * (data.channels > 1),
        numbers=numbers,
        more=_more(result),
        shown=counted(len(rows), data.part + noun),
        plural=f"{data.part}{noun}s".capitalize(),
        or_class=" or class" * bool(data.class_names),
        grid_help=run["region"]["help"],
        through=template("bench.html" if run["isDrawn"] and run["encoder"] else "nearest.html").substitute(
            words
        ),
        time=template("time.html").substitute(words),
        own=template("own.html").substitute(words),
        training=template("training.html").substitute(words),
        **misplaced_parts(result),
        curve_title=f"{learned.title}, {learned.unit}",
        curves=_curve_legend(learned),
        data=data_words(data),
        summary=summary_table(result.summary),
        config=config_tables(result.config),
    )
    rooms = (*ROOMS, "misplaced") if run["misplaced"] else ROOMS
    script = activations_script() + losses_script() + own_script(*rooms, *SCRIPTS)
    return html_page(f"{title(result)} · {data.title}", body, [script], run)


def _more(result: Result) -> str:
    words = {"noun": result.data.noun, "one": one(result.data.noun)}
    parts = [DENOISING] * (result.noise is not None) + [TOLD] * (result.model.classes > 0)
    parts += [SLICE] * (result.model.latent_size > 2)
    return "".join(parts).format(**words)


def _advice(result: Result) -> str:
    """What went wrong and what to write instead, if anything did."""
    told = advice(result)
    return "".join(f"<p class=advice>{escape(each.what)} {escape(each.remedy)}</p>" for each in told)


def _curve_legend(learned: Learning) -> str:
    """What the lines of the learning plot are, as items of a list."""
    *others, kept = (curve.name or "this network" for curve in learned.curves)
    items = [("kept", kept), *(("training", name) for name in others)]
    items += [("others", counted(len(learned.others), "other network"))] * bool(learned.others)
    items += [("limit", f"{name}: {number_text(value)}") for name, value in learned.limits.items()]
    return "".join(f"<li class={kind}>{escape(text)}</li>" for kind, text in items)
