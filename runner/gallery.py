"""`--gallery`: the pages of all runs in a folder, with an index, as a folder for any web server."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from runner.config.errors import UserError, listed
from runner.console.terminal import Terminal
from runner.numbers import number_text
from runner.runs import FIGURES, found_runs
from runner.storage.folder import OutputFolder, dated, read_whole
from runner.storage.record import RunRecord

PAGE, OVERVIEW, TABLE, INDEX = "explore.html", "index.html", "runs.csv", "index.html"
# What a card shows, the first that is there.
PICTURES = ("plots/latent_map.png", "plots/error_by_setting.png", "plots/latent_maps.png")
# Of few pictures, each of which has its error in a picture, a small map shows more than one of names.
GLYPHS, ERRORS_OF_FEW = "plots/latent_glyphs.png", "plots/*_errors.png"
MOST_NAMED = 5


@dataclass(frozen=True)
class Card:
    """A page of the gallery, and what the index says of it."""

    page: Path  # within the folder of results
    picture: Path | None
    name: str
    kind: str
    figure: str
    note: str


def write_gallery(place: Path, name: str | None, terminal: Terminal) -> Path:
    """Copy the pages of the runs, sweeps and comparisons in `place` to a new folder there; the folder.

    Every file has the path that it has in `place`, so that links between pages hold. The index comes last:
    a gallery that has one is whole. Raises UserError if `place` is no folder of runs, or none has a page.
    """
    runs = found_runs(place)
    cards = [*map(_card_of_run, runs), *map(_card_of_comparison, _comparisons(place, runs))]
    shown = [card for card in cards if (place / card.page).is_file()]
    if not runs:
        raise UserError(
            f"--gallery: {place}: there are no runs in it; name a folder of results, e.g. results"
        )
    if not shown:
        raise UserError(
            f"--gallery: no run in {place} has a page; runs have one unless plots or explorer is false"
        )
    folder = OutputFolder.make(place, name or dated("gallery"))
    for file, content in _files(place, shown):
        (folder.path / file).parent.mkdir(parents=True, exist_ok=True)
        folder.write(file.as_posix(), content)
    folder.write(INDEX, _index(place, shown))
    missing = [card.name for card in cards if card not in shown]
    if missing:
        more = [f"{len(missing) - MOST_NAMED} more"] * (len(missing) > MOST_NAMED)
        terminal.say(f"without a page, and left out: {listed([*missing[:MOST_NAMED], *more])}")
    terminal.say(f"{len(shown)} pages; put {folder.path} on any web server, or open {folder.path / INDEX}")
    return folder.path


def _comparisons(place: Path, runs: list[RunRecord]) -> list[Path]:
    """The folders of comparisons, the oldest first."""
    known = {run.path for run in runs}
    tables = (path.parent for path in place.glob(f"*/{TABLE}"))
    return sorted(path for path in tables if path not in known and not path.is_symlink())


def _card_of_run(run: RunRecord) -> Card:
    """That of a run, or of a sweep, which has an overview of its runs."""
    is_sweep = bool(run.config.get("sweep"))
    page = OVERVIEW if is_sweep else PAGE
    figure = next((name for name in FIGURES if name in run.summary), None)
    said = "" if figure is None else f"{figure.replace('_', ' ')} {number_text(run.summary[figure])}"
    kind = "sweep" if is_sweep else _kind(run)
    folder = Path(run.path.name)
    picture = _picture(run.path.parent, folder)
    return Card(folder / page, picture, run.name, kind, said, run.config.get("note", ""))


def _card_of_comparison(path: Path) -> Card:
    folder = Path(path.name)
    return Card(folder / OVERVIEW, _picture(path.parent, folder), path.name, "comparison", "", "")


def _kind(run: RunRecord) -> str:
    """What was trained, and the size of its bottleneck; nothing if the record does not tell."""
    from runner.page.facts import MODES, counted

    mode, size = run.config.get("mode"), run.config.get("latent_layer_neurons")
    return f"{MODES[mode]}, {counted(size, 'number')}" if mode in MODES and isinstance(size, int) else ""


def _picture(place: Path, folder: Path) -> Path | None:
    """The picture that tells most of a run, a sweep or a comparison in a folder of `place`."""
    is_few = any((place / folder).glob(ERRORS_OF_FEW))
    pictures = [GLYPHS] * is_few + [*PICTURES]
    return next((folder / name for name in pictures if (place / folder / name).is_file()), None)


def _files(place: Path, cards: list[Card]) -> Iterator[tuple[Path, bytes]]:
    """All files and what is in them; an overview leads to nothing that the gallery does not have."""
    from runner.compare.page import relinked

    files = {file for card in cards for file in _files_of(place, card)}
    pictures: set[Path] = set()
    for file in sorted(files):
        content = read_whole(place, file.as_posix())
        if file.name == OVERVIEW:
            links = partial(_link, place, file.parent, files, pictures)
            content = relinked(content.decode(), links).encode()
        yield file, content
    for file in sorted(pictures - files):
        yield file, read_whole(place, file.as_posix())


def _link(place: Path, start: Path, files: set[Path], pictures: set[Path], link: str) -> str | None:
    """The link in an overview of the folder `start` itself, one to a picture of its run, or None.

    The picture is added to `pictures`, of which the gallery needs a copy.
    """
    from runner.compare.page import url

    target = Path(os.path.normpath(start / unquote(link)))
    if target in files:
        return link
    run = target.parent if target.name == PAGE else target
    if ".." in run.parts or (picture := _picture(place, run)) is None:
        return None
    pictures.add(picture)
    return url(Path(os.path.relpath(picture, start)).as_posix())


def _files_of(place: Path, card: Card) -> list[Path]:
    """What a card needs, within `place`: of an overview also its pictures and the pages of its runs."""
    files = [card.page, *([card.picture] if card.picture else [])]
    if card.page.name == OVERVIEW:
        inside = place / card.page.parent
        found = chain(inside.glob("plots/*.png"), inside.glob(f"*/{PAGE}"))
        files += [path.relative_to(place) for path in found]
    return files


def _index(place: Path, cards: list[Card]) -> str:
    from runner.page.html_page import html_page, template

    title = place.resolve().name
    body = template("gallery.html").substitute(
        title=escape(title), count=len(cards), cards="\n".join(_html(card) for card in reversed(cards))
    )
    return html_page(title, body, [], {}, "'self' file: data:")


def _html(card: Card) -> str:
    from runner.compare.page import url

    link = escape(url(card.page.as_posix()))
    image = ""
    if card.picture:
        source = escape(url(card.picture.as_posix()))
        image = f'<img src="{source}" alt="" loading="lazy">'
    lines = "".join(f"<span>{escape(line)}</span>" for line in (card.kind, card.figure, card.note) if line)
    return f'<li class=card><a href="{link}">{image}<b>{escape(card.name)}</b></a>{lines}</li>'
