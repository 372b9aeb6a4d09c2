"""`notebook.html`: an Observable notebook, in the file format of Notebook Kit, that reads the run's tables.

A notebook is a source: `npx @observablehq/notebook-kit preview`, Observable Desktop or an import at
ObservableHQ renders it, a plain browser does not.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from runner.font_result import FontResult
from runner.page.facts import counted, headline, number_text
from runner.page.html_page import template


def font_notebook(result: FontResult) -> str:
    """The notebook of a run on a font."""
    config = result.config
    data = " + ".join(Path(name).name for name in config.font_set)
    characters = counted(len(result.font), "character")
    return _notebook("font_notebook.html", characters, data, result)


def image_notebook(result: Any) -> str:
    """The notebook of a run on images, an `ImageResult`."""
    name = Path(result.images.name).name
    return _notebook("image_notebook.html", name, name, result)


def _notebook(file: str, what: str, data: str, result: Any) -> str:
    config, summary = result.config, result.summary
    title = f"{what} through {counted(config.latent_layer_neurons, 'number')}"
    rows = (f"| {name.replace('_', ' ')} | {number_text(value)} |" for name, value in summary.items())
    return template(file).substitute(
        title=escape(title),
        heading=plain_markdown(title),
        headline=plain_markdown(headline(config, data, summary["epochs_run"])),
        note=plain_markdown(config.note),
        summary="\n".join(f"    {row}" for row in rows),
    )


def plain_markdown(text: str) -> str:
    """`text` as Markdown that shows just this text.

    Character references keep it from ending a script, a template string or a table, and from being markup.
    """
    return re.sub(r"[^\w ,.()+]|_", lambda match: f"&#{ord(match[0])};", text)
