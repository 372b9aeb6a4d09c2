"""The files that tell of a result: each is made by itself, so that one which fails spoils no other."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import chain
from traceback import format_exc

from runner.console.terminal import Terminal
from runner.result.result import Result
from runner.storage.csv_text import csv_text
from runner.storage.folder import OutputFolder
from runner.tables.tables import TABLES

Contents = Iterator[tuple[str, Callable[[], bytes | str]]]


def write_tables(result: Result, folder: OutputFolder, terminal: Terminal) -> dict[str, str]:
    """Write all tables. Returns what could not be made, and why."""
    contents = ((name, partial(_csv, table, result)) for name, table in TABLES.items())
    return _write_each("writing", contents, folder, terminal)


def write_pictures(result: Result, folder: OutputFolder, terminal: Terminal) -> dict[str, str]:
    """Write all pictures. Returns what could not be made, and why."""
    # Half a second of imports that a run without pictures does not need.
    from runner.figures.figures import drawings
    from runner.figures.style import png

    def content(draw) -> bytes:
        return png(draw())

    contents = ((f"plots/{name}", partial(content, draw)) for name, draw in drawings(result))
    return _write_each("drawing", chain(contents, _film(result)), folder, terminal)


def _film(result: Result) -> Contents:
    """A film of the training, where more is known of it than its end, and its first frame."""
    from runner.figures.film.film import training_film

    film = cache(partial(training_film, result))
    if len(result.moments) > 1:
        yield "plots/training.gif", lambda: film().gif()
        yield "plots/training.png", lambda: film().png()


def write_pages(result: Result, folder: OutputFolder, terminal: Terminal) -> dict[str, str]:
    """Write the interactive page and the notebook. Returns what could not be made, and why."""
    from runner.page.notebook import notebook
    from runner.page.page import page

    pages = {"explore.html": page, "notebook.html": notebook}
    contents = ((name, partial(content, result)) for name, content in pages.items())
    return _write_each("writing", contents, folder, terminal)


def _csv(table, result: Result) -> str:
    return csv_text(table(result))


def _write_each(doing: str, contents: Contents, folder: OutputFolder, terminal: Terminal) -> dict[str, str]:
    """Make and write one file after the other.

    Raises UserError if the disk takes no more: then the others have no place either.
    """
    missing = {}
    with terminal.working(doing) as report:
        for name, make in contents:
            report(name)
            try:
                content = make()
            except Exception as error:
                missing[name] = f"{type(error).__name__}: {error}"
                terminal.say(f"{name} could not be made ({_first_line(missing[name])})")
                terminal.note(format_exc())
            else:
                folder.write(name, content)
    return missing


def _first_line(text: str) -> str:
    return next(filter(None, map(str.strip, text.splitlines())), "")
